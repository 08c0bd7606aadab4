"""Actions in window order: sorted by object and time, with one rising key for both.

The key adds up the gaps between neighbours, each cut at one step over the window, so that
``key[j] - key[i] <= window`` holds exactly for two actions on one object within the window, and
their difference is then the true difference of times. One comparison of integers replaces two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undersight.errors import WindowTooWideError

if TYPE_CHECKING:
    import numpy.typing as npt

    from undersight.engine.coding import Coded

DAY_US = 86_400_000_000
_MOST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Actions with others near, sorted by (object, time), as parallel arrays.

    Args:
        key: int64, rising; differences up to ``window_us`` are differences of times in µs.
        account: int32 account codes.
        object: int32 object codes.
        order: Row of each action among the coded ones.
        window_us: The largest window that the key serves, µs.
    """

    key: npt.NDArray[np.int64]
    account: npt.NDArray[np.int32]
    object: npt.NDArray[np.int32]
    order: npt.NDArray[np.intp]
    window_us: int

    def taking(self, kept: npt.NDArray[np.bool_]) -> Timeline:
        """Return the timeline of some of its actions; the keys stay comparable."""
        return Timeline(
            key=self.key[kept],
            account=self.account[kept],
            object=self.object[kept],
            order=self.order[kept],
            window_us=self.window_us,
        )

    def reach(self, window_us: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Return for each action the first position within the window, and one past the last."""
        first = np.searchsorted(self.key, self.key - window_us, side="left").astype(np.int32)
        end = np.searchsorted(self.key, self.key + window_us, side="right").astype(np.int32)
        return first, end


def build_timeline(coded: Coded, window_us: int) -> Timeline:
    """Sort actions by object and time, and leave out those with no other within the window.

    Args:
        coded: The actions.
        window_us: The largest window to be asked for, µs, 0 or more.

    Raises:
        WindowTooWideError: Keys would not fit in 64 bits.
    """
    order, key = window_order(coded.object, coded.time_us, window_us)
    # Rows with nobody near, on most data most rows, are in no pair at all.
    is_near = np.diff(key) <= window_us
    kept = np.zeros(key.size, np.bool_)
    kept[1:] |= is_near
    kept[:-1] |= is_near
    order, key = order[kept], key[kept]
    return Timeline(
        key=key,
        account=coded.account[order],
        object=coded.object[order],
        order=order,
        window_us=window_us,
    )


def window_order(
    group: npt.NDArray[np.signedinteger[Any]], time_us: npt.NDArray[np.int64], window_us: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]:
    """Sort rows by group and time; return their order and the rising key of this module.

    Args:
        group: Code of what must be the same.
        time_us: µs since 1970 UTC.
        window_us: The largest window that the key has to serve, µs.

    Raises:
        WindowTooWideError: Keys would not fit in 64 bits.
    """
    order = _order(group, time_us)
    group, time_us = group[order], time_us[order]
    gap = np.diff(time_us, prepend=time_us[:1])
    is_new = np.diff(group, prepend=group[:1]) != 0
    # A gap over 2**63 wraps to a negative number and is as wide as any.
    gap[is_new | (gap > window_us) | (gap < 0)] = window_us + 1
    if float(gap.sum(dtype=np.float64)) >= _MOST:
        raise WindowTooWideError(window_us)
    return order, np.cumsum(gap, out=gap)


def stable_order(values: npt.NDArray[np.signedinteger[Any]]) -> npt.NDArray[np.int64]:
    """Return the order of values, ties as they stand.

    The place goes into the low bits where there is room: sorting numbers is several times faster
    than sorting places by numbers.

    Args:
        values: Integers, shape (n,).
    """
    if not values.size:
        return np.empty(0, np.int64)
    low = int(values.min())
    n_bits = values.size.bit_length()
    if int(values.max()) - low >= 1 << (62 - n_bits):
        return np.argsort(values, kind="stable")
    packed = values.astype(np.int64)
    packed -= low
    packed <<= n_bits
    packed |= np.arange(values.size)
    packed.sort()
    packed &= (1 << n_bits) - 1
    return packed


def _order(objects: npt.NDArray[np.int32], time_us: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """Return the rows by (object, time); the order of ties does not matter."""
    if not time_us.size:
        return np.empty(0, np.intp)
    start, stop = int(time_us.min()), int(time_us.max())
    stride = stop - start + 1
    if stride * (int(objects.max()) + 1) < _MOST:
        both = objects.astype(np.int64)
        both *= stride
        both += time_us
        both -= start
        return np.argsort(both)
    return np.lexsort((time_us, objects))
