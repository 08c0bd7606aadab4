"""The rule machinery: through finders and refiners from a passage to proposed fields.

How a language file is written
------------------------------
``rules_en.py`` is the model; a language is one module ``rules_<lang>.py`` with one public name,
``LANGUAGE: Language``. Its patterns stand in plain tables, ``tables/<lang>_*.txt`` (one
pattern a line, see `tables`); the module reads them and hands them to its siblings' factories:

- ``lexicon.finder(kind, {value: (pattern, ...)})`` for manner, response, tactic, platform,
  offence;
- ``acts.finder(ActWords(...))`` for acts (triggers, where the victim stands, negation, what is
  only feared or asked for);
- ``penalties.finder``, ``quantities.finder``, ``provisions.finder``, ``takedowns.finder`` with
  their tables of words and units;
- ``names.finder(NameWords(...))`` for people, bodies, outlets, places, accounts;
  it is the last finder;
- refiners, in order: ``roles.refiner(RoleWords(...))``, ``claims.refiner(ClaimWords(...))``.

A *finder* takes a `Passage` and returns `Candidate`s; a *refiner* takes the passage and all
candidates so far and returns the new full list. A language may write its own finder wherever the
factory does not fit (case endings, word order): the signature is the contract.

Patterns are regular expressions over ``passage.low``: the text lower-cased **character by
character** (same length, so every offset is an offset into the text as given), with curly quotes
made straight, every dash ``-``, and each line break or no-break space a plain space. Write them
in lower case; a blank stands for one or more blanks, ``<name>`` for a macro of the language
(``compile_pattern``). No nested quantifiers: a hostile text must not slow a pattern down.
Names are matched on ``passage.text``, where case counts; ``LANGUAGE.fold`` says how letters are
lowered (Turkish and Azerbaijani: ``I`` to ``ı``, ``İ`` to ``i``).

Finders see what came before them in ``passage.found``. Conflicts are settled once, in
`settle`: kinds in one row of ``_LAYERS`` never overlap; the longer span wins, then the higher
confidence, then the earlier rule.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from undersight.extract.cover import Cover
from undersight.extract.prefilter import TextPattern

if TYPE_CHECKING:
    import datetime as dt

    from undersight.extract.gazetteer import Gazetteer

Span = tuple[int, int]

# Kinds of one row compete for the same words; kinds of different rows may overlap.
_LAYERS: tuple[tuple[str, ...], ...] = (
    ("person", "official", "organisation", "agency", "outlet", "place", "account", "platform"),
    ("date", "sentence", "quantity", "provision"),
    ("act",),
    ("manner",),
    ("response",),
    ("offence",),
    ("tactic",),
    ("claim",),
    ("takedown",),
)
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`´ʹ′", "'"),
        **dict.fromkeys("“”„«»‟″", '"'),
        **dict.fromkeys("–—‒―−‑", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f\t\n\r\u200b\ufeff", " "),
    }
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|ms|dr|prof|st|vs|no|art|arts|sec|sgt|col|gen|lt|gov|sen|rep|inc|ltd|jr|sr"
    r"|approx|dept|est|fig|ul|ст|ч|п|г|гг|руб|тыс|млн|им|ул|д|см|т|р|m|md|md|sy|vb|vs|av|doç)"
    r"|\b\w)$"
)
_COUNTED = re.compile(
    r" (?:ağır|asliye|sulh|ceza|hukuk|bölge|idare|aile|icra|daire|dönem|fıkra|madde|hafta)"
)
_LONGEST_SENTENCE = 1500
_LOOK_BEHIND = re.compile(r"(\(\?<[!=][^)]*\))")
_MACRO = re.compile(r"(?<![?P])<[a-z]\w*>")
_STOP = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)|\n")
_ADDRESS = re.compile(r"(?<=[A-Za-z0-9-]{2})\.(?=[A-Za-z]{2})")
_BREAK = re.compile(r"\n[ \t\u00a0\r]*(?:\n\s*|(?=[-*•·]\s|\d{1,2}[.)]\s))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A field as a rule proposes it, before conflicts are settled.

    Args:
        kind: Kind of field.
        value: Normalised value.
        start: Offset into the text as given.
        end: Offset behind the last character.
        rule: Stable id of the rule, such as ``en.act.detention``.
        confidence: From 0 to 1.
        role: Role of a person or body.
        of: Span of the act candidate that this one belongs to.
        alternatives: Other readings.
    """

    kind: str
    value: Any
    start: int
    end: int
    rule: str
    confidence: float = 0.8
    role: str | None = None
    of: Span | None = None
    alternatives: tuple[Any, ...] = ()

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with a span."""
        return self.start < end and start < self.end


@dataclass(slots=True, kw_only=True)
class Passage:
    """One entry under work.

    Args:
        text: The whole text as given.
        low: The same text folded, of the same length.
        start: First offset of the entry.
        end: Offset behind its last character.
        body: First offset behind the headline.
        sentences: Spans, in order, together covering all words of the entry.
        language: The language whose rules run.
        bound: The day that dates without a year look back from.
        latest: The day the log was saved: an entry may tell of days after those around it.
        gazetteer: Names known beforehand.
        found: What the finders before this one proposed.
        told: What the entry's place in the log tells, such as its day in a chronicle.
        unreal: Acts that the text speaks of and says did not happen, with their places: what a
            denial may be about.
    """

    text: str
    low: str
    start: int
    end: int
    body: int
    sentences: tuple[Span, ...]
    language: Language
    bound: dt.date | None = None
    latest: dt.date | None = None
    gazetteer: Gazetteer | None = None
    found: list[Candidate] = field(default_factory=list)
    told: tuple[Candidate, ...] = ()
    unreal: list[tuple[str, int]] = field(default_factory=list)
    _covers: dict[str, Cover] = field(default_factory=dict)
    _n_covered: int = 0

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence that holds an offset (the entry where none does)."""
        i = bisect_right(self.sentences, (offset, self.end)) - 1
        if i >= 0 and offset < self.sentences[i][1]:
            return self.sentences[i]
        return self.start, self.end

    def by_sentence(self, candidates: Iterable[Candidate]) -> dict[Span, list[Candidate]]:
        """Group candidates by the sentence that they begin in."""
        groups: dict[Span, list[Candidate]] = {}
        for candidate in candidates:
            groups.setdefault(self.sentence_at(candidate.start), []).append(candidate)
        return groups

    def of_kind(self, *kinds: str) -> list[Candidate]:
        """Return the candidates so far of some kinds, by place."""
        return sorted((c for c in self.found if c.kind in kinds), key=lambda c: c.span)

    def is_taken(self, start: int, end: int, *kinds: str) -> bool:
        """Whether a candidate of some kinds stands on a span."""
        for candidate in self.found[self._n_covered :]:
            self._covers.setdefault(candidate.kind, Cover()).add(*candidate.span)
        self._n_covered = len(self.found)
        return any(
            self._covers[kind].touches(start, end) for kind in kinds if kind in self._covers
        )


