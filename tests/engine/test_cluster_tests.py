"""A cluster against everybody else: co-timed, the same choices, or its own measure."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.permutations import HOUR_US, MINUTE_US, WEEK_US, all_edges, edges_of
from undersight.engine.background import Background
from undersight.engine.cluster_tests import (
    ClusterTests,
    Drawing,
    check_cluster,
    edges_within,
    object_shares,
)
from undersight.engine.coded_actions import CodedActions, order_actions
from undersight.engine.nulls import presence, synchrony
from undersight.errors import TooFewMembersError

CLUSTER = np.arange(6)
N_OTHERS = 200
FEW = Drawing(n_draws=99, seed=4)


def crowd(seed: int, n_rows: int = 3000, n_objects: int = 60) -> np.ndarray:
    """Rows (account, object, time) of people who come to a post within hours of its birth."""
    chance = np.random.default_rng(seed)
    thing = chance.integers(0, n_objects, n_rows)
    birth = np.random.default_rng(99).integers(0, 2 * WEEK_US, n_objects)
    time_us = birth[thing] + chance.exponential(2 * HOUR_US, n_rows).astype(np.int64)
    return np.stack([chance.integers(10, 10 + N_OTHERS, n_rows), thing, time_us])


def with_cluster(others: np.ndarray, mine: np.ndarray) -> CodedActions:
    return order_actions(*np.concatenate([others, mine], axis=1))


def check(actions: CodedActions, window_us: int = MINUTE_US) -> ClusterTests:
    return check_cluster(Background(actions, window_us), CLUSTER, drawing=FEW)


def in_step(others: np.ndarray, n_things: int, jitter_us: int) -> np.ndarray:
    """Six accounts that come to the same posts, together, at a time when others come too."""
    chance = np.random.default_rng(8)
    things = chance.choice(60, n_things, replace=False)
    starts = [int(chance.choice(others[2][others[1] == thing])) for thing in things]
    account = np.tile(CLUSTER, n_things)
    time_us = np.repeat(starts, 6) + chance.integers(0, jitter_us, 6 * n_things)
    return np.stack([account, np.repeat(things, 6), time_us])


def test_accounts_in_step_on_popular_posts_are_co_timed() -> None:
    others = crowd(1)
    found = check(with_cluster(others, in_step(others, 8, 15_000_000)))
    assert found.presence.p == 1 / 100
    assert found.synchrony.is_testable
    assert found.synchrony.p == 1 / 100
    assert found.synchrony.n_co_actions == 15 * 8
    assert found.synchrony.effect > 5
    assert found.n_objects_dominated == 0
    assert found.largest_share < 0.5
    assert (found.p_synchrony < 1e-4).all()
    assert (found.p_presence < 1e-4).all()


def test_six_of_the_crowd_are_not() -> None:
    others = crowd(1)
    mine = crowd(2, n_rows=60)
    mine[0] = np.tile(CLUSTER, 10)
    found = check(with_cluster(others, mine))
    assert found.presence.p > 0.05
    assert found.synchrony.p > 0.05


@pytest.mark.long
def test_the_same_choices_at_other_times_are_not_in_step() -> None:
    """Fans of eight posts, who each come when anybody comes."""
    others = crowd(1)
    chance = np.random.default_rng(5)
    things = chance.choice(60, 8, replace=False)
    thing = np.repeat(things, 6)
    time_us = [int(chance.choice(others[2][others[1] == each])) for each in thing]
    actions = with_cluster(others, np.stack([np.tile(CLUSTER, 8), thing, time_us]))
    found = check(actions, window_us=20 * MINUTE_US)
    assert found.presence.p <= 0.05
    assert found.synchrony.p > 0.05


def test_a_link_farm_is_not_testable_for_synchrony() -> None:
    others = crowd(1)
    mine = in_step(others, 8, 15_000_000)
    mine[1] += 100  # posts of their own
    found = check(with_cluster(others, mine))
    assert found.presence.p == 1 / 100
    assert not found.synchrony.is_testable
    assert found.synchrony.p == 1
    assert found.n_objects_dominated == found.n_objects == 8
    assert found.largest_share == 1
    assert (found.p_synchrony == 1).all()
    assert (found.n_objects_open == 0).all()


def test_without_anybody_else_nothing_is_testable() -> None:
    actions = order_actions(np.tile(CLUSTER, 3), np.repeat([0, 1, 2], 6), np.arange(18))
    found = check(actions)
    assert not found.presence.is_testable
    assert found.presence.p == 1
    assert found.n_without_baseline == 18


@pytest.mark.long
def test_the_same_bytes_for_any_order_of_rows_and_members() -> None:
    others = crowd(1)
    rows = np.concatenate([others, in_step(others, 8, 15_000_000)], axis=1)
    one = check(order_actions(*rows))
    order = np.random.default_rng(0).permutation(rows.shape[1])
    shuffled = Background(order_actions(*rows[:, order]), MINUTE_US)
    other = check_cluster(shuffled, CLUSTER[::-1], drawing=FEW)
    assert one.presence == other.presence
    assert one.synchrony == other.synchrony
    assert one.p_presence.tolist() == other.p_presence.tolist()
    assert one.lambda_synchrony.tolist() == other.lambda_synchrony.tolist()


def test_four_accounts_are_not_tested() -> None:
    with pytest.raises(TooFewMembersError) as failure:
        check_cluster(Background(order_actions(*crowd(1)), MINUTE_US), np.arange(10, 14))
    assert failure.value.n_members == 4


def test_edges_within_are_all_there_are() -> None:
    actions = order_actions(*crowd(3, n_rows=300, n_objects=4))
    found, expected = edges_within(actions, 5 * MINUTE_US), all_edges(actions, 5 * MINUTE_US)
    for name in ("account_a", "account_b", "n_objects"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()


def test_shares_are_of_the_object() -> None:
    actions = order_actions([0, 1, 1, 2], [0, 0, 1, 1], [0, 1, 2, 3])
    assert object_shares(actions, actions.account == 1).tolist() == [0.5, 0.5, 0.5, 0.5]


@pytest.mark.long
def test_the_mean_of_the_layings_is_that_of_the_formula() -> None:
    """One row an account and post: λ_B within the cluster is the chance of each pair to meet."""
    others = crowd(6, n_rows=6000, n_objects=5)
    mine = np.stack([np.tile(CLUSTER, 5), np.repeat(np.arange(5), 6), np.zeros(30, np.int64)])
    actions = with_cluster(others, mine)
    window_us = 10 * MINUTE_US
    found = check_cluster(Background(actions, window_us), CLUSTER, drawing=Drawing(n_draws=4000))
    lambda_ = synchrony(actions, found.edges, window_us, ~actions.of(CLUSTER)).lambda_
    assert found.edges.n_objects.tolist() == [5] * 15
    assert found.synchrony.expected == pytest.approx(float(lambda_.sum()), rel=0.03)


@pytest.mark.long
def test_the_mean_holds_where_the_cluster_outnumbers_the_others_in_a_stratum() -> None:
    """Six rows laid on four positions: two on one position are no free pair."""
    others = np.array([[10, 11, 12, 13], [0, 0, 0, 1], np.arange(4) * MINUTE_US])
    mine = np.stack([CLUSTER, np.full(6, 7), np.arange(6)])
    actions = with_cluster(others, mine)
    found = check_cluster(Background(actions, MINUTE_US), CLUSTER, drawing=Drawing(n_draws=6000))
    every = edges_of({(a, b): 1 for a in range(6) for b in range(a + 1, 6)})
    null = presence(actions, every, MINUTE_US, "block", ~actions.of(CLUSTER))
    assert null.mu[0] == pytest.approx(2 / 6)
    assert found.presence_block.expected == pytest.approx(float(null.mu.sum()), rel=0.03)
