"""Takedowns: networks that a platform reports as removed, with counts, reporter, attribution."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.extract.engine import Candidate, Finder, Passage, Span, compile_any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from undersight.extract.numbers import NumberWords
    from undersight.extract.prefilter import TextPattern

# A platform that no list knows, where it opens the sentence as the one who removed or tells.
_CAPITAL = r"[^\W\d_a-zа-яёəğıçşöü]"
_SPEAKER = re.compile(
    r"(?:[^\w\n]|(?:On|In|By) [^,.;\n]{3,30},)*(?:The (?:platform|company|network|service) )?"
    r"(?P<name>(?!The |On |In |It |They |He |She |We |This |These |Police )"
    rf"{_CAPITAL}\w+(?: {_CAPITAL}\w+){{0,2}})"
    r"(?:, [^,.;\n]{3,60},)? (?:has |had |have |also |later )?"
    r"(?:said|says|announced|announces|reported|reports|disclosed|wrote|writes|stated|states"
    r"|confirmed|removed|removes|deleted|deletes|took|takes|suspended|suspends|banned|bans|closed"
    r"|closes|shut|shuts|disabled|disables|purged|pulled|dismantled|disrupted|terminated|blocked)\b"
)
_BEHIND = 260  # characters behind the counts in which an attribution may stand
_BEFORE = 120
_CLAUSE = re.compile(
    r" (?:who|which|that|targeting|and targeted|and targeting"
    r"|(?:was|were|has been|have been|had been) (?:\w+ly )?\w+(?:ed|wn|ut|en))\b"
)
_QUOTED_BEHIND = re.compile(r' ?"([^"\n]{2,40})"')  # "the agency «Fokus»"
_SEVERAL_KINDS = 2  # of assets; more are a network even where no verb removes them
_CLOSE = 2  # sentences between a finding and the counts that belong to it


@dataclass(frozen=True, slots=True, kw_only=True)
class TakedownWords:
    """A language's tables for takedowns.

    Args:
        lang: Language code.
        numbers: How numbers are written.
        assets: Patterns with ``<num>`` by asset: instagram, accounts, pages, groups.
        removal: Patterns of verbs of removal.
        findings: Patterns of a finding without counts ("disrupted a network").
        release: Patterns of words that say the counts are of a network, without a verb.
        reporters: Pattern of names of who removes.
        attribution: Pattern with one group: whom the text ties the network to.
        macros: Named parts of patterns.
        unattributed: Pattern that says nobody is named.
    """

    lang: str
    numbers: NumberWords
    assets: Mapping[str, Iterable[str]]
    removal: Iterable[str]
    findings: Iterable[str]
    release: Iterable[str]
    reporters: str
    attribution: str
    macros: Mapping[str, str]
    unattributed: str = "(?!)"


def finder(words: TakedownWords) -> Finder:
    """Return a finder of takedowns."""
    reader = _Reader.of(words)

    def find(passage: Passage) -> list[Candidate]:
        found = list(seek(passage))
        below = [c for c in found if c.start >= passage.body]
        return below or found  # a headline only says again what stands below it

    def seek(passage: Passage) -> Iterator[Candidate]:
        told: str | None = None
        finding: tuple[int, Candidate] | None = None
        parts = [part for sentence in passage.sentences for part in _halves(passage, sentence)]
        for place, sentence in enumerate(parts):
            candidate = reader.read(passage, sentence, tuple(parts[place + 1 : place + 4]))
            if candidate is None:
                continue
            if not _has_counts(candidate):
                if finding:
                    yield finding[1]
                finding = place, candidate
                told = candidate.value["attributed_to"] or told
                continue
            if finding and place - finding[0] <= _CLOSE and _agree(finding[1], candidate):
                told, finding = finding[1].value["attributed_to"], None
                candidate.value["attributed_to"] = candidate.value["attributed_to"] or told
            if (
                candidate.value["attributed_to"] is None
                and told
                and not candidate.value["accounts"]
            ):
                candidate.value["attributed_to"] = told
            told = candidate.value["attributed_to"]
            yield candidate
        if finding:
            yield finding[1]

    return find


def telling(words: TakedownWords) -> Callable[[str], bool]:
    """Return what tells whether a folded text speaks of a removed network.

    A verb of removal beside counted assets, or a finding without counts; no day is asked for, as
    a platform's report often gives none.
    """
    macros = {**words.macros, "num": r"\d[\d.,\u00a0\u202f ]*"}
    removal = "|".join(words.removal)
    assets = "|".join(pattern for patterns in words.assets.values() for pattern in patterns)
    counted = compile_any(
        (
            rf"(?:{removal})[^.;\n]{{0,60}}? (?:{assets})",
            rf"(?:{assets})[^.;\n]{{0,200}}? (?:{removal})",
        ),
        macros,
    )
    findings = compile_any(words.findings, macros)
    return lambda low: bool(counted.search(low) or findings.search(low))


def _halves(passage: Passage, sentence: Span) -> Iterator[Span]:
    """Part a sentence at its semicolons: each half may tell of a network of its own."""
    start = sentence[0]
    for match in re.finditer(";", passage.low[slice(*sentence)]):
        yield start, sentence[0] + match.start()
        start = sentence[0] + match.end()
    yield start, sentence[1]


def _has_counts(candidate: Candidate) -> bool:
    return any(candidate.value[asset] for asset in ("accounts", "pages", "groups", "instagram"))


def _agree(finding: Candidate, counts: Candidate) -> bool:
    """Whether the counts may be those of the network that the finding tells of."""
    whose, other = finding.value["attributed_to"], counts.value["attributed_to"]
    return whose is None or other is None or whose == other


# What a report's Cyrillic calls a company by its own name.
_COMPANIES = {
    "фейсбук": "Facebook", "твиттер": "Twitter", "гугл": "Google", "ютуб": "YouTube",
    "ютьюб": "YouTube", "инстаграм": "Instagram", "тикток": "TikTok", "майкрософт": "Microsoft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Count:
    asset: str
    number: int | float
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    words: TakedownWords
    number: re.Pattern[str]
    assets: tuple[tuple[str, TextPattern], ...]
    removal: TextPattern
    findings: TextPattern
    release: TextPattern
    reporters: re.Pattern[str]
    attribution: re.Pattern[str]
    unattributed: re.Pattern[str]

    @classmethod
    def of(cls, words: TakedownWords) -> _Reader:
        """Compile a language's tables."""
        macros = {**words.macros, "num": words.numbers.pattern()}
        return cls(
            words=words,
            number=re.compile(words.numbers.pattern()),
            assets=tuple((a, compile_any(p, macros)) for a, p in words.assets.items()),
            removal=compile_any(words.removal, macros),
            findings=compile_any(words.findings, macros),
            release=compile_any(words.release, macros),
            reporters=re.compile(words.reporters),
            attribution=re.compile(words.attribution),
            unattributed=re.compile(words.unattributed),
        )

    def read(
        self, passage: Passage, sentence: Span, following: tuple[Span, ...]
    ) -> Candidate | None:
        """Return the takedown that a sentence tells of."""
        low = passage.low
        counts = self._counts(low, sentence)
        removal = self.removal.search(low, *sentence)
        is_network = bool(self.release.search(low, *passage.sentence_at(sentence[0])))
        has_reporter = bool(self.reporters.search(low, *sentence))
        kinds = {count.asset for count in counts}
        is_reported = has_reporter and (
            len(kinds) > _SEVERAL_KINDS
            or (_is_large(counts) and self.attribution.search(low, *sentence) is not None)
        )
        is_told = removal is not None or is_network or is_reported
        if counts and is_told and (len(kinds) > 1 or is_network or has_reporter):
            if removal and not is_network and len(kinds) == 1 and not _is_large(counts):
                return None
            start = min(count.start for count in counts)
            end = max(count.end for count in counts)
            if removal and removal.end() <= start and start - removal.end() < 40:
                start = removal.start()
            return self._candidate(passage, sentence, following, (start, end), counts)
        finding = self.findings.search(low, *sentence)
        if finding and (has_reporter or self._reporter(passage, sentence)):
            return self._candidate(passage, sentence, following, finding.span(), [])
        return None

    def _counts(self, low: str, sentence: Span) -> list[_Count]:
        found: list[_Count] = []
        for asset, pattern in self.assets:
            for match in pattern.finditer(low, *sentence):
                number = self.number.search(low, *match.span())
                value = self.words.numbers.value(number.group()) if number else None
                clash = any(c.start < match.end() and match.start() < c.end for c in found)
                if value is not None and not clash and all(c.asset != asset for c in found):
                    found.append(_Count(asset, value, *match.span()))
        return found

    def _candidate(
        self,
        passage: Passage,
        sentence: Span,
        following: tuple[Span, ...],
        span: Span,
        counts: list[_Count],
    ) -> Candidate:
        value: dict[str, Any] = dict.fromkeys(("accounts", "pages", "groups", "instagram"))
        value.update({count.asset: count.number for count in counts})
        value["reporter"] = self._reporter(passage, sentence)
        value["attributed_to"] = self._attributed(passage, span, sentence, following)
        return Candidate(
            kind="takedown",
            value=value,
            start=span[0],
            end=span[1],
            rule=f"{self.words.lang}.takedown.{'counts' if counts else 'finding'}",
            confidence=0.85 if counts else 0.6,
        )

    def _reporter(self, passage: Passage, sentence: Span) -> str | None:
        """Name who removed: in the sentence, else the last one named before it."""
        match = self.reporters.search(passage.low, *sentence)
        speaker = None if match else _SPEAKER.match(passage.text, *sentence)
        if speaker:
            return speaker["name"]
        if not match:
            match = self._last_reporter(passage, sentence[0])
        if match is None:
            return None
        return _COMPANIES.get(match.group(), passage.text[match.start() : match.end()])

    def _last_reporter(self, passage: Passage, before: int) -> re.Match[str] | None:
        """Return who was named last: looked for backwards, as an entry may be a book long."""
        n_earlier = bisect_left(passage.sentences, (before, 0))
        for start, end in reversed(passage.sentences[:n_earlier]):
            named = list(self.reporters.finditer(passage.low, start, min(end, before)))
            if named:
                return named[-1]
        return None

    def _that_go_on(
        self, passage: Passage, sentence: Span, following: tuple[Span, ...]
    ) -> Iterator[Span]:
        """Yield the sentences that still speak of a network: none of other counts, or below."""
        end = sentence[1]
        for first, last in following:
            is_parted = "\n" in passage.low[end:first]
            if is_parted or self._counts(passage.low, (first, last)):
                return
            yield first, last
            end = last

    def _attributed(
        self, passage: Passage, span: Span, sentence: Span, following: tuple[Span, ...]
    ) -> str | None:
        low = passage.low
        spans = [(span[0], min(sentence[1], span[1] + _BEHIND))]
        spans += self._that_go_on(passage, sentence, following)
        spans.append((max(sentence[0], span[0] - _BEFORE), span[0]))
        for first, last in spans:
            match = self._naming(low, first, last)
            if match:
                start, end = match.span(match.lastindex or 0)
                quoted = _QUOTED_BEHIND.match(low, end, last)
                end = quoted.end(1) if quoted else end
                named = " ".join(passage.text[start:end].split())
                return _CLAUSE.split(named)[0]
            if self.unattributed.search(passage.low, first, last):
                return None
        return None

    def _naming(self, low: str, first: int, last: int) -> re.Match[str] | None:
        """Return where it is told whose a network was: not where it says that it is not told."""
        silent = [found.span() for found in self.unattributed.finditer(low, first, last)]
        for match in self.attribution.finditer(low, first, last):
            if not any(start < match.end() and match.start() < end for start, end in silent):
                return match
        return None


def _is_large(counts: list[_Count]) -> bool:
    return any(count.number >= 20 for count in counts)
