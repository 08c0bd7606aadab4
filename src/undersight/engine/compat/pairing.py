"""Pairs of rows within a window, and sums over them, for tools that make every pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undersight.engine.memory import allowed_bytes, is_held
from undersight.engine.sweep import expand
from undersight.engine.timeline import window_order
from undersight.errors import TooManyPairsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]

_BLOCK_PAIRS = 1 << 21
_BYTES_A_PAIR = 200
"""What a tool takes for a pair at most: it keeps them all, sorts them and gathers them by edge."""


def codes_of(column: pa.ChunkedArray) -> tuple[Integers, list[str]]:
    """Return a code by row, -1 for null, and the id of each code; codes follow code points."""
    encoded = column.cast(pa.string()).combine_chunks().dictionary_encode()
    names = encoded.dictionary
    order = pc.sort_indices(names).to_numpy()
    ranks = np.full(order.size + 1, -1, np.int64)
    ranks[order] = np.arange(order.size)
    codes = pc.fill_null(encoded.indices, -1).to_numpy()
    return ranks[codes], names.take(pa.array(order)).to_pylist()


def pairs_within(
    group: Integers, time_us: Integers, window_us: int
) -> Iterator[tuple[Integers, Integers]]:
    """Yield each pair of rows of one group within the window once, the lower row first.

    Args:
        group: Code of what both rows must share; rows below 0 take no part.
        time_us: Time by row, µs.
        window_us: At most so far apart, both ends included.

    Raises:
        TooManyPairsError: They would not fit in memory, where every caller keeps them.
    """
    rows = np.flatnonzero(group >= 0)
    order, key = window_order(group[rows], time_us[rows], window_us)
    rows = rows[order]
    place = np.arange(rows.size)
    end = np.searchsorted(key, key + window_us, side="right")
    work = np.cumsum(end - place - 1)
    n_pairs = int(work[-1]) if work.size else 0
    if not is_held(n_pairs * _BYTES_A_PAIR):
        raise TooManyPairsError(n_pairs, allowed_bytes() // _BYTES_A_PAIR)
    start = 0
    while start < rows.size:
        done = int(work[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(work, done + _BLOCK_PAIRS, side="right")))
        one, other = expand(place[start:stop], place[start:stop] + 1, end[start:stop])
        one, other = rows[one], rows[other]
        yield np.minimum(one, other), np.maximum(one, other)
        start = stop


def all_pairs(group: Integers, time_us: Integers, window_us: int) -> tuple[Integers, Integers]:
    """Return what ``pairs_within`` yields, in the order of the rows."""
    parts = list(pairs_within(group, time_us, window_us))
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    first, second = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    order = np.lexsort((second, first))
    return first[order], second[order]


def n_distinct(edge: Integers, value: Integers, n_edges: int) -> Integers:
    """Count the distinct values (0 or more) of each edge."""
    if not value.size:
        return np.zeros(n_edges, np.int64)
    stride = int(value.max()) + 1
    return np.bincount(np.unique(edge * stride + value) // stride, minlength=n_edges)


def named_table(names: list[str], ends: tuple[Integers, Integers], columns: dict[str, Any],
                heads: tuple[str, str] = ("from", "to")) -> pa.Table:  # fmt: skip
    """Return edges with the accounts' ids, in the order given."""
    ids = pa.array(names, pa.string())
    sides = {head: ids.take(pa.array(end)) for head, end in zip(heads, ends, strict=True)}
    return pa.table(sides | columns)
