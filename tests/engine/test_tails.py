"""Tails against SciPy and against exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import scipy  # its parts load when a test asks: they take seconds
from hypothesis import given
from hypothesis import strategies as st

from undersight.engine.tails import (
    poisson_mean_at,
    poisson_point,
    poisson_upper_tail,
    wilson_interval,
)


def exact_poisson_tail(x: int, lambda_: float) -> float:
    """The series in exact fractions; only exp(-λ) is a float."""
    rate, term, total = Fraction(lambda_), Fraction(1), Fraction(0)
    for k in range(1, x + 1):
        term = term * rate / k
    for k in range(x + 1, x + 200):
        total += term
        term = term * rate / k
    return float(total) * math.exp(-lambda_)


def test_the_poisson_tail_is_scipys_over_wide_ranges() -> None:
    chance = np.random.default_rng(1)
    lambda_ = 10.0 ** chance.uniform(-6, 5, 4000)
    x = np.floor(lambda_ + chance.uniform(-4, 12, 4000) * np.sqrt(lambda_ + 1)).clip(0)
    expected = np.where(x == 0, 1.0, scipy.special.gammainc(np.maximum(x, 1), lambda_))
    kept = expected > 1e-290
    assert np.allclose(poisson_upper_tail(x, lambda_)[kept], expected[kept], rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    ("x", "lambda_"), [(1, 1e-12), (3, 1e-5), (7, 0.25), (20, 2.0), (60, 8.5), (100, 8.5)]
)
def test_the_poisson_tail_is_exact_far_out(x: int, lambda_: float) -> None:
    assert poisson_upper_tail(x, lambda_) == pytest.approx(
        exact_poisson_tail(x, lambda_), rel=1e-13
    )


def test_the_poisson_tail_at_its_borders() -> None:
    assert poisson_upper_tail([0, 1, 5, 2], [0.0, 0.0, 0.0, 1e308]).tolist() == [1, 0, 0, 1]
    assert poisson_upper_tail(10**6, 1e-300) == 0.0
    assert poisson_upper_tail(np.empty((0, 3)), 1.0).shape == (0, 3)
    assert poisson_upper_tail([[1], [2]], [0.5, 1.5]).shape == (2, 2)


@pytest.mark.long
@given(st.integers(0, 400), st.floats(1e-9, 500))
def test_one_step_of_the_poisson_tail_is_the_point_probability(x: int, lambda_: float) -> None:
    step = poisson_upper_tail(x, lambda_) - poisson_upper_tail(x + 1, lambda_)
    point = poisson_point(np.array([float(x)]), np.array([lambda_]))[0]
    assert step == pytest.approx(point, abs=1e-13)
    assert point == pytest.approx(scipy.stats.poisson.pmf(x, lambda_), rel=1e-11, abs=1e-300)


@pytest.mark.parametrize(
    ("n_hits", "n_tries", "low", "high"),
    [
        (0, 0, 0, 1),
        (0, 10, 0, 0.27753279),
        (7, 10, 0.39677815, 0.89220873),
        (10, 10, 0.72246721, 1),
    ],
)
def test_some_of_wilsons_intervals(n_hits: int, n_tries: int, low: float, high: float) -> None:
    assert wilson_interval(n_hits, n_tries) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.long  # SciPy's statistics take seconds to load
@given(st.integers(0, 50), st.integers(0, 50))
def test_the_interval_is_wilsons(n_hits: int, n_more: int) -> None:
    n_tries = n_hits + n_more
    low, high = wilson_interval(n_hits, n_tries)
    if not n_tries:
        assert (low, high) == (0, 1)
        return
    expected = scipy.stats.binomtest(n_hits, n_tries).proportion_ci(0.95, method="wilson")
    assert low == pytest.approx(expected.low, abs=1e-12)
    assert high == pytest.approx(expected.high, abs=1e-12)
    assert low <= n_hits / n_tries <= high


@pytest.mark.parametrize("p", [1e-12, 7.7e-4, 0.05, 0.4])
def test_the_mean_at_which_a_tail_reaches_p(p: float) -> None:
    x = np.array([1, 2, 5, 40, 2, 1000])
    mean = poisson_mean_at(x, p)
    assert poisson_upper_tail(x, mean) == pytest.approx(np.full(x.size, p), rel=1e-9)
    assert (poisson_upper_tail(x, mean * 1.001) > p).all()
    assert poisson_mean_at(np.array([0]), p).tolist() == [0.0]
