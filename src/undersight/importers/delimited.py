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
_MOST_LEFT_LINES = 5_000
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

    Whole blocks of sound lines are parted at once; where anything is amiss in one, it is read
    record by record.

    Args:
        lines: Its lines.
        separator: The separator of cells.

    Attributes:
        n_cells: Cells of a whole record, once the header is known; 0 before.
        lines: Its lines.
        last_line: The line on which the record last yielded ends.
    """

    def __init__(self, lines: TextLines, separator: str) -> None:
        self.lines = lines
        self._separator = separator
        self._blocks = lines.blocks()
        self._again: deque[str] = deque()
        self._held: list[str] = []
        self._n_characters = 0
        self._number = 1
        self._is_ended = False
        self._has_overrun = False
        self._is_sound = True
        self.n_cells = 0
        self.last_line = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]] | Issue]:
        """Yield (line, cells) or an issue; blank lines are no records.

        Raises:
            InputError: The file as a whole is damaged.
        """
        csv.field_size_limit(_MOST_RECORD_CHARACTERS)
        left: list[str] = []
        while not self._is_ended:
            block = left + next(self._blocks, [])
            self._is_ended = len(block) == len(left)
            found, left = self._parted(block)
            yield from found
            if left and (not found or self._is_ended or len(left) > _MOST_LEFT_LINES):
                self._again.extend(left)
                left = []
                yield from self._one_by_one()

    def _parted(self, block: list[str]) -> tuple[list[tuple[int, list[str]]], list[str]]:
        """Part sound lines into records; return them and the lines from the first unsound on."""
        if not self.n_cells or self.lines.damaged or not self.lines.is_last_line_whole:
            return [], block
        found: list[tuple[int, list[str]]] = []
        first, n_taken, n_cells = self._number, 0, self.n_cells
        reader = csv.reader(block, delimiter=self._separator, strict=True)
        try:
            for cells in reader:
                n_lines = reader.line_num
                if n_lines - n_taken > 1 and len(cells) != n_cells:
                    break
                if cells:
                    found.append((first + n_taken, cells))
                n_taken = n_lines
        except csv.Error:
            pass
        self._number += n_taken
        self.last_line = self._number - 1
        return found, block[n_taken:] if n_taken < len(block) else []

    def _one_by_one(self) -> Iterator[tuple[int, list[str]] | Issue]:
        """Read records until the lines at hand are used up."""
        damaged, held = self.lines.damaged, self._held
        while self._again:
            for cells in self._reader():
                n_lines = len(held)
                if self._has_overrun or (n_lines > 1 and self._is_merged(cells)):
                    break
                number = self._number
                if damaged:
                    yield from self._issues(number, number + n_lines)
                held.clear()
                self._n_characters = 0
                if cells == [_END]:
                    break
                self._number += n_lines
                self.last_line = self._number - 1
                if cells and self._is_sound:
                    yield number, cells
                self._is_sound = True
                if not self._again and self.n_cells:
                    break
            if held:
                number = self._number
                yield from self._issues(number, number + 1) if damaged else ()
                self._number += 1
                self.last_line = number
                yield self._rejected(number)

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
            if not self._again:
                self._again.extend(next(self._blocks, (_END,)))
                self._is_ended = self._again[0] is _END
            line = self._again.popleft()
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
        for number in [one for one in self.lines.damaged if first <= one < after]:
            self._is_sound = False
            yield Issue(locator=f"line {number}", reason=self.lines.damaged.pop(number))
