"""Text inside Markdown stays text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.presentation.escaping import markdown, markdown_address


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("a *b* _c_", r"a \*b\* \_c\_"),
        ("[x](y) <b>", r"\[x\](y) \<b\>"),
        ("1. not a list", r"1\. not a list"),
        ("- nor this", r"\- nor this"),
        ("# nor a heading", r"\# nor a heading"),
        ("two\n\nlines", "two lines"),
        ("a - b", "a - b"),
    ],
)
def test_signs_are_escaped(words: str, escaped: str) -> None:
    assert markdown(words) == escaped


@given(st.text(max_size=60))
def test_nothing_opens_markup_and_it_stays_one_line(words: str) -> None:
    escaped = markdown(words)
    assert "\n" not in escaped
    assert all(escaped[max(i - 1, 0)] == "\\" for i, c in enumerate(escaped) if c in "*_[]<`#")


def test_addresses_do_not_end_their_brackets() -> None:
    assert markdown_address("https://a.example/x(1) y") == "https://a.example/x%281%29%20y"
