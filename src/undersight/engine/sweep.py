"""The sweep in NumPy: pairs are counted account by account and never stored.

Actions stand sorted by (object, time), so the partners of an action are the rows around it. The
accounts are taken in order, in blocks of so many candidate pairs; of each block only the edges
with enough objects are kept. An account with more of them than a block has is taken with some of
its partners after the others. Memory depends on the block, not on how many pairs there are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from undersight.engine.edge_output import Chunk
from undersight.engine.planning import own_posts
from undersight.engine.thinning import changes, rows_that_matter
from undersight.engine.timeline import DAY_US, stable_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from undersight.engine.coding import Coded
    from undersight.engine.timeline import Timeline

    Integers = npt.NDArray[np.int64]
    Positions = npt.NDArray[np.int32]
    Places = npt.NDArray[np.signedinteger[Any]]

_MANY_CANDIDATES = 8_000_000
"""From here on, loading numba (a second of work) pays."""
_BLOCK_PAIRS = 1 << 19
_MOST_AT_ONCE = 1 << 21
"""Candidate pairs that are made at one time, where no single row has more: some 300 MB."""


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
        is_post_shared: Whether two accounts stand on one post somewhere.
        progress: Called with the number of pairs done so far.
        is_compiled: Whether to use compiled code; None to decide by the number of pairs.
    """

    timeline: Timeline
    window_us: int
    min_objects: int
    details: Details | None
    is_full: bool
    is_post_shared: bool = False
    progress: Callable[[int], object] | None = None
    is_compiled: bool | None = None

    def chunks(self) -> Iterator[Chunk]:
        """Yield the edges, sorted by (account_a, account_b) within and between chunks."""
        matters = rows_that_matter(self.timeline, self.window_us, self.min_objects)
        thin = replace(
            self,
            timeline=self.timeline.taking(matters),
            details=None if self.details is None else self.details.taking(matters),
        )
        first, end = thin.timeline.reach(self.window_us)
        n_candidates = int(end.sum(dtype=np.int64) - first.sum(dtype=np.int64))
        is_compiled = self.is_compiled
        if is_compiled is None:
            is_compiled = n_candidates > _MANY_CANDIDATES and find_spec("numba") is not None
        return thin.compiled_chunks(first, end) if is_compiled else thin.numpy_chunks(first, end)

    def numpy_chunks(self, first: Positions, end: Positions) -> Iterator[Chunk]:
        """Yield the edges of rows that matter, by NumPy."""
        by_account = stable_order(self.timeline.account)
        work = np.cumsum((end - first)[by_account], dtype=np.int64)
        for start, stop in blocks(self.timeline.account[by_account], work):
            for left, right in self._met(by_account[start:stop], first, end):
                yield self._chunk(left, right)
            if self.progress is not None:
                self.progress(int(work[stop - 1]) // 2)

    def compiled_chunks(self, first: Positions, end: Positions) -> Iterator[Chunk]:
        """Yield the edges of rows that matter, by compiled code."""
        from undersight.engine.sweep_compiled import Line, swept

        line, details = self.timeline, self.details
        rows = stable_order(line.account)
        starts = np.append(np.flatnonzero(changes(line.account[rows])), rows.size)
        work = np.zeros(rows.size + 1, np.int64)
        np.cumsum((end - first)[rows], out=work[1:])
        nobody = np.empty(0, np.int64)
        day = nobody if details is None else details.day - details.day.min(initial=0)
        has_targets = details is not None and details.target.max(initial=-1) >= 0
        compiled = Line(
            account=line.account,
            object=line.object,
            key=line.key,
            first=first,
            end=end,
            rows=rows.astype(np.int32),
            starts=starts,
            post=nobody if details is None else details.post,
            target=details.target if details is not None and has_targets else nobody,
            day=day,
            n_accounts=int(line.account.max(initial=-1)) + 1,
            is_post_shared=self.is_post_shared,
            is_full=self.is_full,
        )
        return swept(compiled, self.min_objects, work[starts], self.progress)

    def _kept(self, left: Integers, right: Integers) -> tuple[Integers, Integers]:
        account = self.timeline.account
        is_kept = account[right] > account[left]
        if self.details is not None and self.is_post_shared:
            is_kept &= self.details.post[right] != self.details.post[left]
        return left[is_kept], right[is_kept]

    def _met(
        self, rows: Integers, first: Positions, end: Positions
    ) -> Iterator[tuple[Integers, Integers]]:
        """Yield a block's pairs; of an account that is too large, some partners' at a time."""
        work = np.cumsum((end - first)[rows], dtype=np.int64)
        if int(work[-1]) <= _MOST_AT_ONCE:
            yield self._kept(*expand(rows, first[rows], end[rows]))
            return
        account = self.timeline.account
        pieces = [rows[start:stop] for start, stop in _pieces(work)]
        n_with = np.zeros(int(account.max()) + 1, np.int64)
        for piece in pieces:
            _left, right = self._kept(*expand(piece, first[piece], end[piece]))
            n_with += np.bincount(account[right], minlength=n_with.size)
        for low, high in _pieces(np.cumsum(n_with)):
            if not n_with[low:high].any():
                continue
            found = []
            for piece in pieces:
                left, right = self._kept(*expand(piece, first[piece], end[piece]))
                is_theirs = (account[right] >= low) & (account[right] < high)
                found.append((left[is_theirs], right[is_theirs]))
            yield tuple(np.concatenate(side) for side in zip(*found, strict=True))  # type: ignore[misc]

    def _chunk(self, left: Integers, right: Integers) -> Chunk:
        """Add up the pairs of one block; ``left`` is sorted by (account, object, time)."""
        line = self.timeline
        n_codes = int(line.account.max(initial=0)) + 1
        pair = line.account[left].astype(np.int64) * n_codes + line.account[right]
        order = stable_order(pair)
        left, right, pair = left[order], right[order], pair[order]
        is_edge_start = changes(pair)
        starts = np.flatnonzero(is_edge_start)
        is_object_start = is_edge_start | changes(line.object[left])
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
        return Chunk((pair // n_codes).astype(np.int32), (pair % n_codes).astype(np.int32), values)

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
        begun = int(np.searchsorted(account, account[stop - 1], side="left"))
        stop = int(np.searchsorted(account, account[stop - 1], side="right"))
        if begun > start and int(work[stop - 1]) - done > _MOST_AT_ONCE:
            stop = begun  # a large account is a block of its own
        yield start, stop
        start = stop


def _pieces(work: Integers) -> Iterator[tuple[int, int]]:
    """Cut places into runs of about a block's work, one place at least."""
    start = 0
    while start < work.size:
        done = int(work[start - 1]) if start else 0
        stop = int(np.searchsorted(work, done + _MOST_AT_ONCE, side="right"))
        yield start, max(stop, start + 1)
        start = max(stop, start + 1)


def expand(rows: Integers, first: Places, end: Places) -> tuple[Integers, Integers]:
    """Return every row beside each of its partners, in the order of the rows.

    Args:
        rows: Positions in the timeline.
        first: The first partner of each.
        end: One past its last partner.
    """
    counts = (end - first).astype(np.int64)
    left = np.repeat(rows, counts)
    offset = np.repeat(first - (np.cumsum(counts) - counts), counts)
    return left, offset + np.arange(left.size)


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
