"""p-values mean what they say where there is nothing to find."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.permutations import HOUR_US, MINUTE_US, WEEK_US, edges_of, n_objects
from undersight.engine.calibration import (
    check_window,
    day_shifted,
    n_objects_together,
    permuted_accounts,
    randomised_p,
    sample_pairs,
    time_resolution_us,
    uniformity,
)
from undersight.engine.coded_actions import order_actions
from undersight.engine.nulls import presence, synchrony
from undersight.engine.strata import hour_of_week
from undersight.errors import TooShortSpanError, WindowBelowResolutionError


def organic(seed: int, n_accounts: int = 400, n_rows: int = 6000) -> tuple[np.ndarray, ...]:
    """Accounts with hours of their own on posts of their own popularity and birth."""
    chance = np.random.default_rng(seed)
    activity = chance.lognormal(0, 1, n_accounts)
    account = chance.choice(n_accounts, n_rows, p=activity / activity.sum())
    favourite = chance.integers(0, 168, n_accounts)
    hour = (favourite[account] + chance.normal(0, 12, n_rows).astype(np.int64)) % 168
    week = chance.integers(0, 8, n_rows)
    time_us = week * WEEK_US + hour * HOUR_US + chance.integers(0, HOUR_US, n_rows)
    # What somebody reads depends on the time only.
    thing = (time_us // (12 * HOUR_US)) * 4 + (chance.random(n_rows) ** 2 * 4).astype(np.int64)
    return account, thing, time_us


def test_shifting_keeps_hours_of_the_week_and_moves_an_account_as_one() -> None:
    actions = order_actions(*organic(1))
    moved = day_shifted(actions, seed=3)
    assert np.array_equal(
        np.bincount(hour_of_week(actions.time_us)), np.bincount(hour_of_week(moved.time_us))
    )
    start = int(actions.time_us.min())
    assert moved.time_us.min() >= start
    before = actions.time_us[np.argsort(actions.row)]
    for account in range(5):
        mine = {
            int(t - u) % (8 * WEEK_US)
            for t, u in zip(
                np.sort(moved.time_us[moved.account == account] % WEEK_US),
                np.sort(before[actions.account[np.argsort(actions.row)] == account] % WEEK_US),
                strict=True,
            )
        }
        assert mine == {0}
    assert not np.array_equal(moved.time_us, actions.time_us)
    again = day_shifted(actions, seed=3)
    assert again.time_us.tolist() == moved.time_us.tolist()


def test_a_single_week_cannot_be_shifted() -> None:
    with pytest.raises(TooShortSpanError):
        day_shifted(order_actions([0, 1], [0, 0], [0, WEEK_US - 1]), seed=0)
    with pytest.raises(TooShortSpanError):
        day_shifted(order_actions([], [], []), seed=0)


def test_permuting_keeps_every_accounts_rows_in_every_stratum() -> None:
    actions = order_actions(*organic(2))
    label = hour_of_week(actions.time_us)
    permuted = permuted_accounts(actions, label, seed=1)
    key = label * 1000 + actions.account
    assert np.array_equal(np.sort(key), np.sort(label * 1000 + permuted))
    assert not np.array_equal(permuted, actions.account)


def test_objects_together_are_those_of_listing_all_pairs() -> None:
    chance = np.random.default_rng(5)
    actions = order_actions(
        chance.integers(0, 8, 90), chance.integers(0, 9, 90), chance.integers(0, 90, 90), 8
    )
    a, b = sample_pairs(actions, 20, seed=2)
    found = n_objects_together(actions, a, b, 7)
    pairs = zip(a.tolist(), b.tolist(), strict=True)
    assert found.tolist() == [n_objects(actions, 7, one, other) for one, other in pairs]
    assert (a < b).all()


def test_p_is_uniform_where_nothing_is_coordinated() -> None:
    """Labels permuted within hours of the week: the presence null holds exactly."""
    actions = order_actions(*organic(3))
    label = hour_of_week(actions.time_us)
    permuted = actions.by_accounts(permuted_accounts(actions, label, seed=9))
    a, b = sample_pairs(permuted, 3000, seed=1)
    window_us = 20 * MINUTE_US
    x = n_objects_together(permuted, a, b, window_us)
    edges = edges_of(dict(zip(zip(a.tolist(), b.tolist(), strict=True), x.tolist(), strict=True)))
    null = presence(permuted, edges, window_us)
    assert null.mu.max() > 0.5
    found = uniformity(randomised_p(edges.n_objects, null.mu, seed=0))
    assert found.ks_distance < 0.04
    assert found.low <= 0.01 <= found.high
    assert uniformity(null.p).is_calibrated
    assert uniformity(synchrony(permuted, edges, window_us).p).is_calibrated


def test_uniformity_tells_too_many_small_values() -> None:
    chance = np.random.default_rng(0)
    assert uniformity(chance.random(5000)).is_calibrated
    assert uniformity(chance.random(5000)).ks_distance < 0.03
    small = uniformity(chance.random(5000) ** 2)
    assert not small.is_calibrated
    assert small.excess == pytest.approx(0.25, abs=0.02)
    large = uniformity(np.ones(5000))
    assert large.is_calibrated
    assert large.excess == 0


def test_minutes_are_seen_and_finer_windows_refused() -> None:
    minutes = np.arange(500) * MINUTE_US
    assert time_resolution_us(minutes) == MINUTE_US
    assert time_resolution_us(minutes + np.arange(500) * 1_000_000) == 1_000_000
    assert time_resolution_us(np.array([1, 2, 3])) == 1
    assert time_resolution_us(np.empty(0, np.int64)) == 1
    check_window(MINUTE_US, MINUTE_US)
    with pytest.raises(WindowBelowResolutionError):
        check_window(MINUTE_US - 1, MINUTE_US)
