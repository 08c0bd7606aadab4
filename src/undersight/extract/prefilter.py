"""Patterns that look before they search: words that any match must contain are sought first.

A language has a thousand patterns and a sentence answers to a handful. Looking for a plain word
is fifty times faster than trying a pattern at every letter, so each pattern carries a few words
one of which every match contains, and is tried only where one of them stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAST = 3  # letters of a word worth looking for
_MOST = 60  # words beyond which looking costs more than it saves
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|<[=!]|[:=!]))?")
_QUANTIFIER = re.compile(r"(?:([?*])|(\+)|\{(\d*)(?:,\d*)?\})[?+]?")
_SPECIAL = frozenset(".^$|()[]{}*+?\\")

Needed = frozenset[str]


class TextPattern:
    """A pattern and the words it needs; compiled when it is first tried."""

    __slots__ = ("_compiled", "_needed", "_pattern")

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._compiled: re.Pattern[str] | None = None
        needed = sorted(needed_words(pattern), key=lambda word: (-len(word), word))
        self._needed = tuple(needed) if len(needed) <= _MOST else ()

    @property
    def pattern(self) -> str:
        """The expression as text."""
        return self._pattern

    def compiled(self) -> re.Pattern[str]:
        """Return the compiled expression."""
        if self._compiled is None:
            self._compiled = re.compile(self._pattern)
        return self._compiled

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Find all matches within bounds."""
        end = len(text) if end is None else end
        if not self.may_match(text, start, end):
            return iter(())
        return self.compiled().finditer(text, start, end)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Find the first match within bounds."""
        end = len(text) if end is None else end
        if not self.may_match(text, start, end):
            return None
        return self.compiled().search(text, start, end)

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Whether one of the needed words stands within bounds."""
        find = text.find
        for word in self._needed:  # a loop: this runs millions of times
            if find(word, start, end) >= 0:
                return True
        return not self._needed


def needed_words(pattern: str) -> Needed:
    """Return words one of which every match of a pattern contains; empty where none is sure.

    >>> sorted(needed_words("(?:was |were )?(?:arrested|detained)"))
    ['arrested', 'detained']
    """
    needed, _ = _Parser(pattern).alternatives(0)
    return needed or frozenset()


@dataclass(frozen=True, slots=True)
class _Parser:
    pattern: str

    def alternatives(self, i: int) -> tuple[Needed | None, int]:
        """Read alternatives up to a closing bracket or the end."""
        union: set[str] = set()
        is_sure = True
        while True:
            needed, i = self._sequence(i)
            if needed is None:
                is_sure = False
            else:
                union |= needed
            if i >= len(self.pattern) or self.pattern[i] == ")":
                return (frozenset(union) if is_sure else None), i
            i += 1  # the bar

    def _sequence(self, i: int) -> tuple[Needed | None, int]:
        best: Needed | None = None
        run = ""
        while i < len(self.pattern) and self.pattern[i] not in "|)":
            needed, letter, i = self._atom(i)
            is_optional, repeats, i = self._quantifier(i)
            if letter and not is_optional:
                run += letter
                if not repeats:
                    continue
            best = _better(best, frozenset({run}))
            run = ""
            if needed is not None and not is_optional:
                best = _better(best, needed)
        return _better(best, frozenset({run})), i

    def _atom(self, i: int) -> tuple[Needed | None, str, int]:
        """Read one atom: what it needs, or the letter it is."""
        character = self.pattern[i]
        if character == "(":
            return self._group(i)
        if character == "[":
            return None, "", self._class_end(i)
        if character == "\\":
            escaped = self.pattern[i + 1]
            is_letter = not escaped.isalnum()
            return None, escaped if is_letter else "", i + 2
        return None, "" if character in _SPECIAL else character, i + 1

    def _group(self, i: int) -> tuple[Needed | None, str, int]:
        is_around = self.pattern.startswith(("(?=", "(?!", "(?<=", "(?<!"), i)
        head = _GROUP.match(self.pattern, i)
        needed, end = self.alternatives(head.end() if head else i + 1)
        return None if is_around else needed, "", end + 1

    def _class_end(self, i: int) -> int:
        i += 2 if self.pattern[i + 1] in "^]" else 1
        while self.pattern[i] != "]":
            i += 2 if self.pattern[i] == "\\" else 1
        return i + 1

    def _quantifier(self, i: int) -> tuple[bool, bool, int]:
        """Return whether the atom before may be absent, whether it repeats, and where to go on."""
        if i >= len(self.pattern) or self.pattern[i] not in "?*+{":
            return False, False, i
        match = _QUANTIFIER.match(self.pattern, i)
        if not match:
            return False, False, i
        is_optional = bool(match[1]) or match[3] in ("0", "")
        return is_optional, True, match.end()


def _better(a: Needed | None, b: Needed) -> Needed | None:
    """Prefer words that are longer, then fewer of them."""
    worth_b = min((len(word) for word in b), default=0)
    if worth_b < _LEAST:
        return a
    if a is None:
        return b
    worth_a = min(len(word) for word in a)
    return b if (min(worth_b, 6), -len(b)) > (min(worth_a, 6), -len(a)) else a
