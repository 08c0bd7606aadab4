"""Are two names of one person? A score, a verdict, and the reasons, for a person to decide.

Comparing whole strings is the wrong shape: two brothers share most letters. Names are taken apart
(``name_parts``), each word is aligned with a word of the other name (``name_tokens``), and **the
weakest aligned word** is the score. What is missing, abbreviated or contradicted lowers the
ceiling: a shared surname alone is never more than ``maybe``, an initial neither, a different
father's name makes two people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import OSA

from undersight.text.name_alignment import align
from undersight.text.name_parts import NameParts, Role, Token, parse_name
from undersight.text.name_tokens import (
    GENDER_ENDING,
    NICKNAME,
    SAME_NAME,
    token_similarity,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Verdict = Literal["same", "maybe", "different"]

SAME_AT = 0.86
"""A score from here on is ``same``: nothing differs but alphabet and habit of spelling."""
MAYBE_AT = 0.55
"""A score from here on is ``maybe``: a person has to look."""

_PATRONYMIC_MISSING = 0.92
_TOKEN_MISSING = 0.8
_EACH_FURTHER_TOKEN = 0.03
_ORDER_UNKNOWN = 0.82
_ORDER_INNER = 0.68
_ORDER_OF_FATHER_AND_SON = 0.45
_ONE_WORD_FOR_A_NAME = 0.58
_ONE_WORD_EACH = 0.82
_PATRONYMIC_DIFFERS = 0.4
_PATRONYMIC_PERHAPS_DIFFERS = 0.5
_GENDER_DIFFERS = 0.4
_MARRIED_NAME = 0.6
_ROLES_DIFFER = 0.6
_WRITTEN_TOGETHER = 0.9
_NEARLY_WRITTEN_TOGETHER = 0.75
_ONE_NAME = 0.6  # below this two words are two names


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that speaks for or against.

    Args:
        feature: What was compared: ``given-name``, ``surname``, ``patronymic``, ``initial``,
            ``missing``, ``order``, ``gender``, ``married-name``, ``written-together``, ``name``.
        score: What it allows at most, in [0, 1].
        detail: One English phrase.
        left: The words of the first name it is about.
        right: The words of the second.
    """

    feature: str
    score: float
    detail: str
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameComparison:
    """How two names compare.

    Args:
        score: In [0, 1].
        verdict: ``same`` from ``SAME_AT``, ``maybe`` from ``MAYBE_AT``, else ``different``.
        reasons: What was compared, the weakest first.
    """

    score: float
    verdict: Verdict
    reasons: tuple[Reason, ...]


def compare_names(a: str, b: str) -> NameComparison:
    """Compare two personal names; symmetric but for the sides of the reasons.

    Args:
        a: A name in Azerbaijani, Russian, Turkish or English spelling.
        b: Another.
    """
    return compare_parts(parse_name(a), parse_name(b))


def compare_parts(a: NameParts, b: NameParts) -> NameComparison:
    """Compare two names that were taken apart before.

    Args:
        a: What ``parse_name`` returned.
        b: What it returned for the other name.
    """
    if not a.core or not b.core:
        return conclude([Reason(feature="name", score=0.0, detail="no name to compare")])
    reasons = _aligned_reasons(a, b)
    comparison = conclude(reasons)
    if comparison.verdict == "same":
        return comparison
    together = _written_together(a, b)
    if together is not None and together.score > comparison.score:
        patronymics = [r for r in reasons if r.feature in {"patronymic", "gender"}]
        return conclude([together, *patronymics])
    return comparison


def conclude(reasons: Iterable[Reason]) -> NameComparison:
    """Return the comparison whose score is that of the weakest reason.

    Args:
        reasons: At least one.
    """
    ordered = tuple(sorted(reasons, key=lambda r: (r.score, r.feature, r.left, r.right)))
    score = round(ordered[0].score, 3)
    verdict: Verdict = "different"
    if score >= SAME_AT:
        verdict = "same"
    elif score >= MAYBE_AT:
        verdict = "maybe"
    return NameComparison(score=score, verdict=verdict, reasons=ordered)


