"""The sweep compiled by numba: the same edges, for windows that give many pairs.

For the basic columns each account is walked once, with 32 bytes a partner. Where that would not
stay in the processor's cache, and for the full columns, it is walked twice: the first walk counts
objects in eight bytes a partner, the second adds up what is wanted, and only for the partners that
reached the threshold. Nothing below it is ever stored. Needs the extra ``fast``.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numba
import numpy as np

from undersight.engine.edge_output import BASIC, Chunk
from undersight.engine.timeline import stable_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]
    Function = Callable[..., Any]

_RANGE_WORK = 1 << 20
_MOST_CACHED = 1 << 16  # accounts whose 32 bytes each stay in a cache of two megabytes
_MOST_THREADS = 8
_N_PAIRS, _SUM, _MIN, _A_FIRST, _B_FIRST = range(1, 6)
_POST_A, _POST_B, _DAY, _TARGET = range(6, 10)
# The columns of the compiled result, in this order.
_NAMES = (*BASIC, "n_a_first", "n_b_first", "n_posts_a", "n_posts_b", "n_days", "n_targets")


class Line(NamedTuple):
    """What the compiled code reads; all arrays by position but ``rows`` and ``starts``.

    Args:
        account: int32 account code.
        object: int32 object code.
        key: int64, see ``timeline``.
        first: int32, first position within the window.
        end: int32, one past the last.
        rows: int32 positions grouped by account, in order within.
        starts: int64, where each account's rows begin in ``rows``, and the end of all.
        post: int64 post codes; empty where nobody asks.
        target: int64 target codes, -1 for none; empty where nobody asks.
        day: int64 UTC days from the first; empty where nobody asks.
        n_accounts: Account codes there are.
        is_post_shared: Whether a pair has to be looked at for being on one post.
        is_full: Whether the full columns are wanted.
    """

    account: npt.NDArray[np.int32]
    object: npt.NDArray[np.int32]
    key: Integers
    first: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]
    starts: Integers
    post: Integers
    target: Integers
    day: Integers
    n_accounts: int
    is_post_shared: bool
    is_full: bool


def compiled(function: Function) -> Function:
    """Compile a function; it lets other threads run and is kept on disk."""
    made: Function = numba.njit(nogil=True, cache=True)(function)
    return made


@compiled
def _weigh(line, start, stop, scratch, touched):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Count the objects that one account has in common with each higher one.

    Places are unsigned here and below: a signed one is checked for being negative each time.
    """
    account = line.account[line.rows[start]]
    n_touched = 0
    stamp = start + 1
    for place in range(start, stop):
        row = np.uint32(line.rows[place])
        if place > start and line.object[row] != line.object[line.rows[place - 1]]:
            stamp = place + 1
        for other in range(np.uint32(line.first[row]), np.uint32(line.end[row])):
            if line.account[other] <= account:
                continue
            partner = np.uint32(line.account[other])
            seen = scratch[partner, 0]
            if seen == stamp or (line.is_post_shared and line.post[other] == line.post[row]):
                continue
            if seen <= start:  # of an account before this one
                scratch[partner, 1] = 1
                touched[n_touched] = partner
                n_touched += 1
            else:
                scratch[partner, 1] += 1
            scratch[partner, 0] = stamp
    return n_touched


@compiled
def _add_up(line, start, stop, scratch, sums):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Add up the pairs with the partners that were kept."""
    for place in range(start, stop):
        row = np.uint32(line.rows[place])
        for other in range(np.uint32(line.first[row]), np.uint32(line.end[row])):
            place_of_sums = -1 - scratch[np.uint32(line.account[other]), 0]
            if place_of_sums < 0 or (line.is_post_shared and line.post[other] == line.post[row]):
                continue
            slot = np.uint32(place_of_sums)
            lead = line.key[other] - line.key[row]
            delta = abs(lead)
            sums[slot, _N_PAIRS] += 1
            sums[slot, _SUM] += delta
            sums[slot, _MIN] = min(sums[slot, _MIN], delta)
            sums[slot, _A_FIRST] += lead > 0
            sums[slot, _B_FIRST] += lead < 0


@compiled
def _value(line, row, other, kind):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return what is counted for a pair, -1 for nothing."""
    if kind == _POST_A:
        return line.post[row]
    if kind == _POST_B:
        return line.post[other]
    if kind == _DAY:
        return line.day[max(row, other)]  # positions on one object rise with time
    return line.target[row]


