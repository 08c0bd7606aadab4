"""The entry, its acts, who was involved, and what was added later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from undersight.model import parts as p
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records.record import Record
from undersight.model.schema import (
    count,
    date,
    line,
    lines,
    localised,
    part,
    parts,
    prose,
    ref,
    refs,
    term,
    terms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """The published entry: acts, people and claims that belong together."""

    kind: ClassVar[str] = "incident"

    public_id: str = line("Given at publication, such as QV-2031-0017.")
    title: Mapping[str, str] = localised("Headline.", is_personal=True)
    summary: Mapping[str, str] = localised("What happened.", is_personal=True)
    place: p.Place | None = part(p.Place, "Where.")
    monitoring_status: str = term("monitoring_status", "Still followed?", default="active")
    verification: str = term("verification", "How far verified.", default="unverified")
    related: tuple[p.RelatedTo, ...] = parts(p.RelatedTo, "Other incidents.")
    periods: tuple[str, ...] = refs("period", about="Times of war, election and the like.")
    topics: tuple[str, ...] = lines("Free tags.")
    lang: str = line("Language it was written in.")
    first_published: FuzzyDate | None = date("When it was first published.")
    last_news: FuzzyDate | None = date("When something was last heard.")
    sources: tuple[str, ...] = refs("source", about="Sources of the entry as a whole.")
    evidence: tuple[str, ...] = lines("Digests of objects in the vault.")
    origin: str = line("Digest of the imported record, so that it enters once.", is_internal=True)
    origin_locator: str = line("Digest of the sealed file, # and the place.", is_internal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Record):
    """One thing done, to someone or to everyone, at a time, in a manner."""

    kind: ClassVar[str] = "act"

    incident: str = ref("incident", about="The entry it belongs to.")
    act_type: str = term("act_type", "What was done.")
    attempt: str = term("attempt", "Whether it succeeded.", default="completed")
    start: FuzzyDate | None = date("When it began or happened.")
    end: FuzzyDate | None = date("When it ended.")
    place: p.Place | None = part(p.Place, "Where, if not the incident's place.")
    manners: tuple[str, ...] = terms("manner", "How.")
    threatened_consequence: Mapping[str, str] = localised("The “or else”.")
    stated_ground: Mapping[str, str] = localised("The ground that the authorities gave.")
    believed_ground: Mapping[str, str] = localised("The ground that others believe.")
    offences: tuple[str, ...] = lines("Offences named, in words.")
    target_accounts: tuple[str, ...] = refs("account", about="Accounts acted upon.")
    target_items: tuple[str, ...] = refs("item", about="Posts and other items acted upon.")
    platforms: tuple[str, ...] = terms("platform", "Where online.")
    entry_path: str = term("entry_path", "How an attacker got in.")
    tactics: tuple[str, ...] = terms("tactic", "How an attack worked.")
    quantities: tuple[p.Quantity, ...] = parts(p.Quantity, "Numbers given.")
    loss: p.Loss | None = part(p.Loss, "What was lost.")
    related: tuple[p.RelatedTo, ...] = parts(p.RelatedTo, "Retaliation for, pretext for...")
    detail: Mapping[str, str] = localised("In words.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement(Record):
    """A party's part in one act, with its own status, term and dates."""

    kind: ClassVar[str] = "involvement"

    act: str = ref("act", about="The act.")
    party: str = ref("party", about="The party.")
    role: str = term("involvement_role", "Its part.", default="victim")
    degree: str = term("degree", "How closely tied.")
    status: str = term("liberty_status", "Where the act left the person.")
    status_since: FuzzyDate | None = date("Since when.")
    start: FuzzyDate | None = date("Begin for this person, if it differs.")
    end: FuzzyDate | None = date("End for this person, if it differs.")
    sentences: tuple[p.Sentence, ...] = parts(p.Sentence, "Penalties of this person.")
    responses: tuple[p.Response, ...] = parts(p.Response, "What the person did in turn.")
    count_min: int | None = count("How many of a group, at least.", unit="people")
    count_max: int | None = count("How many of a group, at most.", unit="people")
    affiliation_as_stated: str = line("How the source describes the person.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update(Record):
    """A dated, public addition to an entry; never overwritten."""

    kind: ClassVar[str] = "update"

    incident: str = ref("incident", about="The entry.")
    number: int | None = count("Running number in the entry, from 1.")
    published: FuzzyDate | None = date("When.")
    update_kind: str = term("update_kind", "Why.", default="new_fact")
    fields: tuple[str, ...] = lines("Records and fields that changed.")
    note: Mapping[str, str] = localised("What is new.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Record):
    """A time that gives context: a war, an election, a state of emergency."""

    kind: ClassVar[str] = "period"

    period_kind: str = term("period_kind", "What kind.")
    title: Mapping[str, str] = localised("Name.")
    start: FuzzyDate | None = date("Begin.")
    end: FuzzyDate | None = date("End.")
    country: str = line("ISO 3166-1 alpha-2 code.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Record):
    """What somebody did to help, and what came of it."""

    kind: ClassVar[str] = "intervention"

    incident: str = ref("incident", about="The entry.")
    party: str = ref("party", about="For whom.")
    intervention_type: str = term("intervention_type", "What.")
    at: FuzzyDate | None = date("When.")
    response: str = term("intervention_response", "What came of it.")
    detail: str = prose("In words.", is_personal=True, is_internal=True)
