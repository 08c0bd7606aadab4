"""Who was held, for how many days at least and at most, and until when.

Stays are merged before counting, so two acts about the same days count once. Days are nights
spent: taken on the 4th and out on the 6th is 2, taken and let go on one day is 0. A source that
counts first and last day has one more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from undersight.model.derived.stays import Certainty, Spell, spells_of
from undersight.model.derived.term import Term, days_later, terms_of
from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import Bounds
from undersight.model.records import Act, Party, Proceeding


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """All that is known of one party's time in custody, as of one day.

    Args:
        party: Id of the party.
        spells: Stays, in order of time.
        terms: Penalties of time, in order of the day they end.
        n_days_min: Days certainly held, overlaps merged, to the day of the snapshot.
        n_days_max: Days possibly held; None where no limit is known.
        held: Whether the party is inside on the day of the snapshot.
        due: First and last possible day on which the last running term ends; None if none.
        overdue: Whether the party is still inside although the term has ended.
    """

    party: str
    spells: tuple[Spell, ...]
    terms: tuple[Term, ...]
    n_days_min: int
    n_days_max: int | None
    held: Certainty
    due: Bounds | None
    overdue: Certainty

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the records it was drawn from."""
        used = {entry for spell in self.spells for entry in spell.inputs}
        used |= {entry for term in self.terms for entry in term.inputs}
        return tuple(sorted(used))


def custody(dossier: Dossier, party_id: str) -> Custody | None:
    """Return a party's time in custody, or None if it was not held yet."""
    day = dossier.as_of
    # who is to be taken in some day, or by a slip of the pen, was not held yet
    spells = tuple(s for s in spells_of(dossier, party_id) if (s.start[0] or day) <= day)
    if not spells:
        return None
    inside = [s for s in spells if not s.is_at_home]
    began_in = {s.incident: s for s in _first_of_entries(spells)}
    began_in |= _pronounced_elsewhere(dossier, party_id, inside, began_in)
    terms = terms_of(dossier, party_id, {i: s.start for i, s in began_in.items()})
    going_on = [s for s in inside if not s.is_over(day)]
    held = _strongest(s.on(day) for s in going_on)
    running = {s.incident for s in going_on if s.on(day) != "no"}
    due = _due(terms, {i for i, s in began_in.items() if s.incident in running})
    is_past = due is not None and due[1] is not None and due[1] < day
    n_min, n_max = days_held(inside, day)
    return Custody(
        party=party_id,
        spells=spells,
        terms=terms,
        n_days_min=n_min,
        n_days_max=n_max,
        held=held,
        due=due,
        overdue=held if is_past else "no",
    )


def all_custody(dossier: Dossier) -> tuple[Custody, ...]:
    """Return the time in custody of every party that was held, by party id."""
    found = (custody(dossier, party.record_id) for party in dossier.all(Party))
    return tuple(entry for entry in found if entry is not None)


def due_out(dossier: Dossier, n_days: int) -> tuple[Custody, ...]:
    """Return those inside whose term can end within ``n_days`` of the snapshot, soonest first."""
    until = days_later(dossier.as_of, n_days)
    rows = [
        entry
        for entry in all_custody(dossier)
        if entry.held != "no"
        and entry.overdue == "no"
        and entry.due is not None
        and entry.due[0] is not None
        and entry.due[0] <= until
    ]
    return tuple(sorted(rows, key=lambda c: ((c.due or (None,))[0] or dt.date.max, c.party)))


def overdue(dossier: Dossier) -> tuple[Custody, ...]:
    """Return those held, or not known to be released, after the end of their term."""
    return tuple(entry for entry in all_custody(dossier) if entry.overdue != "no")


def days_held(spells: Iterable[Spell], until: dt.date) -> tuple[int, int | None]:
    """Return the fewest and most days held until a day, overlaps merged.

    The fewest is the length of the union of what is certain, or of the longest served term if
    that is more; the most is the length of the union of what is possible.

    Args:
        spells: Stays of one party.
        until: Day of the snapshot; nothing after it counts.
    """
    spells = tuple(spells)
    cores = [s.core for s in spells if s.core is not None]
    fixed = [s.n_days_fixed or 0 for s in spells if s.is_certain]
    n_min = max([_union_days(cores, until), *fixed])
    hulls = [s.hull for s in spells]
    if any(first is None for first, _ in hulls):
        return n_min, None
    possible = [(first, last or until) for first, last in hulls if first is not None]
    return n_min, max(_union_days(possible, until), n_min)


def _union_days(pairs: Iterable[tuple[dt.date, dt.date]], until: dt.date) -> int:
    total, reached = 0, dt.date.min
    for first, last in sorted(pairs):
        begin, end = max(first, reached), min(last, until)
        if end > begin:
            total += (end - begin).days
            reached = end
    return total


def _first_of_entries(spells: tuple[Spell, ...]) -> list[Spell]:
    """Return the stay of each entry from which its terms count: at home only where that is all."""
    by_entry: dict[str, Spell] = {}
    for spell in sorted(spells, key=lambda s: s.is_at_home):
        by_entry.setdefault(spell.incident, spell)
    return list(by_entry.values())


def _pronounced_elsewhere(
    dossier: Dossier, party_id: str, inside: Iterable[Spell], known: Collection[str]
) -> dict[str, Spell]:
    """Return, for entries that only tell of a penalty, the stay during which it was pronounced."""
    inside = tuple(inside)
    found = {}
    for incident, day in _told_penalties(dossier, party_id):
        if incident in known or incident in found:
            continue
        during = next((s for s in inside if day and s.on(day) == "certain"), None)
        if during is not None:
            found[incident] = during
    return found


def _told_penalties(dossier: Dossier, party_id: str) -> Iterator[tuple[str, dt.date | None]]:
    """Yield entries in which a party was punished, by an act or in a case, each with its day."""
    for part in dossier.involvements_of(party_id):
        act = dossier.find(Act, part.act)
        if act is not None and part.sentences and act.start is not None:
            yield act.incident, act.start.latest
    for case in dossier.referring(Proceeding, "party", party_id):
        for sentence in case.sentences if case.direction == "against_victim" else ():
            day = sentence.pronounced_on or sentence.from_on
            if day is not None:
                yield case.incident, day.latest


def _due(terms: tuple[Term, ...], incidents: set[str]) -> Bounds | None:
    running = [term for term in terms if term.incident in incidents]
    if any(term.is_life for term in running):
        return None
    known = [term.due for term in running if term.due != (None, None)]
    return known[-1] if known else None


def _strongest(found: Iterable[Certainty]) -> Certainty:
    seen = set(found)
    return "certain" if "certain" in seen else "possible" if "possible" in seen else "no"
