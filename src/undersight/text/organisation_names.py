"""Are two names of one organisation, agency or outlet?

Legal forms count for nothing, generic words (``agency``, ``nazirliyi``) are compared by what they
mean in any of four languages, numbers must agree, and the weakest of the words that make the name
decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from undersight.text.folding import fold
from undersight.text.name_keys import name_key
from undersight.text.name_tokens import SAME_SOUND, SAME_SPELLING, letter_similarity
from undersight.text.names import NameComparison, Reason, conclude
from undersight.text.organisation_words import (
    EMPTY_WORDS,
    LEGAL_ABBREVIATIONS,
    WEAK_IDEAS,
    idea_of,
    number_of,
    without_legal_forms,
)

_IDEA_MISSING = 0.88
_STRONG_IDEA_MISSING = 0.7
_IDEA_DIFFERS = 0.5
_WORD_MISSING = 0.58
_WORDS_MISSING = 0.5
_NUMBER_DIFFERS = 0.3
_ACRONYM = 0.78
_ONLY_GENERIC = 0.84
_SAME_IDEAS = 0.9
_N_IDEAS_THAT_TELL = 2
_ONE_WORD = 0.6  # below this two words are two words

_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?|/$")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?|\b[a-z](?:\.[a-z])+\b")
_WORD = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationParts:
    """The name of an organisation taken apart.

    Args:
        words: The words that make the name, folded.
        ideas: What its generic words mean.
        numbers: Its numbers.
        initials: The first letters of all its words.
        is_acronym: Whether it is written as one word of capitals.
    """

    words: tuple[str, ...]
    ideas: frozenset[str]
    numbers: tuple[str, ...]
    initials: str
    is_acronym: bool


@lru_cache(maxsize=1 << 14)
def parse_organisation(name: str) -> OrganisationParts:
    """Take the name of an organisation apart.

    Args:
        name: As written; a domain name is read as a name.
    """
    folded = _ADDRESS.sub("", fold(name).strip()).replace("&", " and ").replace("'", "")
    folded = _DOTTED.sub(lambda match: match[0].replace(".", ""), folded)
    all_words = _WORD.findall(folded)
    kept = [
        word
        for word in _WORD.findall(without_legal_forms(" ".join(all_words)))
        if word not in EMPTY_WORDS and word not in LEGAL_ABBREVIATIONS
    ] or all_words
    ideas = {word: idea_of(word) for word in kept}
    # a name may begin with X or One without being numbered
    numbers = {w: number_of(w) for i, w in enumerate(kept) if i or w.isdigit() or len(w) > 4}
    letters = [c for c in name if c.isalpha()]
    return OrganisationParts(
        words=tuple(w for w in kept if not ideas[w] and not numbers.get(w)),
        ideas=frozenset(ideas[w] for w in kept if ideas[w]),
        numbers=tuple(sorted(_joined_numbers([numbers[w] for w in kept if numbers.get(w)]))),
        initials="".join(word[0] for word in all_words if word not in EMPTY_WORDS),
        is_acronym=2 < len(letters) <= 8 and all(c.isupper() for c in letters),
    )


def _joined_numbers(numbers: list[str]) -> list[str]:
    """Read ``forty four`` as 44."""
    joined: list[str] = []
    for number in numbers:
        is_unit = len(number) == 1 and joined and len(joined[-1]) == 2 and joined[-1][1] == "0"
        if is_unit:
            joined[-1] = joined[-1][0] + number
        else:
            joined.append(number)
    return joined


def compare_organisation_names(a: str, b: str) -> NameComparison:
    """Compare the names of two organisations, agencies or outlets.

    Args:
        a: A name in any of the languages, with or without legal form; or its acronym.
        b: Another.
    """
    left, right = parse_organisation(a), parse_organisation(b)
    if left.numbers != right.numbers:
        return conclude(
            [
                Reason(
                    feature="number",
                    score=_NUMBER_DIFFERS,
                    detail="the numbers differ",
                    left=" ".join(left.numbers),
                    right=" ".join(right.numbers),
                )
            ]
        )
    by_words = conclude([*_word_reasons(left, right), *_idea_reasons(left, right)])
    others = [r for r in (_written_together(left, right), _acronym(left, right)) if r is not None]
    if others and max(r.score for r in others) > by_words.score:
        return conclude([max(others, key=lambda r: r.score)])
    return by_words


def _word_reasons(a: OrganisationParts, b: OrganisationParts) -> list[Reason]:
    if not a.words and not b.words:
        is_telling = len(a.ideas & b.ideas) >= _N_IDEAS_THAT_TELL
        score = _SAME_IDEAS if is_telling else _ONLY_GENERIC
        return [Reason(feature="name", score=score, detail="only generic words")]
    cells = sorted(
        (-_word_similarity(x, y), abs(i - j), i, j)
        for i, x in enumerate(a.words)
        for j, y in enumerate(b.words)
    )
    rows: set[int] = set()
    columns: set[int] = set()
    reasons = []
    for minus_alike, _, i, j in cells:
        if i in rows or j in columns or -minus_alike < _ONE_WORD:
            continue
        rows.add(i)
        columns.add(j)
        reasons.append(_word_reason(a.words[i], b.words[j], -minus_alike))
    left = [w for i, w in enumerate(a.words) if i not in rows]
    right = [w for j, w in enumerate(b.words) if j not in columns]
    return [*reasons, *_missing(left, right, n_shared=len(rows))]


def _missing(left: list[str], right: list[str], *, n_shared: int) -> list[Reason]:
    if not left and not right:
        return []
    score = 0.0
    if n_shared:
        score = _WORD_MISSING if len(left) + len(right) == 1 else _WORDS_MISSING
    if n_shared and left and right:
        score = 0.4
    return [
        Reason(
            feature="word",
            score=score,
            detail="words without a counterpart",
            left=" ".join(left),
            right=" ".join(right),
        )
    ]


def _word_reason(x: str, y: str, alike: float) -> Reason:
    detail = "the same word" if alike >= SAME_SOUND else "alike, but not the same"
    return Reason(feature="word", score=alike, detail=detail, left=x, right=y)


@lru_cache(maxsize=1 << 16)
def _word_similarity(x: str, y: str) -> float:
    if x == y:
        return SAME_SPELLING
    a, b = name_key(x), name_key(y)
    if a == b and len(a) > 2:
        return SAME_SOUND
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 5 and longer.startswith(shorter) and len(longer) - len(shorter) <= 3:
        return 0.84  # a case ending, or another word
    return letter_similarity(a, b)


def _idea_reasons(a: OrganisationParts, b: OrganisationParts) -> list[Reason]:
    left, right = a.ideas - b.ideas, b.ideas - a.ideas
    if not left and not right:
        return []
    if left and right:
        score = _IDEA_DIFFERS
    elif (left | right) <= WEAK_IDEAS:
        score = _IDEA_MISSING
    else:
        score = _STRONG_IDEA_MISSING
    return [
        Reason(
            feature="kind",
            score=score,
            detail="one says what kind of organisation it is and the other not, or another",
            left=" ".join(sorted(left)),
            right=" ".join(sorted(right)),
        )
    ]


def _written_together(a: OrganisationParts, b: OrganisationParts) -> Reason | None:
    left, right = "".join(a.words), "".join(b.words)
    if len(a.words) == len(b.words) or min(len(left), len(right)) < 6:
        return None
    if a.ideas != b.ideas or name_key(left) != name_key(right):
        return None
    return Reason(feature="written-together", score=0.9, detail="the same letters", left=left)


def _acronym(a: OrganisationParts, b: OrganisationParts) -> Reason | None:
    for short, long in ((a, b), (b, a)):
        if short.is_acronym and not long.is_acronym and len(long.initials) > 2:
            letters = "".join(short.words) or "".join(short.ideas)
            if letters == long.initials:
                return Reason(
                    feature="acronym",
                    score=_ACRONYM,
                    detail="the first letters of the other name",
                    left=a.initials if short is b else letters,
                    right=b.initials if short is a else letters,
                )
    return None