@compiled
def _gather(line, bounds, scratch, last, kind):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Collect ``slot << 32 | value`` of every kept pair, leaving out repeats in a row."""
    found = np.empty(1024, np.int64)
    n_found = 0
    for place in range(bounds[0], bounds[1]):
        row = line.rows[place]
        for other in range(line.first[row], line.end[row]):
            slot = -1 - scratch[line.account[other], 0]
            if slot < 0 or (line.is_post_shared and line.post[other] == line.post[row]):
                continue
            if n_found + 2 > found.size:
                larger = np.empty(found.size * 2, np.int64)
                larger[:n_found] = found[:n_found]
                found = larger
            value = _value(line, row, other, kind)
            if value >= 0 and value != last[slot]:
                found[n_found] = slot << 32 | value
                n_found += 1
                last[slot] = value
            if kind == _TARGET and line.target[other] >= 0 and line.target[other] != value:
                found[n_found] = slot << 32 | line.target[other]
                n_found += 1
    return found[:n_found]


@compiled
def _count_distinct(line, bounds, scratch, sums):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    for kind in range(_POST_A, _TARGET + 1):
        if kind == _TARGET and line.target.size == 0:
            continue
        last = np.full(sums.shape[0], -1, np.int64)
        found = np.sort(_gather(line, bounds, scratch, last, kind))
        for index in range(found.size):
            if index == 0 or found[index] != found[index - 1]:
                sums[found[index] >> 32, kind] += 1


@compiled
def _edges_of(line, bounds, min_objects, scratch, touched):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return one account's kept partners, in no order, and the sums of each."""
    n_touched = _weigh(line, bounds[0], bounds[1], scratch, touched)
    n_kept = 0
    for index in range(n_touched):
        if scratch[touched[index], 1] >= min_objects:
            touched[n_kept] = touched[index]
            n_kept += 1
    partners = touched[:n_kept].copy()
    sums = np.zeros((n_kept, 10 if line.is_full else 6), np.int64)
    if n_kept == 0:
        return partners, sums
    for slot in range(n_kept):
        sums[slot, 0] = scratch[partners[slot], 1]
        sums[slot, _MIN] = np.iinfo(np.int64).max
        scratch[partners[slot], 0] = -1 - slot
    _add_up(line, bounds[0], bounds[1], scratch, sums)
    if line.is_full:
        _count_distinct(line, bounds, scratch, sums)
    for slot in range(n_kept):
        scratch[partners[slot], 0] = 0
    return partners, sums


@compiled
def _sweep_range(line, bounds, min_objects, scratch, touched):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return the edges of a range of accounts: both ends, and the sums."""
    ends = np.empty((64, 2), np.int32)
    sums = np.empty((64, 10 if line.is_full else 6), np.int64)
    n_edges = 0
    for index in range(bounds[0], bounds[1]):
        start, stop = line.starts[index], line.starts[index + 1]
        partners, found = _edges_of(line, (start, stop), min_objects, scratch, touched)
        while n_edges + partners.size > sums.shape[0]:
            more_ends = np.empty((ends.shape[0] * 2, 2), np.int32)
            more_sums = np.empty((sums.shape[0] * 2, sums.shape[1]), np.int64)
            more_ends[:n_edges] = ends[:n_edges]
            more_sums[:n_edges] = sums[:n_edges]
            ends, sums = more_ends, more_sums
        ends[n_edges : n_edges + partners.size, 0] = line.account[line.rows[start]]
        ends[n_edges : n_edges + partners.size, 1] = partners
        sums[n_edges : n_edges + partners.size] = found
        n_edges += partners.size
    return ends[:n_edges].copy(), sums[:n_edges].copy()


@compiled
def _tally(line, start, stop, tallies, touched):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Add up objects, pairs and times of one account with each higher one, in one walk.

    The first number of a tally holds the place from which the last object counts, and below it
    the objects so far.
    """
    account = line.account[line.rows[start]]
    n_touched = 0
    stamp = np.int64(start + 1)
    for place in range(start, stop):
        row = np.uint32(line.rows[place])
        if place > start and line.object[row] != line.object[line.rows[place - 1]]:
            stamp = np.int64(place + 1)
        moment = line.key[row]
        for other in range(np.uint32(line.first[row]), np.uint32(line.end[row])):
            if line.account[other] <= account:
                continue
            if line.is_post_shared and line.post[other] == line.post[row]:
                continue
            partner = np.uint32(line.account[other])
            delta = abs(line.key[other] - moment)
            objects = tallies[partner, 0]
            if objects >> 32 <= start:  # of an account before this one
                tallies[partner, 0] = stamp << 32 | 1
                tallies[partner, _N_PAIRS] = 1
                tallies[partner, _SUM] = delta
                tallies[partner, _MIN] = delta
                touched[n_touched] = partner
                n_touched += 1
                continue
            if objects >> 32 != stamp:
                tallies[partner, 0] = stamp << 32 | (objects & 0xFFFFFFFF) + 1
            tallies[partner, _N_PAIRS] += 1
            tallies[partner, _SUM] += delta
            tallies[partner, _MIN] = min(tallies[partner, _MIN], delta)
    return n_touched


