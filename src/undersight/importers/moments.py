"""Times as files write them: never guessed, always with their precision and how UTC was reached.

A column of times is read by one `TimeReader`. What a single value leaves open (day or month
first, whole minutes only) is learnt from the column, and what stays open is said.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final, NamedTuple, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from undersight.errors import UnknownZoneError
from undersight.importers.time_words import MERIDIEM, MONTHS, zone_offset_s
from undersight.model.corpus_rows import Moment, ZoneBasis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SECOND_US: Final = 1_000_000
MINUTE_US: Final = 60 * SECOND_US
HOUR_US: Final = 3_600 * SECOND_US
DAY_US: Final = 86_400 * SECOND_US
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - times without a zone are compared with it
_AWARE_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
# Excel counts days from here, so that its 29 February 1900, which never was, does no harm.
_EXCEL_EPOCH_DAYS = 25_569
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_NUMERIC_DATE = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:(?:\s*,\s*|[ T\u00a0]+|\s+-\s+)(.*))?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[ T,\u00a0]+(.*))?")
_CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([^\W\d_.]+\.?[^\W\d_]*\.?)?"
)
_TAIL = re.compile(
    r"\s*\(?(?:(?:UTC|GMT) ?([+-]\d{1,2}(?::?\d{2})?)|([+-]\d{2}:?\d{2})"
    r"|(?<![^\W\d_])([A-Z]{1,5}))\)?$"
)
_WORD = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?|\d+|[^\W\d_]+")
_ZONE_INSIDE = re.compile(r"\s([+-]\d{4})(?=\s\d{4}$)")
_LEAST_TO_LEARN = 20
_MOST_DAYS_KEPT = 20_000
_EARLIEST_US, _LATEST_US = -2_208_988_800 * SECOND_US, 7_258_118_400 * SECOND_US
_SIZES_US = (DAY_US, HOUR_US, MINUTE_US, SECOND_US)


class _Wall(NamedTuple):
    """A reading of clock and calendar, its zone where the text gives one."""

    when: dt.datetime
    resolution_us: int
    offset_s: int | None = None
    is_utc: bool = False


class TimeReader:
    """Reads one column of times.

    Args:
        zone: IANA zone of local times; empty: they are taken as UTC and marked `assumed`.
        is_day_first: Whether 03/04/2031 is 3 April; None to learn it.
        is_epoch: Whether bare numbers are seconds since 1970 whatever their size.

    Raises:
        UnknownZoneError: There is no such zone.
    """

    def __init__(
        self, *, zone: str = "", is_day_first: bool | None = None, is_epoch: bool = False
    ) -> None:
        self._zone = _zone(zone)
        self.is_day_first = is_day_first
        self._is_order_given = is_day_first is not None
        self._is_epoch = is_epoch
        self._coarse_us = 1
        self.ambiguous = ""
        self._orders: set[bool] = set()
        self._days: dict[str, int] = {}

    @property
    def is_undecided(self) -> bool:
        """Whether a value seen can be two days and nothing tells which."""
        return bool(self.ambiguous) and self.is_day_first is None

    def learn(self, texts: Iterable[str]) -> None:
        """Learn from values of the column which number is the day, and how exact its times are.

        Args:
            texts: The first values of the column, or all.
        """
        kept = [text.strip() for text in texts if text.strip()]
        for text in kept:
            self.observe(text)
        found = [moment.us for text in kept if (moment := self.read(text))]
        if len(found) >= _LEAST_TO_LEARN:
            self._coarse_us = next(
                (size for size in _SIZES_US if all(us % size == 0 for us in found)), 1
            )

    def observe(self, text: str) -> None:
        """Take one value as evidence of whether days or months stand first."""
        found = _NUMERIC_DATE.match(text)
        if not found or self._is_order_given:
            return
        first, second = int(found[1]), int(found[3])
        if first > 12 or second > 12:
            self._orders.add(first > 12)
            self.is_day_first = self.is_day_first_known()
        elif first != second and found[2] != ".":
            self.ambiguous = self.ambiguous or text

    def is_day_first_known(self) -> bool | None:
        """What the values tell; None where they tell nothing or contradict each other."""
        return next(iter(self._orders)) if len(self._orders) == 1 else None

    def read(self, text: str) -> Moment | None:
        """Return the moment, or None where the text is no time, or may be two days."""
        text = text.strip()
        if len(text) > 80:
            return None
        quick = self._quick(text)
        if quick is not None:
            return quick
        try:
            if _NUMBER.fullmatch(text):
                return self._of_number(text)
            wall = _iso(text) or self._of_words(text)
            return self._moment(wall, text) if wall else None
        except (ValueError, OverflowError):
            return None

    def read_all(self, texts: Sequence[str]) -> list[Moment | None]:
        """Return the moments of some values, in order; see `read`.

        Args:
            texts: The values; an empty one has none.
        """
        found = {text: self.read(text) for text in set(texts) if text}
        return [found.get(text) for text in texts]

    def _quick(self, text: str) -> Moment | None:
        """Read the forms that most rows of large files have; None leaves a text to the rest."""
        n = len(text)
        if n == 10 and text.isdecimal() and text[0] == "1" and text.isascii():
            us, basis = int(text) * SECOND_US, "epoch"
        elif n in (19, 20) and text[10] in " T" and text[13] == text[16] == ":":
            day_us = self._days.get(text[:10])
            digits = text[11:13] + text[14:16] + text[17:19]
            if day_us is None or (n == 20 and text[19] != "Z") or not digits.isdecimal():
                return None
            second = int(digits) % 100
            minute, hour = int(digits) // 100 % 100, int(digits) // 10_000
            if hour > 23 or minute > 59 or second > 59 or (self._zone and n == 19):
                return None
            us = day_us + (hour * 3_600 + minute * 60 + second) * SECOND_US
            basis = "utc" if n == 20 else "assumed"
        else:
            return None
        coarse = self._coarse_us
        return Moment(
            us=us,
            resolution_us=coarse if coarse > SECOND_US and us % coarse == 0 else SECOND_US,
            zone_basis=cast("ZoneBasis", basis),
            text=text,
        )

    def _moment(self, wall: _Wall, text: str) -> Moment | None:
        us = (wall.when - _EPOCH) // _MICROSECOND
        if text[4:5] == "-" and len(self._days) < _MOST_DAYS_KEPT:
            self._days[text[:10]] = us - us % DAY_US
        basis: ZoneBasis = "assumed"
        if wall.is_utc:
            basis = "utc"
        elif wall.offset_s is not None:
            us -= wall.offset_s * SECOND_US
            basis = "offset" if _has_sign(text) else "named"
        elif self._zone:
            aware = wall.when.replace(tzinfo=self._zone)
            us = (aware - _AWARE_EPOCH) // _MICROSECOND
            basis = "utc" if self._zone.key == "UTC" else "named"
        return Moment(us=us, resolution_us=self._resolution(us, wall), zone_basis=basis, text=text)

    def _resolution(self, us: int, wall: _Wall) -> int:
        coarse = self._coarse_us
        if coarse > wall.resolution_us and us % coarse == 0:
            return coarse
        return wall.resolution_us

    def _of_number(self, text: str) -> Moment | None:
        whole, _, fraction = text.partition(".")
        size = abs(int(whole))
        if not self._is_epoch:
            if len(whole) == 8 and whole[:2] in ("19", "20") and not fraction.strip("0"):
                return self._of_digits(whole, "%Y%m%d", DAY_US, text)
            if len(whole) == 14 and whole[:2] in ("19", "20"):
                return self._of_digits(whole, "%Y%m%d%H%M%S", SECOND_US, text)
            if 20_000 <= size < 80_000:
                return self._of_serial(float(text), text)
            if size < 100_000_000:
                return None
        return _of_epoch(whole, fraction, text, self._coarse_us)

    def _of_digits(self, digits: str, form: str, resolution_us: int, text: str) -> Moment | None:
        when = dt.datetime.strptime(digits, form)  # noqa: DTZ007 - the zone is settled below
        return self._moment(_Wall(when, resolution_us), text)

    def _of_serial(self, days: float, text: str) -> Moment | None:
        seconds = round((days - _EXCEL_EPOCH_DAYS) * 86_400)
        when = _EPOCH + dt.timedelta(seconds=seconds)
        return self._moment(_Wall(when, DAY_US if days.is_integer() else SECOND_US), text)

    def _of_words(self, text: str) -> _Wall | None:
        text = text.replace("\u202f", " ").replace("\u00a0", " ")
        inside = _ZONE_INSIDE.search(text)
        if inside:
            text = f"{text[: inside.start()]}{text[inside.end() :]} {inside[1]}"
        body, offset_s, is_utc = _without_zone(text)
        if body is None:
            return None
        wall = _iso(body) or self._numeric(body) or _year_first(body) or _written(body)
        if wall is None or (offset_s is None and not is_utc):
            return wall
        return wall._replace(offset_s=offset_s, is_utc=is_utc)

    def _numeric(self, text: str) -> _Wall | None:
        found = _NUMERIC_DATE.fullmatch(text)
        if not found:
            return None
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if len(found[4]) == 2:
            year += 2000 if year < 70 else 1900
        is_day_first = self.is_day_first
        if first > 12 or second > 12:
            is_day_first = first > 12
        elif is_day_first is None:
            # With points, days come first wherever points are used.
            is_day_first = True if found[2] == "." or first == second else None
        if is_day_first is None:
            return None
        day, month = (first, second) if is_day_first else (second, first)
        return _with_clock(dt.datetime(year, month, day), found[5])  # noqa: DTZ001


def _zone(name: str) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZoneError(name) from error


def _of_epoch(whole: str, fraction: str, text: str, coarse_us: int) -> Moment:
    """Seconds, milli-, micro- or nanoseconds since 1970, told apart by their size."""
    value, size = int(whole), abs(int(whole))
    fraction_us = int((fraction + "000000")[:6]) if fraction else 0
    if size < 100_000_000_000:
        sign = -1 if whole.startswith("-") else 1
        us = value * SECOND_US + sign * fraction_us
        resolution_us = 10 ** max(0, 6 - len(fraction)) if fraction.strip("0") else SECOND_US
    elif size < 100_000_000_000_000:
        us, resolution_us = value * 1_000 + fraction_us // 1_000, 1_000
    elif size < 100_000_000_000_000_000:
        us, resolution_us = value, 1
    else:
        us, resolution_us = value // 1_000, 1
    if not _EARLIEST_US <= us <= _LATEST_US:
        raise OverflowError
    if coarse_us > resolution_us and us % coarse_us == 0:
        resolution_us = coarse_us
    return Moment(us=us, resolution_us=resolution_us, zone_basis="epoch", text=text)


def _iso(text: str) -> _Wall | None:
    """Read ISO 8601 with dashes, the form most files have."""
    if len(text) < 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    rest = text[10:]
    if not rest:
        return _Wall(when, DAY_US)
    if when.microsecond:
        digits = rest.partition(".")[2] or rest.partition(",")[2]
        n_digits = len(digits) - len(digits.lstrip("0123456789"))
        resolution_us = 10 ** max(0, 6 - n_digits)
    else:
        has_seconds = rest[6:7] == ":" or (rest[3:4] != ":" and rest[5:7].isdigit())
        resolution_us = SECOND_US if has_seconds else MINUTE_US
    offset = when.utcoffset()
    if offset is None:
        return _Wall(when, resolution_us)
    is_utc = text[-1] in "Zz"
    bare = when.replace(tzinfo=None)
    return _Wall(bare, resolution_us, None if is_utc else int(offset.total_seconds()), is_utc)


def _without_zone(text: str) -> tuple[str | None, int | None, bool]:
    """Take a zone off the end: the rest (None for a zone that means several), seconds, is UTC."""
    found = _TAIL.search(text)
    if not found or not found.start() or (found[3] and found[3].lower() in MERIDIEM):
        return text, None, False
    body, written = text[: found.start()], found[1] or found[2]
    if written:
        sign = -1 if written[0] == "-" else 1
        digits = written[1:].replace(":", "")
        n_hours = len(digits) - 2 if len(digits) > 2 else len(digits)
        minutes = int(digits[:n_hours]) * 60 + int(digits[n_hours:] or 0)
        return body, sign * minutes * 60, False
    if found[3] in ("UTC", "GMT", "Z"):
        return body, None, True
    offset_s = zone_offset_s(found[3])
    return (body, offset_s, False) if offset_s is not None else (None, None, False)


def _has_sign(text: str) -> bool:
    return bool(re.search(r"(?:[+-]\d{2}:?\d{2}|(?:UTC|GMT) ?[+-]\d{1,2})(?:\)|$|\s\d{4}$)", text))


def _year_first(text: str) -> _Wall | None:
    found = _YEAR_FIRST.fullmatch(text)
    if not found:
        return None
    day = dt.datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001
    return _with_clock(day, found[4])


def _with_clock(day: dt.datetime, clock: str | None) -> _Wall | None:
    if not clock or not clock.strip():
        return _Wall(day, DAY_US)
    found = _CLOCK.fullmatch(clock.strip())
    if not found:
        return None
    hour = int(found[1])
    if found[5]:
        half = MERIDIEM.get(found[5].lower().replace(".", ""))
        if half is None or not 1 <= hour <= 12:
            return None
        hour = hour % 12 + half
    fraction = found[4] or ""
    moment = day.replace(
        hour=hour,
        minute=int(found[2]),
        second=int(found[3] or 0),
        microsecond=int((fraction + "000000")[:6]),
    )
    if fraction.strip("0"):
        return _Wall(moment, 10 ** max(0, 6 - len(fraction)))
    return _Wall(moment, SECOND_US if found[3] else MINUTE_US)


def _written(text: str) -> _Wall | None:
    """Read a date with its month in words: “12 Mar 2031, 14:05”, “March 12, 2031 at 2:05 PM”."""
    words = [_lowered(word) for word in _WORD.findall(text)]
    month = next((MONTHS[word] for word in words if word in MONTHS), None)
    numbers = [int(word) for word in words if word.isdigit()]
    clocks = [word for word in words if ":" in word]
    year = next((number for number in numbers if 1900 <= number < 2200), None)
    days = [number for number in numbers if 1 <= number <= 31]
    if not month or not year or len(days) != 1 or len(numbers) != 2 or len(clocks) > 1:
        return None
    half = next(("pm" if MERIDIEM[word] else "am" for word in words if word in MERIDIEM), "")
    if "полудня" in words:
        half = "pm" if "после" in words else "am"
    day = dt.datetime(year, month, days[0])  # noqa: DTZ001
    return _with_clock(day, f"{clocks[0]} {half}" if clocks else None)


def _lowered(word: str) -> str:
    """Small letters, the dotted capital I of Turkish and Azerbaijani among them."""
    return word.replace("İ", "i").lower()
