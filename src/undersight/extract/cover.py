"""Which characters are taken: spans added one by one, asked about fast."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Cover:
    """The union of spans, as runs in order that never touch."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take the characters of a span."""
        first = bisect_left(self._ends, start)
        last = bisect_right(self._starts, end)
        if first < last:
            start = min(start, self._starts[first])
            end = max(end, self._ends[last - 1])
        self._starts[first:last] = [start]
        self._ends[first:last] = [end]

    def touches(self, start: int, end: int) -> bool:
        """Whether a character of a span is taken."""
        i = bisect_right(self._ends, start)
        return i < len(self._starts) and self._starts[i] < end

    def is_free(self, start: int, end: int) -> bool:
        """Whether a span has characters, none of them taken."""
        return start < end and not self.touches(start, end)

    def first_within(self, start: int, end: int) -> int | None:
        """Return where the first run that begins inside a span begins."""
        i = bisect_right(self._starts, start)
        return self._starts[i] if i < len(self._starts) and self._starts[i] < end else None
