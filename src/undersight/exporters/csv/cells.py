"""Cells that say what they hold and start no formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undersight.model.fuzzy_date import FuzzyDate

BOM: Final = b"\xef\xbb\xbf"
SEPARATOR: Final = "; "
# What makes a spreadsheet compute instead of show; the wide forms count in East Asian settings.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """Return a text that no spreadsheet reads as a formula: a leading apostrophe is put before.

    Spreadsheets skip white space before they look, so this does too.
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def written(value: object) -> str:
    """Return a value as the text of a cell: nothing is empty, a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return safe(str(value).replace("\x00", ""))


def joined(values: Iterable[str]) -> str:
    """Return several values as one cell, without repetition, in the order given."""
    return SEPARATOR.join(dict.fromkeys(value for value in values if value))


def edtf(date: FuzzyDate | None) -> str:
    """Return a date as EDTF; empty for none."""
    return date.edtf if date else ""


def table(
    columns: Sequence[str], rows: Iterable[Mapping[str, object]], *, has_bom: bool = False
) -> bytes:
    """Return a table as RFC 4180 has it: comma, CRLF, quotes where needed, UTF-8.

    Args:
        columns: Names of the columns, in order.
        rows: Values by column; a column left out is an empty cell.
        has_bom: Whether to begin with the mark that older spreadsheets need to see UTF-8.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([written(row.get(column)) for column in columns])
    body = buffer.getvalue().encode("utf-8", "replace")
    return BOM + body if has_bom else body
