"""May this party be named, to whom, and why (not)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Account, Party

Audience = Literal["internal", "partner", "public"]
AUDIENCES: tuple[Audience, ...] = ("internal", "partner", "public")
Ground = Literal[
    "internal",
    "consent",
    "stated_reason",
    "already_public",
    "office",
    "organisation",
    "withdrawn_consent",
    "minor",
    "withheld",
    "not_asked",
    "no_reason",
]

_NAMED_KINDS = frozenset({"organisation", "outlet", "public_body", "platform"})
_OFFICES = frozenset({"official", "spokesperson", "police_officer", "prosecutor", "judge"})
_PUBLIC_ASSETS = frozenset({"page", "group", "channel", "website", "domain", "app"})
_YEARS_OF_AGE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Whether a party may be named, and on what ground.

    Args:
        may: Whether it may.
        ground: Why, or why not.
    """

    may: bool
    ground: Ground


def naming_of(party: Party, audience: Audience, *, on: dt.date) -> Naming:
    """Decide whether a party may be named.

    Somebody withheld is never named, whatever was agreed before. Otherwise recorded consent
    counts, and so does taking it back, which ends all that was agreed before. Without consent a
    minor is never named. Outlets, public bodies, platforms and organisations are, and officials,
    spokespeople, officers, prosecutors and judges. Anybody else is named to the public only with
    a stated reason if already public, to partners if already public, and otherwise (not asked
    yet) to nobody outside the team.

    Args:
        party: The party.
        audience: Who would read the name.
        on: The day it would be read (for age and consent).
    """
    if audience == "internal":
        return Naming(may=True, ground="internal")
    if party.public_exposure == "withheld":
        return Naming(may=False, ground="withheld")
    by_consent = _by_consent(party, "name", on)
    if by_consent is not None:
        return by_consent
    if is_minor(party, on=on):
        return Naming(may=False, ground="minor")
    if party.party_kind in _NAMED_KINDS:
        return Naming(may=True, ground="organisation")
    if _OFFICES.intersection(party.occupations):
        return Naming(may=True, ground="office")
    if party.public_exposure == "consented":
        return Naming(may=True, ground="consent")
    return _if_already_public(party, audience)


def may_show_account(
    account: Account, owner: Party | None, audience: Audience, *, on: dt.date
) -> bool:
    """Decide whether an account's name, handles and address may be shown.

    Pages, channels and sites are as public as their owner; a profile is shown only with consent
    to that, its owner's name or not.

    Args:
        account: The account.
        owner: Its owner, where one is recorded.
        audience: Who would read it.
        on: The day it would be read.
    """
    if audience == "internal":
        return True
    if account.asset_kind in _PUBLIC_ASSETS:
        return owner is None or naming_of(owner, audience, on=on).may
    if owner is None:
        return False
    if owner.party_kind in _NAMED_KINDS:
        return naming_of(owner, audience, on=on).may
    consent = _by_consent(owner, "account", on)
    is_withheld = owner.public_exposure == "withheld"
    return consent is not None and consent.may and not is_withheld


def is_minor(party: Party, *, on: dt.date) -> bool:
    """Return whether someone is, or by the birth date recorded could be, under eighteen."""
    if "minor" in party.risk_flags:
        return True
    born = party.born.latest if party.born else None
    if born is None:
        return False
    return (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) < _YEARS_OF_AGE


def _if_already_public(party: Party, audience: Audience) -> Naming:
    if party.public_exposure != "already_public":
        return Naming(may=False, ground="not_asked")
    if audience == "partner":
        return Naming(may=True, ground="already_public")
    if party.naming_reason.strip():
        return Naming(may=True, ground="stated_reason")
    return Naming(may=False, ground="no_reason")


def _by_consent(party: Party, what: str, on: dt.date) -> Naming | None:
    """What the consents say about one thing; None where they say nothing."""
    said = [c for c in party.consents if {what, "everything"} & _words(c.scope)]
    if not said:
        return None
    ends = [c.withdrawn_on for c in said if c.withdrawn_on is not None]
    stands = any(
        c.withdrawn_on is None
        and _has_begun(c.given_on, on)
        and all(_is_surely_after(c.given_on, end) for end in ends)
        for c in said
    )
    return Naming(may=stands, ground="consent" if stands else "withdrawn_consent")


def _words(scope: str) -> set[str]:
    words = set(re.findall(r"[a-z]+", scope.lower()))
    return words | {word.removesuffix("s") for word in words}


def _is_surely_after(given_on: FuzzyDate | None, end: FuzzyDate) -> bool:
    """Whether somebody agreed anew: what was agreed before they took it back is taken back too."""
    if given_on is None or given_on.earliest is None or end.latest is None:
        return False
    return given_on.earliest > end.latest


def _has_begun(given_on: object, on: dt.date) -> bool:
    earliest = getattr(given_on, "earliest", None)
    return earliest is None or earliest <= on
