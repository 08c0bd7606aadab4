"""Facebook's own archive: what is read of it, and what is not."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import ArchiveDamagedError, DamagedFileError
from undersight.importers.account_archives import read_accounts
from undersight.importers.archive_members import kind_of, mended
from undersight.importers.facebook_archive import FacebookArchive
from undersight.importers.facebook_archive_reading import KINDS, device_of
from undersight.model.corpus_rows import ColumnChoice, PostRow, SamplingNote
from undersight.model.intake import Issue
from undersight.synth.page_archives import ADDRESS, PHONE, archive_bytes, page_archive

DAY = dt.date(2026, 2, 1)
POSTS = "your_facebook_activity/posts/your_posts_1.json"
ACTIVITY = "security_and_login_information/account_activity.json"


def parts(files: dict[str, Any], choice: ColumnChoice | None = None) -> list[Any]:
    stream = io.BytesIO(archive_bytes(files))
    return list(FacebookArchive().parse(stream, choice or ColumnChoice()))


def account(files: dict[str, Any]) -> Any:
    return read_accounts(io.BytesIO(archive_bytes(files)), at_us=0)["facebook"]


def test_it_is_known_by_its_folders_and_no_other_zip_is() -> None:
    head = page_archive(DAY, is_after=False)[:65536]
    assert FacebookArchive.recognises(head, "x.zip")
    other = archive_bytes({"a.json": {}})
    assert not FacebookArchive.recognises(other, "x.zip")
    assert FacebookArchive.recognises(other, "facebook-page.zip")
    assert not FacebookArchive.recognises(b"[]", "facebook-page.json")


def test_posts_and_comments_are_rows_with_their_place_and_mended_letters() -> None:
    post = {
        "timestamp": 1_900_000_000,
        "data": [{"post": "körpü Мост"}, {"update_timestamp": 1}],
        "attachments": [{"data": [{"external_context": {"url": "https://example.org/a"}}]}],
    }
    comment = {"data": [{"comment": {"timestamp": 1_900_000_100, "comment": "şəkil"}}]}
    name = "your_facebook_activity/comments_and_reactions/comments.json"
    found = parts({POSTS: [post], name: {"comments_v2": [comment]}})
    rows = [one for one in found if isinstance(one, PostRow)]
    assert [(row.kind, row.text, row.locator) for row in rows] == [
        ("comment", "şəkil", f"{name}#/comments_v2/0"),
        ("post", "körpü Мост", f"{POSTS}#/0"),
    ]
    assert rows[1].published is not None
    assert rows[1].published.us == 1_900_000_000_000_000
    assert [share.value for share in rows[1].shares] == ["https://example.org/a"]


def test_what_cannot_be_read_is_told_and_does_not_stop_the_rest() -> None:
    found = parts(
        {POSTS: [{"data": []}, {"timestamp": 1_900_000_000}], "x/posts/posts.json": b"{"}
    )
    issues = [one for one in found if isinstance(one, Issue)]
    assert {issue.locator for issue in issues} == {f"{POSTS}#/0", "x/posts/posts.json"}
    assert sum(isinstance(one, PostRow) for one in found) == 1
    assert isinstance(found[-1], SamplingNote)


def test_nothing_of_messages_numbers_and_addresses_is_read() -> None:
    archive = page_archive(DAY, is_after=True)
    state = read_accounts(io.BytesIO(archive), at_us=0)["facebook"]
    rows = list(FacebookArchive().parse(io.BytesIO(archive), ColumnChoice()))
    assert PHONE not in f"{state}{rows}"
    assert ADDRESS not in f"{state}{rows}"
    assert state.parts == {"posts", "comments", "roles", "logins", "facts", "followers"}
    assert state.facts["email"] == ("support77@mail.example",)
    assert [count.n_followers for count in state.followers] == [180]
    assert state.n_issues == 0


def test_logins_are_told_from_logouts_and_other_events() -> None:
    events = [
        {"action": "Login", "timestamp": 1_900_000_000, "user_agent": "Chrome Android"},
        {"action": "Session updated", "timestamp": 1_900_000_001, "city": "Sarnak",
         "country": "Qaravel"},
        {"action": "Logout", "timestamp": 1_900_000_002},
        {"action": "Password changed", "timestamp": 1_900_000_003},
        {"action": "Login"},
    ]  # fmt: skip
    state = account({ACTIVITY: {"account_activity_v2": events}})
    assert [(one.device, one.place) for one in state.logins] == [
        ("Chrome on Android", ""),
        ("", "Sarnak, Qaravel"),
    ]
    assert state.n_issues == 1


@pytest.mark.parametrize(
    ("login", "session", "logout", "other"),
    [
        ("Giriş", "Oturum güncellendi", "Çıkış yapıldı", "Şifre değiştirildi"),
        ("Daxil olma", "Sessiya yeniləndi", "Çıxış", "Parol dəyişdirildi"),
        ("Вход", "Сеанс обновлен", "Выход из системы", "Пароль изменен"),
        ("Login", "Session updated", "Session terminated", "Password changed"),
    ],
)
def test_logins_are_told_in_the_language_of_the_archive(
    login: str, session: str, logout: str, other: str
) -> None:
    events = [
        {"action": action, "timestamp": 1_900_000_000 + i}
        for i, action in enumerate((login, session, logout, other, login.upper()))
    ]
    state = account({ACTIVITY: {"account_activity_v2": events}})
    assert [one.at_us % 10_000_000 // 1_000_000 for one in state.logins] == [0, 1, 4]
    assert state.n_issues == 0


def test_what_was_done_in_a_language_that_no_rule_knows_is_told_and_not_dropped() -> None:
    events = [{"action": "Anmeldung", "timestamp": 1_900_000_000}]
    state = account({ACTIVITY: {"account_activity_v2": events}})
    assert (state.logins, state.n_issues) == ((), 1)


@pytest.mark.parametrize(
    "time",
    ["25 May 2031 15:05", "Mayıs 25, 2031 3:05 ÖS", "25 may 2031 15:05", "25 may 2031, saat 15:05",
     "25 мая 2031 г., 15:05", "25 мая 2031 г. в 15:05", "мая 25, 2031 3:05 после полудня"],
)  # fmt: skip
def test_times_of_the_html_form_in_turkish_azerbaijani_and_russian(time: str) -> None:
    page = (
        '<div class="_a6-g"><div class="_a6-p">söz слово</div>'
        f'<div class="_a72d">{time}</div></div>'
    )
    name = POSTS.replace(".json", ".html")
    found = parts({name: page.encode()}, ColumnChoice(zone="Asia/Baku"))
    (row,) = [one for one in found if isinstance(one, PostRow)]
    moment = dt.datetime(2031, 5, 25, 11, 5, tzinfo=dt.UTC)
    assert row.published is not None
    assert row.published.us == int(moment.timestamp()) * 1_000_000


def test_the_html_form_is_read_with_its_times_in_words() -> None:
    page = (
        '<html><body><div class="x _a6-g"><div class="_a6-h">Posted</div>'
        '<div class="_a6-p">körpü</div><div class="_a72d">May 25, 2031 3:05 PM</div></div>'
        '<div class="_a6-g"><div class="_a6-p">no time</div></div></body></html>'
    ).encode()
    name = POSTS.replace(".json", ".html")
    found = parts({name: page}, ColumnChoice(zone="Asia/Baku"))
    (row,) = [one for one in found if isinstance(one, PostRow)]
    moment = dt.datetime(2031, 5, 25, 11, 5, tzinfo=dt.UTC)
    assert row.published is not None
    assert (row.text, row.published.us) == ("körpü", int(moment.timestamp()) * 1_000_000)
    assert row.published.zone_basis == "named"
    assert [one.locator for one in found if isinstance(one, Issue)] == [f"{name}#block 2"]
    empty = parts({name: b"<p>nothing"})
    assert "JSON form" in next(one for one in empty if isinstance(one, Issue)).reason


def test_what_is_no_such_archive_is_refused() -> None:
    with pytest.raises(DamagedFileError):
        parts({"other.json": {}})
    with pytest.raises(ArchiveDamagedError):
        list(FacebookArchive().parse(io.BytesIO(b"PK\x03\x04 cut"), ColumnChoice()))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (POSTS, "posts"),
        ("posts/your_posts__check_ins__photos_and_videos_1.json", "posts"),
        ("comments/comments.json", "comments"),
        ("pages/page_admins.json", "roles"),
        ("security_and_login_information/where_you're_logged_in.json", "logins"),
        ("personal_information/profile_information/profile_information.json", "facts"),
        ("messages/inbox/a/message_1.json", ""),
        ("connections/contacts.json", ""),
    ],
)
def test_members_are_known_by_their_path(name: str, kind: str) -> None:
    assert kind_of(name, KINDS) == kind


def test_devices_are_told_without_versions() -> None:
    assert device_of("Mozilla/5.0 (Windows NT 10.0) Firefox/140.0") == "Firefox on Windows"
    assert device_of("curl") == ""


@given(st.text())
def test_text_that_was_not_mangled_stays_or_reads_the_same(text: str) -> None:
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        assert mended({"a": [text]}) == {"a": [text]}
    mangled = text.encode("utf-8", "replace").decode("latin-1")
    assert mended(mangled) == text.encode("utf-8", "replace").decode("utf-8")


@given(st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["timestamp", "data", "name", "comment", "x"]), inner,
                      max_size=3),
    max_leaves=8,
))  # fmt: skip
def test_any_json_gives_parts_or_issues(value: Any) -> None:
    files = {POSTS: json.dumps(value).encode(), ACTIVITY: json.dumps([value]).encode()}
    state = account(files)
    assert state.parts == {"posts", "logins"}
