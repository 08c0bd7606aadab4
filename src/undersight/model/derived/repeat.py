"""The same person or page acted upon again, and how what was done grew graver.

Unnamed groups are left out: seven users warned in May and seven in June are not known to be the
same seven.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from undersight.model.derived.stays import HELD
from undersight.model.derived.term import is_at_liberty
from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Account, Act, Involvement, Party

RUNGS: Final = ("questioning", "warning", "pressure", "charge", "custody", "attack")
"""The steps of an escalation, from the lightest; ``attack`` is a taken account or a wipe."""

_RUNG_OF: Final = {
    "summons": "questioning",
    "questioning": "questioning",
    "official_warning": "warning",
    "threat": "warning",
    "threat_to_family": "pressure",
    "pressure_on_relatives": "pressure",
    "pressure_through_employer": "pressure",
    "dismissal": "pressure",
    "search": "pressure",
    "device_seizure": "pressure",
    "investigation": "charge",
    "charge": "charge",
    "fine": "charge",
    "trial": "charge",
    "detention": "custody",
    "arrest": "custody",
    "administrative_detention": "custody",
    "house_arrest": "custody",
    "pretrial_extension": "custody",
    "enforced_disappearance": "custody",
    "hijack_account": "attack",
    "hijack_page": "attack",
    "content_wipe": "attack",
    "private_material_leak": "attack",
}
GIVEN_BACK: Final = "account_restored"
"""What is done to an account and is no attack."""

NAMED_KINDS: Final = frozenset({"individual", "outlet", "organisation", "family"})
"""Kinds of party that are the same one in two entries; groups are not known to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One act in a series.

    Args:
        act: Id of the act.
        act_type: Its type.
        incident: Id of the entry.
        when: When it began, for this party where that differs.
        rung: The step of an escalation it stands for; empty for other acts.
    """

    act: str
    act_type: str
    incident: str
    when: FuzzyDate | None
    rung: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What was done to one person, outlet or account, oldest first.

    Args:
        subject: Id of the party or account.
        occurrences: The acts, undated last.
    """

    subject: str
    occurrences: tuple[Occurrence, ...]

    @property
    def n_acts(self) -> int:
        """How many acts."""
        return len(self.occurrences)

    @property
    def incidents(self) -> tuple[str, ...]:
        """Ids of the entries, in order of their first act."""
        return tuple(dict.fromkeys(o.incident for o in self.occurrences))

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the acts it was drawn from."""
        return tuple(o.act for o in self.occurrences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A series that grew graver: the first act of each higher step.

    Args:
        subject: Id of the party.
        steps: The climb, from the first act to the highest step, in order of time.
        is_order_certain: Whether the dates leave no other order possible.
    """

    subject: str
    steps: tuple[Occurrence, ...]
    is_order_certain: bool

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the acts it was drawn from."""
        return tuple(step.act for step in self.steps)


def all_series(dossier: Dossier) -> tuple[Series, ...]:
    """Return all acts against each party, by party id; empty ones for who has no name."""
    attacks = _attacks(dossier)
    return tuple(_series(dossier, party, attacks) for party in dossier.all(Party))


def series_of(dossier: Dossier, party_id: str) -> Series:
    """Return all acts against one named party; none for an unnamed or counted group."""
    party = dossier.party(party_id)
    if party is None:
        return Series(subject=party_id, occurrences=())
    return _series(dossier, party, _attacks(dossier))


def _series(dossier: Dossier, party: Party, attacks: Mapping[str, list[Act]]) -> Series:
    acts = {}
    if party.party_kind in NAMED_KINDS:
        for part in dossier.involvements_of(party.record_id):
            act = dossier.find(Act, part.act)
            if act is not None and part.role == "victim":
                acts[act.record_id] = _occurrence(act, part)
        for account in dossier.referring(Account, "owner", party.record_id):
            for act in attacks.get(account.record_id, ()):
                acts.setdefault(act.record_id, _occurrence(act, None))
    return Series(subject=party.record_id, occurrences=_in_order(acts.values()))


def _attacks(dossier: Dossier) -> dict[str, list[Act]]:
    """Return the acts on each account that may be seen; giving access back is none."""
    attacks: dict[str, list[Act]] = {}
    for act in dossier.all(Act):
        for account_id in dict.fromkeys(act.target_accounts):
            if act.act_type != GIVEN_BACK and dossier.find(Account, account_id):
                attacks.setdefault(account_id, []).append(act)
    return attacks


def ladder_of(series: Series) -> Ladder | None:
    """Return the climb in a series, or None if nothing grew graver.

    A step counts when it is higher than every step before it; undated acts are left out.
    """
    steps: list[Occurrence] = []
    days: list[FuzzyDate] = []
    for occurrence in series.occurrences:
        if not occurrence.rung or occurrence.when is None:
            continue
        if not steps or RUNGS.index(occurrence.rung) > RUNGS.index(steps[-1].rung):
            steps.append(occurrence)
            days.append(occurrence.when)
    if len(steps) < 2:
        return None
    return Ladder(
        subject=series.subject,
        steps=tuple(steps),
        is_order_certain=_is_order_certain(days),
    )


def _is_order_certain(days: list[FuzzyDate]) -> bool:
    return all(
        (a.latest or dt.date.max) <= (b.earliest or dt.date.min)
        for a, b in itertools.pairwise(days)
    )


def _occurrence(act: Act, part: Involvement | None) -> Occurrence:
    return Occurrence(
        act=act.record_id,
        act_type=act.act_type,
        incident=act.incident,
        when=(part.start if part else None) or act.start,
        rung=_rung(act, part),
    )


def _rung(act: Act, part: Involvement | None) -> str:
    """Return the step that an act is; none for one that was only tried or may not have been.

    Whoever tries to take an account over attacks; nobody is in custody who got away. A verdict
    is custody where it is known to have put somebody there: a fine is none.
    """
    is_tried_attack = act.attempt == "attempted" and _RUNG_OF.get(act.act_type) == "attack"
    if act.attempt != "completed" and not is_tried_attack:
        return ""
    if act.act_type == "sentence":
        penalties = part.sentences if part else ()
        is_held = bool(penalties) and not is_at_liberty(penalties)
        return "custody" if is_held or (part and part.status in HELD) else "charge"
    return _RUNG_OF.get(act.act_type, "")


def _in_order(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    return tuple(sorted(occurrences, key=_order))


def _order(occurrence: Occurrence) -> tuple[dt.date, dt.date, int, str]:
    when = occurrence.when
    earliest = (when.earliest or when.latest) if when else None
    latest = (when.latest or when.earliest) if when else None
    grade = RUNGS.index(occurrence.rung) if occurrence.rung else -1
    return earliest or dt.date.max, latest or dt.date.max, grade, occurrence.act
