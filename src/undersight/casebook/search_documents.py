"""What search knows of a record: one document per incident with all that belongs to it.

A search for a person and a place finds the incident where the one stands in a claim and the other
in the title; and with ten claims to an incident there are ten times fewer documents to look at.
Records that belong to no incident have documents of their own.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.record_keys import batches
from undersight.model.codec import record_class
from undersight.model.disclosure import DESK_KINDS
from undersight.model.schema import fields_of
from undersight.text import index_name_keys, index_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from undersight.model.schema import FieldSpec

FACETS = (
    "kind",
    "act_type",
    "platform",
    "year",
    "country",
    "place",
    "status",
    "verification",
    "monitoring",
    "visibility",
)
NAMED_IN_INCIDENT = frozenset({"party", "account", "item", "source"})
"""Kinds whose names and texts also count for the incidents that point at them."""

KEY_MARK = "zz0k"
"""What name keys begin with in the index, so that they are not taken for words."""

EVERYTHING = "zz0all"
"""A word in every document."""

_NOT_SEARCHED = frozenset({"evidence", "captures", "origin", "origin_locator", "finding"})
_TEXT_FORMS = frozenset({"line", "lines", "prose", "localised", "value", "part", "parts"})
_LONGEST_SPAN_YEARS = 2
_DAYS_BITS, _HASH_BITS = 17, 45


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One document.

    Args:
        owner_id: The incident, or the record itself.
        kind: The owner's kind.
        day: Days since 1900 of its newest date; 0 where it has none.
        content: Folded words, name keys and facet words.
        facets: Facet values.
    """

    owner_id: str
    kind: str
    day: int
    content: str
    facets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One text of a record."""

    field: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A current row, read without building the record: search reads many and shows few."""

    kind: str
    cells: Mapping[str, Any]

    @property
    def record_id(self) -> str:
        """Its id."""
        return str(self.cells["record_id"])

    def json(self, name: str) -> Any:
        """Return a field that is kept as JSON text."""
        cell = self.cells.get(name)
        return json.loads(cell) if cell else None


def rows_of(connection: sa.Connection, record_ids: Iterable[str]) -> dict[str, FoundRow]:
    """Return current rows by id."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for batch in batches(record_ids):
        query = sa.select(t.RECORD.c.record_id, t.RECORD.c.kind)
        for row in connection.execute(query.where(t.RECORD.c.record_id.in_(batch))):
            by_kind[row.kind].append(row.record_id)
    found: dict[str, FoundRow] = {}
    for kind, ids in by_kind.items():
        table = t.KIND_TABLES[kind]
        for batch in batches(ids):
            rows = connection.execute(sa.select(table).where(table.c.record_id.in_(batch)))
            for cells in rows.mappings():
                found[cells["record_id"]] = FoundRow(kind=kind, cells=dict(cells))
    return found


def segments_of(row: FoundRow) -> Iterator[Segment]:
    """Yield the texts of a record that search looks into."""
    lang = str(row.cells.get("lang") or "")
    for spec in _searched(row.kind):
        cell = row.cells[spec.name]
        if cell:
            value = cell if spec.form in ("line", "prose") else json.loads(cell)
            yield from _segments(spec, spec.name, lang, value)


def documents_of(connection: sa.Connection, owner_ids: Iterable[str]) -> Iterator[SearchDocument]:
    """Yield the documents of incidents and records that stand alone; of the retracted none.

    Args:
        connection: An open transaction.
        owner_ids: Incidents, and records without one.
    """
    for batch in batches(owner_ids, size=200):
        families = families_of(connection, batch)
        members = rows_of(connection, {i for family in families.values() for i in family})
        named = _named(connection, families)
        for owner_id in batch:
            family = [members[i] for i in families.get(owner_id, ()) if i in members]
            # What the desk keeps for itself is found through what it is about.
            if family and family[0].record_id == owner_id and family[0].kind not in DESK_KINDS:
                yield _document(owner_id, family, named.get(owner_id, ()))


def families_of(connection: sa.Connection, owner_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the records that each document is about, the owner first; none retracted."""
    record = t.RECORD
    families: dict[str, list[str]] = {owner_id: [] for owner_id in owner_ids}
    for batch in batches(families):
        query = sa.select(record.c.record_id, record.c.incident_id).where(
            sa.or_(record.c.incident_id.in_(batch), record.c.record_id.in_(batch)),
            sa.not_(record.c.is_retracted),
        )
        for row in connection.execute(query.order_by(record.c.record_id)):
            owner_id = row.incident_id or row.record_id
            if owner_id in families:
                families[owner_id].append(row.record_id)
    for owner_id, family in families.items():
        family.sort(key=lambda record_id: (record_id != owner_id, record_id))
    return families


def facet_word(facet: str, value: str) -> str:
    """Return the word that stands for a facet value in the index."""
    return "zz0f" + hashlib.sha256(f"{facet}={value}".encode()).hexdigest()[:14]


def document_number(document: SearchDocument) -> int:
    """Return a number that sorts by day, the same for the same document."""
    digest = hashlib.sha256(document.owner_id.encode()).digest()
    chance = int.from_bytes(digest[:8], "big") >> (64 - _HASH_BITS)
    day = min(max(document.day, 0), (1 << _DAYS_BITS) - 1)
    return day << _HASH_BITS | chance


