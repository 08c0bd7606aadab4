"""How well names are compared, and how fast: precision, recall and F1 on labelled pairs.

    python -m benchmarks.names [--shared DIR] [--mistakes]

Without the shared folder only our own pairs are measured. Run from the top of the repository.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.text.pairs import (
    HARD_PAIRS,
    HELD_OUT_PAIRS,
    Pair,
    Quality,
    quality,
    read_pairs,
    read_shared_pairs,
)
from undersight.text import candidates, compare_names, compare_organisation_names, fold
from undersight.text.given_names import GIVEN_NAMES
from undersight.text.name_keys import name_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.text import NameComparison

_SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "name-matching"
_N_PAIRS_TIMED = 40_000
_N_NAMES_BLOCKED = 100_000
_N_BYTES_FOLDED = 4_000_000


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=_SHARED, help="folder of labelled names")
    parser.add_argument("--mistakes", action="store_true", help="print the pairs judged wrongly")
    parser.add_argument("--no-speed", action="store_true", help="leave the timings out")
    options = parser.parse_args()
    print(f"{'pairs':34} {'n':>5} {'verdict':>10} {'precision':>9} {'recall':>7} {'F1':>6}")
    _report("own, hard", read_pairs(HARD_PAIRS), compare_names)
    _report("own, held out", read_pairs(HELD_OUT_PAIRS), compare_names)
    labelled = options.shared / "name_pairs_labelled.csv"
    if labelled.is_file():
        people = read_shared_pairs(labelled, of_people=True)
        _report("shared, people", people, compare_names)
        others = read_shared_pairs(labelled, of_people=False)
        _report("shared, organisations", others, compare_organisation_names)
        _print_perturbed(options.shared / "un_list_name_perturbations.csv")
        _print_tokens(options.shared / "wikidata_russian_name_tokens.csv.gz")
    if options.mistakes:
        _print_mistakes(read_pairs(HARD_PAIRS) + read_pairs(HELD_OUT_PAIRS), compare_names)
    if not options.no_speed:
        _print_speed()


def _report(title: str, pairs: list[Pair], compare: Callable[[str, str], NameComparison]) -> None:
    found: Quality = quality(pairs, compare)
    rows = (
        ("same", found.same_precision, found.same_recall),
        ("candidate", found.candidate_precision, found.candidate_recall),
    )
    for verdict, precision, recall in rows:
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        print(
            f"{title:34} {found.n_pairs:5} {verdict:>10} {precision:9.3f} {recall:7.3f} {f1:6.3f}"
        )


def _print_perturbed(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["original"], row["perturbed"]) for row in csv.DictReader(file)]
    changed = [(a, b) for a, b in rows if a != b]
    verdicts = [compare_names(a, b).verdict for a, b in changed]
    n_met = sum(verdict != "different" for verdict in verdicts)
    print(
        f"{'shared, one mechanical change':34} {len(changed):5} candidate recall "
        f"{n_met / len(changed):.3f}, same {verdicts.count('same') / len(changed):.3f}"
    )
    originals = sorted({a for a, _ in rows})
    source = random.Random(1)  # noqa: S311 - a list to measure with
    others = [tuple(source.sample(originals, 2)) for _ in range(20_000)]
    wrong = sum(compare_names(a, b).verdict != "different" for a, b in others)
    print(f"{'shared, two names of one list':34} {len(others):5} candidates wrongly {wrong}")


def _print_tokens(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [
            (fold(row["latin"]), fold(row["cyrillic"]), int(row["count"]))
            for row in csv.DictReader(file)
        ]
    n_all = sum(count for *_, count in rows)
    n_met = sum(
        count
        for latin, cyrillic, count in rows
        if not set(name_keys(latin)).isdisjoint(name_keys(cyrillic))
    )
    print(
        f"{'shared, Latin and Cyrillic words':34} {len(rows):5} with one key "
        f"{n_met / n_all:.3f} of occurrences"
    )


def _print_mistakes(pairs: list[Pair], compare: Callable[[str, str], NameComparison]) -> None:
    for pair in pairs:
        comparison = compare(pair.left, pair.right)
        if (comparison.verdict != "different") != pair.is_match:
            reason = comparison.reasons[0]
            print(
                f"{comparison.verdict:9} {comparison.score:.2f} {pair.left} | {pair.right} "
                f"({reason.feature}: {reason.detail})"
            )


def _print_speed() -> None:
    text = "Jurnalist Əliyev Bakıda saxlanılıb. Журналист Алиев задержан. "
    text *= _N_BYTES_FOLDED // len(text.encode())
    begun = time.perf_counter()
    fold(text)
    print(f"fold: {len(text.encode()) / 1e6 / (time.perf_counter() - begun):.1f} MB/s")
    names = _invented_names(_N_NAMES_BLOCKED)
    source = random.Random(2)  # noqa: S311 - a list to measure with
    pairs = [(source.choice(names)[1], source.choice(names)[1]) for _ in range(_N_PAIRS_TIMED)]
    for state in ("cold", "warm"):
        begun = time.perf_counter()
        for a, b in pairs:
            compare_names(a, b)
        seconds = time.perf_counter() - begun
        print(f"compare, {state}: {len(pairs) / seconds:,.0f} pairs/s")
    begun = time.perf_counter()
    n_found = sum(1 for _ in candidates(names))
    seconds = time.perf_counter() - begun
    print(f"candidates: {len(names):,} names, {n_found:,} pairs, {seconds:.1f} s")


def _invented_names(n_names: int) -> list[tuple[int, str]]:
    """Make names with the skew of a country: a few very common, many rare."""
    source = random.Random(3)  # noqa: S311 - a list to measure with
    syllables = (
        "qa",
        "ra",
        "ve",
        "lü",
        "şi",
        "dağ",
        "nar",
        "tü",
        "kəm",
        "ço",
        "bur",
        "sal",
        "xan",
    )
    endings = ("ov", "ova", "li", "zadə", "yev", "yeva")
    given_names = GIVEN_NAMES.split()[:420]
    surnames = [
        "".join(source.choices(syllables, k=source.choice((2, 3)))).title()
        + source.choice(endings)
        for _ in range(6000)
    ]
    given_weights = [1 / (i + 10) for i in range(len(given_names))]
    surname_weights = [1 / (i + 5) for i in range(len(surnames))]
    firsts = source.choices(given_names, given_weights, k=n_names)
    lasts = source.choices(surnames, surname_weights, k=n_names)
    return [(i, f"{a} {b}") for i, (a, b) in enumerate(zip(firsts, lasts, strict=True))]


if __name__ == "__main__":
    main()
