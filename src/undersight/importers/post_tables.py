"""A table of posts in any container, as one header and rows of text with their locators."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import BinaryIO, Final

from undersight.errors import DamagedFileError
from undersight.importers.byte_source import HEAD_BYTES, TextLines, head_text
from undersight.importers.column_names import n_known
from undersight.importers.delimited import DelimitedRecords, cells_of, separator_of
from undersight.importers.json_tables import open_json
from undersight.importers.parquet_rows import MAGIC, open_parquet
from undersight.importers.workbook_rows import WORKBOOK_STARTS, ZIP, signature_text, workbook_rows
from undersight.model.intake import Issue

Cells = tuple[str, Sequence[str]]
IsHeader = Callable[[Sequence[str]], bool]
_MOST_LINES_BEFORE_HEADER: Final = 30
_JSON_START = re.compile(r"\{|\[\s*[\[{\]]")
_LEAST_KNOWN = 2
_SCRIPT = "window.ytd."
_HTML = ("<!doctype html", "<html", "<?xml")


class PostTable:
    """The header of a table and its rows.

    Args:
        columns: Names of the columns in order.
        rows: (locator, cells as text, as many as columns) or issues, in file order.
        before: Rows that stood before the header: what the tool says about the file.
        is_workbook: Whether cells come from a spreadsheet, which rounds long numbers.
    """

    __slots__ = ("before", "columns", "is_workbook", "rows")

    def __init__(
        self,
        columns: Sequence[str],
        rows: Iterator[Cells | Issue],
        *,
        before: Sequence[Sequence[str]] = (),
        is_workbook: bool = False,
    ) -> None:
        self.columns = tuple(columns)
        self.rows = rows
        self.before = tuple(tuple(row) for row in before)
        self.is_workbook = is_workbook


def has_two_cells(cells: Sequence[str]) -> bool:
    """Whether a row can be a header: two or more cells are filled."""
    return sum(1 for cell in cells if cell.strip()) >= 2


def open_table(
    stream: BinaryIO, is_header: IsHeader = has_two_cells, *, columns: Sequence[str] = ()
) -> PostTable:
    """Open CSV, TSV, NDJSON, JSON, Parquet or Excel, told apart by content.

    Args:
        stream: The file from its start.
        is_header: Which row is the header, among the first 30.
        columns: Names for a table that may come without a header.

    Raises:
        DamagedFileError: It is empty, no table, or would swell beyond bounds.
    """
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    head = source.read(HEAD_BYTES)
    source.seek(0)
    if head.startswith(MAGIC):
        names, rows = open_parquet(source)
        return PostTable(names, ((f"row {number}", cells) for number, cells in rows))
    if head.startswith(WORKBOOK_STARTS):
        return _of_workbook(source, is_header)
    start = head_text(head).lstrip().lower()
    if start.startswith(_HTML):
        raise DamagedFileError("line 1", "it is a web page, not a table; export the table anew")
    if _JSON_START.match(start) or start.startswith(_SCRIPT):
        return _of_json(source)
    return _of_text(source, is_header, columns)


def header_of(head: bytes, is_header: IsHeader = has_two_cells) -> tuple[str, ...]:
    """Return the header that the beginning of a file shows; empty for none or no table.

    Args:
        head: The first 64 KiB.
        is_header: Which row is the header.
    """
    if head.startswith((MAGIC, *WORKBOOK_STARTS)):
        return ()
    text = head_text(head).replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip()[:1] in ("{", "[", "<"):
        return ()
    lines = text.split("\n", _MOST_LINES_BEFORE_HEADER)[:_MOST_LINES_BEFORE_HEADER]
    is_wanted = _known_header([cells_of(line, separator_of(line)) for line in lines], is_header)
    for line in lines:
        cells = cells_of(line, separator_of(line))
        if is_wanted(cells) and "\0" not in line:
            return tuple(cell.strip() for cell in cells)
    return ()


def _known_header(rows: Sequence[Sequence[str]], is_header: IsHeader) -> IsHeader:
    """Which row is the header: below titles of two cells the one whose names are known.

    Args:
        rows: The first rows of the table.
        is_header: What the format looks for; only the usual look is made sharper.
    """
    if is_header is not has_two_cells:
        return is_header
    known = [n_known(row) for row in rows]
    first = next((place for place, row in enumerate(rows) if has_two_cells(row)), 0)
    best = known.index(max(known)) if known else 0
    if best <= first or known[best] < _LEAST_KNOWN or known[first] > 1:
        return is_header
    wanted = [cell.strip() for cell in rows[best]]
    return lambda cells: [cell.strip() for cell in cells] == wanted


def first_rows(stream: BinaryIO, head: bytes) -> bytes:
    """Return the first rows of a workbook or Parquet file as a text of tabs; empty for others.

    Formats are told by their header, which such files do not show at their beginning.

    Args:
        stream: The file, seekable.
        head: Its first 64 KiB.
    """
    if not head.startswith((MAGIC, *WORKBOOK_STARTS)):
        return b""
    stream.seek(0)
    rows: list[Sequence[str]] = []
    with suppress(DamagedFileError):
        if head.startswith(MAGIC):
            rows = [open_parquet(stream)[0]]
        else:
            found = islice(workbook_rows(stream), _MOST_LINES_BEFORE_HEADER)
            rows = [cells for _sheet, _number, cells in found]
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
    return "\n".join([*lines, ""]).encode() if any(lines) else b""


def workbook_holds(head: bytes, *words: str) -> bool:
    """Whether the beginning of a workbook holds all these cell texts."""
    if not head.startswith(ZIP):
        return False
    text = signature_text(head)
    return all(f">{word}<" in text for word in words)


# --- text ------------------------------------------------------------------------------------


def _of_text(source: BinaryIO, is_header: IsHeader, columns: Sequence[str]) -> PostTable:
    lines = TextLines(source)
    separator, is_header = _likely_header(source, is_header)
    records = DelimitedRecords(lines, separator)
    before: list[Sequence[str]] = []
    early: list[Issue] = []
    found = iter(records)
    for record in islice(found, _MOST_LINES_BEFORE_HEADER):
        if isinstance(record, Issue):
            early.append(record)
            continue
        cells = record[1]
        if columns and not is_header(cells):
            records.n_cells = len(columns)
            again = chain(early, [record], found)
            return PostTable(columns, _text_rows(again, records, len(columns)), before=before)
        if is_header(cells):
            names = column_names(cells)
            records.n_cells = len(names)
            rows = _text_rows(chain(early, found), records, len(names))
            return PostTable(names, rows, before=before)
        before.append(cells)
    where = early[0].reason.rstrip(".") if early else "no line of it is a header of two columns"
    raise DamagedFileError(early[0].locator if early else "line 1", where[0].lower() + where[1:])


def _likely_header(source: BinaryIO, is_header: IsHeader) -> tuple[str, IsHeader]:
    """The separator of the line with most cells: what stands above a header has few."""
    source.seek(0)
    lines = head_text(source.read(HEAD_BYTES)).splitlines()[:_MOST_LINES_BEFORE_HEADER]
    source.seek(0)
    ranked = [(len(cells_of(line, separator_of(line))), line) for line in lines]
    most = max((n for n, _ in ranked), default=0)
    separator = separator_of(next((line for n, line in ranked if n == most), ""))
    return separator, _known_header([cells_of(line, separator) for line in lines], is_header)


def _text_rows(
    found: Iterator[tuple[int, list[str]] | Issue], records: DelimitedRecords, n_columns: int
) -> Iterator[Cells | Issue]:
    """Yield rows of the header's width; others are issues, the last cut one said to be cut."""
    lines = records.lines
    for record in found:
        if record.__class__ is Issue:
            yield record
            continue
        number, cells = record  # type: ignore[misc]
        n_cells = len(cells)
        is_last = not lines.is_last_line_whole and records.last_line >= lines.n_lines
        if is_last and lines.damage:
            n_cells = -1
        if n_cells == n_columns:
            yield f"line {number}", cells
        elif n_cells > n_columns and not any(cells[n_columns:]):
            yield f"line {number}", cells[:n_columns]
        elif n_cells == 1 and not cells[0].strip():
            continue
        else:
            reason = _width(n_cells, n_columns, is_last=is_last)
            yield Issue(locator=f"line {number}", reason=reason)
    if lines.damage:
        place = f"after line {lines.n_lines}"
        reason = f"{lines.damage[:1].upper()}{lines.damage[1:]}; what follows is missing."
        yield Issue(locator=place, reason=reason)


