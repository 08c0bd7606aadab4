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
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from undersight.extract.dates.expressions import Expression, Partial, Range, Relative
from undersight.model.edtf import add_months, clamp_day, month_end
from undersight.model.fuzzy_date import FuzzyDate

_SOON_DAYS: Final = 31
_PARTS_OF_MONTH: Final = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_PARTS_OF_YEAR: Final = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_SEASON_MONTH: Final = {21: 3, 22: 6, 23: 9, 24: 12}
_LEAP_YEAR: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a date is read against.

    Args:
        context: Day of publication or update; None if not known.
        last_day: The last single day named before, for "the following day".
        last_date: The last date named before, for "that month".
        months: The last year in which each month was named, for "also in April".
        last_year: The year of a written full date in the same paragraph.
        future: ``strong`` or ``weak`` where words announce something to come.
        is_told_before: Whether ``last_day`` was named in an earlier paragraph.
    """

    context: dt.date | None = None
    last_day: FuzzyDate | None = None
    last_date: FuzzyDate | None = None
    months: Mapping[int, int] = field(default_factory=dict)
    last_year: int | None = None
    future: str = ""
    is_told_before: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """Readings of an expression.

    Args:
        readings: EDTF, likeliest first; empty where nothing fixes the date.
        basis: How the date is known.
        is_level: Whether the readings are equally likely, so that none is the answer.
        reading: What a range means.
    """

    readings: tuple[str, ...]
    basis: str
    is_level: bool = False
    reading: str = "at_least_once"


UNKNOWN: Final = Resolved((), "relative")


def resolve(expression: Expression, setting: Setting) -> Resolved:
    """Return the readings of an expression in its setting."""
    if isinstance(expression, Range):
        return _resolve_range(expression, setting)
    if isinstance(expression, Relative):
        return _resolve_relative(expression, setting)
    return _resolve_partial(expression, setting)


# --- calendar dates ------------------------------------------------------------------------


def _resolve_partial(partial: Partial, setting: Setting) -> Resolved:
    if partial.readings:
        found = tuple(edtf for one in partial.readings for edtf in [_written(one)] if edtf)
        return Resolved(found, "stated", is_level=len(found) > 1)
    if partial.year is not None:
        return _with_written_year(partial)
    if partial.year_offset is not None:
        if setting.context is None:
            return UNKNOWN if not partial.month else _without_year(partial)
        dated = replace(
            partial, year=clamp_year(setting.context.year + partial.year_offset), year_offset=None
        )
        return replace(_with_written_year(dated), basis="relative")
    if partial.month is not None:
        return _yearless(partial, setting)
    if partial.weekday is not None:
        return _weekday(partial, setting)
    if partial.season is not None:
        return _season(partial, setting)
    return UNKNOWN


def clamp_year(year: int) -> int:
    """Return a year that the calendar has."""
    return min(max(year, 1), dt.MAXYEAR)


def _with_written_year(partial: Partial) -> Resolved:
    if partial.season == 24 and partial.year is not None:
        # "Winter 2023" began in 2022 or in 2023; the words do not say.
        return Resolved((f"{partial.year - 1}-24", f"{partial.year}-24"), "stated", is_level=True)
    edtf = _written(partial)
    return Resolved((edtf,) if edtf else (), "stated")


def _written(partial: Partial) -> str:
    """Return the EDTF of a date whose year is known; empty if no calendar has it."""
    year, month, day = partial.year, partial.month, partial.day
    if year is None:
        return ""
    if partial.season is not None:
        return f"{year}-{partial.season}"
    if partial.is_decade:
        return f"{year // 10}X"
    if month is None:
        return _part_of_year(year, partial.part) if partial.part else f"{year:04}"
    if day is None:
        return _part_of_month(year, month, partial.part)
    if day > month_end(year, month).day:
        return ""
    exact = dt.date(year, month, day)
    return _night(exact) if partial.is_night else exact.isoformat()


def _part_of_year(year: int, part: str) -> str:
    first, last = _PARTS_OF_YEAR[part]
    return f"{year:04}-{first:02}/{year:04}-{last:02}"


def _part_of_month(year: int, month: int, part: str) -> str:
    if not part:
        return f"{year:04}-{month:02}"
    first, last = _PARTS_OF_MONTH[part]
    end = min(last, month_end(year, month).day)
    return f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{end:02}"


def _night(day: dt.date) -> str:
    return f"{day.isoformat()}/{clamp_day(day.toordinal() + 1).isoformat()}"


def _without_year(partial: Partial) -> Resolved:
    """Return day and month with the year unknown; parts of a month are lost."""
    month, day = partial.month, partial.day
    if month is None or (day is not None and day > month_end(_LEAP_YEAR, month).day):
        return UNKNOWN
    edtf = f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
    return Resolved((edtf,), "stated")


def _yearless(partial: Partial, setting: Setting) -> Resolved:
    month = partial.month or 1
    if partial.is_also and month in setting.months:
        edtf = _written(replace(partial, year=setting.months[month]))
        return Resolved((edtf,) if edtf else (), "relative")
    if setting.context is None:
        return _without_year(partial)
    past, coming = _nearest_years(partial, setting.context)
    if past is None:
        return UNKNOWN
    if partial.direction:
        return _last_or_next_month(partial, setting.context)
    if partial.is_this:
        edtf = _written(replace(partial, year=setting.context.year))
        return Resolved((edtf,), "relative")
    return _past_or_coming(partial, (past, coming), setting)


def _past_or_coming(partial: Partial, years: tuple[int, int | None], setting: Setting) -> Resolved:
    past, coming = years
    before = _written(replace(partial, year=past))
    readings, is_level = [before], False
    if coming is not None and setting.context is not None:
        after = _written(replace(partial, year=coming))
        n_back = setting.context.toordinal() - _first_day(partial, past).toordinal()
        n_forth = _first_day(partial, coming).toordinal() - setting.context.toordinal()
        if setting.future and n_forth < n_back:
            readings = [after] if setting.future == "strong" else [after, before]
            is_level = setting.future == "weak"
        elif n_forth <= _SOON_DAYS:
            readings.append(after)
    if setting.last_year is not None and not setting.future:
        told = _written(replace(partial, year=setting.last_year))
        if told and told not in readings:
            readings.append(told)
    return Resolved(tuple(readings), "from_publication", is_level=is_level)


def _first_day(partial: Partial, year: int) -> dt.date:
    month = partial.month or 1
    day = partial.day or (_PARTS_OF_MONTH[partial.part][0] if partial.part else 1)
    return dt.date(year, month, min(day, month_end(year, month).day))


def _nearest_years(partial: Partial, context: dt.date) -> tuple[int | None, int | None]:
    """Return the year of the last such day up to the context date, and of the next after it."""
    month, day = partial.month or 1, partial.day
    if day is not None and day > month_end(_LEAP_YEAR, month).day:
        return None, None
    years = [
        year
        for year in range(max(context.year - 8, 1), min(context.year + 9, dt.MAXYEAR))
        if day is None or day <= month_end(year, month).day
    ]
    past = [year for year in years if _first_day(partial, year) <= context]
    coming = [year for year in years if _first_day(partial, year) > context]
    return (past[-1] if past else None), (coming[0] if coming else None)


def _last_or_next_month(partial: Partial, context: dt.date) -> Resolved:
    month = partial.month or 1
    if partial.direction > 0:
        year = context.year if month > context.month else context.year + 1
        years = [year] if year == context.year + 1 else [year, context.year + 1]
    else:
        year = context.year if month < context.month else context.year - 1
        years = [year] if year == context.year - 1 else [year, context.year - 1]
    readings = [_written(replace(partial, year=clamp_year(one))) for one in years]
    return Resolved(tuple(filter(None, readings)), "relative")


def _weekday(partial: Partial, setting: Setting) -> Resolved:
    if setting.context is None:
        return UNKNOWN
    today = setting.context
    if partial.direction > 0 or (setting.future and not partial.direction):
        n_days = (partial.weekday or 0) - today.weekday()
        days = [clamp_day(today.toordinal() + (n_days - 1) % 7 + 1)]
    else:
        n_back = (today.weekday() - (partial.weekday or 0)) % 7
        if n_back == 0 and partial.direction < 0:
            n_back = 7
        days = [clamp_day(today.toordinal() - n_back)]
        if n_back == 0:
            days.append(clamp_day(today.toordinal() - 7))
        elif partial.direction < 0 and n_back < today.weekday() + 1:
            # Said late in a week, "last Tuesday" may be this week's or the week's before.
            days.append(clamp_day(today.toordinal() - n_back - 7))
    edtfs = [_night(day) if partial.is_night else day.isoformat() for day in days]
    return Resolved(tuple(edtfs), "relative")


def _season(partial: Partial, setting: Setting) -> Resolved:
    if setting.context is None:
        return UNKNOWN
    season = partial.season or 21
    today = setting.context
    month = _SEASON_MONTH[season]
    started = today.year if dt.date(today.year, month, 1) <= today else today.year - 1
    if partial.direction > 0:
        return Resolved((f"{started + 1}-{season}",), "relative")
    if partial.is_this:
        is_now = season == 24 and today.month < 3
        return Resolved((f"{today.year - 1 if is_now else today.year}-{season}",), "relative")
    ends = month_end(started + (season == 24), (month + 1) % 12 + 1)
    if partial.direction < 0 and today <= ends:
        return Resolved((f"{started - 1}-{season}",), "relative")
    readings = [f"{started}-{season}"]
    if partial.direction < 0 and started == today.year:
        readings.append(f"{started - 1}-{season}")
    return Resolved(tuple(readings), "relative")


# --- relative dates ------------------------------------------------------------------------


def _resolve_relative(relative: Relative, setting: Setting) -> Resolved:
    if relative.from_mention:
        return _from_mention(relative, setting)
    if setting.context is None:
        return UNKNOWN
    moved = _moved(setting.context, relative.unit, relative.amount)
    if relative.until_now:
        first = _whole(moved, relative.unit)[0]
        return Resolved((_interval(first, setting.context),), "relative")
    if relative.is_whole or relative.unit == "day":
        edtf = _night(moved) if relative.is_night else _whole_edtf(moved, relative.unit)
        return Resolved((edtf,), "relative")
    return Resolved((_about(moved, relative.unit),), "relative")


def _from_mention(relative: Relative, setting: Setting) -> Resolved:
    is_day_count = relative.unit in ("day", "week")
    anchor = setting.last_day if is_day_count else setting.last_date
    if anchor is None:
        return UNKNOWN
    if anchor.precision == "yearless":
        return _from_yearless(anchor, relative)
    first, last = _nominal(anchor)
    if first is None or last is None:
        return UNKNOWN
    lo, hi = (_moved(day, relative.unit, relative.amount) for day in (first, last))
    is_rounded = relative.unit != "day" and relative.amount != 0 and not relative.is_whole
    if is_rounded and _whole(lo, relative.unit) == _whole(hi, relative.unit):
        middle = lo if lo == hi or not is_day_count else hi
        return Resolved((_about(middle, relative.unit),), "relative")
    if relative.unit != "day":
        lo, hi = _whole(lo, relative.unit)[0], _whole(hi, relative.unit)[1]
    if (lo, hi) == _whole(lo, relative.unit):
        return Resolved((_whole_edtf(lo, relative.unit),), "relative")
    return Resolved((_interval(lo, hi),), "relative")


def _nominal(anchor: FuzzyDate) -> tuple[dt.date | None, dt.date | None]:
    """Return the bounds of a date without what "about" adds to them."""
    if anchor.is_approximate and len(anchor.value.points) == 1:
        anchor = FuzzyDate(anchor.edtf.rstrip("~%"))
    return anchor.earliest, anchor.latest


def _from_yearless(anchor: FuzzyDate, relative: Relative) -> Resolved:
    """Count days from a day whose year is unknown; 28 February may be followed by two days."""
    parts = anchor.edtf.split("-")
    if len(parts) != 3 or relative.unit != "day":
        return UNKNOWN
    month, day = int(parts[1]), int(parts[2][:2])
    moved = {
        dt.date(year, month, day) + dt.timedelta(days=relative.amount)
        for year in (_LEAP_YEAR, _LEAP_YEAR + 5)
        if day <= month_end(year, month).day
    }
    found = sorted({f"XXXX-{one.month:02}-{one.day:02}" for one in moved})
    return Resolved(tuple(found), "relative", is_level=len(found) > 1)


def _moved(day: dt.date, unit: str, amount: int) -> dt.date:
    amount = max(min(amount, 10_000), -10_000)
    if unit == "month":
        return add_months(day, amount)
    if unit == "year":
        return add_months(day, 12 * amount)
    return clamp_day(day.toordinal() + amount * (7 if unit == "week" else 1))


def _whole(day: dt.date, unit: str) -> tuple[dt.date, dt.date]:
    if unit == "week":
        monday = clamp_day(day.toordinal() - day.weekday())
        return monday, clamp_day(monday.toordinal() + 6)
    if unit == "month":
        return day.replace(day=1), month_end(day.year, day.month)
    if unit == "year":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    return day, day


def _whole_edtf(day: dt.date, unit: str) -> str:
    if unit == "month":
        return f"{day.year:04}-{day.month:02}"
    if unit == "year":
        return f"{day.year:04}"
    return _interval(*_whole(day, unit))


def _about(day: dt.date, unit: str) -> str:
    return (day.isoformat() if unit == "week" else _whole_edtf(day, unit)) + "~"


def _interval(first: dt.date, last: dt.date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


# --- ranges --------------------------------------------------------------------------------


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
        edtf = _written(replace(end, year=year))
        latest = FuzzyDate(edtf).latest if edtf else None
        if latest is not None and latest >= first:
            return replace(otherwise, readings=(edtf,))
    return otherwise


def _last_before(start: Partial, end: Partial) -> Resolved:
    edtf = _written(replace(start, year=end.year))
    return Resolved((edtf,) if edtf else (), "stated")
