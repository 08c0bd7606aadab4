"""Part of the casebook as the team sees it: some records, with merges followed.

A page that shows a board or an entry needs some hundred records of a million. Which ones a board
can possibly need is asked of indexes, generously; what is on it is decided by
``model.derived.board`` from the records alone, as it would be from all.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.days import date_of
from undersight.casebook.merged_parties import follow_merges, united
from undersight.casebook.reading import load
from undersight.model.derived.deadlines import OVER
from undersight.model.derived.stays import CUSTODY_ACTS, HELD, HOME_ACTS
from undersight.model.records import Party
from undersight.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from undersight.casebook.work import Work
    from undersight.model.records import Record

BOARD_KINDS = ("incident", "act", "involvement", "party", "proceeding", "platform_case",
               "update", "identity_decision")  # fmt: skip
"""Kinds of record that a board depends on."""

Changed: TypeAlias = "Mapping[str, set[str]]"
"""Ids of the records that changed, by kind."""

_FOLLOWED = sorted({"", *vocabulary("monitoring_status").terms} - {"closed"})
_MOST_CHANGED = 2000
_ACT, _PART = t.KIND_TABLES["act"], t.KIND_TABLES["involvement"]
_INCIDENT, _UPDATE = t.KIND_TABLES["incident"], t.KIND_TABLES["update"]
_LINK = t.RECORD_LINK


@dataclass(frozen=True, slots=True, kw_only=True)
class LastHeard:
    """When something was last heard of an incident that is still followed.

    Args:
        incident_id: The incident.
        told: Last possible day of its last news or its last update; None where there is none.
        otherwise: Last possible day of its publication, else the day it was entered.
    """

    incident_id: str
    told: dt.date | None
    otherwise: dt.date

    def by(self, day: dt.date) -> dt.date:
        """Return the day of the last news, not after a day."""
        return min(self.told or self.otherwise, day)


def excerpt(work: Work, record_ids: Iterable[str]) -> list[Record]:
    """Return records that stand, with references to merged parties turned to those kept.

    Args:
        work: The unit of work.
        record_ids: The records.
    """
    kept = work.merged_parties()
    together: dict[str, list[str]] = defaultdict(list)
    for merged, kept_id in kept.items():
        together[kept_id].append(merged)
    ids = {kept.get(record_id, record_id) for record_id in record_ids}
    merged_ids = {merged for record_id in ids for merged in together.get(record_id, ())}
    records = []
    found = load(work.connection, ids, with_retracted=False)
    merged_into_them = load(work.connection, merged_ids)
    for record_id in sorted(found):
        followed = follow_merges(found[record_id], kept)
        if isinstance(followed, Party):
            merged_parties = (merged_into_them.get(i) for i in together.get(record_id, ()))
            followed = united(followed, [p for p in merged_parties if isinstance(p, Party)])
        if followed is not None:
            records.append(followed)
    return records


def done_to_people(work: Work, record_ids: Iterable[str]) -> set[str]:
    """Return what was done, in any entry, to the people among some records: acts and their parts.

    Who was let out, and who was held when a post vanished, is often told in another entry.

    Args:
        work: The unit of work.
        record_ids: The records.
    """
    party = t.KIND_TABLES["party"]
    people = work.scalars_in(
        sa.select(party.c.record_id).where(party.c.party_kind == "individual"),
        party.c.record_id,
        record_ids,
    )
    parts = work.scalars_in(
        sa.select(_PART.c.record_id).where(_PART.c.role == "victim"),
        _PART.c.record_id,
        _pointing(work, people, "involvement", "party"),
    )
    return parts | _targets(work, parts, "act")


def about_party(work: Work, party_id: str) -> set[str]:
    """Return a party, what was done to it and to its accounts, and the posts it lost, by id.

    Args:
        work: The unit of work.
        party_id: The party.
    """
    accounts = _pointing(work, (party_id,), "account", "owner")
    parts = work.scalars_in(
        sa.select(_PART.c.record_id).where(_PART.c.role == "victim"),
        _PART.c.record_id,
        _pointing(work, (party_id,), "involvement", "party"),
    )
    acts = _targets(work, parts, "act") | _pointing(work, accounts, "act", "target_accounts")
    items = _pointing(work, (party_id,), "item", "author")
    items |= _pointing(work, accounts, "item", "account")
    found = {party_id} | accounts | parts | acts | items | _targets(work, items, "account")
    return found | _targets(work, acts, "incident")


def changed_since(work: Work, length: int) -> Changed | None:
    """Return what was changed since the log had a length, by kind; None where all is read again.

    A decision that two people are one, a withdrawal and very many changes touch more than the
    records that they name.
    """
    log, kept = t.CHANGE_LOG, work.merged_parties()
    query = sa.select(log.c.record_id, log.c.kind, log.c.op).where(log.c.seq >= length).distinct()
    changed: dict[str, set[str]] = defaultdict(set)
    rows = work.connection.execute(query.limit(_MOST_CHANGED + 1)).all()
    for row in rows:
        if row.kind == "identity_decision" or row.op in ("withdraw", "erase"):
            return None
        changed[row.kind] |= {row.record_id, kept.get(row.record_id, row.record_id)}
    return None if len(rows) > _MOST_CHANGED else changed


def board_ids(
    work: Work, day: dt.date, before: tuple[Collection[str], Changed] | None = None
) -> set[str]:
    """Return the records that a board of one day can need, beside those of quiet entries.

    Args:
        work: The unit of work.
        day: The day.
        before: What a board of that day could need before, and what changed since. It may still
            be in the answer when it is not needed any longer: the board decides by the records.
    """
    if before is None:
        return _needed(
            work,
            _parties_maybe_inside(work, day),
            _proceedings_ahead(work, day),
            _ids_where(work, "platform_case", _is_open),
        )
    known, changed = before
    touched = _parties_touched(work, changed)
    inside = _parties_maybe_inside(work, day, touched) | touched.intersection(known)
    proceedings = _proceedings_ahead(work, day, changed.get("proceeding", ()))
    cases = _ids_where(work, "platform_case", _is_open, changed.get("platform_case", ()))
    return _needed(work, inside, proceedings, cases).union(known)


def _needed(work: Work, parties: set[str], proceedings: set[str], cases: set[str]) -> set[str]:
    """People with all they were subjected to, and entries with what is to come in them."""
    parts = _pointing(work, parties, "involvement", "party")
    acts = _targets(work, parts, "act")
    about = proceedings | _pointing(work, parties, "proceeding", "party") | cases
    incidents = _targets(work, acts | about, "incident")
    return parties | parts | acts | about | incidents | _targets(work, about, "party")


def _parties_touched(work: Work, changed: Changed) -> set[str]:
    """Those whom changes of themselves, their acts, parts or proceedings can concern."""
    parts = _pointing(work, changed.get("act", ()), "involvement", "act")
    parts |= changed.get("involvement", set())
    # An office stands in thousands of entries; it is never inside.
    victims = sa.select(_PART.c.party).where(_PART.c.role == "victim")
    parties = work.scalars_in(victims, _PART.c.record_id, parts)
    parties |= _targets(work, changed.get("proceeding", ()), "party") | changed.get("party", set())
    kept = work.merged_parties()
    return parties | {kept[one] for one in parties if one in kept}


def _is_open(columns: Any) -> Any:
    return columns.outcome.not_in(sorted(OVER))


def heard_again(work: Work, changed: Changed) -> set[str]:
    """Return the incidents of which something else may be the last news since some changes.

    An update is never overwritten: it tells of one incident for ever.
    """
    return changed.get("incident", set()) | _targets(work, changed.get("update", ()), "incident")


def last_heard(
    work: Work, before: dt.date, of: Collection[str] | None = None
) -> dict[str, LastHeard]:
    """Return when something was last heard of incidents that are still followed, by id.

    Args:
        work: The unit of work.
        before: Those of which something was surely told on this day or later are left out.
        of: Only these incidents; None for all.
    """
    updated = (
        sa.select(sa.func.max(_UPDATE.c.published_latest))
        .join(_LINK, _LINK.c.from_id == _UPDATE.c.record_id)
        .where(_LINK.c.to_id == _INCIDENT.c.record_id, _LINK.c.from_kind == "update")
        .where(_LINK.c.field == "incident", sa.not_(_UPDATE.c.is_retracted))
        .correlate(_INCIDENT)
        .scalar_subquery()
    )
    query = sa.select(
        _INCIDENT.c.record_id,
        _INCIDENT.c.last_news_latest,
        _INCIDENT.c.first_published_latest,
        _INCIDENT.c.created_at_us,
        updated.label("updated"),
    ).where(_INCIDENT.c.monitoring_status.in_(_FOLLOWED), sa.not_(_INCIDENT.c.is_retracted))
    since = before.isoformat()
    news = _INCIDENT.c.last_news_latest
    query = query.where(sa.or_(news.is_(None), news < since))
    query = query.where(sa.or_(updated.is_(None), updated < since))
    found = {}
    for row in work.rows_in(query, _INCIDENT.c.record_id, of):
        told = max(filter(None, (row.last_news_latest, row.updated)), default=None)
        published = _day(row.first_published_latest)
        found[row.record_id] = LastHeard(
            incident_id=row.record_id,
            told=_day(told),
            otherwise=published or date_of(row.created_at_us),
        )
    return found


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _parties_maybe_inside(work: Work, day: dt.date, of: Collection[str] | None = None) -> set[str]:
    """Victims of an act of custody, or held, without an end that is surely past; all or some."""
    custody = sorted(CUSTODY_ACTS | HOME_ACTS)
    today = day.isoformat()
    open_acts = sa.select(_ACT.c.record_id).where(
        _ACT.c.act_type.in_(custody),
        sa.or_(_ACT.c.end_latest.is_(None), _ACT.c.end_latest >= today),
    )
    by_act = sa.select(_LINK.c.from_id).where(
        _LINK.c.to_id.in_(open_acts),
        _LINK.c.from_kind == "involvement",
        _LINK.c.field == "act",
    )
    ids = sa.union(
        by_act,
        sa.select(_PART.c.record_id).where(_PART.c.end_latest >= today),
        sa.select(_PART.c.record_id).where(_PART.c.status.in_(sorted(HELD))),
    )
    ended = sa.case((_PART.c.end.is_not(None), _PART.c.end_latest), else_=_ACT.c.end_latest)
    query = (
        sa.select(_PART.c.party)
        .join(_ACT, _ACT.c.record_id == _PART.c.act)
        .where(
            _PART.c.role == "victim",
            sa.not_(_PART.c.is_retracted),
            sa.not_(_ACT.c.is_retracted),
            sa.or_(_ACT.c.act_type.in_(custody), _PART.c.status.in_(sorted(HELD))),
            sa.or_(ended.is_(None), ended >= today),
        )
        .distinct()
    )
    if of is None:
        return set(work.connection.scalars(query.where(_PART.c.record_id.in_(ids))))
    parts = _pointing(work, of, "involvement", "party")
    return work.scalars_in(query, _PART.c.record_id, parts)


def _proceedings_ahead(work: Work, day: dt.date, of: Collection[str] | None = None) -> set[str]:
    return _ids_where(
        work,
        "proceeding",
        lambda c: sa.or_(
            c.next_date_latest >= day.isoformat(),
            sa.and_(c.next_date.is_not(None), c.next_date_latest.is_(None)),
            c.hearings != "[]",
        ),
        of,
    )


def _ids_where(
    work: Work,
    kind: str,
    condition: Callable[[Any], Any],
    of: Collection[str] | None = None,
) -> set[str]:
    """Records of a kind for which a condition holds, all or of some."""
    table = t.KIND_TABLES[kind]
    query = sa.select(table.c.record_id).where(condition(table.c), sa.not_(table.c.is_retracted))
    return {row.record_id for row in work.rows_in(query, table.c.record_id, of)}


def _pointing(work: Work, ids: Iterable[str], kind: str, field: str) -> set[str]:
    """Records of a kind that point at these, those pointing at merged ones too."""
    kept = work.merged_parties()
    wanted = set(ids)
    groups = {kept.get(i, i) for i in wanted}
    wanted |= groups | {merged for merged, kept_id in kept.items() if kept_id in groups}
    query = sa.select(_LINK.c.from_id).where(_LINK.c.from_kind == kind, _LINK.c.field == field)
    return work.scalars_in(query, _LINK.c.to_id, wanted)


def _targets(work: Work, ids: Iterable[str], field: str) -> set[str]:
    """Records that these point at by a field."""
    query = sa.select(_LINK.c.to_id).where(_LINK.c.field == field)
    return work.scalars_in(query, _LINK.c.from_id, ids)
