"""Sums over what two accounts share, against dense arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from undersight.engine import pair_sums
from undersight.engine.pair_sums import (
    count_profiles,
    expected_pairs,
    restrict,
    shared_sums,
)
from undersight.engine.strata import PairCounts, pair_rates

N_ACCOUNTS, N_COLUMNS = 12, 9


@pytest.fixture(params=[(1 << 21, 1 << 20), (20, 7), (1, 1)], ids=["large", "small", "least"])
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_sums, "_MOST_CELLS", request.param[0])
    monkeypatch.setattr(pair_sums, "_MOST_LOOKUPS", request.param[1])


def counted() -> tuple[np.ndarray, pair_sums.Profiles]:
    chance = np.random.default_rng(4)
    account, column = chance.integers(0, N_ACCOUNTS - 1, 90), chance.integers(0, N_COLUMNS, 90)
    dense = np.zeros((N_ACCOUNTS, N_COLUMNS))
    np.add.at(dense, (account, column), 1)
    return dense, count_profiles(account, column, N_ACCOUNTS, N_COLUMNS)


def all_pairs() -> tuple[np.ndarray, np.ndarray]:
    a, b = np.triu_indices(N_ACCOUNTS, 1)
    order = np.random.default_rng(1).permutation(a.size)
    return a[order], b[order]


@pytest.mark.parametrize("lookups_a_turn", [0, 1 << 40], ids=["laid out", "sought"])
def test_shared_sums_are_dot_products(
    sizes: None, lookups_a_turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_sums, "_LOOKUPS_A_TURN", lookups_a_turn)
    dense, profiles = counted()
    a, b = all_pairs()
    weight = np.arange(N_COLUMNS) / 7
    products, shared = shared_sums(
        profiles, a, b, lambda k, x, y: (x * y * weight[k], (y > 0).astype(float)), 2
    )
    assert np.allclose(products, (dense[a] * dense[b] * weight).sum(1))
    assert shared.tolist() == ((dense[a] > 0) & (dense[b] > 0)).sum(1).tolist()


@pytest.mark.long
def test_what_is_sought_is_what_is_laid_out_to_the_last_bit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(11)
    account, column = chance.integers(0, 300, 4_000), chance.integers(0, 5_000, 4_000) ** 2
    profiles = count_profiles(account, column, 301, 25_000_000)
    a, b = chance.integers(0, 301, 2_000), chance.integers(0, 301, 2_000)

    def sums(lookups_a_turn: int) -> list[bytes]:
        monkeypatch.setattr(pair_sums, "_LOOKUPS_A_TURN", lookups_a_turn)
        term = shared_sums(profiles, a, b, lambda k, x, y: (x * y / (k + 3), y), 2)
        return [one.tobytes() for one in term]

    was_sought = []
    seek = pair_sums._values_at
    monkeypatch.setattr(pair_sums, "_values_at", lambda *args: was_sought.append(1) or seek(*args))
    laid_out = sums(0)
    assert not was_sought
    assert sums(1_500) == laid_out
    assert was_sought  # of 25 million columns and 300 accounts, as it is chosen


def test_expected_pairs_are_bilinear(sizes: None) -> None:
    dense, profiles = counted()
    a, b = all_pairs()
    counts = PairCounts(
        low=np.array([0, 0, 3, 5]), high=np.array([0, 1, 3, 8]), n_pairs=np.array([3, 2, 1, 7])
    )
    n_rows = np.full(N_COLUMNS, 10)
    rates = np.zeros((N_COLUMNS, N_COLUMNS))
    rates[0, 0], rates[3, 3] = 2 * 3 / 90, 2 * 1 / 90
    rates[0, 1] = rates[1, 0] = 2 / 100
    rates[5, 8] = rates[8, 5] = 7 / 100
    found = expected_pairs(profiles, a, b, pair_rates(counts, n_rows))
    assert np.allclose(found, np.einsum("is,st,it->i", dense[a], rates, dense[b]))


def test_restricting_empties_the_other_columns() -> None:
    dense, profiles = counted()
    kept = np.arange(N_COLUMNS) % 2 == 0
    some = restrict(profiles, kept)
    assert some.n_entries.tolist() == (dense[:, kept] > 0).sum(1).tolist()
    assert kept[some.column].all()


def test_no_pairs_no_sums() -> None:
    _dense, profiles = counted()
    none = np.empty(0, np.int64)
    assert shared_sums(profiles, none, none, lambda _k, x, _y: (x,), 1)[0].size == 0
