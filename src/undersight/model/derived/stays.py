"""Stays in custody: from an act that takes somebody in to the first thing known to have ended it.

Where a day is not known exactly, both edges are kept: a person was **certainly** held between
the last possible beginning and the first possible end, and **possibly** between the first
possible beginning and the last possible end.

What ends a stay is looked for in its own entry first. A monitor who keeps one entry for each event
records the release, or the house arrest that follows, in another: whoever is let out is out of
every stay that began before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from undersight.model.derived.term import is_at_liberty, terms_of
from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import Bounds, FuzzyDate
from undersight.model.records import Act, Incident, Involvement

Certainty = Literal["certain", "possible", "no"]
EndBasis = Literal["stated", "release", "status", "term", "followed", "held", "unknown"]

CUSTODY_ACTS: Final = frozenset(
    {"detention", "arrest", "administrative_detention", "enforced_disappearance", "abduction"}
)
HOME_ACTS: Final = frozenset({"house_arrest"})
OUT: Final = frozenset(
    {"questioned_released", "released", "released_pending", "released_served", "released_early",
     "acquitted", "case_dropped", "fugitive", "in_exile", "dead"}
)  # fmt: skip
HELD: Final = {"detained_held": False, "house_arrest": True}
# Whatever its words on status: whom this happened to is not in custody any more.
ENDING_ACTS: Final = frozenset({"release", "deportation", "killing", "death_in_custody"})
# An act that goes on: a status under it is where it left the person, later than it began.
_LASTING_ACTS: Final = frozenset(
    {"trial", "investigation", "appeal", "civil_suit", "criminal_complaint", "travel_ban",
     "wanted_notice"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One stay in custody, by one act against one party.

    Args:
        party: Id of the person or group.
        incident: Id of the entry.
        act: Id of the act that began it.
        involvement: Id of the party's part in that act.
        act_type: The act's type.
        start: First and last day on which it can have begun; None: no limit known.
        end: First and last day on which it can have ended; None: no limit known.
        end_basis: How the end is known: ``stated`` in the record, from a ``release``, from a
            ``status`` that says so, from a ``term`` said to be served, ``followed`` by another
            stay, still ``held`` as far as known, or ``unknown``.
        is_at_home: Held at home: not counted as days in custody.
        is_certain: False where it is not known that the act took place.
        n_days_fixed: Length, where a served term gives it; unit days.
        inputs: Ids of the records that the edges were read from.
    """

    party: str
    incident: str
    act: str
    involvement: str
    act_type: str
    start: Bounds
    end: Bounds
    end_basis: EndBasis
    is_at_home: bool = False
    is_certain: bool = True
    n_days_fixed: int | None = None
    inputs: tuple[str, ...] = ()

    @property
    def core(self) -> tuple[dt.date, dt.date] | None:
        """The days on which the party was certainly held: first day, day of leaving."""
        begun, ended = self.start[1], self.end[0]
        if begun is None or ended is None or begun > ended or not self.is_certain:
            return None
        return begun, ended

    @property
    def hull(self) -> Bounds:
        """The days on which the party was possibly held: first day, day of leaving."""
        return self.start[0], self.end[1]

    def is_over(self, day: dt.date) -> bool:
        """Return whether it is known by a day that the party is out, though not always when."""
        is_told = self.end_basis in ("stated", "release", "status", "term")
        return is_told and self.end[1] is not None and self.end[1] <= day

    def on(self, day: dt.date) -> Certainty:
        """Return whether the party was held on a day (the day of leaving counts as held)."""
        core = self.core
        if core is not None and core[0] <= day <= core[1]:
            return "certain"
        first, last = self.hull
        return "possible" if (first or day) <= day <= (last or day) else "no"


def spells_of(dossier: Dossier, party_id: str) -> tuple[Spell, ...]:
    """Return a party's stays, in order of time."""
    parts = _parts(dossier, party_id)
    spells = [spell for act, part in parts if (spell := _spell(act, part)) is not None]
    spells.sort(key=_spell_order)
    return tuple(_ended(dossier, spell, spells, parts) for spell in spells)


def _spell_order(spell: Spell) -> tuple[dt.date, dt.date, str]:
    earliest, latest = spell.start
    return earliest or latest or dt.date.max, latest or dt.date.max, spell.act


def _parts(dossier: Dossier, party_id: str) -> list[tuple[Act, Involvement]]:
    """Return what was done to a party, where the act may be seen and was not only tried."""
    pairs = [(dossier.find(Act, i.act), i) for i in dossier.involvements_of(party_id)]
    return [
        (act, part)
        for act, part in pairs
        if act is not None
        and part.role == "victim"
        and act.attempt not in ("attempted", "threatened")
    ]


