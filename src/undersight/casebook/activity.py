"""What happened in the casebook lately, by incident: counted in the log, no body opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.change_log import believed_us

if TYPE_CHECKING:
    from undersight.casebook.work import Work

_MOST_CHANGES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What changed in one incident.

    Args:
        incident_id: The incident.
        n_changes: How many changes.
        at_us: The last of them, microseconds UTC.
        authors: Staff ids of who changed it, sorted.
    """

    incident_id: str
    n_changes: int
    at_us: int
    authors: tuple[str, ...]


def activity_since(work: Work, n_known: int, *, limit: int) -> list[Activity]:
    """Return the incidents in which something changed, the latest first.

    Args:
        work: The unit of work.
        n_known: Length of the log that was seen; of more than 20 000 changes since, the last.
        limit: How many incidents.
    """
    log, record = t.CHANGE_LOG, t.RECORD
    first = max(n_known, work.log.head().length - _MOST_CHANGES, 0)
    rows = work.connection.execute(
        sa.select(
            record.c.incident_id,
            log.c.author,
            sa.func.count().label("n_changes"),
            sa.func.max(believed_us()).label("at_us"),
        )
        .join(record, record.c.record_id == log.c.record_id)
        .where(log.c.seq >= first, log.c.op != "erase", record.c.incident_id != "")
        .group_by(record.c.incident_id, log.c.author)
    ).all()
    by_incident: dict[str, list[sa.Row[tuple[str, str, int, int]]]] = {}
    for row in rows:
        by_incident.setdefault(row.incident_id, []).append(row)
    found = [
        Activity(
            incident_id=incident_id,
            n_changes=sum(row.n_changes for row in parts),
            at_us=max(row.at_us for row in parts),
            authors=tuple(sorted(row.author for row in parts)),
        )
        for incident_id, parts in by_incident.items()
    ]
    return sorted(found, key=lambda one: (-one.at_us, one.incident_id))[:limit]
