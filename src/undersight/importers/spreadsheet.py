"""Tables: CSV, TSV and spreadsheets (xlsx, xls, ods)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.model.intake import Issue, Row
from undersight.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_SEPARATORS = ",;\t|"


class Spreadsheet:
    """A table: the first row with two or more cells is the header, each further row a record."""

    importer_id: ClassVar[str] = "spreadsheet"
    about: ClassVar[str] = _("CSV, TSV, or a spreadsheet (xlsx, xls, ods).")
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """A spreadsheet by its suffix and first bytes, or text called .csv or .tsv."""
        lower = name.lower()
        if head.startswith((_ZIP, _OLE)):
            return lower.endswith((".xlsx", ".xlsm", ".xls", ".ods"))
        return lower.endswith((".csv", ".tsv"))

    def parse(self, stream: BinaryIO) -> Iterator[Row | Issue]:
        """Yield rows in file order, sheet by sheet.

        Raises:
            DamagedFileError: It cannot be read as a table.
        """
        raw = stream.read()
        if raw.startswith((_ZIP, _OLE)):
            yield from _workbook(raw)
        else:
            yield from _rows(_csv_lines(decode(raw)), "line {}")


def _csv_lines(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    if not text.strip():
        raise DamagedFileError("line 1", "the file is empty")
    first = text.lstrip().split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(16 * 1024 * 1024)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise DamagedFileError(
            f"line {start}", f"it is not readable as a table ({error})"
        ) from error


def _workbook(raw: bytes) -> Iterator[Row | Issue]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(raw))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            lines = enumerate(([_cell(value) for value in row] for row in cells), 1)
            yield from _rows(lines, name + "!row {}")
    except (python_calamine.CalamineError, OSError) as error:
        raise DamagedFileError("workbook", "it is not a spreadsheet or is damaged") from error


def _cell(value: object) -> str:
    """Write a cell as text: whole numbers without a point, days without midnight."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)


def _rows(lines: Iterator[tuple[int, Sequence[str]]], place: str) -> Iterator[Row | Issue]:
    header: list[str] = []
    for number, cells in lines:
        filled = [cell.strip() for cell in cells]
        if not any(filled):
            continue
        if not header:
            if sum(1 for cell in filled if cell) >= 2:
                header = _header(filled)
            continue
        if len(filled) > len(header) and any(filled[len(header) :]):
            reason = f"The row has {len(filled)} cells, the header {len(header)}."
            yield Issue(locator=place.format(number), reason=reason)
            continue
        pairs = zip(header, filled, strict=False)
        yield Row(locator=place.format(number), cells={name: c for name, c in pairs if c})


def _header(cells: list[str]) -> list[str]:
    """Name every column; a repeated or empty name gets its number."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell or f"column {number}"
        names.append(f"{name} ({number})" if name in names else name)
    return names
