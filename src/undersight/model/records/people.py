"""People, outlets, offices; their accounts and posts; decisions on who is who."""

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
    declared,
    flag,
    line,
    lines,
    localised,
    parts,
    prose,
    ref,
    refs,
    term,
    terms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Record):
    """A person, group, outlet, office or company; possibly counted and unnamed."""

    kind: ClassVar[str] = "party"

    party_kind: str = term("party_kind", "What it is.", default="individual")
    names: tuple[p.PersonName, ...] = parts(p.PersonName, "Names and spellings.", is_personal=True)
    count_min: int | None = count("How many at least, for groups.", unit="people")
    count_max: int | None = count("How many at most, for groups.", unit="people")
    occupations: tuple[str, ...] = terms("occupation", "What the person does.")
    position: str = line("Post or office held.", is_personal=True)
    member_of: tuple[str, ...] = refs("party", about="Parties, outlets, movements it belongs to.")
    gender: str = line("As the person states it.", is_personal=True)
    born: FuzzyDate | None = date("Date or year of birth.", is_personal=True)
    country: str = line("ISO 3166-1 alpha-2 code.")
    public_exposure: str = term("public_exposure", "How far already named.", default="unknown")
    naming_reason: str = prose("Why it is named without consent.", is_internal=True)
    retaliation_note: str = prose("Could publishing bring retaliation?", is_internal=True)
    consents: tuple[p.Consent, ...] = parts(p.Consent, "What was agreed.")
    risk_flags: tuple[str, ...] = terms("risk_flag", "Why more care is needed.")
    biography: Mapping[str, str] = localised("Who it is.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Record):
    """A profile, page, group, channel or site, as far as its owner or a report names it."""

    kind: ClassVar[str] = "account"

    platform: str = term("platform", "Where.")
    asset_kind: str = term("asset_kind", "What.", default="unknown")
    title: str = line("Its name as shown.", is_personal=True)
    native_id: str = line("The platform's id.", is_personal=True)
    handles: tuple[p.Handle, ...] = parts(p.Handle, "Handles over time.", is_personal=True)
    url: str = line("Address.", is_personal=True)
    owner: str = ref("party", about="Whose it is.")
    administrations: tuple[p.Administration, ...] = parts(
        p.Administration, "Who administers it.", is_internal=True
    )
    badge: str = term("badge", "Verified badge.", default="unknown")
    observations: tuple[p.Observation, ...] = parts(p.Observation, "How it looked, and when.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Record):
    """A post, comment, video or message that matters to an incident; it may be gone."""

    kind: ClassVar[str] = "item"

    account: str = ref("account", about="Where it stood.")
    author: str = ref("party", about="Who wrote it.")
    item_kind: str = term("item_kind", "What.", default="post")
    native_id: str = line("The platform's id.", is_personal=True)
    url: str = line("Address.", is_personal=True)
    posted: FuzzyDate | None = date("When it was posted.")
    text: str = prose("Its text.", is_personal=True)
    lang: str = line("Language of the text.")
    about: Mapping[str, str] = localised("What it was about.")
    state: str = term("item_state", "Its state now.", default="gone_unknown")
    gone: FuzzyDate | None = date("When it vanished.")
    captures: tuple[str, ...] = lines("Digests of captures in the vault.")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDecision(Record):
    """What a person decided about two parties; taking it back separates them again."""

    kind: ClassVar[str] = "identity_decision"

    kept: str = ref("party", about="The party that stands for both when they are the same.")
    other: str = ref("party", about="The other party.")
    verdict: str = term("identity_verdict", "The decision.", default="unsure")
    score: float | None = declared("number", "Score that was shown, 0 to 1.")
    reasons: tuple[str, ...] = lines("Reasons that were shown.", is_personal=True)
    is_revoked: bool = flag("Taken back.")
