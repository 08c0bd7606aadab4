"""Records of CSV, one after another; a broken one is an issue and the reading goes on."""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, Final

from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.importers.byte_source import TextLines

SEPARATORS: Final = ",;\t|"
_MOST_RECORD_LINES = 5_000
_MOST_RECORD_CHARACTERS = 16 * 1024**2
# A line that no file holds: inside an open quotation mark it is swallowed, else a record alone.
_END = "\x1e\x1eend\x1e"


def separator_of(line: str) -> str:
    """Return the separator that parts a header line into most cells."""
    return max(SEPARATORS, key=lambda mark: len(cells_of(line, mark)))


def cells_of(line: str, separator: str) -> list[str]:
    """Part one line into cells; none where it cannot be parted."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


class DelimitedRecords:
    """The records of a delimited text with the line each begins at.

    Args:
        lines: Its lines.
        separator: The separator of cells.

    Attributes:
        n_cells: Cells of a whole record, once the header is known; 0 before.
    """

    def __init__(self, lines: TextLines, separator: str) -> None:
        self._lines = lines
        self._separator = separator
        self._again: deque[str] = deque()
        self._held: list[str] = []
        self._n_characters = 0
        self._source = iter(lines)
        self._is_ended = False
        self._has_overrun = False
        self._is_sound = True
        self.n_cells = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]] | Issue]:
        """Yield (line, cells) or an issue; blank lines are no records.

        Raises:
            InputError: The file as a whole is damaged.
        """
        csv.field_size_limit(_MOST_RECORD_CHARACTERS)
        damaged, held = self._lines.damaged, self._held
        number = 1
        while not self._is_ended or self._again:
            for cells in self._reader():
                n_lines = len(held)
                if self._has_overrun or (n_lines > 1 and self._is_merged(cells)):
                    break
                if damaged:
                    yield from self._issues(number, number + n_lines)
                held.clear()
                self._n_characters = 0
                if cells == [_END]:
                    break
                if cells and self._is_sound:
                    yield number, cells
                self._is_sound = True
                number += n_lines
            if held:
                yield from self._issues(number, number + 1) if damaged else ()
                yield self._rejected(number)
                number += 1

    def _is_merged(self, cells: list[str]) -> bool:
        """Whether a record of several lines is none: a stray quotation mark joined them."""
        return self._held[-1] is _END or (self.n_cells > 0 and len(cells) != self.n_cells)

    def _reader(self) -> Iterator[list[str]]:
        """Yield records until one cannot be ended; its lines are then in ``_held``."""
        self._has_overrun = False
        try:
            yield from csv.reader(self._feed(), delimiter=self._separator, strict=True)
        except csv.Error:
            self._has_overrun = True
            yield []

    def _feed(self) -> Iterator[str]:
        held = self._held
        while True:
            if self._again:
                line = self._again.popleft()
            else:
                line = next(self._source, _END)
                self._is_ended = line is _END
            held.append(line)
            self._n_characters += len(line)
            if len(held) > 1 and (
                len(held) > _MOST_RECORD_LINES or self._n_characters > _MOST_RECORD_CHARACTERS
            ):
                self._has_overrun = True
                return
            yield line
            if line is _END:
                return

    def _rejected(self, number: int) -> Issue:
        """Give up the first held line only: the others are read again as records of their own."""
        first, *others = self._held
        self._held.clear()
        self._n_characters = 0
        self._again.extendleft(line for line in reversed(others) if line is not _END)
        reason = "A quotation mark is misplaced or not closed" if '"' in first else "It is no row"
        return Issue(locator=f"line {number}", reason=f"{reason}; the line was left out.")

    def _issues(self, first: int, after: int) -> Iterator[Issue]:
        """Yield what is wrong with lines of a record; such a record is not taken."""
        for number in [one for one in self._lines.damaged if first <= one < after]:
            self._is_sound = False
            yield Issue(locator=f"line {number}", reason=self._lines.damaged.pop(number))
