from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.extract.cover import Cover
from undersight.extract.prefilter import TextPattern, needed_words


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("(?:was |were )?(?:arrested|detained)", {"arrested", "detained"}),
        ("arrest(?:ed)?", {"arrest"}),
        ("colou?rs", {"colo"}),
        ("a|bcdef", set()),
        ("(?=arrest)[a-z]+", set()),
        (r"\w+ arrest\.", {" arrest."}),
        ("(?:arrest){0,2}x", set()),
        ("[arrest]+ed", set()),
    ],
)
def test_needed_words(pattern: str, needed: set[str]) -> None:
    assert needed_words(pattern) == needed


ATOMS = st.sampled_from(
    [
        "detain",
        "(?:ed|s)?",
        "[a-c]",
        "(?:was|were)",
        " +",
        "x*",
        "(?!not)",
        r"\w",
        "(home|flat)",
        "y{2}",
    ]
)


@given(
    st.lists(ATOMS, min_size=1, max_size=5).map("".join),
    st.lists(st.sampled_from(["detain", "detained", "was", " ", "a", "home", "flat", "yy", "x"])),
)
def test_looking_first_never_loses_a_match(pattern: str, words: list[str]) -> None:
    text = "".join(words)
    plain = [m.span() for m in re.finditer(pattern, text)]
    assert [m.span() for m in TextPattern(pattern).finditer(text)] == plain


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_a_cover_knows_which_characters_are_taken(
    spans: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    taken = {i for a, b in spans for i in range(a, b)}
    cover = Cover(spans)
    assert cover.touches(*asked) == bool(taken & set(range(*asked)))
    assert cover.is_free(*asked) != cover.touches(*asked)
