"""Whether p-values mean what they say: data with the coordination taken out, and how p lies.

Move each account's times by its own whole number of weeks: hours of the week, activity and the
popularity of objects stay, whatever was done together is not any more. p must then be uniform or
larger. Counts are discrete, so that the plain p is conservative; the randomised p is uniform.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undersight.engine.coded_actions import CodedActions, expand, order_actions, window_ends
from undersight.engine.tails import poisson_point, poisson_upper_tail, wilson_interval
from undersight.errors import TooShortSpanError, WindowBelowResolutionError

if TYPE_CHECKING:
    import numpy.typing as npt

    from undersight.engine.coded_actions import Ints

    Floats = npt.NDArray[np.float64]

WEEK_US = 7 * 86_400_000_000
_RESOLUTIONS_US = (86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000, 1000)
_MOSTLY = 0.9
_MOST_CANDIDATES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniformity:
    """How p-values lie between 0 and 1.

    Attributes:
        n: p-values.
        ks_distance: Largest distance of their distribution from the uniform one, either way.
        excess: Largest distance *above* it: small p-values that are too many. 0 is conservative.
        n_under: How many are at most ``level``.
        level: The level asked for.
        share: ``n_under / n``.
        low: Lower bound of the share's 95 % interval.
        high: Upper bound of it.
    """

    n: int
    ks_distance: float
    excess: float
    n_under: int
    level: float
    share: float
    low: float
    high: float

    @property
    def is_calibrated(self) -> bool:
        """Whether small p-values are not too many, as far as this sample tells."""
        return self.low <= self.level


def week_shifts(actions: CodedActions, seed: int) -> tuple[Ints, int]:
    """Draw each account's own whole number of weeks.

    Args:
        actions: Rows in canonical order.
        seed: Of the generator; same seed, same shifts.

    Returns:
        Weeks by account code, and the weeks that the rows reach over. Two accounts with the same
        number still do together what they did: leave such pairs out of a calibration.

    Raises:
        TooShortSpanError: The rows do not reach over a week: nothing would move.
    """
    span_us = int(actions.time_us.max()) - int(actions.time_us.min()) if actions.n_actions else 0
    n_weeks = span_us // WEEK_US + 1
    if n_weeks < 2:
        raise TooShortSpanError(n_weeks, 2)
    return np.random.default_rng(seed).integers(0, n_weeks, actions.n_accounts), n_weeks


def day_shifted(actions: CodedActions, seed: int) -> CodedActions:
    """Move each account's times by its own whole number of weeks, around the span.

    Args:
        actions: Rows in canonical order.
        seed: Of the generator; same seed, same shifts.

    Raises:
        TooShortSpanError: The rows do not reach over a week: nothing would move.
    """
    weeks, n_weeks = week_shifts(actions, seed)
    start = int(actions.time_us.min())
    since = actions.time_us - start + weeks[actions.account] * WEEK_US
    moved = start + since % (n_weeks * WEEK_US)
    return order_actions(
        actions.account, actions.object, moved, actions.n_accounts, actions.n_objects
    )


def permuted_accounts(actions: CodedActions, label: Ints, seed: int) -> Ints:
    """Permute account labels within strata; return the account code by row.

    Args:
        actions: Rows in canonical order.
        label: int64 stratum by row.
        seed: Of the generator.
    """
    tie = np.random.default_rng(seed).random(actions.n_actions)
    source = np.argsort(label, kind="stable")
    account = np.empty_like(actions.account)
    account[np.lexsort((tie, label))] = actions.account[source]
    return account


def sample_pairs(actions: CodedActions, n_pairs: int, seed: int) -> tuple[Ints, Ints]:
    """Draw distinct pairs of accounts, each end by its share of the rows.

    Pairs that hardly act have p = 1 whatever is done; the active ones put the null to the test.

    Args:
        actions: Rows in canonical order, of two accounts or more.
        n_pairs: Most pairs to return.
        seed: Of the generator.

    Returns:
        Account codes of both ends, the lower first, by rising pair.
    """
    drawn = np.random.default_rng(seed).choice(actions.account, (4 * n_pairs, 2))
    drawn = np.sort(drawn[drawn[:, 0] != drawn[:, 1]], axis=1)
    _, first = np.unique(drawn[:, 0] * actions.n_accounts + drawn[:, 1], return_index=True)
    kept = drawn[np.sort(first)[:n_pairs]]
    kept = kept[np.lexsort((kept[:, 1], kept[:, 0]))]
    return kept[:, 0], kept[:, 1]


def n_objects_together(actions: CodedActions, a: Ints, b: Ints, window_us: int) -> Ints:
    """Count the distinct objects that the accounts of given pairs co-acted on.

    Args:
        actions: Rows in canonical order.
        a: int64 account by pair.
        b: int64 the other account by pair; the pairs are distinct and a < b.
        window_us: Window, µs, inclusive.
    """
    wanted = a * actions.n_accounts + b
    order = np.argsort(wanted)
    ends = window_ends(actions, window_us)
    n_after = ends - np.arange(1, ends.size + 1)
    work = np.cumsum(n_after)
    found, start = [np.empty(0, np.int64)], 0
    while start < ends.size:
        done = int(work[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(work, done + _MOST_CANDIDATES, side="right")))
        rows = np.arange(start, min(stop, ends.size))
        first = np.repeat(rows, n_after[rows])
        one = actions.account[first]
        other = actions.account[expand(rows + 1, n_after[rows])]
        key = np.minimum(one, other) * actions.n_accounts + np.maximum(one, other)
        at = np.minimum(np.searchsorted(wanted, key, sorter=order), max(wanted.size - 1, 0))
        is_wanted = wanted[order[at]] == key if wanted.size else np.zeros(key.size, np.bool_)
        hits = order[at[is_wanted]] * actions.n_objects + actions.object[first[is_wanted]]
        found.append(np.unique(hits))
        start = stop
    hits = np.unique(np.concatenate(found))
    return np.bincount(hits // max(actions.n_objects, 1), minlength=a.size)


def randomised_p(n_objects: Ints, lambda_: Floats, seed: int) -> Floats:
    """Return P(X > x) + U·P(X = x): exactly uniform where x is Poisson(λ).

    Args:
        n_objects: x, shape (n,).
        lambda_: λ, shape (n,).
        seed: Of the generator that draws U.
    """
    share = np.random.default_rng(seed).random(lambda_.size)
    beyond = poisson_upper_tail(n_objects + 1, lambda_)
    return beyond + share * poisson_point(n_objects, lambda_)


def uniformity(p: Floats, level: float = 0.01) -> Uniformity:
    """Summarise how p-values lie.

    Args:
        p: p-values, shape (n,), n of 1 or more.
        level: The level whose share is told with its interval.
    """
    ordered, n = np.sort(p), p.size
    above = np.arange(1, n + 1) / n - ordered
    below = ordered - np.arange(n) / n
    n_under = int(np.count_nonzero(p <= level))
    low, high = wilson_interval(n_under, n)
    return Uniformity(
        n=n,
        ks_distance=float(max(above.max(), below.max())),
        excess=max(0.0, float(above.max())),
        n_under=n_under,
        level=level,
        share=n_under / n,
        low=float(low),
        high=float(high),
    )


def time_resolution_us(time_us: Ints) -> int:
    """Find the unit that nearly all times are whole multiples of, in µs.

    Args:
        time_us: Times, µs since 1970 UTC.

    Returns:
        A day, an hour, a minute, a second or a millisecond where nine tenths of the times are
        whole ones, else 1.
    """
    for unit_us in _RESOLUTIONS_US:
        if time_us.size and np.count_nonzero(time_us % unit_us == 0) >= _MOSTLY * time_us.size:
            return unit_us
    return 1


def check_window(window_us: int, resolution_us: int) -> None:
    """Refuse a window that the data's times cannot tell.

    Args:
        window_us: The window, µs.
        resolution_us: The times' resolution, µs.

    Raises:
        WindowBelowResolutionError: The window is under the resolution.
    """
    if window_us < resolution_us:
        raise WindowBelowResolutionError(window_us / 1e6, resolution_us / 1e6)
