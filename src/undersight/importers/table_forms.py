"""Tables that are filled-in forms: one table for a person, a name of a field before each value.

One such table alone looks like any table of two columns. Several that name the same fields are
forms, and so is one whose names of fields come again and again.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from undersight.model.intake import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.importers.table_grids import Cell

_LEAST_FORMS, _LEAST_FIELDS = 2, 2
_LEAST_SHARE: Final = 0.5  # of the fields of a table that other forms have too
_MOST_LETTERS: Final = 60  # of the name of a field
HEADING: Final = "heading"  # of a line that stands over all columns


def forms_of(tables: Sequence[Sequence[Sequence[Cell]]]) -> dict[int, list[Row]]:
    """Return the records of the tables that are forms, by the table's number from 1.

    Args:
        tables: The tables of a page or document, each as lines.
    """
    paired = {n: table for n, table in enumerate(tables, 1) if _is_paired(table)}
    first = Counter(tuple(cell.text for cell in table[0]) for table in paired.values())
    if any(n >= _LEAST_FORMS for n in first.values()):
        return {}  # the names of columns, said again over each table
    pieces = {n: [*_pieces(table)] for n, table in paired.items()}
    named = Counter(
        field for records in pieces.values() for record in records for field in _fields(record)
    )
    shared = {field for field, n in named.items() if n >= _LEAST_FORMS}
    alike = {
        n: records
        for n, records in pieces.items()
        if records and all(_is_like(record, shared) for record in records)
    }
    if sum(map(len, alike.values())) < _LEAST_FORMS:
        return {}
    return {
        n: [_row(f"table {n}!row {record[0][0]}", record) for record in records]
        for n, records in alike.items()
    }


def _is_like(record: Sequence[_Line], shared: set[str]) -> bool:
    fields = _fields(record)
    n_shared = sum(field in shared for field in fields)
    return n_shared >= max(_LEAST_FIELDS, _LEAST_SHARE * len(fields))


_Line = tuple[int, str, "Cell"]
"""Its number, the name of a field, and what is said there."""


def _is_paired(table: Sequence[Sequence[Cell]]) -> bool:
    """Whether every line is names of fields, each with a value after it."""
    widths = {len(line) for line in table}
    return bool(table) and len(widths) == 1 and widths <= {2, 4}


def _pieces(table: Sequence[Sequence[Cell]]) -> Iterator[list[_Line]]:
    """Yield the records of a table; one begins where its first field comes again."""
    record: list[_Line] = []
    for number, line in enumerate(table, 1):
        for label, value in zip(line[::2], line[1::2], strict=True):
            is_heading = bool(label.text) and label.n_columns > 1
            name = HEADING if is_heading else _name(label.text)
            if record and name and name == record[0][1]:
                yield record
                record = []
            if is_heading:
                record.append((number, HEADING, label))
            elif name or (value.text and record):
                record.append((number, name, value))
    if record:
        yield record


def _name(text: str) -> str:
    return " ".join(text.split()).rstrip(" :：").strip()


def _fields(record: Sequence[_Line]) -> set[str]:
    """Names of its fields: few words, and no numbers as days and amounts have them."""
    return {
        name
        for _, name, _ in record
        if name
        and name != HEADING
        and len(name) <= _MOST_LETTERS
        and not any(map(str.isdigit, name))
    }


def _row(locator: str, record: Sequence[_Line]) -> Row:
    """Return a form as a record; what stands without a name goes on from the line above."""
    cells: dict[str, str] = {}
    last = HEADING
    for _, name, value in record:
        last = name or last
        cells[last] = "\n".join(filter(None, (cells.get(last, ""), value.text)))
        if value.url and value.url not in value.text:
            link = f"{last} link"
            cells[link] = "\n".join(filter(None, (cells.get(link, ""), value.url)))
    return Row(locator=locator, cells={name: said for name, said in cells.items() if said})
