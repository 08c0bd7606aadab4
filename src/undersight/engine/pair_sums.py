"""Sums over what two accounts have in common, for many pairs at once.

Each account has a sparse row of counts over columns (hours, blocks, objects). For each pair the
longer row is laid out in a dense scratch row and the shorter one is looked up in it: the work is
the sum of the shorter lengths, and the scratch stays in the cache. Where there are millions of
columns, and pairs of as many accounts, the shorter row is sought in the longer one by halving.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undersight.engine.coded_actions import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from undersight.engine.coded_actions import Codes, Ints
    from undersight.engine.strata import PairRates

    Floats = npt.NDArray[np.float64]
    Term = Callable[[Codes, Floats, Floats], tuple[Floats, ...]]

_MOST_CELLS = 1 << 21  # of the scratch: 16 MB
_MOST_LOOKUPS = 1 << 20  # of one turn
_LOOKUPS_A_TURN = 1500  # sought by halving in the time that a turn of the scratch takes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profiles:
    """Actions of each account by column, sparse: row a stands at ``start[a]`` to ``start[a+1]``.

    Args:
        start: int64, shape (n_accounts + 1,).
        column: int32 by entry, rising within a row.
        value: int32 by entry.
        n_columns: Columns there are.
    """

    start: Ints
    column: Codes
    value: Codes
    n_columns: int

    @property
    def n_entries(self) -> Ints:
        """Entries by account."""
        return np.diff(self.start)


def count_profiles(account: Codes, column: Codes, n_accounts: int, n_columns: int) -> Profiles:
    """Count each account's rows by column.

    Args:
        account: Account code by row.
        column: Column by row.
        n_accounts: Account codes there are.
        n_columns: Columns there are.
    """
    key = account.astype(np.int64)
    key *= n_columns
    key += column
    key.sort()
    first = np.flatnonzero(np.diff(key, prepend=key[:1] - 1))
    value = np.diff(first, append=key.size).astype(np.int32)
    key = key[first]
    start = np.searchsorted(key, np.arange(n_accounts + 1, dtype=np.int64) * n_columns)
    key %= max(n_columns, 1)
    return Profiles(
        start=start.astype(np.int64),
        column=key.astype(np.int32),
        value=value,
        n_columns=n_columns,
    )


def restrict(profiles: Profiles, is_kept: npt.NDArray[np.bool_]) -> Profiles:
    """Return the profiles over some of the columns; the others become empty.

    Args:
        profiles: Sparse rows.
        is_kept: bool by column.
    """
    kept = is_kept[profiles.column]
    before = np.concatenate([[0], np.cumsum(kept)])
    return Profiles(
        start=before[profiles.start],
        column=profiles.column[kept],
        value=profiles.value[kept],
        n_columns=profiles.n_columns,
    )


def shared_sums(profiles: Profiles, a: Codes, b: Codes, term: Term, n_sums: int) -> list[Floats]:
    """Add up terms over the columns that the two accounts of each pair share.

    Args:
        profiles: Sparse rows by account.
        a: Account by pair.
        b: The other account by pair.
        term: Takes column, value of one side and of the other (0 where it has none) and returns
            ``n_sums`` arrays of the same length.
        n_sums: Arrays that ``term`` returns.
    """
    n_entries = profiles.n_entries
    short, long = _by_length(n_entries, a, b)
    n_rows = max(1, _MOST_CELLS // max(profiles.n_columns, 1))
    n_turns = np.count_nonzero(np.bincount(long, minlength=1)) / n_rows
    if n_turns * _LOOKUPS_A_TURN > int(n_entries[short].sum()):
        return _sought_sums(profiles, short, long, (term, n_sums))
    return _sums(profiles, (a, b), profiles, None, (term, n_sums))


def expected_pairs(profiles: Profiles, a: Codes, b: Codes, rates: PairRates) -> Floats:
    """Compute n_a' R n_b for each pair: the mean number of pairs that chance would give.

    Args:
        profiles: Actions of each account by stratum.
        a: Account by pair.
        b: The other account by pair.
        rates: Chance of two positions to pair up, by their strata.
    """

    def term(_column: Codes, value: Floats, spread: Floats) -> tuple[Floats, ...]:
        return (value * spread,)

    has_rate = np.diff(rates.start) > 0
    return _sums(restrict(profiles, has_rate), (a, b), profiles, rates, (term, 1))[0]


def _sums(
    short: Profiles,
    pairs: tuple[Codes, Codes],
    long: Profiles,
    rates: PairRates | None,
    terms: tuple[Term, int],
) -> list[Floats]:
    a, b = pairs
    term, n_sums = terms
    n_short = short.n_entries
    looked_up, laid_out = _by_length(n_short, a, b)
    sums = [np.zeros(a.size) for _ in range(n_sums)]
    kept = np.flatnonzero(n_short[looked_up])
    order = kept[np.argsort(laid_out[kept], kind="stable")]
    # No more lines than are laid out: a few pairs need no megabytes of noughts.
    n_lines = int(np.unique(laid_out[kept]).size)
    n_rows = max(1, min(n_lines, _MOST_CELLS // max(long.n_columns, 1)))
    scratch = np.zeros(n_rows * long.n_columns)
    for turn, accounts, line in _turns(order, laid_out, n_short[looked_up], n_rows):
        cells = _lay_out(scratch, long, rates, accounts)
        one = looked_up[turn]
        size = n_short[one]
        entry = expand(short.start[one], size)
        column = short.column[entry]
        there = scratch[np.repeat(line * long.n_columns, size) + column]
        scratch[cells] = 0.0
        first = np.cumsum(size) - size
        for total, part in zip(
            sums, term(column, short.value[entry].astype(np.float64), there), strict=True
        ):
            total[turn] = np.add.reduceat(part, first)
    return sums


def _by_length(n_entries: Ints, a: Codes, b: Codes) -> tuple[Codes, Codes]:
    """By pair the account with the shorter row, and the other one."""
    is_a_short = n_entries[a] <= n_entries[b]
    return np.where(is_a_short, a, b), np.where(is_a_short, b, a)


def _sought_sums(
    profiles: Profiles, short: Codes, long: Codes, terms: tuple[Term, int]
) -> list[Floats]:
    """The same sums of the same terms in the same order, without a scratch."""
    term, n_sums = terms
    size = profiles.n_entries[short]
    sums = [np.zeros(short.size) for _ in range(n_sums)]
    kept = np.flatnonzero(size)
    lookups = np.cumsum(size[kept])
    start = 0
    while start < kept.size:
        done = int(lookups[start - 1]) if start else 0
        stop = int(np.searchsorted(lookups, done + _MOST_LOOKUPS, side="right"))
        turn = kept[start : max(start + 1, stop)]
        start += turn.size
        entry = expand(profiles.start[short[turn]], size[turn])
        column = profiles.column[entry]
        there = _values_at(profiles, np.repeat(long[turn], size[turn]), column)
        first = np.cumsum(size[turn]) - size[turn]
        for total, part in zip(
            sums, term(column, profiles.value[entry].astype(np.float64), there), strict=True
        ):
            total[turn] = np.add.reduceat(part, first)
    return sums


def _values_at(profiles: Profiles, account: Codes, column: Codes) -> Floats:
    """Values by account and column, 0 where there is none; each found by halving the row."""
    low, stop = profiles.start[account], profiles.start[account + 1]
    high, last = stop.copy(), profiles.column.size - 1
    for _ in range(int((stop - low).max(initial=0)).bit_length()):
        middle = (low + high) >> 1
        is_before = (middle < high) & (profiles.column[np.minimum(middle, last)] < column)
        low, high = np.where(is_before, middle + 1, low), np.where(is_before, high, middle)
    at = np.minimum(low, last)
    is_there = (low < stop) & (profiles.column[at] == column)
    return np.where(is_there, profiles.value[at], 0).astype(np.float64)


def _turns(
    order: Ints, laid_out: Ints, n_lookups: Ints, n_rows: int
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Cut the pairs into turns; yield the pairs, the accounts laid out and each pair's line."""
    lookups = np.cumsum(n_lookups[order])
    account = laid_out[order]
    rank = np.cumsum(np.diff(account, prepend=account[:1]) != 0)
    start = 0
    while start < order.size:
        done = int(lookups[start - 1]) if start else 0
        by_work = int(np.searchsorted(lookups, done + _MOST_LOOKUPS, side="right"))
        by_rows = int(np.searchsorted(rank, rank[start] + n_rows, side="left"))
        stop = max(start + 1, min(by_work, by_rows))
        accounts, line = np.unique(account[start:stop], return_inverse=True)
        yield order[start:stop], accounts, line
        start = stop


def _lay_out(scratch: Floats, long: Profiles, rates: PairRates | None, accounts: Ints) -> Ints:
    """Write the rows of some accounts into the scratch; return the cells that were written."""
    size = np.diff(long.start)[accounts]
    entry = expand(long.start[accounts], size)
    line = np.repeat(np.arange(accounts.size, dtype=np.int64) * long.n_columns, size)
    column, value = long.column[entry], long.value[entry].astype(np.float64)
    if rates is not None:
        n_others = np.diff(rates.start)[column]
        at = expand(rates.start[column], n_others)
        line, value = np.repeat(line, n_others), np.repeat(value, n_others) * rates.rate[at]
        column = rates.stratum[at]
    cells = line + column
    if rates is None:
        scratch[cells] = value
    else:
        np.add.at(scratch, cells, value)
    return cells
