"""Patterns that look before they search: words that any match must contain are sought first.

A language has a thousand patterns and a sentence answers to a handful. Looking for a plain word
is fifty times faster than trying a pattern at every letter, so each pattern carries a few words
one of which every match contains, and is tried only where one of them stands.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LEAST = 3  # letters of a word worth looking for
_LONG = 4000  # characters of a text from which on its words are looked up, not looked for
_MOST = 60  # words beyond which looking costs more than it saves
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|<[=!]|[:=!]))?")
_QUANTIFIER = re.compile(r"(?:([?*])|(\+)|\{(\d*)(?:,\d*)?\})[?+]?")
_LETTERS = re.compile(r"[^.^$|()\[\]{}*+?\\]+")
_BRACKETS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]")
_SIGNS = ("?", "*", "+", "{")
_SPECIAL = frozenset(".^$|()[]{}*+?\\")

Needed = frozenset[str]
Span = tuple[int, int]


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

    @property
    def needed(self) -> tuple[str, ...]:
        """Words one of which every match contains; none where none is sure."""
        return self._needed

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Whether one of the needed words stands within bounds."""
        if not self._needed:
            return True
        if len(text) < _LONG:
            find = text.find
            return any(find(word, start, end) >= 0 for word in self._needed)
        places = _index(text).places(self._needed)
        i = bisect_left(places, start)
        return i < len(places) and places[i] < end


_Hits = tuple[tuple[TextPattern, ...], list[int], list[int]]


@dataclass(slots=True)
class _Index:
    """Where the words of one long text stand, found by their first three letters."""

    text: str
    grams: dict[str, list[int]] = field(default_factory=dict)
    known: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    found: dict[int, _Hits] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text, grams = self.text, defaultdict[str, list[int]](list)
        for place, gram in enumerate(map("".join, zip(text, text[1:], text[2:], strict=False))):
            grams[gram].append(place)
        self.grams = grams

    def places(self, words: tuple[str, ...]) -> list[int]:
        """Return where any of some words begins, in order."""
        places = self.known.get(words)
        if places is None:
            places = sorted(place for word in words for place in self._sought(word))
            self.known[words] = places
        return places

    def hits(self, patterns: tuple[TextPattern, ...]) -> tuple[list[int], list[int]]:
        """Return places of needed words, in order, and for each which pattern needs it."""
        hits = self.found.get(id(patterns))
        if hits is None or hits[0] is not patterns:
            pairs = sorted(
                (place, i)
                for i, pattern in enumerate(patterns)
                for place in self.places(pattern.needed)
            )
            hits = patterns, [place for place, _ in pairs], [i for _, i in pairs]
            self.found[id(patterns)] = hits
        return hits[1:]

    def _sought(self, word: str) -> list[int]:
        ends = self.grams.get(word[-_LEAST:])
        starts = self.grams.get(word[:_LEAST])
        if not ends or not starts:
            return []
        text, offset = self.text, len(word) - _LEAST
        if len(ends) < len(starts):
            starts = [place - offset for place in ends if place >= offset]
        return [place for place in starts if text.startswith(word, place)]


_held = [_Index("")]  # of the text under work; another thread's only costs time


def _index(text: str) -> _Index:
    index = _held[0]
    if index.text is not text:  # the same object: comparing long texts would cost more
        index = _held[0] = _Index(text)
    return index


class Patterns:
    """Many patterns, and which of them are worth trying where."""

    __slots__ = ("_always", "_patterns")

    def __init__(self, patterns: Iterable[TextPattern]) -> None:
        self._patterns = tuple(patterns)
        self._always = tuple(i for i, p in enumerate(self._patterns) if not p.needed)

    def by_span(self, text: str, spans: Sequence[Span]) -> dict[Span, list[int]]:
        """Say which patterns, by their place, are worth trying in which spans.

        Args:
            text: What is read.
            spans: Of the text, in order, apart from one another.
        """
        if not spans or len(text) < _LONG:
            return {
                span: [i for i, p in enumerate(self._patterns) if p.may_match(text, *span)]
                for span in spans
            }
        ends = [span[1] for span in spans]
        chosen = [set(self._always) for _ in spans]
        places, which = _index(text).hits(self._patterns)
        for k in range(bisect_left(places, spans[0][0]), bisect_left(places, ends[-1])):
            i = bisect_right(ends, places[k])
            if places[k] >= spans[i][0]:
                chosen[i].add(which[k])
        return {span: sorted(found) for span, found in zip(spans, chosen, strict=True)}


def needed_words(pattern: str) -> Needed:
    """Return words one of which every match of a pattern contains; empty where none is sure.

    >>> sorted(needed_words("(?:was |were )?(?:arrested|detained)"))
    ['arrested', 'detained']
    """
    needed, _ = _Parser(pattern).alternatives(0)
    return needed or frozenset()


@functools.lru_cache(maxsize=1 << 13)
def _within(group: str) -> Needed | None:
    """Read what stands inside a group; macros are written out in hundreds of patterns."""
    return _Parser(group).alternatives(0)[0]


@dataclass(frozen=True, slots=True)
class _Parser:
    pattern: str

    def alternatives(self, i: int) -> tuple[Needed | None, int]:
        """Read alternatives up to the end."""
        union: set[str] = set()
        is_sure = True
        while True:
            needed, i = self._sequence(i)
            if needed is None:
                is_sure = False
            else:
                union |= needed
            if i >= len(self.pattern):
                return (frozenset(union) if is_sure else None), i
            i += 1  # the bar

    def _sequence(self, i: int) -> tuple[Needed | None, int]:
        best: Needed | None = None
        run = ""
        while i < len(self.pattern) and self.pattern[i] != "|":
            plain = self._plain_end(i)
            if plain > i:
                run += self.pattern[i:plain]
                i = plain
                continue
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

    def _plain_end(self, i: int) -> int:
        """Return where plain letters end that no sign makes optional."""
        plain = _LETTERS.match(self.pattern, i)
        if not plain:
            return i
        end = plain.end()
        return end - 1 if self.pattern[end : end + 1] in _SIGNS else end

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
        first, last = head.end() if head else i + 1, self._group_end(i)
        return None if is_around else _within(self.pattern[first:last]), "", last + 1

    def _group_end(self, i: int) -> int:
        """Return where the bracket stands that closes the one at `i`."""
        depth = 0
        for sign in _BRACKETS.finditer(self.pattern, i):
            depth += {"(": 1, ")": -1}.get(sign.group(), 0)
            if depth == 0:
                return sign.start()
        return len(self.pattern)

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
