"""Quantities: followers, comments, people, accounts, money, durations, by what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.extract.cover import Cover
from undersight.extract.engine import Candidate, Finder, Passage, Span, compile_pattern
from undersight.extract.penalties import (
    amount_pattern,
    money_pattern,
    read_duration,
    read_money,
)
from undersight.extract.plain_counts import MONEY, SURE, TIME, Counted, PlainCounts
from undersight.extract.prefilter import Patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undersight.extract.numbers import NumberWords
    from undersight.extract.plain_counts import CountWords
    from undersight.extract.prefilter import TextPattern

_STRONGER = ("date", "sentence", "provision", "takedown")
_NAMED = re.compile(r"(?:,|:| [–—-])? (?:named |called )?[^\W\d_a-zа-яёəğıçşöü][^\W\d_]+")
_PART_OF_NAME = re.compile(r"[^\W\d_a-zа-яёəğıçşöü]\w+ $")  # "Kanal 13 were"
_OF_CODE = re.compile(r"[^\W\d_]-(?:\d+-)?$")  # "CW-21-044 Hijacked page"
_TIMED, _PAID = "<duration>", "<money>"  # stand where a unit is read off the amount
_READ = (_TIMED, _PAID)
_SEVERAL = 2
_FEW_FOLLOWERS = 10
_MOST_HOURS = 100  # more are a penalty's
_HOUR_BEFORE = re.compile(
    r"(?:\b(?:at|every|each|per|within|next|last|past|previous|only after|first|in|by|в|к|около"
    r"|до|с|за|каждые|ближайшие|последние|первые|через|спустя|saat|hər|son|ilk|her|növbəti|keçən"
    r"|gelecek)|\d[-–/:.]) ?$"
)
_WITHIN = ("da", "də", "ta", "te", "de")  # "altı saatte": in six hours
_HOUR_BEHIND = re.compile(
    r"\w*[ -](?:later|ago|earlier|before|old|after|prior|per|a (?:day|week)"
    r"|of (?:community|work|video|footage|material|audio)|назад|спустя|до|после|позже|ранее|утра"
    r"|вечера|дня|ночи|в (?:день|сутки)|обязательных|общественных|исправительных|sonra|əvvəl|önce"
    r"|ictimai|kamu|radələrində|civarında|içinde|ərzində)"
)
_AUDIENCE = 1000
_OF_THEM = (" of them", " of those")
_NUMBER = 40  # characters before a number in which a longer one may begin
_NEAR = 90  # characters before a length of time in which a "would" may govern it
_AROUND = 260  # characters on either side in which it is told why people are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityWords:
    """A language's tables for quantities.

    Args:
        lang: Language code.
        numbers: How numbers are written.
        time_units: Patterns of units of time by id.
        currencies: Patterns of currencies by unit id.
        counted: ``(what, unit, pattern)`` with ``<num>`` in it, the surest first. The first
            group is the span where there is one, else the match.
        timed: ``(what, pattern)`` with ``<duration>``.
        paid: ``(what, pattern)`` with ``<money>``.
        people: Pattern with ``<num>`` of counted people.
        people_acts: Patterns by ``quantity`` id: what in the sentence tells why they count.
        needs: Patterns by ``quantity`` id of what must stand in the entry for it to be meant.
        macros: Named parts of patterns.
        counts: What plain numbers count, for those that no pattern reads.
        unreal: Ending in ``$``: before a length of time that is only possible or allowed.
        idle: Patterns by ``quantity`` id of numbers that look like it and are not ("we reported
            six of the pages"); the first group is the number where there is one, else the match.
        behind: What stands between counted people and a verb that tells what was done to them.
    """

    lang: str
    numbers: NumberWords
    time_units: Mapping[str, str]
    currencies: Mapping[str, str]
    counted: Iterable[tuple[str, str, str]]
    timed: Iterable[tuple[str, str]]
    paid: Iterable[tuple[str, str]]
    people: str
    people_acts: Mapping[str, str]
    macros: Mapping[str, str]
    counts: CountWords
    needs: Mapping[str, str] = field(default_factory=dict)
    unreal: str = "(?!)"
    idle: Mapping[str, Iterable[str]] = field(default_factory=dict)
    behind: str = "(?!)"


def finder(words: QuantityWords) -> Finder:
    """Return a finder of quantities."""
    reader = _Reader.of(words)

    def find(passage: Passage) -> Iterator[Candidate]:
        worth = reader.patterns.by_span(passage.low, passage.sentences)
        found = Cover()
        for sentence, chosen in worth.items():
            for i in chosen:
                for candidate in reader.read(i, passage, sentence):
                    is_taken = passage.is_taken(*candidate.span, *_STRONGER)
                    if not is_taken and reader.is_meant(passage, candidate):
                        found.add(*candidate.span)
                        yield candidate
        for candidate in (*reader.times(passage, found), *reader.left(passage, found)):
            is_taken = passage.is_taken(*candidate.span, *_STRONGER)
            if not is_taken and found.is_free(*candidate.span):
                found.add(*candidate.span)
                yield candidate

    return find


def _is_taken_down(passage: Passage, candidate: Candidate) -> bool:
    """Whether counted accounts are those of a network that the entry tells of."""
    return any(
        candidate.value["amount"] in takedown.value.values()
        for takedown in passage.of_kind("takedown")
    )


def _is_penalty(passage: Passage, candidate: Candidate) -> bool:
    """Whether a time is that of a penalty the entry tells of."""
    amount, unit = candidate.value["amount"], candidate.value["unit"]
    return any(
        penalty.value["amount"] == amount and penalty.value["unit"] == unit
        for penalty in passage.of_kind("sentence")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    words: QuantityWords
    number: re.Pattern[str]
    money: re.Pattern[str]
    rules: tuple[tuple[str, str, TextPattern], ...]
    patterns: Patterns
    people: TextPattern
    people_acts: tuple[tuple[str, re.Pattern[str]], ...]
    needs: Mapping[str, re.Pattern[str]]
    unreal: re.Pattern[str]
    idle: Mapping[str, tuple[TextPattern, ...]]
    behind: re.Pattern[str]
    lasting: TextPattern
    counts: PlainCounts

    @classmethod
    def of(cls, words: QuantityWords) -> _Reader:
        """Compile a language's tables."""
        number = words.numbers.pattern()
        macros = {
            **words.macros,
            "duration": amount_pattern(words.numbers, words.time_units, ""),
            "money": money_pattern(words.numbers, words.currencies),
            "num": number,
        }
        rules = tuple(
            (what, unit, compile_pattern(pattern, macros))
            for what, unit, pattern in (
                *words.counted,
                *((what, _TIMED, pattern) for what, pattern in words.timed),
                *((what, _PAID, pattern) for what, pattern in words.paid),
            )
        )
        people = compile_pattern(words.people, macros)
        return cls(
            words=words,
            number=re.compile(number),
            money=re.compile(macros["money"]),
            rules=rules,
            patterns=Patterns([*(pattern for _, _, pattern in rules), people]),
            people=people,
            people_acts=tuple((w, re.compile(p)) for w, p in words.people_acts.items()),
            needs={w: re.compile(p) for w, p in words.needs.items()},
            unreal=re.compile(words.unreal),
            idle={
                what: tuple(compile_pattern(pattern, macros) for pattern in patterns)
                for what, patterns in words.idle.items()
            },
            behind=re.compile(words.behind),
            lasting=compile_pattern("<duration>", macros),
            counts=PlainCounts.of(words.counts, words.numbers),
        )

    def is_meant(self, passage: Passage, candidate: Candidate) -> bool:
        """Whether the entry speaks of what is counted at all."""
        what = candidate.value["what"]
        needed = self.needs.get(what)
        if self._is_idle(passage, what, candidate.span):
            return False
        if what == "duration" and (
            _is_penalty(passage, candidate) or self._is_unreal(passage, candidate)
        ):
            return False
        if what == "followers" and candidate.value["amount"] < _FEW_FOLLOWERS:
            return False  # "pages with two or three followers"
        if what == "accounts_affected" and (
            candidate.value["amount"] < _SEVERAL or _is_taken_down(passage, candidate)
        ):
            return False
        return needed is None or bool(
            needed.search(
                passage.low,
                max(passage.start, candidate.start - _AROUND),
                min(passage.end, candidate.end + _AROUND),
            )
        )

    def _is_idle(self, passage: Passage, what: str, span: Span) -> bool:
        """Whether the words around a number say that it counts nothing of the kind."""
        sentence = passage.sentence_at(span[0])
        return any(
            match.start(match.lastindex or 0) < span[1]
            and span[0] < match.end(match.lastindex or 0)
            for pattern in self.idle.get(what, ())
            for match in pattern.finditer(passage.low, *sentence)
        )

    def _is_unreal(self, passage: Passage, candidate: Candidate) -> bool:
        first, _ = passage.sentence_at(candidate.start)
        before = passage.low[max(first, candidate.start - _NEAR) : candidate.start]
        return self.unreal.search(before) is not None

    def read(self, i: int, passage: Passage, sentence: Span) -> Iterable[Candidate]:
        """Return what one of the patterns finds in a sentence: mostly nothing."""
        if i == len(self.rules):
            return self._people(passage, *sentence)
        matches = self.rules[i][2].matches(passage.low, *sentence)
        return self._counted(i, passage, matches) if matches else ()

    def _counted(
        self, i: int, passage: Passage, matches: Iterable[re.Match[str]]
    ) -> Iterator[Candidate]:
        """Yield what one of the patterns found.

        The surest rules stand first and have the highest confidence.
        """
        what, unit, _ = self.rules[i]
        sure = {_TIMED: 0.75, _PAID: 0.8}.get(unit, round(0.9 - 0.005 * (i + 1), 3))
        for match in matches:
            span = match.span(match.lastindex or 0)
            if _OF_CODE.search(passage.low, max(0, span[0] - 12), span[0]):
                continue
            found = self._amount(unit, passage.low, span)
            if found:
                beside = None if unit in _READ else self.counts.beside(passage, what, span)
                if beside and self._is_idle(passage, beside[0], span):
                    beside = None
                meant, amount = (beside[0] if beside else what), found[0]
                yield self._candidate(meant, amount, beside[1] if beside else found[1], span, sure)

    def times(self, passage: Passage, found: Cover) -> Iterator[Candidate]:
        """Yield times that no other rule read: hours, and what the sentence says was held."""
        for match in self.lasting.finditer(passage.low, passage.body, passage.end):
            read = read_duration(match.group(), self.words.numbers, self.words.time_units)
            span = match.span()
            if read is None or passage.is_taken(*span, *_STRONGER) or not found.is_free(*span):
                continue
            is_hours = read[1] == "hours" and read[0] < _MOST_HOURS
            is_hour = _HOUR_BEFORE.search(passage.low, max(0, span[0] - 20), span[0])
            is_within = match.group().endswith(_WITHIN)
            if is_hour or is_within or _HOUR_BEHIND.match(passage.low, span[1]):
                continue
            counted = Counted(head=TIME, span=span, number=span)
            told = ("duration", "") if is_hours else self.counts.meaning(passage, counted)
            if told is None:
                continue
            candidate = self._candidate(told[0], *read, span, SURE)
            if self.is_meant(passage, candidate):
                yield candidate

    def left(self, passage: Passage, found: Cover) -> Iterator[Candidate]:
        """Yield sums and counts that no other rule read, by what the sentence tells of them."""
        for match in self.money.finditer(passage.low, passage.body, passage.end):
            counted = Counted(head=MONEY, span=match.span(), number=match.span())
            told = self.counts.meaning(passage, counted)
            paid = read_money(match.group(), self.words.numbers, self.words.currencies)
            if told is not None and paid is not None:
                yield self._candidate(told[0], *paid, match.span(), SURE)
        for counted in self.counts.counts(passage):
            if not found.is_free(*counted.number):
                continue
            told = self.counts.meaning(passage, counted)
            value = self.words.numbers.value(passage.low[slice(*counted.number)])
            if told is None or value is None or value < _SEVERAL:
                continue
            candidate = self._candidate(told[0], value, told[1], counted.span, SURE)
            if self.is_meant(passage, candidate):
                yield candidate

    def _amount(self, unit: str, low: str, span: Span) -> tuple[float, str] | None:
        """Read the amount inside a span of folded text, and its unit."""
        words = self.words
        if unit == _TIMED:
            return read_duration(low[slice(*span)], words.numbers, words.time_units)
        if unit == _PAID:
            paid = self.money.search(low, *span)
            return read_money(paid.group(), words.numbers, words.currencies) if paid else None
        value = self._number(low, span)
        return None if value is None else (value, unit)

    def _last_number(self, low: str, span: Span) -> Span:
        """Cut a span down to its last number: "in three cities 18 people"."""
        numbers = [number.start() for number in self.number.finditer(low, *span)]
        return (numbers[-1] if numbers else span[0]), span[1]

    def _number(self, low: str, span: Span) -> int | float | None:
        """Read the number inside a span; one that began before it is read whole."""
        number = self.number.search(low, *span)
        if number is None:
            return None
        for longer in self.number.finditer(low, max(0, number.start() - _NUMBER), number.end()):
            is_whole = not low[max(0, longer.start() - 1) : longer.start()].isalnum()
            if is_whole and longer.start() < number.start() < longer.end():
                number = longer
                break
        return self.words.numbers.value(number.group())

    def _people(self, passage: Passage, first: int, last: int) -> Iterator[Candidate]:
        low = passage.low
        for match in self.people.finditer(low, first, last):
            is_bare = match.group().isdigit()
            if _NAMED.match(passage.text, match.end()) or (
                is_bare
                and _PART_OF_NAME.search(
                    passage.text, max(first, match.start() - 30), match.start()
                )
            ):
                continue
            told = self._told_behind(passage, match.end(), last)
            is_of_them = match.group().endswith(_OF_THEM) and not told
            if is_of_them and self._is_of_things(passage, match.start()):
                continue  # "480 comments, 113 of them were"
            value = self._number(low, self._last_number(low, match.span()))
            if value is not None and value >= _AUDIENCE and match.group().endswith(" members"):
                continue  # of a group or channel: nobody holds so many
            what = told or self._why(passage, (first, last), match.span())
            if value is not None and what:
                yield self._candidate(what, value, "people", match.span(), 0.75)

    def _is_of_things(self, passage: Passage, start: int) -> bool:
        """Whether what was counted last before are comments, pages and the like, no people."""
        reach = max(passage.start, start - _AROUND)
        heads = self.counts.heads.finditer(passage.low, reach, start)
        things = [head.end() for head in heads if head.lastgroup != "nothing"]
        people = [m.end() for m in self.people.finditer(passage.low, reach, start)]
        return bool(things) and things[-1] > max(people, default=0)

    def _told_behind(self, passage: Passage, end: int, last: int) -> str:
        """Say what was done to counted people where the verb follows: "four were charged"."""
        behind = self.behind.match(passage.low, end, last)
        if behind is None:
            return ""
        told = (w for w, act in self.people_acts if act.match(passage.low, behind.end(), last))
        return next(told, "")

    def _why(self, passage: Passage, sentence: Span, span: Span) -> str:
        """Say what was done to counted people: the nearest telling word of their sentence decides.

        Where it has none, the nearest around it.
        """
        first = max(passage.start, min(sentence[0], span[0] - _AROUND))
        last = min(passage.end, max(sentence[1], span[1] + _AROUND))
        hits = [
            (
                not sentence[0] <= m.start() < sentence[1],
                min(abs(m.start() - span[1]), abs(span[0] - m.end())),
                what,
            )
            for what, pattern in self.people_acts
            for m in pattern.finditer(passage.low, first, last)
        ]
        return min(hits)[-1] if hits else ""

    def _candidate(
        self, what: str, amount: float, unit: str, span: tuple[int, int], sure: float
    ) -> Candidate:
        return Candidate(
            kind="quantity",
            value={"what": what, "amount": amount, "unit": unit},
            start=span[0],
            end=span[1],
            rule=f"{self.words.lang}.quantity.{what}",
            confidence=round(sure, 3),
        )
