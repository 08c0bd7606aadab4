"""What a date expression says, before it is known which day that was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersight.model.fuzzy_date import FuzzyDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time; never a date.

    Args:
        amount: How many; the least where a range is given.
        unit: ``hours``, ``days``, ``weeks``, ``months`` or ``years`` (vocabulary ``unit``).
        amount_max: The most, for "three to five years"; else None.
    """

    amount: int
    unit: str
    amount_max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """Words of a text that name a date or a length of time.

    Args:
        start: Offset of the first character.
        end: Offset after the last character.
        date: The date; where readings are equally likely, the one-of set of them (or the range
            that covers them); None for a duration and where nothing fixes the date.
        alternatives: All readings, likeliest first, where there is more than one.
        duration: Set for a length of time, which is never a date.
        rule: The rule that read it.
        confidence: 0 to 1; how sure the reading is, not how exact the date.
        named: The date that is named, without "since", "until", "by"; ``date`` for the others.
        named_start: Offset of the first character of that name.
        named_end: Offset after its last character.
    """

    start: int
    end: int
    date: FuzzyDate | None
    alternatives: tuple[FuzzyDate, ...] = ()
    duration: Duration | None = None
    rule: str
    confidence: float
    named: FuzzyDate | None = None
    named_start: int
    named_end: int

    @property
    def is_duration(self) -> bool:
        """Whether it is a length of time."""
        return self.duration is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A calendar date with parts left out.

    Args:
        year: As written.
        year_offset: Years from the context's year ("last year" is -1).
        month: 1 to 12.
        day: 1 to 31.
        season: 21 (spring) to 24 (winter).
        weekday: 0 (Monday) to 6.
        direction: -1 "last", 0 none, +1 "next"; for months, seasons and weekdays.
        is_this: Whether "this" stands before it.
        part: ``early``, ``mid`` or ``late`` in the month or year, or empty.
        is_decade: Whether ``year`` is the first of ten.
        is_night: The night that begins on the day.
        is_night_before: The night that ends on the day.
        is_also: "Also in April": the April spoken of before.
        is_of_that_year: "In April of that year": of the year spoken of before.
        is_throughout: All of it: "the whole of March".
        readings: For digits that can be read two ways.
    """

    year: int | None = None
    year_offset: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    weekday: int | None = None
    direction: int = 0
    is_this: bool = False
    part: str = ""
    is_decade: bool = False
    is_night: bool = False
    is_night_before: bool = False
    is_also: bool = False
    is_of_that_year: bool = False
    is_throughout: bool = False
    readings: tuple[Partial, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A date counted from another.

    Args:
        unit: ``day``, ``week``, ``month`` or ``year``.
        amount: Units forward (negative: back).
        is_whole: "Last month" (the calendar month) as against "a month ago".
        from_mention: Counted from the date spoken of before, not from the context date.
        until_now: "Earlier this month": no later than the context date.
        is_night: The night that begins on the day.
        from_either: From the date spoken of before if the paragraph has one, else from the
            context date: languages where "ago" and "earlier" are one word.
        is_throughout: All of it: "all last week".
    """

    unit: str
    amount: int
    is_whole: bool = False
    from_mention: bool = False
    from_either: bool = False
    until_now: bool = False
    is_night: bool = False
    is_throughout: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Between two dates; an end left out is open.

    Args:
        start: First date.
        end: Last date.
        reading: ``throughout`` or ``at_least_once``.
    """

    start: Expression | None
    end: Expression | None
    reading: str


Expression = Partial | Relative | Range
