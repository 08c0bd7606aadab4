"""Names: people, officials, bodies, outlets, places and accounts, with co-reference.

What a run of capitalised words is follows, in this order, from: the gazetteer, a head word in it
("... Court", "... TV"), a kind word beside it ("the website ...", "..., a newsroom"), a title or
occupation beside it, a preposition of place, and its length. A later short mention takes the
value of the full name in the same entry; where two people share it, both are alternatives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from undersight.extract import name_guesses as guesses
from undersight.extract import name_newsrooms as newsrooms
from undersight.extract.coreference import WORD, refer
from undersight.extract.cover import Cover
from undersight.extract.engine import Candidate, Finder, Passage, Span, compile_any
from undersight.extract.gazetteer import Gazetteer, built_in
from undersight.extract.name_lists import listed
from undersight.extract.name_openings import openings
from undersight.extract.name_shapes import (
    CITED,
    COUNTED,
    LED,
    MIXED_CASE,
    NAMED,
    NO_PLACE,
    OF_SOMEONE,
    ORDINAL,
    OWNER,
    POSSESSED,
    QUOTED,
    RUN,
    Token,
    behind_office,
    body_pattern,
    cut,
    ended,
    follows_the,
    head_kind,
    is_foreign,
    is_no_outlet,
    is_plain,
    is_title_case,
    named_groups,
    office_pattern,
    parts_of,
    stands_beside,
    tail_of,
    told_by_shape,
    without_country,
    without_lead,
    without_staff,
)
from undersight.extract.personal_names import given_within, title_within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undersight.extract.name_words import NameWords
    from undersight.extract.prefilter import TextPattern

_NEAR = 70
_TOLD_BY_WORDS = {("outlet", "organisation"), ("outlet", "account"), ("agency", "outlet")}


def finder(words: NameWords) -> Finder:
    """Return a finder of names of all kinds."""
    spotter = _Spotter.of(words)

    def find(passage: Passage) -> Iterator[Candidate]:
        found = listed(passage, list(spotter.spot(passage)))
        return iter(refer(passage, found, words.lang, words.base))

    return find


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spotter:
    words: NameWords
    heads: Mapping[str, str]
    body: re.Pattern[str]
    lower_bodies: tuple[tuple[str, TextPattern], ...]
    kind_before: tuple[tuple[str, re.Pattern[str]], ...]
    kind_after: tuple[tuple[str, re.Pattern[str]], ...]
    kind_apposed: re.Pattern[str]
    opening_kind: re.Pattern[str]
    title_before: re.Pattern[str]
    titles: frozenset[str]
    place: re.Pattern[str]
    source: re.Pattern[str]
    reports: re.Pattern[str]
    the: re.Pattern[str]
    office: re.Pattern[str] | None
    whole: re.Pattern[str] | None
    adjective: re.Pattern[str]
    opening: re.Pattern[str]
    staff: re.Pattern[str]
    people: frozenset[str]
    leads: re.Pattern[str]
    strict_place: re.Pattern[str]
    told: re.Pattern[str]
    outlet: tuple[re.Pattern[str], re.Pattern[str]]

    @classmethod
    def of(cls, words: NameWords) -> _Spotter:
        """Compile a language's tables."""
        heads = {head: kind for kind, names in words.heads.items() for head in names}
        titles = sorted(words.titles, key=lambda t: (-len(t), t))
        groups = [
            (kind, "|".join(sorted(names, key=lambda n: (-len(n), n))))
            for kind, names in words.kind_words.items()
        ]
        apposed = "|".join(
            f"(?P<{kind}>{names})" for kind, names in [*groups, ("person", "|".join(titles))]
        )
        return cls(
            words=words,
            heads=heads,
            body=body_pattern(words, heads),
            lower_bodies=tuple(
                (kind, compile_any(phrases)) for kind, phrases in words.bodies.items()
            ),
            kind_before=tuple(
                (kind, re.compile(rf"(?<!\w)(?:{names}){words.kind_before}$"))
                for kind, names in groups
            ),
            kind_after=tuple(
                (kind, re.compile(rf"[\"']? (?!(?:[\w-]+ )?called)(?:{names})(?!\w)"))
                for kind, names in groups
            ),
            kind_apposed=re.compile(rf"{words.apposition}(?:{apposed})(?!\w|'s{NO_PLACE})"),
            opening_kind=re.compile(
                rf"(?:^|[.;!?\n] ?)(?:the|its) (?:[\w-]+ )?(?:{named_groups(groups)}), $"
            ),
            title_before=re.compile(rf"(?<!\w)(?:{'|'.join(titles)})s?,? $"),
            titles=frozenset([*titles, *(f"{title}s" for title in titles)]),
            place=re.compile(words.place_prepositions),
            source=re.compile(words.source_cues),
            reports=re.compile(words.reports_after),
            the=re.compile(words.article_the),
            office=office_pattern(words),
            whole=re.compile(rf" (?:{words.whole_heads})(?!\w)") if words.whole_heads else None,
            adjective=re.compile(words.adjective),
            opening=re.compile(words.opening_adjective),
            staff=re.compile(words.staff_after),
            people=frozenset(titles) - {"named", "called", "user named"},
            leads=re.compile(words.leads),
            strict_place=re.compile(words.strict_place),
            told=re.compile(words.told),
            outlet=(re.compile(words.outlet_before), re.compile(words.outlet_after)),
        )

    def spot(self, passage: Passage) -> Iterator[Candidate]:
        """Yield names, the surer readings first; later ones keep off their words."""
        taken = Cover(c.span for c in passage.of_kind("platform", "date", "provision"))
        stages = (
            self._openings,
            self._quoted,
            partial(self._known, are_places=False),
            self._offices,
            self._bodies,
            partial(self._known, are_places=True),
            self._lower,
            self._runs,
        )
        for stage in stages:
            for candidate in stage(passage, taken):
                taken.add(*candidate.span)
                yield candidate

    def _openings(self, passage: Passage, taken: Cover) -> Iterator[Candidate]:
        for found in openings(passage, taken, self.words.common, self.people):
            yield self._candidate(*found)

    def _known(self, passage: Passage, taken: Cover, *, are_places: bool) -> Iterator[Candidate]:
        learned = passage.gazetteer or Gazetteer()
        for source, sure in ((learned, 0.95), (built_in(), 0.85)):
            pattern = source.pattern()
            if pattern is None:
                continue
            for match in pattern.finditer(passage.text, passage.start, passage.end):
                entry = source.entry(match.group())
                if (entry.kind == "place") is are_places and taken.is_free(*match.span()):
                    yield self._candidate(entry.kind, entry.name, match.span(), "known", sure)

    def _quoted(self, passage: Passage, taken: Cover) -> Iterator[Candidate]:
        """Yield names in quotation marks beside a word that tells what they name."""
        for match in QUOTED.finditer(passage.text, passage.start, passage.end):
            span = match.span("name")
            floor = max(passage.start, match.start() - _NEAR)
            before, after = passage.low[floor : span[0]], passage.low[span[1] : span[1] + _NEAR]
            kind = self._beside(before, after)
            if kind is None:
                apposed = self.kind_apposed.match(after)
                kind = apposed.lastgroup if apposed else None
            if kind and kind != "person" and taken.is_free(*span):
                yield self._candidate(kind, match["name"], span, "quoted", 0.85)

    def _offices(self, passage: Passage, taken: Cover) -> Iterator[Candidate]:
        if self.office is None:
            return
        for match in self.office.finditer(passage.text, passage.start, passage.end):
            span = self._led_by_name(passage, match.span())
            surface = passage.text[slice(*span)]
            is_plain_word = passage.language.fold(surface.split()[0]) in self.words.common
            if surface[0].isupper() and not is_plain_word and taken.is_free(*span):
                yield self._candidate("agency", surface, span, "office", 0.8)

    def _bodies(self, passage: Passage, taken: Cover) -> Iterator[Candidate]:
        for match in self.body.finditer(passage.text, passage.start, passage.end):
            start, end = self._led_by_name(passage, match.span())
            start, end = cut(*without_staff(passage.text, start, end), taken)
            end = ended(passage.text, start, end)
            owner = OWNER.match(passage.text, start, end)
            start = owner.end() if owner else start
            kind = head_kind(passage.text[start:end], self.words.links, self.heads)
            counted = COUNTED.match(passage.text, end) if kind == "agency" else None
            end = counted.end() if counted else end
            first = ORDINAL.search(passage.text, max(passage.start, start - 5), start)
            start = first.start() if first and kind == "agency" else start
            told = self._kind_words(passage.low[max(passage.start, start - _NEAR) : start])
            if told and (kind, told[0][1]) in _TOLD_BY_WORDS:
                kind = told[0][1]
            kind = newsrooms.rather(passage, kind, (start, end))
            whole = end
            if kind == "outlet" and is_no_outlet(passage.text, start, end):
                taken.add(start, end)
                continue
            end = without_country(passage.text, start, end) if kind == "agency" else end
            surface = passage.text[start:end]
            is_name = " " in surface.strip() and (
                follows_the(passage.text, start)
                or not is_plain(kind, surface, self.words.common, passage.language.fold)
            )
            if kind and taken.is_free(start, end) and is_name:
                yield self._candidate(kind, surface, (start, end), "head", 0.85)
                tail = re.compile(WORD).search(passage.text, end, whole)
                if tail:
                    yield self._candidate("place", tail.group(), tail.span(), "preposition", 0.65)

    def _lower(self, passage: Passage, taken: Cover) -> Iterator[Candidate]:
        for kind, pattern in self.lower_bodies:
            for match in pattern.finditer(passage.low, passage.body, passage.end):
                if taken.is_free(*match.span()):
                    surface = passage.text[match.start() : match.end()]
                    yield self._candidate(kind, surface, match.span(), "phrase", 0.7)

    def _runs(self, passage: Passage, taken: Cover) -> Iterator[Candidate]:
        is_titled = is_title_case(passage.text[passage.start : passage.body])
        first = passage.body if is_titled else passage.start
        for match in RUN.finditer(passage.text, passage.start, passage.end):
            if match.start() < first and not guesses.is_introduced(passage, match.span(), taken):
                continue
            for part in parts_of(match, self.words.base):
                for tokens in self._led(passage, part):
                    candidate = self._read(passage, tokens, taken)
                    if candidate and taken.is_free(*candidate.span):
                        yield candidate

    def _led(self, passage: Passage, tokens: list[Token]) -> Iterator[list[Token]]:
        """Part "editor of the newspaper Dan Ulduzu Zahir Boz" into the outlet and its editor."""
        start = tokens[0].start
        before = passage.low[max(passage.start, start - _NEAR) : start]
        kind = self._beside(before, "") if len(tokens) > 2 and self.leads.search(before) else None
        words = [token.text for token in tokens]
        is_pair = len(words) == 4 and newsrooms.is_lead(words[:2])  # "of Free Hour Zahir Boz"
        inner = 2 if is_pair else given_within(words)
        titled = title_within([passage.language.fold(token.text) for token in tokens])
        if titled:
            yield tokens[:titled]
            yield tokens[titled + 1 :]
        elif kind == "person" and any(p.search(before) for _, p in self.kind_before):
            yield tokens[:-2]
            yield tokens[-2:]
        elif inner and LED.search(before):
            yield tokens[:inner]
            yield tokens[inner:]
        else:
            yield tokens

    def _read(self, passage: Passage, tokens: list[Token], taken: Cover) -> Candidate | None:
        tokens = [t for t in tokens if taken.is_free(t.start, t.end)]
        given, tokens = tokens, behind_office(tokens, passage.language.fold)
        has_title = len(tokens) < len(given)
        while tokens and self._is_prefix(passage, tokens):
            has_title |= passage.language.fold(tokens[0].text) in self.titles
            tokens = tokens[1:]
        is_led = len(tokens) > 1 and (
            newsrooms.is_lead([t.text for t in tokens]) or self._is_led(passage, tokens[0])
        )
        fold, common = passage.language.fold, self.words.common
        while tokens and not is_led and fold(tokens[-1].text) in common:
            tokens = tokens[:-1]
        if not is_led and all(fold(t.text) in common for t in tokens):
            return None
        if len(tokens) == 1 and guesses.is_plain_word(passage, tokens[0]):
            return None
        start = tokens[0].start
        last = self.words.base(tokens[-1].text)
        end = tokens[-1].start + len(last)
        kind, rule, confidence = self._kind(passage, tokens, (start, end), has_title=has_title)
        if kind is None:
            return None
        whole = self.whole.match(passage.low, end) if self.whole and kind == "place" else None
        if whole:
            end = whole.end()
            return self._candidate(kind, passage.text[start:end], (start, end), rule, confidence)
        name = " ".join([t.text for t in tokens[:-1]] + [last])
        tail = tail_of(passage, kind, last, end)
        return self._candidate(kind, name + tail, (start, end + len(tail)), rule, confidence)

    def _is_prefix(self, passage: Passage, tokens: list[Token]) -> bool:
        token = tokens[0]
        low = passage.language.fold(self.words.base(token.text))
        is_lead = newsrooms.is_lead([self.words.base(t.text) for t in tokens])
        is_plain = low in self.titles or (low in self.words.common and not is_lead)
        is_named = follows_the(passage.text, token.start) or self._is_led(passage, token)
        return is_plain and not is_named

    def _is_led(self, passage: Passage, token: Token) -> bool:
        """Whether "the newspaper" or the like stands before: what follows is a name as a whole."""
        before = passage.low[max(passage.start, token.start - _NEAR) : token.start]
        is_body = any(kind == "outlet" for _, kind in self._kind_words(before))
        return is_body and token.text != "The"

    def _kind(
        self, passage: Passage, tokens: list[Token], span: Span, *, has_title: bool
    ) -> tuple[str | None, str, float]:
        low = passage.low
        floor = max(passage.start, span[0] - _NEAR)
        before = low[floor : span[0]]
        after = low[span[1] : min(passage.end, span[1] + _NEAR)]
        if self.adjective.match(tokens[-1].text) or self._describes(passage, tokens):
            return None, "", 0.0
        title = self.title_before.search(before)
        named = self._beside(before, after, passage.text[span[1] : span[1] + _NEAR])
        is_called = named == "account" and guesses.is_called_names(before, after)
        if is_called or guesses.is_member(passage, tokens, named, floor):
            return "person", "title", 0.8  # "member of the Green party Zahir Boz"
        if named == "person" and guesses.is_of_body(passage, span, floor):
            named = next((k for _, k in self._kind_words(before)), named)
        if named and not (
            title and named != "person" and title.group().strip(", ") in self.people
        ):
            return named, "beside", 0.8
        if has_title or title:
            return "person", "title", 0.85
        apposed = self.kind_apposed.match(after)
        if apposed and NAMED.match(passage.text, span[1] + apposed.end()):
            apposed = None  # "in Boz, the diaspora outlet Dan Ulduzu reported"
        is_source = len(tokens) == 1 and self.source.search(before)
        if apposed and not (is_source and apposed.lastgroup == "person"):
            return apposed.lastgroup, "apposition", 0.8
        if guesses.is_no_name([self.words.base(token.text) for token in tokens]):
            return None, "", 0.0
        if len(tokens) == 1:
            return self._kind_of_single(passage, tokens[0], before, after)
        return self._kind_of_several(passage, tokens, before, after)

    def _describes(self, passage: Passage, tokens: list[Token]) -> bool:
        token, is_lone = tokens[0], len(tokens) == 1 and self.opening.fullmatch(tokens[0].text)
        opens = bool(is_lone) and passage.sentence_at(token.start)[0] == token.start
        return opens and not newsrooms.reports(passage, token.text, token.end)

    def _beside(self, before: str, after: str, written: str = "") -> str | None:
        found = guesses.without_page(before, self._kind_words(before))
        if found:
            start, kind = found[0]
            is_led = self.leads.search(before, 0, start)
            return "person" if is_led and kind != "place" else kind
        opening = self.opening_kind.search(before)
        if opening:
            return opening.lastgroup
        behind = ((kind, p.match(after)) for kind, p in self.kind_after)
        return next((k for k, m in behind if m and guesses.is_own(k, written, m.end())), None)

    def _kind_words(self, before: str) -> list[tuple[int, str]]:
        """Return kind words right before a name, the longest first ("YouTube channel")."""
        hits = [(m.start(), kind) for kind, p in self.kind_before if (m := p.search(before))]
        return sorted(hits, key=lambda hit: hit[0])

    def _kind_of_single(
        self, passage: Passage, token: Token, before: str, after: str
    ) -> tuple[str | None, str, float]:
        text = token.text
        span = (token.start, token.start + len(self.words.base(text)))
        is_newsroom = newsrooms.is_newsroom(passage, [self.words.base(text)], span)
        if is_newsroom or stands_beside(self.outlet, before, after):
            return "outlet", "staff", 0.72
        if self.heads.get(text, "outlet") != "outlet":
            return None, "", 0.0  # "told the Guild"
        if self.place.search(before) and not text.isupper() and not POSSESSED.match(after):
            return "place", "preposition", 0.7
        is_cited = CITED.search(before) and (MIXED_CASE.match(text) or is_foreign(text, before))
        if is_cited or self.source.search(before) or self.reports.match(after):
            return "outlet", "source", 0.6
        if bracketed := guesses.in_brackets(passage, token, before, after):
            return bracketed, "bracketed", 0.65
        is_acronym = len(text) > 1 and (text.isupper() or any(c.isdigit() for c in text))
        if is_acronym and (self.the.search(before) or not text.isalpha()):
            return "organisation", "acronym", 0.6
        return None, "", 0.0

    def _kind_of_several(
        self, passage: Passage, tokens: list[Token], before: str, after: str
    ) -> tuple[str | None, str, float]:
        start = tokens[0].start
        if shaped := told_by_shape(passage.text, tokens, before, after):
            return shaped
        if self.strict_place.search(before) and not POSSESSED.match(after):
            return "place", "preposition", 0.65
        if self.heads.get(tokens[0].text) == "outlet":
            return "outlet", "head", 0.75
        words = [self.words.base(token.text) for token in tokens]
        span = (start, start + len(" ".join(words)))
        if self.told.search(before):
            return "person", "told", 0.6
        is_cell = passage.text.startswith("\t", tokens[-1].end)  # of a table: the next is another
        is_staffed = self.staff.match(after) or stands_beside(self.outlet, before, after)
        is_told = newsrooms.is_of_somebody(passage, words, span)
        if is_told or newsrooms.is_newsroom(passage, words, span) or (is_staffed and not is_cell):
            return "outlet", "staff", 0.72
        is_affiliation = OF_SOMEONE.search(passage.text, max(passage.start, start - _NEAR), start)
        if is_affiliation or self.source.search(before) or self.reports.match(after):
            return "outlet", "source", 0.6
        if self.the.search(before):
            return "organisation", "article", 0.5
        return guesses.guess(passage, words, (start, tokens[-1].end), before, after)

    def _led_by_name(self, passage: Passage, span: Span) -> Span:
        plain = self.words.function_words
        start, end = without_lead(passage.text, span, self.heads, plain, passage.language.fold)
        return newsrooms.with_lead(passage, span[0], start), end

    def _candidate(
        self, kind: str, value: str, span: Span, rule: str, confidence: float
    ) -> Candidate:
        return Candidate(
            kind=kind,
            value=" ".join(value.split()),
            start=span[0],
            end=span[1],
            rule=f"{self.words.lang}.name.{kind}.{rule}",
            confidence=confidence,
        )
