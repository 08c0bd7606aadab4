"""Publishing an entry: its public id, and what goes out with it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.days import date_of, day_of
from undersight.casebook.history import incident_family
from undersight.casebook.reading import load
from undersight.casebook.writing import PendingChange, write_pending
from undersight.errors import InvalidValueError
from undersight.model.change import latest_writes
from undersight.model.disclosure import DESK_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.casebook.work import Work
    from undersight.model.change import Change
    from undersight.model.naming import Audience

_PUBLIC_ID = re.compile(r"([A-Z]{2,8})-(\d{4})-(\d{4,})")
_JURISDICTION = re.compile(r"[A-Z]{2,8}")
_RANK = {"internal": 0, "partner": 1, "public": 2}
_STAYS_IN = DESK_KINDS | {"intervention"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbered:
    """An incident that had to take another public id, since one published earlier has it.

    Args:
        incident_id: The incident renumbered.
        before: The id that both had.
        after: Its new id.
        kept_by: The incident that keeps the id.
    """

    incident_id: str
    before: str
    after: str
    kept_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What publishing an entry did.

    Args:
        incident_id: The incident.
        public_id: Its public id.
        raised: Records that may be seen by the audience from now on.
        left: Records of the entry kept back, since they are kept more carefully than normal.
    """

    incident_id: str
    public_id: str
    raised: tuple[str, ...]
    left: tuple[str, ...]


def publish(
    work: Work, incident_id: str, *, audience: Audience, jurisdiction: str, why: str
) -> Publication:
    """Give an incident its public id and let an audience see it and what belongs to it.

    Who may be named in it is decided record by record when it is read; this opens the records.

    Raises:
        UnknownRecordError: No such incident.
        InvalidValueError: Not a jurisdiction.
    """
    if not _JURISDICTION.fullmatch(jurisdiction):
        raise InvalidValueError("incident", "public_id", "capital letters (QV)", "something else")
    entry = load(work.connection, _entry_of(work, incident_id))
    raised: list[str] = []
    left: list[str] = []
    for record_id in sorted(entry):
        record = entry[record_id]
        if _RANK.get(record.visibility, 0) >= _RANK[audience] or record.kind in _STAYS_IN:
            continue
        (raised if record.confidentiality == "normal" else left).append(record_id)
    public_id = getattr(entry[incident_id], "public_id", "") or next_public_id(
        work, jurisdiction, _year_of(work, incident_id)
    )
    pending = [
        PendingChange(record_id=record_id, fields={"visibility": audience})
        for record_id in raised
        if record_id != incident_id
    ]
    fields = {"public_id": public_id} | ({"visibility": audience} if incident_id in raised else {})
    if getattr(entry[incident_id], "first_published", None) is None and audience == "public":
        fields["first_published"] = day_of(work.clock())
    pending.append(PendingChange(record_id=incident_id, fields=fields))
    write_pending(work, pending, why)
    return Publication(
        incident_id=incident_id, public_id=public_id, raised=tuple(raised), left=tuple(left)
    )


def next_public_id(work: Work, jurisdiction: str, year: int) -> str:
    """Return the next free public id of a jurisdiction and year, such as ``QV-2031-0017``."""
    column = t.KIND_TABLES["incident"].c.public_id
    prefix = f"{jurisdiction}-{year:04d}-"
    taken = work.connection.scalars(
        sa.select(column).where(column >= prefix, column < prefix + "\uffff")
    )
    numbers = (int(m[3]) for m in map(_PUBLIC_ID.fullmatch, taken) if m)
    return f"{prefix}{max(numbers, default=0) + 1:04d}"


def renumber_collisions(work: Work, incident_ids: Iterable[str]) -> list[Renumbered]:
    """Give one of two incidents with the same public id another: the one published later.

    Args:
        work: The unit of work.
        incident_ids: Incidents that were just merged.
    """
    done = []
    for public_id, holders in sorted(_holders(work, incident_ids).items()):
        first, *later = sorted(holders, key=lambda i: _given(work.log.of_record(i)))
        match = _PUBLIC_ID.fullmatch(public_id)
        for incident_id in later if match else ():
            after = next_public_id(work, match[1], int(match[2])) if match else public_id
            why = f"{public_id} was given to two entries; {first} had it first"
            draft = PendingChange(record_id=incident_id, fields={"public_id": after})
            write_pending(work, [draft], why)
            done.append(
                Renumbered(incident_id=incident_id, before=public_id, after=after, kept_by=first)
            )
    return done


def _given(changes: list[Change]) -> tuple[int, str]:
    """When an incident got the public id that it has."""
    return latest_writes("public_id", changes)[-1].order


def _holders(work: Work, incident_ids: Iterable[str]) -> dict[str, list[str]]:
    """Public ids that several incidents have, one of them among those given."""
    table = t.KIND_TABLES["incident"]
    column, wanted = table.c.public_id, sorted(set(incident_ids))
    ids = work.scalars_in(sa.select(column), table.c.record_id, wanted) - {""}
    holders: dict[str, list[str]] = defaultdict(list)
    for public_id in sorted(ids):
        query = sa.select(table.c.record_id).where(
            column == public_id, sa.not_(table.c.is_retracted)
        )
        holders[public_id] = sorted(work.connection.scalars(query))
    return {public_id: held for public_id, held in holders.items() if len(held) > 1}


def _entry_of(work: Work, incident_id: str) -> set[str]:
    """An incident's family and what it points at; of merged parties the one that stands."""
    family = incident_family(work, incident_id)
    link = t.RECORD_LINK
    kept = work.merged_parties()
    seen, todo = set(family), set(family)
    while todo:
        pointed_at = work.scalars_in(sa.select(link.c.to_id), link.c.from_id, todo)
        standing = {kept.get(record_id, record_id) for record_id in pointed_at}
        todo = _outside_incidents(work, standing) - seen
        seen |= todo
    retracted = work.scalars_in(
        sa.select(t.RECORD.c.record_id).where(t.RECORD.c.is_retracted), t.RECORD.c.record_id, seen
    )
    return seen - retracted


def _outside_incidents(work: Work, record_ids: Iterable[str]) -> set[str]:
    query = sa.select(t.RECORD.c.record_id).where(t.RECORD.c.incident_id == "")
    return work.scalars_in(query, t.RECORD.c.record_id, record_ids)


def _year_of(work: Work, incident_id: str) -> int:
    """The year of the first act, else this year."""
    act = t.KIND_TABLES["act"]
    first = work.connection.scalar(
        sa.select(sa.func.min(sa.func.coalesce(act.c.start_earliest, act.c.start_latest))).where(
            act.c.incident == incident_id, sa.not_(act.c.is_retracted)
        )
    )
    return int(first[:4]) if first else date_of(work.clock()).year