def _width(n_cells: int, n_columns: int, *, is_last: bool) -> str:
    if n_cells < 0 or (n_cells < n_columns and is_last):
        return "The last line is cut short; the file was not saved to its end."
    return f"The row has {n_cells} cells, the header {n_columns}."


def column_names(cells: Sequence[str]) -> list[str]:
    """Name every column; a repeated or empty name gets its number."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip().strip("\ufeff") or f"column {number}"
        names.append(f"{name} ({number})" if name in names else name)
    return names


# --- workbooks -------------------------------------------------------------------------------


def _of_workbook(source: BinaryIO, is_header: IsHeader) -> PostTable:
    found = workbook_rows(source)
    first = list(islice(found, _MOST_LINES_BEFORE_HEADER))
    is_header = _known_header([cells for _sheet, _number, cells in first], is_header)
    found = chain(first, found)
    before: list[Sequence[str]] = []
    for sheet, number, cells in found:
        if is_header(cells):
            names = column_names(cells)
            rows = _sheet_rows(found, sheet, len(names))
            return PostTable(names, rows, before=before, is_workbook=True)
        if number > _MOST_LINES_BEFORE_HEADER:
            break
        if any(cells):
            before.append(cells)
    raise DamagedFileError("the first sheet", "no row of it is a header of two columns")


def _sheet_rows(
    found: Iterator[tuple[str, int, list[str]]], sheet: str, n_columns: int
) -> Iterator[Cells | Issue]:
    """Yield rows of the header's sheet; each further sheet with rows is one issue."""
    left_out: set[str] = set()
    for name, number, cells in found:
        if name == sheet:
            if any(cells):
                yield f"{name}!row {number}", (cells + [""] * n_columns)[:n_columns]
        elif any(cells) and name not in left_out:
            left_out.add(name)
            reason = "Only the first sheet with a header is read; this one was left out."
            yield Issue(locator=f"{name}!row {number}", reason=reason)


def _of_json(source: BinaryIO) -> PostTable:
    names, rows = open_json(source)
    return PostTable(names, rows)
