"""Days of the Iranian and Afghan solar year in a table's cell, as days of ours.

Read where the calendar is certain: the month has one of its names, the figures are Persian, or the
table is written in Persian. A year of two figures is not read there: 03 may be 1403 or 2003.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS: Final = (
    "فروردین حمل farvardin hamal",
    "اردیبهشت ثور ordibehesht sawr saur",
    "خرداد جوزا khordad jawza",
    "تیر سرطان tir saratan",
    "مرداد امرداد اسد mordad amordad asad",
    "شهریور سنبله shahrivar sonbola sunbula",
    "مهر میزان mehr mizan",
    "آبان عقرب aban aqrab",
    "آذر قوس azar qaws",
    "دی جدی dey jadi",
    "بهمن دلو bahman dalw dalv",
    "اسفند حوت esfand hut hoot",
)
_ARABIC_LETTERS: Final = str.maketrans({"ي": "ی", "ك": "ک", "\u200c": " ", "أ": "ا", "إ": "ا"})
_FIGURES: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_NUMBERS: Final = {
    word.translate(_ARABIC_LETTERS): number
    for number, words in enumerate(_MONTHS, 1)
    for word in words.split()
}
_WORD = r"([^\W\d_]+)(?:\s+ماه)?"
_YEAR = r"(?:سال\s+)?(1(?:3\d|4[01])\d)(?:\s*(?:ش|ه\.?\s*ش|هـ\.?\s*ش|AP|SH|AHS)\.?)?"
_TIME = r"(?:[ ,،]+\d{1,2}:\d{2}(?::\d{2})?)?"
_YEAR_FIRST = re.compile(r"(1(?:3\d|4[01])\d)\s*([/.\-٫])\s*(\d{1,2})\s*\2\s*(\d{1,2})" + _TIME)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.\-٫])\s*(\d{1,2})\s*\2\s*(1(?:3\d|4[01])\d)" + _TIME)
_IN_WORDS = re.compile(rf"(?:[^\W\d_]+\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+{_WORD},?،?\s+{_YEAR}")
_MONTH_OF = re.compile(rf"{_WORD},?،?\s+{_YEAR}")
_MONTH_IN_FIGURES = re.compile(r"(1(?:3\d|4[01])\d)\s*[/.\-]\s*(\d{1,2})")
_YEAR_ALONE = re.compile(_YEAR)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*([/.\-])\s*\d{1,2}\s*\1\s*\d{1,2}" + _TIME)
_PERSIAN_FIGURES = re.compile(r"[۰-۹]")
_PERSIAN_LETTERS = re.compile(r"[پچژگ\u06cc\u06a9]")
# To 1419, which is 2041: a later one is of the lunar calendar, whose 1446 is 2024.
_SHARE: Final = 3  # a name in its own letters makes an English table none
_FIRST_HALF: Final = 6  # months of 31 days; then come five of 30, and the last of 29 or 30
_LEAP_YEARS: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # of 33
_KNOWN_YEAR, _ITS_FIRST_DAY = 1403, dt.date(2024, 3, 20)
_MOST_MONTHS: Final = 12
_NO_SUCH_DAY: Final = "the month has no such day"


def is_persian(words: Iterable[str]) -> bool:
    """Return whether a table is written in Persian: by letters that Arabic does not have.

    Args:
        words: Its headings and cells.
    """
    n_words = n_persian = 0
    for one in words:
        n_words += any(map(str.isalpha, one))
        n_persian += bool(_PERSIAN_LETTERS.search(one))
    return n_persian > 0 and n_persian >= n_words / _SHARE


def solar_span(text: str, *, in_persian: bool) -> str:
    """Return a day, month or year of the solar calendar as EDTF of ours; empty where it is none.

    Args:
        text: The whole cell, trimmed.
        in_persian: Whether the table is written in Persian.

    Raises:
        ValueError: The month has no such day.
    """
    plain = " ".join(text.translate(_ARABIC_LETTERS).translate(_FIGURES).split())
    if found := _IN_WORDS.fullmatch(plain):
        month = _NUMBERS.get(found[2].lower())
        return _day(int(found[3]), month, int(found[1])) if month else ""
    if found := _MONTH_OF.fullmatch(plain):
        month = _NUMBERS.get(found[1].lower())
        return _month(int(found[2]), month) if month else ""
    if not (in_persian or _PERSIAN_FIGURES.search(text)):
        return ""
    if found := _YEAR_FIRST.fullmatch(plain):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _DAY_FIRST.fullmatch(plain):
        return _day(int(found[4]), int(found[3]), int(found[1]))
    if found := _MONTH_IN_FIGURES.fullmatch(plain):
        return _month(int(found[1]), int(found[2]))
    if found := _YEAR_ALONE.fullmatch(plain):
        first, after = _new_year(int(found[1])), _new_year(int(found[1]) + 1)
        return f"{first}/{after - dt.timedelta(days=1)}"
    return ""


def is_short_year(text: str, *, in_persian: bool) -> bool:
    """Return whether a cell has a year of two figures that may be of the solar calendar.

    Args:
        text: The whole cell, trimmed.
        in_persian: Whether the table is written in Persian.
    """
    is_certain = in_persian or bool(_PERSIAN_FIGURES.search(text))
    return is_certain and bool(_SHORT_YEAR.fullmatch(text))


def _day(year: int, month: int, day: int) -> str:
    if not 1 <= month <= _MOST_MONTHS or not 1 <= day <= _n_days(year, month):
        raise ValueError(_NO_SUCH_DAY)
    return (_first_of(year, month) + dt.timedelta(days=day - 1)).isoformat()


def _month(year: int, month: int) -> str:
    if not 1 <= month <= _MOST_MONTHS:
        raise ValueError(_NO_SUCH_DAY)
    first = _first_of(year, month)
    return f"{first}/{first + dt.timedelta(days=_n_days(year, month) - 1)}"


def _first_of(year: int, month: int) -> dt.date:
    n_long = min(month - 1, _FIRST_HALF)
    return _new_year(year) + dt.timedelta(days=30 * (month - 1) + n_long)


def _n_days(year: int, month: int) -> int:
    if month <= _FIRST_HALF:
        return 31
    return 30 if month < _MOST_MONTHS or _is_leap(year) else 29


def _is_leap(year: int) -> bool:
    """Whether a year has 366 days: so from 1244 to 1472 (1865 to 2094)."""
    return year % 33 in _LEAP_YEARS


def _new_year(year: int) -> dt.date:
    years = range(min(year, _KNOWN_YEAR), max(year, _KNOWN_YEAR))
    n_days = sum(366 if _is_leap(one) else 365 for one in years)
    return _ITS_FIRST_DAY + dt.timedelta(days=n_days if year > _KNOWN_YEAR else -n_days)
