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


def test_a_row_of_a_table_is_one_line() -> None:
    page = (
        "<table><tr><th>Day</th><th>Who</th></tr>"
        "<tr><td><p>2 May</p></td><td>Tarvin<br>Oskelde</td></tr>"
        '<tr><td>3 May</td><td><a href="https://qv.example/2">Selvi</a> <ul><li>a<li>b</ul></td>'
        "</tr></table>After"
    )
    text, (link,) = html_to_linked_text(page)
    assert text == "Day\tWho\n\n2 May\tTarvin Oskelde\n3 May\tSelvi a b\n\nAfter"
    assert text[link.start : link.end] == "Selvi"


def test_a_table_that_lays_out_a_page_keeps_its_paragraphs() -> None:
    row = "<tr><td><p>One</p><p>Two</p></td><td>Menu</td></tr>"
    for table in (
        f"<table>{row}</table>",
        f"<table>{row}<tr><td><h2>News</h2></td><td>b</td></tr></table>",
        f"<table>{row}<tr><td>{'word ' * 200}</td><td>b</td></tr></table>",
    ):
        assert html_to_text(table).startswith("One\n\nTwo\n\nMenu")


def test_a_page_that_holds_our_marks_is_read_without_them() -> None:
    assert html_to_linked_text("a&#xe001;b&#xE000;c&#xe002;") == ("abc", ())


@given(st.lists(WORDS, max_size=30).map("".join), st.lists(WORDS, max_size=10).map("".join))
def test_a_link_changes_no_text(before: str, inside: str) -> None:
    inside = inside.replace("<p>", "").replace("</p>", "")
    plain = html_to_text(f"{before}<u>{inside}</u> end")
    text, links = html_to_linked_text(f'{before}<a href="https://x.example">{inside}</a> end')
    assert text == plain
    assert all(text[one.start : one.end].strip() for one in links)
