"""The pairs of actions behind some edges, nearest in time first, so many of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undersight.engine.coding import Coded, code_actions
from undersight.engine.sweep import blocks, details_of, expand
from undersight.engine.timeline import build_timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from undersight.engine.sweep import Details
    from undersight.engine.timeline import Timeline

    Integers = npt.NDArray[np.int64]

EVIDENCE_SCHEMA = pa.schema(
    [
        ("account_a", pa.string()),
        ("account_b", pa.string()),
        ("object", pa.string()),
        ("post_a", pa.string()),
        ("post_b", pa.string()),
        ("time_a_us", pa.int64()),
        ("time_b_us", pa.int64()),
    ]
)


def find_evidence(
    actions: Any,
    account_pairs: Iterable[tuple[str, str]],
    window_us: int,
    most_per_edge: int = 20,
) -> pa.Table:
    """Return the pairs of actions that made some edges.

    Args:
        actions: As for ``coaction.find_edges``.
        account_pairs: The edges, either account first.
        window_us: The window by which they were found, µs.
        most_per_edge: So many pairs of each edge at most: the nearest in time, then by object,
            times and posts.

    Returns:
        ``EVIDENCE_SCHEMA``, sorted by accounts, then nearest in time first; ``post_a`` and
        ``post_b`` are null where the actions name no post.
    """
    coded = code_actions(actions)
    wanted = _pair_codes(coded, account_pairs)
    if not wanted.size:
        return EVIDENCE_SCHEMA.empty_table()
    timeline = build_timeline(coded, window_us)
    details = details_of(coded, timeline)
    involved = np.union1d(wanted >> 32, wanted & 0xFFFFFFFF)
    kept = np.isin(timeline.account, involved)
    timeline, details = timeline.taking(kept), details.taking(kept)
    order = timeline.order
    of_object = _ranks(coded.object, coded.object_names)[order]
    of_post = order if coded.post is None else _ranks(coded.post, coded.post_names)[order]
    parts = [
        _nearest(timeline, (of_object, of_post), pairs, most_per_edge)
        for pairs in _matches(timeline, details, wanted, window_us)
    ]
    left, right = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    return _to_table(coded, order[left], order[right])


def _pair_codes(coded: Coded, account_pairs: Iterable[tuple[str, str]]) -> Integers:
    """Return the pairs of known accounts as ``a << 32 | b``, sorted."""
    given = [(min(pair), max(pair)) for pair in account_pairs]
    names = coded.account_names.to_pylist()
    code = {name: index for index, name in enumerate(names)}
    found = {code[a] << 32 | code[b] for a, b in given if a in code and b in code}
    return np.array(sorted(found), np.int64)


def _ranks(codes: npt.NDArray[np.int32], names: pa.Array) -> Integers:
    """Return each row's place by code point of its id, -1 for none: codes follow the rows."""
    order = pc.sort_indices(names).to_numpy()
    ranks = np.full(order.size + 1, -1, np.int64)
    ranks[order] = np.arange(order.size)
    return ranks[codes]


def _matches(
    timeline: Timeline, details: Details, wanted: Integers, window_us: int
) -> Iterator[tuple[Integers, Integers]]:
    """Yield the rows of the wanted pairs, accounts in order, a block at a time."""
    first, end = timeline.reach(window_us)
    by_account = np.argsort(timeline.account, kind="stable")
    work = np.cumsum((end - first)[by_account], dtype=np.int64)
    for start, stop in blocks(timeline.account[by_account], work):
        rows = by_account[start:stop]
        left, right = expand(rows, first[rows], end[rows])
        pair = timeline.account[left].astype(np.int64) << 32 | timeline.account[right]
        place = np.minimum(np.searchsorted(wanted, pair), wanted.size - 1)
        is_kept = (wanted[place] == pair) & (details.post[left] != details.post[right])
        is_kept &= timeline.account[left] != timeline.account[right]
        yield left[is_kept], right[is_kept]


def _nearest(
    timeline: Timeline,
    ties: tuple[Integers, Integers],
    pairs: tuple[Integers, Integers],
    most: int,
) -> tuple[Integers, Integers]:
    """Return the nearest pairs of each edge; ``ties`` are the ranks of object and post by row."""
    left, right = pairs
    of_object, of_post = ties
    key = timeline.key
    pair = timeline.account[left].astype(np.int64) << 32 | timeline.account[right]
    order = np.lexsort(
        (of_post[right], of_post[left], key[right], key[left], of_object[left],
         np.abs(key[left] - key[right]), pair)
    )  # fmt: skip
    left, right, pair = left[order], right[order], pair[order]
    starts = np.flatnonzero(np.diff(pair, prepend=-1))
    place = np.arange(pair.size) - np.repeat(starts, np.diff(starts, append=pair.size))
    return left[place < most], right[place < most]


def _to_table(coded: Coded, rows_a: Integers, rows_b: Integers) -> pa.Table:
    """Return pairs of coded rows with the ids that they stand for."""

    def posts(rows: Integers) -> pa.Array:
        if coded.post is None:
            return pa.nulls(rows.size, pa.string())
        codes = coded.post[rows]
        return coded.post_names.take(pa.array(codes, mask=codes < 0))

    def named(names: pa.Array, codes: npt.NDArray[np.int32]) -> pa.Array:
        return names.take(pa.array(codes))

    return pa.table(
        [
            named(coded.account_names, coded.account[rows_a]),
            named(coded.account_names, coded.account[rows_b]),
            named(coded.object_names, coded.object[rows_a]),
            posts(rows_a),
            posts(rows_b),
            pa.array(coded.time_us[rows_a]),
            pa.array(coded.time_us[rows_b]),
        ],
        schema=EVIDENCE_SCHEMA,
    )
