"""Dates as sources give them: exact, partial, about, between, one of; never more than was said.

A :class:`FuzzyDate` keeps the canonical EDTF text (see :mod:`undersight.model.edtf` for what is
accepted and how wide "about" is), how the date is known, the words as written, and which of two
things a range means: true on **every** day of it (``throughout``) or on **some** day of it
(``at_least_once``). The earliest and latest possible day follow from the text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from undersight.errors import InvalidDateError, InvalidValueError, UnknownFieldError
from undersight.model.edtf import EdtfValue, Point, Precision, clamp_day, read_edtf
from undersight.model.vocabulary import vocabulary

_KIND = "date"
_KEYS = ("edtf", "earliest", "latest", "basis", "as_text", "reading", "context")

Bounds = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True, order=False)
class FuzzyDate:
    """A date with what is known of it.

    Args:
        edtf: The date; made canonical.
        basis: A term of the vocabulary ``date_basis``: how the date is known.
        as_text: The words as written in the source.
        reading: A term of ``date_reading``: what a range of days means.
        context: ISO day that a yearless or relative date was resolved against; empty if none.

    Raises:
        InvalidDateError: ``edtf`` or ``context`` is not a date.
        UnknownTermError: ``basis`` or ``reading`` is not in its vocabulary.
    """

    edtf: str
    basis: str = "stated"
    as_text: str = ""
    reading: str = "at_least_once"
    context: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "edtf", read_edtf(self.edtf).edtf)
        vocabulary("date_basis").term(self.basis, "basis")
        vocabulary("date_reading").term(self.reading, "reading")
        if self.context and read_edtf(self.context, "context").precision != "day":
            raise InvalidDateError(self.context, "a context date is a whole day", "context")

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        basis: str = "stated",
        as_text: str = "",
        reading: str = "at_least_once",
        context: str = "",
        field: str = "",
    ) -> Self:
        """Read EDTF; ``field`` names the place in the error.

        Raises:
            InvalidDateError: Not of an accepted form, or on no calendar.
            UnknownTermError: ``basis`` or ``reading`` is not in its vocabulary.
        """
        edtf = read_edtf(text, field).edtf
        return cls(edtf, basis, as_text, reading, context)

    @classmethod
    def of_day(cls, day: dt.date, *, basis: str = "stated", as_text: str = "") -> Self:
        """Return an exact day."""
        return cls(day.isoformat(), basis, as_text)

    @property
    def value(self) -> EdtfValue:
        """The date as read, part by part."""
        return read_edtf(self.edtf)

    @property
    def earliest(self) -> dt.date | None:
        """First possible day; None when the start is open or unknown."""
        return self.value.earliest

    @property
    def latest(self) -> dt.date | None:
        """Last possible day; None when the end is open or unknown."""
        return self.value.latest

    @property
    def precision(self) -> Precision:
        """The finest unit known, or ``interval``, ``one_of``, ``yearless``."""
        return self.value.precision

    @property
    def is_exact(self) -> bool:
        """Whether it is one certain day."""
        value = self.value
        return value.precision in ("day", "time") and not value.points[0].mark

    @property
    def is_approximate(self) -> bool:
        """Whether any part of it is marked "about"."""
        return any(point.mark in ("~", "%") for point in self.value.points)

    @property
    def is_doubtful(self) -> bool:
        """Whether any part of it is marked doubtful."""
        return any(point.mark in ("?", "%") for point in self.value.points)

    @property
    def is_open_ended(self) -> bool:
        """Whether it goes on (``a/..``), as against an end nobody knows (``a/``)."""
        return self.value.end == ".."

    @property
    def start_bounds(self) -> Bounds:
        """First and last day on which what it dates can have begun."""
        start = self.value.start
        if self.precision == "interval" and self.reading == "throughout":
            return _bounds(start)
        if self.reading == "throughout" and isinstance(start, Point):
            return _whole_unit(start, start.earliest)
        return self.earliest, self.latest

    @property
    def end_bounds(self) -> Bounds:
        """First and last day on which what it dates can have ended."""
        end = self.value.end
        if self.precision == "interval" and self.reading == "throughout":
            return _bounds(end)
        if self.reading == "throughout" and isinstance(end, Point):
            return _whole_unit(end, end.latest)
        return self.earliest, self.latest

    def to_json(self) -> dict[str, str]:
        """Return a canonical dict of strings, without empty values."""
        values = {
            "edtf": self.edtf,
            "earliest": self.earliest.isoformat() if self.earliest else "",
            "latest": self.latest.isoformat() if self.latest else "",
            "basis": self.basis,
            "as_text": self.as_text,
            "reading": self.reading,
            "context": self.context,
        }
        return {key: value for key, value in values.items() if value}

    @classmethod
    def from_json(cls, raw: object, field: str = "") -> Self:
        """Read what :meth:`to_json` wrote.

        Args:
            raw: The dict; ``earliest`` and ``latest`` may be left out, and must fit if given.
            field: The name of the field it stands in, for the error.

        Raises:
            InvalidDateError: Not a date, or its bounds do not follow from it.
            InvalidValueError: Not a dict of strings with an ``edtf``.
            UnknownFieldError: A key that a date does not have.
            UnknownTermError: ``basis`` or ``reading`` is not in its vocabulary.
        """
        if not isinstance(raw, Mapping):
            raise InvalidValueError(_KIND, field or "value", "an object", type(raw).__name__)
        for key, value in raw.items():
            if key not in _KEYS:
                raise UnknownFieldError(_KIND, str(key), _KEYS)
            if not isinstance(value, str):
                raise InvalidValueError(_KIND, key, "text", type(value).__name__)
        if "edtf" not in raw:
            raise InvalidValueError(_KIND, "edtf", "a date", "nothing")
        given = {key: raw[key] for key in ("basis", "as_text", "reading", "context") if key in raw}
        date = cls.parse(raw["edtf"], field=field, **given)
        derived = date.to_json()
        for key in ("earliest", "latest"):
            if raw.get(key, derived.get(key)) != derived.get(key):
                reason = f"its {key} day is {derived.get(key, 'not known')}, not {raw[key]}"
                raise InvalidDateError(date.edtf, reason, field)
        return date


def sort_key(date: FuzzyDate) -> tuple[dt.date, dt.date, str]:
    """Return a key that sorts by first possible day, then last, then text.

    An open or unknown start sorts by its end; a date without a year sorts last.
    """
    earliest, latest = date.earliest, date.latest
    return earliest or latest or dt.date.max, latest or dt.date.max, date.edtf


def span(first: FuzzyDate, *others: FuzzyDate) -> FuzzyDate | None:
    """Return the smallest date that covers all of these; None when that would say nothing.

    The basis stays if all share it, else it is ``estimated``; the reading is ``at_least_once``.
    """
    dates = (first, *others)
    if all(date.edtf == first.edtf for date in dates):
        return replace(first, basis=_shared_basis(dates), reading="at_least_once")
    starts, ends = [date.earliest for date in dates], [date.latest for date in dates]
    known_starts = [day for day in starts if day]
    known_ends = [day for day in ends if day]
    start = min(known_starts).isoformat() if len(known_starts) == len(dates) else ".."
    end = max(known_ends).isoformat() if len(known_ends) == len(dates) else ".."
    if start == end == "..":
        return None
    return FuzzyDate(f"{start}/{end}", _shared_basis(dates))


def shifted(date: FuzzyDate, n_days: int) -> FuzzyDate | None:
    """Return ``date`` moved by ``n_days``; an inexact one becomes a range of days.

    None for a date without a year or without any known end.
    """
    earliest, latest = date.earliest, date.latest
    if earliest is None and latest is None:
        return None
    lo = clamp_day(earliest.toordinal() + n_days).isoformat() if earliest else ".."
    hi = clamp_day(latest.toordinal() + n_days).isoformat() if latest else ".."
    mark = "?" if date.is_doubtful and lo == hi else ""
    edtf = lo + mark if lo == hi else f"{lo}/{hi}"
    return replace(date, edtf=edtf, as_text="")


def _shared_basis(dates: tuple[FuzzyDate, ...]) -> str:
    bases = {date.basis for date in dates}
    return bases.pop() if len(bases) == 1 else "estimated"


def _bounds(part: Point | str) -> Bounds:
    return (part.earliest, part.latest) if isinstance(part, Point) else (None, None)


def _whole_unit(point: Point, edge: dt.date | None) -> Bounds:
    """Return the bounds of one edge of a unit held throughout: sharp unless it is "about"."""
    return _bounds(point) if point.mark in ("~", "%") else (edge, edge)
