"""Tables that write a person's name across a row of its own, above the rows about that person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undersight.importers.table_forms import HEADING
from undersight.workbench.columns import map_columns
from undersight.workbench.heading_people import is_full_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.model.intake import Row

PERSON, ABOVE = "person", "above"
"""The column that the names become: read as a name, or kept in words until somebody says so."""
_LEAST_COLUMNS, _LEAST_SECTIONS = 3, 2
_LEAST_SHARE: Final = 0.8
_OF_PEOPLE: Final = frozenset({"victim", "surname", "victim_count"})


def with_names_above(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, each with the name that stands above it where nearly all such are names.

    A table that has a column of names is left as it is. Full names of which at least half have a
    known given name or a surname's ending are people; the others may be places, and stay words.
    """
    names = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    over = [row.cells[HEADING] for row in rows if HEADING in row.cells]
    if (
        over
        and PERSON not in names
        and not _OF_PEOPLE & set(map_columns(names, {}).roles.values())
    ):
        return tuple(_named_over(rows, over))
    if len(names) < _LEAST_COLUMNS or _OF_PEOPLE & set(map_columns(names, {}).roles.values()):
        return tuple(rows)
    alone = [next(iter(row.cells.values())) for row in rows if len(row.cells) == 1]
    people = [words for words in alone if is_full_name(words)]
    if len(people) < max(_LEAST_SECTIONS, _LEAST_SHARE * len(alone)):
        return tuple(rows)
    column = PERSON if 2 * sum(map(_is_surely_personal, people)) >= len(people) else ABOVE
    if column in names:
        return tuple(rows)
    return tuple(_told(rows, frozenset(people), column))


def _named_over(rows: Sequence[Row], over: Sequence[str]) -> list[Row]:
    """Rename what stands over each form, where nearly all of it are people's names."""
    people = [words for words in over if is_full_name(words)]
    if len(people) < max(_LEAST_SECTIONS, _LEAST_SHARE * len(over)):
        return list(rows)
    column = PERSON if 2 * sum(map(_is_surely_personal, people)) >= len(people) else ABOVE
    return [
        replace(row, cells={column if n == HEADING else n: cell for n, cell in row.cells.items()})
        for row in rows
    ]


def _told(rows: Sequence[Row], people: frozenset[str], column: str) -> list[Row]:
    """Write each name into the rows below it; the names' own rows are none."""
    told: list[Row] = []
    above, sheet = "", ""
    for row in rows:
        if row.locator.rpartition("!")[0] != sheet:
            above, sheet = "", row.locator.rpartition("!")[0]
        words = next(iter(row.cells.values()), "")
        if len(row.cells) == 1:
            above = words if words in people else ""  # another kind of heading ends a section
        if len(row.cells) != 1 or not above:
            told.append(replace(row, cells={**row.cells, column: above}) if above else row)
    return told


def _is_surely_personal(words: str) -> bool:
    from undersight.extract.personal_names import is_plain_given_name, is_surname

    return any(is_plain_given_name(part) or is_surname(part) for part in words.split())
