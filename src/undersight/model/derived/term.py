"""Penalties of time: from when they count, how long they are, when they end.

A term counts from the day the record gives, else from the beginning of custody in the same entry
(time on remand counts in the codes this was written for), else from the day it was pronounced. A
longer remand counts from the end of the remand before it: courts extend it days ahead.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import Bounds, FuzzyDate
from undersight.model.parts import Sentence
from undersight.model.records import Act, Involvement, Proceeding

FromBasis = Literal["stated", "custody", "pronounced", "unknown"]

TIME_KINDS: Final = frozenset({"prison", "administrative_detention", "pretrial_detention"})
LIBERTY_KINDS: Final = frozenset(
    {"fine", "suspended", "probation", "community_service", "corrective_work", "ban",
     "confiscation", "warning"}
)  # fmt: skip
# Added to a term as often as put in its place.
_BESIDE_A_TERM: Final = frozenset({"ban", "confiscation", "warning"})
_N_MONTHS: Final = {"months": 1, "years": 12}
_N_DAYS: Final = {"hours": 1 / 24, "days": 1, "weeks": 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One penalty of time against one party.

    Args:
        party: Id of the party.
        incident: Id of the entry.
        involvement: Id of the involvement it stands in; empty for one of a proceeding.
        sentence: The penalty as recorded.
        from_basis: How its beginning is known.
        due: First and last possible day on which it ends; None: no limit known, or for life.
        n_days: Its length in days, where that does not depend on the calendar.
        inputs: Ids of the records it was read from.
    """

    party: str
    incident: str
    involvement: str
    sentence: Sentence
    from_basis: FromBasis
    due: Bounds
    n_days: int | None
    inputs: tuple[str, ...]

    @property
    def is_life(self) -> bool:
        """Whether it never ends."""
        return self.sentence.kind == "life"


def terms_of(
    dossier: Dossier, party_id: str, custody_from: Mapping[str, Bounds]
) -> tuple[Term, ...]:
    """Return a party's penalties of time, in order of their end.

    Args:
        dossier: The snapshot.
        party_id: Id of the party.
        custody_from: Beginning of custody, by incident id.
    """
    found = [*_of_involvements(dossier, party_id, custody_from)]
    told = {(t.incident, t.sentence.kind, t.sentence.amount, t.sentence.unit) for t in found}
    for term in _of_proceedings(dossier, party_id, custody_from):
        key = (term.incident, term.sentence.kind, term.sentence.amount, term.sentence.unit)
        if key not in told:
            found.append(term)
    return tuple(sorted(_without_replaced(dossier, party_id, found), key=_order))


def days_later(day: dt.date, n_days: int) -> dt.date:
    """Return the day so many days later, or earlier; no day is beyond the calendar.

    Args:
        day: The day to count from.
        n_days: How many; unit days.
    """
    try:
        return day + dt.timedelta(days=n_days)
    except OverflowError:
        return dt.date.max if n_days > 0 else dt.date.min


def end_of(start: dt.date, amount: float, unit: str) -> dt.date | None:
    """Return the day on which a term ends, or None for an unknown unit.

    Months and years go by the calendar: one month from 31 January is the last of February.

    Args:
        start: First day.
        amount: How many, 0 or more.
        unit: ``hours``, ``days``, ``weeks``, ``months`` or ``years``.
    """
    try:
        if unit in _N_DAYS:
            return start + dt.timedelta(days=math.ceil(amount * _N_DAYS[unit]))
        if unit not in _N_MONTHS:
            return None
        n_months = amount * _N_MONTHS[unit]
        whole = start.year * 12 + start.month - 1 + int(n_months)
        year, month = divmod(whole, 12)
        last = calendar.monthrange(year, month + 1)[1]
        day = dt.date(year, month + 1, min(start.day, last))
        return day + dt.timedelta(days=round((n_months - int(n_months)) * 30))
    except (ValueError, OverflowError):
        return None  # beyond the calendar: as good as no end


def is_at_liberty(sentences: Collection[Sentence]) -> bool:
    """Return whether penalties were pronounced of which none is served inside."""
    kinds = {"suspended" if sentence.is_suspended else sentence.kind for sentence in sentences}
    return bool(kinds) and kinds <= LIBERTY_KINDS


def _of_involvements(
    dossier: Dossier, party_id: str, custody_from: Mapping[str, Bounds]
) -> Iterator[Term]:
    remand_due: Bounds = (None, None)
    for act, part in _sentenced(dossier, party_id):
        for sentence in part.sentences:
            if not _is_of_time(sentence):
                continue
            own = _own_beginning(act, part) if sentence.kind == act.act_type else None
            if act.act_type == "pretrial_extension":
                own = _after_remand(_own_beginning(act, part), remand_due)
            start, basis = _start(sentence, own or custody_from.get(act.incident), act.start)
            term = _term(party_id, act.incident, sentence, (start, basis), (part.record_id,))
            if sentence.kind == "pretrial_detention":
                remand_due = term.due
            yield term


