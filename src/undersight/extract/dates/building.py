"""What a matched rule means: one small function per shape, the same for every language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from undersight.extract.dates.expressions import Duration, Expression, Partial, Range, Relative
from undersight.extract.dates.language import NOTHING
from undersight.extract.dates.tokens import DATE, Item

if TYPE_CHECKING:
    from collections.abc import Callable

_UNITS: Final = {
    "HOURWORD": "hours",
    "DAYWORD": "days",
    "WEEKWORD": "weeks",
    "MONTHWORD": "months",
    "YEARWORD": "years",
}
_COUNTS: Final = frozenset({"DAY", "NUM", "NUMWORD", "YEAR"})
_SHIFTS: Final = frozenset({"LAST", "THIS", "NEXT"})
_MOST: Final = 9999
_FIELDS: Final = {
    "DAY": "day",
    "ORDWORD": "day",
    "MONTH": "month",
    "YEAR": "year",
    "SEASON": "season",
    "WEEKDAY": "weekday",
    "PART": "part",
}


_OF_EVENT = re.compile(r"\w{3}(?:[аяыие]|ов|ев|ей|ого|ых|их)$")
_NO_EVENT = re.compile(  # a verb, an hour, or somebody to whom it was done on that eve
    r"(?:л[аи]|с[ья]|лось|ие|вечера|утра|ночи)$|^(?:журналист|активист|блогер|редактор|адвокат|политик"
    r"|студент|корреспондент|сотрудник|правозащитник|мужчин|женщин|задержанн|главн|двух|трех)"
)


def calendar(items: list[Item]) -> Partial | None:
    """Read day, month, year, weekday, season, part and "last year" in any order."""
    partial = Partial()
    for index, item in enumerate(items):
        following = items[index + 1].concept if index + 1 < len(items) else ""
        changed = _with_item(partial, item, following)
        if changed is None:
            return None
        partial = changed
    if partial.day is not None and partial.month is not None:
        partial = replace(partial, direction=0)
    return partial if partial != Partial() else None


def _with_item(partial: Partial, item: Item, following: str) -> Partial | None:
    if item.concept == DATE:
        return _merged(partial, item.value[0])
    if item.concept in _SHIFTS:
        if following == "YEARWORD":
            return replace(partial, year_offset=item.value)
        return replace(partial, direction=item.value, is_this=item.concept == "THIS")
    name = _FIELDS.get(item.concept)
    if name is None:
        return partial
    if getattr(partial, name) is not None and name in ("day", "month", "year"):
        return None
    changes: dict[str, Any] = {name: item.value}
    return replace(partial, **changes)


def _merged(partial: Partial, other: object) -> Partial | None:
    """Add what a date that stands alone says to what stands around it."""
    if not isinstance(other, Partial) or other.readings:
        return None
    fields = {
        name: getattr(other, name)
        for name in Partial.__dataclass_fields__
        if getattr(other, name) != Partial.__dataclass_fields__[name].default
    }
    if any(getattr(partial, name) not in (None, 0, "", False) for name in fields):
        return None
    return replace(partial, **fields)


def also(items: list[Item]) -> Partial | None:
    """Read "also in April"."""
    partial = calendar(items)
    return replace(partial, is_also=True) if partial else None


def of_that_year(items: list[Item]) -> Partial | None:
    """Read "in April of that year"."""
    partial = calendar(items)
    return replace(partial, is_of_that_year=True) if partial else None


def night(items: list[Item]) -> Expression | None:
    """Read "the night of 4 March": from that day to the next."""
    item = next((item for item in items if item.concept == DATE), None)
    meaning = item.value[0] if item else calendar(items)
    if isinstance(meaning, Relative):
        return replace(meaning, is_night=True)
    if isinstance(meaning, Partial) and (meaning.day or meaning.weekday is not None):
        return replace(meaning, is_night=True)
    return None


def night_before(items: list[Item]) -> Partial | None:
    """Read "the night to 5 March": from the day before to that day."""
    item = next((item for item in items if item.concept == DATE), None)
    meaning = item.value[0] if item else None
    if not isinstance(meaning, Partial) or not meaning.day or meaning.readings:
        return None
    return replace(meaning, is_night_before=True)


def decade(items: list[Item]) -> Partial | None:
    """Read "1990s" and "90s"; two digits are of the twentieth century, small ones of this."""
    value = next(item.value for item in items if item.concept in ("YEAR", "NUM", "DAY"))
    if value % 10 or not (value < 100 or 1900 <= value < 2100):
        return None
    year = value if value >= 100 else (1900 if value >= 30 else 2000) + value
    return Partial(year=year, is_decade=True)


def nothing(items: list[Item]) -> str:
    """Read over words that only look like a date: "to this day"."""
    del items
    return NOTHING


def eve_of(items: list[Item]) -> str | None:
    """Read "накануне митинга", on the eve of an event, which tells no day of its own."""
    word = str(items[-1].value)
    is_event = _OF_EVENT.search(word) and not _NO_EVENT.search(word)
    return NOTHING if is_event else None


def work_week(items: list[Item]) -> str | None:
    """Read "Monday through Friday": every week's days and no week's in particular."""
    days = [item.value for item in items if item.concept == "WEEKDAY"]
    return NOTHING if days in ([0, 4], [0, 5], [0, 6]) else None


# --- counted from another day --------------------------------------------------------------


def _count(items: list[Item]) -> int:
    amounts = [item.value for item in items if item.concept in _COUNTS]
    return amounts[0] if amounts else 1


def _unit(items: list[Item]) -> str:
    unit = next(_UNITS[item.concept] for item in items if item.concept in _UNITS)
    return unit.removesuffix("s")


def day_word(items: list[Item]) -> Relative:
    """Read "today", "yesterday"; the word's value is the number of days."""
    value = next(item.value for item in items if item.concept == "RELDAY")
    return Relative(unit="day", amount=value)


