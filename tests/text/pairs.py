"""Labelled pairs of names, and how well the verdicts fit them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from undersight.text.names import NameComparison, compare_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HARD_PAIRS = Path(__file__).with_name("hard_name_pairs.csv")
"""Invented people; the rules were corrected while looking at them."""
HELD_OUT_PAIRS = Path(__file__).with_name("held_out_name_pairs.csv")
"""Invented people; written when the rules stood, and not used to change them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    left: str
    right: str
    is_match: bool
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Precision and recall of ``same``, and of ``same`` or ``maybe`` (a candidate)."""

    n_pairs: int
    n_matches: int
    n_same_right: int
    n_same_wrong: int
    n_candidate_right: int
    n_candidate_wrong: int

    @property
    def same_precision(self) -> float:
        return _share(self.n_same_right, self.n_same_right + self.n_same_wrong)

    @property
    def same_recall(self) -> float:
        return _share(self.n_same_right, self.n_matches)

    @property
    def candidate_precision(self) -> float:
        return _share(self.n_candidate_right, self.n_candidate_right + self.n_candidate_wrong)

    @property
    def candidate_recall(self) -> float:
        return _share(self.n_candidate_right, self.n_matches)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def read_pairs(path: Path) -> list[Pair]:
    """Read our own files: left, right, is_match, kind."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                left=row["left"],
                right=row["right"],
                is_match=row["is_match"] == "true",
                kind=row["kind"],
            )
            for row in csv.DictReader(file)
        ]


def read_shared_pairs(path: Path, *, of_people: bool) -> list[Pair]:
    """Read the shared file: name1, name2, is_match, schema."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                left=row["name1"],
                right=row["name2"],
                is_match=row["is_match"] == "true",
                kind=row["category"] or row["case_group"],
            )
            for row in csv.DictReader(file)
            if (row["schema"] == "Person") == of_people
        ]


def quality(
    pairs: Iterable[Pair],
    compare: Callable[[str, str], NameComparison] = compare_names,
) -> Quality:
    """Count verdicts against labels."""
    counts = {
        (verdict, is_match): 0
        for verdict in ("same", "maybe", "different")
        for is_match in (True, False)
    }
    for pair in pairs:
        counts[compare(pair.left, pair.right).verdict, pair.is_match] += 1
    return Quality(
        n_pairs=sum(counts.values()),
        n_matches=sum(n for (_, is_match), n in counts.items() if is_match),
        n_same_right=counts["same", True],
        n_same_wrong=counts["same", False],
        n_candidate_right=counts["same", True] + counts["maybe", True],
        n_candidate_wrong=counts["same", False] + counts["maybe", False],
    )