def _sentenced(dossier: Dossier, party_id: str) -> list[tuple[Act, Involvement]]:
    """Return the acts in which a party was punished, in order of time."""
    parts = [(dossier.find(Act, part.act), part) for part in dossier.involvements_of(party_id)]
    found = [
        (act, part)
        for act, part in parts
        if act is not None and part.role == "victim" and part.sentences
    ]
    return sorted(found, key=lambda pair: (_acted(*pair), pair[1].record_id))


def _acted(act: Act, part: Involvement) -> dt.date:
    began = part.start or act.start
    return (began.earliest if began else None) or dt.date.max


def _after_remand(acted: Bounds | None, remand_due: Bounds) -> Bounds | None:
    """Return from when a longer remand counts: from the end of the last, not before the ruling."""
    due = remand_due[1]
    if acted is None or due is None or acted[0] is None or due < acted[0]:
        return acted
    return max(acted[0], remand_due[0] or acted[0]), due


def _of_proceedings(
    dossier: Dossier, party_id: str, custody_from: Mapping[str, Bounds]
) -> Iterator[Term]:
    for case in dossier.referring(Proceeding, "party", party_id):
        for sentence in case.sentences:
            if case.direction == "against_victim" and _is_of_time(sentence):
                start, basis = _start(sentence, custody_from.get(case.incident), None)
                from_day = (start, basis)
                yield _term(party_id, case.incident, sentence, from_day, ("", case.record_id))


def _own_beginning(act: Act, part: Involvement) -> Bounds | None:
    """Return when the act itself began: days under one act do not count for another."""
    began = part.start or act.start
    return began.start_bounds if began else None


def _is_of_time(sentence: Sentence) -> bool:
    return sentence.kind == "life" or (sentence.kind in TIME_KINDS and not sentence.is_suspended)


def _start(
    sentence: Sentence, custody_from: Bounds | None, acted: FuzzyDate | None
) -> tuple[Bounds, FromBasis]:
    if sentence.from_on is not None:
        return sentence.from_on.start_bounds, "stated"
    if custody_from is not None and custody_from != (None, None):
        return custody_from, "custody"
    pronounced = sentence.pronounced_on or acted
    if pronounced is not None:
        return (pronounced.earliest, pronounced.latest), "pronounced"
    return (None, None), "unknown"


def _term(
    party_id: str,
    incident: str,
    sentence: Sentence,
    from_day: tuple[Bounds, FromBasis],
    records: tuple[str, ...],
) -> Term:
    start, basis = from_day
    amount, unit = sentence.amount, sentence.unit
    first, last = (
        end_of(day, amount, unit) if day is not None and amount is not None else None
        for day in start
    )
    is_days = amount is not None and unit in _N_DAYS and sentence.kind != "life"
    return Term(
        party=party_id,
        incident=incident,
        involvement=records[0],
        sentence=sentence,
        from_basis=basis,
        due=(None, None) if sentence.kind == "life" else (first, last),
        n_days=math.ceil((amount or 0) * _N_DAYS[unit]) if is_days else None,
        inputs=tuple(record for record in records if record),
    )


def _without_replaced(dossier: Dossier, party_id: str, terms: list[Term]) -> list[Term]:
    """Drop what an appeal decision replaced: in its entry, or else the last term before it."""
    gone: set[int] = set()
    for act, part in _sentenced(dossier, party_id):
        if act.act_type != "appeal_decision":
            continue
        day = _acted(act, part)
        kinds = frozenset(s.kind for s in part.sentences if _is_of_time(s))
        if not kinds and is_at_liberty(part.sentences):
            # in the place of a term, where not only a ban was added to it
            is_instead = any(s.kind not in _BESIDE_A_TERM for s in part.sentences)
            kinds = TIME_KINDS - {"pretrial_detention"} if is_instead else frozenset()
        before = [t for t in terms if t.sentence.kind in kinds and t.involvement != part.record_id]
        earlier = [t for t in before if _is_before(dossier, t, day)]
        here = [
            t
            for t in before
            if t.incident == act.incident and (t in earlier or not _is_on_appeal(dossier, t))
        ]
        gone |= {id(t) for t in here or earlier[-1:]}
    return [term for term in terms if id(term) not in gone]


def _is_before(dossier: Dossier, term: Term, day: dt.date) -> bool:
    part = dossier.find(Involvement, term.involvement)
    if part is None:  # of a proceeding
        told = term.sentence.pronounced_on
        return told is not None and (told.latest or dt.date.max) < day
    act = dossier.find(Act, part.act)
    return act is not None and _acted(act, part) < day


def _is_on_appeal(dossier: Dossier, term: Term) -> bool:
    part = dossier.find(Involvement, term.involvement)
    act = dossier.find(Act, part.act) if part else None
    return act is not None and act.act_type == "appeal_decision"


def _order(term: Term) -> tuple[dt.date, dt.date, str, str]:
    first, last = term.due
    return first or dt.date.max, last or dt.date.max, term.incident, "".join(term.inputs)
