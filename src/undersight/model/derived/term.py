"""Penalties of time: from when they count, how long they are, when they end.

A term counts from the day the record gives, else from the beginning of custody in the same entry
(time on remand counts in the codes this was written for), else from the day it was pronounced.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import Bounds, FuzzyDate
from undersight.model.parts import Sentence
from undersight.model.records import Act, Involvement, Proceeding

FromBasis = Literal["stated", "custody", "pronounced", "unknown"]

TIME_KINDS: Final = frozenset({"prison", "administrative_detention", "pretrial_detention"})
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
    return tuple(sorted(_without_replaced(dossier, found), key=_order))


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


def _of_involvements(
    dossier: Dossier, party_id: str, custody_from: Mapping[str, Bounds]
) -> Iterator[Term]:
    for part in dossier.involvements_of(party_id):
        act = dossier.find(Act, part.act)
        if act is None or part.role != "victim":
            continue
        for sentence in part.sentences:
            if not _is_of_time(sentence):
                continue
            own = _own_beginning(act, part) if sentence.kind == act.act_type else None
            start, basis = _start(sentence, own or custody_from.get(act.incident), act.start)
            yield _term(party_id, act.incident, sentence, (start, basis), (part.record_id,))


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


def _without_replaced(dossier: Dossier, terms: list[Term]) -> list[Term]:
    """Drop what an appeal decision replaced: earlier terms of the same kind in the same entry."""
    replaced = {
        (term.incident, term.sentence.kind) for term in terms if _is_on_appeal(dossier, term)
    }
    return [
        term
        for term in terms
        if (term.incident, term.sentence.kind) not in replaced or _is_on_appeal(dossier, term)
    ]


def _is_on_appeal(dossier: Dossier, term: Term) -> bool:
    part = dossier.find(Involvement, term.involvement)
    act = dossier.find(Act, part.act) if part else None
    return act is not None and act.act_type == "appeal_decision"


def _order(term: Term) -> tuple[dt.date, dt.date, str, str]:
    first, last = term.due
    return first or dt.date.max, last or dt.date.max, term.incident, "".join(term.inputs)
