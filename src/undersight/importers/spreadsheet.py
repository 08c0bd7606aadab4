"""Tables: CSV, TSV, spreadsheets (xlsx, xls, ods), and those of web pages and documents."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import zipfile
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.byte_source import HEAD_BYTES, refuse_binary
from undersight.importers.csv_lines import csv_lines
from undersight.importers.open_document import Missed, missed_of
from undersight.importers.table_forms import forms_of
from undersight.importers.table_grids import document_tables, page_tables
from undersight.importers.workbook_marks import marks_of
from undersight.importers.workbook_rows import Foreseen, check_workbook
from undersight.model.intake import Issue, Row
from undersight.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from undersight.importers.table_grids import Cell

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_MOST_LINES_BEFORE = 20
_MOST_NAMED = 20  # hidden rows, before the list is cut
_ERRORS = frozenset(
    {"#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
_OF_A_DOCUMENT = "word/"


class Spreadsheet:
    """A table: the first row about as wide as the table is the header, each further row a record.

    What stands in merged cells holds for each of them. Hidden sheets are left out and named. A
    web page, a Word document and what is called .xls and is a page are read by their tables.
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
        if raw.startswith(_ZIP) and _is_document(raw):
            yield from _tables(document_tables(raw))
        elif raw.startswith((_ZIP, _OLE)):
            yield from _workbook(raw)
        elif raw.lstrip(_BLANKS).startswith(b"<"):
            yield from _tables(page_tables(raw))
        else:
            refuse_binary(raw[:HEAD_BYTES])
            held, issues = csv_lines(decode(raw))
            lines = [(number, list(cells)) for number, cells in held]
            yield from issues
            if all(_n_filled(cells) < 2 for _, cells in lines):
                raise DamagedFileError("line 1", "no row of it is a header of two columns")
            failed = [
                (lines[row][0] - 1, column) for row, column in _errors([c for _, c in lines])
            ]
            yield from _without_result("the table", failed)
            yield from _rows(lines, "line {}")