def _spell(act: Act, part: Involvement) -> Spell | None:
    """Return the stay that an act began, without its end."""
    is_home = act.act_type in HOME_ACTS
    if act.act_type in CUSTODY_ACTS or is_home:
        began = part.start or act.start
    elif part.status in HELD and act.act_type != "release":
        began, is_home = part.status_since or part.start or act.start, HELD[part.status]
    else:
        return None
    start, end, basis = _edges(began, part.end or act.end)
    return Spell(
        party=part.party,
        incident=act.incident,
        act=act.record_id,
        involvement=part.record_id,
        act_type=act.act_type,
        start=start,
        end=end,
        end_basis=basis,
        is_at_home=is_home,
        is_certain=act.attempt == "completed",
        inputs=(act.record_id, part.record_id),
    )


def _edges(began: FuzzyDate | None, ended: FuzzyDate | None) -> tuple[Bounds, Bounds, EndBasis]:
    start: Bounds = began.start_bounds if began else (None, None)
    if ended is not None and not ended.is_open_ended and not _is_before(ended, start):
        return start, _not_before(ended.end_bounds, start), "stated"
    if began is not None and began.reading == "throughout" and not began.is_open_ended:
        return start, began.end_bounds, "stated"
    inside_until = _latest(start[0], ended.earliest if ended is not None else None)
    return start, (inside_until, None), "unknown"


def _latest(*days: dt.date | None) -> dt.date | None:
    return max((day for day in days if day is not None), default=None)


def _is_before(ended: FuzzyDate, start: Bounds) -> bool:
    """Whether an end lies before its beginning: one of the two is mistyped, nobody is let out."""
    last = ended.end_bounds[1]
    return last is not None and start[0] is not None and last < start[0]


def _not_before(end: Bounds, start: Bounds) -> Bounds:
    """Return an end that is not before its beginning, as far as that can be had."""
    first, last = end
    if first is not None and start[0] is not None and first < start[0] <= (last or start[0]):
        first = start[0]
    return first, last


def _ended(
    dossier: Dossier,
    spell: Spell,
    spells: list[Spell],
    parts: list[tuple[Act, Involvement]],
) -> Spell:
    """Return a stay with the end that is known for it, from its own entry where that tells."""
    if spell.end_basis == "stated":
        return spell
    here = [(act, part) for act, part in parts if act.incident == spell.incident]
    own = next(part for _, part in here if part.record_id == spell.involvement)
    is_held = own.status in HELD
    for end in (
        _let_out_here(spell, here),
        _said_to_be_out(dossier, spell, own),
        _followed(spell, spells, is_held=is_held),
        _let_out_some_day(dossier, spell, here),
        _let_out_elsewhere(spell, parts, is_held=is_held),
    ):
        if end is not None:
            return _with_term(dossier, end, own)
    if not is_held or spell.end[0] != spell.start[0]:
        # an end on or after some day: inside until then, and from then on perhaps not any more
        return replace(spell, end=(spell.end[0], dossier.as_of))
    in_doubt = _first_after(spell, _perhaps_out(spell, parts), "unknown")
    if in_doubt is not None:
        return replace(in_doubt, end=(in_doubt.end[0], dossier.as_of))
    return replace(spell, end=(dossier.as_of, dossier.as_of), end_basis="held")


def _let_out_here(spell: Spell, here: list[tuple[Act, Involvement]]) -> Spell | None:
    """Return the stay ended by what its own entry tells, a release before a status."""
    told = [
        (act, part, out)
        for act, part in here
        if (out := _day_out(act, part, is_at_home=spell.is_at_home)) is not None
        # "questioned and released" says nothing about a stay under another act
        and (
            part.status != "questioned_released"
            or part.record_id == spell.involvement
            or act.act_type in ENDING_ACTS
        )
    ]
    releases = [(out, act.record_id) for act, _, out in told if act.act_type == "release"]
    others = [(out, part.record_id) for act, part, out in told if act.act_type != "release"]
    released = _first_after(spell, releases, "release")
    return released or _first_after(spell, others, "status")


def _let_out_some_day(
    dossier: Dossier, spell: Spell, here: list[tuple[Act, Involvement]]
) -> Spell | None:
    """Return the stay ended by a release that its own entry tells of without a day."""
    told = (act for act, part in here if act.act_type in ENDING_ACTS and not _is_dated(act, part))
    release = next((act for act in told if act.attempt == "completed"), None)
    if release is None:
        return None
    inputs = (*spell.inputs, release.record_id)
    end = (spell.end[0], dossier.as_of)
    return replace(spell, end=end, end_basis="release", inputs=inputs)


def _is_dated(act: Act, part: Involvement) -> bool:
    return (part.start or act.start) is not None


