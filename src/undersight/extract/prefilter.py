"""Patterns that look before they search: words that any match must contain are sought first.

A language has a thousand patterns and a sentence answers to a handful. Looking for a plain word
is fifty times faster than trying a pattern at every letter, so each pattern carries a few words
one of which every match contains, and is tried only where one of them stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.extract.pattern_words import DIGIT, LEAST, needed_words, opening_words, word_chain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LONG = 4000  # characters of a text from which on its words are looked up, not looked for
_MOST = 60  # words beyond which looking costs more than it saves
_MOST_FIRST = 200  # the same of words that matches begin with
_WHOLE = r"(?<!\w)"  # how a pattern begins that never starts inside a word
_BEGIN = re.compile(r"(?<!\w)(?s:.)")
_LEAD = 24  # letters by which places are sorted
_PLACE, _SINCE = 48, 16  # bits by which a place, and the one since when, are moved in one number

_RARE = 1000  # letters of a text in which the words of a match's beginning may stand once
_FEW = 12  # places that are sooner tried than asked for further words

_NONE: dict[str, list[int]] = {}

_LOW_PLACE, _LOW_WHICH = (1 << _PLACE - _SINCE) - 1, (1 << _SINCE) - 1

Span = tuple[int, int]


_shared: dict[tuple[str, ...], tuple[str, ...]] = {}  # one object for the same words


class TextPattern:
    """A pattern and the words it needs; compiled when it is first tried."""

    __slots__ = ("_chain", "_compiled", "_first", "_needed", "_pattern")

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._compiled: re.Pattern[str] | None = None
        self._first: tuple[str, ...] | None = None
        self._chain: tuple[tuple[str, ...], ...] | None = None
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
        return iter(self.matches(text, start, end))

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Find the first match within bounds."""
        end = len(text) if end is None else end
        if not self.may_match(text, start, end):
            return None
        if len(text) < _LONG or not self.first:
            return self.compiled().search(text, start, end)
        match = self.compiled().match
        places = _index(text).openings(self)
        for place in places[bisect_left(places, start) : bisect_left(places, end)]:
            found = match(text, place, end)
            if found:
                return found
        return None

    def matches(self, text: str, start: int, end: int) -> Iterable[re.Match[str]]:
        """Find all matches within bounds of which `may_match` is known.

        Where it is known with which words a match begins, only those places are tried.
        """
        if len(text) < _LONG or not self.first:
            return self.compiled().finditer(text, start, end)
        match = self.compiled().match
        places = _index(text).openings(self)
        all_found = []
        behind = 0
        for place in places[bisect_left(places, start) : bisect_left(places, end)]:
            found = match(text, place, end) if place >= behind else None
            if found:
                all_found.append(found)
                behind = found.end()
        return all_found

    @property
    def first(self) -> tuple[str, ...]:
        """Words with one of which every match begins; none where none is sure."""
        first = self._first
        if first is None:
            is_whole = self._pattern.startswith(_WHOLE)
            words = opening_words(self._pattern) if is_whole else frozenset()
            first = tuple(sorted(words)) if len(words) <= _MOST_FIRST else ()
            self._first = first = _shared.setdefault(first, first)
        return first

    @property
    def chain(self) -> tuple[tuple[str, ...], ...]:
        """Words of which every match contains one each, in this order."""
        if self._chain is None:
            sets = [words for words in word_chain(self._pattern) if len(words) <= _MOST]
            self._chain = tuple(_shared.setdefault(w, w) for w in map(tuple, map(sorted, sets)))
        return self._chain

    @property
    def needed(self) -> tuple[str, ...]:
        """Words one of which every match contains; none where none is sure."""
        return self._needed

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Whether one of the needed words stands within bounds, behind one that it opens with."""
        if len(text) < _LONG:
            find = text.find
            return not self._needed or any(find(w, start, end) >= 0 for w in self._needed)
        if not self._needed and not self.first:
            return True
        places, since = _index(text).gate(self)
        first, last = bisect_left(places, start), bisect_left(places, end)
        return any(place >= start for place in since[first:last])


_Gate = tuple[list[int], list[int]]
_Hits = tuple[tuple[TextPattern, ...], list[int]]


@dataclass(slots=True)
class _Index:
    """Where the words of one long text stand.

    Words that matches begin with never begin inside a word of the text: those places are sorted
    by what stands there. Needed words may stand anywhere and are found by three of their letters.
    """

    text: str
    grams: dict[str, list[int]] = field(default_factory=dict)
    begins: list[int] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    digits: list[Span] = field(default_factory=list)
    words: dict[str, list[int]] = field(default_factory=dict)
    sets: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    opened: dict[int, list[int]] = field(default_factory=dict)
    ranges: dict[str, Span] = field(default_factory=dict)
    gates: dict[TextPattern, _Gate] = field(default_factory=dict)
    found: dict[int, _Hits] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text = self.text
        pairs = [(text[i : i + _LEAD], i) for i in map(re.Match.start, _BEGIN.finditer(text))]
        pairs.sort()
        self.leads = [lead for lead, _ in pairs]
        self.begins = [place for _, place in pairs]
        self.digits = [(i, i + 1) for i, lead in enumerate(self.leads) if lead[0].isdecimal()]
        if self.digits and self.digits[-1][1] - self.digits[0][0] == len(self.digits):
            self.digits = [(self.digits[0][0], self.digits[-1][1])]  # of one script

    def gate(self, pattern: TextPattern) -> _Gate:
        """Return places, in order, one of which stands in every match of a pattern.

        Beside each stands the last place before it at which a match may begin whose words stand
        in their order from there on: a match that holds the place begins no later.
        """
        gate = self.gates.get(pattern)
        if gate is None:
            gate = self.gates[pattern] = self._gate(pattern)
        return gate

    def _gate(self, pattern: TextPattern) -> _Gate:
        ranges = self._ranges(pattern.first)
        n_places = sum(stop - start for start, stop in ranges)
        places = since = self.openings(pattern) if n_places * _RARE <= len(self.text) else []
        if pattern.needed and not places:
            places = since = self._places(pattern.needed)
            if places and pattern.first:
                opened = self.openings(pattern)
                places, since = _followed(opened, opened, places)
        elif not pattern.needed:
            places = since = self.openings(pattern)
        return self._chained(pattern) if len(places) > _FEW else (places, since)

    def _chained(self, pattern: TextPattern) -> _Gate:
        chain = pattern.chain
        places = since = self.openings(pattern) if pattern.first else self._places(chain[0])
        for words in chain:
            if len(places) <= _FEW:
                break
            places, since = _followed(places, since, self._places(words))
        return places, since

    def _places(self, words: tuple[str, ...]) -> list[int]:
        """Return, in order, where one of several words stands, whole or within another."""
        places = self.sets.get(words)
        if places is None:
            places = self.sets[words] = sorted(p for word in words for p in self._sought(word))
        return places

    def openings(self, pattern: TextPattern) -> list[int]:
        """Return where the words stand, in order, that matches of a pattern begin with."""
        places = self.opened.get(id(pattern.first))
        if places is None:
            begins = self.begins
            places = [p for start, stop in self._ranges(pattern.first) for p in begins[start:stop]]
            places.sort()
            self.opened[id(pattern.first)] = places
        return places

    def hits(self, patterns: tuple[TextPattern, ...]) -> list[int]:
        """Return places of needed words, in order, since where, and which pattern needs each.

        The three are one number, as a hundred thousand numbers are sorted at once.
        """
        hits = self.found.get(id(patterns))
        if hits is None or hits[0] is not patterns:
            gates = [
                place << _PLACE | since << _SINCE | i
                for i, pattern in enumerate(patterns)
                if pattern.needed or pattern.first
                for place, since in zip(*self.gate(pattern), strict=True)
            ]
            gates.sort()
            hits = self.found[id(patterns)] = patterns, gates
        return hits[1]

    def _ranges(self, words: tuple[str, ...]) -> list[Span]:
        """Return between which of the sorted places each word begins."""
        ranges = []
        for word in words:
            if word == DIGIT:
                ranges += self.digits
            elif word in self.ranges:
                ranges.append(self.ranges[word])
            else:
                lead = word[:_LEAD]
                start = bisect_left(self.leads, lead)
                behind = lead[:-1] + chr(ord(lead[-1]) + 1)
                self.ranges[word] = start, bisect_left(self.leads, behind, start)
                ranges.append(self.ranges[word])
        return ranges

    def _sought(self, word: str) -> list[int]:
        places = self.words.get(word)
        if places is None:
            places = self.words[word] = self._look_up(word)
        return places

    def _look_up(self, word: str) -> list[int]:
        if not self.grams:
            self._count()
        ends = self.grams.get(word[-LEAST:])
        starts = self.grams.get(word[:LEAST])
        if not ends or not starts:
            return []
        text, offset = self.text, len(word) - LEAST
        if len(ends) < len(starts):
            starts = [place - offset for place in ends if place >= offset]
        return [place for place in starts if text.startswith(word, place)]

    def _count(self) -> None:
        text, grams = self.text, defaultdict[str, list[int]](list)
        for place, gram in enumerate(map("".join, zip(text, text[1:], text[2:], strict=False))):
            grams[gram].append(place)
        self.grams = grams


def _followed(places: list[int], since: list[int], following: list[int]) -> _Gate:
    """Return where links of a chain are followed by the next one, and since where.

    One way to be followed is enough for each: what lies within it lies within any longer one.
    """
    kept: dict[int, int] = {}
    if len(following) < len(places):
        pairs = ((bisect_right(places, place), place) for place in following)
        kept = {place: since[i - 1] for i, place in pairs if i}
    else:
        n_following = len(following)
        for place, first in zip(places, since, strict=True):
            i = bisect_left(following, place)
            if i < n_following:
                kept[following[i]] = first  # of several, the last one is the nearest
    return list(kept), list(kept.values())


_held = [_Index("")]  # of the text under work; another thread's only costs time


def _index(text: str) -> _Index:
    index = _held[0]
    if index.text is not text:  # the same object: comparing long texts would cost more
        index = _held[0] = _Index(text)
    return index


class Patterns:
    """Many patterns, and which of them are worth trying where."""

    __slots__ = ("_always", "_needing", "_patterns", "_unneeding")

    def __init__(self, patterns: Iterable[TextPattern]) -> None:
        self._patterns = tuple(patterns)
        self._needing: dict[str, dict[str, list[int]]] = {}
        self._unneeding = tuple(i for i, p in enumerate(self._patterns) if not p.needed)
        self._always = tuple(i for i, p in enumerate(self._patterns) if not (p.needed or p.first))

    def by_span(self, text: str, spans: Sequence[Span]) -> dict[Span, list[int]]:
        """Say which patterns, by their place, are worth trying in which spans.

        Args:
            text: What is read.
            spans: Of the text, in order, apart from one another.
        """
        if not spans or len(text) < _LONG:
            return {span: self._worth(text, *span) for span in spans}
        ends = [span[1] for span in spans]
        chosen = [set(self._always) for _ in spans]
        hits = _index(text).hits(self._patterns)
        first, last = (bisect_left(hits, place << _PLACE) for place in (spans[0][0], ends[-1]))
        for hit in hits[first:last]:
            i = bisect_right(ends, hit >> _PLACE)
            if hit >> _SINCE & _LOW_PLACE >= spans[i][0]:
                chosen[i].add(hit & _LOW_WHICH)
        return {span: sorted(found) for span, found in zip(spans, chosen, strict=True)}

    def stand_in(self, text: str) -> bool:
        """Whether one of the patterns fits anywhere in a text.

        The same as one pattern with all of them as alternatives, which took a second to compile.
        """
        worth = self._worth(text, 0, len(text))
        return any(self._patterns[i].compiled().search(text) for i in worth)

    def _worth(self, text: str, start: int, end: int) -> list[int]:
        """Say which patterns are worth trying in a part of a short text.

        Its groups of letters lead to the few words that may stand there: looking for every word
        of every pattern took most of the time that a sentence takes.
        """
        if not self._needing:
            self._sort_words()
        found = set(self._unneeding)
        for gram in {text[i : i + LEAST] for i in range(start, end - LEAST + 1)}:
            for word, which in self._needing.get(gram, _NONE).items():
                if text.find(word, start, end) >= 0:
                    found.update(which)
        return sorted(found)

    def _sort_words(self) -> None:
        """Put the words that patterns need under the letters that each begins with."""
        for i, pattern in enumerate(self._patterns):
            for word in pattern.needed:
                self._needing.setdefault(word[:LEAST], {}).setdefault(word, []).append(i)
