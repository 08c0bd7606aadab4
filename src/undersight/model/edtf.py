"""A strict reader for the part of the Extended Date/Time Format that the casebook stores.

Source: ISO 8601-2:2019 as published by the Library of Congress (EDTF levels 0 and 1), with two
forms of level 2: ``XXXX-12-01`` (day and month known, year not) and ``[a,b]`` (one of these).

Accepted::

    2024-03-05   2024-03   2024   202X   20XX        day, month, year, decade, century
    2024-03-XX   2024-XX   2024-XX-XX                some day of the month, some month of the year
    2024-21 … 2024-24                                spring, summer, autumn, winter
    2024-03-05T14:30   (+ :05, Z, +04:00)            the time of day is kept, never compared
    any of these with ~ (about), ? (doubtful) or % (both)
    a/b   ../b   a/..   /b   a/                      interval, open end, unknown end
    [a,b,…]                                          one of these

**How wide "about" is.** EDTF leaves it open. Here ``~`` and ``%`` widen both ends: a day by
three days (with the day itself a week: a rounded day such as "two weeks ago" is right to the
week), a month or season by one month, a year by one year, a decade by two years, a century by
twenty. The bounds are there so that "certainly" is never said too early, so they err outwards.
``?`` doubts the source, not the width, and widens nothing.

**Seasons** are those of the northern hemisphere by whole months; winter 2024 begins in December
2024 and ends in February 2025.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import Final, Literal, NoReturn

from undersight.errors import InvalidDateError

Precision = Literal[
    "time", "day", "month", "season", "year", "decade", "century", "interval", "one_of", "yearless"
]

WIDEN_DAYS: Final = 3
WIDEN_MONTHS: Final = 1
_WIDEN_YEARS: Final = {"year": 1, "decade": 2, "century": 20}

_POINT = re.compile(
    r"(?P<year>[0-9X]{4})"
    r"(?:-(?P<month>[0-9X]{1,2})(?:-(?P<day>[0-9X]{1,2})(?:T(?P<time>[0-9:Z+-]{1,16}))?)?)?"
    r"(?P<mark>[~?%]{0,2})"
)
_TIME = re.compile(
    r"(?P<hour>[0-9]{2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)?"
    r"(?:Z|[+-](?P<zone_hour>[0-9]{2}):(?P<zone_minute>[0-9]{2}))?"
)
_YEAR = re.compile(r"[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX")
_SEASON_FIRST_MONTH: Final = {21: 3, 22: 6, 23: 9, 24: 12}
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Not calendar.month_name: that follows the machine's locale.
_MONTHS: Final = (
    "January February March April May June July August September October November December"
)
_LONGEST_SHOWN: Final = 60
_MAX_ALTERNATIVES: Final = 24


@dataclass(frozen=True, slots=True)
class Point:
    """One end of an interval, or a whole value: what is written between the separators.

    Args:
        edtf: The canonical text.
        earliest: First possible day; None where the year is unknown.
        latest: Last possible day; None where the year is unknown.
        precision: The finest unit that is known.
        mark: ``~``, ``?``, ``%`` or empty.
    """

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    mark: str = ""


@dataclass(frozen=True, slots=True)
class EdtfValue:
    """A date as read.

    Args:
        edtf: The canonical text.
        precision: ``interval`` and ``one_of`` for the compound forms.
        points: The dated parts: one, two (an interval; ends left out are absent) or more (one of).
        start: How an interval begins: a point, ``".."`` (open) or ``""`` (unknown).
        end: How an interval ends, likewise.
    """

    edtf: str
    precision: Precision
    points: tuple[Point, ...]
    start: Point | str
    end: Point | str

    @property
    def earliest(self) -> dt.date | None:
        """First possible day; None when open or unknown."""
        if self.precision == "interval":
            return self.start.earliest if isinstance(self.start, Point) else None
        days = [point.earliest for point in self.points]
        known = [day for day in days if day is not None]
        return min(known) if len(known) == len(days) else None

    @property
    def latest(self) -> dt.date | None:
        """Last possible day; None when open or unknown."""
        if self.precision == "interval":
            return self.end.latest if isinstance(self.end, Point) else None
        days = [point.latest for point in self.points]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None


def read_edtf(text: str, field: str = "") -> EdtfValue:
    """Read one date.

    Args:
        text: EDTF of the accepted forms; spaces around it and lower-case ``x`` are forgiven.
        field: The name of the field it stands in, for the error.

    Raises:
        InvalidDateError: Not of an accepted form, or on no calendar.
    """
    try:
        return _read(text.strip().replace("x", "X"))
    except _NotADateError as problem:
        shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
        raise InvalidDateError(shown, problem.reason, field) from None


def clamp_day(ordinal: int) -> dt.date:
    """Return the day with this ordinal, kept within the years 1 to 9999."""
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))


def add_months(day: dt.date, n_months: int) -> dt.date:
    """Return the same day ``n_months`` later, or the last day of a month too short for it."""
    index = min(max(day.year * 12 + day.month - 1 + n_months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, days_in_month(year, month))


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month has."""
    return 29 if month == 2 and calendar.isleap(year) else _DAYS[month - 1]


