"""Dates counted from another: "two days ago", "the following day", "last week"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undersight.extract.dates.calendar_dates import night
from undersight.extract.dates.readings import UNKNOWN, Resolved, Setting
from undersight.model.edtf import add_months, clamp_day, month_end
from undersight.model.fuzzy_date import FuzzyDate

if TYPE_CHECKING:
    from undersight.extract.dates.expressions import Relative

_LEAP_YEAR: Final = 2000


def resolve_relative(relative: Relative, setting: Setting) -> Resolved:
    """Return the readings of a date counted from another."""
    if relative.from_either:
        return _from_either(relative, setting)
    if relative.from_mention:
        return _from_mention(relative, setting)
    if setting.context is None:
        return UNKNOWN
    moved = _moved(setting.context, relative.unit, relative.amount)
    if relative.until_now:
        first = _whole(moved, relative.unit)[0]
        return Resolved((_interval(first, setting.context),), "relative")
    if relative.is_whole or relative.unit == "day":
        edtf = night(moved) if relative.is_night else _whole_edtf(moved, relative.unit)
        return Resolved((edtf,), "relative")
    return Resolved((_about(moved, relative.unit),), "relative")


def _from_either(relative: Relative, setting: Setting) -> Resolved:
    """Read "üç gün əvvəl": before what was just told, or before the day of writing."""
    from_context = resolve_relative(replace(relative, from_either=False), setting)
    if setting.last_day is None or (setting.is_told_before and relative.unit != "day"):
        return from_context
    from_story = _from_mention(replace(relative, from_mention=True), setting)
    readings = dict.fromkeys(from_story.readings + from_context.readings)
    return Resolved(tuple(readings), "relative")


def _from_mention(relative: Relative, setting: Setting) -> Resolved:
    is_day_count = relative.unit in ("day", "week")
    anchor = setting.last_day if is_day_count else setting.last_date
    if anchor is None or (relative.unit == "month" and anchor.precision == "year"):
        return UNKNOWN  # "in 2010 … one month before his arrest" counts from something else
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
