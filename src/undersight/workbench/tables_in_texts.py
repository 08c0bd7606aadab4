"""The table of cases that a web page or a Word document is, or holds among its words."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

from undersight.errors import InputError
from undersight.model.intake import Issue, Row
from undersight.workbench.columns import REST, map_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.model.intake import Article

TEXTS_WITH_TABLES: Final = frozenset({"html-page", "docx-document"})
_OF_A_CASE: Final = frozenset({"date", "victim"})
_LEAST_KNOWN, _LEAST_COLUMNS, _LEAST_ROWS = 3, 3, 2
_FORM_WIDTHS: Final = (2, 4)  # one field or two on a line
_MOST_FORM_LINES: Final = 60
_LINK: Final = " link"
_UNNAMED = re.compile(r"column \d+")
_LEAST_SHARE: Final = 0.6  # of the characters of a text that stand in its tables


def rows_of(raw: bytes) -> tuple[Row | Issue, ...]:
    """Return the rows of the tables of a page or document; none where there is no table."""
    from undersight.importers.spreadsheet import Spreadsheet

    try:
        return as_form(tuple(Spreadsheet().parse(io.BytesIO(raw))))
    except InputError:
        return ()


def as_form(found: Sequence[Row | Issue]) -> tuple[Row | Issue, ...]:
    """Return one record where the rows of a file are the lines of a single filled-in form.

    A form has the name of a field and its value on each line. Read as a table, its first line
    would be the names of columns: so it is one only where the names of fields are known, and the
    first value is none.

    Args:
        found: What was read of the file as a table.
    """
    rows = [one for one in found if isinstance(one, Row)]
    names = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    header = tuple(name for name in names if name.removesuffix(_LINK) not in {*names} - {name})
    is_one_table = len({row.locator.rpartition("!")[0] for row in rows}) == 1
    if not is_one_table or len(header) not in _FORM_WIDTHS or len(rows) > _MOST_FORM_LINES:
        return tuple(found)
    lines = [header, *(tuple(row.cells.get(name, "") for name in header) for row in rows)]
    pairs = [pair for line in lines for pair in zip(line[::2], line[1::2], strict=True)]
    pairs = [(field.rstrip(" :："), "" if _is_gap(value) else value) for field, value in pairs]
    fields = [field for field, _ in pairs if field]
    values = map_columns(dict.fromkeys(value for _, value in pairs if value), {}).roles
    roles = map_columns(fields, {}).roles
    known = {role for role in roles.values() if role != REST}
    if (
        len(known) < _LEAST_KNOWN
        or not _OF_A_CASE & known
        or len(set(fields)) < len(fields)
        or any(value and not field for field, value in pairs)
        or any(role != REST for role in values.values())
    ):
        return tuple(found)
    cells = {field: value for field, value in pairs if value}
    for row in rows:
        for field, value in zip(header[::2], header[1::2], strict=True):
            if url := row.cells.get(value + _LINK, ""):
                cells[row.cells.get(field, "").rstrip(" :：") + _LINK] = url
    return (
        Row(locator=rows[0].locator, cells=cells),
        *(one for one in found if isinstance(one, Issue)),
    )


def _is_gap(value: str) -> bool:
    """Whether the reader called a column so that has no name."""
    return _UNNAMED.fullmatch(value) is not None


def is_table_of_cases(found: Sequence[Row | Issue], articles: Sequence[Article]) -> bool:
    """Whether nearly all that a text says are rows of a table that asks whom or when.

    Args:
        found: Its rows.
        articles: Its text.
    """
    rows = [one for one in found if isinstance(one, Row)]
    names = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    known = [role for role in map_columns(names, {}).roles.values() if role != REST]
    if len(known) < _LEAST_KNOWN or not _OF_A_CASE & set(known):
        return False
    tables = {row.locator.rpartition("!")[0] for row in rows}
    n_told = len(tables) * sum(map(len, names))
    n_told += sum(len(cell) for row in rows for cell in row.cells.values())
    return n_told >= _LEAST_SHARE * sum(len(article.text) for article in articles)


def n_worth_asking(found: Sequence[Row | Issue]) -> int:
    """Return how many rows a text's tables hold; 0 where they are too small to be cases."""
    rows = [one for one in found if isinstance(one, Row) and len(one.cells) >= _LEAST_COLUMNS]
    return len(rows) if len(rows) >= _LEAST_ROWS else 0
