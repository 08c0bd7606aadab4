"""Everybody but a group, by taking its rows off, against counting everybody else's rows."""

from __future__ import annotations

import numpy as np
import pytest

from undersight.engine.background import Background, Strata, baseline_of, n_pairs_by_object
from undersight.engine.coded_actions import order_actions
from undersight.engine.strata import count_pairs, pair_rates

MINUTE_US = 60_000_000
N_ACCOUNTS = 14


def crowd(seed: int) -> Background:
    chance = np.random.default_rng(seed)
    n_rows = int(chance.integers(1, 400))
    actions = order_actions(
        chance.integers(0, N_ACCOUNTS, n_rows),
        chance.integers(0, 25, n_rows),
        chance.integers(0, 300 * MINUTE_US, n_rows),
        N_ACCOUNTS,
        25,
    )
    return Background(actions, 5 * MINUTE_US)


@pytest.mark.parametrize("seed", range(25))
def test_what_is_left_is_what_the_other_rows_give(seed: int) -> None:
    background = crowd(seed)
    actions, window_us = background.actions, background.window_us
    members = np.random.default_rng(seed).choice(N_ACCOUNTS, 4, replace=False)
    rows = background.rows_of(members)
    assert rows.tolist() == np.flatnonzero(actions.of(members)).tolist()
    others, is_other = background.without(rows), ~actions.of(members)
    left = actions.taking(is_other)
    for strata in (
        background.strata("block"),
        background.strata("hour-of-week"),
        Strata(actions, actions.time_us // (40 * MINUTE_US), 9, window_us),
    ):
        label = strata.label[is_other]
        n_rows = np.bincount(label, minlength=strata.n_strata)
        counted, found = count_pairs(left, label, window_us), others.pairs(strata)
        assert others.n_rows(strata).tolist() == n_rows.tolist()
        for name in ("low", "high", "n_pairs"):
            assert getattr(found, name).tolist() == getattr(counted, name).tolist()
        rates = pair_rates(counted, n_rows, is_pooled=True)
        assert baseline_of(strata, background, others).rates.rate.tolist() == rates.rate.tolist()
        by_stratum = np.flatnonzero(is_other)[np.argsort(label, kind="stable")]
        everywhere = np.arange(by_stratum.size)
        assert others.places(strata)(everywhere).tolist() == by_stratum.tolist()


@pytest.mark.parametrize("seed", range(12))
def test_hot_objects_are_those_of_the_other_rows(seed: int) -> None:
    background = crowd(seed + 100)
    members = np.arange(5)
    is_other = ~background.actions.of(members)
    left, strata = background.actions.taking(is_other), background.strata("block")
    n_pairs = n_pairs_by_object(left, background.window_us)
    hot = background.without(background.rows_of(members)).hot(strata)
    wanted = [one for one in np.argsort(-n_pairs, kind="stable").tolist() if n_pairs[one] >= 1]
    assert hot.objects() == wanted
    n_rows = np.bincount(strata.label[is_other], minlength=strata.n_strata)
    for each in wanted:
        here = left.object == each
        alone = count_pairs(left.taking(here), strata.label[is_other][here], background.window_us)
        assert hot.rates(each).rate.tolist() == pair_rates(alone, n_rows).rate.tolist()


def test_nobody_may_be_left() -> None:
    background = crowd(3)
    others = background.without(np.arange(background.actions.n_actions))
    strata = background.strata("block")
    assert others.n_rows(strata).sum() == 0
    assert others.pairs(strata).n_pairs.size == 0
    assert others.hot(strata).objects() == []