Finder = Callable[[Passage], Iterable[Candidate]]
Refiner = Callable[[Passage, list[Candidate]], list[Candidate]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Everything that drafting knows about one language.

    Args:
        lang: Code: en, az, ru, tr.
        finders: In order; the finder of names is the last.
        refiners: In order, after all finders.
        fold: Lowers a text character by character, keeping its length.
        is_generic: Whether a folded sentence only defines or explains (a glossary).
        is_incident: Whether a folded text tells of something that happened; used by the
            splitter to tell an entry's headline from a subheading.
    """

    lang: str
    finders: tuple[Finder, ...]
    refiners: tuple[Refiner, ...]
    fold: Callable[[str], str]
    is_generic: Callable[[str], bool]
    is_incident: Callable[[str], bool]


def fold_plain(text: str) -> str:
    """Lower a text character by character, with plain quotes, dashes and blanks."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
        low = low.replace("İ", "i")
    return low.translate(_PLAIN)


def fold_turkic(text: str) -> str:
    """Lower a Turkish or Azerbaijani text: dotless capital I gives ı."""
    return fold_plain(text.replace("I", "ı").replace("İ", "i"))


def compile_pattern(pattern: str, macros: Mapping[str, str] | None = None) -> TextPattern:
    """Compile a table's pattern: blanks stretch, ``<name>`` is a macro, words are whole.

    Raises:
        LookupError: A macro has no meaning; its name would be looked for as it stands.
    """
    for name, macro in (macros or {}).items():
        pattern = pattern.replace(f"<{name}>", macro)
    if unknown := _MACRO.search(pattern):
        raise LookupError(unknown.group(), pattern)
    parts = _LOOK_BEHIND.split(pattern)  # a look-behind must keep its width
    parts[::2] = [re.sub(r" (?![?*])", " +", part).replace(" ?", " *") for part in parts[::2]]
    stretched = "".join(parts)
    # a pattern may end in a blank and a look ahead: only a word must not go on
    return _text_pattern(rf"(?<!\w)(?:{stretched})(?!(?<=\w)\w)")


@functools.lru_cache(maxsize=1 << 14)
def _text_pattern(pattern: str) -> TextPattern:
    """Return one object for the same pattern, which then is compiled once."""
    return TextPattern(pattern)


def compile_any(patterns: Iterable[str], macros: Mapping[str, str] | None = None) -> TextPattern:
    """Compile several patterns into one; the first that fits wins."""
    return compile_pattern("|".join(patterns), macros)


def split_sentences(low: str, start: int, end: int) -> tuple[Span, ...]:
    """Split folded text into sentences; a paragraph break always ends one.

    A full stop ends no sentence behind an abbreviation, an initial or before a digit.
    """
    spans: list[Span] = []
    first = start
    for match in _STOP.finditer(low, start, end):
        if match.group()[0] == "." and _is_inside(low, match.start(), match.end(), first):
            continue
        spans.append((first, match.end()))
        first = match.end()
    spans.append((first, end))
    return tuple(part for span in spans for part in _shortened(low, *trim(low, *span)))


def _shortened(low: str, start: int, end: int) -> Iterator[Span]:
    """Cut what no person wrote as one sentence, so that work stays in proportion to length."""
    while end - start > _LONGEST_SENTENCE:
        blank = low.rfind(" ", start, start + _LONGEST_SENTENCE)
        cut = blank if blank > start else start + _LONGEST_SENTENCE
        yield start, cut
        start, _ = trim(low, cut, end)
    if start < end:
        yield start, end


def _is_inside(low: str, stop: int, after: int, first: int) -> bool:
    if low[stop - 1 : stop].isdigit() and _COUNTED.match(low, after):
        return True  # "13. Ağır Ceza Mahkemesi"
    return bool(_ABBREVIATION.search(low[max(first, stop - 8) : stop])) and after < len(low)


def trim(text: str, start: int, end: int) -> Span:
    """Shrink a span until no blank stands at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def run(passage: Passage) -> list[Candidate]:
    """Take a passage through its language's finders and refiners; return settled candidates.

    The last finder is the one of names: what the others found is kept in the passage, so that
    an entry can be read again with more names known.
    """
    *finders, names = passage.language.finders
    if not passage.found:
        for find in finders:
            passage.found.extend(find(passage))
    found = settle([*passage.told, *passage.found, *names(passage)])
    for refine in passage.language.refiners:
        found = refine(passage, found)
    return settle(found)


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Drop what loses against another candidate of its layer; sort by place."""
    kept: list[Candidate] = []
    layer_of = {kind: i for i, layer in enumerate(_LAYERS) for kind in layer}
    taken: dict[int, Cover] = {}
    for candidate in sorted(candidates, key=_preference):
        row = taken.setdefault(layer_of[candidate.kind], Cover())
        if row.is_free(*candidate.span):
            row.add(*candidate.span)
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.start, -c.end, _order(c.kind), repr(c.value)))


def _preference(candidate: Candidate) -> tuple[Any, ...]:
    length = candidate.end - candidate.start
    return (
        -length,
        -candidate.confidence,
        candidate.start,
        candidate.rule,
        repr(candidate.value),
    )


@functools.cache
def _order(kind: str) -> int:
    from undersight.model.draft import KINDS

    return KINDS.index(kind)


def moved(candidate: Candidate, **changes: Any) -> Candidate:
    """Return a candidate with some fields changed."""
    return replace(candidate, **changes)


def fold_text(text: str, fold: Callable[[str], str]) -> str:
    """Fold a text of the same length in which only a paragraph break stays a line break."""
    low = list(fold(text))
    for match in _BREAK.finditer(text):
        low[match.start()] = "\n"
    for match in _ADDRESS.finditer(text):
        low[match.start()] = "·"  # the dot of a site's address ends nothing
    return "".join(low)
