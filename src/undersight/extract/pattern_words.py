"""Words that every match of a pattern contains, in their order, and words that it begins with."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST = 3  # letters of a word worth looking for
DIGIT = "\0"  # stands for any digit among the words that matches begin with
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|<[=!]|[:=!]))?")
_QUANTIFIER = re.compile(r"(?:([?*])|(\+)|\{(\d*)(?:,\d*)?\})[?+]?")
_LETTERS = re.compile(r"[^.^$|()\[\]{}*+?\\]+")
_BRACKETS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]")
_SIGNS = ("?", "*", "+", "{")
_SPECIAL = frozenset(".^$|()[]{}*+?\\")
_AROUND = ("(?=", "(?!", "(?<=", "(?<!")
_PLACES = ("\\b", "\\B", "^")  # take no letter
_FLAGGED = re.compile(r"\(\?(?![:=!]|<[=!]|P<)")  # flags, back references, conditions
_LEAST_FIRST = 2  # letters of a word that a match begins with

Needed = frozenset[str]


def needed_words(pattern: str) -> Needed:
    """Return words one of which every match of a pattern contains; empty where none is sure.

    >>> sorted(needed_words("(?:was |were )?(?:arrested|detained)"))
    ['arrested', 'detained']
    """
    needed, _ = _Parser(pattern).alternatives(0)
    return needed or frozenset()


def opening_words(pattern: str) -> Needed:
    """Return words with one of which every match of a pattern begins; empty where none is sure.

    None of them begins with another, so that no place is looked at twice.

    >>> sorted(opening_words("(?<!in )(?:was |were )?(?:arrested|detained)"))
    ['arrested', 'detained', 'was ', 'were ']
    """
    if _FLAGGED.search(pattern):
        return frozenset()
    words, can_be_empty = _opening(pattern)
    if words is None or can_be_empty:
        return frozenset()
    return frozenset(w for w in words if not any(w != o and w.startswith(o) for o in words))


def word_chain(pattern: str) -> tuple[Needed, ...]:
    """Return sets of words of which every match contains one each, in this order.

    Only sets that stand one behind the other are told: what stands in alternatives counts once.

    >>> [sorted(words) for words in word_chain("(?:had|has) (?:his )?account(?: was)? stolen")]
    [['had', 'has'], ['account'], [' stolen']]
    """
    return tuple(words for words in _chain(pattern) if min(map(len, words)) >= LEAST)


@functools.lru_cache(maxsize=1 << 13)
def _chain(group: str) -> tuple[Needed, ...]:
    return tuple(_Parser(group).chain())


@functools.lru_cache(maxsize=1 << 13)
def _opening(group: str) -> tuple[Needed | None, bool]:
    """Read what alternatives begin with, and whether one of them may take no letter."""
    return _Parser(group).openings()


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

    def chain(self) -> Iterator[Needed]:
        """Yield what stands one behind the other in every match."""
        if self._alternative_end(0) < len(self.pattern):
            needed = _within(self.pattern)
            yield from (needed,) if needed else ()
            return
        run, i = "", 0
        while i < len(self.pattern):
            first = i
            plain = self._plain_end(i)
            if plain > i:
                run += self.pattern[i:plain]
                i = plain
                continue
            needed, letter, behind = self._atom(i)
            is_optional, repeats, i = self._quantifier(behind)
            if letter and not is_optional:
                run += letter
                if not repeats:
                    continue
            yield from (frozenset({run}),) if run else ()
            run = ""
            if needed is not None and not is_optional:
                yield from self._links(first, behind, needed)
        yield from (frozenset({run}),) if run else ()

    def _links(self, first: int, behind: int, needed: Needed) -> tuple[Needed, ...]:
        """Return the sets of words of an atom: of a group, what stands in it."""
        head = _GROUP.match(self.pattern, first)
        return _chain(self.pattern[head.end() : behind - 1]) if head else (needed,)

    def openings(self) -> tuple[Needed | None, bool]:
        """Read the words that alternatives begin with; None where they are not sure."""
        union: set[str] = set()
        can_be_empty = False
        i = 0
        while True:
            words, is_empty = self._opening_at(i)
            if words is None:
                return None, False
            union |= words
            can_be_empty |= is_empty
            i = self._alternative_end(i) + 1
            if i > len(self.pattern):
                return frozenset(union), can_be_empty

    def _opening_at(self, i: int) -> tuple[set[str] | None, bool]:
        """Read the words that one alternative begins with, and whether it may take no letter."""
        words: set[str] = set()
        while i < len(self.pattern) and self.pattern[i] != "|":
            run = self._run(i)
            if run:
                words.add(run)
                return (words if len(run) >= _LEAST_FIRST else None), False
            if self.pattern.startswith(_PLACES, i):
                i += 1 if self.pattern[i] == "^" else 2
                continue
            found, is_empty = self._opening_atom(i)
            if found is None:
                return None, False
            words |= found
            is_optional, _, i = self._quantifier(self._atom(i)[2])
            if not (is_optional or is_empty):
                return words, False
        return words, True

    def _opening_atom(self, i: int) -> tuple[Needed | None, bool]:
        """Read what an atom that is no sure letter begins with."""
        if self.pattern.startswith(_AROUND, i):
            return frozenset(), True
        if self.pattern.startswith("\\d", i):
            return frozenset((DIGIT,)), False
        if self.pattern[i] != "(":
            return None, False
        head = _GROUP.match(self.pattern, i)
        return _opening(self.pattern[head.end() if head else i + 1 : self._group_end(i)])

    def _run(self, i: int) -> str:
        """Return the letters that surely stand one after the other from here on."""
        run = ""
        while i < len(self.pattern) and self.pattern[i] not in "|([":
            plain = self._plain_end(i)
            if plain > i:
                run += self.pattern[i:plain]
                i = plain
                continue
            _, letter, i = self._atom(i)
            is_optional, repeats, i = self._quantifier(i)
            if not letter or is_optional:
                break
            run += letter
            if repeats:
                break
        return run

    def _alternative_end(self, i: int) -> int:
        """Return where the bar behind an alternative stands, or the end."""
        while i < len(self.pattern) and self.pattern[i] != "|":
            i = self._atom(i)[2]
        return i

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
        is_around = self.pattern.startswith(_AROUND, i)
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
    if worth_b < LEAST:
        return a
    if a is None:
        return b
    worth_a = min(len(word) for word in a)
    return b if (min(worth_b, 6), -len(b)) > (min(worth_a, 6), -len(a)) else a
