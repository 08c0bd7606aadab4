"""What groups are tested against: all rows of a look, worked out once, less those of the group.

A group must not explain itself, so that chance is learned from everybody else. Of millions of
rows everybody else is nearly all: what all rows give is kept, and what the group's own rows add
to it, on the objects that it touched, is taken off. The figures are the same whole numbers as if
the other rows had been counted alone.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undersight.engine.coded_actions import expand, window_ends
from undersight.engine.strata import (
    PairCounts,
    PairRates,
    StrataKind,
    count_pairs,
    label_strata,
    pair_rates,
)
from undersight.engine.timeline import stable_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.engine.coded_actions import CodedActions, Codes, Flags, Ints

_MOST_HOT = 32
_HOT_SHARE = 0.001  # of all position pairs, from which on an object may saturate


class Strata:
    """Rows by stratum of time, and the position pairs of each two strata; worked out when asked.

    Args:
        actions: Rows in canonical order.
        label: Stratum by row.
        n_strata: Strata there are.
        window_us: Window, µs, inclusive.
    """

    def __init__(self, actions: CodedActions, label: Codes, n_strata: int, window_us: int) -> None:
        self._actions, self._window_us = actions, window_us
        self.label, self.n_strata = label, n_strata

    @functools.cached_property
    def n_rows(self) -> Ints:
        """Rows by stratum."""
        return np.bincount(self.label, minlength=self.n_strata)

    @functools.cached_property
    def pairs(self) -> PairCounts:
        """Position pairs on one object within the window, by both strata."""
        return count_pairs(self._actions, self.label, self._window_us)

    @functools.cached_property
    def order(self) -> Codes:
        """Rows by stratum, those of one as they stand."""
        return stable_order(self.label).astype(np.int32)

    @property
    def start(self) -> Ints:
        """The place of each stratum's first row in the order."""
        starts: Ints = np.cumsum(self.n_rows) - self.n_rows
        return starts


class Background:
    """All rows of a look, and what of them serves every group.

    Args:
        actions: Rows in canonical order.
        window_us: Window of the edges, µs, inclusive.
    """

    def __init__(self, actions: CodedActions, window_us: int) -> None:
        self.actions, self.window_us = actions, window_us
        self._strata: dict[StrataKind, Strata] = {}

    def strata(self, kind: StrataKind) -> Strata:
        """Return the rows by stratum.

        Args:
            kind: As for `undersight.engine.strata.label_strata`.
        """
        if kind not in self._strata:
            label, n_strata = label_strata(self.actions, self.window_us, kind)
            self._strata[kind] = Strata(self.actions, label, n_strata, self.window_us)
        return self._strata[kind]

    @functools.cached_property
    def ends(self) -> Codes:
        """By row the position after the last one on its object within the window."""
        return window_ends(self.actions, self.window_us).astype(np.int32)

    @functools.cached_property
    def n_pairs(self) -> Ints:
        """Position pairs within the window, by object."""
        return n_pairs_by_object(self.actions, self.window_us)

    @functools.cached_property
    def _by_account(self) -> tuple[Codes, Ints]:
        """Rows by account, and where each account's begin."""
        order = stable_order(self.actions.account).astype(np.int32)
        n_rows = np.bincount(self.actions.account, minlength=self.actions.n_accounts)
        return order, np.concatenate([[0], np.cumsum(n_rows)])

    def rows_of(self, accounts: Codes) -> Ints:
        """Return the places of some accounts' rows, rising.

        Args:
            accounts: Account codes, each once.
        """
        order, start = self._by_account
        places = order[expand(start[accounts], start[accounts + 1] - start[accounts])]
        return np.sort(places).astype(np.int64)

    def without(self, rows: Ints) -> Others:
        """Return everybody but some rows.

        Args:
            rows: Their places, rising.
        """
        return Others(self, rows)


class Others:
    """Everybody but the rows of a group.

    Args:
        background: All rows.
        theirs: Places of the rows left out, rising.
    """

    def __init__(self, background: Background, theirs: Ints) -> None:
        self.background, self.theirs = background, theirs
        everything = background.actions.object
        touched = np.unique(everything[theirs])
        start = np.searchsorted(everything, touched, side="left")
        stop = np.searchsorted(everything, touched, side="right")
        self._near = expand(start, stop - start)
        is_theirs = np.zeros(self._near.size, np.bool_)
        is_theirs[np.searchsorted(self._near, theirs)] = True
        self.is_theirs_near: Flags = is_theirs

    @functools.cached_property
    def near(self) -> CodedActions:
        """All rows, theirs too, on the objects that they touched."""
        return self.background.actions.taking(self._near)

    def n_rows(self, strata: Strata) -> Ints:
        """Rows of the others by stratum."""
        return strata.n_rows - np.bincount(strata.label[self.theirs], minlength=strata.n_strata)

    def pairs(self, strata: Strata) -> PairCounts:
        """Position pairs of the others by both strata."""
        label, window_us = strata.label[self._near], self.background.window_us
        is_other = ~self.is_theirs_near
        with_them = count_pairs(self.near, label, window_us)
        without = count_pairs(self.near.taking(is_other), label[is_other], window_us)
        return _added((strata.pairs, 1), (with_them, -1), (without, 1))

    def rates(self, strata: Strata) -> PairRates:
        """Chance of two positions of the others to pair up, by both strata."""
        return pair_rates(self.pairs(strata), self.n_rows(strata), is_pooled=True)

    def hot(self, strata: Strata) -> Hot:
        """The objects on which the others' positions pair up most."""

        def n_pairs() -> Ints:
            window_us, near = self.background.window_us, self.near
            left = n_pairs_by_object(near.taking(~self.is_theirs_near), window_us)
            touched = np.unique(near.object)
            counted = self.background.n_pairs.copy()
            counted[touched] = left[touched]
            return counted

        return Hot(self.background, strata, self.n_rows(strata), n_pairs, self.theirs)

    def places(self, strata: Strata) -> Callable[[Ints], Codes]:
        """Return what gives the places of the others' rows by their rank among them.

        Args:
            strata: What they are ranked by: the others of the first stratum come first, from
                rank 0, and those of one stratum as they stand.
        """
        gap = self._taken(strata) - np.arange(self.theirs.size)

        def place_of(rank: Ints) -> Codes:
            places: Codes = strata.order[rank + np.searchsorted(gap, rank, side="right")]
            return places

        return place_of

    def _taken(self, strata: Strata) -> Ints:
        """Where their rows stand among all rows by stratum, rising."""
        label = strata.label[self.theirs]
        by_label = np.argsort(label, kind="stable")
        rows = self.theirs[by_label]
        present, first = np.unique(label[by_label], return_index=True)
        ends = itertools.pairwise([*first.tolist(), rows.size])
        starts = strata.start
        found = [np.empty(0, np.int64)]
        for stratum, (start, stop) in zip(present.tolist(), ends, strict=True):
            low = int(starts[stratum])
            here = strata.order[low : low + int(strata.n_rows[stratum])]
            found.append(low + np.searchsorted(here, rows[start:stop]))
        return np.concatenate(found)


