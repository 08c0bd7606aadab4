"""The morning's board: who is inside, who is due out, what is quiet, what is due."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from undersight.model.derived.custody import Custody, all_custody
from undersight.model.derived.deadlines import Due, open_deadlines
from undersight.model.derived.stays import Certainty
from undersight.model.derived.term import days_later
from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import Bounds
from undersight.model.records import Incident, Proceeding


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """An entry still followed, of which nothing was heard for a while.

    Args:
        incident: Id of the entry.
        last_news: Last possible day of the last news known; None where none is recorded.
        n_days: Days since then; None where none is recorded.
    """

    incident: str
    last_news: dt.date | None
    n_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingDue:
    """A hearing or decision to come.

    Args:
        proceeding: Id of the proceeding.
        incident: Id of the entry.
        party: Id of the person.
        at: First and last possible day.
        is_closed: Closed to the public or the press.
    """

    proceeding: str
    incident: str
    party: str
    at: Bounds
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What to look at on one day.

    Args:
        day: The day.
        inside: Everyone certainly held, those longest held first; then those possibly held,
            those taken latest first.
        due_out: Those of them whose term can end within the horizon, soonest first.
        overdue: Those whose term has ended without a release known.
        quiet: Entries without news, longest silence first.
        deadlines: Deadlines not yet met, soonest first, those passed included.
        hearings: Hearings to come within the horizon, soonest first.
    """

    day: dt.date
    inside: tuple[Custody, ...]
    due_out: tuple[Custody, ...]
    overdue: tuple[Custody, ...]
    quiet: tuple[Quiet, ...]
    deadlines: tuple[Due, ...]
    hearings: tuple[HearingDue, ...]


def board(
    dossier: Dossier,
    *,
    n_days_ahead: int = 30,
    n_days_quiet: int = 90,
    heard: Iterable[tuple[str, dt.date | None]] | None = None,
    held: Iterable[Custody] | None = None,
) -> Board:
    """Return the board of the snapshot's day.

    Args:
        dossier: The snapshot.
        n_days_ahead: How far to look ahead for releases and hearings; unit days.
        n_days_quiet: After how many days without news an entry is quiet.
        heard: Entries still followed, with the day of the last news of each, where the snapshot
            does not hold them all.
        held: Everybody's time in custody, where it is known.
    """
    heard = _heard(dossier) if heard is None else heard
    held = all_custody(dossier) if held is None else held
    day = dossier.as_of
    horizon = days_later(day, n_days_ahead)
    inside = sorted((entry for entry in held if entry.held != "no"), key=_longest_first)
    due = [c for c in inside if c.overdue == "no" and _due_day(c) <= horizon]
    return Board(
        day=day,
        inside=tuple(inside),
        due_out=tuple(sorted(due, key=lambda c: (_due_day(c), c.party))),
        overdue=tuple(entry for entry in inside if entry.overdue != "no"),
        quiet=_quiet(heard, day, n_days_quiet),
        deadlines=open_deadlines(dossier),
        hearings=tuple(sorted(_hearings(dossier, horizon), key=_hearing_order)),
    )


def quiet(dossier: Dossier, n_days: int) -> tuple[Quiet, ...]:
    """Return followed entries without news for more than ``n_days``, longest silence first.

    News are the entry's ``last_news`` and its updates; an entry with neither counts from its
    first publication, and from its own entry where it was not published.
    """
    return _quiet(_heard(dossier), dossier.as_of, n_days)


def _quiet(
    heard: Iterable[tuple[str, dt.date | None]], day: dt.date, n_days: int
) -> tuple[Quiet, ...]:
    rows = []
    for incident, last in heard:
        silence = (day - last).days if last else None
        if silence is None or silence > n_days:
            rows.append(Quiet(incident=incident, last_news=last, n_days=silence))
    return tuple(sorted(rows, key=lambda q: (q.last_news or dt.date.min, q.incident)))


def _heard(dossier: Dossier) -> Iterator[tuple[str, dt.date | None]]:
    for incident in dossier.incidents():
        if incident.monitoring_status != "closed":
            yield incident.record_id, last_news(dossier, incident)


def last_news(dossier: Dossier, incident: Incident) -> dt.date | None:
    """Return the last possible day of the last news about an entry, not after the snapshot."""
    dates = [incident.last_news, *(u.published for u in dossier.updates(incident.record_id))]
    days = [date.latest for date in dates if date is not None and date.latest is not None]
    if not days:
        first = incident.first_published
        stamp = dossier.stamps.get(incident.record_id)
        fallback = first.latest if first and first.latest else stamp.created if stamp else None
        days = [fallback] if fallback else []
    return min(max(days), dossier.as_of) if days else None


def _hearings(dossier: Dossier, horizon: dt.date) -> Iterator[HearingDue]:
    for case in dossier.all(Proceeding):
        dates = [(hearing.at, hearing.is_closed) for hearing in case.hearings]
        if case.next_date is not None:
            dates.append((case.next_date, False))
        seen: set[Bounds] = set()
        for at, is_closed in dates:
            bounds = (at.earliest, at.latest) if at else (None, None)
            if bounds in seen or not _is_ahead(bounds, dossier.as_of, horizon):
                continue
            seen.add(bounds)
            yield HearingDue(
                proceeding=case.record_id,
                incident=case.incident,
                party=case.party,
                at=bounds,
                is_closed=is_closed,
            )


def _is_ahead(bounds: Bounds, day: dt.date, horizon: dt.date) -> bool:
    earliest, latest = bounds
    if earliest is None and latest is None:
        return False
    return (latest or dt.date.max) >= day and (earliest or dt.date.min) <= horizon


def _hearing_order(hearing: HearingDue) -> tuple[dt.date, str]:
    return hearing.at[0] or dt.date.min, hearing.proceeding


def _due_day(entry: Custody) -> dt.date:
    return (entry.due[0] if entry.due else None) or dt.date.max


def _longest_first(entry: Custody) -> tuple[int, int, str]:
    """Those certainly held, the longest first; then those possibly held, the latest taken first.

    An old detention of which no release was ever heard is the least likely to last.
    """
    sure: Certainty = entry.held
    if sure == "certain":
        return 0, -(entry.n_days_max or 0), entry.party
    return 1, sys.maxsize if entry.n_days_max is None else entry.n_days_max, entry.party
