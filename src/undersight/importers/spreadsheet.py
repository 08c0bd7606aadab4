"""Tables: CSV, TSV and spreadsheets (xlsx, xls, ods)."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.byte_source import HEAD_BYTES, refuse_binary
from undersight.importers.csv_lines import csv_lines
from undersight.importers.workbook_rows import Foreseen, check_workbook
from undersight.model.intake import Issue, Row
from undersight.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_MOST_LINES_BEFORE = 20


class Spreadsheet:
    """A table: the first row about as wide as the table is the header, each further row a record.

    What stands in merged cells holds for each of them. Hidden sheets are left out and named. A
    web page called .xls is read by its tables.
    """

    importer_id: ClassVar[str] = "spreadsheet"
    about: ClassVar[str] = _("CSV, TSV, or a spreadsheet (xlsx, xls, ods).")
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """A spreadsheet by its suffix and first bytes, or text called .csv or .tsv."""
        lower = name.lower()
        if head.startswith((_ZIP, _OLE)):
            return lower.endswith((".xlsx", ".xlsm", ".xls", ".ods"))
        if head.lstrip(_BLANKS).startswith(b"<"):
            return lower.endswith(".xls") and b"<table" in head.lower()
        return lower.endswith((".csv", ".tsv"))

    def parse(self, stream: BinaryIO) -> Iterator[Row | Issue]:
        """Yield rows in file order, sheet by sheet.

        Raises:
            DamagedFileError: It cannot be read as a table.
        """
        raw = stream.read()
        if raw.startswith((_ZIP, _OLE)):
            yield from _workbook(raw)
        elif raw.lstrip(_BLANKS).startswith(b"<"):
            yield from _rows(enumerate(_page_lines(raw), 1), "row {}")
        else:
            refuse_binary(raw[:HEAD_BYTES])
            lines, issues = csv_lines(decode(raw))
            yield from issues
            if all(_n_filled(cells) < 2 for _, cells in lines):
                raise DamagedFileError("line 1", "no row of it is a header of two columns")
            yield from _rows(lines, "line {}")


def _page_lines(raw: bytes) -> Iterator[list[str]]:
    """Return the rows of the tables of a web page, as many programs write them as ".xls"."""
    from lxml import html

    if b"<tr" not in raw.lower():
        raise DamagedFileError("line 1", "it is a web page without a table")
    parser = html.HTMLParser(encoding="utf-8")
    for line in html.document_fromstring(decode(raw).encode(), parser=parser).iter("tr"):
        cells = [cell for cell in line if cell.tag in ("td", "th")]
        yield [" ".join("".join(map(str, cell.itertext())).split()) for cell in cells]


def _workbook(raw: bytes) -> Iterator[Row | Issue]:
    import python_calamine

    check_workbook(raw)
    try:
        with Foreseen():
            book = python_calamine.load_workbook(io.BytesIO(raw))
        for about in book.sheets_metadata:
            if about.visible != python_calamine.SheetVisibleEnum.Visible:
                reason = "The sheet is hidden and was left out; show it to bring it in."
                yield Issue(locator=about.name, reason=reason)
                continue
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            with Foreseen():
                sheet = book.get_sheet_by_name(about.name)
                held = sheet.to_python(skip_empty_area=False)
            cells = [[_cell(value) for value in row] for row in held]
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                _fill(cells, (top, bottom), (left, right))
            yield from _rows(enumerate(cells, 1), about.name + "!row {}")
    except (python_calamine.CalamineError, OSError) as error:
        raise DamagedFileError("the workbook", "it is not a spreadsheet or is damaged") from error


def _fill(cells: list[list[str]], rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Write what the first of some merged cells holds into each row; titles across stay one."""
    if rows[0] >= len(cells) or columns[0] >= len(cells[rows[0]]):
        return
    words = cells[rows[0]][columns[0]]
    for row in cells[rows[0] + 1 : rows[1] + 1]:
        if columns[0] < len(row) and not row[columns[0]]:
            row[columns[0]] = words


def _cell(value: object) -> str:
    """Write a cell as text: whole numbers without a point, days without midnight."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)


def _rows(lines: Iterable[tuple[int, Sequence[str]]], place: str) -> Iterator[Row | Issue]:
    filled = ((number, [cell.strip() for cell in cells]) for number, cells in lines)
    records = ((number, cells) for number, cells in filled if any(cells))
    first = list(itertools.islice(records, _MOST_LINES_BEFORE))
    widest = max((_n_filled(cells) for _, cells in first), default=0)
    # Titles and notes stand above many tables: a header is at least half as wide as the table.
    top = next(
        (i for i, (_, c) in enumerate(first) if 2 <= _n_filled(c) >= widest / 2), len(first)
    )
    named = first[top][1] if top < len(first) else []
    below = first[top + 1][1] if top + 1 < len(first) else []
    if _is_second_header(named, below):
        top += 1
        named = [own or group for group, own in itertools.zip_longest(named, below, fillvalue="")]
    header = _header(named)
    for number, cells in itertools.chain(first[top + 1 :], records if header else ()):
        if len(cells) > len(header) and any(cells[len(header) :]):
            reason = f"The row has {len(cells)} cells, the header {len(header)}."
            yield Issue(locator=place.format(number), reason=reason)
            continue
        pairs = zip(header, cells, strict=False)
        yield Row(locator=place.format(number), cells={name: c for name, c in pairs if c})


def _is_second_header(named: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a line names the columns of groups: "Person" over "Name" and "Profession".

    It fills every gap of the line above, says nothing under the other names or repeats them, as
    cells merged downwards do, and holds no number.
    """
    if len(below) > len(named) or any(map(str.isdigit, "".join(below))):
        return False
    pairs = [*itertools.zip_longest(named, below, fillvalue="")]
    gaps = [i for i, (group, _) in enumerate(pairs) if not group]
    heads = [i - 1 for i in gaps if i - 1 not in gaps]
    is_filled = bool(gaps) and heads[0] >= 0 and all(pairs[i][1] for i in (*gaps, *heads))
    others = [pair for i, pair in enumerate(pairs) if i not in gaps and i not in heads]
    n_repeated = sum(group == own for group, own in others)
    is_silent = all(own in ("", group) for group, own in others)
    return is_filled and is_silent and (n_repeated > 0 or len(heads) > 1)


def _n_filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _header(cells: list[str]) -> list[str]:
    """Name every column; a repeated or empty name gets its number."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell or f"column {number}"
        names.append(f"{name} ({number})" if name in names else name)
    return names
