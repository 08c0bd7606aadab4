"""The sweep in NumPy: pairs are counted account by account and never stored.

Actions stand sorted by (object, time), so the partners of an action are the rows around it. The
accounts are taken in order, in blocks of so many candidate pairs; of each block only the edges
with enough objects are kept. Memory depends on the block, not on how many pairs there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undersight.engine.edge_output import Chunk
from undersight.engine.planning import own_posts
from undersight.engine.timeline import DAY_US

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from undersight.engine.coding import Coded
    from undersight.engine.timeline import Timeline

    Integers = npt.NDArray[np.int64]

_BLOCK_PAIRS = 1 << 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the full columns need, by row of the timeline.

    Args:
        post: Code of the post; a row that names none has one of its own.
        target: Code of the target, -1 for none.
        day: UTC day since 1970.
    """

    post: npt.NDArray[np.int64]
    target: npt.NDArray[np.int64]
    day: npt.NDArray[np.int64]

    def taking(self, kept: npt.NDArray[np.bool_]) -> Details:
        """Return the details of some of the rows."""
        return Details(post=self.post[kept], target=self.target[kept], day=self.day[kept])


def details_of(coded: Coded, timeline: Timeline) -> Details:
    """Return posts, targets and days in the order of the timeline."""
    order = timeline.order
    post = np.arange(coded.n_actions) if coded.post is None else own_posts(coded.post)
    target = np.full(coded.n_actions, -1) if coded.target is None else coded.target
    return Details(
        post=post[order].astype(np.int64),
        target=target[order].astype(np.int64),
        day=coded.time_us[order] // DAY_US,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """One sweep over a timeline.

    Args:
        timeline: Actions in window order.
        window_us: The window, µs, both ends included.
        min_objects: Edges with fewer distinct objects are not kept.
        details: Posts, targets and days; None where only the basic columns are wanted and no
            post is shared by two accounts.
        is_full: Whether the full columns are wanted.
        progress: Called with the number of candidate pairs done so far.
    """

    timeline: Timeline
    window_us: int
    min_objects: int
    details: Details | None
    is_full: bool
    progress: Callable[[int], object] | None = None

    def chunks(self) -> Iterator[Chunk]:
        """Yield the edges, sorted by (account_a, account_b) within and between chunks."""
        first, end = self.timeline.reach(self.window_us)
        by_account = np.argsort(self.timeline.account, kind="stable")
        work = np.cumsum((end - first)[by_account])
        n_done = 0
        for start, stop in blocks(self.timeline.account[by_account], work):
            rows = by_account[start:stop]
            left, right = expand(rows, first[rows], end[rows])
            n_done += left.size
            yield self._chunk(*self._kept(left, right))
            if self.progress is not None:
                self.progress(n_done // 2)

    def _kept(self, left: Integers, right: Integers) -> tuple[Integers, Integers]:
        account = self.timeline.account
        is_kept = account[right] > account[left]
        if self.details is not None:
            is_kept &= self.details.post[right] != self.details.post[left]
        return left[is_kept], right[is_kept]

    def _chunk(self, left: Integers, right: Integers) -> Chunk:
        """Add up the pairs of one block; ``left`` is sorted by (account, object, time)."""
        line = self.timeline
        pair = line.account[left].astype(np.int64) << 32 | line.account[right]
        order = np.argsort(pair, kind="stable")
        left, right, pair = left[order], right[order], pair[order]
        is_edge_start = _changes(pair)
        starts = np.flatnonzero(is_edge_start)
        is_object_start = is_edge_start | _changes(line.object[left])
        n_objects = _sums(is_object_start, starts)
        is_kept = n_objects >= self.min_objects
        values = {"n_objects": n_objects[is_kept]}
        n_pairs = np.diff(starts, append=pair.size)
        in_kept = np.repeat(is_kept, n_pairs)
        left, right = left[in_kept], right[in_kept]
        n_pairs = n_pairs[is_kept]
        edge = np.repeat(np.arange(n_pairs.size), n_pairs)
        kept_starts = np.cumsum(n_pairs) - n_pairs
        lead = line.key[right] - line.key[left]
        delta = np.abs(lead)
        values["n_pairs"] = n_pairs
        values["sum_delta_us"] = _sums(delta, kept_starts)
        values["min_delta_us"] = np.minimum.reduceat(delta, kept_starts) if delta.size else delta
        if self.is_full:
            values["n_a_first"] = _sums(lead > 0, kept_starts)
            values["n_b_first"] = _sums(lead < 0, kept_starts)
            values.update(self._distinct(edge, n_pairs.size, left, right))
        pair = pair[starts][is_kept]
        return Chunk((pair >> 32).astype(np.int32), pair.astype(np.int32), values)

    def _distinct(
        self, edge: Integers, n_edges: int, left: Integers, right: Integers
    ) -> dict[str, Integers]:
        details = self.details
        if details is None:
            return {}
        later = np.maximum(left, right)  # the timeline is sorted by time within an object
        both = np.concatenate([details.target[left], details.target[right]])
        edge_twice = np.concatenate([edge, edge])
        is_named = both >= 0
        return {
            "n_posts_a": _n_distinct(edge, details.post[left], n_edges),
            "n_posts_b": _n_distinct(edge, details.post[right], n_edges),
            "n_days": _n_distinct(edge, details.day[later], n_edges),
            "n_targets": _n_distinct(edge_twice[is_named], both[is_named], n_edges),
        }


def blocks(account: npt.NDArray[np.int32], work: Integers) -> Iterator[tuple[int, int]]:
    """Cut rows grouped by account into blocks of about equal work, never within an account.

    Args:
        account: Account code by row, sorted.
        work: Candidate pairs up to and with each row.

    Yields:
        First and last-but-one row of each block.
    """
    start = 0
    while start < account.size:
        done = int(work[start - 1]) if start else 0
        stop = int(np.searchsorted(work, done + _BLOCK_PAIRS, side="right"))
        stop = max(stop, start + 1)
        stop = int(np.searchsorted(account, account[stop - 1], side="right"))
        yield start, stop
        start = stop


def expand(rows: Integers, first: Integers, end: Integers) -> tuple[Integers, Integers]:
    """Return every row beside each of its partners, in the order of the rows.

    Args:
        rows: Positions in the timeline.
        first: The first partner of each.
        end: One past its last partner.
    """
    counts = end - first
    left = np.repeat(rows, counts)
    offset = np.repeat(first - (np.cumsum(counts) - counts), counts)
    return left, offset + np.arange(left.size)


def _changes(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """Mark the first of each run of equal values."""
    changed = np.ones(values.size, np.bool_)
    changed[1:] = values[1:] != values[:-1]
    return changed


def _sums(values: npt.NDArray[np.generic], starts: Integers) -> Integers:
    if not starts.size:
        return np.empty(0, np.int64)
    return np.add.reduceat(values.astype(np.int64), starts)


def _n_distinct(edge: Integers, value: Integers, n_edges: int) -> Integers:
    """Count the distinct values of each edge."""
    if not value.size:
        return np.zeros(n_edges, np.int64)
    low = int(value.min())
    stride = int(value.max()) - low + 1
    found = np.unique(edge * stride + (value - low)) // stride
    return np.bincount(found, minlength=n_edges)
