"""Actions and edges as the statistics see them: integers in one canonical order.

Rows are sorted by (object, time, account), so that neither the order of the input nor that of a
hash decides what a seeded permutation does or in which order floats are added up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undersight.errors import WindowTooWideError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from undersight.engine.coding import Coded

    Ints = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.signedinteger[Any]]
    Flags = npt.NDArray[np.bool_]

_MOST = 2**62
_PART_ROWS = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodedActions:
    """Who acted on what and when, sorted by (object, time, account); made by `order_actions`.

    Args:
        account: int32 account code by row, 0 to n_accounts - 1: widen it before you multiply.
        object: int32 object code by row, 0 to n_objects - 1.
        time_us: int64 µs since 1970 UTC by row; negative before.
        row: int32, the row's number in what was given.
        n_accounts: Account codes there are.
        n_objects: Object codes there are.
    """

    account: Codes
    object: Codes
    time_us: Ints
    row: Codes
    n_accounts: int
    n_objects: int

    @property
    def n_actions(self) -> int:
        """Rows."""
        return int(self.account.size)

    def taking(self, kept: Flags | Ints) -> CodedActions:
        """Return some of the rows; the codes and their numbers stay.

        Args:
            kept: bool by row, in the order of these rows (not of what was given); or the places
                of those kept, rising.
        """
        return replace(
            self,
            account=self.account[kept],
            object=self.object[kept],
            time_us=self.time_us[kept],
            row=self.row[kept],
        )

    def between(self, start: int, stop: int) -> CodedActions:
        """Return the rows from one place to another; nothing is copied.

        Args:
            start: First row.
            stop: One past the last.
        """
        return replace(
            self,
            account=self.account[start:stop],
            object=self.object[start:stop],
            time_us=self.time_us[start:stop],
            row=self.row[start:stop],
        )

    def parts(self) -> Iterator[tuple[int, int]]:
        """Cut the rows into parts of whole objects, so that work by part takes little memory.

        Yields:
            The first row of a part, and one past its last.
        """
        start = 0
        while start < self.n_actions:
            last = self.object[min(start + _PART_ROWS, self.n_actions) - 1]
            stop = int(np.searchsorted(self.object, last, side="right"))
            yield start, stop
            start = stop

    def by_accounts(self, account: Codes) -> CodedActions:
        """Return the same positions (object, time) under other account labels.

        Args:
            account: Account code by row, in the order of these rows.
        """
        return order_actions(account, self.object, self.time_us, self.n_accounts, self.n_objects)

    def of(self, accounts: Codes) -> Flags:
        """Which rows are by one of the accounts, as bool by row."""
        is_member = np.zeros(self.n_accounts, np.bool_)
        is_member[accounts] = True
        return is_member[self.account]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodedEdges:
    """Pairs of accounts and on how many distinct objects they co-acted.

    Args:
        account_a: int32 or int64 account code by edge.
        account_b: The same, never that of ``account_a``.
        n_objects: int32 or int64 by edge, distinct objects co-acted on within the window.
    """

    account_a: Codes
    account_b: Codes
    n_objects: Codes

    def between(self, part: slice) -> CodedEdges:
        """Return the edges of a part; nothing is copied."""
        return CodedEdges(
            account_a=self.account_a[part],
            account_b=self.account_b[part],
            n_objects=self.n_objects[part],
        )

    def taking(self, kept: Flags | Codes) -> CodedEdges:
        """Return some of the edges."""
        return CodedEdges(
            account_a=self.account_a[kept],
            account_b=self.account_b[kept],
            n_objects=self.n_objects[kept],
        )


def order_actions(
    account: npt.ArrayLike,
    objects: npt.ArrayLike,
    time_us: npt.ArrayLike,
    n_accounts: int | None = None,
    n_objects: int | None = None,
) -> CodedActions:
    """Put coded actions into their canonical order.

    Args:
        account: Account code by row, from 0.
        objects: Object code by row, from 0.
        time_us: Times by row, µs since 1970 UTC.
        n_accounts: Account codes there are; the largest and one where not given.
        n_objects: Object codes there are; the largest and one where not given.
    """
    accounts, object_codes = np.asarray(account), np.asarray(objects)
    times = np.asarray(time_us, np.int64)
    order = np.lexsort((accounts, times, object_codes))
    return CodedActions(
        account=accounts[order].astype(np.int32, copy=False),
        object=object_codes[order].astype(np.int32, copy=False),
        time_us=times[order],
        row=order.astype(np.int32),
        n_accounts=_n_codes(accounts) if n_accounts is None else n_accounts,
        n_objects=_n_codes(object_codes) if n_objects is None else n_objects,
    )


def in_order(coded: Coded) -> tuple[Coded, CodedActions]:
    """Put what `undersight.engine.coding` read into canonical order; objects go by their ids.

    Args:
        coded: As it was read.

    Returns:
        The same rows both ways; the arrays are shared.
    """
    names, objects = coded.object_names, coded.object
    if pa.types.is_string(names.type):  # digests are in order
        by_id = pc.sort_indices(names)
        rank = np.empty(len(names), np.int32)
        rank[by_id.to_numpy()] = np.arange(rank.size, dtype=np.int32)
        names, objects = names.take(by_id), rank[objects] if rank.size else objects
    actions = order_actions(
        coded.account,
        objects,
        coded.time_us,
        len(coded.account_names),
        len(coded.object_names),
    )
    ordered = replace(
        coded,
        account=actions.account,
        object=actions.object,
        time_us=actions.time_us,
        post=None if coded.post is None else coded.post[actions.row],
        target=None if coded.target is None else coded.target[actions.row],
        object_names=names,
    )
    return ordered, actions


def window_ends(actions: CodedActions, window_us: int) -> Ints:
    """Find for each row the position after the last row on its object within the window.

    The rows from the next one to there are those that it pairs with, each pair once. One binary
    search a row; no pair is enumerated.

    Args:
        actions: Rows in canonical order.
        window_us: Longest distance in time of a pair, µs, inclusive; 0 or more.

    Raises:
        WindowTooWideError: The sum of all gaps would not fit in 64 bits.
    """
    if not actions.n_actions:
        return np.empty(0, np.int64)
    gap = np.diff(actions.time_us, prepend=actions.time_us[:1])
    is_new = np.diff(actions.object, prepend=actions.object[:1]) != 0
    # A gap over 2**63 wraps to a negative number and is as wide as any.
    gap[is_new | (gap > window_us) | (gap < 0)] = window_us + 1
    if float(gap.sum(dtype=np.float64)) >= _MOST:
        raise WindowTooWideError(window_us)
    key = np.cumsum(gap)
    return np.searchsorted(key, key + window_us, side="right").astype(np.int64)


def expand(start: Ints, size: Ints) -> Ints:
    """List the positions of several ranges one after another.

    Args:
        start: First position by range.
        size: Positions by range, 0 or more.
    """
    total = int(size.sum())
    shift = start - (np.cumsum(size) - size)
    return np.repeat(shift, size) + np.arange(total, dtype=np.int64)


def _n_codes(codes: npt.NDArray[np.signedinteger[Any]]) -> int:
    return int(codes.max()) + 1 if codes.size else 0
