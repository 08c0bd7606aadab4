"""Claims: who says, denies, admits or will not say what about the entry.

A claim is a whole sentence. Its speaker is a named person or body; its subject (``about``) is an
act of the vocabulary or a kind of field, taken from what the sentence itself says, else from the
act told of before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from undersight.extract.engine import Candidate, Passage, Refiner, Span, compile_any, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.extract.prefilter import TextPattern

_OFFICES = ("official", "agency")
_CLAUSE = re.compile(r"[^;]+")
_BEHIND = 110  # characters behind a name in which its verb may stand; it stands last in Turkic
_BESIDE = (" ", ' "', " “", " «")
_N_BESIDE = max(map(len, _BESIDE))
_QUOTE = re.compile('["“”«„]')
_NO_WRONGS = frozenset(  # nobody denies these of himself
    ("release", "charge_dropped", "acquittal", "account_restored", "appeal", "self_censorship")
)
_SPEAKERS = ("person", "official", "agency", "organisation")
_start_of = attrgetter("start")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWords:
    """A language's tables for claims.

    Args:
        lang: Language code.
        stances: Patterns by ``claim_stance``, the strongest first; ``asserts`` last.
        speaker_before: Ending in ``$``: the name behind is the speaker ("according to").
        speaker_after: Behind a name: it speaks ("said", "denied").
        listener_before: Ending in ``$``: the name behind is told something, never speaks.
        subjects: Patterns by act id or kind: what a denial is about when words say it.
        bodies: Patterns of unnamed bodies that can speak ("the ministry's press office"); a
            group is the body without its ending.
        pronoun: Pattern of a pronoun that stands for the last speaker.
        macros: Named parts of patterns.
        negation: Pattern of words that say no, in what an office says.
        explains: Pattern of words that say why, or that it was something else.
        opens_clause: Pattern of words behind which stands what is said ("said that").
        opens_speech: Pattern of a sentence's first words that say by whom it is told.
        body_speaks: Behind an unnamed body: it speaks.
        owner: How the genitive of a name ends, where nothing parts it from the name.
        owner_speaks: Behind a name in the genitive: it speaks all the same ("in X's words").
    """

    lang: str
    stances: Mapping[str, Iterable[str]]
    speaker_before: str
    speaker_after: str
    listener_before: str
    subjects: Mapping[str, Iterable[str]]
    bodies: Iterable[str]
    pronoun: str
    macros: Mapping[str, str]
    negation: str = "(?!)"
    explains: str = "(?!)"
    opens_clause: str = "(?!)"
    opens_speech: str = "(?!)"
    body_speaks: str = "(?!)"
    owner: str = "(?!)"
    owner_speaks: str = "(?!)"


def _clauses(passage: Passage) -> Iterable[Span]:
    """Part sentences at semicolons: the police say one thing, the mother says another."""
    for start, end in passage.sentences:
        for part in _CLAUSE.finditer(passage.low, start, end):
            span = trim(passage.low, *part.span())
            if span[0] < span[1]:
                yield span


def _is_person(found: list[Candidate], name: str) -> bool:
    return any(c.kind in ("person", "official") and c.value == name for c in found)


def refiner(words: ClaimWords) -> Refiner:
    """Return the refiner that adds claims."""
    reader = _Reader.of(words)

    def refine(passage: Passage, found: list[Candidate]) -> list[Candidate]:
        return [*found, *reader.read(passage, found)]

    return refine


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speakers:
    """Who may speak in an entry, to be looked up by place: an entry may name thousands."""

    all: list[Candidate]
    by_start: list[Candidate]
    n_longest: int
    offices: frozenset[str]
    named: frozenset[str]
    is_deed_told: bool

    @classmethod
    def of(cls, found: list[Candidate]) -> _Speakers:
        names = [c for c in found if c.kind in _SPEAKERS]
        n_longest = max((c.end - c.start for c in names), default=0)
        return cls(
            all=names,
            by_start=sorted(names, key=_start_of),
            n_longest=n_longest,
            offices=frozenset(c.value for c in names if c.kind in _OFFICES),
            named=frozenset(c.value for c in found if isinstance(c.value, str)),
            is_deed_told=any(c.kind in ("act", "takedown") for c in found),
        )

    def near(self, span: Span) -> list[Candidate]:
        """Return those in a stretch or right behind it."""
        first = bisect_left(self.by_start, span[0] - self.n_longest, key=_start_of)
        last = bisect_right(self.by_start, span[1] + _N_BESIDE, key=_start_of)
        return self.by_start[first:last]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    lang: str
    stances: tuple[tuple[str, TextPattern], ...]
    speaker_before: re.Pattern[str]
    speaker_after: re.Pattern[str]
    listener: re.Pattern[str]
    subjects: tuple[tuple[str, TextPattern], ...]
    bodies: TextPattern
    pronoun: TextPattern
    negation: TextPattern
    explains: TextPattern
    says: TextPattern
    opens_clause: TextPattern
    opens_speech: re.Pattern[str]
    body_speaks: re.Pattern[str]
    owner: re.Pattern[str]
    owner_speaks: re.Pattern[str]

    @classmethod
    def of(cls, words: ClaimWords) -> _Reader:
        """Compile a language's tables."""
        return cls(
            lang=words.lang,
            stances=tuple((s, compile_any(p, words.macros)) for s, p in words.stances.items()),
            speaker_before=re.compile(words.speaker_before),
            speaker_after=re.compile(words.speaker_after),
            listener=re.compile(words.listener_before),
            subjects=tuple((a, compile_any(p, words.macros)) for a, p in words.subjects.items()),
            bodies=compile_any(words.bodies, words.macros),
            pronoun=compile_any([words.pronoun]),
            negation=compile_any([words.negation]),
            explains=compile_any([words.explains]),
            says=compile_any([words.macros.get("say", "(?!)")]),
            opens_clause=compile_any([words.opens_clause], words.macros),
            opens_speech=re.compile(words.opens_speech),
            body_speaks=re.compile(words.body_speaks),
            owner=re.compile(words.owner),
            owner_speaks=re.compile(words.owner_speaks),
        )

    def read(self, passage: Passage, found: list[Candidate]) -> list[Candidate]:
        """Return the claims of an entry, one a sentence at most."""
        claims: list[Candidate] = []
        speakers = _Speakers.of(found)
        for sentence in _clauses(passage):
            if sentence[0] < passage.body or passage.language.is_generic(
                passage.low[slice(*sentence)]
            ):
                continue
            stance = self._stance(passage.low, sentence)
            saying = self._saying(passage.low, sentence)
            named = self._speaker(passage, speakers, sentence, saying)
            if stance in (None, "asserts"):
                stance = self._of_accused(passage, speakers, sentence, saying, named) or stance
            if stance is None:
                continue
            if named is None and self.pronoun.search(passage.low, *saying):
                named = self._last_person(found, sentence)
            if named is None and stance != "asserts":
                named = self._body(passage, found, sentence)
            if named is None or (stance == "asserts" and not _is_person(found, named)):
                continue
            claims.append(self._claim(passage, found, sentence, stance, named))
        return claims

    def _of_accused(
        self,
        passage: Passage,
        speakers: _Speakers,
        sentence: Span,
        saying: Span,
        named: str | None,
    ) -> str | None:
        """Return what an office's words come to that are neither denial nor silence by name.

        Whom an entry accuses speaks to say no, or to say that it was something else.
        """
        spoken = self.bodies.search(passage.low, *saying)
        is_unnamed = named not in speakers.named
        if not (named in speakers.offices or (spoken and is_unnamed)):
            return None
        if not speakers.is_deed_told or self.says.search(passage.low, *sentence) is None:
            return None
        if self.negation.search(passage.low, *sentence):
            return "denies"
        return "gives_other_explanation" if self.explains.search(passage.low, *sentence) else None

    def _saying(self, low: str, sentence: Span) -> Span:
        """Return the part of a sentence that tells who speaks; a quotation tells nothing."""
        source = self.opens_speech.match(low, *sentence)
        if source:
            return source.span()  # "in her words, the police said": it is she who speaks
        told = self.opens_clause.search(low, *sentence)
        is_quoted = told and _QUOTE.search(low, sentence[0], told.start())
        return (sentence[0], told.end()) if told and not is_quoted else sentence

    def _stance(self, low: str, sentence: Span) -> str | None:
        for stance, pattern in self.stances:
            if pattern.search(low, *sentence):
                return stance
        return None

    def _speaker(
        self, passage: Passage, speakers: _Speakers, sentence: Span, saying: Span
    ) -> str | None:
        """Return who speaks, named or an unnamed body; never one of whom it is said."""
        names = speakers.near(saying)
        low = passage.low
        speaking: list[Candidate] = []
        for name in names:
            if not name.overlaps(*saying):
                continue
            before = low[max(sentence[0], name.start - 40) : name.start]
            after = low[name.end : min(sentence[1], name.end + _BEHIND)]
            if self.listener.search(before) and name.kind not in ("person", "official"):
                continue
            if self._is_owner(low, name) and not self.owner_speaks.match(after):
                continue  # "the ministry denied Mammadli's arrest"
            match = self.speaker_after.match(after)
            is_listed = match is not None and match.group().strip() == ","
            if is_listed and not self._says(low, (name.end, sentence[1])):
                match = None  # "it was said: A, B, C": one of a list
            if match or self.speaker_before.search(before):
                speaking.append(name)
        body = self._speaking_body(passage, names, saying)
        if body and (not speaking or body[0] < speaking[-1].start):
            return self._body(passage, speakers.all, body)
        return speaking[-1].value if speaking else None

    def _says(self, low: str, span: Span) -> bool:
        """Whether a verb of saying or denying stands in a stretch."""
        return bool(self.says.search(low, *span)) or self._stance(low, span) is not None

    def _is_owner(self, low: str, name: Candidate) -> bool:
        last = low[name.start : name.end].rsplit(maxsplit=1)[-1]
        is_so = self.owner.search(last) is not None
        return is_so and last != str(name.value).lower().split()[-1]

    def _speaking_body(
        self, passage: Passage, names: list[Candidate], saying: Span
    ) -> Span | None:
        """Return where an unnamed body stands that the words behind it let speak."""
        low = passage.low
        for match in self.bodies.finditer(low, *saying):
            start, end = match.span()
            is_named = any(
                # a name right behind says who the body is: "operator SlowCell"
                (c.overlaps(start, end) or low[end : c.start] in _BESIDE)
                and not self._is_owner(low, c)
                for c in names
            )
            if not is_named and self.body_speaks.match(low, end, saying[1]):
                return (start, end)
        return None

    def _last_person(self, found: list[Candidate], sentence: Span) -> str | None:
        """Return whom "he" or "she" may mean: the person named last before the sentence."""
        people = [c for c in found if c.kind in ("person", "official") and c.start < sentence[0]]
        return people[-1].value if people else None

    def _body(self, passage: Passage, found: list[Candidate], sentence: Span) -> str | None:
        """Return an unnamed body that speaks, by the full name it has in the entry."""
        match = self.bodies.search(passage.low, *sentence)
        if not match:
            return None
        surface = passage.text[slice(*match.span(match.lastindex or 0))].rstrip(" ,")
        words = {word for word in match.group().split() if len(word) > 4}
        for name in found:
            is_body = name.kind in ("agency", "organisation") and name.start < sentence[0]
            if is_body and words & set(str(name.value).lower().split()):
                return str(name.value)
        return surface

    def _claim(
        self,
        passage: Passage,
        found: list[Candidate],
        sentence: Span,
        stance: str,
        speaker: str,
    ) -> Candidate:
        about, act = self._about(passage, found, sentence, stance)
        return Candidate(
            kind="claim",
            value={"speaker": speaker, "stance": stance, "about": about},
            start=sentence[0],
            end=sentence[1],
            rule=f"{self.lang}.claim.{stance}",
            confidence=0.7 if stance == "asserts" else 0.75,
            of=act.span if act else None,
        )

    def _about(
        self, passage: Passage, found: list[Candidate], sentence: Span, stance: str
    ) -> tuple[str, Candidate | None]:
        acts = [c for c in found if c.kind == "act"]
        within = [c for c in acts if c.overlaps(*sentence)]
        if within:
            return within[-1].value, within[-1]
        # what a denial denies did not happen, so no act stands there
        denied = [act for act, start in passage.unreal if sentence[0] <= start < sentence[1]]
        if denied:
            same = [c for c in acts if c.value == denied[-1]]
            return denied[-1], same[-1] if same else None
        for about, pattern in self.subjects:
            if pattern.search(passage.low, *sentence):
                same = [c for c in acts if c.value == about]
                return about, same[-1] if same else None
        if any(c.kind == "takedown" for c in found):
            return "takedown", None
        wrongs = [c for c in acts if not (stance == "denies" and c.value in _NO_WRONGS)]
        earlier = [c for c in wrongs if c.start < sentence[0]] or wrongs
        return (earlier[-1].value, earlier[-1]) if earlier else ("other", None)