class Hot:
    """The objects with the most position pairs, and their rates; worked out when asked for.

    Args:
        background: All rows.
        strata: Strata of them.
        n_rows: Rows that the rates are taken from, by stratum.
        n_pairs: Counts their position pairs by object.
        left_out: Places of the rows that they are taken without, rising.
    """

    def __init__(
        self,
        background: Background,
        strata: Strata,
        n_rows: Ints,
        n_pairs: Callable[[], Ints],
        left_out: Ints | None = None,
    ) -> None:
        self._background, self._strata, self._n_rows = background, strata, n_rows
        self._n_pairs, self._left_out = n_pairs, left_out
        self._objects: list[int] | None = None
        self._rates: dict[int, PairRates] = {}

    def objects(self) -> list[int]:
        """The objects, hottest first, ties by code."""
        if self._objects is None:
            n_pairs = self._n_pairs()
            hot = np.flatnonzero(n_pairs >= max(1.0, _HOT_SHARE * float(n_pairs.sum())))
            self._objects = hot[np.argsort(-n_pairs[hot], kind="stable")][:_MOST_HOT].tolist()
        return self._objects

    def rates(self, object_code: int) -> PairRates:
        """Chance of two positions to pair up on this object."""
        if object_code not in self._rates:
            actions, label = self._background.actions, self._strata.label
            start, stop = np.searchsorted(actions.object, [object_code, object_code + 1]).tolist()
            here, label = actions.between(start, stop), label[start:stop]
            if self._left_out is not None:
                first, last = np.searchsorted(self._left_out, [start, stop]).tolist()
                is_kept = np.ones(stop - start, np.bool_)
                is_kept[self._left_out[first:last] - start] = False
                here, label = here.taking(is_kept), label[is_kept]
            counts = count_pairs(here, label, self._background.window_us)
            self._rates[object_code] = pair_rates(counts, self._n_rows)
        return self._rates[object_code]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Baseline:
    """What rates of presence are taken from.

    Args:
        n_rows: Rows by stratum.
        rates: Chance of two positions to pair up, by both strata.
        hot: Objects that may saturate.
    """

    n_rows: Ints
    rates: PairRates
    hot: Hot


def baseline_of(strata: Strata, background: Background, others: Others | None) -> Baseline:
    """Take rates from all rows, or from everybody else's.

    Args:
        strata: Strata of all rows.
        background: All rows.
        others: Everybody else; None takes all.
    """
    if others is None:
        n_rows = strata.n_rows
        return Baseline(
            n_rows=n_rows,
            rates=pair_rates(strata.pairs, n_rows),
            hot=Hot(background, strata, n_rows, lambda: background.n_pairs),
        )
    return Baseline(
        n_rows=others.n_rows(strata), rates=others.rates(strata), hot=others.hot(strata)
    )


def n_pairs_by_object(actions: CodedActions, window_us: int) -> Ints:
    """Count D_o, the position pairs within the window, by object code.

    Args:
        actions: Rows in canonical order.
        window_us: Window, µs, inclusive.
    """
    n_pairs = np.zeros(actions.n_objects, np.int64)
    for start, stop in actions.parts():
        part = actions.between(start, stop)
        n_after = window_ends(part, window_us) - np.arange(1, part.n_actions + 1)
        first = np.flatnonzero(np.diff(part.object, prepend=part.object[:1] - 1))
        n_pairs[part.object[first]] = np.add.reduceat(n_after, first)
    return n_pairs


def _added(*counted: tuple[PairCounts, int]) -> PairCounts:
    """Add counts up, each with its sign; what comes to nothing is left out."""
    low = np.concatenate([one.low for one, _sign in counted])
    high = np.concatenate([one.high for one, _sign in counted])
    n_pairs = np.concatenate([sign * one.n_pairs for one, sign in counted])
    order = np.lexsort((high, low))
    low, high, n_pairs = low[order], high[order], n_pairs[order]
    is_first = (np.diff(low, prepend=-1) != 0) | (np.diff(high, prepend=-1) != 0)
    first = np.flatnonzero(is_first)
    total = np.add.reduceat(n_pairs, first) if first.size else n_pairs
    is_some = total > 0
    return PairCounts(low=low[first][is_some], high=high[first][is_some], n_pairs=total[is_some])
