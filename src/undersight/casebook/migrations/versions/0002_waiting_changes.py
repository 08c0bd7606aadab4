"""Changes from colleagues that wait for others, and those that were not let in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "0002"
down_revision = "0001"

_INT64 = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "held_change",
        sa.Column("change_id", sa.Text, primary_key=True),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "refused_change",
        sa.Column("change_id", sa.Text, primary_key=True),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at_us", _INT64, nullable=False),
        sa.Column("withdrawal_id", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for name in ("refused_change", "held_change"):
        op.drop_table(name)
