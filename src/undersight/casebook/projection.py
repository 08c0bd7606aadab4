"""Current rows, links and conflicts: what the log adds up to, written so that SQL can ask.

Every function here is a pure function of the log for the records given, so a rebuild gives the
same rows to the byte.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.fields import links_of, row_of
from undersight.casebook.mention_index import (
    INDEXED_KINDS,
    forget_mentionable,
    index_mentionable,
    not_as_mentionable,
)
from undersight.casebook.name_index import forget_names, index_names, not_as_named
from undersight.casebook.record_keys import batches
from undersight.model.change import FoldedRecord, canonical_text
from undersight.model.codec import record_class
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_WAY_TO_INCIDENT = ("incident", "act", "involvement")
_LONGEST_WAY = 8


def project(
    connection: sa.Connection, folded: Sequence[FoldedRecord], *, are_new: bool = False
) -> set[str]:
    """Write the current state of records.

    Args:
        connection: An open transaction.
        folded: The records.
        are_new: Whether none of them has rows yet.

    Returns:
        Ids of the incidents whose family these records belong or belonged to.
    """
    if not folded:
        return set()
    before = {} if are_new else _forget(connection, folded)
    _insert_by_kind(connection, folded, before)
    links = [_link_row(record, path, to) for record in folded for path, to in _links(record)]
    if links:
        connection.execute(sa.insert(t.RECORD_LINK), links)
    index_names(connection, [record for record in folded if record.kind == "party"])
    index_mentionable(connection, folded)
    conflicts = [_conflict_row(conflict) for record in folded for conflict in record.conflicts]
    if conflicts:
        connection.execute(sa.insert(t.CONFLICT), conflicts)
    moved = _place_in_incidents(connection, [record.record_id for record in folded])
    return {incident_id for incident_id in {*before.values(), *moved} if incident_id}


def kinds_of(connection: sa.Connection, record_ids: Iterable[str]) -> dict[str, str]:
    """Return the kinds of the records that exist."""
    kinds = {}
    for batch in batches(record_ids):
        query = sa.select(t.RECORD.c.record_id, t.RECORD.c.kind)
        for row in connection.execute(query.where(t.RECORD.c.record_id.in_(batch))):
            kinds[row.record_id] = row.kind
    return kinds


def not_as_projected(connection: sa.Connection, folded: Iterable[FoldedRecord]) -> Iterator[str]:
    """Yield ids of records that are listed, placed, linked or named otherwise than the log says.

    What is read of an entry goes by these rows: an act struck from them is not shown any more.

    Args:
        connection: A connection.
        folded: The records as the log has them, no more than fit in one query.
    """
    records = {record.record_id: record for record in folded}
    found = sa.select(t.RECORD).where(t.RECORD.c.record_id.in_(records))
    rows = {row["record_id"]: dict(row) for row in connection.execute(found).mappings()}
    links: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    found = sa.select(t.RECORD_LINK).where(t.RECORD_LINK.c.from_id.in_(records))
    for link in connection.execute(found):
        links[link.from_id].append((link.field, link.to_id, link.from_kind))
    places = _incidents_of(connection, list(records))
    misnamed = not_as_named(connection, list(records.values()))
    misnamed |= not_as_mentionable(connection, records)
    misnamed |= _not_as_in_conflict(connection, records)
    for record_id, record in sorted(records.items()):
        row = rows.get(record_id, {})
        row.pop("incident_id", None)
        is_placed = len(set(places.get(record_id, ("", "")))) == 1
        told = [(path, to, record.kind) for path, to in _links(record)]
        is_linked = sorted(links[record_id]) == told
        is_listed = row == _record_row(record)
        if not (is_listed and is_placed and is_linked) or record_id in misnamed:
            yield record_id


def are_there_strays(connection: sa.Connection) -> bool:
    """Return whether a list that is read by has rows of records that there are not."""
    columns = (
        *(t.RECORD_LINK.c.from_id, t.CONFLICT.c.record_id, t.MENTION_KEY.c.record_id),
        *(t.PARTY_NAME.c.party_id, t.NAME_BLOCK.c.party_id, t.SEARCH_DOCUMENT.c.owner_id),
    )
    known = sa.select(t.RECORD.c.record_id)
    strays = (sa.select(column).where(column.not_in(known)).limit(1) for column in columns)
    return any(connection.execute(query).first() is not None for query in strays)


def _not_as_in_conflict(
    connection: sa.Connection, records: Mapping[str, FoldedRecord]
) -> set[str]:
    """Ids of records whose conflicts are noted otherwise: one struck out is decided by nobody."""
    wanted = {
        tuple(_conflict_row(conflict).values())
        for record in records.values()
        for conflict in record.conflicts
    }
    names = [t.CONFLICT.c[name] for name in ("record_id", "field", "kind", "candidates")]
    found = connection.execute(sa.select(*names).where(t.CONFLICT.c.record_id.in_(list(records))))
    return {row[0] for row in wanted ^ {tuple(row) for row in found}}


def _forget(connection: sa.Connection, folded: Sequence[FoldedRecord]) -> dict[str, str]:
    """Delete the rows of records; return the incident that each stood in."""
    incidents = _incidents_noted(connection, [record.record_id for record in folded])
    by_kind: dict[str, list[str]] = defaultdict(list)
    for record in folded:
        if record.record_id in incidents:  # what has no row of its own has none anywhere
            by_kind[record.kind].append(record.record_id)
    forget_names(connection, by_kind.get("party", ()))
    for kind in INDEXED_KINDS:
        forget_mentionable(connection, by_kind.get(kind, ()))
    for kind, record_ids in by_kind.items():
        for batch in batches(record_ids):
            table = t.KIND_TABLES[kind]
            connection.execute(sa.delete(table).where(table.c.record_id.in_(batch)))
            connection.execute(sa.delete(t.RECORD).where(t.RECORD.c.record_id.in_(batch)))
            connection.execute(sa.delete(t.CONFLICT).where(t.CONFLICT.c.record_id.in_(batch)))
            connection.execute(sa.delete(t.RECORD_LINK).where(t.RECORD_LINK.c.from_id.in_(batch)))
    return incidents


def _incidents_noted(connection: sa.Connection, record_ids: Iterable[str]) -> dict[str, str]:
    """For each record that has rows: the incident noted there."""
    noted: dict[str, str] = {}
    for batch in batches(record_ids):
        query = sa.select(t.RECORD.c.record_id, t.RECORD.c.incident_id)
        rows = connection.execute(query.where(t.RECORD.c.record_id.in_(batch)))
        noted |= {row.record_id: row.incident_id for row in rows}
    return noted


def _insert_by_kind(
    connection: sa.Connection, folded: Sequence[FoldedRecord], incidents: Mapping[str, str]
) -> None:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in folded:
        rows[record.kind].append(row_of(record))
    for kind, kind_rows in sorted(rows.items()):
        connection.execute(sa.insert(t.KIND_TABLES[kind]), kind_rows)
    entries = [
        {**_record_row(record), "incident_id": incidents.get(record.record_id, "")}
        for record in folded
    ]
    connection.execute(sa.insert(t.RECORD), entries)


def _record_row(record: FoldedRecord) -> dict[str, Any]:
    return {
        "record_id": record.record_id,
        "kind": record.kind,
        "created_at_us": record.created_at_us,
        "updated_at_us": record.updated_at_us,
        "n_changes": record.n_changes,
        "is_retracted": record.is_retracted,
        "withdrawn_at_us": record.withdrawn_at_us,
    }


def _links(record: FoldedRecord) -> list[tuple[str, str]]:
    return sorted({(path, to) for path, _, to in links_of(record.kind, record.fields)})


def _link_row(record: FoldedRecord, path: str, to: str) -> dict[str, str]:
    return {"from_id": record.record_id, "field": path, "to_id": to, "from_kind": record.kind}


def _conflict_row(conflict: Any) -> dict[str, str]:
    return {
        "record_id": conflict.record_id,
        "field": conflict.field,
        "kind": conflict.kind,
        "candidates": canonical_text([asdict(entry) for entry in conflict.candidates]),
    }


def _place_in_incidents(connection: sa.Connection, record_ids: Sequence[str]) -> set[str]:
    """Note which incident each record belongs to, and those that hang on it; return them."""
    touched: set[str] = set()
    todo: Collection[str] = record_ids
    for _ in range(_LONGEST_WAY):
        moved = _place_once(connection, todo)
        touched.update(moved.values())
        if not moved:
            break
        todo = _hanging_on(connection, moved)
    return touched


def _place_once(connection: sa.Connection, record_ids: Iterable[str]) -> dict[str, str]:
    """Place records by what they point at; return those that moved, with their incident."""
    moved: dict[str, str] = {}
    for batch in batches(record_ids):
        places = _incidents_of(connection, batch)
        for record_id, (before, after) in places.items():
            if before != after:
                moved[record_id] = after
    if moved:
        connection.execute(
            sa.update(t.RECORD)
            .where(t.RECORD.c.record_id == sa.bindparam("r"))
            .values(incident_id=sa.bindparam("i")),
            [{"r": record_id, "i": incident_id} for record_id, incident_id in moved.items()],
        )
    return moved


def _incidents_of(connection: sa.Connection, batch: list[str]) -> dict[str, tuple[str, str]]:
    """For each record: the incident noted, and the one it belongs to now."""
    query = sa.select(t.RECORD.c.record_id, t.RECORD.c.kind, t.RECORD.c.incident_id)
    rows = connection.execute(query.where(t.RECORD.c.record_id.in_(batch))).all()
    target = t.RECORD.alias("target")
    link = t.RECORD_LINK
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    query = (
        sa.select(link.c.from_id, link.c.from_kind, link.c.field, target.c.incident_id)
        .join(target, target.c.record_id == link.c.to_id)
        .where(link.c.from_id.in_(batch), target.c.incident_id != "")
    )
    for row in connection.execute(query):
        rank = _WAYS.get((row.from_kind, row.field))
        if rank is not None:
            found[row.from_id].append((rank, row.incident_id))
    places = {}
    for row in rows:
        own = row.record_id if row.kind == "incident" else ""
        after = own or min(found.get(row.record_id, [(0, "")]))[1]
        places[row.record_id] = (row.incident_id, after)
    return places


def _hanging_on(connection: sa.Connection, record_ids: Iterable[str]) -> set[str]:
    """Records that find their incident through these."""
    found: set[str] = set()
    link = t.RECORD_LINK
    for batch in batches(record_ids):
        rows = connection.execute(
            sa.select(link.c.from_id, link.c.from_kind, link.c.field).where(
                link.c.to_id.in_(batch)
            )
        )
        found.update(row.from_id for row in rows if (row.from_kind, row.field) in _WAYS)
    return found


def _ways_to_incident() -> dict[tuple[str, str], int]:
    """The references that say which incident a record belongs to, the most direct first."""
    ways = {}
    for kind in t.KIND_TABLES:
        for name, spec in fields_of(record_class(kind)).items():
            if spec.form != "ref" or kind == "incident":
                continue
            if not spec.target:
                ways[kind, name] = len(_WAY_TO_INCIDENT)
            elif spec.target[0] in _WAY_TO_INCIDENT:
                ways[kind, name] = _WAY_TO_INCIDENT.index(spec.target[0])
    return ways


_WAYS = _ways_to_incident()
