"""Lays settled candidates out as an entry's fields: ties, repeats, what was not captured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from undersight.extract.engine import Candidate, Passage, Span, moved, settle
from undersight.model.draft import DraftEntry, DraftField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NAMES = ("person", "official", "organisation", "agency", "outlet", "place", "account", "platform")
# what is said again later in an entry adds nothing
_ONCE = (*_NAMES, "tactic", "offence", "manner", "response", "provision")
_ECHOES = {
    "appealed": "appeal",
    "deleted": "content_wipe",
    "filed_complaint": "criminal_complaint",
    "stopped_publishing": "self_censorship",
    "apologised": "forced_apology",
    "left_country": "deportation",
}
_TIED = ("date", "manner", "response", "provision", "sentence", "quantity", "tactic", "offence")
_SPOKEN_OF = 0.55  # a noun, which may only point back ("the arrest")
_FAMILIES = (
    ("detention", "arrest", "administrative_detention", "house_arrest", "abduction"),
    ("charge", "investigation", "criminal_complaint", "charge_changed"),
    ("trial", "sentence", "acquittal", "fine"),
    ("appeal", "appeal_decision"),
    ("questioning", "summons"),
    ("hijack_account", "hijack_page", "site_hack"),
)
_FAMILY = {act: family[0] for family in _FAMILIES for act in family}
_PENAL = frozenset(["sentence", "fine", "arrest", "house_arrest"])
_Event = tuple[set[str], set[str], set[str]]  # days, victims, penalties
_FEW, _FEW_IN_HEADLINE = 3, 6  # people who are rather named than counted
_SURE = 0.65  # below it, a headline's words are no act by themselves
_WORDS = re.compile(r"[^\W_]")
_EDGE = " \t\r\n.,;:!?…-–—\"'“”‘’«»()[]*#_|"


def entry(
    passage: Passage, candidates: list[Candidate], headline: str, updated: str | None
) -> DraftEntry:
    """Build one entry from its candidates."""
    found = tie(passage, without_repeats(passage, candidates))
    return DraftEntry(
        headline=headline,
        start=passage.start,
        end=passage.end,
        updated=updated,
        fields=_fields(found),
        not_captured=not_captured(passage, found),
    )


def without_repeats(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Keep a fact once: the first full mention in the body, and mentions that tie to an act.

    A second act of the same kind stays where its own sentence dates it differently, names
    another victim or another penalty.
    """
    kept = _first_mentions(passage, _without_counted_names(passage, _without_echoes(candidates)))
    return _first_events(passage, kept)


