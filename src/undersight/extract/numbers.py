"""Numbers as people write them: digits with separators, suffixes and words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGITS = r"\d{1,3}(?:[,.' ]\d{3})+(?!\d)|\d+(?:[.,]\d{1,2}(?!\d))?"

_TWO_SCALES = re.compile(r"(\d[\d.,]* ?[^\W\d]+)\.? (\d{1,3} ?[^\W\d]+)")
_REST = re.compile(r"(.*[^\W\d]) (\d{3})")  # behind a word for thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """A language's numbers.

    Args:
        ones: Words and their numbers ("seven", "twenty", "a dozen").
        scales: Words or suffixes that multiply ("k", "thousand").
        half: Pattern of "and a half" behind a number; empty where none.
        article: Word that stands for one before a unit of time ("a year"); empty where none.
        alone: Pattern of a unit of time that stands for one by itself ("год колонии").
    """

    ones: Mapping[str, float]
    scales: Mapping[str, int]
    half: str = ""
    article: str = ""
    alone: str = ""
    _written: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    def pattern(self) -> str:
        """Return a pattern of a whole number expression, without a group; written once."""
        if not self._written:
            self._written.append(self._pattern())
        return self._written[0]

    def _pattern(self) -> str:
        ones = "|".join(sorted(map(re.escape, self.ones), key=lambda w: (-len(w), w)))
        scales = "|".join(sorted(map(re.escape, self.scales), key=lambda w: (-len(w), w)))
        word = rf"(?:{ones})(?:[ -](?:{ones}))?"
        half = f"(?:{self.half})?" if self.half else ""
        rest = r"(?:(?<=[^\W\d]) \d{3}(?![\d.,]\d|\d))?"  # "27 thousand 500"
        scaled = rf"(?: ?(?:{scales})(?!\w))"
        more = (
            rf"(?:(?<=[^\W\d])\.? \d{{1,3}}{scaled})?" if scales else ""
        )  # "1 million 800 thousand"
        return rf"(?:(?:{_DIGITS}|{word})(?:{scaled}+{more}{rest})?{half})"

    def value(self, written: str) -> int | float | None:
        """Read a folded number expression; None where it is none."""
        rest = written.strip()
        if rest in self.ones:
            return _whole(self.ones[rest])  # "a thousand", before its scale is taken off
        two = _TWO_SCALES.fullmatch(rest)
        if two:
            head, tail = self.value(two[1]), self.value(two[2])
            return None if head is None or tail is None else head + tail
        parted = _REST.fullmatch(rest)
        if parted:
            head = self.value(parted[1])
            return None if head is None else head + int(parted[2])
        total = 0.0
        if self.half:
            rest, n_halves = re.subn(f"{self.half}$", "", rest)
            total = 0.5 * n_halves
        scale = 1
        for name in sorted(self.scales, key=lambda w: (-len(w), w)):
            if re.search(rf"(?:\d|[ ]|^){re.escape(name)}$", rest) and rest != name:
                rest, scale = rest[: -len(name)].strip(), scale * self.scales[name]
        number = self._plain(rest)
        return None if number is None else _whole((number + total) * scale)

    def _plain(self, rest: str) -> float | None:
        if re.fullmatch(r"\d{1,3}(?:[,.' ]\d{3})+", rest):
            return float(re.sub(r"\D", "", rest))
        if re.fullmatch(r"\d+(?:[.,]\d+)?", rest):
            return float(rest.replace(",", "."))
        if rest in self.ones:
            return float(self.ones[rest])
        parts = re.split(r"[ -]", rest)
        if parts and all(part in self.ones for part in parts):
            return float(sum(self.ones[part] for part in parts))
        return None


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else number
