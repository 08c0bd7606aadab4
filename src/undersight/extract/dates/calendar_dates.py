"""Dates of the calendar with parts left out: which year, which month is meant."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undersight.extract.dates.readings import UNKNOWN, Resolved, Setting
from undersight.model.edtf import clamp_day, month_end

if TYPE_CHECKING:
    from undersight.extract.dates.expressions import Partial
    from undersight.model.fuzzy_date import FuzzyDate

_SOON_DAYS: Final = 31
_STORY_DAYS: Final = 150
_LATELY_DAYS: Final = 60
_HALF_YEAR_DAYS: Final = 183
_PARTS_OF_MONTH: Final = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_PARTS_OF_YEAR: Final = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_SEASON_MONTH: Final = {21: 3, 22: 6, 23: 9, 24: 12}
_LEAP_YEAR: Final = 2000


def resolve_partial(partial: Partial, setting: Setting) -> Resolved:
    """Return the readings of a calendar date."""
    if partial.readings:
        found = tuple(edtf for one in partial.readings for edtf in [written(one)] if edtf)
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
    if partial.month is not None or partial.is_of_that_year:
        return (_of_that_year if partial.is_of_that_year else _yearless)(partial, setting)
    if partial.weekday is not None:
        return _weekday(partial, setting)
    if partial.season is not None:
        return _season(partial, setting)
    return UNKNOWN


def _of_that_year(partial: Partial, setting: Setting) -> Resolved:
    """Read a day of the year spoken of before; where none was, no year is known."""
    anchor = setting.last_date
    latest = anchor.latest if anchor and anchor.precision != "yearless" else None
    if latest is None:
        return _without_year(partial) if partial.month else UNKNOWN
    return replace(_with_written_year(replace(partial, year=latest.year)), basis="relative")


def clamp_year(year: int) -> int:
    """Return a year that the calendar has."""
    return min(max(year, 1), dt.MAXYEAR)


def _with_written_year(partial: Partial) -> Resolved:
    if partial.season == 24 and partial.year is not None:
        # "Winter 2023" began in 2022 or in 2023; the words do not say.
        return Resolved((f"{partial.year - 1}-24", f"{partial.year}-24"), "stated", is_level=True)
    edtf = written(partial)
    return Resolved((edtf,) if edtf else (), "stated")


def written(partial: Partial) -> str:
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
    if partial.is_night_before:
        return night(clamp_day(exact.toordinal() - 1))
    return night(exact) if partial.is_night else exact.isoformat()


def _part_of_year(year: int, part: str) -> str:
    first, last = _PARTS_OF_YEAR[part]
    return f"{year:04}-{first:02}/{year:04}-{last:02}"


def _part_of_month(year: int, month: int, part: str) -> str:
    if not part:
        return f"{year:04}-{month:02}"
    first, last = _PARTS_OF_MONTH[part]
    end = min(last, month_end(year, month).day)
    return f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{end:02}"


def night(day: dt.date) -> str:
    """Return the night that begins on a day."""
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
        edtf = written(replace(partial, year=setting.months[month]))
        return Resolved((edtf,) if edtf else (), "relative")
    if setting.context is None:
        return _without_year(partial)
    past, coming = _nearest_years(partial, setting.context)
    if past is None:
        return UNKNOWN
    if partial.direction:
        return _last_or_next_month(partial, setting.context)
    if partial.is_this:
        edtf = written(replace(partial, year=setting.context.year))
        return Resolved((edtf,), "relative")
    return _past_or_coming(partial, (past, coming), setting)


def _past_or_coming(partial: Partial, years: tuple[int, int | None], setting: Setting) -> Resolved:
    past, coming = years
    fitting = _year_of_weekday(partial, past)
    before = written(replace(partial, year=past))
    if fitting is not None and fitting != past:
        fits = written(replace(partial, year=fitting))
        return Resolved((fits, before), "from_publication", is_level=True)
    readings, is_level = [before], False
    told_year = _told_year(partial, past, setting)
    if told_year is not None and setting.future != "strong":
        readings = [written(replace(partial, year=told_year)), before]
        return Resolved(tuple(dict.fromkeys(readings)), "from_publication")
    if coming is not None and setting.context is not None:
        after = written(replace(partial, year=coming))
        n_back = setting.context.toordinal() - _first_day(partial, past).toordinal()
        n_forth = _first_day(partial, coming).toordinal() - setting.context.toordinal()
        if setting.future and n_forth < n_back:
            readings = [after] if setting.future == "strong" else [after, before]
            is_level = setting.future == "weak" and n_forth > _SOON_DAYS
        elif n_forth < _STORY_DAYS and _is_told_later(
            n_back, _first_day(partial, coming), setting
        ):
            readings = [after, before]
        elif n_forth <= _SOON_DAYS:
            is_next = _is_soon_after(setting.last_day, _first_day(partial, coming))
            readings = [after, before] if is_next else [before, after]
    if setting.last_year is not None and not setting.future:
        told = written(replace(partial, year=setting.last_year))
        if told and told not in readings:
            readings.append(told)
    return Resolved(tuple(readings), "from_publication", is_level=is_level)


def _is_told_later(n_back: int, coming: dt.date, setting: Setting) -> bool:
    """Whether a day rather came after the entry's own and before the log was saved."""
    return n_back > _HALF_YEAR_DAYS and setting.latest is not None and coming <= setting.latest