def _aligned_reasons(a: NameParts, b: NameParts) -> list[Reason]:
    similarity = [[_core_similarity(x, y) for y in b.core] for x in a.core]
    pairs = align(similarity)
    reasons = [_pair_reason(a.core[i], b.core[j], similarity[i][j]) for i, j in pairs]
    left = _unpaired(a.core, {i for i, _ in pairs}, b.core)
    right = _unpaired(b.core, {j for _, j in pairs}, a.core)
    reasons += _patronymic_reasons(a, b, left, right)
    reasons += _missing_reasons(a, b, left, right)
    order = _order_reason(a.core, b.core, pairs)
    if order is not None:
        reasons.append(order)
    if a.gender and b.gender and a.gender != b.gender:
        reasons.append(
            Reason(feature="gender", score=_GENDER_DIFFERS, detail="a man's and a woman's name")
        )
    return _allow_married_name(a, b, reasons)


def _core_similarity(x: Token, y: Token) -> float:
    alike = token_similarity(x, y)
    if x.role is y.role or x.role is Role.ANY or y.role is Role.ANY:
        return alike
    return alike * _ROLES_DIFFER


def _pair_reason(x: Token, y: Token, alike: float) -> Reason:
    if x.is_initial or y.is_initial:
        detail = "an initial stands for many names" if alike else "the initial is another"
        return Reason(feature="initial", score=alike, detail=detail, left=x.text, right=y.text)
    feature = x.role if x.role is not Role.ANY else y.role
    return Reason(
        feature=str(feature), score=alike, detail=_grade(alike), left=x.text, right=y.text
    )


def _grade(alike: float) -> str:
    if alike == 1.0:
        return "the same spelling"
    if alike >= SAME_AT:
        return "the same name in another spelling"
    if alike == GENDER_ENDING:
        return "the ending of a man's and of a woman's surname"
    if alike == NICKNAME:
        return "a short form of the same name"
    if alike >= _ONE_NAME:
        return "alike, but not the same"
    return "two names"


def _unpaired(core: tuple[Token, ...], paired: set[int], other: tuple[Token, ...]) -> list[Token]:
    """Return the words without a partner, but not repetitions and titles."""
    if len(paired) == len(core):
        return []
    return [
        token
        for i, token in enumerate(core)
        if i not in paired
        and not token.is_optional
        and not any(token_similarity(token, t) >= SAME_NAME for t in other if not t.is_initial)
    ]


def _patronymic_reasons(
    a: NameParts, b: NameParts, left: list[Token], right: list[Token]
) -> list[Reason]:
    """Compare the father's names; one may stand unmarked among the other words."""
    if a.patronymics and b.patronymics:
        return [_both_patronymics(a.patronymics[0], b.patronymics[0])]
    if not a.patronymics and not b.patronymics:
        return []
    marked, loose = (a.patronymics[0], right) if a.patronymics else (b.patronymics[0], left)
    if not loose:
        return [
            Reason(
                feature="patronymic",
                score=_PATRONYMIC_MISSING,
                detail="one name has no father's name",
                left=marked.text if a.patronymics else "",
                right="" if a.patronymics else marked.text,
            )
        ]
    best = max(loose, key=lambda token: token_similarity(marked, token))
    alike = token_similarity(marked, best)
    loose.remove(best)
    score = alike if alike >= _ONE_NAME else _PATRONYMIC_PERHAPS_DIFFERS
    sides = (marked, best) if a.patronymics else (best, marked)
    return [
        Reason(
            feature="patronymic",
            score=score,
            detail=_grade(alike),
            left=sides[0].text,
            right=sides[1].text,
        )
    ]


def _both_patronymics(x: Token, y: Token) -> Reason:
    alike = token_similarity(x, y)
    is_one = alike >= _ONE_NAME
    return Reason(
        feature="patronymic",
        score=alike if is_one else _PATRONYMIC_DIFFERS,
        detail=_grade(alike) if is_one else "two fathers",
        left=x.text,
        right=y.text,
    )


