"""Accounts, their sessions, invitations, and the list of what was taken out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "0003"
down_revision = "0002"

_INT64 = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "workbench_account",
        sa.Column("staff_id", sa.Text, primary_key=True),
        sa.Column("name_key", sa.Text, nullable=False, unique=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "workbench_session",
        sa.Column("token_key", sa.Text, primary_key=True),
        sa.Column("staff_id", sa.Text, nullable=False, index=True),
        sa.Column("seen_at_us", _INT64, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "workbench_invitation",
        sa.Column("code_key", sa.Text, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "workbench_taken_out",
        sa.Column("seq", _INT64, primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for name in ("taken_out", "invitation", "session", "account"):
        op.drop_table(f"workbench_{name}")
