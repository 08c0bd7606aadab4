"""Arithmetic over stretches of time whose ends are known only roughly.

All counts are of **calendar days touched**, first and last included: held from 4 to 9 March is
six days, held and released on one day is one. Overlapping stretches are merged: a day counts
once, however many terms ran on it.

**Fewest days.** A stretch whose start lies in ``[a, b]`` and whose end lies in ``[c, d]``
certainly covers ``[b, c]`` if ``b <= c``; otherwise it covers at least one day, somewhere in
``[max(a, c), min(b, d)]``. The union of the certain parts is therefore always covered, and each
of the others needs a day unless it can share one. The fewest extra days are found by stabbing:
go through the windows by their last day and put a day at the end of each that has none yet
(the greedy choice is optimal for intervals). **Most days** is the union of ``[a, d]``. Both are
attained as long as every day between the bounds of an end is possible; for a one-of set with
gaps the fewest may be set too low, never too high. Ends are taken as independent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Self

from undersight.errors import InvalidDateError
from undersight.model.fuzzy_date import Bounds, FuzzyDate, shifted

_FIRST = dt.date.min.toordinal()
_NEVER = dt.date.max.toordinal() + 1  # after every day

Certainty = Literal["certain", "possible", "no"]
Days = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A state that began and ended on days that may not be exactly known.

    Args:
        start: First and last possible first day; None where there is no limit.
        end: First and last possible last day; None where there is no limit.
        is_open: Whether it goes on as far as is known, and is measured to the ``as_of`` day.

    Raises:
        InvalidDateError: It ended before it can have begun.
    """

    start: Bounds
    end: Bounds
    is_open: bool = False

    def __post_init__(self) -> None:
        first, last = self.start[0], self.end[1]
        if first is not None and last is not None and last < first:
            reason = f"its end is before its start, {first.isoformat()}"
            raise InvalidDateError(last.isoformat(), reason, "end")

    @classmethod
    def between(cls, start: FuzzyDate, end: FuzzyDate | None = None) -> Self:
        """Return the stretch from one date to another; without an end it is open."""
        is_open = end is None or end.is_open_ended
        bounds = (None, None) if end is None else (end.earliest, end.latest)
        return cls(start=(start.earliest, start.latest), end=bounds, is_open=is_open)

    @classmethod
    def of_date(cls, date: FuzzyDate) -> Self:
        """Return the stretch that one date describes, by its reading.

        ``throughout`` 2024-03-04/2024-03-09 is those six days; ``at_least_once`` is some
        stretch within them.
        """
        is_throughout = date.reading == "throughout"
        return cls(
            start=date.start_bounds,
            end=date.end_bounds,
            is_open=is_throughout and date.is_open_ended,
        )


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many days.

    Args:
        fewest: Certainly at least this many.
        most: At most this many; None where nothing limits them.
    """

    fewest: int
    most: int | None

    @property
    def is_exact(self) -> bool:
        """Whether both bounds are the same."""
        return self.fewest == self.most


def days_held(stretches: Iterable[Stretch], as_of: dt.date) -> DayCount:
    """Return how many days up to and including ``as_of`` these stretches cover together.

    Args:
        stretches: In any order; they may overlap.
        as_of: The day up to which is counted; open stretches run to it.
    """
    now = as_of.toordinal()
    limits = [_limits(stretch) for stretch in stretches]
    begun = [(a, min(d, now)) for a, _, _, d in limits if a <= now]
    most = None if any(a == _FIRST for a, _ in begun) else _n_days(_merged(begun))
    sure = [limit for limit in limits if limit[1] <= now]  # the others may begin after as_of
    certain = _merged([(b, min(c, now)) for _, b, c, _ in sure if b <= c])
    windows = [(c, b) for _, b, c, _ in sure if b > c]
    return DayCount(_n_days(certain) + _n_stabs(windows, certain), most)


def overdue(release_due: FuzzyDate, as_of: dt.date) -> DayCount:
    """Return how many days past its due date a release is on ``as_of``; 0 when it is not.

    Due on the 4th, a release is one day overdue on the 5th.
    """
    earliest, latest = release_due.earliest, release_due.latest
    fewest = max(0, (as_of - latest).days) if latest else 0
    return DayCount(fewest, max(0, (as_of - earliest).days) if earliest else None)


def release_due(start: FuzzyDate, n_days: int) -> FuzzyDate | None:
    """Return the day on which a term of ``n_days`` from ``start`` ends.

    Thirty days from 12 November end on 12 December: terms are counted in periods of 24 hours
    from the moment of detention. None where the start has no year.
    """
    return shifted(start, n_days)


def was_within(date: FuzzyDate, stretches: Iterable[Stretch], as_of: dt.date) -> Certainty:
    """Return whether what happened on ``date`` happened within these stretches.

    Args:
        date: When it happened; ``certain`` needs every possible day of it to be covered.
        stretches: In any order.
        as_of: Open stretches run to this day.
    """
    now = as_of.toordinal()
    limits = [_limits(stretch) for stretch in stretches]
    first = date.earliest.toordinal() if date.earliest else _FIRST
    last = date.latest.toordinal() if date.latest else _NEVER
    certain = _merged([(b, min(c, now)) for _, b, c, _ in limits if b <= min(c, now)])
    if any(lo <= first and last <= hi for lo, hi in certain):
        return "certain"
    begun = [(a, min(d, now)) for a, _, _, d in limits if a <= now]
    is_possible = any(lo <= last and first <= hi for lo, hi in begun)
    return "possible" if is_possible else "no"


def _limits(stretch: Stretch) -> tuple[int, int, int, int]:
    """Return first and last possible start, first and last possible end, as day numbers.

    Each is narrowed to what leaves the other an order: it began before it ended.
    """
    (earliest_start, latest_start), (earliest_end, latest_end) = stretch.start, stretch.end
    a = earliest_start.toordinal() if earliest_start else _FIRST
    d = latest_end.toordinal() if latest_end else _NEVER
    b = min(latest_start.toordinal() if latest_start else _NEVER, d)
    c = max(earliest_end.toordinal() if earliest_end else _FIRST, a)
    if stretch.is_open and earliest_end is None:
        c = _NEVER
    return a, b, c, d


def _merged(days: list[Days]) -> list[Days]:
    merged: list[Days] = []
    for first, last in sorted(days):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _n_days(merged: list[Days]) -> int:
    return sum(last - first + 1 for first, last in merged)


def _n_stabs(windows: list[Days], certain: list[Days]) -> int:
    """Return how many days it takes to put one into each window not already covered in part."""
    missing = [
        (last, first)
        for first, last in windows
        if not any(lo <= last and first <= hi for lo, hi in certain)
    ]
    n_stabs, at = 0, _FIRST - 1
    for last, first in sorted(missing):
        if first > at:
            n_stabs, at = n_stabs + 1, last
    return n_stabs