def _without_counted_names(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Drop "two activists" where the entry names the two: who is named is not counted.

    A longer list may contradict its own count, and what the body counts stays.
    """
    victims = [c for c in candidates if c.role == "victim"]
    n_people = len({c.value for c in victims if c.kind == "person"})
    n_bodies = len({c.value for c in victims if c.kind != "person"})
    n_named = {"people": n_people, "pages": n_bodies, "accounts": n_bodies}
    most = {True: _FEW_IN_HEADLINE, False: _FEW}
    return [
        c
        for c in candidates
        if c.kind != "quantity"
        or c.value["amount"] != n_named.get(c.value["unit"])
        or c.value["amount"] > most[c.start < passage.body]
    ]


def _without_echoes(candidates: list[Candidate]) -> list[Candidate]:
    """Drop a response that is only an act of the same words said over again."""
    deeds = {(c.span, c.value) for c in candidates if c.kind == "act"}
    return [
        c
        for c in candidates
        if c.kind != "response"
        or not any(
            value == _ECHOES.get(str(c.value)) and c.overlaps(*span) for span, value in deeds
        )
    ]


def _first_mentions(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        if candidate.kind in _ONCE:
            key = (candidate.kind, candidate.value)
            if key not in best or _rank(passage, candidate) < _rank(passage, best[key]):
                best[key] = candidate
    kept: list[Candidate] = []
    acts_of: dict[tuple[str, str], set[Span]] = {
        key: {c.of} if c.of else set() for key, c in best.items()
    }
    for candidate in candidates:
        key = (candidate.kind, str(candidate.value))
        is_first = candidate.kind not in _ONCE or best[key] is candidate
        if is_first:
            kept.append(candidate)
        elif candidate.of and candidate.of not in acts_of[key]:
            acts_of[key].add(candidate.of)
            kept.append(candidate)
    return kept


def _rank(passage: Passage, candidate: Candidate) -> tuple[int, int, int]:
    is_full = passage.text[candidate.start : candidate.end] == candidate.value
    in_body = candidate.start >= passage.body
    is_short = candidate.rule.endswith(".mention")  # "Agil's lawyer" below a head that names him
    return (
        0 if is_full and in_body else 1 if in_body and not is_short else 2 if is_full else 3,
        0 if is_full else 1,
        candidate.start,
    )


def _first_events(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    seen: dict[str, list[_Event]] = {}
    dropped: set[Span] = set()
    acts = [c for c in candidates if c.kind == "act"]
    groups = passage.by_sentence(candidates)
    days_in = {
        span: {str(c.value) for c in group if c.kind == "date"} for span, group in groups.items()
    }
    days_in = _handed_on(passage, days_in)
    remanded = {
        span
        for span, group in groups.items()
        if any(c.kind == "sentence" and c.value["kind"] == "pretrial_detention" for c in group)
    }
    victims_of: dict[Span, set[str]] = {}
    for candidate in candidates:
        if candidate.of and candidate.role == "victim":
            victims_of.setdefault(candidate.of, set()).add(str(candidate.value))
    told = {
        _FAMILY.get(str(c.value))
        for c in acts
        if c.confidence >= _SURE and c.start >= passage.body
    } - {None}
    is_told_below = any(act.start >= passage.body for act in acts)
    # the body's verbs come first: nouns mostly say again what they say, headlines always
    for act in sorted(acts, key=lambda c: (c.start < passage.body, c.confidence < _SURE, c.start)):
        here = groups[passage.sentence_at(act.start)]
        named = {str(c.value) for c in here if c.role == "victim" and c.of is None}
        event = (
            days_in.get(passage.sentence_at(act.start), set()),
            victims_of.get(act.span) or named,
            {str(c.value) for c in here if c.kind == "sentence" and act.value in _PENAL},
        )
        # to be arrested and to be remanded for some months are two events
        is_remand = act.value == "arrest" and passage.sentence_at(act.start) in remanded
        known = seen.setdefault("remand" if is_remand else str(act.value), [])
        is_new = all(_differs(event, other) for other in known)
        is_only_said = is_told_below if act.start < passage.body else _points_back(act, told)
        is_only_said = is_only_said and not (act.start >= passage.body and event[2])
        if (known and not is_new) or is_only_said:
            dropped.add(act.span)
        else:
            known.append(event)
    return [
        moved(c, of=None) if c.of in dropped else c
        for c in candidates
        if not (c.kind == "act" and c.span in dropped)
    ]


def _handed_on(passage: Passage, days_in: dict[Span, set[str]]) -> dict[Span, set[str]]:
    """Give a sentence without a day the days told last above it in its paragraph."""
    days: dict[Span, set[str]] = {}
    last: set[str] = set()
    end = passage.body
    for sentence in passage.sentences:
        last = set() if "\n" in passage.low[end : sentence[0]] else last
        last = days_in.get(sentence) or last
        days[sentence] = last
        end = sentence[1]
    return days


def _points_back(act: Candidate, told: set[str | None]) -> bool:
    """Whether a noun only speaks of what a verb of its family tells."""
    return act.confidence <= _SPOKEN_OF and _FAMILY.get(str(act.value)) in told


def _differs(event: _Event, other: _Event) -> bool:
    """Whether two acts of a kind have other days, other victims or other penalties."""
    return any(
        mine and theirs and not mine & theirs for mine, theirs in zip(event, other, strict=True)
    )


# --- ties ----------------------------------------------------------------------------------------


def tie(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Tie what stands in one sentence with an act to the nearest act there."""
    acts = passage.by_sentence(c for c in candidates if c.kind == "act")
    return [
        _tied(candidate, acts.get(passage.sentence_at(candidate.start), []))
        if candidate.kind in _TIED and candidate.of is None
        else candidate
        for candidate in candidates
    ]


def _tied(candidate: Candidate, near: list[Candidate]) -> Candidate:
    if not near:
        return candidate
    nearest = min(near, key=lambda act: (_distance(act, candidate), act.start))
    return moved(candidate, of=nearest.span)


def _distance(a: Candidate, b: Candidate) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _fields(candidates: list[Candidate]) -> tuple[DraftField, ...]:
    index = {c.span: i for i, c in enumerate(candidates) if c.kind == "act"}
    return tuple(
        DraftField(
            kind=c.kind,
            value=c.value,
            start=c.start,
            end=c.end,
            confidence=round(c.confidence, 3),
            rule=c.rule,
            role=c.role,
            of=index.get(c.of) if c.of else None,
            alternatives=c.alternatives,
        )
        for c in candidates
    )


# --- what no rule understood ---------------------------------------------------------------------


def not_captured(passage: Passage, candidates: Iterable[Candidate]) -> tuple[Span, ...]:
    """Return the words of an entry's sentences that no field covers."""
    spans: list[Span] = []
    ordered = sorted(c.span for c in candidates)
    at = 0
    position = passage.start
    for first, last in passage.sentences:
        position = max(position, first)
        while at < len(ordered) and ordered[at][0] < last:
            start, end = ordered[at]
            if start > position:
                spans.append((position, start))
            position = max(position, end)
            at += 1
        if position < last:
            spans.append((position, last))
            position = last
    return tuple(
        _edged(passage.text, *span) for span in spans if _WORDS.search(passage.text, *span)
    )


def _edged(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


# --- further sources -----------------------------------------------------------------------------


def with_hints(
    text: str,
    drafted: DraftEntry,
    hints: Iterable[Callable[[str, DraftEntry], Iterable[Candidate]]],
) -> DraftEntry:
    """Add what other sources propose, where no field stands yet."""
    extra: list[Candidate] = []
    for source in hints:
        for hint in source(text, drafted):
            lies_within = drafted.start <= hint.start < hint.end <= drafted.end
            if lies_within and not _is_covered(drafted, hint):
                extra.append(hint)
    if not extra:
        return drafted
    fields = [*drafted.fields, *_fields(settle(extra))]
    return _rebuilt(text, drafted, fields)


def _is_covered(drafted: DraftEntry, hint: Candidate) -> bool:
    return any(
        field.kind == hint.kind and field.start < hint.end and hint.start < field.end
        for field in drafted.fields
    )


def _rebuilt(text: str, drafted: DraftEntry, fields: list[DraftField]) -> DraftEntry:
    """Sort fields again; ties follow the acts they pointed at."""
    order = sorted(range(len(fields)), key=lambda i: (fields[i].start, -fields[i].end, i))
    place = {old: new for new, old in enumerate(order)}
    ordered = [_moved_tie(fields[i], place) for i in order]
    spans = [(field.start, field.end) for field in ordered]
    left = [
        edged
        for span in drafted.not_captured
        for part in _minus(span, spans)
        if _WORDS.search(text, *part)
        for edged in (_edged(text, *part),)
    ]
    return DraftEntry(
        headline=drafted.headline,
        start=drafted.start,
        end=drafted.end,
        updated=drafted.updated,
        fields=tuple(ordered),
        not_captured=tuple(left),
    )


def _moved_tie(field: DraftField, place: dict[int, int]) -> DraftField:
    changes: dict[str, Any] = {
        name: getattr(field, name) for name in DraftField.__dataclass_fields__
    }
    if field.of is not None:
        changes["of"] = place[field.of]
    return DraftField(**changes)


def _minus(span: Span, others: list[Span]) -> list[Span]:
    parts = [span]
    for start, end in others:
        parts = [
            piece
            for a, b in parts
            for piece in ((a, min(b, start)), (max(a, end), b))
            if piece[0] < piece[1]
        ]
    return parts