def _said_to_be_out(dossier: Dossier, spell: Spell, own: Involvement) -> Spell | None:
    """Return the stay ended by a status of its own without a day: some day until it was told."""
    if own.status not in OUT:
        return None
    incident = dossier.find(Incident, spell.incident)
    told = incident.first_published.latest if incident and incident.first_published else None
    known_by = told if told and told >= (spell.start[1] or dt.date.min) else dossier.as_of
    return replace(spell, end=(spell.start[0], known_by), end_basis="status")


def _perhaps_out(
    spell: Spell, parts: list[tuple[Act, Involvement]]
) -> Iterable[tuple[FuzzyDate | None, str]]:
    """Return days after which nobody may have been kept, though no release is told.

    Cleared of the charge, or punished with nothing that is served inside: most are let go there
    and then, some are held on another charge.
    """
    begun = spell.start[1]
    for act, part in parts:
        is_cleared = act.act_type in ("acquittal", "charge_dropped")
        if act.attempt == "completed" and (is_cleared or is_at_liberty(part.sentences)):
            day = part.start or act.start
            if day is not None and begun is not None and (day.earliest or dt.date.min) > begun:
                yield day, part.record_id


def _first_after(
    spell: Spell, dated: Iterable[tuple[FuzzyDate | None, str]], basis: EndBasis
) -> Spell | None:
    """Return the stay ended on the first of these days that can come after its beginning."""
    begun = spell.start[0] or dt.date.min
    ends = [
        (_not_before((date.earliest, date.latest), spell.start), record_id)
        for date, record_id in dated
        if date is not None and (date.latest or dt.date.max) >= begun
    ]
    if not ends:
        return None
    end, record_id = min(ends, key=lambda e: (e[0][1] or dt.date.max, e[1]))
    inputs = tuple(dict.fromkeys((*spell.inputs, record_id)))
    return replace(spell, end=end, end_basis=basis, inputs=inputs)


def _followed(spell: Spell, spells: list[Spell], *, is_held: bool) -> Spell | None:
    """Return the stay ended at the latest when the next stay of the same entry began.

    Where the act left the party in custody, it lasted until then; else it may have been shorter.
    """
    if spell.start[1] is None:
        return None
    later = [
        other
        for other in spells
        if other.incident == spell.incident
        and other.start[0] is not None
        and other.start[0] > spell.start[1]
    ]
    if not later:
        return None
    following = later[0]
    inputs = (*spell.inputs, following.act)
    end = (following.start[0] if is_held else spell.start[0], following.start[1])
    return replace(spell, end=end, end_basis="followed", inputs=inputs)


def _let_out_elsewhere(
    spell: Spell, parts: list[tuple[Act, Involvement]], *, is_held: bool
) -> Spell | None:
    """Return the stay ended by what another entry tells: let out, gone, dead, or held at home.

    It must surely have come after the stay began: who is let out and taken again on one day is
    inside. Where the act is not known to have left the party in custody, it may have ended before.
    """
    begun = spell.start[1]
    told = (
        (_day_out(act, part, is_at_home=spell.is_at_home), part.record_id)
        for act, part in parts
        if act.incident != spell.incident
        and act.attempt == "completed"
        and (part.status != "questioned_released" or act.act_type in ENDING_ACTS)
    )
    after = (
        (out, record_id)
        for out, record_id in told
        if out is not None and begun is not None and (out.earliest or dt.date.min) > begun
    )
    ended = _first_after(spell, after, "release")
    if ended is None or is_held:
        return ended
    return replace(ended, end=(spell.start[0], ended.end[1]))


def _day_out(act: Act, part: Involvement, *, is_at_home: bool) -> FuzzyDate | None:
    """Return when an act put a party out of custody, None if it did not or the day is unknown."""
    day = part.start or act.start
    if act.act_type in ENDING_ACTS or (act.act_type in HOME_ACTS and not is_at_home):
        return day
    if part.status not in OUT:
        return None
    if part.status_since is not None or act.act_type in CUSTODY_ACTS | HOME_ACTS:
        return part.status_since
    # a status is where the act left the person: a verdict on its day, a trial at its end
    return part.end or act.end if act.act_type in _LASTING_ACTS else day


def _with_term(dossier: Dossier, spell: Spell, own: Involvement) -> Spell:
    """Return a stay whose length is the term, where the term is said to have been served."""
    if own.status != "released_served":
        return spell
    terms = terms_of(dossier, spell.party, {spell.incident: spell.start})
    served = [t for t in terms if t.involvement == own.record_id and t.n_days is not None]
    if not served:
        return spell
    term = served[-1]
    if spell.end_basis == "status" and own.status_since is None:
        return replace(spell, end=term.due, end_basis="term", n_days_fixed=term.n_days)
    return spell
