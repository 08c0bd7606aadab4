"""How alike two words of two names are, in [0, 1].

1 is the same spelling, 0.9 and above is one name written in another alphabet or habit, between
0.6 and 0.9 something differs that a slip of the pen or a change of ending explains, below 0.6 they
are two names.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from undersight.text.name_keys import name_key, skeleton
from undersight.text.name_tables import (
    SURNAME_SUFFIX,
    are_lookalikes,
    are_spellings,
    given_name_keys,
    given_name_spellings,
    is_nickname,
)

if TYPE_CHECKING:
    from undersight.text.name_parts import Token

SAME_SPELLING = 1.0
SAME_SOUND = 0.97
SAME_NAME = 0.94
GENDER_ENDING = 0.82
SAME_HABIT = 0.9
NICKNAME = 0.79
INITIAL = 0.8
OTHER_SUFFIX = 0.7
TWO_NAMES = 0.35

_MAX_EDITS = 2
_WEAK = str.maketrans("", "", "aiuhyv")
# what a habit of transliteration does to one letter, cheaper than a slip of the pen
_CHEAP_SWAPS = {
    frozenset(pair): cost
    for pair, cost in (
        ("dt", 0.3),
        ("bp", 0.3),
        ("hk", 0.7),
        ("cs", 0.6),
        ("sz", 0.5),
        ("fv", 0.5),
        ("ui", 0.5),
        ("hv", 0.9),
        ("bv", 0.7),
        ("mn", 0.8),
    )
}
_CHEAP_GAPS = {"h": 0.4, "y": 0.2, "i": 0.7, "u": 0.7}


def token_similarity(left: Token, right: Token) -> float:
    """Return how alike two words of two names are.

    Args:
        left: A word of one name.
        right: A word of another.
    """
    if left.is_initial or right.is_initial:
        return _initial_similarity(left, right)
    if left.folded == right.folded:
        return SAME_SPELLING
    if left.is_unvocalised or right.is_unvocalised:
        return _unvocalised_similarity(left, right)
    if left.is_ideographic and right.is_ideographic:
        return TWO_NAMES  # one sign is one word: no slip of the pen
    return _word_similarity(left.folded, left.keys, right.folded, right.keys)


def _initial_similarity(left: Token, right: Token) -> float:
    is_possible = any(a[:1] == b[:1] for a in left.keys for b in right.keys)
    return INITIAL if is_possible else 0.0


def _unvocalised_similarity(left: Token, right: Token) -> float:
    """Compare consonants; where a script leaves vowels out, more cannot be said."""
    if left.is_unvocalised and right.is_unvocalised:
        n_edits = OSA.distance(left.folded, right.folded)
        n_letters = max(len(left.folded), len(right.folded))
        return 0.72 if n_edits == 1 and n_letters >= 5 else TWO_NAMES
    a, b = left.keys[0].translate(_WEAK), right.keys[0].translate(_WEAK)
    a, b = (x.replace("d", "t").replace("b", "p") for x in (a, b))
    if a == b:
        return 0.84 if len(a) >= 2 else 0.6
    return 0.6 if min(len(a), len(b)) >= 3 and OSA.distance(a, b) == 1 else TWO_NAMES


@lru_cache(maxsize=1 << 18)
def _word_similarity(
    left: str, left_keys: tuple[str, ...], right: str, right_keys: tuple[str, ...]
) -> float:
    """Compare two whole words by their spelling and their keys."""
    if left_keys[0] == right_keys[0] and left_keys[0]:
        return TWO_NAMES if are_lookalikes(left, right) else SAME_SOUND
    if not set(left_keys).isdisjoint(right_keys) or are_spellings(left_keys[0], right_keys[0]):
        return SAME_NAME
    if is_nickname(left_keys[0], right_keys[0]):
        return NICKNAME
    by_letters = max(letter_similarity(a, b) for a in left_keys for b in right_keys)
    if by_letters >= SAME_HABIT:
        return by_letters
    if _are_two_given_names(left, left_keys[0], right, right_keys[0]):
        return TWO_NAMES
    by_ending = _ending_similarity(left, right)
    if by_ending is None or by_ending == TWO_NAMES:
        return by_letters if by_ending is None else TWO_NAMES
    return max(by_ending, min(by_letters, GENDER_ENDING))


def _ending_similarity(left: str, right: str) -> float | None:
    """Compare two words that differ in a surname's ending, or None if that is not the case."""
    stems = []
    for word in (left, right):
        found = SURNAME_SUFFIX.search(word)
        stems.append((word[: found.start()], found["suffix"]) if found else (word, ""))
    (left_stem, left_suffix), (right_stem, right_suffix) = stems
    if not left_suffix and not right_suffix:
        return _given_gender(left, right)
    a, b = name_key(left_stem), name_key(right_stem)
    if a == b:
        if _without_a(left_suffix) == _without_a(right_suffix):
            return GENDER_ENDING
        return OTHER_SUFFIX if left_suffix and right_suffix else 0.6
    if left_suffix and right_suffix and _are_two_given_names(left_stem, a, right_stem, b):
        return TWO_NAMES
    return None