def eve(items: list[Item]) -> Relative:
    """Read "накануне": the day before what was told, or before the day of writing."""
    del items
    return Relative(unit="day", amount=-1, from_either=True)


def counted(
    sign: int, *, from_mention: bool = False, from_either: bool = False
) -> Callable[[list[Item]], Relative | None]:
    """Return a builder for "two days ago" (from the context) and "two days later"."""

    def build(items: list[Item]) -> Relative | None:
        unit, amount = _unit(items), _count(items)
        if unit == "hour" or amount > _MOST:
            return None
        return Relative(
            unit=unit,
            amount=sign * amount,
            from_mention=from_mention,
            from_either=from_either,
        )

    return build


def unit_shift(items: list[Item]) -> Relative | None:
    """Read "last week", "this month", "next year"."""
    unit = _unit(items)
    shift = next(item.value for item in items if item.concept in _SHIFTS)
    if unit == "hour":
        return None
    return Relative(unit=unit, amount=shift, is_whole=True)


def earlier_in_unit(items: list[Item]) -> Relative | None:
    """Read "earlier this month": up to the context date."""
    shifted = unit_shift(items)
    return replace(shifted, until_now=True) if shifted and shifted.unit != "day" else shifted


def from_last(amount: int) -> Callable[[list[Item]], Relative | None]:
    """Return a builder for "the following day" (1), "that day" (0), "the day before" (-1)."""

    def build(items: list[Item]) -> Relative | None:
        unit = _unit(items)
        if unit == "hour":
            return None
        return Relative(unit=unit, amount=amount, is_whole=True, from_mention=True)

    return build


def next_day(items: list[Item]) -> Relative:
    """Read "the next morning"."""
    del items
    return Relative(unit="day", amount=1, is_whole=True, from_mention=True)


def day_before(items: list[Item]) -> Relative:
    """Read "the night before"."""
    del items
    return Relative(unit="day", amount=-1, is_whole=True, from_mention=True)


def same_day(items: list[Item]) -> Relative:
    """Read "the same evening"."""
    del items
    return Relative(unit="day", amount=0, is_whole=True, from_mention=True)


def last_night(items: list[Item]) -> Relative:
    """Read "last night"."""
    del items
    return Relative(unit="day", amount=-1, is_night=True)


# --- ranges --------------------------------------------------------------------------------


def _ends(items: list[Item]) -> list[Expression]:
    """Return the dates among the items, in order; a year after a bare day belongs to it."""
    ends: list[Expression] = []
    for item in items:
        if item.concept == DATE:
            ends.append(item.value[0])
        elif item.concept in ("DAY", "ORDWORD"):
            ends.append(Partial(day=item.value))
        elif item.concept == "MONTH":
            ends.append(Partial(month=item.value))
        elif item.concept == "YEAR":
            last = ends[-1] if ends else None
            if isinstance(last, Partial) and last.year is None and last.day and not last.month:
                ends[-1] = replace(last, year=item.value)
            else:
                ends.append(Partial(year=item.value))
        elif item.concept == "SEASON":
            ends.append(Partial(season=item.value))
    return ends


def between(reading: str) -> Callable[[list[Item]], Range | None]:
    """Return a builder for two dates that stand for all days between them."""

    def build(items: list[Item]) -> Range | None:
        ends = _ends(items)
        if len(ends) != 2 or any(isinstance(end, Range) for end in ends):
            return None
        start, end = ends
        if isinstance(start, Partial) and isinstance(end, Partial) and not _fit(start, end):
            return None
        return Range(start=start, end=end, reading=reading)

    return build


def _fit(start: Partial, end: Partial) -> bool:
    """Return whether two dates can be the ends of one range."""
    if start.readings or end.readings:
        return False
    if start.day and not start.month and not end.month:
        return False
    return not (end.day and not end.month and not start.month)


def throughout(items: list[Item]) -> Partial | Relative | None:
    """Read "throughout March", "all last week": every day of it; a single day has no more."""
    ends = _ends(items)
    if len(ends) != 1 or isinstance(ends[0], Range):
        return None
    if isinstance(ends[0], Partial):
        is_unit = not (ends[0].day or ends[0].weekday is not None or ends[0].readings)
        return replace(ends[0], is_throughout=True) if is_unit else None
    return replace(ends[0], is_throughout=True) if ends[0].unit != "day" else None