def _named(
    connection: sa.Connection, families: Mapping[str, Iterable[str]]
) -> dict[str, list[FoundRow]]:
    """The parties, accounts, posts and sources that each incident's records point at.

    Whoever publishes a source is one of them: an outlet is found with what it reported.
    """
    home = {record_id: {owner} for owner, family in families.items() for record_id in family}
    direct = _pointed_at(connection, home, NAMED_IN_INCIDENT)
    sources = _pointed_at(connection, direct, frozenset({"party"}), from_kind="source")
    pairs = {(owner, to) for to, owners in (*direct.items(), *sources.items()) for owner in owners}
    rows = rows_of(connection, {to for _, to in pairs})
    named: dict[str, list[FoundRow]] = defaultdict(list)
    for owner_id, to in sorted(pairs):
        named[owner_id].append(rows[to])
    return named


def _pointed_at(
    connection: sa.Connection,
    owners: Mapping[str, set[str]],
    kinds: frozenset[str],
    *,
    from_kind: str = "",
) -> dict[str, set[str]]:
    """The records of some kinds that others point at, with the owners of those that point."""
    link, target = t.RECORD_LINK, t.RECORD.alias("target")
    found: dict[str, set[str]] = defaultdict(set)
    for batch in batches(owners):
        query = (
            sa.select(link.c.from_id, link.c.to_id)
            .join(target, target.c.record_id == link.c.to_id)
            .where(link.c.from_id.in_(batch), target.c.kind.in_(sorted(kinds)))
        )
        if from_kind:
            query = query.where(link.c.from_kind == from_kind)
        for row in connection.execute(query):
            found[row.to_id] |= owners[row.from_id]
    return found


def _document(
    owner_id: str, family: Sequence[FoundRow], named: Iterable[FoundRow]
) -> SearchDocument:
    texts = [segment.text for row in family for segment in segments_of(row)]
    texts += [text for row in named for text in _names(row)]
    facets = tuple(sorted({pair for pair in _facets(family) if pair[1]}))
    folded = index_text("\n".join(texts))
    keys = (KEY_MARK + key for key in index_name_keys(folded).split())
    words = (facet_word(facet, value) for facet, value in facets)
    return SearchDocument(
        owner_id=owner_id,
        kind=family[0].kind,
        day=_newest_day(family),
        content=" ".join([folded, *keys, *words, EVERYTHING]),
        facets=facets,
    )


def _names(row: FoundRow) -> Iterator[str]:
    """What a record that an incident points at adds to the incident's document."""
    if row.kind == "party":
        yield from (name.get("value", "") for name in row.json("names") or ())
    elif row.kind == "account":
        yield row.cells["title"]
        yield from (handle.get("value", "") for handle in row.json("handles") or ())
    elif row.kind == "item":
        yield row.cells["text"]
    elif row.kind == "source":
        yield from (row.cells["title"], row.cells["publisher_as_text"])


@functools.cache
def _searched(kind: str) -> tuple[FieldSpec, ...]:
    """The fields of a kind that hold text."""
    return tuple(
        spec
        for name, spec in fields_of(record_class(kind)).items()
        if spec.form in _TEXT_FORMS and name not in _NOT_SEARCHED
    )


def _segments(spec: FieldSpec, field: str, lang: str, value: Any) -> Iterator[Segment]:
    if spec.part is not None:
        for entry in value if isinstance(value, list) else [value]:
            yield from _segments_of_part(spec.part, field, lang, entry)
    elif isinstance(value, str):
        if value:
            yield Segment(field=field, lang=lang, text=value)
    elif isinstance(value, dict):
        for key in sorted(value):
            yield from _segments(spec, field, key, value[key])
    elif isinstance(value, list):
        for entry in value:
            yield from _segments(spec, field, lang, entry)


def _segments_of_part(
    part: type, field: str, lang: str, fields: Mapping[str, Any]
) -> Iterator[Segment]:
    specs = fields_of(part)
    for name, value in fields.items():
        if specs[name].form in _TEXT_FORMS:
            yield from _segments(specs[name], field, lang, value)


def _facets(family: Iterable[FoundRow]) -> Iterator[tuple[str, str]]:
    for row in family:
        yield "kind", row.kind
        place = row.json("place") or {}
        yield "country", place.get("country", "")
        yield "place", place.get("locality") or place.get("admin1", "")
        for facet, name in _FACET_FIELDS.get(row.kind, {}).items():
            yield facet, row.cells[name]
        if row.kind == "act":
            yield from (("platform", platform) for platform in row.json("platforms") or ())
            yield from (("year", str(year)) for year in _years(row))


def _years(row: FoundRow) -> Iterable[int]:
    """The years of an act, where they are known well enough to count by."""
    known = [day for day in (row.cells["start_earliest"], row.cells["start_latest"]) if day]
    years = [int(day[:4]) for day in known]
    if not years or max(years) - min(years) >= _LONGEST_SPAN_YEARS:
        return ()
    return range(min(years), max(years) + 1)


def _newest_day(family: Sequence[FoundRow]) -> int:
    """The newest day that anything has; that of publishing only where there is no other.

    Who publishes a year's log in one evening would find its entries in no order at all.
    """
    told = [day for row in family for day in _days(row, ("start", "published", "posted"))]
    return max(told or [day for row in family for day in _days(row, ("first_published",))] or [0])


def _days(row: FoundRow, fields: Iterable[str]) -> Iterator[int]:
    for name in fields:
        day = row.cells.get(f"{name}_latest") or row.cells.get(f"{name}_earliest")
        if day:
            yield max(dt.date.fromisoformat(day).toordinal() - _FIRST_DAY, 0)


_FIRST_DAY = 693_596  # 1900-01-01
_FACET_FIELDS = {
    "incident": {
        "verification": "verification",
        "monitoring": "monitoring_status",
        "visibility": "visibility",
    },
    "act": {"act_type": "act_type"},
    "involvement": {"status": "status"},
    "account": {"platform": "platform"},
    "platform_case": {"platform": "platform"},
}
