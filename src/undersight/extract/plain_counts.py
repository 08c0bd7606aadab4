"""Counts that no pattern reads as a whole: first the number, then its noun, then what is told.

Patterns of whole phrases know the ways they were written from; people find others. Here a number
that nothing else took is read by what it counts ("followers", "days", "manats") and by the
nearest word of its sentence that tells what became of them ("lost", "held", "damages"). Where no
such word stands near and the noun alone does not tell, nothing is proposed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.extract import tables
from undersight.extract.engine import compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undersight.extract.engine import Passage, Span
    from undersight.extract.numbers import NumberWords
    from undersight.extract.prefilter import TextPattern

SURE = 0.5
TIME, MONEY = "time", "money"  # counted by units that are read with their number
_SHARE, _SIGN = "share", "share_sign"
_REACH = 110  # characters within which a word of the sentence tells of a number
_REACH_OF = {TIME: 40, MONEY: 80}
_BESIDE = 18  # and within which it is more than the noun says
_SAID_BEFORE = 220  # characters within which a noun need not be said again
_NO_NUMBER_BEFORE = re.compile(r"(?:[\w/:№#§]|\w[-.,]|(?:\bno\.|\bn[º°]|№) ?)$")
_NO_NUMBER_BEHIND = re.compile(r"[:/]\d|[-.,]\d|(?:st|nd|rd|th)\b")
_ENDING = r"(?:(?<=\d)(?:-\w{1,4}|'\w{1,4})|(?!\w))"  # of digits; words end where they end


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """A language's tables for plain counts.

    Args:
        heads: Patterns of nouns by what they count, ``nothing`` for those that are left alone;
            ``time`` and ``money`` have none of their own.
        telling: ``(head, what, unit, pattern)``: words that tell what became of what is counted;
            times and money bring their unit themselves.
        plain: ``(what, unit)`` by head where nothing more is told.
        bare: Pattern of what stands right behind a number whose noun was said before.
    """

    heads: Mapping[str, str]
    telling: tuple[tuple[str, str, str, str], ...]
    plain: Mapping[str, tuple[str, str]]
    bare: str = "(?!)"


def count_words(lang: str) -> CountWords:
    """Return a language's tables, ``tables/<lang>_counts.txt``.

    Args:
        lang: Its code.
    """
    loaded = tables.load(f"{lang}_counts")
    telling = []
    for key, patterns in loaded["count.telling"].items():
        head, what, *unit = key.split("/")
        telling += [(head, what, "".join(unit), pattern) for pattern in patterns]
    plain = {}
    for head, meaning in tables.only(loaded["count.plain"]).items():
        what, _slash, of_what = meaning.partition("/")
        plain[head] = what, of_what
    return CountWords(
        heads=tables.only(loaded["count.heads"]),
        telling=tuple(telling),
        plain=plain,
        bare=tables.only(loaded["count.around"])["bare"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number with what it counts.

    Args:
        head: What it counts.
        span: Of the number and its noun.
        number: Of the number.
        is_named: Whether the noun stands with it.
    """

    head: str
    span: Span
    number: Span
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    what: str
    unit: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainCounts:
    """Reads plain counts of one language.

    Args:
        number: A number.
        counted: A number and its noun, named by what it counts.
        bare: What stands behind a number without its noun.
        heads: Nouns alone, to find the one said before.
        told: Words that tell, by head.
        plain: As `CountWords` has it.
    """

    number: re.Pattern[str]
    counted: TextPattern
    bare: re.Pattern[str]
    heads: re.Pattern[str]
    told: Mapping[str, tuple[_Told, ...]]
    plain: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, words: CountWords, numbers: NumberWords) -> PlainCounts:
        """Compile a language's tables."""
        number = numbers.pattern()
        nouns = "|".join(f"(?P<{head}>{noun})" for head, noun in words.heads.items())
        told: dict[str, list[_Told]] = {}
        for head, what, unit, pattern in words.telling:
            told.setdefault(head, []).append(_Told(what, unit, re.compile(rf"\b(?:{pattern})")))
        behind = rf"{_ENDING} (?:of (?:its|his|her|their|the|our) )?(?:[^\W\d][\w'-]* ){{0,2}}?"
        return cls(
            number=re.compile(number),
            counted=compile_pattern(rf"{number}(?: ?(?P<{_SIGN}>%)|{behind}(?:{nouns})(?!\w))"),
            bare=re.compile(words.bare),
            heads=re.compile(rf"\b(?:{nouns})(?!\w)"),
            told={head: tuple(ways) for head, ways in told.items()},
            plain=words.plain,
        )

    def counts(self, passage: Passage) -> Iterator[Counted]:
        """Yield the numbers of an entry's body with what they count, by place."""
        low, reached = passage.low, passage.body
        for match in self.counted.finditer(low, passage.body, passage.end):
            yield from self._bare(passage, reached, match.start())
            reached = match.end()
            number = self.number.match(low, match.start())
            if number is not None and self._is_number(low, number.span()):
                head = _SHARE if match.lastgroup == _SIGN else match.lastgroup or ""
                yield Counted(head=head, span=match.span(), number=number.span(), is_named=True)
        yield from self._bare(passage, reached, passage.end)

    def meaning(self, passage: Passage, one: Counted) -> tuple[str, str] | None:
        """Say what a count means: kind of quantity and unit; None where nothing tells."""
        first, last = passage.sentence_at(one.span[0])
        reach = _REACH_OF.get(one.head, _REACH)
        near = max(first, one.span[0] - reach), min(last, one.span[1] + reach)
        found = self._nearest(passage.low, one.head, one.span, near)
        if found:
            return found[1]
        return self.plain.get(one.head) if one.is_named else None

    def beside(self, passage: Passage, what: str, span: Span) -> tuple[str, str] | None:
        """Say what a word right beside a count makes of its plain meaning; None where none does.

        Args:
            passage: The entry.
            what: What a pattern read it as.
            span: Where it stands.
        """
        head = next((head for head, plain in self.plain.items() if plain[0] == what), None)
        if head is None:
            return None
        first, last = passage.sentence_at(span[0])
        near = max(first, span[0] - _BESIDE), min(last, span[1] + _BESIDE)
        found = self._nearest(passage.low, head, span, near)
        return found[1] if found else None

    def _nearest(
        self, low: str, head: str, span: Span, near: Span
    ) -> tuple[int, tuple[str, str]] | None:
        hits = [
            (max(span[0] - word.end(), word.start() - span[1]), (way.what, way.unit))
            for way in self.told.get(head, ())
            for word in way.pattern.finditer(low, *near)
        ]
        return min(hits, default=None)

    def _bare(self, passage: Passage, start: int, stop: int) -> Iterator[Counted]:
        """Yield numbers whose noun was said before: "480 comments, 455 of them"."""
        low = passage.low
        for number in self.number.finditer(low, start, stop):
            if not self.bare.match(low, number.end()) or not self._is_number(low, number.span()):
                continue
            before = max(passage.start, number.start() - _SAID_BEFORE), number.start()
            said = [noun.lastgroup for noun in self.heads.finditer(low, *before)]
            if said and said[-1]:
                head = said[-1]
                yield Counted(head=head, span=number.span(), number=number.span())

    def _is_number(self, low: str, span: Span) -> bool:
        """Whether it is no part of a date, an hour, a number of an article or a longer word."""
        is_part = _NO_NUMBER_BEFORE.search(low, max(0, span[0] - 6), span[0])
        return not is_part and not _NO_NUMBER_BEHIND.match(low, span[1])
