"""Archives of Instagram, X and Telegram: told by what is in them, what is read, what is not."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import DamagedFileError
from undersight.importers.account_archives import is_account_archive, read_accounts
from undersight.model.deposit import AccountState
from undersight.synth.page_archives import archive_bytes

AT = 1_900_000_000
PHONE, ADDRESS, FRIEND = "+994501234567", "203.0.113.7", "private.friend"
AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/120"
APP = "Instagram 300.0 Android (34/14; 420dpi)"
X_TIME = "Tue Mar 17 17:46:40 +0000 2030"


def instagram(words: tuple[str, str, str, str, str]) -> dict[str, Any]:
    """An archive whose fields are named in one language: comment, time, name, user name, mail."""
    comment, time, name, username, mail = words
    root = "your_instagram_activity"
    who = {name: {"value": "Third Bank"}, username: {"value": "third.bank"},
           mail: {"value": "desk@third.example"}, "☎": {"value": PHONE}}  # fmt: skip
    login = {"🍪": {"value": "***"}, "IP": {"value": ADDRESS}, "UA": {"value": APP},
             time: {"timestamp": AT + 9}}  # fmt: skip
    said = {comment: {"value": "a comment"}, "Media Owner": {"value": FRIEND},
            time: {"timestamp": AT + 5}}  # fmt: skip
    one = {"media": [{"uri": "a.jpg", "creation_timestamp": AT, "title": "körpü"}]}
    two = {"media": [{"creation_timestamp": 1}, {}], "title": "b", "creation_timestamp": AT + 1}
    followers = [{"string_list_data": [{"value": FRIEND, "timestamp": AT}]}] * 3
    secure = "security_and_login_information/login_and_profile_creation"
    return {
        f"{root}/media/posts_1.json": [one, two, {"media": []}],
        f"{root}/media/reels.json": {"ig_reels_media": [one]},
        f"{root}/comments/post_comments_1.json": [{"string_map_data": said}],
        f"{root}/messages/inbox/a/message_1.json": {"messages": [{"content": "hidden"}]},
        f"{secure}/login_activity.json": {
            "account_history_login_history": [{"title": "x", "string_map_data": login}]
        },
        "personal_information/personal_information/personal_information.json": {
            "profile_user": [{"string_map_data": who}]
        },
        "connections/followers_and_following/followers_1.json": followers,
        "connections/followers_and_following/followers_2.json": followers[:1],
        "connections/followers_and_following/following.json": {"relationships_following": []},
    }


def ytd(kind: str, records: list[dict[str, Any]]) -> bytes:
    return f"window.YTD.{kind}.part0 = {json.dumps(records, indent=1)}".encode()


def x_archive() -> dict[str, Any]:
    tweet = {"id_str": "77", "created_at": X_TIME, "full_text": "körpü",
             "entities": {"urls": [{"expanded_url": "https://example.org/a"}]}}  # fmt: skip
    person = {"accountDisplayName": "Third Bank", "username": "thirdbank",
              "email": "desk@third.example", "phoneNumber": PHONE}  # fmt: skip
    app = {"createdAt": "2030-03-17T17:46:40.000Z",
           "clientApplicationName": "Twitter for iPhone (Twitter, Inc.)"}  # fmt: skip
    return {
        "data/tweets.js": ytd("tweets", [{"tweet": tweet}, {"tweet": {"id_str": "78"}}]),
        "data/deleted-tweets.js": ytd("deleted_tweets", [{"tweet": tweet}]),
        "data/direct-messages.js": ytd("direct_messages", [{"dm": {"text": "hidden"}}]),
        "data/account.js": ytd("account", [{"account": person}]),
        "data/device-token.js": ytd("device_token", [{"deviceToken": app}]),
        "data/ip-audit.js": ytd("ip_audit", [{"ipAudit": {"loginIp": ADDRESS}}]),
        "data/follower.js": ytd("follower", [{"follower": {"accountId": "1"}}] * 4),
    }


def channel(kind: str = "public_channel") -> dict[str, Any]:
    text = ["see ", {"type": "link", "text": "https://example.org"}, " now"]
    return {
        "name": "Third Bank", "type": kind, "id": 55,
        "messages": [
            {"id": 1, "type": "service", "date": "2030-03-17T17:46:40", "action": "create"},
            {"id": 2, "type": "message", "date": "2030-03-17T21:46:40",
             "date_unixtime": str(AT), "text": text, "from": FRIEND},
            {"id": 3, "type": "message", "date": "2030-03-17T17:46:41", "text": "old form"},
            {"id": 4, "type": "message", "date": "soon", "text": "no time"},
        ],
    }  # fmt: skip


def telegram() -> dict[str, Any]:
    person = {"user_id": 9, "first_name": "Third", "last_name": "Bank", "username": "@third",
              "phone_number": PHONE}  # fmt: skip
    session = {"created": "2030-03-17T17:46:40", "application_name": "Telegram Desktop",
               "platform": "Windows", "last_country": "Qaravel", "last_ip": ADDRESS}  # fmt: skip
    friend = {"name": FRIEND, "type": "personal_chat", "id": 1, "messages": [
        {"id": 1, "type": "message", "date_unixtime": str(AT), "text": "hidden"}]}  # fmt: skip
    return {
        "about": "Here is the data you requested.",
        "personal_information": person,
        "sessions": {"list": [session]},
        "chats": {"list": [friend, channel(), channel("private_supergroup")]},
    }


def read(files: dict[str, Any]) -> dict[str, AccountState]:
    return dict(read_accounts(io.BytesIO(archive_bytes(files)), at_us=0))


LANGUAGES = [
    ("Comment", "Time", "Name", "Username", "Email"),
    ("Şərh", "Vaxt", "Ad", "İstifadəçi adı", "E-poçt"),
    ("Комментарий", "Время", "Имя", "Имя пользователя", "Электронный адрес"),
    ("Yorum", "Zaman", "İsim", "Kullanıcı Adı", "E-posta"),
]


@pytest.mark.parametrize("words", LANGUAGES, ids=["en", "az", "ru", "tr"])
def test_instagram_is_read_whatever_the_language_of_its_fields(
    words: tuple[str, str, str, str, str],
) -> None:
    found = read(instagram(words))
    assert list(found) == ["instagram"]
    state = found["instagram"]
    assert state.parts == {"posts", "comments", "logins", "facts", "followers"}
    told = [(one.kind, one.at_us // 1_000_000 - AT, one.text) for one in state.posts]
    assert sorted(told) == [
        ("comment", 5, "a comment"), ("post", 0, "körpü"), ("post", 0, "körpü"), ("post", 1, "b"),
    ]  # fmt: skip
    assert dict(state.facts) == {
        "name": ("Third Bank",), "username": ("third.bank",), "email": ("desk@third.example",),
    }  # fmt: skip
    assert [one.device for one in state.logins] == ["Instagram app on Android"]
    assert [one.n_followers for one in state.followers] == [4]
    assert state.n_issues == 1, "the post without a time"


def test_x_is_read() -> None:
    found = read(x_archive())
    assert list(found) == ["x"]
    state = found["x"]
    assert state.parts == {"posts", "logins", "facts", "followers"}
    (post,) = state.posts
    assert (post.native_id, post.at_us, post.text) == ("77", AT * 1_000_000, "körpü")
    assert post.urls == ("https://example.org/a",)
    assert [(one.device, one.at_us) for one in state.logins] == [
        ("Twitter for iPhone", AT * 1_000_000)
    ]
    assert state.facts["username"] == ("thirdbank",)
    assert [one.n_followers for one in state.followers] == [4]
    assert state.n_issues == 1


def test_telegram_is_read_from_one_channel_or_a_whole_account() -> None:
    alone = dict(read_accounts(io.BytesIO(json.dumps(channel()).encode()), at_us=0))
    whole = read({"DataExport_2031/result.json": telegram()})
    for found, name in ((alone, "Third Bank"), (whole, "Third Bank")):
        state = found["telegram"]
        told = [(one.native_id, one.text, one.is_epoch) for one in state.posts]
        assert told == [("55/2", "see https://example.org now", True), ("55/3", "old form", False)]
        assert state.posts[0].at_us == AT * 1_000_000
        assert state.facts["name"] == (name,)
        assert state.n_issues == 1
    assert [(o.device, o.place) for o in whole["telegram"].logins] == [
        ("Telegram Desktop on Windows", "Qaravel")
    ]
    assert "logins" not in alone["telegram"].parts
    group = json.dumps(channel("public_supergroup")).encode()
    assert dict(read_accounts(io.BytesIO(group), at_us=0))["telegram"].posts == ()


@pytest.mark.parametrize(
    "files", [instagram(LANGUAGES[0]), x_archive(), {"result.json": telegram()}]
)
def test_nothing_of_others_and_no_number_or_address_is_read(files: dict[str, Any]) -> None:
    told = str(read(files))
    for hidden in (PHONE, ADDRESS, FRIEND, "hidden"):
        assert hidden not in told


def test_archives_are_told_by_what_is_in_them() -> None:
    single = ytd("tweets", [{"tweet": {"id_str": "1", "created_at": X_TIME}}])
    yes = [
        archive_bytes(instagram(LANGUAGES[2])),
        archive_bytes({f"parent/{name}": data for name, data in x_archive().items()}),
        archive_bytes({"a/result.json": telegram()}),
        json.dumps(channel(), indent=1).encode(),
        b"\xef\xbb\xbf" + single,
    ]
    no = [
        archive_bytes({"data/account.js": b"export const a = 1"}),
        archive_bytes({"tests/result.json": {"passed": 3}}),
        archive_bytes({"x/followers.json": [1]}),
        b'{"messages": []}', b"PK\x03\x04 cut", b"", b"window.YTD",
    ]  # fmt: skip
    assert [is_account_archive(io.BytesIO(data)) for data in yes + no] == [True] * 5 + [False] * 7
    assert len(dict(read_accounts(io.BytesIO(single), at_us=0))["x"].posts) == 1
    with pytest.raises(DamagedFileError):
        read_accounts(io.BytesIO(no[3]), at_us=0)


def test_two_platforms_in_one_file_are_two_accounts() -> None:
    facebook = "your_facebook_activity/posts/your_posts_1.json"
    both = {
        **instagram(LANGUAGES[0]),
        facebook: [{"timestamp": AT, "data": [{"post": "on Facebook"}]}],
    }
    found = read(both)
    assert list(found) == ["facebook", "instagram"]
    assert [one.text for one in found["facebook"].posts] == ["on Facebook"]
    assert found["facebook"].parts == {"posts"}


@pytest.mark.parametrize("name", ["media/posts_1.json", "media/posts_1.html"])
def test_a_part_that_cannot_be_read_is_told(name: str) -> None:
    found = read({f"your_instagram_activity/{name}": b"<html>{"})
    assert found["instagram"].n_issues == 1
    assert read({"data/tweets.js": b"window.YTD.tweets.part0 = ["})["x"].n_issues == 1
    assert read({"result.json": b'{"type": "public_channel",'})["telegram"].n_issues == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["media", "title", "creation_timestamp", "string_map_data", "value",
                         "timestamp", "tweet", "created_at", "entities", "urls", "messages",
                         "type", "text", "id", "date", "date_unixtime", "list", "chats"]),
        inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(value=JSON)
def test_no_shape_of_a_record_stops_the_reading(value: Any) -> None:
    written = json.dumps(value)
    files = {
        "your_instagram_activity/media/posts_1.json": written.encode(),
        "your_instagram_activity/comments/post_comments_1.json": written.encode(),
        "x/login_and_profile_creation/login_activity.json": written.encode(),
        "x/personal_information/personal_information.json": written.encode(),
        "data/tweets.js": f"window.YTD.tweets.part0 = {written}".encode(),
        "data/account.js": f"window.YTD.account.part0 = {written}".encode(),
        "data/device-token.js": f"window.YTD.device_token.part0 = {written}".encode(),
        "result.json": written.encode(),
    }
    assert set(read(files)) == {"instagram", "x", "telegram"}
