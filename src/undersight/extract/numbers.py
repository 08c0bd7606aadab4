"""Numbers as people write them: digits with separators, suffixes and words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DIGITS = r"\d{1,3}(?:[,.' ]\d{3})+(?!\d)|\d+(?:[.,]\d{1,2}(?!\d))?"
_LEAST_LETTERS = 3  # of a multiplier that may follow words; "k" and "m" follow digits only
_MOST_WORDS = 6
_ENDING = r"(?!\w{4})"  # a case ending is shorter; more letters make another word
_GROUPED = re.compile(r"\d{1,3}(?:[,.' ]\d{3})+")
_HUNDRED, _THOUSAND = 100, 1000

_Part = tuple[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """A language's numbers.

    Args:
        ones: Words and their numbers ("seven", "twenty", "a dozen").
        scales: Words or suffixes that multiply ("k", "thousand"); those that may begin a number
            ("bin beş yüz") stand among the ones, too.
        half: Pattern of "and a half" behind a number; empty where none.
        joint: Pattern of a word that joins what stands behind a multiplier ("hundred and six").
        article: Word that stands for one before a unit of time ("a year"); empty where none.
        alone: Pattern of a unit of time that stands for one by itself ("год колонии").
    """

    ones: Mapping[str, float]
    scales: Mapping[str, int]
    half: str = ""
    joint: str = ""
    article: str = ""
    alone: str = ""
    _written: list[str] = field(default_factory=list, init=False, repr=False, compare=False)
    _parts: list[re.Pattern[str]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def pattern(self) -> str:
        """Return a pattern of a whole number expression, without a group; written once."""
        if not self._written:
            self._written.append(self._pattern())
        return self._written[0]

    def _pattern(self) -> str:
        ones = _any_of(self.ones)
        half = f"(?:{self.half})?" if self.half else ""
        rest = r"(?:(?<=[^\W\d]) \d{2,3}(?![\d.,]\d|\d))?"  # "27 thousand 500", "7 bin 80"
        scaled = more = further = ""
        if self.scales:
            scaled = rf"(?: ?(?:{_any_of(self.scales)})(?!\w))"
            more = rf"(?:(?<=[^\W\d])\.? \d{{1,3}}{scaled})?"  # "1 million 800 thousand"
            words = _any_of(word for word in self.scales if len(word) >= _LEAST_LETTERS)
            further = rf"|(?:{words})(?!\w)"
        joint = f"(?:{self.joint})?" if self.joint else ""
        following = rf"(?:{joint}[ -](?:(?:{ones}){_ENDING}{further})){{0,{_MOST_WORDS}}}"
        many = rf"(?:{scaled}+{more}{rest}{half})?" if scaled else ""
        first = rf"(?<![^\W\d])(?:{ones})"  # no "min" of "təxminən"
        return rf"(?:(?:{_DIGITS}|{first}{following}){half}{many})"

    def value(self, written: str) -> int | float | None:
        """Read a folded number expression; None where it is none, or could be two."""
        parts = self._read(written.strip())
        return None if parts is None else _summed(parts)

    def _read(self, rest: str) -> list[_Part] | None:
        """Return the parts of an expression; None where a part is none."""
        parts: list[_Part] = []
        position = 0
        while position < len(rest):
            part = self._part().match(rest, position)
            if part is None:
                return None
            position = part.end()
            word = part["word"]
            if word is None:
                parts.append(("half", 0.5) if part["digits"] is None else _digits(part["digits"]))
            elif word in self.scales:
                parts.append(("scale", self.scales[word]))
            else:
                number = self.ones[word]
                is_whole = number >= _THOUSAND  # "a thousand"
                parts.append(("scale", number) if is_whole else ("plain", number))
        return parts or None

    def _part(self) -> re.Pattern[str]:
        """A part of an expression, with what joins it to the one before; compiled once."""
        if not self._parts:
            half = f"(?P<half>{self.half})|" if self.half else ""
            joint = f"(?:{self.joint})?" if self.joint else ""
            words = _any_of({*self.ones, *self.scales})
            self._parts.append(
                re.compile(rf"{half}{joint}[ .-]*(?:(?P<digits>{_DIGITS})|(?P<word>{words}))")
            )
        return self._parts[0]


def _digits(written: str) -> _Part:
    if _GROUPED.fullmatch(written):
        return "plain", float(re.sub(r"\D", "", written))
    return "plain", float(written.replace(",", "."))


def _summed(parts: list[_Part]) -> int | float | None:
    """Add parts up as they are said: "two | hundred | five | thousand | ten"."""
    total, last = 0.0, float("inf")
    current: float | None = None  # what no multiplier has closed yet
    for kind, number in parts:
        if kind == "plain" and (current is None or _goes_behind(current, number)):
            current = (current or 0) + number
        elif kind == "half" and current is not None:
            current += number
        elif kind == "half" and total:
            total += number * last  # "a million and a half"
        elif kind == "scale" and number <= _HUNDRED and current != 0:
            current = (1 if current is None else current) * number
        elif kind == "scale" and number < last and (current is not None or not total):
            total += (1 if current is None else current) * number
            last, current = number, None
        else:
            return None
    return _whole(total + (current or 0))


def _goes_behind(current: float, number: float) -> bool:
    """Whether a number is said on from another: "forty | two", "two hundred | six"."""
    if current % _HUNDRED == 0:
        return number < _HUNDRED
    return current % 10 == 0 and number < 10


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else number