class _NotADateError(Exception):
    """Why a text is not a date; becomes an InvalidDateError with the whole text in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _refuse(reason: str) -> NoReturn:
    raise _NotADateError(reason)


@functools.lru_cache(maxsize=4096)
def _read(text: str) -> EdtfValue:
    if not text:
        _refuse("it is empty")
    if text.startswith("["):
        return _read_one_of(text)
    if "/" in text:
        return _read_interval(text)
    point = _read_point(text)
    return EdtfValue(point.edtf, point.precision, (point,), point, point)


def _read_one_of(text: str) -> EdtfValue:
    if not text.endswith("]"):
        _refuse("the bracket is not closed")
    parts = [part.strip() for part in text[1:-1].split(",")]
    if len(parts) > _MAX_ALTERNATIVES:
        _refuse(f"it lists more than {_MAX_ALTERNATIVES} dates")
    points = {point.edtf: point for point in map(_read_point, parts)}
    ordered = sorted(points.values(), key=_point_order)
    if len(ordered) == 1:
        return EdtfValue(ordered[0].edtf, ordered[0].precision, (ordered[0],), *ordered * 2)
    edtf = "[" + ",".join(point.edtf for point in ordered) + "]"
    return EdtfValue(edtf, "one_of", tuple(ordered), "", "")


def _point_order(point: Point) -> tuple[dt.date, dt.date, str]:
    return point.earliest or dt.date.max, point.latest or dt.date.max, point.edtf


def _read_interval(text: str) -> EdtfValue:
    parts = text.split("/")
    if len(parts) != 2:
        _refuse("an interval has one slash between two dates")
    start, end = (part if part in ("", "..") else _read_point(part) for part in parts)
    points = tuple(point for point in (start, end) if isinstance(point, Point))
    if not points:
        _refuse("neither end is given")
    if any(point.precision == "yearless" for point in points):
        _refuse("an interval needs the years of its ends")
    if isinstance(start, Point) and isinstance(end, Point):
        _check_order(start, end)
        if start == end and start.precision in ("day", "time"):
            return EdtfValue(start.edtf, start.precision, (start,), start, start)
    edtf = "/".join(part.edtf if isinstance(part, Point) else part for part in (start, end))
    return EdtfValue(edtf, "interval", points, start, end)


def _check_order(start: Point, end: Point) -> None:
    if (start.earliest or dt.date.min) > (end.latest or dt.date.max):
        _refuse(f"its end, {end.edtf}, is before its start, {start.edtf}")
    # Times are compared only where no zone can turn them round.
    is_plain = all(len(point.edtf) == len("2024-03-05T14:30") for point in (start, end))
    if is_plain and start.edtf > end.edtf:
        _refuse(f"its end, {end.edtf}, is before its start, {start.edtf}")


def _read_point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        _refuse(_why_no_form(text))
    mark = _canonical_mark(match["mark"])
    year, month, day = match["year"], match["month"], match["day"]
    if not _YEAR.fullmatch(year):
        _refuse("X stands for the last digits of a year, as in 202X, 20XX or XXXX-12-01")
    if year == "0000":
        _refuse("there is no year 0")
    base = text[: match.start("mark")]
    if year == "XXXX":
        return _yearless(month, day, match["time"], mark)
    if "X" in year:
        return _many_years(year, month, mark)
    lo, hi, precision = _within_year(int(year), month, day)
    if match["time"]:
        _check_time(match["time"], precision)
        precision = "time"
    if "~" in mark or "%" in mark:
        lo, hi = _widened(lo, hi, precision)
    return Point(base + mark, lo, hi, precision, mark)


def _why_no_form(text: str) -> str:
    if ".." in text:
        return "an open end is written with a slash, as in 2024-03-05/.."
    if re.fullmatch(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}", text):
        return "the year comes first and the parts are joined with hyphens"
    return "it is not year, year-month or year-month-day"


def _canonical_mark(mark: str) -> str:
    if len(mark) < 2:
        return mark
    if set(mark) == {"~", "?"}:
        return "%"
    _refuse(f"“{mark}” is not one of ~ (about), ? (doubtful) and % (both)")


def _month_name(number: int) -> str:
    return _MONTHS.split()[number - 1]


def _two_digits(part: str, unit: str) -> str:
    if len(part) != 2 or ("X" in part and part != "XX"):
        _refuse(f"the {unit} is written with two digits, or XX where it is not known")
    return part


def _month_number(month: str) -> int:
    number = int(_two_digits(month, "month"))
    if not 1 <= number <= 12 and number not in _SEASON_FIRST_MONTH:
        _refuse(f"there is no month {month}")
    return number


def _within_year(
    year: int, month: str | None, day: str | None
) -> tuple[dt.date, dt.date, Precision]:
    whole = dt.date(year, 1, 1), dt.date(year, 12, 31)
    if month is None:
        return *whole, "year"
    if month == "XX":
        if day not in (None, "XX"):
            _refuse("a day needs its month")
        return *whole, "year"
    number = _month_number(month)
    if number in _SEASON_FIRST_MONTH:
        if day is not None:
            _refuse(f"{month} is a season, which has no day")
        first = dt.date(year, _SEASON_FIRST_MONTH[number], 1)
        last = add_months(first, 2) if year < dt.MAXYEAR or number < 24 else first
        return first, month_end(last.year, last.month), "season"
    if day is None or _two_digits(day, "day") == "XX":
        return dt.date(year, number, 1), month_end(year, number), "month"
    n_days = days_in_month(year, number)
    if not 1 <= int(day) <= n_days:
        _refuse(f"{_month_name(number)} {year} has {n_days} days")
    exact = dt.date(year, number, int(day))
    return exact, exact, "day"


def _yearless(month: str | None, day: str | None, time: str | None, mark: str) -> Point:
    if month is None or month == "XX":
        _refuse("nothing of it is known")
    number = _month_number(month)
    if number in _SEASON_FIRST_MONTH or time:
        _refuse("only a month and a day can stand without a year")
    edtf = f"XXXX-{month}"
    if day is not None:
        n_days = days_in_month(2000, number)  # a leap year: 29 February is possible
        if _two_digits(day, "day") != "XX" and not 1 <= int(day) <= n_days:
            _refuse(f"{_month_name(number)} has {n_days} days at most")
        edtf = f"{edtf}-{day}"
    return Point(edtf + mark, None, None, "yearless", mark)


def _many_years(year: str, month: str | None, mark: str) -> Point:
    if month is not None:
        _refuse("a month needs its whole year, or XXXX where the year is not known")
    first, last = max(int(year.replace("X", "0")), 1), int(year.replace("X", "9"))
    precision: Precision = "decade" if year.count("X") == 1 else "century"
    lo, hi = dt.date(first, 1, 1), dt.date(last, 12, 31)
    if "~" in mark or "%" in mark:
        lo, hi = _widened(lo, hi, precision)
    return Point(year + mark, lo, hi, precision, mark)


def _check_time(time: str, precision: Precision) -> None:
    match = _TIME.fullmatch(time)
    if match is None:
        _refuse("the time is written 14:30, with Z or +04:00 after it if the zone is known")
    if precision != "day":
        _refuse("a time needs its day")
    limits = {"hour": 23, "minute": 59, "second": 59, "zone_hour": 23, "zone_minute": 59}
    if any(int(match[name] or 0) > limit for name, limit in limits.items()):
        _refuse(f"no clock shows {time}")


def _widened(lo: dt.date, hi: dt.date, precision: Precision) -> tuple[dt.date, dt.date]:
    if precision in ("day", "time"):
        return clamp_day(lo.toordinal() - WIDEN_DAYS), clamp_day(hi.toordinal() + WIDEN_DAYS)
    if precision in ("month", "season"):
        later = add_months(hi.replace(day=1), WIDEN_MONTHS)
        return add_months(lo, -WIDEN_MONTHS), month_end(later.year, later.month)
    n_years = _WIDEN_YEARS[precision]
    first, last = max(lo.year - n_years, 1), min(hi.year + n_years, dt.MAXYEAR)
    return dt.date(first, 1, 1), dt.date(last, 12, 31)
