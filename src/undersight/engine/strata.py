"""Strata of time, and how often two positions of two strata lie within the window of each other.

The presence null permutes account labels within strata and holds positions (object, time) fixed.
What it needs of the data is, for each stratum and each two strata, the number of position pairs
on one object within the window: counted by one binary search a row and one step for each stratum
that a window reaches into, never by listing pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from undersight.engine.coded_actions import window_ends

if TYPE_CHECKING:
    import numpy.typing as npt

    from undersight.engine.coded_actions import CodedActions, Codes, Ints

    Floats = npt.NDArray[np.float64]

StrataKind = Literal["hour-of-week", "block"]
HOUR_US = 3_600_000_000
N_HOURS_OF_WEEK = 168
_EPOCH_HOUR = 72  # 1 January 1970 was a Thursday; hour 0 is Monday, 00:00 UTC
_BLOCK_WINDOWS = 10
_MOST_BLOCKS = 1 << 22  # hours of four hundred years
_MOST_US = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairCounts:
    """Position pairs on one object within the window, by the strata of both.

    Args:
        low: int64, the smaller stratum; sorted by (low, high).
        high: int64, the larger stratum, or the same.
        n_pairs: int64, position pairs, 1 or more.
    """

    low: Ints
    high: Ints
    n_pairs: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairRates:
    """Chance that a position drawn from one stratum and one from another pair up.

    A symmetric matrix by rows: the entries of stratum s stand at ``start[s]`` to ``start[s+1]``.

    Args:
        start: int64, shape (n_strata + 1,).
        stratum: int64, the other stratum by entry, rising within a row.
        rate: float64 by entry, 0 to 1.
    """

    start: Ints
    stratum: Ints
    rate: Floats

    @property
    def n_strata(self) -> int:
        """Strata there are."""
        return int(self.start.size) - 1


def label_strata(actions: CodedActions, window_us: int, kind: StrataKind) -> tuple[Codes, int]:
    """Give each row its stratum (int32), and say how many there are.

    Args:
        actions: Rows in canonical order.
        window_us: Window of the edges, µs.
        kind: ``hour-of-week`` (168, hour 0 is Monday 00:00 UTC) or ``block`` (absolute, of one
            hour or ten windows, whichever is longer: sessions stay whole).
    """
    if kind == "hour-of-week":
        return hour_of_week(actions.time_us), N_HOURS_OF_WEEK
    block = actions.time_us // max(HOUR_US, _BLOCK_WINDOWS * window_us)
    first = int(block.min(initial=_MOST_US))
    n_spanned = int(block.max(initial=-_MOST_US)) - first + 1
    if n_spanned > _MOST_BLOCKS:  # one wrong date is enough: too many to count through
        present, label = np.unique(block, return_inverse=True)
        return label.astype(np.int32), int(present.size)
    block -= first
    is_present = np.zeros(max(n_spanned, 0), np.bool_)
    is_present[block] = True
    rank = np.cumsum(is_present, dtype=np.int32) - np.int32(1)
    return rank[block], int(np.count_nonzero(is_present))


def hour_of_week(time_us: Ints) -> Codes:
    """Return the hour of the week in UTC, 0 to 167 from Monday 00:00, as int32."""
    hour = time_us // HOUR_US
    hour += _EPOCH_HOUR
    hour %= N_HOURS_OF_WEEK
    return hour.astype(np.int32)


def count_pairs(actions: CodedActions, label: Codes, window_us: int) -> PairCounts:
    """Count position pairs within the window by the strata of both positions.

    Pairs of one account count too: under the null their labels are anyone's.

    Args:
        actions: Rows in canonical order.
        label: Stratum by row.
        window_us: Window, µs, inclusive.
    """
    n_strata = int(label.max(initial=-1)) + 1
    keys, counts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for start, stop in actions.parts():
        here = label[start:stop].astype(np.int64)  # is multiplied
        part = _count_part(actions.between(start, stop), here, window_us, n_strata)
        keys.append(part[0])
        counts.append(part[1])
    key, n_pairs = _totals(np.concatenate(keys), np.concatenate(counts))
    return PairCounts(low=key // max(n_strata, 1), high=key % max(n_strata, 1), n_pairs=n_pairs)


def _count_part(
    actions: CodedActions, label: Ints, window_us: int, n_strata: int
) -> tuple[Ints, Ints]:
    """Count the position pairs of some whole objects, by low stratum x n_strata + high."""
    n = actions.n_actions
    ends = window_ends(actions, window_us)
    is_new = np.diff(label, prepend=label[:1]) != 0
    is_new |= np.diff(actions.object, prepend=actions.object[:1]) != 0
    is_new[0] = True
    run_end = np.append(np.flatnonzero(is_new)[1:], n)
    rows, at, run = np.arange(n), np.arange(1, n + 1), np.cumsum(is_new) - 1
    keys, counts = [], []
    # Each turn counts what every window holds of one more run of rows in one stratum.
    while rows.size:
        stop = np.minimum(run_end[run], ends[rows])
        other = label[np.minimum(at, n - 1)]
        is_some = stop > at
        mine = label[rows[is_some]]
        keys.append(np.minimum(mine, other[is_some]) * n_strata + np.maximum(mine, other[is_some]))
        counts.append((stop - at)[is_some])
        goes_on = stop < ends[rows]
        rows, at, run = rows[goes_on], stop[goes_on], run[goes_on] + 1
    return _totals(np.concatenate(keys), np.concatenate(counts))


def pair_rates(counts: PairCounts, n_rows: Ints, *, is_pooled: bool = False) -> PairRates:
    """Turn counts into chances: 2·D_s / (N_s(N_s-1)) within and C_ss' / (N_s·N_s') across.

    Args:
        counts: Position pairs by strata.
        n_rows: int64 N_s by stratum, shape (n_strata,).
        is_pooled: Give strata with fewer than two rows the chance within all strata together;
            for baselines that miss hours in which others were active. Otherwise 0: exact.
    """
    n_strata = n_rows.size
    is_within = counts.low == counts.high
    n_low, n_high = n_rows[counts.low].astype(np.float64), n_rows[counts.high].astype(np.float64)
    rate = np.where(
        is_within, 2.0 * counts.n_pairs / (n_low * (n_low - is_within)), counts.n_pairs / n_low
    )
    rate = np.where(is_within, rate, rate / n_high)
    row, column = counts.low, counts.high
    if is_pooled:
        bare = np.flatnonzero(n_rows < 2)
        n_all = float((n_rows * (n_rows - 1)).sum())
        pooled = 2.0 * float(counts.n_pairs[is_within].sum()) / n_all if n_all else 0.0
        row, column = np.append(row, bare), np.append(column, bare)
        rate = np.append(rate, np.full(bare.size, pooled))
        is_within = row == column
    row, column = np.append(row, column[~is_within]), np.append(column, row[~is_within])
    rate = np.append(rate, rate[~is_within])
    order = np.lexsort((column, row))
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=n_strata))])
    return PairRates(start=start.astype(np.int64), stratum=column[order], rate=rate[order])


def _totals(keys: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Add up the counts of equal keys; keys rise."""
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
    return keys[first], np.add.reduceat(counts, first) if first.size else counts
