"""Pages that Telegram Desktop exports: who wrote, when, what is answered, nothing private."""

from __future__ import annotations

import pytest

from tests.importers.post_files import Outcome, read_posts, recognised
from undersight.errors import DamagedFileError
from undersight.importers.telegram_html import TelegramHtml
from undersight.model.corpus_rows import ColumnChoice


def message(
    number: int, name: str, text: str, *, minute: int = 5, inside: str = "", more: str = ""
) -> str:
    said = f'<div class="from_name">\n{name} \n</div>' if name else ""
    return f"""
     <div class="message default clearfix{"" if name else " joined"}" id="message{number}">
      <div class="body">
       <div class="pull_right date details" title="26.05.2031 18:{minute:02}:43 UTC+04:00">
18:{minute:02}
       </div>{said}{inside}
       <div class="text">
{text}
       </div>{more}
      </div>
     </div>"""


def page(*messages: str, name: str = "Sarnak Talk") -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title>
    <link href="css/style.css" rel="stylesheet"/></head><body onload="CheckLocation();">
    <div class="page_wrap"><div class="page_header"><div class="content">
     <div class="text bold">\n{name} \n</div></div></div>
     <div class="page_body chat_page"><div class="history">
     <div class="message service" id="message-1"><div class="body details">26 May 2031</div></div>
     {"".join(messages)}
    </div></div></div></body></html>"""


ANSWER = (
    '<div class="reply_to details">In reply to <a href="messages.html#go_to_message7" '
    'onclick="return GoToMessage(7)">this message</a></div>'
)
REACTIONS = (
    '<span class="reactions"><span class="reaction"><span class="emoji">👍</span>'
    '<span class="count">12</span></span><span class="reaction"><span class="emoji">❤</span>'
    '<span class="count">3</span></span></span>'
)
PASSED_ON = (
    '<div class="forwarded body"><div class="from_name">Elsewhere <span class="date details" '
    'title="20.05.2031 10:00:00"> 20.05.2031 10:00:00</span></div>'
    '<div class="text">old news</div></div>'
)
GROUP = page(
    message(7, "Mila Q.", 'one <b>two <i>three</i></b> four<br>five &amp; <a href="https://a.example/x">here</a>'),
    message(8, "", "and more", minute=6),
    message(9, "Rauf via @somebot", "yes", minute=7, inside=ANSWER, more=REACTIONS),
    message(10, "Sarnak Talk", "rules", minute=8),
    message(11, "Deleted Account", "", minute=9, inside=PASSED_ON),
)  # fmt: skip


def read(raw: str, choice: ColumnChoice | None = None) -> Outcome:
    return read_posts(TelegramHtml, raw, choice)


def test_a_page_is_known_and_a_saved_facebook_page_is_not() -> None:
    assert recognised(GROUP, "messages.html") == "telegram-html"
    assert recognised('<html id="facebook"><div class="message "></div>', "x.html") != (
        "telegram-html"
    )


def test_messages_keep_author_time_text_and_what_they_answer() -> None:
    found = read(GROUP)
    told = [(one.native_id, one.kind, one.author.name if one.author else "", one.text)
            for one in found.posts]  # fmt: skip
    assert told == [
        ("~Sarnak Talk/7", "comment", "Mila Q.", "one two three four\nfive & here"),
        ("~Sarnak Talk/8", "comment", "Mila Q.", "and more"),
        ("~Sarnak Talk/9", "reply", "Rauf", "yes"),
        ("~Sarnak Talk/10", "post", "Sarnak Talk", "rules"),
        ("~Sarnak Talk/11", "comment", "", "old news"),
    ]
    answer = found.posts[2]
    assert (answer.parent_native_id, answer.n_likes) == ("~Sarnak Talk/7", 15)
    assert [share.value for share in found.posts[0].shares] == ["https://a.example/x"]
    at = found.posts[0].published
    assert at is not None
    assert (at.zone_basis, at.us // 60_000_000 % 1440) == ("offset", 14 * 60 + 5)
    assert [one.locator for one in found.issues] == ["message-1"]


def test_the_chat_is_what_a_person_says() -> None:
    found = read(GROUP, ColumnChoice(target="https://t.me/sarnaktalk"))
    assert found.posts[0].native_id == "@sarnaktalk/7"


def test_times_without_a_zone_are_local() -> None:
    old = GROUP.replace(" UTC+04:00", "")
    at = read(old, ColumnChoice(zone="Asia/Baku")).posts[0].published
    assert at is not None
    assert (at.zone_basis, at.us // 60_000_000 % 1440) == ("named", 14 * 60 + 5)


def test_a_conversation_of_two_lays_nobody_open_and_is_said() -> None:
    found = read(page(message(1, "Mila", "hi"), message(2, "Rauf", "yes"), name="Mila"))
    assert {(one.kind, one.target) for one in found.posts} == {("comment", None)}
    assert any("private conversation" in note.sentence for note in found.notes)


def test_a_channel_posts_under_its_own_name() -> None:
    found = read(page(message(1, "Qaravel News", "one"), name="Qaravel News"))
    assert [one.kind for one in found.posts] == ["post"]
    assert found.posts[0].author is found.posts[0].target


@pytest.mark.parametrize("raw", ["", "<html><body></body></html>"])
def test_a_page_without_messages_is_refused(raw: str) -> None:
    with pytest.raises(DamagedFileError):
        read(raw)
