"""The records of a log kept as CSV: cells may hold line breaks, and a stray mark joins no rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from undersight.errors import DamagedFileError
from undersight.importers.delimited import SEPARATORS, cells_of, separator_of
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STATED_SEPARATOR = re.compile(r"\ufeff?sep=(.)\r?\n")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MOST_LINES_BEFORE = 20
_LARGEST_CELL = 16 * 1024**2  # characters
# A line that no file holds: a mark still open at the end of the file swallows it.
_END: Final = "\x1e\x1eend\x1e"


def csv_lines(text: str) -> tuple[list[tuple[int, Sequence[str]]], list[Issue]]:
    """Part a text into records, each with the line it begins on, and say what was left out.

    A line whose quotation mark runs on into rows of the table is left out, and the rows behind
    it are read.

    Args:
        text: The file.

    Raises:
        DamagedFileError: It is empty, or no table.
    """
    if not text.strip():
        raise DamagedFileError("line 1", "the file is empty")
    stated = _STATED_SEPARATOR.match(text)  # Excel's own line says by what cells are parted
    separator = stated[1] if stated else _separator(text)
    lines = _LINE.findall(text)
    csv.field_size_limit(_LARGEST_CELL)
    found: list[tuple[int, Sequence[str]]] = []
    issues: list[Issue] = []
    first = 1 if stated else 0
    n_cells = _width(lines[first:], separator)
    while first < len(lines):
        for start, after, cells in _records(lines, first, separator):
            first = after
            if _is_joined(lines[start:after], cells, separator, n_cells):
                first = start + 1
                reason = "A quotation mark is misplaced or not closed; the line was left out."
                issues.append(Issue(locator=f"line {first}", reason=reason))
                break
            found.append((start + 1, cells))
    return found, issues


def _separator(text: str) -> str:
    """Return what parts the cells, by the first line that is parted: a title may stand first."""
    for line in text.lstrip().splitlines()[:_MOST_LINES_BEFORE]:
        separator = separator_of(line)
        if len(cells_of(line, separator)) > 1:
            return separator
    return SEPARATORS[0]


def _width(lines: list[str], separator: str) -> int:
    """Return how many cells most records of a line have, the first such number on a tie."""
    counts = Counter(
        len(cells)
        for start, after, cells in _records(lines, 0, separator)
        if after - start == 1 and len(cells) > 1
    )
    return counts.most_common(1)[0][0] if counts else 0


def _records(lines: list[str], first: int, separator: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield each record's first line, the line behind its last one, and its cells."""
    start = first
    try:
        reader = csv.reader((*_from(lines, first), _END), delimiter=separator)
        for cells in reader:
            after = first + reader.line_num
            if cells != [_END]:
                yield start, min(after, len(lines)), [cell.removesuffix(_END) for cell in cells]
            start = after
    except csv.Error as error:
        reason = f"it is not readable as a table ({error})"
        raise DamagedFileError(f"line {start + 1}", reason) from error


def _from(lines: list[str], first: int) -> Iterator[str]:
    return (lines[i] for i in range(first, len(lines)))


def _is_joined(written: list[str], cells: list[str], separator: str, n_cells: int) -> bool:
    """Whether a record of several lines has whole rows of the table inside a cell."""
    is_whole = len(cells) == n_cells and "".join(written).count('"') % 2 == 0
    inner = written[1:] if n_cells > 1 and not is_whole else ()
    return any(len(cells_of(line.rstrip("\r\n"), separator)) == n_cells for line in inner)
