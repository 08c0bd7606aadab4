"""Pages of long lists: which incidents, in which order, and how many there are."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.record_keys import batches
from undersight.model.derived.repeat import GIVEN_BACK, NAMED_KINDS
from undersight.model.fuzzy_date import FuzzyDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undersight.casebook.work import Work

_FEW = 5000
_N_DIGEST = 64
_INCIDENT, _ACT = t.KIND_TABLES["incident"], t.KIND_TABLES["act"]


def incident_page(
    connection: sa.Connection,
    *,
    visibility: Sequence[str] = (),
    monitoring_status: str = "",
    act_type: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[list[str], int]:
    """Return the ids of a page of incidents, the newest first, and how many there are.

    The order is that of the search index: by the newest day that anything of the incident has.

    Args:
        connection: An open transaction.
        visibility: Only those so visible; empty for all.
        monitoring_status: Only those so followed; empty for all.
        act_type: Only those with such an act; empty for all.
        limit: How many; None for all.
        offset: How many to leave out first.
    """
    conditions = [sa.not_(_INCIDENT.c.is_retracted)]
    if visibility:
        conditions.append(_INCIDENT.c.visibility.in_(sorted(visibility)))
    if monitoring_status:
        conditions.append(_INCIDENT.c.monitoring_status == monitoring_status)
    if act_type:
        acts = sa.select(_ACT.c.incident).where(
            _ACT.c.act_type == act_type, sa.not_(_ACT.c.is_retracted)
        )
        conditions.append(_INCIDENT.c.record_id.in_(acts))
    counted = sa.select(sa.func.count()).select_from(_INCIDENT).where(*conditions)
    n_found = int(connection.scalar(counted) or 0)
    document = t.SEARCH_DOCUMENT
    query = sa.select(document.c.owner_id).where(document.c.kind == "incident")
    if n_found <= _FEW:  # sought out and sorted
        fitting = sa.select(_INCIDENT.c.record_id).where(*conditions)
        query = query.where(document.c.owner_id.in_(fitting))
    else:  # most fit: read in order until there are enough
        here = sa.and_(_INCIDENT.c.record_id == document.c.owner_id, *conditions)
        query = query.where(sa.exists().where(here))
    query = query.order_by(document.c.doc_id.desc()).limit(limit).offset(offset)
    return list(connection.scalars(query)), n_found


def n_incidents_by_file(connection: sa.Connection) -> dict[str, int]:
    """Return how many incidents stand that came from each file, by the digest of its bytes.

    Args:
        connection: An open transaction.
    """
    digest = sa.func.substr(_INCIDENT.c.origin_locator, 1, _N_DIGEST)
    query = (
        sa.select(digest, sa.func.count())
        .where(sa.not_(_INCIDENT.c.is_retracted), _INCIDENT.c.origin_locator != "")
        .group_by(digest)
        .order_by(digest)
    )
    return {str(found): int(n_found) for found, n_found in connection.execute(query)}


def n_incidents(connection: sa.Connection, *, visibility: str) -> int:
    """Return how many incidents are visible to one audience and no wider one."""
    return incident_page(connection, visibility=(visibility,), limit=0)[1]


def starts_of(
    connection: sa.Connection, incident_ids: Iterable[str]
) -> dict[str, list[FuzzyDate]]:
    """Return when the acts of incidents began, by incident."""
    found: dict[str, list[FuzzyDate]] = defaultdict(list)
    link = t.RECORD_LINK
    for batch in batches(incident_ids):
        query = (
            sa.select(link.c.to_id, _ACT.c.start)
            .join(_ACT, _ACT.c.record_id == link.c.from_id)
            .where(link.c.to_id.in_(batch), link.c.from_kind == "act", link.c.field == "incident")
            .where(sa.not_(_ACT.c.is_retracted), _ACT.c.start.is_not(None))
        )
        for row in connection.execute(query):
            found[row.to_id].append(FuzzyDate.from_json(json.loads(row.start)))
    return found


def incidents_of(connection: sa.Connection, party_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the incidents that parties were involved in, the newest ids first, by party."""
    found: dict[str, list[str]] = {party_id: [] for party_id in party_ids}
    link, record = t.RECORD_LINK, t.RECORD
    for batch in batches(found):
        query = (
            sa.select(link.c.to_id, record.c.incident_id)
            .join(record, record.c.record_id == link.c.from_id)
            .where(link.c.to_id.in_(batch), link.c.from_kind == "involvement")
            .where(link.c.field == "party", record.c.incident_id != "")
            .where(sa.not_(record.c.is_retracted))
            .distinct()
        )
        for row in connection.execute(query):
            found[row.to_id].append(row.incident_id)
    return {party_id: sorted(ids, reverse=True) for party_id, ids in found.items()}


def n_incidents_by_victim(work: Work) -> dict[str, int]:
    """Return in how many incidents each named party, or an account of it, was acted upon.

    Args:
        work: The unit of work.
    """
    part, party, account = (t.KIND_TABLES[kind] for kind in ("involvement", "party", "account"))
    link = t.RECORD_LINK
    acted_upon = (
        sa.select(part.c.party, _ACT.c.incident)
        .join(_ACT, _ACT.c.record_id == part.c.act)
        .where(part.c.role == "victim", sa.not_(part.c.is_retracted), sa.not_(_ACT.c.is_retracted))
    )
    attacked = (
        sa.select(account.c.owner, _ACT.c.incident)
        .join(link, link.c.to_id == account.c.record_id)
        .join(_ACT, _ACT.c.record_id == link.c.from_id)
        .where(link.c.field == "target_accounts", _ACT.c.act_type != GIVEN_BACK)
        .where(sa.not_(account.c.is_retracted), sa.not_(_ACT.c.is_retracted))
    )
    named = sa.select(party.c.record_id).where(
        party.c.party_kind.in_(sorted(NAMED_KINDS)), sa.not_(party.c.is_retracted)
    )
    standing = set(work.connection.scalars(named))
    kept = work.merged_parties()
    found: dict[str, set[str]] = defaultdict(set)
    for party_id, incident_id in work.connection.execute(sa.union(acted_upon, attacked)):
        kept_id = kept.get(party_id, party_id)
        if kept_id in standing:
            found[kept_id].add(incident_id)
    return {party_id: len(incidents) for party_id, incidents in found.items()}


def n_conflicts(connection: sa.Connection) -> int:
    """Return how many fields stand with several values."""
    return int(connection.scalar(sa.select(sa.func.count()).select_from(t.CONFLICT)) or 0)


def n_held(connection: sa.Connection) -> int:
    """Return how many changes of colleagues wait for others."""
    return int(connection.scalar(sa.select(sa.func.count()).select_from(t.HELD_CHANGE)) or 0)