def _told_year(partial: Partial, past: int, setting: Setting) -> int | None:
    """Return the year where a day goes on with what was told of one: "3 May 2021 … On 20 June".

    A day that was written with its year before is that day again. Months later it may as well be
    of the last weeks, which a log is most often about; a few days later ("29 July 2021 … on
    31 July") a writer who means another year says so.
    """
    if setting.context is None:
        return None
    n_back = (setting.context - _first_day(partial, past)).days
    same_day = setting.days.get((partial.month or 0, partial.day or 0))
    if same_day is not None and n_back > _LATELY_DAYS:
        return same_day
    told = setting.last_date.earliest if setting.last_date else None
    if told is None or told.year != setting.last_year:
        return None
    n_days = (_first_day(partial, told.year) - told).days
    is_soon = 0 <= n_days <= _SOON_DAYS
    goes_on = is_soon or (0 <= n_days <= _STORY_DAYS and n_back > _LATELY_DAYS)
    return told.year if goes_on and written(replace(partial, year=told.year)) else None


def _is_soon_after(told: FuzzyDate | None, day: dt.date) -> bool:
    """Whether a day follows within weeks one that the text gave with its year."""
    if told is None or told.earliest is None:
        return False
    return 0 < (day - told.earliest).days <= _SOON_DAYS


def _year_of_weekday(partial: Partial, past: int) -> int | None:
    """Return the year near ``past`` in which the day falls on the weekday that is written."""
    if partial.weekday is None or partial.day is None or partial.month is None:
        return None
    for year in (past, past + 1, *range(past - 1, past - 7, -1)):
        candidate = replace(partial, year=clamp_year(year))
        edtf = written(replace(candidate, is_night=False, is_night_before=False))
        if edtf and dt.date.fromisoformat(edtf).weekday() == partial.weekday:
            return candidate.year
    return None


def _first_day(partial: Partial, year: int) -> dt.date:
    month = partial.month or 1
    day = partial.day or (_PARTS_OF_MONTH[partial.part][0] if partial.part else 1)
    return dt.date(year, month, min(day, month_end(year, month).day))


def _nearest_years(partial: Partial, context: dt.date) -> tuple[int | None, int | None]:
    """Return the year of the last such day up to the context date, and of the next after it."""
    month, day = partial.month or 1, partial.day or 1
    if day > month_end(_LEAP_YEAR, month).day:
        return None, None
    is_past = _first_day(partial, context.year) <= context
    past = context.year if is_past else context.year - 1
    return _year_with(month, day, past, -1), _year_with(month, day, past + 1, 1)


def _year_with(month: int, day: int, year: int, step: int) -> int | None:
    """Return the first year from ``year`` on that has this day: 29 February waits for one."""
    for candidate in range(year, year + 9 * step, step):
        if dt.MINYEAR <= candidate <= dt.MAXYEAR and day <= month_end(candidate, month).day:
            return candidate
    return None


def _last_or_next_month(partial: Partial, context: dt.date) -> Resolved:
    month = partial.month or 1
    if partial.direction > 0:
        year = context.year if month > context.month else context.year + 1
        years = [year] if year == context.year + 1 else [year, context.year + 1]
    else:
        year = context.year if month < context.month else context.year - 1
        years = [year] if year == context.year - 1 else [year, context.year - 1]
    readings = [written(replace(partial, year=clamp_year(one))) for one in years]
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
    edtfs = [night(day) if partial.is_night else day.isoformat() for day in days]
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
