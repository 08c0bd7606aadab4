"""Floors on the shared labelled names: what a change of the rules must not undercut."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.text.pairs import quality, read_shared_pairs
from undersight.text.name_blocking import blocking_keys
from undersight.text.names import compare_names
from undersight.text.organisation_names import compare_organisation_names

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real


@pytest.fixture
def labelled(shared_data: Path) -> Path:
    return shared_data / "name-matching" / "name_pairs_labelled.csv"


@pytest.fixture
def changed(shared_data: Path) -> list[tuple[str, str]]:
    path = shared_data / "name-matching" / "un_list_name_perturbations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["original"], row["perturbed"]) for row in csv.DictReader(file)]
    return [(original, perturbed) for original, perturbed in rows if original != perturbed]


def test_people(labelled: Path) -> None:
    found = quality(read_shared_pairs(labelled, of_people=True))
    assert found.n_pairs >= 350
    assert found.same_precision >= 0.98
    assert found.candidate_precision >= 0.88
    assert found.candidate_recall >= 0.72


def test_organisations(labelled: Path) -> None:
    pairs = read_shared_pairs(labelled, of_people=False)
    found = quality(pairs, compare_organisation_names)
    assert found.n_pairs >= 190
    assert found.same_precision >= 0.98
    assert found.candidate_precision >= 0.86
    assert found.candidate_recall >= 0.7


def test_one_mechanical_change_is_still_a_candidate(changed: list[tuple[str, str]]) -> None:
    met = [pair for pair in changed if compare_names(*pair).verdict != "different"]
    assert len(met) / len(changed) >= 0.92


def test_one_mechanical_change_keeps_the_name_in_its_block(changed: list[tuple[str, str]]) -> None:
    met = [(a, b) for a, b in changed if blocking_keys(a) & blocking_keys(b)]
    assert len(met) / len(changed) >= 0.95