@compiled
def _tally_range(line, bounds, min_objects, tallies, touched):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Return the edges of a range of accounts with the basic columns: both ends, and the sums.

    They are in order of the first end only.
    """
    ends = np.empty((1024, 2), np.int32)
    sums = np.empty((1024, 4), np.int64)
    n_edges = 0
    for index in range(bounds[0], bounds[1]):
        start, stop = line.starts[index], line.starts[index + 1]
        n_touched = _tally(line, start, stop, tallies, touched)
        n_kept = 0
        for place in range(n_touched):
            if tallies[np.uint32(touched[place]), 0] & 0xFFFFFFFF >= min_objects:
                touched[n_kept] = touched[place]
                n_kept += 1
        if n_edges + n_kept > ends.shape[0]:
            n_rows = 2 * (n_edges + n_kept)
            more_ends, more_sums = np.empty((n_rows, 2), np.int32), np.empty((n_rows, 4), np.int64)
            more_ends[:n_edges], more_sums[:n_edges] = ends[:n_edges], sums[:n_edges]
            ends, sums = more_ends, more_sums
        for place in range(n_kept):
            tally = np.uint32(touched[place])
            ends[n_edges, 0] = line.account[line.rows[start]]
            ends[n_edges, 1] = tally
            sums[n_edges, 0] = tallies[tally, 0] & 0xFFFFFFFF
            for kind in range(1, 4):
                sums[n_edges, kind] = tallies[tally, kind]
            n_edges += 1
    return ends[:n_edges].copy(), sums[:n_edges].copy()


def swept(
    line: Line, min_objects: int, work: Integers, progress: Callable[[int], object] | None
) -> Iterator[Chunk]:
    """Yield the edges, sorted by accounts within and between chunks.

    Args:
        line: The actions.
        min_objects: Edges with fewer distinct objects are not kept.
        work: Candidate pairs before each account, and of all; by the places of ``starts``.
        progress: Called with the number of pairs done.
    """
    n_threads = min(_MOST_THREADS, os.cpu_count() or 1)
    own = threading.local()
    is_cached = line.n_accounts <= _MOST_CACHED and not line.is_full
    sweep = _tally_range if is_cached else _sweep_range

    def run(bounds: tuple[int, int]) -> tuple[Any, Any]:
        if not hasattr(own, "scratch"):
            own.scratch = (
                np.zeros((line.n_accounts, 4), np.int64)
                if is_cached
                else np.zeros((line.n_accounts, 2), np.int32)
            )
            own.touched = np.empty(line.n_accounts, np.int32)
        found: tuple[Any, Any] = sweep(line, bounds, min_objects, own.scratch, own.touched)
        return found

    waiting: deque[tuple[int, Future[tuple[Any, Any]]]] = deque()
    with ThreadPoolExecutor(n_threads) as pool:
        for bounds in _ranges(work):
            waiting.append((int(work[bounds[1]]), pool.submit(run, bounds)))
            # Only so many results wait to be taken: memory stays where it is.
            if len(waiting) > n_threads:
                yield _taken(*waiting.popleft(), progress)
        while waiting:
            yield _taken(*waiting.popleft(), progress)


def _ranges(work: Integers) -> Iterator[tuple[int, int]]:
    start, last = 0, work.size - 1
    while start < last:
        stop = int(np.searchsorted(work, work[start] + _RANGE_WORK, side="right")) - 1
        stop = min(max(stop, start + 1), last)
        yield start, stop
        start = stop


def _taken(
    n_done: int, future: Future[tuple[Any, Any]], progress: Callable[[int], object] | None
) -> Chunk:
    ends, sums = future.result()
    if progress is not None:
        progress(n_done // 2)
    order = stable_order(ends[:, 0].astype(np.int64) << 32 | ends[:, 1])
    values = {name: sums[order, place] for place, name in enumerate(_NAMES[: sums.shape[1]])}
    return Chunk(ends[order, 0], ends[order, 1], values)