def _are_two_given_names(left: str, left_key: str, right: str, right_key: str) -> bool:
    """Whether both are known names; a short key alone is met by slips of the pen."""
    listed = given_name_keys()
    if left_key not in listed or right_key not in listed or are_spellings(left_key, right_key):
        return False
    spelled = given_name_spellings()
    is_long = min(len(left_key), len(right_key)) >= 5
    return is_long or (left in spelled and right in spelled)


def _without_a(suffix: str) -> str:
    return suffix.removesuffix("a").removeprefix("y").removeprefix("i").replace("e", "o")


def _given_gender(left: str, right: str) -> float | None:
    """``Samir`` and ``Samirə`` are two people."""
    shorter, longer = sorted((name_key(left), name_key(right)), key=len)
    if longer != f"{shorter}a" or len(shorter) < 3:
        return None
    listed = given_name_keys()
    return TWO_NAMES if shorter in listed or longer in listed else None


@lru_cache(maxsize=1 << 18)
def letter_similarity(a: str, b: str) -> float:
    """Grade two name keys by weighted edits against their length, in [0, 1].

    Args:
        a: What ``name_key`` returned for one word.
        b: What it returned for another.
    """
    n_letters = max(len(a), len(b))
    if min(len(a), len(b)) < 3 or OSA.distance(a, b, score_cutoff=_MAX_EDITS) > _MAX_EDITS:
        return 0.0
    cost = _edit_cost(a, b)
    if cost <= 0.45:
        return SAME_HABIT
    if cost <= 1.05:
        return _one_edit(n_letters, a[0] == b[0])
    if cost <= 1.8 and n_letters >= 6 and skeleton(a) == skeleton(b):
        return 0.62
    if cost <= 2.05 and n_letters >= 8:
        return 0.6
    return max(0.0, 0.5 * (1 - cost / n_letters))


def _one_edit(n_letters: int, has_same_start: bool) -> float:  # noqa: FBT001 - a graded fact
    grades = {3: 0.3, 4: 0.45, 5: 0.6, 6: 0.7, 7: 0.76}
    grade = grades.get(n_letters, 0.8)
    return grade if has_same_start else grade - 0.1


def _edit_cost(a: str, b: str) -> float:
    """Return the cheapest way from one key to the other (optimal string alignment, weighted)."""
    before: list[float] = []
    above = [0.0]
    for _ in b:
        above.append(above[-1] + 1.0)
    for i, x in enumerate(a, 1):
        row = [above[0] + 1.0]  # the first letter is never cheap: Anna is not Hannah
        for j, y in enumerate(b, 1):
            swap = 0.0 if x == y else _CHEAP_SWAPS.get(frozenset((x, y)), 1.0)
            best = min(
                above[j - 1] + swap,
                above[j] + _CHEAP_GAPS.get(x, 1.0),
                row[j - 1] + _CHEAP_GAPS.get(y, 1.0),
            )
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2] and x != y:
                best = min(best, before[j - 2] + 0.8)
            row.append(best)
        before, above = above, row
    return above[-1]
