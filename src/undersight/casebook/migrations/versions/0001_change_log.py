"""The change log, its parents, bodies and keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "0001"
down_revision = None

_INT64 = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "change_log",
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
    op.create_table(
        "change_parent",
        sa.Column("change_id", sa.Text, sa.ForeignKey("change_log.change_id"), primary_key=True),
        sa.Column("parent_id", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "change_body",
        sa.Column("change_id", sa.Text, sa.ForeignKey("change_log.change_id"), primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "record_key",
        sa.Column("record_id", sa.Text, primary_key=True),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for name in ("meta", "record_key", "change_body", "change_parent", "change_log"):
        op.drop_table(name)
