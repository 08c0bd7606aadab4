"""A year written once, after the last of several days: "on 12 January and 10 March 2013"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from undersight.extract.dates.expressions import Expression, Partial

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.extract.dates.tokens import Item

_AND: Final = frozenset({"and", "и", "AND"})
_JOINTS: Final = _AND | {",", "on", "в"}


def with_shared_year(
    meaning: Expression, listed: Iterator[tuple[Sequence[Item], Any]]
) -> Expression:
    """Return a day with the year that the last day of its list has, or a month with such a year.

    Args:
        meaning: A date; only a month, or a day of one, without a year is changed.
        listed: The dates after it, each with the items between it and the one before.
    """
    if not _is_yearless(meaning):
        return meaning
    first = last = meaning
    is_list = False
    for between, following in listed:
        if not between or not isinstance(following, Partial) or following.month is None:
            return meaning
        if any(item.concept not in _JOINTS for item in between):
            return meaning
        is_list = is_list or any(item.concept in _AND for item in between)
        if (following.month, following.day or 0) <= (last.month or 0, last.day or 0):
            return meaning  # "on 12 December and 10 March 2013": the one may be of 2012
        if following.year is not None:
            return replace(first, year=following.year) if is_list else meaning
        last = following
    return meaning


def _is_yearless(meaning: Expression) -> TypeGuard[Partial]:
    return (
        isinstance(meaning, Partial)
        and meaning.month is not None
        and meaning.year is None
        and meaning.year_offset is None
        and not meaning.readings
    )
