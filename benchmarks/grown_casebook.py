"""A casebook made many times larger inside its database, in minutes instead of an hour.

A benchmark needs as many rows as a large log has, not as many typed entries: what was loaded the
usual way is copied as rows, under other ids and with people of other names (one letter standing
for another), search index included. The copies have no history. Search, lists and counts cannot
tell; writing to a copy, or rebuilding the projections, would.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.mention_index import index_all_mentionable
from undersight.casebook.name_index import index_names
from undersight.casebook.search_documents import (
    KEY_MARK,
    SearchDocument,
    document_number,
    documents_of,
)
from undersight.model.change import FoldedRecord
from undersight.model.records import KINDS
from undersight.model.schema import fields_of
from undersight.text import fold, index_name_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from undersight.casebook import Casebook

_KEY = re.compile(r"([aipqsuvct])(\d{7})(\d\d)?")
_AT_ONCE = 500
_CONSONANTS = "bcdfgklmnprstvzşçğxq"
_IN_JSON = re.compile(r'"([aipqsuvct]\d{7}(?:\d\d)?)"')
_NAME = re.compile(r"\b[A-ZÇƏĞÖŞÜİ][\w]+\b")


class Shift:
    """What turns a row into a copy of it.

    Args:
        number: Which copy, from 1.
        n_incidents: How many incidents are copied.
        kept: Names that every copy has.
    """

    def __init__(self, number: int, n_incidents: int, kept: frozenset[str]) -> None:
        self.n_incidents = n_incidents
        self._offset, self._kept = number * n_incidents, kept
        turned = _CONSONANTS[number:] + _CONSONANTS[:number]
        self._letters = str.maketrans(_CONSONANTS + _CONSONANTS.upper(), turned + turned.upper())

    def record_id(self, given: str) -> str:
        """Return the copy's id; what all share keeps its own."""
        found = _KEY.fullmatch(given)
        if found is None:
            return given
        return f"{found[1]}{int(found[2]) + self._offset:07d}{found[3] or ''}"

    def ids(self, given: str | None) -> str | None:
        """Return JSON with the ids of copies."""
        return given and _IN_JSON.sub(lambda m: f'"{self.record_id(m[1])}"', given)

    def name(self, text: str) -> str:
        """Return a text in which people have other names."""
        return _NAME.sub(
            lambda m: m[0] if m[0] in self._kept else m[0].translate(self._letters), text
        )

    def public_id(self, given: str) -> str:
        """Return the copy's public id."""
        head, _, tail = given.rpartition("-")
        return f"{head}-{int(tail) + self._offset:07d}" if head else given


def grow(casebook: Casebook, n_incidents: int, n_copies: int, kept: frozenset[str]) -> None:
    """Add copies of all that a casebook on SQLite holds.

    Args:
        casebook: What was loaded.
        n_incidents: How many incidents it holds.
        n_copies: How many copies, at most 19.
        kept: Names that every copy has.
    """
    with casebook.database.writing() as connection:
        owners = connection.scalars(sa.select(t.SEARCH_DOCUMENT.c.owner_id))
        documents = list(documents_of(connection, filter(_KEY.fullmatch, owners)))
        for number in range(1, n_copies + 1):
            shift = Shift(number, n_incidents, kept)
            _copy_rows(connection, shift)
            _copy_documents(connection, shift, documents)
        _index_names(connection)


def _copy_rows(connection: sa.Connection, shift: Shift) -> None:
    raw: Any = connection.connection.driver_connection
    for name in ("record_id", "ids", "name", "public_id"):
        raw.create_function(f"new_{name}", 1, getattr(shift, name))
    for table in (t.RECORD, t.RECORD_LINK, *t.KIND_TABLES.values()):
        own = "from_id" if table is t.RECORD_LINK else "record_id"
        cells = [f'new_{way}("{name}")' if way else f'"{name}"' for name, way in _ways(table)]
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        connection.exec_driver_sql(  # names of our own tables
            f'INSERT INTO "{table.name}" ({names}) SELECT {", ".join(cells)} '  # noqa: S608
            f'FROM "{table.name}" WHERE length("{own}") > 5 '
            f'AND CAST(substr("{own}", 2, 7) AS INTEGER) < {shift.n_incidents}'
        )


