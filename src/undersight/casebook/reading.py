"""Questions to the current rows: one record, all of a kind, those that point at another."""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.fields import records_of_rows
from undersight.casebook.record_keys import batches
from undersight.errors import UnknownFieldError, UnknownRecordError
from undersight.model.change import Candidate, Conflict
from undersight.model.codec import record_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.model.records import Record

_SHORTEST_ENDING = 4
# Long enough that a name or a slip of the pen is no id of somebody.
_END_OF_ID = re.compile(r"[0-9a-f-]{8,35}")


def load(
    connection: sa.Connection, record_ids: Iterable[str], *, with_retracted: bool = True
) -> dict[str, Record]:
    """Return the records of these ids that exist."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for batch in batches(record_ids):
        query = sa.select(t.RECORD.c.record_id, t.RECORD.c.kind)
        if not with_retracted:
            query = query.where(sa.not_(t.RECORD.c.is_retracted))
        for row in connection.execute(query.where(t.RECORD.c.record_id.in_(batch))):
            by_kind[row.kind].append(row.record_id)
    found: dict[str, Record] = {}
    for kind, ids in by_kind.items():
        table = t.KIND_TABLES[kind]
        for batch in batches(ids):
            here = sa.select(table).where(table.c.record_id.in_(batch))
            rows = connection.execute(here).all()
            found |= {record.record_id: record for record in records_of_rows(kind, rows)}
    return found


def load_one(connection: sa.Connection, record_id: str) -> Record:
    """Return one record.

    Raises:
        UnknownRecordError: No such record.
    """
    found = load(connection, [record_id]).get(record_id)
    if found is None:
        raise UnknownRecordError(record_id)
    return found


def load_all(
    connection: sa.Connection, kind: str, where: Mapping[str, Any], *, with_retracted: bool
) -> list[Record]:
    """Return the records of a kind whose fields have these values, by id.

    Raises:
        UnknownKindError: No such kind.
        UnknownFieldError: No such field.
    """
    record_class(kind)
    table = t.KIND_TABLES[kind]
    query = sa.select(table).order_by(table.c.record_id)
    for name, value in sorted(where.items()):
        if name not in table.c:
            near = tuple(difflib.get_close_matches(name, table.c.keys(), n=3))
            raise UnknownFieldError(kind, name, near)
        query = query.where(table.c[name] == value)
    if not with_retracted:
        query = query.where(sa.not_(table.c.is_retracted))
    return list(records_of_rows(kind, connection.execute(query)))


def load_referring(
    connection: sa.Connection, record_id: str, kind: str | None, field: str | None
) -> list[Record]:
    """Return the records that point at one, nested references included, by id."""
    link = t.RECORD_LINK
    query = (
        sa.select(link.c.from_id)
        .join(t.RECORD, t.RECORD.c.record_id == link.c.from_id)
        .where(link.c.to_id == record_id, sa.not_(t.RECORD.c.is_retracted))
    )
    if kind is not None:
        query = query.where(link.c.from_kind == kind)
    if field is not None:
        query = query.where(link.c.field == field)
    found = load(connection, connection.scalars(query))
    return [found[key] for key in sorted(found)]


def load_conflicts(connection: sa.Connection) -> list[Conflict]:
    """Return every field that stands with several values."""
    query = sa.select(t.CONFLICT).order_by(t.CONFLICT.c.record_id, t.CONFLICT.c.field)
    return [
        Conflict(
            record_id=row.record_id,
            kind=row.kind,
            field=row.field,
            candidates=tuple(Candidate(**entry) for entry in json.loads(row.candidates)),
        )
        for row in connection.execute(query)
    ]


def load_family(connection: sa.Connection, incident_id: str) -> dict[str, Record]:
    """Return an incident and all that belongs to it, by id; none retracted."""
    ids = sa.select(t.RECORD.c.record_id).where(
        t.RECORD.c.incident_id == incident_id, sa.not_(t.RECORD.c.is_retracted)
    )
    return load(connection, connection.scalars(ids))


def find_incident_ids(connection: sa.Connection, named: str) -> list[str]:
    """Return the incidents of an id, a public id, or the beginning or end of an id.

    Args:
        connection: An open transaction.
        named: What a person wrote; fewer than four characters are taken whole only.
    """
    incident = t.KIND_TABLES["incident"]
    query = sa.select(incident.c.record_id).where(sa.not_(incident.c.is_retracted))
    if not named:
        return []
    exact = sa.or_(incident.c.record_id == named, incident.c.public_id == named)
    found = list(connection.scalars(query.where(exact).order_by(incident.c.record_id)))
    if found or len(named) < _SHORTEST_ENDING:
        return found
    near = sa.or_(
        incident.c.record_id.startswith(named, autoescape=True),
        incident.c.record_id.endswith(named, autoescape=True),
    )
    return list(connection.scalars(query.where(near).order_by(incident.c.record_id).limit(6)))


def find_record_id(connection: sa.Connection, reference: str) -> str:
    """Return the id that a person means: an id, its unique end, or an incident's public id.

    Raises:
        UnknownRecordError: None of them.
    """
    found = connection.scalar(
        sa.select(t.RECORD.c.record_id).where(t.RECORD.c.record_id == reference)
    )
    if found is None:
        incident = t.KIND_TABLES["incident"]
        found = connection.scalar(
            sa.select(sa.func.min(incident.c.record_id)).where(
                incident.c.public_id == reference, incident.c.public_id != ""
            )
        )
    if found is None and _END_OF_ID.fullmatch(reference):
        ends_so = t.RECORD.c.record_id.endswith(reference, autoescape=True)
        ids = list(connection.scalars(sa.select(t.RECORD.c.record_id).where(ends_so).limit(2)))
        found = ids[0] if len(ids) == 1 else None
    if found is None:
        raise UnknownRecordError(reference)
    return str(found)


def n_withdrawn(connection: sa.Connection) -> int:
    """Return how many records are tombstones of people who were withdrawn."""
    is_withdrawn = t.RECORD.c.withdrawn_at_us.is_not(None)
    query = sa.select(sa.func.count()).select_from(t.RECORD).where(is_withdrawn)
    return int(connection.scalar(query) or 0)
