"""The full-text index: SQLite's FTS5 or PostgreSQL's tsvector over the same folded words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.record_keys import batches
from undersight.casebook.search_documents import (
    NAMED_IN_INCIDENT,
    SearchDocument,
    document_number,
    documents_of,
)
from undersight.model.disclosure import DESK_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_CONTENTLESS_DELETE_SINCE = (3, 43)
_INSERT = {
    "sqlite": "INSERT INTO search_index (rowid, content) VALUES (:n, :content)",
    "postgresql": "INSERT INTO search_index (doc_id, content) "
    "VALUES (:n, to_tsvector('simple', :content))",
}
_DELETE = {
    "sqlite": "DELETE FROM search_index WHERE rowid = :n",
    "postgresql": "DELETE FROM search_index WHERE doc_id = :n",
}


def make_index(connection: sa.Connection) -> None:
    """Make the index anew, empty."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS search_index")
    if connection.dialect.name == "sqlite":
        version = connection.scalar(sa.text("SELECT sqlite_version()")) or "0"
        is_new = tuple(map(int, version.split(".")[:2])) >= _CONTENTLESS_DELETE_SINCE
        # The texts are in their own tables: the index need not keep them a second time.
        options = ", content='', contentless_delete=1" if is_new else ""
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE search_index USING fts5 (content{options}, tokenize='ascii')"
        )
    else:
        connection.exec_driver_sql(
            "CREATE TABLE search_index (doc_id BIGINT PRIMARY KEY, content tsvector NOT NULL)"
        )
        connection.exec_driver_sql(
            "CREATE INDEX ix_search_index_content ON search_index USING gin (content)"
        )


def index_records(
    connection: sa.Connection, record_ids: Iterable[str], incident_ids: Iterable[str]
) -> None:
    """Bring the documents up to date that records stand in.

    Args:
        connection: An open transaction.
        record_ids: Records that changed.
        incident_ids: Incidents that they belong or belonged to.
    """
    index_owners(connection, set(incident_ids) | owners_of(connection, record_ids))


def index_owners(connection: sa.Connection, owner_ids: Iterable[str]) -> None:
    """Make the documents of these owners anew."""
    for batch in batches(owner_ids):
        _forget(connection, batch)
        _insert(connection, documents_of(connection, batch))


def index_everything(connection: sa.Connection) -> None:
    """Make every document; the index must be empty."""
    record = t.RECORD
    owner = sa.case((record.c.incident_id != "", record.c.incident_id), else_=record.c.record_id)
    last = ""
    while True:
        query = sa.select(owner).where(owner > last, owner == record.c.record_id)
        batch = list(connection.scalars(query.order_by(owner).limit(500)))
        if not batch:
            return
        _insert(connection, documents_of(connection, batch))
        last = batch[-1]


def is_incomplete(connection: sa.Connection) -> bool:
    """Return whether something that can be searched for stands in no document of the index."""
    record, document = t.RECORD, t.SEARCH_DOCUMENT
    index = sa.table("search_index", sa.column("rowid"), sa.column("doc_id"))
    is_server = connection.dialect.name == "postgresql"
    number = index.c.doc_id if is_server else index.c.rowid
    owner = sa.or_(record.c.incident_id == "", record.c.incident_id == record.c.record_id)
    unlisted = sa.select(record.c.record_id).where(
        record.c.kind.not_in(DESK_KINDS),
        owner,
        sa.not_(record.c.is_retracted),
        record.c.record_id.not_in(sa.select(document.c.owner_id)),
    )
    miscalled = (
        sa.select(record.c.record_id)
        .join(document, document.c.owner_id == record.c.record_id)
        .where(document.c.kind != record.c.kind)
    )
    unread = sa.select(document.c.doc_id).where(document.c.doc_id.not_in(sa.select(number)))
    unowned = sa.select(number).where(number.not_in(sa.select(document.c.doc_id)))
    return any(
        connection.execute(query.limit(1)).first() is not None
        for query in (unlisted, miscalled, unread, unowned)
    )


def erase_index_traces(connection: sa.Connection) -> None:
    """Rewrite the index without what was deleted: FTS5 keeps deleted words until it merges."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('optimize')")


def owners_of(connection: sa.Connection, record_ids: Iterable[str]) -> set[str]:
    """Return the owners of the documents that records stand in."""
    record, link, origin = t.RECORD, t.RECORD_LINK, t.RECORD.alias("origin")
    found: set[str] = set()
    for batch in batches(record_ids):
        rows = connection.execute(
            sa.select(record.c.record_id, record.c.kind, record.c.incident_id).where(
                record.c.record_id.in_(batch)
            )
        ).all()
        found.update(row.incident_id or row.record_id for row in rows)
        named = [row.record_id for row in rows if row.kind in NAMED_IN_INCIDENT]
        parties = [row.record_id for row in rows if row.kind == "party"]
        named += _sources_of(connection, parties) if parties else []
        # what belongs to no incident has a document of its own, which holds the names as well
        alone = sa.case(
            (origin.c.incident_id != "", origin.c.incident_id), else_=origin.c.record_id
        )
        pointing = (
            sa.select(alone)
            .join(link, link.c.from_id == origin.c.record_id)
            .where(link.c.to_id.in_(named))
            .distinct()
        )
        found.update(connection.scalars(pointing) if named else ())
    return found


def _sources_of(connection: sa.Connection, parties: Sequence[str]) -> list[str]:
    """Return the sources that parties publish."""
    link = t.RECORD_LINK
    query = sa.select(link.c.from_id).where(link.c.to_id.in_(parties))
    return list(connection.scalars(query.where(link.c.from_kind == "source").distinct()))


def _forget(connection: sa.Connection, owner_ids: Collection[str]) -> None:
    table = t.SEARCH_DOCUMENT
    here = table.c.owner_id.in_(owner_ids)
    numbers = list(connection.scalars(sa.select(table.c.doc_id).where(here)))
    if numbers:
        delete = sa.text(_DELETE[connection.dialect.name])
        connection.execute(delete, [{"n": number} for number in numbers])
        connection.execute(sa.delete(table).where(here))


def _insert(connection: sa.Connection, documents: Iterator[SearchDocument]) -> None:
    found = list(documents)
    if not found:
        return
    rows = []
    numbers = _free_numbers(connection, [document_number(document) for document in found])
    for document, number in zip(found, numbers, strict=True):
        facets = "\n".join(f"{facet}={value}" for facet, value in document.facets if value)
        rows.append(
            {
                "doc_id": number,
                "owner_id": document.owner_id,
                "kind": document.kind,
                "facets": facets,
            }
        )
    connection.execute(sa.insert(t.SEARCH_DOCUMENT), rows)
    connection.execute(
        sa.text(_INSERT[connection.dialect.name]),
        [
            {"n": row["doc_id"], "content": document.content}
            for row, document in zip(rows, found, strict=True)
        ],
    )


def _free_numbers(connection: sa.Connection, numbers: Sequence[int]) -> list[int]:
    """Numbers that no other document has, the next where two owners hash alike (rarely)."""
    column = t.SEARCH_DOCUMENT.c.doc_id
    taken = set(connection.scalars(sa.select(column).where(column.in_(numbers))))
    free = []
    for wanted in numbers:
        number = wanted
        while number in taken:
            number += 1
            if connection.scalar(sa.select(column).where(column == number)) is not None:
                taken.add(number)
        taken.add(number)
        free.append(number)
    return free