def _index_names(connection: sa.Connection) -> None:
    """Put everybody's names where they are looked up."""
    for table in (t.PARTY_NAME, t.NAME_BLOCK, t.NAME_BLOCK_SIZE):
        connection.execute(sa.delete(table))
    party = t.KIND_TABLES["party"]
    query = sa.select(party.c.record_id, party.c.party_kind, party.c.names)
    rows = iter(connection.execute(query).all())
    while batch := list(itertools.islice(rows, _AT_ONCE)):
        index_names(
            connection,
            [
                FoldedRecord(
                    record_id=row.record_id,
                    kind="party",
                    fields={"party_kind": row.party_kind, "names": json.loads(row.names)},
                    created_at_us=0,
                    updated_at_us=0,
                )
                for row in batch
            ],
        )
    index_all_mentionable(connection)


def _ways(table: sa.Table) -> Iterator[tuple[str, str]]:
    """Each column, and what is done with it."""
    specs = fields_of(KINDS[table.name]) if table.name in KINDS else {}
    for name in (column.name for column in table.columns):
        spec = specs.get(name)
        if name in ("record_id", "incident_id", "from_id", "to_id") or (
            spec is not None and spec.form == "ref"
        ):
            yield name, "record_id"
        elif name == "public_id":
            yield name, "public_id"
        elif name in ("names", "title") and table.name in ("party", "incident"):
            yield name, "name"
        else:
            yield name, "ids" if spec is not None and spec.form in ("refs", "parts") else ""


def _copy_documents(
    connection: sa.Connection, shift: Shift, documents: Sequence[SearchDocument]
) -> None:
    rows, texts, taken = [], [], set[int]()
    names = _names_by_owner(connection, documents)
    for document in documents:
        owner_id = shift.record_id(document.owner_id)
        number = document_number(replace(document, owner_id=owner_id))
        while number in taken:
            number += 1
        taken.add(number)
        facets = "\n".join(f"{facet}={value}" for facet, value in document.facets if value)
        rows.append(
            {"doc_id": number, "owner_id": owner_id, "kind": document.kind, "facets": facets}
        )
        texts.append({"n": number, "content": _content(document, shift, names)})
    connection.execute(sa.insert(t.SEARCH_DOCUMENT), rows)
    connection.execute(
        sa.text("INSERT INTO search_index (rowid, content) VALUES (:n, :content)"), texts
    )


def _names_by_owner(
    connection: sa.Connection, documents: Sequence[SearchDocument]
) -> dict[str, str]:
    """The name of the person of each incident, and of each person."""
    party = t.KIND_TABLES["party"]
    names = dict(connection.execute(sa.select(party.c.record_id, party.c.names)).tuples().all())
    return {
        document.owner_id: json.loads(names[f"p{document.owner_id[1:8]}"])[0]["value"]
        for document in documents
        if document.owner_id[0] in "ip"
    }


def _content(document: SearchDocument, shift: Shift, names: Mapping[str, str]) -> str:
    """The words of a document, with another name and how that sounds."""
    name = names.get(document.owner_id)
    if name is None:
        return document.content
    before, after = fold(name).split(), fold(shift.name(name)).split()
    other = dict(zip(before, after, strict=True))
    other |= {f"{KEY_MARK}{key}": "" for key in index_name_keys(" ".join(before)).split()}
    keys = [f"{KEY_MARK}{key}" for key in index_name_keys(" ".join(after)).split()]
    return " ".join([*(other.get(word, word) for word in document.content.split()), *keys])
