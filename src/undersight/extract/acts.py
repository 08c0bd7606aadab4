"""Acts: what was done, found by trigger words; what is denied, feared or only possible is none.

A trigger says which vocabulary term it means and on which side of it the one acted upon stands.
``auto`` is for verb forms that are read both ways ("was detained", "police detained"): what
stands around them decides.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.extract.engine import (
    Candidate,
    Finder,
    Passage,
    Span,
    compile_pattern,
    moved,
    trim,
)
from undersight.extract.lexicon import clause_before
from undersight.extract.prefilter import Patterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from undersight.extract.prefilter import TextPattern

_REACH = 64  # characters before a trigger in which a negation or a "could" still governs it
_KIN = 120  # characters before a summons in which a relative is its subject
_EMPLOYER = 70  # characters around a summons in which an employer is who summons
_WORD = 24  # characters of a trigger's last word
_QUOTED = re.compile(r'"[^"]*"')
_WIDE = 260  # characters before a terse sentence in which its subject may stand
# "No one was identified, questioned or": a list of what nobody did
_NOBODY = re.compile(
    r"\b(?:no one|nobody|none|neither|never|not)(?: [\w'-]+){0,4}(?: \w+(?:ed|en|wn)(?:,| or| nor)"
    r"(?: or| nor)?){1,3} $"
)


NOMINAL = 0.55  # a noun may only point back at what a verb told
_SURE = {"auto": 0.8, "before": 0.85, "after": 0.85, "either": 0.85, "none": 0.85}
# what is done to a whole country: who voted, announced or spoke has not suffered it
_OF_NOBODY = frozenset(
    ["internet_shutdown", "legislation", "monitoring_announced", "service_blocking"]
)
_NO_ACTS = ("sentence", "takedown", "provision", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWords:
    """A language's tables for acts.

    Args:
        lang: Language code.
        verbs: Patterns of verb forms by act; the side of the victim is read off the sentence.
        before: Patterns by act whose victim stands before them.
        after: Patterns by act whose victim stands behind them.
        either: Patterns by act whose victim stands on either side, the nearest name.
        none: Patterns by act that have no victim.
        nominal: Patterns by act of nouns ("the arrest of"), which a verb elsewhere outranks.
        attributive_before: Ending in ``$``: before a participle that only describes ("the jailed
            editor").
        attributive_after: Behind such a participle.
        alone: Plain words of `near` that are read by what stands somewhat before them too.
        idle: Patterns by act of words that look like it and are not ("held a rally"); ``any``
            for all acts.
        near: Patterns by act in two halves parted by `` @@ ``: plain words, and what must stand
            near them, in the same sentence, for them to mean the act.
        passive: What stands right before a verb form that is passive, ending in ``$``.
        follows_passive: What stands right behind a verb form whose victim came before.
        negation: What stands before a trigger that did not happen, ending in ``$``.
        unreal: What stands before a trigger that is feared, asked for or possible.
        unreal_after: What stands right behind such a trigger.
        macros: Named parts of patterns.
        inner: Pattern of single words which, between a trigger's own words, say that it did not
            happen ("the page was not hacked"); a trigger may have such a word for its own.
        denied: What stands before a trigger, commas between, where somebody denies it, ending
            in ``$`` ("отрицает, что").
        kin_before: Ending in ``$``: before a summons of somebody's relative ("his mother was").
        kin_after: Right behind such a summons ("his mother").
        employer: Around a summons by the head of a school or firm ("called in by the dean").
        ahead: Endings of verbs, ending in ``$``, by which it lies ahead, is only possible or
            was not done ("çıxararıq"); a trigger may name such a form for its own.
        undone: The same for every trigger that names no verbal noun or denial at all.
        names_undone: By which such a trigger is known.
    """

    lang: str
    verbs: Mapping[str, Iterable[str]]
    before: Mapping[str, Iterable[str]]
    after: Mapping[str, Iterable[str]]
    either: Mapping[str, Iterable[str]]
    none: Mapping[str, Iterable[str]]
    passive: str
    follows_passive: str
    negation: str
    unreal: str
    unreal_after: str
    macros: Mapping[str, str]
    nominal: Mapping[str, Iterable[str]] = field(default_factory=dict)
    near: Mapping[str, Iterable[str]] = field(default_factory=dict)
    idle: Mapping[str, Iterable[str]] = field(default_factory=dict)
    alone: str = "(?!)"
    attributive_before: str = "(?!)"
    attributive_after: str = "(?!)"
    inner: str = "(?!)"
    denied: str = "(?!)"
    ahead: str = "(?!)"
    undone: str = "(?!)"
    names_undone: str = "(?!)"
    kin_before: str = "(?!)"
    kin_after: str = "(?!)"
    employer: str = "(?!)"


@dataclass(frozen=True, slots=True)
class _Trigger:
    act: str
    side: str
    pattern: TextPattern
    confidence: float
    names_undone: bool


@dataclass(frozen=True, slots=True)
class _Near:
    act: str
    plain: TextPattern
    context: TextPattern


def finder(words: ActWords) -> Finder:
    """Return a finder of acts; the candidate's ``role`` carries the victim's side to `roles`."""
    triggers = _triggers(words)
    near = _near(words)
    patterns = Patterns(trigger.pattern for trigger in triggers)
    plain = Patterns(pair.plain for pair in near)
    reader = _Reader.of(words)
    is_idle = _idle_words(words)

    def find(passage: Passage) -> Iterator[Candidate]:
        return (act for act in read(passage) if not is_idle(passage, act))

    def read(passage: Passage) -> Iterator[Candidate]:
        worth = patterns.by_span(passage.low, passage.sentences)
        paired = plain.by_span(passage.low, passage.sentences)
        for first, last in passage.sentences:
            sentence = passage.low[first:last]
            if passage.language.is_generic(sentence):
                continue
            here = [triggers[i] for i in worth[first, last]]
            yield from _told(passage, (first, last), here, reader, words.lang)
            pairs = [near[i] for i in paired[first, last]]
            for candidate in _by_context(passage, (first, last), pairs, reader, words.lang):
                if not passage.is_taken(*candidate.span, *_NO_ACTS):
                    yield candidate

    return find


def _told(
    passage: Passage, sentence: Span, triggers: list[_Trigger], reader: _Reader, lang: str
) -> Iterator[Candidate]:
    """Yield the acts that a sentence's own words tell, and note those it says were none."""
    low = passage.low
    for trigger in triggers:
        for match in trigger.pattern.matches(low, *sentence):
            span = trim(low, *match.span(match.lastindex or 0))
            if _is_other(passage, trigger, span, sentence[0]):
                continue
            is_real = reader.is_real(low, sentence, match.span())
            is_done = not reader.is_undone(match.group(), trigger.pattern)
            is_done = is_done and (
                trigger.names_undone or not reader.undone.search(low, span[0], match.end())
            )
            if is_real and is_done and not reader.is_ahead(low, match.end(), trigger.pattern):
                yield reader.of_whom(
                    low, sentence, _candidate(trigger, reader, low, sentence, span, lang)
                )
            else:
                passage.unreal.append((trigger.act, span[0]))


def _triggers(words: ActWords) -> tuple[_Trigger, ...]:
    """Return a language's triggers, those whose victim's side is known and the nouns."""
    sides = (
        ("auto", words.verbs),
        ("before", words.before),
        ("after", words.after),
        ("either", words.either),
        ("none", words.none),
    )
    names_undone = re.compile(words.names_undone).search

    def trigger(act: str, side: str, pattern: str, sure: float) -> _Trigger:
        compiled = compile_pattern(pattern, words.macros)
        side = "none" if act in _OF_NOBODY else side
        return _Trigger(act, side, compiled, sure, names_undone(pattern) is not None)

    return (
        *(
            trigger(act, side, pattern, _SURE[side])
            for side, table in sides
            for act, patterns in table.items()
            for pattern in patterns
        ),
        *(
            trigger(act, "either", pattern, NOMINAL)
            for act, patterns in words.nominal.items()
            for pattern in patterns
        ),
    )


def _near(words: ActWords) -> tuple[_Near, ...]:
    return tuple(
        _Near(act, compile_pattern(plain, words.macros), compile_pattern(context, words.macros))
        for act, patterns in words.near.items()
        for plain, _, context in (pattern.partition(" @@ ") for pattern in patterns)
    )


def _idle_words(words: ActWords) -> Callable[[Passage, Candidate], bool]:
    """Return what tells whether an act's words mean something else where they stand."""
    idle = [
        (act, compile_pattern(pattern, words.macros))
        for act, patterns in words.idle.items()
        for pattern in patterns
    ]
    rules_of = {
        act: [pattern for value, pattern in idle if value in (act, "any")]
        for act in {value for value, _ in idle}
    }
    for_all = rules_of.get("any", [])

    def is_idle(passage: Passage, act: Candidate) -> bool:
        sentence = passage.sentence_at(act.start)
        return any(
            act.overlaps(*match.span())
            for pattern in rules_of.get(str(act.value), for_all)
            for match in pattern.finditer(passage.low, *sentence)
        )

    return is_idle


def _is_other(passage: Passage, trigger: _Trigger, span: Span, first: int) -> bool:
    """Whether the words are a penalty, a date or part of a name instead."""
    return passage.is_taken(*span, *_NO_ACTS) or (
        trigger.confidence == NOMINAL and _is_in_name(passage.text, span[0], first)
    )


def _is_in_name(text: str, start: int, first: int) -> bool:
    """Whether a noun is capitalised inside a sentence, as in the name of a report."""
    return start > first + 2 and text[start].isupper()


def _by_context(
    passage: Passage, sentence: Span, near: list[_Near], reader: _Reader, lang: str
) -> Iterator[Candidate]:
    """Yield acts told by a plain word beside which the telling word stands.

    A terse log says "Restored." under a headline that names the page: a word that is plain
    enough may find its telling word somewhat before the sentence.
    """
    low = passage.low
    wide = (max(passage.start, sentence[0] - _WIDE), sentence[1])
    for pair in near:
        is_beside = pair.context.search(low, *sentence) is not None
        if not is_beside and pair.context.search(low, *wide) is None:
            continue
        for match in pair.plain.finditer(low, *sentence):
            is_meant = is_beside or reader.alone.fullmatch(match.group())
            if is_meant and reader.is_real(low, sentence, match.span()):
                yield Candidate(
                    kind="act",
                    value=pair.act,
                    start=match.start(),
                    end=match.end(),
                    rule=f"{lang}.act.{pair.act}.either",
                    confidence=0.6 if is_beside else 0.5,
                )


def _candidate(
    trigger: _Trigger,
    reader: _Reader,
    low: str,
    sentence: tuple[int, int],
    span: tuple[int, int],
    lang: str,
) -> Candidate:
    side = trigger.side
    if side == "auto":
        side = reader.side(low, sentence, span)
    return Candidate(
        kind="act",
        value=trigger.act,
        start=span[0],
        end=span[1],
        rule=f"{lang}.act.{trigger.act}.{side}",
        confidence=trigger.confidence,
    )


def side_of(candidate: Candidate) -> str:
    """Return where the victim of an act stands: before, after, either or none."""
    return candidate.rule.rsplit(".", 1)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    passive: re.Pattern[str]
    follows: re.Pattern[str]
    negation: re.Pattern[str]
    unreal: re.Pattern[str]
    unreal_after: re.Pattern[str]
    alone: re.Pattern[str]
    describes: tuple[re.Pattern[str], re.Pattern[str]]
    inner: re.Pattern[str]
    denied: re.Pattern[str]
    ahead: re.Pattern[str]
    undone: re.Pattern[str]
    kin: tuple[re.Pattern[str], re.Pattern[str]]
    employer: re.Pattern[str]

    @classmethod
    def of(cls, words: ActWords) -> _Reader:
        """Compile what stands around triggers."""
        return cls(
            passive=re.compile(words.passive),
            follows=re.compile(words.follows_passive),
            negation=re.compile(words.negation),
            unreal=re.compile(words.unreal),
            unreal_after=re.compile(words.unreal_after),
            alone=re.compile(words.alone),
            describes=(
                re.compile(words.attributive_before),
                re.compile(words.attributive_after),
            ),
            inner=re.compile(words.inner),
            denied=re.compile(words.denied),
            ahead=re.compile(words.ahead),
            undone=re.compile(words.undone),
            kin=(re.compile(words.kin_before), re.compile(words.kin_after)),
            employer=re.compile(words.employer),
        )

    def is_real(self, low: str, sentence: tuple[int, int], span: tuple[int, int]) -> bool:
        """Whether the text says that it happened (or was tried)."""
        before = clause_before(low, sentence[0], span[0])
        if self.negation.search(before) or self.unreal.search(before):
            return False
        reach = max(sentence[0], span[0] - _REACH)
        if _NOBODY.search(low, reach, span[0]) or self.denied.search(low, reach, span[0]):
            return False
        if self.describes[1].match(low, span[0], sentence[1]) and self.describes[0].search(
            low[sentence[0] : span[0]][-_REACH:]
        ):
            return False
        return not self.unreal_after.match(low, span[1], sentence[1])

    def is_undone(self, told: str, trigger: TextPattern) -> bool:
        """Whether a "not" stands among a trigger's words that is none of them."""
        told = _QUOTED.sub(" ", told)
        if '"' in told:
            return False  # it may be a speaker's own
        return any(not _has_word(trigger.pattern, word) for word in self.inner.findall(told))

    def is_ahead(self, low: str, end: int, trigger: TextPattern) -> bool:
        """Whether a trigger's last word says that it lies ahead or is only possible."""
        found = self.ahead.search(low, max(0, end - _WORD), end)
        return found is not None and found.group()[:4] not in trigger.pattern

    def of_whom(self, low: str, sentence: Span, act: Candidate) -> Candidate:
        """Read the summons of somebody's relative, or by an employer, as what it is."""
        if act.value != "summons":
            return act
        before = low[max(sentence[0], act.start - _KIN) : act.start]
        if self.kin[0].search(before) or self.kin[1].match(low, act.end, sentence[1]):
            return _read_as("pressure_on_relatives", act)
        near = max(sentence[0], act.start - _EMPLOYER), min(sentence[1], act.end + _EMPLOYER)
        for employer in self.employer.finditer(low, *near):
            if employer.end() >= act.start and employer.start() <= act.end:
                return _read_as("pressure_through_employer", act)
        return act

    def side(self, low: str, sentence: tuple[int, int], span: tuple[int, int]) -> str:
        """Whether a verb form's victim stands before or after it."""
        before = low[max(sentence[0], span[0] - _REACH) : span[0]]
        if self.passive.search(before) or self.follows.match(low, span[1], sentence[1]):
            return "before"
        return "after"


def _read_as(act: str, summons: Candidate) -> Candidate:
    rule = summons.rule.replace(".summons.", f".{act}.")
    return moved(summons, value=act, rule=rule, alternatives=("summons",))


@functools.lru_cache(maxsize=1 << 12)
def _has_word(pattern: str, word: str) -> bool:
    """Whether a pattern names a word itself: "notebook" names no "not"."""
    before = "" if "'" in word else r"(?<!\w)"
    return re.search(rf"{before}{re.escape(word)}(?!\w)", pattern) is not None
