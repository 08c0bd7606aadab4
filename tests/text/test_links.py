"""The words of a page that lead somewhere, at their place in the readable text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from undersight.text.markup import html_to_linked_text, html_to_text

WORDS = st.sampled_from(
    ["Əliyev", " ", "\n", "<b>", "</b>", "<p>", "</p>", "<br>", "text", "&amp;"]
)


def test_words_and_addresses() -> None:
    page = (
        '<p>As <a href="https://qv.example/1"> Valley\nPost </a>says</p>'
        '<p><a href="/here">inside</a> <a href="http://x.example"><i>két</i></a>'
        '<a href="https://empty.example"><img></a>.</p>'
    )
    text, links = html_to_linked_text(page)
    assert text == "As Valley Post says\n\ninside két."
    assert [(text[one.start : one.end], one.url) for one in links] == [
        ("Valley Post", "https://qv.example/1"),
        ("két", "http://x.example"),
    ]


def test_a_page_that_holds_our_marks_is_read_without_them() -> None:
    assert html_to_linked_text("a&#xe001;b&#xE000;c") == ("abc", ())


@given(st.lists(WORDS, max_size=30).map("".join), st.lists(WORDS, max_size=10).map("".join))
def test_a_link_changes_no_text(before: str, inside: str) -> None:
    inside = inside.replace("<p>", "").replace("</p>", "")
    plain = html_to_text(f"{before}<u>{inside}</u> end")
    text, links = html_to_linked_text(f'{before}<a href="https://x.example">{inside}</a> end')
    assert text == plain
    assert all(text[one.start : one.end].strip() for one in links)
