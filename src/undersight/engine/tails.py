"""Tail probabilities and intervals, with NumPy alone.

Sources: the saddle-point form of the Poisson point probability is Loader's (2000, "Fast and
Accurate Computation of Binomial Probabilities"); the tail is the regularised incomplete gamma
function P(x, λ) by its series; the interval is Wilson's (1927).
"""

from __future__ import annotations

import functools
import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    _Ratio = Callable[[int, npt.NDArray[np.int64]], Floats]

_HALF_LOG_2PI = 0.5 * math.log(2 * math.pi)
_N_EXACT = 32
_STIRLING_ERRORS = np.array(
    [0.0]
    + [
        math.lgamma(n + 1) - ((n + 0.5) * math.log(n) - n + _HALF_LOG_2PI)
        for n in range(1, _N_EXACT)
    ]
)
_NEAR = 0.3  # below it the deviance is summed as a series: the direct form cancels
_N_SERIES_TERMS = 18
_ENOUGH = 1e-17
_N_HALVINGS = 60


def poisson_upper_tail(x: npt.ArrayLike, lambda_: npt.ArrayLike) -> Floats:
    """Compute P(X >= x) for X ~ Poisson(λ), to about 1e-12 of the value.

    Args:
        x: Whole numbers, 0 or more; any shape that goes with ``lambda_``.
        lambda_: Means, 0 or more.
    """
    counts, means = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(lambda_, np.float64))
    tail = np.where(counts <= 0, 1.0, 0.0).ravel()
    counts, means = counts.ravel(), means.ravel()
    above = (counts > 0) & (means > 0) & (counts > means)
    below = (counts > 0) & (means > 0) & ~above
    tail[above] = _poisson_point(counts[above], means[above]) * _rising(
        counts[above], means[above]
    )
    lower = _poisson_point(counts[below] - 1, means[below]) * _falling(
        counts[below] - 1, means[below]
    )
    tail[below] = 1.0 - np.minimum(lower, 1.0)
    return np.minimum(tail, 1.0).reshape(np.broadcast_shapes(np.shape(x), np.shape(lambda_)))


def poisson_mean_at(x: npt.NDArray[np.int64], p: float) -> Floats:
    """Find the mean from which on P(X >= x) is over p; 0 where x is 0.

    Args:
        x: Whole numbers, 0 or more, shape (n,).
        p: Over 0 and under 1/2: the mean is then under x.
    """
    count, place = np.unique(x, return_inverse=True)
    found: Floats = _means_at(count.astype(np.float64).tobytes(), p)[place]
    return found


@functools.lru_cache(maxsize=64)
def _means_at(counts: bytes, p: float) -> Floats:
    """The same of numbers that differ: each null of a look asks for much the same ones again."""
    high = np.frombuffer(counts, np.float64)
    count, low = high, np.zeros(high.size)
    for _ in range(_N_HALVINGS):
        middle = (low + high) / 2
        is_over = poisson_upper_tail(count, middle) > p
        low, high = np.where(is_over, low, middle), np.where(is_over, middle, high)
    return high


def poisson_point(x: npt.ArrayLike, lambda_: npt.ArrayLike) -> Floats:
    """Compute P(X = x) for X ~ Poisson(λ).

    Args:
        x: Whole numbers, 0 or more.
        lambda_: Means, 0 or more, of the shape of ``x``.
    """
    counts, means = np.asarray(x, np.float64), np.asarray(lambda_, np.float64)
    point = np.where((counts == 0) & (means == 0), 1.0, 0.0)
    is_inside = means > 0
    point[is_inside] = _poisson_point(counts[is_inside], means[is_inside])
    return point


def wilson_interval(
    n_hits: npt.ArrayLike, n_tries: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Bound a proportion from below and above; (0, 1) where nothing was tried.

    Args:
        n_hits: Whole numbers, 0 to n_tries.
        n_tries: Whole numbers, 0 or more.
        confidence: Over 0 and under 1.
    """
    hits, tries = np.asarray(n_hits, np.float64), np.asarray(n_tries, np.float64)
    z2 = NormalDist().inv_cdf(0.5 + confidence / 2) ** 2
    spread = tries + z2
    middle = (hits + z2 / 2) / spread
    share = np.divide(hits, tries, out=np.zeros_like(hits * tries), where=tries > 0)
    half = np.sqrt(z2 * (tries * share * (1 - share) + z2 / 4)) / spread
    # Exact at the ends, where rounding would leave 1e-17.
    low = np.where(hits == 0, 0.0, np.maximum(middle - half, 0.0))
    high = np.where(hits == tries, 1.0, np.minimum(middle + half, 1.0))
    return low, high


def _poisson_point(x: Floats, lambda_: Floats) -> Floats:
    """P(X = x) for λ > 0: the saddle point keeps full precision where logarithms cancel."""
    safe = np.maximum(x, 1.0)
    exponent = -_stirling_error(safe) - _deviance(safe, lambda_)
    point = np.exp(exponent) / np.sqrt(2 * np.pi * safe)
    return np.where(x == 0, np.exp(-lambda_), point)


def _stirling_error(n: Floats) -> Floats:
    """Logarithm of n! less Stirling's formula, for whole n >= 1."""
    error = np.empty_like(n)
    is_small = n < _N_EXACT
    error[is_small] = _STIRLING_ERRORS[n[is_small].astype(np.int64)]
    m = n[~is_small]
    m2 = m * m
    error[~is_small] = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680) / m2) / m2) / m2) / m
    return error


def _deviance(x: Floats, lambda_: Floats) -> Floats:
    """Deviance x ln(x/λ) + λ - x, without cancellation where x is near λ."""
    v = (x - lambda_) / (x + lambda_)
    is_near = np.abs(v) < _NEAR
    # A ratio of a large x to a tiny λ may pass the largest float; its logarithm does not.
    far = x * (np.log(x) - np.log(lambda_)) + (lambda_ - x)
    v2 = v * v
    series = np.zeros_like(x)
    for j in range(_N_SERIES_TERMS, 0, -1):
        series = (series + 1.0 / (2 * j + 1)) * v2
    near = (x - lambda_) * v + 2 * x * v * series
    return np.where(is_near, near, far)


def _rising(x: Floats, lambda_: Floats) -> Floats:
    """1 + λ/(x+1) + λ²/((x+1)(x+2)) + …, over the entries that still grow."""
    return _series(x, lambda n, each: lambda_[each] / (x[each] + n))


def _falling(x: Floats, lambda_: Floats) -> Floats:
    """1 + x/λ + x(x-1)/λ² + …, over the entries that still grow."""
    return _series(x, lambda n, each: (x[each] - n + 1) / lambda_[each])


def _series(x: Floats, ratio: _Ratio) -> Floats:
    total, term = np.ones_like(x), np.ones_like(x)
    each, n = np.arange(x.size), 0
    while each.size:
        n += 1
        term = term * ratio(n, each)
        total[each] += term
        is_open = term > _ENOUGH * total[each]
        each, term = each[is_open], term[is_open]
    return total
