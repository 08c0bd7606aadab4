"""What the authorities have answered about an act or a removed network, drawn from claims.

Silence is never assent: ``none_known`` means that nothing was found in the sources that were
looked at, and an answer about one field says nothing about the others. After micro-thesaurus 28
("attribution") of the HURIDOCS Events Standard Formats.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Act, Claim, Incident, Party, Record, Takedown
from undersight.model.schema import fields_of

Position = Literal[
    "none_known",
    "acknowledged",
    "partly_acknowledged",
    "denied",
    "partly_denied",
    "responsibility_denied",
    "other_explanation",
    "declined_comment",
    "contradictory",
]

_BY_STANCE: Final[Mapping[str, Position]] = {
    "asserts": "acknowledged",
    "acknowledges": "acknowledged",
    "denies": "denied",
    "partly_denies": "partly_denied",
    "acknowledges_denies_responsibility": "responsibility_denied",
    "gives_other_explanation": "other_explanation",
    "declines_comment": "declined_comment",
}
_OFFICIAL_OCCUPATIONS: Final = frozenset(
    {"official", "spokesperson", "police_officer", "prosecutor", "judge"}
)
# Said of a whole entry, these answer each of its acts; "it is true" does not: which part is?
_ENTRY_WIDE: Final = frozenset(
    {"denies", "partly_denies", "gives_other_explanation", "declines_comment", "retracts"}
)
_NOT_STANDING: Final = frozenset({"withdrawn", "superseded"})
_NOT_CONTENT: Final = frozenset(
    {"visibility", "field_visibility", "confidentiality", "remark", "incident", "related"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One statement by an authority.

    Args:
        claim: Id of the claim.
        stance: A term of ``claim_stance``.
        about: Id of the record spoken of: the act, or an involvement in it.
        field: The field spoken of; empty for the record as a whole.
        value: The value claimed, where there is one.
        statement: What is said, by language.
        said: When it was said.
        speaker: Id of the party that spoke; empty where only words name it.
        office: Id of the office spoken for: the speaker itself if it is an office.
        speaker_as_text: The words for the speaker.
        source: Id of the source that carries it; empty where it may not be seen.
        is_latest: Whether no later statement of the same office on the same field is known.
        is_entry_wide: Whether it speaks of the whole entry that an act stands in.
    """

    claim: str
    stance: str
    about: str
    field: str
    value: Any
    statement: Mapping[str, str]
    said: FuzzyDate | None
    speaker: str
    office: str
    speaker_as_text: str
    source: str
    is_latest: bool = True
    is_entry_wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPosition:
    """The response of the authorities to one act or removed network.

    Args:
        about: Id of the act or takedown.
        position: The response in one word.
        answers: What was said, oldest first, statements taken back left out.
        covers_whole: Whether somebody answered about the record as a whole. Words recorded on
            an act say what of it was answered: they do not cover the rest.
        silent_on: Fields with content that no authority is known to have spoken about; empty
            where ``covers_whole``.
        sources: Ids of the sources that were looked at.
        unclear: Ids of claims whose speaker may or may not be an authority; not counted.
    """

    about: str
    position: Position
    answers: tuple[Answer, ...]
    covers_whole: bool
    silent_on: tuple[str, ...]
    sources: tuple[str, ...]
    unclear: tuple[str, ...]

    @property
    def n_sources(self) -> int:
        """How many sources were looked at."""
        return len(self.sources)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the claims it was drawn from."""
        return tuple(answer.claim for answer in self.answers)


def official_position(dossier: Dossier, record_id: str) -> OfficialPosition:
    """Return the response of the authorities to an act or takedown.

    Args:
        dossier: The snapshot.
        record_id: Id of an act or a takedown.
    """
    record = dossier.get(record_id)
    claims = _claims(dossier, record_id, record)
    official = [c for c in claims if _is_official(dossier, c, record)]
    answers = _standing(dossier, official)
    whole = [
        a
        for a in answers
        if a.is_latest and not a.field and (a.about == record_id or a.is_entry_wide)
    ]
    partial = [a for a in answers if a.is_latest and a not in whole]
    covers_whole = any(a.is_entry_wide or not a.statement for a in whole)
    return OfficialPosition(
        about=record_id,
        position=_position(whole, partial, covers_whole=covers_whole),
        answers=answers,
        covers_whole=covers_whole,
        silent_on=() if covers_whole else _silent_on(record, partial),
        sources=_sources(dossier, record, claims),
        unclear=tuple(c.record_id for c in claims if _is_unclear(dossier, c)),
    )


def is_authority(dossier: Dossier, party: Party | None) -> bool:
    """Return whether a party is an office, or speaks or acts for one."""
    if party is None:
        return False
    if party.party_kind == "public_body" or _OFFICIAL_OCCUPATIONS & set(party.occupations):
        return True
    return bool(party.position) and _office(dossier, party.record_id) != party.record_id


def _claims(dossier: Dossier, record_id: str, record: Record | None) -> list[Claim]:
    """Return standing claims about a record, its involvements and its entry, oldest first."""
    about = [record_id, *(i.record_id for i in dossier.involvements(record_id))]
    claims = [claim for entry in about for claim in dossier.claims_about(entry)]
    if isinstance(record, Act):
        claims += [
            claim
            for claim in dossier.claims_about(record.incident)
            if not claim.field and claim.stance in _ENTRY_WIDE
        ]
    return sorted((c for c in claims if c.status not in _NOT_STANDING), key=_said_order)


def _said_order(claim: Claim) -> tuple[dt.date, dt.date, str]:
    said = claim.said
    earliest = (said.earliest or said.latest) if said else None
    latest = (said.latest or said.earliest) if said else None
    return earliest or dt.date.min, latest or dt.date.min, claim.record_id


def _is_official(dossier: Dossier, claim: Claim, record: Record | None) -> bool:
    speaker = dossier.party(claim.speaker) if claim.speaker else None
    if claim.connection == "authority" or is_authority(dossier, speaker):
        return True
    accused = record.attributed_to if isinstance(record, Takedown) else ()
    return bool(claim.speaker) and (claim.speaker in accused or claim.connection == "perpetrator")


def _is_unclear(dossier: Dossier, claim: Claim) -> bool:
    """Return whether an authority is only one of those who may have spoken."""
    if claim.speaker or claim.connection == "authority":
        return False
    return any(is_authority(dossier, dossier.party(p)) for p in claim.speaker_alternatives)


def _standing(dossier: Dossier, claims: Iterable[Claim]) -> tuple[Answer, ...]:
    """Return what still stands: a retraction takes back what its office said on that field."""
    answers: list[Answer] = []
    for claim in claims:
        answer = _answer(dossier, claim)
        same = [i for i, earlier in enumerate(answers) if _key(earlier) == _key(answer)]
        if claim.stance == "retracts":
            answers = [earlier for i, earlier in enumerate(answers) if i not in same]
            continue
        for i in same:
            answers[i] = replace(answers[i], is_latest=False)
        answers.append(answer)
    return tuple(answers)


def _key(answer: Answer) -> tuple[str, str, str, str]:
    """Return what makes a later statement replace an earlier one.

    A field spoken of twice with two values is two details, not one answer replacing another.
    """
    speaker = answer.office or answer.speaker_as_text or answer.source
    detail = "" if not answer.field or answer.value is None else repr(answer.value)
    return answer.about, answer.field, speaker, detail


def _answer(dossier: Dossier, claim: Claim) -> Answer:
    return Answer(
        claim=claim.record_id,
        stance=claim.stance,
        about=claim.about,
        field=claim.field,
        value=claim.value,
        statement=claim.statement,
        said=claim.said,
        speaker=claim.speaker,
        office=_office(dossier, claim.speaker),
        speaker_as_text=claim.speaker_as_text,
        source=claim.carried_by if dossier.source(claim.carried_by) else "",
        is_entry_wide=dossier.find(Incident, claim.about) is not None,
    )


def _office(dossier: Dossier, speaker: str) -> str:
    """Return the office a speaker speaks for, else the speaker."""
    party = dossier.party(speaker) if speaker else None
    if party is None or party.party_kind == "public_body":
        return speaker
    for body in party.member_of:
        office = dossier.party(body)
        if office is not None and office.party_kind == "public_body":
            return body
    return speaker


def _position(whole: list[Answer], partial: list[Answer], *, covers_whole: bool) -> Position:
    overall = {_BY_STANCE[a.stance] for a in whole}
    details = {_BY_STANCE[a.stance] for a in partial}
    spoken = overall - {"declined_comment"}
    if len(spoken) > 1:
        return "contradictory"
    if spoken and covers_whole:
        return _with_details(spoken.pop(), details)
    details = (details | spoken) - {"declined_comment"}
    if details:
        return _from_details(details)
    return "declined_comment" if whole or partial else "none_known"


def _with_details(overall: Position, details: set[Position]) -> Position:
    if overall == "acknowledged" and details & {"denied", "partly_denied", "other_explanation"}:
        return "partly_acknowledged"
    if overall == "denied" and details & {"acknowledged", "responsibility_denied"}:
        return "partly_denied"
    return overall


def _from_details(details: set[Position]) -> Position:
    if details & {"denied", "partly_denied"}:
        return "partly_denied"
    if details == {"other_explanation"}:
        return "other_explanation"
    if details == {"responsibility_denied"}:
        return "responsibility_denied"
    return "partly_acknowledged"


def _silent_on(record: Record | None, partial: list[Answer]) -> tuple[str, ...]:
    """Return fields with content that nobody answered about."""
    if record is None:
        return ()
    empty = type(record)(record_id=record.record_id)
    spoken = {a.field for a in partial if a.about == record.record_id}
    return tuple(
        name
        for name in fields_of(type(record))
        if name not in _NOT_CONTENT | spoken and getattr(record, name) != getattr(empty, name)
    )


def _sources(dossier: Dossier, record: Record | None, claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the sources of the entry and of the claims, without repetition, by id."""
    looked_at = {claim.carried_by for claim in claims}
    if isinstance(record, Act | Takedown):
        incident = dossier.find(Incident, record.incident)
        looked_at |= set(incident.sources) if incident else set()
    if isinstance(record, Takedown):
        looked_at.add(record.report)
    return tuple(sorted(s for s in looked_at if s and dossier.source(s)))
