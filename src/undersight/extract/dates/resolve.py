"""Which day an expression means, given the day of publication and what was said before.

Rules, in the order of trust:

- A written year stands. Without one, the nearest day **not after** the context date is meant
  (newspapers leave out the year of publication). Where the words announce something to come and
  the next such day is nearer than the last, both are readings; after "will" only the next is.
- "Two days ago" counts from the context date; "two days later", "that day" from the last day
  named in the paragraph. Days are counted exactly; weeks, months and years of "ago" and "later"
  are rounded words, so the result is marked ``~``.
- Without a context date a yearless day is ``XXXX-12-01`` and "yesterday" is no date at all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from undersight.extract.dates.calendar_dates import clamp_year, resolve_partial, written
from undersight.extract.dates.expressions import Expression, Partial, Range, Relative
from undersight.extract.dates.readings import UNKNOWN, Resolved, Setting
from undersight.extract.dates.relative_dates import resolve_relative
from undersight.model.fuzzy_date import FuzzyDate


def resolve(expression: Expression, setting: Setting) -> Resolved:
    """Return the readings of an expression in its setting."""
    if isinstance(expression, Range):
        return _resolve_range(expression, setting)
    if isinstance(expression, Relative):
        resolved = resolve_relative(expression, setting)
    else:
        resolved = resolve_partial(expression, setting)
    return replace(resolved, reading="throughout") if expression.is_throughout else resolved


def _resolve_range(span: Range, setting: Setting) -> Resolved:
    if span.start is None or span.end is None:
        return _half_open(span, setting)
    start, end = _completed(span.start, span.end)
    before = resolve(start, setting)
    after = resolve(end, setting)
    if isinstance(end, Partial) and end.year is None and end.month and before.readings:
        after = _next_after(end, before.readings[0], after)
    if isinstance(start, Partial) and start.year is None and isinstance(end, Partial) and end.year:
        before = _last_before(start, end)
    if not before.readings or not after.readings:
        return UNKNOWN
    edtf = _joined(before.readings[0], after.readings[0])
    basis = max(before.basis, after.basis, key=["stated", "from_publication", "relative"].index)
    return Resolved((edtf,) if edtf else (), basis, reading=span.reading)


def _half_open(span: Range, setting: Setting) -> Resolved:
    given = span.start or span.end
    if given is None:
        return UNKNOWN
    resolved = resolve(given, setting)
    ends = [_end_of(edtf, is_start=span.start is not None) for edtf in resolved.readings]
    readings = [f"{end}/.." if span.start is not None else f"../{end}" for end in ends if end]
    return replace(resolved, readings=tuple(readings), reading=span.reading)


def _end_of(edtf: str, *, is_start: bool) -> str:
    """Return the end of a date that an open interval keeps."""
    if edtf.startswith("XXXX"):
        return ""
    if "/" not in edtf:
        return edtf
    return edtf.split("/")[0 if is_start else 1].strip(".")


def _joined(start: str, end: str) -> str:
    """Return the interval; empty where an end has no year, or comes before the start."""
    first, last = _end_of(start, is_start=True), _end_of(end, is_start=False)
    if not first or not last:
        return ""
    is_ordered = (FuzzyDate(first).earliest or dt.date.min) <= (
        FuzzyDate(last).latest or dt.date.max
    )
    return FuzzyDate(f"{first}/{last}").edtf if is_ordered else ""


def _completed(start: Expression, end: Expression) -> tuple[Expression, Expression]:
    """Give each end what only the other says: "from 4 to 9 March 2023"."""
    if not isinstance(start, Partial) or not isinstance(end, Partial):
        return start, end
    has_year = end.year is not None or end.year_offset is not None
    if start.month is None and start.year is None and start.day is not None:
        start = replace(start, month=end.month)
    if end.month is None and end.year is None and end.day is not None:
        end = replace(end, month=start.month)
    if has_year and start.year is None and start.year_offset is None:
        start = replace(start, year=end.year, year_offset=end.year_offset)
        if _is_after(start, end):  # from 25 December to 9 January 2023
            start = _year_later(start, -1)
    elif not has_year and (start.year is not None or start.year_offset is not None):
        end = replace(end, year=start.year, year_offset=start.year_offset)
        if _is_after(start, end):
            end = _year_later(end, 1)
    return start, end


def _is_after(start: Partial, end: Partial) -> bool:
    same = (start.year, start.year_offset) == (end.year, end.year_offset)
    return same and (start.month or 0, start.day or 0) > (end.month or 13, end.day or 32)


def _year_later(partial: Partial, n_years: int) -> Partial:
    if partial.year is not None:
        return replace(partial, year=clamp_year(partial.year + n_years))
    return replace(partial, year_offset=(partial.year_offset or 0) + n_years)


def _next_after(end: Partial, start: str, otherwise: Resolved) -> Resolved:
    """Return the first such end that is not before the start."""
    first = FuzzyDate(_end_of(start, is_start=True) or start).earliest
    if first is None:
        return otherwise
    for year in range(first.year, min(first.year + 9, dt.MAXYEAR)):
        edtf = written(replace(end, year=year))
        latest = FuzzyDate(edtf).latest if edtf else None
        if latest is not None and latest >= first:
            return replace(otherwise, readings=(edtf,))
    return otherwise


def _last_before(start: Partial, end: Partial) -> Resolved:
    edtf = written(replace(start, year=end.year))
    return Resolved((edtf,) if edtf else (), "stated")
