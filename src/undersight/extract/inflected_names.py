"""Names in languages that decline them: people, bodies, outlets, places and accounts.

A run of capitals is parted into names; what each is follows from a head word in it, a kind word
beside it, its place in the sentence and its length. Values are dictionary forms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.engine import Candidate, Finder, Passage, Span, moved
from undersight.extract.gazetteer import Gazetteer, built_in
from undersight.extract.inflected_mentions import Mentions
from undersight.extract.known_names import (
    OF_BODIES,
    OF_CODES,
    OPENERS,
    SPEAKS,
    TITLED,
    InflectedNames,
    NameToken,
    given_names,
    goes_on,
    is_beside_owner,
    is_called_as_people,
    is_full_name,
    is_named_person,
    is_news_agency,
    is_occupation,
    is_of_media,
    is_one_person,
    is_pair,
    is_person,
    is_place_of_two,
    is_treated,
    known_pattern,
    name_token,
    owned,
    told_by_clause,
    without_opening,
    without_town,
)
from undersight.extract.name_newsrooms import is_bracketed
from undersight.extract.name_openings import domains
from undersight.extract.name_patterns import CAPITAL, CAPITALS, NameTables
from undersight.extract.personal_names import is_surname
from undersight.extract.quoted_names import quoted_names
from undersight.extract.told_outlets import alike, case_of, is_told_by_case, listed_before

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAIL = re.compile(r"(?:['’ʼ]\w*|-[a-zəğıöüşç]{1,4})$")  # an ending parted from its name
_IS_RU = re.compile("[а-яё]", re.IGNORECASE).search
_GENITIVE = re.compile(r"['’ʼ]n?[ıiuü]n$")  # "Dan Ulduzu'nun muhabiri"
_NEAR, _SHORTEST, _LINKS = 70, 3, ("və", "ve", "и")
_LISTED = re.compile(r"(?:, | (?:ve|və|и|ilə|ile) |, (?:ve|və|и) )$")
_KINDS = ("outlet", "organisation", "account", "agency", "place")


def finder(names: InflectedNames) -> Finder:
    """Return a finder of names of all kinds."""
    spotter = NameTables.of(names)
    return lambda passage: iter(_Reading(spotter, passage).read())


class _Reading:
    """The reading of one entry."""

    def __init__(self, spotter: NameTables, passage: Passage) -> None:
        self._spotter = spotter
        self._passage = passage
        words = re.findall(r"\w+", passage.low[passage.start : passage.end])
        known = passage.gazetteer or Gazetteer()
        for entry in known.to_json():
            words += re.findall(r"\w+", passage.language.fold(entry["name"]))
        self._seen = frozenset(words)
        self._taken = [c.span for c in passage.of_kind("platform", "date", "provision")]
        self._found: list[Candidate] = []

    def read(self) -> list[Candidate]:
        """Return names, the surer readings first, then short mentions."""
        for stage in (self._known, self._quoted, self._own_bodies, self._lower, self._runs):
            stage()
        self._found.sort(key=lambda c: c.span)
        self._found = listed_before(self._passage, self._found)
        self._mentions()
        return alike(self._passage.text, self._found, given_names())

    def _add(self, kind: str, value: str, span: Span, rule: str, sure: float) -> None:
        if span[0] >= span[1] or any(a < span[1] and span[0] < b for a, b in self._taken):
            return
        self._taken.append(span)
        self._found.append(
            Candidate(
                kind=kind,
                value=" ".join(value.split()),
                start=span[0],
                end=span[1],
                rule=f"{self._spotter.names.lang}.name.{kind}.{rule}",
                confidence=sure,
            )
        )

    # --- names known beforehand, in quotation marks, in lower case -----------------------------

    def _known(self) -> None:
        passage = self._passage
        for source, sure in ((passage.gazetteer, 0.95), (built_in(), 0.85)):
            if source is None or not len(source):
                continue
            pattern, by_spelling = known_pattern(source, self._spotter.names.ending)
            for match in pattern.finditer(passage.text, passage.start, passage.end):
                kind, name = by_spelling[match["name"]]
                self._add(kind, name, match.span("name"), "known", sure)

    def _quoted(self) -> None:
        names = self._spotter.names
        read = quoted_names(self._passage, names, self._beside, self._head, self._seen)
        for found in (*read, *domains(self._passage)):
            self._add(*found)

    def _own_bodies(self) -> None:
        if self._spotter.names.bodies:
            for kind, value, span in self._spotter.names.bodies(self._passage):
                self._add(kind, value, span, "head", 0.85)

    def _lower(self) -> None:
        passage = self._passage
        for kind, pattern in self._spotter.lower:
            for match in pattern.finditer(passage.low, passage.body, passage.end):
                end = match.end(match.lastindex or 0)
                value = passage.text[match.start() : end]
                value = self._spotter.lemmas.get(passage.low[match.start() : end], value)
                self._add(kind, value, match.span(), "phrase", 0.7)

    def _beside(self, before: str, after: str) -> str | None:
        told = [kind for kind, pattern in self._spotter.before if pattern.search(before)]
        if told and "outlet" not in told:
            return told[0]
        for kind, pattern in self._spotter.after:
            if pattern.match(after):
                return kind
        for kind, pattern in self._spotter.before:
            if pattern.search(before):
                return kind
        return None

    def _around(self, span: Span) -> tuple[str, str]:
        low, passage = self._passage.low, self._passage
        return (
            low[max(passage.start, span[0] - _NEAR) : span[0]],
            low[span[1] : min(passage.end, span[1] + _NEAR)],
        )

    # --- runs of capitalised words ---------------------------------------------------------------

    def _runs(self) -> None:
        passage = self._passage
        for match in CAPITALS.finditer(passage.text, passage.start, passage.end):
            tokens = [
                name_token(w.group(), passage.low[w.start() : w.end()], w.start())
                for w in re.compile(r"\S+").finditer(passage.text, *match.span())
            ]
            for part in self._parts(tokens):
                self._read_part(part)

    def _parts(self, tokens: list[NameToken]) -> Iterator[list[NameToken]]:
        """Part a run at words already taken, common words, endings and links between people."""
        part: list[NameToken] = []
        for i, token in enumerate(tokens):
            is_link = token.low in _LINKS
            is_taken = any(a < token.end and token.start < b for a, b in self._taken)
            is_inside = bool(part) or not self._opens_sentence(token)
            is_lead = i + 1 < len(tokens) and (
                token.low in OF_BODIES or self._is_outlet_head(tokens[i + 1])
            )
            is_named = (is_inside or is_lead) and self._head(tokens[i:]) is not None
            is_named |= self._begins_name(tokens[i:], is_inside=is_inside)
            if is_taken or (self._is_common(token) and not is_link and not is_named):
                if part:
                    yield from self._by_head(part)
                part = []
                continue
            if part and not _IS_RU(part[-1].text) and _IS_RU(token.text):
                yield from self._by_head(part)  # "Sota Vision Пётр Сомов"
                part = []
            if is_link and (self._head(tokens[i + 1 :]) or ("outlet",))[0] == "outlet":
                yield from self._by_head(part)
                part = []
                continue
            part.append(token)
            if _TAIL.search(token.text):
                yield from self._by_head(part)
                part = []
        if part:
            yield from self._by_head(part)

    def _begins_name(self, tokens: list[NameToken], *, is_inside: bool) -> bool:
        """Whether a common word in capitals is a name's own: "Dokuz Sütun", "Açıq Şəbəkə"."""
        if len(tokens) < 2 or self._spotter.names.lang == "ru" or tokens[1].low in _LINKS:
            return False
        if tokens[0].low in OF_CODES:
            return False  # "Elçin Boz İnzibati Xətalar Məcəlləsinin 535-ci maddəsi ilə"
        if is_inside:
            return len(tokens[0].low) > _SHORTEST and not _TAIL.search(tokens[0].text)
        _, after = self._around((tokens[0].start, tokens[-1].end))
        is_told = self._is_by_case(tokens, after) or self._beside("", after) is not None
        return tokens[0].low in OF_BODIES and is_told

    def _by_head(self, part: list[NameToken]) -> Iterator[list[NameToken]]:
        while part and part[0].low in _LINKS:
            part = part[1:]
        head = self._head(part)
        if (
            head
            and head[1] > 2
            and head[0] in ("agency", "outlet", "organisation")
            and (is_full_name(part[0].text, part[1].text) or self._is_titled(part[0]))
        ):
            yield part[:2]
            yield from self._by_head(part[2:])
        elif head and head[:2] == ("outlet", 0) and self._is_one(part):
            yield part  # "Haber Terazi", "Kanal Anadolu Sesi"
        elif head and head[1] + 1 < len(part):
            yield part[: head[1] + 1]
            yield from self._by_head(part[head[1] + 1 :])
        elif part:
            yield part

    def _is_one(self, part: list[NameToken]) -> bool:
        return len(part) == 2 or (len(part) == 3 and self._is_outlet_head(part[2]))

    def _head(self, part: list[NameToken]) -> tuple[str, int, int] | None:
        """Return kind, place and lemma length of a run's first head, heads in a row as one."""
        found: tuple[str, int, int] | None = None
        for i, token in enumerate(part):
            bare = re.sub(r"['’ʼ]\w*$", "", token.low)
            matches = [(kind, m) for kind, p in self._spotter.heads if (m := p.fullmatch(bare))]
            fit = next((x for x in matches if i or x[0] not in ("agency", "place")), None)
            if found and not (fit and i == found[1] + 1 and goes_on(found[0], fit[0], bare)):
                break
            if fit:
                kind, match = fit
                is_news = i > 0 and is_news_agency(part[i - 1].low, bare)
                kind = found[0] if found else "outlet" if is_news else kind
                found = kind, i, match.end(match.lastindex or 0)
        return found

    def _is_outlet_head(self, token: NameToken) -> bool:
        """Whether a word ends an outlet's name: "Sabah Postası" is no morning."""
        head = self._head([token])
        return head is not None and head[0] == "outlet" and token.low not in OPENERS

    def _is_common(self, token: NameToken) -> bool:
        spotter = self._spotter
        bare = re.sub(r"['’ʼ]\w*$", "", token.low)
        if any(pattern.fullmatch(bare) for _, pattern in spotter.heads):
            return False
        if bare in spotter.common:
            return True
        return self._opens_sentence(token) and bool(spotter.common_stem.fullmatch(bare))

    def _read_part(self, part: list[NameToken]) -> None:
        head = self._head(part)
        if head:
            self._add_body(part, head)
            return
        if len(part) > 1 and is_occupation(part[0].low, self._spotter.names.lang):
            self._read_part(part[1:])  # "Başkanı Ali Can", "Жителя Сарнака"
            return
        part = without_town(part, self._around((0, part[-1].end))[1])
        if len(part) >= 3:
            part = self._without_lead(part)
        if len(part) in (3, 4) and self._names_two(part):
            self._read_part(part[:2])
            self._read_part(part[2:])
            return
        if len(part) > 1 and self._is_mention_of(part[0]):
            self._read_part(part[1:])
            return
        part = self._without_listener(part)
        span = (part[0].start, part[-1].end)
        before, after = self._around(span)
        bare = _TAIL.sub("", " ".join(token.text for token in part))
        kind = self._kind(part, span, before, after)
        seen, names = self._seen, self._spotter.names
        if kind in _KINDS:
            read = names.place if kind == "place" else names.phrase
            self._add(kind, read(bare, seen), self._trimmed(span), "beside", 0.8)
        elif self._is_place(part, before, after):
            self._add("place", names.place(bare, seen), self._trimmed(span), "preposition", 0.65)
        elif len(part) < 5 and not self._add_listener(part, bare):
            self._guess(bare, before, after, self._trimmed(span))

    def _kind(self, part: list[NameToken], span: Span, before: str, after: str) -> str | None:
        """Return what stands beside a run, or around it, tells."""
        has_ending = _TAIL.search(part[-1].text) is not None
        is_owner = _GENITIVE.search(part[-1].text) is not None
        kind = self._told(part, before, "" if has_ending and not is_owner else after)
        is_owned = len(part) > 1 and is_full_name(part[0].text, part[1].text)
        kind = None if is_owner and (kind != "outlet" or is_owned) else kind
        if kind is None and is_bracketed(self._passage, span) and not is_surname(part[-1].text):
            kind = "outlet"  # "Elçin Boz (Azad Dalğa)"
        is_outlet = (part[0].low == "the" and len(part) > 1) or self._is_by_case(part, after)
        return kind or ("outlet" if is_outlet else None)

    def _is_by_case(self, part: list[NameToken], after: str) -> bool:
        return is_told_by_case([token.text for token in part], after, self._spotter.names.lang)

    def _told(self, part: list[NameToken], before: str, after: str) -> str | None:
        """Return what words beside a run tell; Russian sets what is no person's in quotes."""
        words = [token.text for token in part]
        if self._spotter.names.lang != "ru":
            kind = owned(self._beside(before, after), part[-1].low, before)
            is_speaker = kind == "outlet" and SPEAKS.match(after) and is_named_person(words)
            return None if is_speaker else kind  # "Redaktor Anna Boz yazır"
        is_in_town = len(part) == 1 and self._spotter.place_before.search(before)
        kind = None if is_in_town else self._beside("", after)
        is_speaker = kind == "outlet" and is_named_person(words)
        return None if is_speaker else kind  # "Адвокат Анна Боз сообщила"

    def _guess(self, bare: str, before: str, after: str, span: Span) -> None:
        """Read a run of words that nothing beside it tells."""
        names = self._spotter.names
        told = told_by_clause(bare, after, names.lang)
        value = told or names.person(bare, before, self._seen)
        if " " not in bare:
            if is_one_person(value, before, after, names.lang):
                self._add("person", value, span, "titled", 0.6)
            return
        if (
            self._is_listed(span, before)
            or is_person(value, bare, before, names.lang)
            or is_treated(after, names.lang)
        ):
            self._add("person", value, span, "run", 0.7)
        elif not _IS_RU(bare) if names.lang == "ru" else is_of_media(before, bare, after):
            self._add("outlet", names.phrase(bare, self._seen), span, "bare", 0.45)

    def _is_listed(self, span: Span, before: str) -> bool:
        """Whether a run goes on a list whose name before it is a person."""
        link = _LISTED.search(before)
        if link is None:
            return False
        at = span[0] - len(link.group())
        return any(c.kind == "person" and c.end == at for c in self._found)

    def _without_listener(self, part: list[NameToken]) -> list[NameToken]:
        """Read the two names of "Lalə Boz Turaca deyib": who tells something, and to whom."""
        if len(part) != 3 or not is_named_person([token.text for token in part[:2]]):
            return part
        _, after = self._around((0, part[2].end))
        if not case_of(part[2].low, after, self._spotter.names.lang):
            return part
        self._read_part(part[:2])
        return part[2:]

    def _add_listener(self, part: list[NameToken], bare: str) -> bool:
        """Add an outlet that somebody tells something, or that prints it; whether it is one."""
        lang = self._spotter.names.lang
        span = (part[0].start, part[-1].end)
        n_case = case_of(part[-1].low, self._around(span)[1], lang)
        is_glued = len(part) == 1 and lang == "az"
        if not n_case or is_called_as_people(bare.split(), n_case if is_glued else 0):
            return False
        if is_glued and self._opens_sentence(part[0]):
            return False
        value = bare if _TAIL.search(part[-1].text) else bare[: len(bare) - n_case]
        self._add("outlet", value, self._trimmed(span), "told", 0.6)
        return True

    def _is_titled(self, token: NameToken) -> bool:
        return TITLED.search(self._around((token.start, token.end))[0]) is not None

    def _names_two(self, part: list[NameToken]) -> bool:
        """Whether two names stand in one run: "his father A B Meydan site"."""
        _, after = self._around((part[0].start, part[-1].end))
        is_outlet = self._is_titled(part[0]) and self._beside("", after) == "outlet"
        if self._spotter.names.lang == "ru":
            return is_pair(part, self._spotter.names.person, self._seen)
        return is_outlet or is_beside_owner([token.low for token in part])

    def _is_mention_of(self, token: NameToken) -> bool:
        """Whether a word that opens a sentence is somebody's surname and no part of a name."""
        owners = {c.value.split()[-1] for c in self._found if c.kind == "person"}
        return self._opens_sentence(token) and token.text in owners

    def _without_lead(self, part: list[NameToken]) -> list[NameToken]:
        """Take a place, or a word that is capital only for opening a sentence, off a name."""
        before, _ = self._around((part[0].start, part[0].end))
        if self._spotter.place_before.search(before):
            self._read_part(part[:1])
            return part[1:]
        return without_opening(part, before, opens=self._opens_sentence(part[0]))

    def _trimmed(self, span: Span) -> Span:
        """Leave out what stands behind an apostrophe."""
        match = _TAIL.search(self._passage.text[slice(*span)])
        return (span[0], span[0] + match.start()) if match else span

    def _add_body(self, part: list[NameToken], head: tuple[str, int, int]) -> None:
        kind, i, length = head
        if kind == "outlet" and not i and self._is_one(part):
            bare = _TAIL.sub("", " ".join(token.text for token in part))
            value = self._spotter.names.phrase(bare, self._seen)
            self._add(kind, value, self._trimmed((part[0].start, part[-1].end)), "head", 0.8)
            return
        if len(part) < 2 and kind in ("agency", "place", "outlet"):
            return
        surface = self._passage.text[part[0].start : part[i].start + length]
        value = surface
        last = self._passage.low[part[i].start : part[i].start + length]
        if last in self._spotter.lemmas:
            lemma = self._spotter.lemmas[last]
            value = surface[: len(surface) - length] + lemma[:1].upper() + lemma[1:]
        self._add(kind, value, self._trimmed((part[0].start, part[i].end)), "head", 0.85)

    def _opens_sentence(self, token: NameToken) -> bool:
        first, _ = self._passage.sentence_at(token.start)
        return not re.search(r"\w", self._passage.text[first : token.start])

    def _is_place(self, part: list[NameToken], before: str, after: str) -> bool:
        spotter, last = self._spotter, part[-1]
        if len(part) > 2 or last.text.isupper():
            return False
        if spotter.place_before.search(before) or spotter.place_after.match(after):
            is_whole = len(part) == 1 or is_place_of_two(part)
            return is_whole or bool(spotter.place_after.match(after))
        is_located = bool(spotter.place_itself.search(last.low))
        is_apart = not self._opens_sentence(part[0]) or "'" in last.low
        return len(part) == 1 and is_located and is_apart

    def _mentions(self) -> None:
        passage = self._passage
        mentions = Mentions(self._spotter.names, passage.language.fold)
        self._found = mentions.without(self._found)
        self._taken = [span for span in self._taken if span not in mentions.gone]
        for match in re.compile(CAPITAL).finditer(passage.text, passage.start, passage.end):
            low = re.sub(r"['’ʼ]\w*$", "", passage.low[match.start() : match.end()])
            meant = mentions.meant(low)
            if meant:
                before = len(self._found)
                span = self._trimmed(match.span())
                self._add("person", meant[0], span, "mention", 0.8)
                if len(self._found) > before:
                    self._found[-1] = moved(self._found[-1], alternatives=tuple(meant[1:]))