def whole(items: list[Item]) -> Expression | None:
    """Read "in all of March", which counts what came about in it: some day of it."""
    ends = _ends(items)
    return ends[0] if len(ends) == 1 else None


def open_start(reading: str) -> Callable[[list[Item]], Range | None]:
    """Return a builder for "until …", "by …"."""

    def build(items: list[Item]) -> Range | None:
        ends = _ends(items)
        if len(ends) != 1 or isinstance(ends[0], Range) or _is_bare_day(ends[0]):
            return None
        return Range(start=None, end=ends[0], reading=reading)

    return build


def open_end(reading: str) -> Callable[[list[Item]], Range | None]:
    """Return a builder for "since …", "after …"."""

    def build(items: list[Item]) -> Range | None:
        ends = _ends(items)
        if len(ends) != 1 or isinstance(ends[0], Range) or _is_bare_day(ends[0]):
            return None
        return Range(start=ends[0], end=None, reading=reading)

    return build


def _is_bare_day(end: Expression) -> bool:
    return isinstance(end, Partial) and bool(end.day) and not end.month


def days_of_month(items: list[Item]) -> Range | None:
    """Read "4-9 March 2023": the days stand in one item."""
    days = next(item.value for item in items if item.concept == "DAYRANGE")
    rest = calendar([item for item in items if item.concept != "DAYRANGE"])
    if rest is None or rest.day or not rest.month:
        return None
    is_one_night = any(item.concept == "NIGHT" for item in items)
    reading = "at_least_once" if is_one_night else "throughout"
    rest = replace(rest, is_night=False)
    first, last = (replace(rest, day=day) for day in days)
    return Range(start=first, end=last, reading=reading)


def years(items: list[Item]) -> Range:
    """Read "2019-2021"."""
    first, last = next(item.value for item in items if item.concept == "YEARRANGE")
    return Range(start=Partial(year=first), end=Partial(year=last), reading="throughout")


def winter_years(items: list[Item]) -> Partial | None:
    """Read "winter of 2022-23": the winter that begins in the first year."""
    first, last = next(item.value for item in items if item.concept == "YEARRANGE")
    season = next(item.value for item in items if item.concept == "SEASON")
    if last != first + 1 or season != 24:
        return None
    return Partial(readings=(Partial(year=first, season=season),))


def listed(items: list[Item]) -> list[Expression] | None:
    """Read "4, 5 and 9 March": each day with the month and year of the one that has them."""
    ends = _ends(items)
    whole = next(
        (end for end in ends if isinstance(end, Partial) and end.month and not end.readings), None
    )
    if whole is None or (not whole.day and any(isinstance(e, Partial) and e.day for e in ends)):
        return None
    year = next((end.year for end in ends if isinstance(end, Partial) and end.year), None)
    given = [
        replace(end, month=end.month or whole.month, year=end.year or year)
        for end in ends
        if isinstance(end, Partial)
    ]
    return list(given) if len(given) == len(ends) else None


def alone(items: list[Item]) -> Expression | Duration:
    """Pass on what stands alone."""
    meaning: Expression | Duration = items[0].value[0]
    return meaning


# --- lengths -------------------------------------------------------------------------------


def duration(items: list[Item]) -> Duration | None:
    """Read "30 days", "3 to 5 years", "two years and six months"."""
    amounts: list[tuple[int, str]] = []
    pending: list[int] = []
    for item in items:
        if item.concept in _COUNTS:
            pending.append(item.value)
        elif item.concept in ("NUMRANGE", "DAYRANGE"):
            pending.extend(item.value)
        elif item.concept in _UNITS:
            amounts.extend((amount, _UNITS[item.concept]) for amount in pending or [1])
            pending = []
        elif item.concept == "ADJECTIVE":
            amounts.append(item.value)
    return _one_length(amounts)


def _one_length(amounts: list[tuple[int, str]]) -> Duration | None:
    if len(amounts) == 1:
        return Duration(amount=amounts[0][0], unit=amounts[0][1])
    if len(amounts) != 2:
        return None
    (first, unit), (second, other) = amounts
    if unit == other:
        is_growing = first < second
        return Duration(amount=first, unit=unit, amount_max=second) if is_growing else None
    if (unit, other) == ("years", "months"):
        return Duration(amount=12 * first + second, unit="months")
    return None


_SMALLER: Final = {"years": (12, "months"), "days": (24, "hours"), "weeks": (7, "days")}


def half(items: list[Item]) -> Duration | None:
    """Read "half a year", "a year and a half", "1.5 years" in the next smaller unit."""
    unit = next(_UNITS[item.concept] for item in items if item.concept in _UNITS)
    decimal = next((item.value for item in items if item.concept == "DECIMAL"), None)
    whole, tenths = decimal or (_whole_count(items), 5)
    if unit not in _SMALLER:
        return None
    size, smaller = _SMALLER[unit]
    if size * tenths % 10:
        return None
    return Duration(amount=size * whole + size * tenths // 10, unit=smaller)


def _whole_count(items: list[Item]) -> int:
    if items[0].concept == "HALF":
        return 0
    return sum(item.value for item in items if item.concept in _COUNTS) or 1
