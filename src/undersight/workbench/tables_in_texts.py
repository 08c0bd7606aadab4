"""The table of cases that a web page or a Word document is, or holds among its words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from undersight.errors import InputError
from undersight.model.intake import Row
from undersight.workbench.columns import REST, map_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.model.intake import Article, Issue

TEXTS_WITH_TABLES: Final = frozenset({"html-page", "docx-document"})
_OF_A_CASE: Final = frozenset({"date", "victim"})
_LEAST_KNOWN, _LEAST_COLUMNS, _LEAST_ROWS = 3, 3, 2
_LEAST_SHARE: Final = 0.6  # of the characters of a text that stand in its tables


def rows_of(raw: bytes) -> tuple[Row | Issue, ...]:
    """Return the rows of the tables of a page or document; none where there is no table."""
    from undersight.importers.spreadsheet import Spreadsheet

    try:
        return tuple(Spreadsheet().parse(io.BytesIO(raw)))
    except InputError:
        return ()


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
