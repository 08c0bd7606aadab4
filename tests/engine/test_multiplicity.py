"""How many tests there were, and what their p-values come to."""

from __future__ import annotations

import numpy as np
import pytest
import scipy  # its parts load when a test asks: they take seconds
from hypothesis import given
from hypothesis import strategies as st

from undersight.engine.coded_actions import order_actions
from undersight.engine.multiplicity import (
    add_one_p,
    benjamini_hochberg,
    holm,
    n_possible_pairs,
    smallest_p_chance,
)

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


def test_pairs_that_share_an_object_are_counted_once_an_object() -> None:
    #  o0: accounts 0, 1, 2 (0 twice); o1: accounts 0, 1; o2: account 3 alone.
    actions = order_actions([0, 0, 1, 2, 0, 1, 3], [0, 0, 0, 0, 1, 1, 2], range(7))
    assert n_possible_pairs(actions) == 3 + 1
    crowd = order_actions([0, 1] * 5, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4], range(10))
    assert n_possible_pairs(crowd) == 1, "never more than there are pairs of accounts"
    assert n_possible_pairs(order_actions([], [], [])) == 0


def test_pairs_that_could_not_be_listed_are_not_counted() -> None:
    #  0, 1 and 2 share two objects; 3 and 4 act once, on one of them.
    actions = order_actions([0, 0, 1, 1, 2, 2, 3, 4], [0, 1, 0, 1, 0, 1, 1, 1], range(8))
    assert n_possible_pairs(actions) == 10, "the pairs of five accounts"
    assert n_possible_pairs(actions, min_objects=2) == 3, "in two sums each"
    assert n_possible_pairs(actions, min_objects=3) == 0
    apart = order_actions([0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 2, 3, 2, 3], range(8))
    assert n_possible_pairs(apart, min_objects=2) == 2, "four sharings, two for each pair"


def test_q_counts_the_unreported_and_never_falls_as_p_rises() -> None:
    p = np.array([0.5, 0.01, 0.03, 0.02])
    expected = [0.5 * 5 / 4, 0.05, 0.05, 0.05]
    assert benjamini_hochberg(p, 5) == pytest.approx(expected, abs=1e-15)
    assert benjamini_hochberg(np.array([0.02, 0.021]), 2).tolist() == [0.021, 0.021]


@pytest.mark.long  # SciPy's statistics take seconds to load
@given(P_VALUES, st.integers(0, 40))
def test_q_is_scipys_with_the_unreported_as_one(p: np.ndarray, n_more: int) -> None:
    everything = np.concatenate([p, np.ones(n_more)])
    expected = scipy.stats.false_discovery_control(everything)[: p.size]
    assert np.allclose(benjamini_hochberg(p, p.size + n_more), expected, rtol=1e-12, atol=0)


def test_q_of_nothing_is_nothing() -> None:
    assert benjamini_hochberg(np.empty(0), 10).size == 0
    assert holm(np.empty(0), 10).size == 0


def test_holm_steps_down_and_counts_every_look() -> None:
    p = np.array([0.01, 0.04, 0.03])
    assert holm(p, 3).tolist() == pytest.approx([0.03, 0.06, 0.06])
    assert holm(p, 3, n_looks=2).tolist() == pytest.approx([0.06, 0.16, 0.15])


@given(P_VALUES, st.integers(1, 1000))
def test_holm_lies_between_benjamini_hochberg_and_bonferroni(p: np.ndarray, n_tests: int) -> None:
    n_all = max(n_tests, p.size)
    adjusted = holm(p, n_tests)
    assert (adjusted <= np.minimum(p * n_all, 1) + 1e-12).all()
    assert (adjusted >= benjamini_hochberg(p, n_tests) - 1e-12).all()


def test_a_permutation_p_is_never_zero() -> None:
    assert add_one_p(5.0, np.array([1.0, 2.0, 5.0, 9.0])) == 3 / 5
    assert add_one_p(10.0, np.zeros(99)) == 1 / 100


def test_the_smallest_p_of_a_run_is_judged_by_the_smallest_of_permuted_runs() -> None:
    chances = smallest_p_chance(np.array([0.001, 0.2]), np.array([0.01, 0.05, 0.001, 0.3]))
    assert chances.tolist() == [2 / 5, 4 / 5]
