"""Dates as pages show them beside comments: “today at 12:30”, “5 мая в 12:01”, “12 mar 2031”."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undersight.importers.time_words import MONTHS

if TYPE_CHECKING:
    from undersight.importers.moments import TimeReader
    from undersight.model.corpus_rows import Moment

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - the reader of times settles the zone
_DAYS_BACK: Final = {
    "today": 0, "bu gün": 0, "bugün": 0, "сегодня": 0, "сьогодні": 0,
    "այսօր": 0, "დღეს": 0, "امروز": 0,
    "yesterday": 1, "dünən": 1, "dün": 1, "вчера": 1, "вчора": 1,
    "երեկ": 1, "გუშინ": 1, "دیروز": 1,
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_CLOCK = r"(?:,?\s+(?:at|saat|в|,)?\s*(?P<clock>\d{1,2}:\d{2})(?:\s*(?P<half>[ap]m))?(?:-?\w{2})?)"
_DAY = rf"(?P<back>{'|'.join(_DAYS_BACK)})"
_DATE = (
    rf"(?:(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\.?|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}}))"
    r"(?:,?\s+(?P<year>20\d\d)(?:\s*(?:г\.?|il|yıl))?)?"
)
_TODAY = re.compile(rf"{_DAY}{_CLOCK}", re.IGNORECASE)
_DATED = re.compile(rf"{_DATE}{_CLOCK}?", re.IGNORECASE)


def is_shown_date(line: str) -> bool:
    """Whether a line is nothing but a date or a time of day as pages show them."""
    return len(line) < 60 and bool(_TODAY.fullmatch(line) or _DATED.fullmatch(line))


def shown_moment(line: str, observed: Moment | None, times: TimeReader) -> Moment | None:
    """Return the moment of a shown date; a missing day or year counts from when it was seen.

    Args:
        line: For which `is_shown_date` holds.
        observed: When the page was seen.
        times: Knows the zone of local times.
    """
    seen = None if observed is None else _EPOCH + dt.timedelta(microseconds=observed.us)
    day = _day(line, seen)
    if day is None:
        return None
    found = _TODAY.fullmatch(line) or _DATED.fullmatch(line)
    clock = found["clock"] if found else None
    written = f"{day.isoformat()}T{clock.zfill(5)}" if clock else day.isoformat()
    if clock and found and found["half"]:
        hour = int(clock.split(":")[0]) % 12 + (12 if found["half"].lower() == "pm" else 0)
        written = f"{day.isoformat()}T{hour:02d}:{clock.split(':')[1]}"
    moment = times.read(written)
    return replace(moment, text=line) if moment else None


def _day(line: str, seen: dt.datetime | None) -> dt.date | None:
    today = _TODAY.fullmatch(line)
    if today:
        back = _DAYS_BACK[today["back"].lower()]
        return (seen - dt.timedelta(days=back)).date() if seen else None
    found = _DATED.fullmatch(line)
    if found is None:
        return None
    month = MONTHS[(found["month"] or found["month2"]).lower()]
    number = int(found["day"] or found["day2"])
    try:
        if found["year"]:
            return dt.date(int(found["year"]), month, number)
        if seen is None:
            return None
        same = dt.date(seen.year, month, number)
        return same if same <= seen.date() else dt.date(seen.year - 1, month, number)
    except ValueError:
        return None