def _missing_reasons(
    a: NameParts, b: NameParts, left: list[Token], right: list[Token]
) -> list[Reason]:
    """Lower the ceiling for words that have no counterpart."""
    n_shorter = min(len(a.core), len(b.core))
    if n_shorter == 1 and len(a.core) == len(b.core):
        has_fathers = bool(a.patronymics and b.patronymics)
        ceiling = 1.0 if has_fathers else _ONE_WORD_EACH
        return [Reason(feature="missing", score=ceiling, detail="one word is not a whole name")]
    n_missing = len(left) + len(right)
    if not n_missing:
        return []
    if n_shorter == 1:
        score, detail = _ONE_WORD_FOR_A_NAME, "only one word to compare"
    else:
        score = max(MAYBE_AT + 0.03, _TOKEN_MISSING - _EACH_FURTHER_TOKEN * (n_missing - 1))
        detail = "a word has no counterpart"
    return [
        Reason(
            feature="missing",
            score=score,
            detail=detail,
            left=" ".join(t.text for t in left),
            right=" ".join(t.text for t in right),
        )
    ]


def _order_reason(
    a: tuple[Token, ...], b: tuple[Token, ...], pairs: tuple[tuple[int, int], ...]
) -> Reason | None:
    """Say what another order of the words costs; a known surname may stand first or last."""
    columns = [j for _, j in pairs]
    if columns == sorted(columns):
        return None
    without_surnames = [j for i, j in pairs if Role.SURNAME not in (a[i].role, b[j].role)]
    if without_surnames == sorted(without_surnames) and len(without_surnames) < len(pairs):
        return None
    if any(t.is_after_bin for t in (*a, *b)):
        score, detail = _ORDER_OF_FATHER_AND_SON, "father and son changed places"
    elif _is_rotation(columns):
        score, detail = _ORDER_UNKNOWN, "another order, and nothing tells the surname"
    else:
        score, detail = _ORDER_INNER, "another order"
    return Reason(
        feature="order",
        score=score,
        detail=detail,
        left=" ".join(t.text for t in a),
        right=" ".join(t.text for t in b),
    )


def _is_rotation(columns: list[int]) -> bool:
    """Whether only the first or the last word changed its place."""
    return columns[1:] == sorted(columns[1:]) or columns[:-1] == sorted(columns[:-1])


def _allow_married_name(a: NameParts, b: NameParts, reasons: list[Reason]) -> list[Reason]:
    """A woman whose given and father's names agree may have changed her surname."""
    weak = [r for r in reasons if r.score < MAYBE_AT]
    agreeing = {r.feature for r in reasons if r.score >= SAME_AT}
    is_woman = "f" in (a.gender, b.gender)
    if not is_woman or {r.feature for r in weak} != {"surname"}:
        return reasons
    if not {"patronymic", "given-name"} <= agreeing or not (a.patronymics and b.patronymics):
        return reasons
    married = Reason(
        feature="married-name",
        score=_MARRIED_NAME,
        detail="given and father's names agree, the surname is another",
        left=weak[0].left,
        right=weak[0].right,
    )
    return [*(r for r in reasons if r not in weak), married]


@lru_cache(maxsize=1 << 14)
def _together_score(left: str, right: str) -> float:
    if left == right:
        return _WRITTEN_TOGETHER
    n_allowed = min(2, max(len(left), len(right)) // 8)
    n_edits = OSA.distance(left, right, score_cutoff=n_allowed)
    return _NEARLY_WRITTEN_TOGETHER if n_edits <= n_allowed else 0.0


def _written_together(a: NameParts, b: NameParts) -> Reason | None:
    """Compare the names written as one word, where one of them has more words."""
    if len(a.core) == len(b.core) or any(t.is_initial for t in (*a.core, *b.core)):
        return None
    left, right = a.joined_key, b.joined_key
    if min(len(left), len(right)) < 7:
        return None
    score = _together_score(left, right)
    if not score:
        return None
    return Reason(
        feature="written-together",
        score=score,
        detail="the same letters, divided into other words",
        left=" ".join(t.text for t in a.core),
        right=" ".join(t.text for t in b.core),
    )
