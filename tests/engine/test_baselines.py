"""What is usual is read where the suspected accounts are not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.permutations import DAY_US, HOUR_US, MINUTE_US
from undersight.engine.baselines import Baseline, Enough, pick_baseline
from undersight.engine.cluster_tests import Drawing, check_cluster, edges_within
from undersight.engine.coded_actions import CodedActions, order_actions
from undersight.engine.edge_tests import edge_nulls

SOME = Enough(n_rows=100, n_accounts=20)
CREW = np.arange(60)


def corpus(
    n_crew_rows: int, *, n_posts: int = 20, seed: int = 1
) -> tuple[CodedActions, np.ndarray]:
    """Five pages; the first is attacked from day 40 on by sixty accounts in office hours."""
    chance = np.random.default_rng(seed)
    post = chance.integers(0, 400, 2400)
    page = post % 5
    born = np.arange(400) // 5 * DAY_US + 7 * HOUR_US
    time_us = born[post] + chance.exponential(6 * HOUR_US, post.size).astype(np.int64)
    account = 100 + chance.integers(0, 600, post.size)
    crew_post = 200 + 5 * np.repeat(np.arange(n_posts), n_crew_rows)
    shift = born[crew_post] + chance.integers(0, 8 * HOUR_US, crew_post.size)
    crew = chance.integers(0, CREW.size, crew_post.size)
    actions = order_actions(
        np.append(account, crew), np.append(post, crew_post), np.append(time_us, shift)
    )
    return actions, np.append(page, crew_post % 5)[actions.row]


def pick(actions: CodedActions, target: np.ndarray | None, enough: Enough = SOME) -> Baseline:
    return pick_baseline(actions, CREW, target, enough)


def test_the_targets_own_past_comes_first() -> None:
    actions, target = corpus(20)
    found = pick(actions, target)
    assert found.basis == "earlier"
    first_us = actions.time_us[actions.of(CREW)].min()
    assert (target[found.rows] == 0).all()
    assert (actions.time_us[found.rows] < first_us).all()
    assert found.n_rows == found.rows.sum() > 150
    assert found.n_objects_crowded == 20


def test_then_targets_of_like_size_and_then_the_rest() -> None:
    actions, target = corpus(20)
    comparable = pick(actions, target, Enough(n_rows=1000, n_accounts=20))
    assert comparable.basis == "comparable"
    assert set(target[comparable.rows]) == {1, 2, 3, 4}
    rest = pick(actions, target, Enough(n_rows=10**6))
    assert rest.basis == "rest"
    assert pick(actions, None).basis == "rest"
    assert not (rest.rows & actions.of(CREW)).any()
    crowded = np.unique(actions.object[actions.of(CREW)])
    assert not np.isin(actions.object[rest.rows], crowded).any()


def test_rows_without_a_target_are_no_targets_past() -> None:
    actions, target = corpus(20)
    target = np.where(target == 0, -1, target)
    found = pick(actions, target)
    assert found.basis == "rest", "they came to no target that is known"


def test_where_nobody_else_is_nothing_is_usual() -> None:
    actions = order_actions(CREW, np.zeros(60), CREW)
    found = pick_baseline(actions, CREW, np.zeros(60, np.int64))
    assert found.basis == "none"
    assert found.n_rows == 0


@pytest.mark.parametrize(
    ("n_crew_rows", "is_dominating"),
    [pytest.param(360, True, marks=pytest.mark.long), (2, False)],
)
def test_a_crew_that_writes_nearly_everything_is_a_matter_of_composition(
    n_crew_rows: int, *, is_dominating: bool
) -> None:
    """98 % of the comments under 20 posts: it is the life curve, so that it explains itself."""
    actions, target = corpus(n_crew_rows)
    window_us, theirs = MINUTE_US, actions.of(CREW)
    rows = pick(actions, target, Enough(n_rows=10**6)).rows
    found = check_cluster(actions, CREW, window_us, baseline=rows, drawing=Drawing(n_draws=9))
    assert (found.largest_share > 0.97) == is_dominating
    assert (found.n_objects_dominated == 20) == is_dominating
    if not is_dominating:
        return
    assert not found.synchrony.is_testable
    assert (found.p_synchrony == 1).all(), "not testable, which is not innocent"
    explained = edge_nulls(actions, edges_within(actions.taking(theirs), window_us), window_us)
    assert explained.q_presence.min() > 0.05, "with its own rows it is what is usual"
    assert explained.q_synchrony.min() > 0.05
    assert found.presence.effect > 3, "by the rows of others it is not"
