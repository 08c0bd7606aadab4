"""The date in a cell of somebody's table: read whole, or refused; never a part of it.

Words beside a date stay with it as they were written. "About" becomes ``~``; a number that the
date leaves over ("1 and 2 May") is a day that would be lost, so the cell is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import DayOrderError, InvalidDateError, UnmappedValueError
from undersight.model.fuzzy_date import FuzzyDate
from undersight.workbench.month_words import day_with_month
from undersight.workbench.solar_dates import is_short_year, solar_span

if TYPE_CHECKING:
    from collections.abc import Iterable

_TIME = r"(?:[T ,]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR = r"(\d{4}|\d{2})"
_END = r"\s*(?:г\.?|y\.?|il)?"
_NUMERIC_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2" + _YEAR + _TIME + _END)
_STAMP = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)")
_MONTH = re.compile(r"(?:[?xX-]{1,2}[./-])?(\d{1,2})[./](\d{4})|(\d{4})[./](\d{1,2})")
_QUARTER = re.compile(r"Q([1-4])[ /-]*(\d{4})|(\d{4})[ /-]*Q([1-4])", re.IGNORECASE)
_DAYS = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})\.(\d{1,2})\." + _YEAR + _END)
_MONTHS = re.compile(r"(\d{1,2})\.(\d{1,2})\s*[-–—]\s*(\d{1,2})\.(\d{1,2})\." + _YEAR + _END)
_FULL_DAYS = re.compile(
    r"(\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}))\s*[-–—]\s*(\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}))" + _END
)
_NAMED_MONTH = re.compile(r"(\d{1,2})-([^\W\d_]{3,})\.?-" + _YEAR)
_YEAR_BEHIND = re.compile(r"(\D+\d{0,2}\D*?),?\s+((?:19|20)\d{2})")
_DAY_FIRST_LANGUAGES: Final = frozenset({"az", "ru", "tr"})
_ABOUT = re.compile(
    r"[~≈]|\b(?:about|around|approx(?:imately)?|circa|ca|c|roughly|около|примерно|"
    r"приблизительно|təxminən|təqribən|yaklaşık|civarı?|dolayları)\b",
    re.IGNORECASE,
)
# "Not earlier than" a day, "not later than" it: where these are all the words beside it.
_YEAR_WORDS = r"\W*(?:(?:c[iıuü]\s+)?il(?:dən)?\s+|года\W+|г\W+|tarih\w+\s+)?"
_FROM_THEN = re.compile(
    _YEAR_WORDS + r"(?:не (?:ранее|раньше)|после|not (?:before|earlier than)|no earlier than|"
    r"after|sonra|tez olmayaraq|en erken)\W*",
    re.IGNORECASE,
)
_UNTIL_THEN = re.compile(
    _YEAR_WORDS + r"(?:не (?:позднее|позже)|not later than|no later than|before|"
    r"əvvəl|gec olmayaraq|en geç|önce)\W*",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_BESIDE = re.compile(r"\([^)]*\)|\d{1,2}:\d{2}(?::\d{2})?")  # a remark, the time of day
# Two digits of a year: 49 is 2049, 50 is 1950.
_THIS_CENTURY: Final = 50
_MOST_MONTHS: Final = 12
# 1410 is a year of our days in Iran, 1453 in Riyadh, 2574 in Bangkok: none is ours.
_YEARS: Final = range(1800, 2200)


def learned_order(cells: Iterable[str], lang: str) -> bool | None:
    """Return whether the day stands first in a table's dates; None where nothing tells.

    Args:
        cells: Its dates.
        lang: Language of its words; some write a day in one order only.
    """
    pairs = [
        (int(found[1]), int(found[3]))
        for cell in cells
        if (found := _NUMERIC_DAY.fullmatch(cell.strip()))
    ]
    is_day_first = any(first > _MOST_MONTHS for first, _ in pairs)
    is_month_first = any(second > _MOST_MONTHS for _, second in pairs)
    if is_day_first != is_month_first:
        return is_day_first
    return True if lang in _DAY_FIRST_LANGUAGES and not is_month_first else None


def read_date(
    text: str, role: str, *, lang: str, is_day_first: bool | None, in_persian: bool = False
) -> dict[str, Any]:
    """Return the date that a cell means, as JSON.

    Args:
        text: The cell, trimmed.
        role: Meaning of its column, for errors.
        lang: Language of the table's words.
        is_day_first: Whether 03/04/2031 is 3 April; None where nobody knows.
        in_persian: Whether the table is written in Persian: its figures are of the solar year.

    Raises:
        DayOrderError: The cell can be two days.
        InvalidDateError: There is no such day.
        UnmappedValueError: It is no date, or more than one.
    """
    if solar := _solar(text, role, in_persian=in_persian):
        basis = "other_calendar"
        return FuzzyDate.parse(solar, basis=basis, as_text=text, field=role).to_json()
    edtf = _written(text, role, is_day_first=is_day_first)
    if edtf:
        read = FuzzyDate.parse(edtf, as_text=text, field=role).to_json()
    else:
        read = _worded(text, role, lang)
    for bound in (read.get("earliest"), read.get("latest")):
        if bound and int(bound[:4]) not in _YEARS:
            reason = f"the year {bound[:4]} is of another calendar or mistyped"
            raise InvalidDateError(text, reason, role)
    return read


def _solar(text: str, role: str, *, in_persian: bool) -> str:
    """Return a day of the Iranian year as EDTF; empty where it is none."""
    try:
        found = solar_span(text, in_persian=in_persian)
    except ValueError:
        reason = "the month of the solar year has no such day"
        raise InvalidDateError(text, reason, role) from None
    if not found and is_short_year(text, in_persian=in_persian):
        reason = "its year has two figures; write it in full, such as 1403/05/12 or 2024-08-02"
        raise InvalidDateError(text, reason, role)
    return found


def _written(text: str, role: str, *, is_day_first: bool | None) -> str:
    """Return what is written in numbers as EDTF; empty where it is written otherwise."""
    if found := _STAMP.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _NUMERIC_DAY.fullmatch(text):
        return _numeric(found, role, is_day_first=is_day_first)
    if found := _DAYS.fullmatch(text):
        return _span(_day(found[4], found[3], found[1]), _day(found[4], found[3], found[2]))
    if found := _MONTHS.fullmatch(text):
        return _span(_day(found[5], found[2], found[1]), _day(found[5], found[4], found[3]))
    if found := _FULL_DAYS.fullmatch(text):
        first, last = (one.split(".") for one in found.groups())
        return _span(_day(first[2], first[1], first[0]), _day(last[2], last[1], last[0]))
    if found := _MONTH.fullmatch(text):
        return f"{found[2] or found[3]}-{int(found[1] or found[4]):02}"
    if found := _QUARTER.fullmatch(text):
        year, first_month = found[2] or found[3], 3 * int(found[1] or found[4]) - 2
        return f"{year}-{first_month:02}/{year}-{first_month + 2:02}"
    return day_with_month(text)


def _day(year: str, month: str, day: str) -> str:
    return f"{_full(year):04}-{int(month):02}-{int(day):02}"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


def _full(year: str) -> int:
    """Return a year of which only the last two digits may be written."""
    if len(year) > 2:
        return int(year)
    return int(year) + (2000 if int(year) < _THIS_CENTURY else 1900)


def _numeric(found: re.Match[str], role: str, *, is_day_first: bool | None) -> str:
    first, separator, second, year = found[1], found[2], found[3], found[4]
    if int(first) > _MOST_MONTHS:
        day, month = first, second
    elif int(second) > _MOST_MONTHS:
        day, month = second, first
    elif is_day_first is None and separator != "." and first != second:
        raise DayOrderError(role, found[0])
    else:  # with dots, the day stands first
        day, month = (first, second) if is_day_first is not False else (second, first)
    return _day(year, month, day)


def _worded(text: str, role: str, lang: str) -> dict[str, Any]:
    """Read a date in words by the language that understands most of them."""
    plain = text
    if named := _NAMED_MONTH.fullmatch(text):
        plain = f"{named[1]} {named[2]} {_full(named[3])}"
    read = _found(plain, role, lang)
    if read is None and (turned := _YEAR_BEHIND.fullmatch(plain)):
        read = _found(f"{turned[2]} {turned[1]}", role, lang)
    if read is not None:
        return {**read.to_json(), "as_text": text}
    try:
        return FuzzyDate.parse(text, field=role).to_json()
    except InvalidDateError as error:
        raise UnmappedValueError(role, text, "a date") from error


def _found(plain: str, role: str, lang: str) -> FuzzyDate | None:
    """Return the one date that is all of some words; None where they say more or none."""
    from undersight.extract.dates import find_dates

    best, n_best, rest = None, 0, ""
    for one in dict.fromkeys((lang, "en", "ru", "az", "tr")):
        found = [m for m in find_dates(plain, one, None) if m.date is not None]
        if len(found) != 1 or found[0].alternatives or found[0].date is None:
            continue
        date, start, end = found[0].date, found[0].start, found[0].end
        if (date.earliest or date.latest) and end - start > n_best:
            best, n_best, rest = date, end - start, f"{plain[:start]} {plain[end:]}"
    if best is None or _DIGIT.search(_BESIDE.sub(" ", rest)):
        return None
    if "/" not in best.edtf and (open_ended := _open_ended(best.edtf, rest)):
        return FuzzyDate.parse(open_ended, basis=best.basis, field=role)
    edtf = f"{best.edtf}~" if _ABOUT.search(rest) and best.edtf[-1].isdigit() else best.edtf
    return best if "/" in edtf else FuzzyDate.parse(edtf, basis=best.basis, field=role)


def _open_ended(edtf: str, words: str) -> str:
    """Return a span for a day that words only name a bound by; empty where they do not."""
    if _FROM_THEN.fullmatch(words):
        return f"{edtf}/.."
    return f"../{edtf}" if _UNTIL_THEN.fullmatch(words) else ""
