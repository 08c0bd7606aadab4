"""Tables beside the casebook's own: they are in no bundle, export, search or history.

What they hold is sealed under a key of the workspace and bound to its row: whoever runs a server
neither reads who works here nor plants an account.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

ACCOUNT_METADATA = sa.MetaData()
_INT64 = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")

ACCOUNT = sa.Table(
    "workbench_account",
    ACCOUNT_METADATA,
    sa.Column("staff_id", sa.Text, primary_key=True),
    sa.Column("name_key", sa.Text, nullable=False, unique=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
SESSION = sa.Table(
    "workbench_session",
    ACCOUNT_METADATA,
    sa.Column("token_key", sa.Text, primary_key=True),
    sa.Column("staff_id", sa.Text, nullable=False, index=True),
    sa.Column("seen_at_us", _INT64, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
INVITATION = sa.Table(
    "workbench_invitation",
    ACCOUNT_METADATA,
    sa.Column("code_key", sa.Text, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
TAKEN_OUT = sa.Table(
    "workbench_taken_out",
    ACCOUNT_METADATA,
    sa.Column("seq", _INT64, primary_key=True, autoincrement=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
