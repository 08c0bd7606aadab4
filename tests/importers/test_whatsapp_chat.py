"""A chat as WhatsApp exports it, on either kind of telephone."""

from __future__ import annotations

import pytest

from tests.importers.post_files import read_posts, recognised
from undersight.errors import DamagedFileError, DayOrderError
from undersight.importers.whatsapp_chat import WhatsappChat
from undersight.model.corpus_rows import ColumnChoice

ANDROID = (
    "20/05/31, 11:25 - Mila Q.: hello,\nsecond line\n"
    "20/05/31, 11:26 - +12 345 created group “Talk”\n"
    "21/05/31, 00:08 - Rauf: a : b\n"
)
IPHONE = (
    "\u200e[05/20/2031, 2:05:06\u202fPM] Mila Q.: hello\n"
    "[05/21/2031, 12:08:00\u202fAM] ~\u202fRauf: \u200eimage omitted\n"
)


@pytest.mark.parametrize("raw", [ANDROID, IPHONE, "\ufeff" + ANDROID])
def test_a_chat_is_known_by_its_lines(raw: str) -> None:
    assert recognised(raw, "_chat.txt") == "whatsapp-chat"


@pytest.mark.parametrize(
    "raw",
    [
        "20/05/31, 11:25 - a log of what happened\n" * 3,
        "Mila\nhello\n3 h · Like · Reply\n" * 3,
        "",
    ],
)
def test_other_texts_are_none(raw: str) -> None:
    assert recognised(raw, "x.txt") != "whatsapp-chat"


def test_messages_keep_their_lines_and_notices_are_told() -> None:
    found = read_posts(WhatsappChat, ANDROID, ColumnChoice(zone="Asia/Baku", target="Talk"))
    assert [(one.locator, one.author.name if one.author else "", one.text)
            for one in found.posts] == [
        ("line 1", "Mila Q.", "hello,\nsecond line"), ("line 4", "Rauf", "a : b"),
    ]  # fmt: skip
    assert [one.locator for one in found.issues] == ["line 3"]
    post = found.posts[0]
    assert post.kind == "comment"
    assert post.target is not None
    assert post.target.name == "Talk"
    assert post.published is not None
    assert (post.published.resolution_us, post.published.zone_basis) == (60_000_000, "named")


def test_halves_of_the_day_and_marks_of_direction() -> None:
    found = read_posts(WhatsappChat, IPHONE)
    assert [one.author.name for one in found.posts if one.author] == ["Mila Q.", "Rauf"]
    hours = [one.published.us // 3_600_000_000 % 24 for one in found.posts if one.published]
    assert hours == [14, 0]


def test_days_that_can_be_two_are_asked_for() -> None:
    raw = "03/04/31, 11:25 - Mila: a\n04/05/31, 11:26 - Rauf: b\n"
    with pytest.raises(DayOrderError):
        read_posts(WhatsappChat, raw)
    assert len(read_posts(WhatsappChat, raw, ColumnChoice(is_day_first=True)).posts) == 2


def test_a_text_without_messages_is_refused() -> None:
    with pytest.raises(DamagedFileError):
        read_posts(WhatsappChat, "nothing of the kind\n")


LINES = [f"20/05/31, 11:{n // 4:02} - {who}: {text}\n" for n, (who, text) in enumerate([
    ("Mila", "hello"), ("Rauf", "ok"), ("Mila", "ok"), ("Rauf", "ok"),
    ("Mila", "yes"), ("Mila", "<Media omitted>"), ("Mila", "<Media omitted>"), ("Rauf", "so"),
    ("Rauf", "ok"), ("Mila", "bye"),
])]  # fmt: skip


def ids(lines: list[str], target: str) -> list[str]:
    found = read_posts(WhatsappChat, "".join(lines), ColumnChoice(target=target))
    return [one.native_id for one in found.posts]


@pytest.mark.parametrize(("target", "n_unknown"), [("Talk", 0), ("", 1)])
def test_exports_that_overlap_hold_a_message_once(target: str, n_unknown: int) -> None:
    early, late = ids(LINES[:8], target), ids(LINES[4:], target)
    assert len(set(early)) == len(early)
    assert len(set(early) | set(late)) == len(LINES) + n_unknown


def test_a_telephone_that_writes_seconds_knows_the_same_messages() -> None:
    exact = [f"[20/05/2031, 11:{n // 4:02}:{n:02}] {one.partition(' - ')[2]}"
             for n, one in enumerate(LINES)]  # fmt: skip
    assert ids(exact, "Talk") == ids(LINES, "Talk")


def test_another_chat_is_another_message_and_no_name_is_in_an_id() -> None:
    assert not set(ids(LINES, "Talk")) & set(ids(LINES, "Other"))
    others = [one.replace("Mila", "Anar") for one in LINES]
    assert ids(others, "Talk") == ids(LINES, "Talk")