def _is_document(raw: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return any(name.startswith(_OF_A_DOCUMENT) for name in package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _tables(tables: Sequence[Sequence[Sequence[Cell]]]) -> Iterator[Row | Issue]:
    """Yield the rows of a page's tables; one without a heading goes on from the one above it."""
    above: list[str] = []
    forms = forms_of(tables)
    for number, cells in enumerate(tables, 1):
        if number in forms:
            yield from forms[number]
            continue
        place = "row {}" if len(tables) == 1 else f"table {number}!row {{}}"
        lines = [[cell.text for cell in line] for line in cells]
        header, n_above = _named(lines[:_MOST_LINES_BEFORE])
        if above and _goes_on(cells, above):
            header, n_above = above, 0
        elif above and len(header) == len(above) and not _is_heading(cells, n_above, above):
            reason = "This row was taken for the names of columns; if it is none, mend the table."
            yield Issue(locator=place.format(n_above), reason=reason)
        if not header:
            continue
        above = header
        led = [n for n in range(len(header)) if any(_leads(line, n) for line in cells[n_above:])]
        names = _header([*header, *(f"{header[n]} link" for n in led)])
        for n, line in enumerate(cells[n_above:], n_above + 1):
            told = [cell.text for cell in line]
            told += [""] * (len(header) - len(told))
            told += [line[n].url if _leads(line, n) else "" for n in led]
            yield from _row(place.format(n), names, told)


def _leads(line: Sequence[Cell], n: int) -> bool:
    """Whether the words of a cell lead somewhere that they do not say themselves."""
    return n < len(line) and bool(line[n].url) and line[n].url not in line[n].text


def _goes_on(cells: Sequence[Sequence[Cell]], above: Sequence[str]) -> bool:
    """Whether a table begins with a case: as wide as the one above, a number in its first line."""
    first = next((line for line in cells if any(cell.text for cell in line)), [])
    is_named = any(cell.is_name for cell in first)
    has_number = any(map(str.isdigit, "".join(cell.text for cell in first)))
    return len(first) == len(above) and not is_named and has_number


def _is_heading(cells: Sequence[Sequence[Cell]], n_above: int, above: Sequence[str]) -> bool:
    """Whether a table's names are called so by itself, or one is the name of the table above."""
    first = cells[n_above - 1]
    return any(cell.is_name or (cell.text and cell.text in above) for cell in first)


def _workbook(raw: bytes) -> Iterator[Row | Issue]:
    import python_calamine
    from lxml.etree import LxmlError

    check_workbook(raw)
    try:
        missed = {**missed_of(raw), **marks_of(raw)}
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
            beside = missed.get(about.name, Missed())
            for (row_number, column), text in beside.texts.items():
                if row_number < len(cells) and column < len(cells[row_number]):
                    cells[row_number][column] = text
            for (top, left), (bottom, right) in (
                *(sheet.merged_cell_ranges or ()),
                *beside.merged,
            ):
                _fill(cells, (top, bottom), (left, right))
            yield from _hidden(about.name, cells, beside)
            yield from _without_result(about.name, [*beside.without_result, *_errors(cells)])
            yield from _rows(enumerate(cells, 1), about.name + "!row {}", beside.links)
    except (python_calamine.CalamineError, LxmlError, OSError) as error:
        raise DamagedFileError("the workbook", "it is not a spreadsheet or is damaged") from error


def _hidden(sheet: str, cells: Sequence[Sequence[str]], beside: Missed) -> Iterator[Issue]:
    """Say which rows and columns came in that whoever looks at the sheet does not see."""
    rows = [n for n in _places(beside.hidden_rows, len(cells)) if any(cells[n])]
    widest = max(map(len, cells), default=0)
    columns = [
        n
        for n in _places(beside.hidden_columns, widest)
        if any(n < len(row) and row[n] for row in cells)
    ]
    if rows:
        reason = f"Rows hidden in the sheet came in like the others: {_runs(rows, str)}."
        yield Issue(locator=sheet, reason=reason, is_note=True)
    if columns:
        reason = (
            f"Columns hidden in the sheet came in like the others: {_runs(columns, _letters)}."
        )
        yield Issue(locator=sheet, reason=reason, is_note=True)


def _errors(cells: Sequence[list[str]]) -> list[tuple[int, int]]:
    """Empty the cells that hold the word of an error (“#N/A” is nobody); return their places."""
    found = []
    for number, line in enumerate(cells):
        for column, cell in enumerate(line):
            if cell.startswith("#") and cell.strip().upper() in _ERRORS:
                line[column] = ""
                found.append((number, column))
    return found


def _without_result(sheet: str, places: Iterable[tuple[int, int]]) -> Iterator[Issue]:
    """Say which cells came in empty although the sheet means something to stand there."""
    told = [f"{_letters(column + 1)}{row + 1}" for row, column in sorted(set(places))]
    if told:
        named = ", ".join([*told[:_MOST_NAMED], *(["…"] if len(told) > _MOST_NAMED else [])])
        reason = (
            "Cells with a formula that has an error or no result in the file came in empty: "
            f"{named}. Mend them, or open the file in a spreadsheet program and save it."
        )
        yield Issue(locator=sheet, reason=reason, is_note=True)


def _places(spans: Iterable[range], most: int) -> list[int]:
    return sorted({n for span in spans for n in range(max(span.start, 0), min(span.stop, most))})


def _runs(numbers: Sequence[int], name: Callable[[int], str]) -> str:
    """Write places counted from 0 as people count them: 3, 5-9."""
    spans: list[list[int]] = []
    for n in numbers:
        if spans and n == spans[-1][1] + 1:
            spans[-1][1] = n
        else:
            spans.append([n, n])
    told = [name(a + 1) + ("" if a == b else f"-{name(b + 1)}") for a, b in spans[:_MOST_NAMED]]
    return ", ".join([*told, *(["…"] if len(spans) > _MOST_NAMED else [])])


def _letters(number: int) -> str:
    told = ""
    while number:
        number, rest = divmod(number - 1, 26)
        told = chr(65 + rest) + told
    return told


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


def _rows(
    lines: Iterable[tuple[int, Sequence[str]]],
    place: str,
    links: Mapping[tuple[int, int], str] | None = None,
) -> Iterator[Row | Issue]:
    filled = ((number, [cell.strip() for cell in cells]) for number, cells in lines)
    records = ((number, cells) for number, cells in filled if any(cells))
    first = list(itertools.islice(records, _MOST_LINES_BEFORE))
    header, n_above = _named([cells for _, cells in first])
    last = first[n_above - 1][0] if 0 < n_above <= len(first) else 0
    led = sorted({column for row, column in links or () if row >= last and column < len(header)})
    names = _header([*header, *(f"{header[n]} link" for n in led)])
    for number, cells in itertools.chain(first[n_above:], records if header else ()):
        told = list(cells)
        if led and links and not any(cells[len(header) :]):
            urls = (links.get((number - 1, n), "") for n in led)
            told = [*cells[: len(header)], *[""] * (len(header) - len(cells))]
            told += [
                "" if url in cells[n : n + 1] else url for n, url in zip(led, urls, strict=True)
            ]
        yield from _row(place.format(number), names if len(told) == len(names) else header, told)


def _named(first: Sequence[list[str]]) -> tuple[list[str], int]:
    """Return the names of columns and how many lines stand above the first record.

    Titles and notes stand above many tables: a header is at least half as wide as the table.
    """
    widest = max((_n_filled(cells) for cells in first), default=0)
    top = next((i for i, c in enumerate(first) if 2 <= _n_filled(c) >= widest / 2), len(first))
    named = first[top] if top < len(first) else []
    below = first[top + 1] if top + 1 < len(first) else []
    if _is_second_header(named, below):
        top += 1
        named = [own or group for group, own in itertools.zip_longest(named, below, fillvalue="")]
    return _header(named), top + 1


def _row(place: str, header: Sequence[str], cells: Sequence[str]) -> Iterator[Row | Issue]:
    """Yield what a line is: a record, or why it is none."""
    pairs = [(name, cell) for name, cell in zip(header, cells, strict=False) if cell]
    if len(cells) > len(header) and any(cells[len(header) :]):
        reason = f"The row has {len(cells)} cells, the header {len(header)}."
        yield Issue(locator=place, reason=reason)
    elif len(pairs) > 1 and all(name == cell for name, cell in pairs):
        yield Issue(locator=place, reason="The row repeats the names of columns; it was left out.")
    elif pairs:
        yield Row(locator=place, cells=dict(pairs))


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
