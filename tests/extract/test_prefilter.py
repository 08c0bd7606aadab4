from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.extract.cover import Cover
from undersight.extract.pattern_words import DIGIT, needed_words, opening_words, word_chain
from undersight.extract.prefilter import Patterns, TextPattern


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


@pytest.mark.parametrize(
    ("pattern", "opening"),
    [
        ("(?:was |were )?(?:arrested|detained)", {"was ", "were ", "arrested", "detained"}),
        (r"(?<!\w)(?:(?<!in )posts?|posted)(?!\w)", {"post"}),
        (r"on +(?:his|her)", {"on "}),
        (r"(?:about +)?(?:\d+|seven)", {"about ", DIGIT, "seven"}),
        (r"(?:a|bcd)", set()),
        (r"\w+ arrest", set()),
        (r"[ab]rrest", set()),
        (r"(?:arrest)?", set()),
        (r"(ab)\1", {"ab"}),
        (r"(?i:arrest)", set()),
        (r"\barrest|^held", {"arrest", "held"}),
    ],
)
def test_words_that_matches_begin_with(pattern: str, opening: set[str]) -> None:
    assert opening_words(pattern) == opening


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
WORDS = st.sampled_from(["detain", "detained", "was", " ", "a", "home", "flat", "yy", "x"])


@given(
    st.lists(ATOMS, min_size=1, max_size=5).map("".join),
    st.lists(WORDS),
)
def test_looking_first_never_loses_a_match(pattern: str, words: list[str]) -> None:
    text = "".join(words)
    plain = [m.span() for m in re.finditer(pattern, text)]
    assert [m.span() for m in TextPattern(pattern).finditer(text)] == plain


@pytest.mark.parametrize(
    ("pattern", "chain"),
    [
        (
            "(?:had|has) (?:his )?account(?: was)? stolen",
            [{"had", "has"}, {"account"}, {" stolen"}],
        ),
        ("(?:the (page|site) was|it was) sealed", [{"the ", "it was"}, {" sealed"}]),
        ("page|site", [{"page", "site"}]),
        ("(?!not)page{0,2} of (?:them)?", [{"pag"}, {" of "}]),
        ("(?:(home|flat) (?:raided)) at", [{"home", "flat"}, {"raided"}, {" at"}]),
    ],
)
def test_words_that_stand_one_behind_the_other(pattern: str, chain: list[set[str]]) -> None:
    assert list(map(set, word_chain(pattern))) == chain


def test_words_in_another_order_are_no_reason_to_try_a_pattern() -> None:
    text = LONG + "the page was seen. " * 20 + "sealed was the page. the page was sealed."
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^.]+\.", text)]
    pattern = TextPattern(r"(?<!\w)(?:the) (?:page|site) \w+ sealed")
    tried = Patterns([pattern]).by_span(text, spans)
    assert [span for span, found in tried.items() if found] == spans[-1:]
    assert [m.group() for m in pattern.finditer(text)] == ["the page was sealed"]


LONG = "x" * 4000 + " "


@given(
    st.lists(st.lists(ATOMS, min_size=1, max_size=4).map("".join), max_size=5),
    st.lists(WORDS, max_size=8),
)
def test_what_is_worth_trying_in_a_short_text_leaves_out_no_match(
    patterns: list[str], words: list[str]
) -> None:
    text = " ".join(words)
    half = len(text) // 2
    spans = [(0, half), (half, len(text))]
    whole = [re.compile(pattern) for pattern in patterns]
    many = Patterns(TextPattern(pattern) for pattern in patterns)

    worth = many.by_span(text, spans)

    for span in spans:
        fitting = [i for i, pattern in enumerate(whole) if pattern.search(text, *span)]
        needed = [i for i, p in enumerate(patterns) if TextPattern(p).may_match(text, *span)]
        assert set(fitting) <= set(worth[span])
        assert worth[span] == needed
    assert many.stand_in(text) == any(pattern.search(text) for pattern in whole)


def test_the_patterns_that_tell_of_an_incident_are_tried_one_by_one() -> None:
    patterns = [TextPattern("was detained"), TextPattern("was fined"), TextPattern("fled")]

    assert Patterns(patterns).stand_in("she was fined")

    assert [pattern._compiled is None for pattern in patterns] == [True, False, True]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(ATOMS, min_size=1, max_size=5).map("".join),
    st.lists(st.sampled_from(["detain", "detained", "was", " ", "a", "home", "flat", "x", "7"])),
)
def test_looking_where_matches_begin_never_loses_one(pattern: str, words: list[str]) -> None:
    text = LONG + "".join(words)
    whole = rf"(?<!\w)(?:{pattern}|detain\w*|(?:was )?\d)(?!!)"
    plain = [m.span() for m in re.finditer(whole, text)]
    sought = TextPattern(whole)
    assert [m.span() for m in sought.finditer(text)] == plain
    first = sought.search(text, 4000)
    assert (first and first.span()) == next((s for s in plain if s[0] >= 4000), None)


def test_a_pattern_is_tried_only_in_sentences_where_a_match_may_begin() -> None:
    text = f"{LONG}he was held. she is seen. fb said: no, the 7 were."
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^.]+\.", text)]
    patterns = Patterns(
        map(TextPattern, [r"(?<!\w)(?:fb|vk)(?!\w)", r"(?<!\w)\d+", r"(?<!\w)(?:was +)?held"])
    )
    assert list(patterns.by_span(text, spans).values()) == [[2], [], [0, 1]]


def test_a_needed_word_counts_only_behind_one_that_a_match_begins_with() -> None:
    text = f"{LONG}summoned he was. was he was he was seen. he was then summoned."
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^.]+\.", text)]
    pattern = TextPattern(r"(?<!\w)(?:was|were) (?:\w+ )?summoned")
    assert list(Patterns([pattern]).by_span(text, spans).values()) == [[], [], [0]]
    assert not list(pattern.finditer(text, *spans[0]))
    assert [m.group() for m in pattern.finditer(text)] == ["was then summoned"]


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_a_cover_knows_which_characters_are_taken(
    spans: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    taken = {i for a, b in spans for i in range(a, b)}
    cover = Cover(spans)
    assert cover.touches(*asked) == bool(taken & set(range(*asked)))
    assert cover.is_free(*asked) != cover.touches(*asked)
