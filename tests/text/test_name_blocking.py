from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.pairs import HARD_PAIRS, HELD_OUT_PAIRS, read_pairs
from undersight.text.name_blocking import blocking_keys, candidates
from undersight.text.names import compare_names

LIST = [
    (1, "Elşad Dumanov"),
    (2, "Эльшад Думанов"),
    (3, "Rauf Dumanov"),
    (4, "E. Dumanov"),
    (5, "DUMANOV ELSHAD"),
    (6, "Xəyalə Çaylaqova"),
    (7, "Rauf Dumanov"),
    (8, "Dumanov"),
]


def test_candidates_are_the_pairs_worth_a_look() -> None:
    found = {(a, b): comparison.verdict for a, b, comparison in candidates(LIST)}
    assert found == {
        (1, 2): "same",
        (1, 4): "maybe",
        (1, 5): "same",
        (2, 4): "maybe",
        (2, 5): "same",
        (3, 7): "same",
        (4, 5): "maybe",
    }


def test_reasons_keep_their_sides() -> None:
    ((_, _, comparison),) = candidates([(2, "Elşad Dumanov"), (1, "Эльшад Думанов")])
    assert comparison.reasons == compare_names("Эльшад Думанов", "Elşad Dumanov").reasons


@given(st.permutations(LIST))
def test_the_order_of_the_list_changes_nothing(names: list[tuple[int, str]]) -> None:
    assert list(candidates(names)) == list(candidates(LIST))


def test_blocking_loses_few_pairs_that_compare() -> None:
    compared = [
        pair
        for path in (HARD_PAIRS, HELD_OUT_PAIRS)
        for pair in read_pairs(path)
        if pair.is_match and " " in pair.left and " " in pair.right
    ]
    met = [p for p in compared if blocking_keys(p.left) & blocking_keys(p.right)]
    assert len(met) / len(compared) >= 0.97


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Elşad Dumanov", "Elşad Dumanlı"),  # the ending of a surname counts only later
        ("Əhməd Sarnaklı", "Ahmet Sarnakli"),
        ("Алексей Хворостов", "Oleksiy Khvorostov"),
        ("Aynur Rauf qızı Meşəova", "Aynur Rauf qızı Dağova"),
        ("Məmmədəli Turaclı", "Məmməd Əli Turaclı"),
    ],
)
def test_names_that_compare_share_a_key(left: str, right: str) -> None:
    assert blocking_keys(left) & blocking_keys(right)


def test_a_shared_surname_is_no_key_of_its_own() -> None:
    assert not blocking_keys("Elşad Dumanov") & blocking_keys("Xanlar Dumanov")


@pytest.mark.long
def test_a_long_list_takes_seconds() -> None:
    source = random.Random(7)  # noqa: S311 - a list to measure with
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
    given_names = ["".join(source.choices(syllables, k=2)).title() for _ in range(300)]
    surnames = ["".join(source.choices(syllables, k=3)).title() + "ov" for _ in range(2000)]
    names = [(i, f"{source.choice(given_names)} {source.choice(surnames)}") for i in range(3_000)]
    begun = time.perf_counter()
    n_found = sum(1 for _ in candidates(names))
    assert n_found > 0
    assert time.perf_counter() - begun < 90
