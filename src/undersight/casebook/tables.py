"""The tables: the change log, which is the truth, and projections of it, which can be rebuilt.

The log's tables are written down here and in the migrations. The projections are generated from
the record classes (one table per kind, one column per field), so that a field is declared once;
when they no longer fit the classes they are thrown away and rebuilt from the log.
"""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from undersight.model.records import KINDS
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from undersight.model.schema import FieldSpec

PROJECTION_RULES = "6"
"""Raised when rows would come out differently for the same log and the same classes."""

METADATA = sa.MetaData()
_INT64 = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")

# --- the log: source of truth ----------------------------------------------------------------

CHANGE_LOG = sa.Table(
    "change_log",
    METADATA,
    sa.Column("seq", _INT64, primary_key=True, autoincrement=False),
    sa.Column("change_id", sa.Text, nullable=False, unique=True),
    sa.Column("record_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("op", sa.Text, nullable=False),
    sa.Column("at_us", _INT64, nullable=False),
    sa.Column("received_at_us", _INT64, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("body_sha256", sa.Text, nullable=False),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("h", sa.Text, nullable=False),
)
CHANGE_PARENT = sa.Table(
    "change_parent",
    METADATA,
    sa.Column("change_id", sa.Text, sa.ForeignKey("change_log.change_id"), primary_key=True),
    sa.Column("parent_id", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)
CHANGE_BODY = sa.Table(
    "change_body",
    METADATA,
    sa.Column("change_id", sa.Text, sa.ForeignKey("change_log.change_id"), primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
RECORD_KEY = sa.Table(
    "record_key",
    METADATA,
    sa.Column("record_id", sa.Text, primary_key=True),
    sa.Column("key_id", sa.Text, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)
META = sa.Table(
    "meta",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
HELD_CHANGE = sa.Table(
    "held_change",
    METADATA,
    sa.Column("change_id", sa.Text, primary_key=True),
    sa.Column("record_id", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
REFUSED_CHANGE = sa.Table(
    "refused_change",
    METADATA,
    sa.Column("change_id", sa.Text, primary_key=True),
    sa.Column("record_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at_us", _INT64, nullable=False),
    sa.Column("withdrawal_id", sa.Text, nullable=False),
)
LOG_TABLES = (
    CHANGE_LOG,
    CHANGE_PARENT,
    CHANGE_BODY,
    RECORD_KEY,
    META,
    HELD_CHANGE,
    REFUSED_CHANGE,
)

# --- projections -----------------------------------------------------------------------------

RECORD = sa.Table(
    "record",
    METADATA,
    sa.Column("record_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("incident_id", sa.Text, nullable=False, index=True),
    sa.Column("created_at_us", _INT64, nullable=False),
    sa.Column("updated_at_us", _INT64, nullable=False),
    sa.Column("n_changes", sa.Integer, nullable=False),
    sa.Column("is_retracted", sa.Boolean, nullable=False),
    sa.Column("withdrawn_at_us", _INT64),
)
RECORD_LINK = sa.Table(
    "record_link",
    METADATA,
    sa.Column("from_id", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("to_id", sa.Text, primary_key=True),
    sa.Column("from_kind", sa.Text, nullable=False),
    sa.Index("ix_record_link_to_id", "to_id", "from_kind", "field"),
    sqlite_with_rowid=False,
)
CONFLICT = sa.Table(
    "conflict",
    METADATA,
    sa.Column("record_id", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("candidates", sa.Text, nullable=False),
)
SEARCH_DOCUMENT = sa.Table(
    "search_document",
    METADATA,
    sa.Column("doc_id", _INT64, primary_key=True, autoincrement=False),
    sa.Column("owner_id", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("facets", sa.Text, nullable=False),
)
PARTY_NAME = sa.Table(
    "party_name",
    METADATA,
    sa.Column("party_id", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("folded", sa.Text, nullable=False),
    sa.Column("party_kind", sa.Text, nullable=False),
    sa.Index("ix_party_name_folded", "folded", "party_id"),
    sa.Index("ix_party_name_place", "place", "folded", "party_id"),
    sqlite_with_rowid=False,
)
NAME_BLOCK = sa.Table(
    "name_block",
    METADATA,
    sa.Column("block", sa.Text, primary_key=True),
    sa.Column("party_id", sa.Text, primary_key=True),
    sa.Index("ix_name_block_party_id", "party_id"),
    sqlite_with_rowid=False,
)
NAME_BLOCK_SIZE = sa.Table(
    "name_block_size",
    METADATA,
    sa.Column("block", sa.Text, primary_key=True),
    sa.Column("n_parties", sa.Integer, nullable=False),
    sa.Index("ix_name_block_size_n_parties", "n_parties", "block"),
    sqlite_with_rowid=False,
)
MENTION_KEY = sa.Table(
    "mention_key",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("record_id", sa.Text, primary_key=True),
    sa.Column("word", sa.Integer, primary_key=True),
    sa.Index("ix_mention_key_record_id", "record_id"),
    sqlite_with_rowid=False,
)


def _columns(spec: FieldSpec) -> list[sa.Column[object]]:
    """The columns of one field: its value, and for a date the days that bound it."""
    if spec.form in ("line", "prose", "term", "ref"):
        return [sa.Column(spec.name, sa.Text, nullable=False)]
    if spec.form == "count":
        return [sa.Column(spec.name, sa.BigInteger)]
    if spec.form == "number":
        return [sa.Column(spec.name, sa.Float)]
    if spec.form == "flag":
        return [sa.Column(spec.name, sa.Boolean, nullable=False)]
    if spec.form == "date":
        return [
            sa.Column(spec.name, sa.Text),
            sa.Column(f"{spec.name}_earliest", sa.Text, index=True),
            sa.Column(f"{spec.name}_latest", sa.Text, index=True),
        ]
    return [sa.Column(spec.name, sa.Text)]


def _table_of(kind: str) -> sa.Table:
    specs = fields_of(KINDS[kind])
    columns = [column for spec in specs.values() for column in _columns(spec)]
    return sa.Table(
        kind,
        METADATA,
        sa.Column("record_id", sa.Text, primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("created_at_us", _INT64, nullable=False),
        sa.Column("updated_at_us", _INT64, nullable=False),
        sa.Column("is_retracted", sa.Boolean, nullable=False),
        *columns,
    )


KIND_TABLES = {kind: _table_of(kind) for kind in KINDS}
_INCIDENT = KIND_TABLES["incident"]
for _name in ("visibility", "public_id"):
    sa.Index(f"ix_incident_{_name}", _INCIDENT.c[_name], _INCIDENT.c.is_retracted)
# All that a board asks of entries without news: their rows, which hold the texts, stay unread.
sa.Index(
    "ix_incident_followed",
    _INCIDENT.c.monitoring_status,
    _INCIDENT.c.is_retracted,
    _INCIDENT.c.record_id,
    _INCIDENT.c.last_news_latest,
    _INCIDENT.c.first_published_latest,
    _INCIDENT.c.created_at_us,
)
_ACT = KIND_TABLES["act"]
sa.Index("ix_act_act_type", _ACT.c.act_type, _ACT.c.end_latest)
sa.Index("ix_involvement_status", KIND_TABLES["involvement"].c.status)
PROJECTION_TABLES = (
    RECORD,
    RECORD_LINK,
    CONFLICT,
    SEARCH_DOCUMENT,
    PARTY_NAME,
    NAME_BLOCK,
    NAME_BLOCK_SIZE,
    *KIND_TABLES.values(),
)


@functools.cache
def projection_digest() -> str:
    """Return a digest of what the projections look like, to see when they must be rebuilt."""
    ddl = "".join(str(CreateTable(table)) for table in PROJECTION_TABLES)
    return hashlib.sha256(f"{PROJECTION_RULES}\n{ddl}".encode()).hexdigest()
