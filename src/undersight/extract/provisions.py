"""Provisions of law: article numbers in every form a monitor writes them, normalised to dots.

``Article 147.2``, ``articles 510 and 535.1``, ``Article 221, part 2``, ``221/2`` and
``part 2 of Article 221`` all become numbers joined by dots. A hyphenated article number stands
for a step of its own (``148-1`` is ``148.1``); where the items repeat that number
(``388-1.1.1``), the repetition is dropped (``388.1.1``) and the longer reading is an alternative.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.extract.engine import Candidate, Finder, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NUMBER = r"\d{1,4}(?:[-./]\d{1,3}){0,5}(?:/?[a-z](?!\w))?"
_REPEATED = re.compile(r"(\d+)-(\d+)\.(\d+)\.(\d+(?:\.\d+)*)")
_BRACKETED = re.compile(r"(?<=[^\W\d] )\((\d{2,4}(?:[-.]\d{1,3})*)(?: of the [\w ]{4,40})?\)")
_BRACKETED_PARTS = re.compile(r"\(\d{2,4}(?:[-.]\d{1,3})+\)")  # what such numbers look like
_NEAR = 60
# "Article 510 (petty hooliganism), 30 days": what is counted is no further article
_NO_COUNT = (
    r"(?!\d|[-.]\d| ?(?:%|(?:days?|weeks?|months?|years?|hours?|people|times|gün|ay|il|saat|həftə"
    r"|nəfər|yıl|hafta|kişi|дней|дня|день|месяц\w*|лет|года?|час\w*|человек)(?!\w)|manat|сут|манат"
    r"|руб|lira|usd|eur|dollar))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionWords:
    """A language's words for provisions; patterns are over folded text.

    Args:
        lang: Language code.
        before: Words for "article" that stand before a number.
        behind: Words for "article" that stand behind a number; empty where they never do.
        joints: Pattern between the numbers of a list or range ("," "and" "to").
        part_behind: Pattern with one group: ", part 2" behind an article number.
        part_before: Pattern with one group, ending in ``$``: "part 2 of" before "Article".
        sequel: Pattern with one group: a bare number that a reclassified charge moves to.
        instruments: Patterns by id of the vocabulary ``instrument_kind``.
        ordinals: Words that stand for the number of a part ("birinci"), and their digits.
    """

    lang: str
    before: Iterable[str]
    behind: Iterable[str] = ()
    joints: str
    part_behind: str
    part_before: str
    sequel: str = ""
    instruments: Mapping[str, Iterable[str]]
    ordinals: Mapping[str, str] = field(default_factory=dict)


def normalise(cited: str) -> tuple[str, tuple[str, ...]]:
    """Return a citation's numbers joined by dots, and other readings.

    >>> normalise("388-1.1.1")
    ('388.1.1', ('388.1.1.1',))
    """
    lettered = re.sub(r"(?<=\d)(?=[a-z]$)", ".", cited)  # "9a"
    plain = re.sub(r"[-/]", ".", lettered).upper()
    repeated = _REPEATED.fullmatch(cited)
    if repeated and repeated[2] == repeated[3]:
        return f"{repeated[1]}.{repeated[2]}.{repeated[4]}", (plain,)
    return plain, ()


def _uncaptured(pattern: str) -> str:
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def finder(words: ProvisionWords) -> Finder:
    """Return a finder of provisions; the rule id ends with the kind of instrument named."""
    reader = _Reader.of(words)

    def find(passage: Passage) -> Iterator[Candidate]:
        return reader.read(passage)

    return find


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    lang: str
    lists: re.Pattern[str]
    number: re.Pattern[str]
    part_behind: re.Pattern[str]
    part_before: re.Pattern[str]
    sequel: re.Pattern[str] | None
    instruments: tuple[tuple[str, re.Pattern[str]], ...]
    ordinals: Mapping[str, str]

    @classmethod
    def of(cls, words: ProvisionWords) -> _Reader:
        """Compile a language's tables."""
        item = rf"{NUMBER}(?:{_uncaptured(words.part_behind)})?"
        run = rf"{item}(?:(?:{words.joints}){item}{_NO_COUNT}){{0,9}}"
        forms = [rf"(?<!\w)(?:{'|'.join(words.before)})(?P<run>{run})(?!\w)"]
        if words.behind:
            part = _uncaptured(words.part_behind)
            forms.append(rf"(?<![\w.])(?P<parted>{NUMBER}{part})(?!\w)")
            forms.append(rf"(?<![\w.])(?P<before>{run})(?:{'|'.join(words.behind)})(?!\w)")
        return cls(
            lang=words.lang,
            lists=re.compile("|".join(forms)),
            number=re.compile(rf"({NUMBER})(?:{words.part_behind})?"),
            part_behind=re.compile(words.part_behind),
            part_before=re.compile(words.part_before),
            sequel=re.compile(words.sequel) if words.sequel else None,
            ordinals=words.ordinals,
            instruments=tuple(
                (kind, re.compile("|".join(patterns)))
                for kind, patterns in words.instruments.items()
            ),
        )

    def read(self, passage: Passage) -> Iterator[Candidate]:
        """Yield one candidate for every number of every list."""
        for match in self.lists.finditer(passage.low, passage.start, passage.end):
            group = next(name for name, words in match.groupdict().items() if words)
            numbers = list(self.number.finditer(passage.low, match.start(group), match.end(group)))
            part = self.part_before.search(
                passage.low, max(passage.start, match.start() - 30), match.start()
            )
            instrument = self._instrument(passage, match.end())
            for i, number in enumerate(numbers):
                start = match.start() if i == 0 else number.start()
                end = match.end() if i == len(numbers) - 1 else number.end()
                parts = (self.ordinals.get(g, g) for g in number.groups() if g)
                cited = ".".join(parts)
                if i == 0 and part:
                    named = self.ordinals.get(part[1], part[1])
                    cited, start = f"{cited}.{named}", part.start(1)
                yield self._candidate(cited, start, end, instrument)
            yield from self._sequels(passage, match.end(), instrument)
        yield from self._bracketed(passage)

    def _bracketed(self, passage: Passage) -> Iterator[Candidate]:
        """Read "smuggling (206.4)", where no article is named or only one of several."""
        for match in _BRACKETED.finditer(passage.low, passage.start, passage.end):
            if self.lists.match(passage.low, match.start(1)) is None:
                first, last = passage.sentence_at(match.start())
                is_parted = "." in match[1] or "-" in match[1]
                if is_parted or _BRACKETED_PARTS.search(passage.low, first, last):
                    instrument = self._instrument(passage, match.end())
                    yield self._candidate(match[1], *match.span(1), instrument)

    def _sequels(self, passage: Passage, end: int, instrument: str) -> Iterator[Candidate]:
        if self.sequel:
            stop = min(passage.sentence_at(end - 1)[1], end + _NEAR)
            for match in self.sequel.finditer(passage.low, end, stop):
                group = match.lastindex or 0
                yield self._candidate(match[group], *match.span(group), instrument)

    def _candidate(self, cited: str, start: int, end: int, instrument: str) -> Candidate:
        value, others = normalise(cited)
        return Candidate(
            kind="provision",
            value=value,
            start=start,
            end=end,
            rule=f"{self.lang}.provision.{instrument}",
            confidence=0.9,
            alternatives=others,
        )

    def _instrument(self, passage: Passage, end: int) -> str:
        """Name the instrument that the sentence names nearest behind the number."""
        first, last = passage.sentence_at(end - 1)
        hits = [
            (0 if m.start() >= end else 1, abs(m.start() - end), kind)
            for kind, pattern in self.instruments
            for m in pattern.finditer(passage.low, first, last)
        ]
        return min(hits)[2] if hits else "unnamed"
