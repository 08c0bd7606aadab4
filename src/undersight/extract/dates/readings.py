"""What a date is read against, and what reading it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from undersight.model.fuzzy_date import FuzzyDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a date is read against.

    Args:
        context: Day of publication or update; None if not known.
        last_day: The last single day named before, for "the following day".
        last_date: The last date named before, for "that month".
        months: The last year in which each month was named, for "also in April".
        days: The last year written with each month and day.
        last_year: The year of a written full date in the same paragraph.
        future: ``strong`` or ``weak`` where words announce something to come.
        latest: The day the whole text was saved, where the context is that of a part of it.
        is_told_before: Whether ``last_day`` was named in an earlier paragraph.
    """

    context: dt.date | None = None
    last_day: FuzzyDate | None = None
    last_date: FuzzyDate | None = None
    months: Mapping[int, int] = field(default_factory=dict)
    days: Mapping[tuple[int, int], int] = field(default_factory=dict)
    last_year: int | None = None
    future: str = ""
    latest: dt.date | None = None
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
