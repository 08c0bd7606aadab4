"""How many changes a casebook's file was given, noted beside it after each commit.

SQLite keeps the latest changes in a log of its own (``casebook.db-wal``) while the file is open. A
copy that was made in that time without the log, or with an older file, opens as if nothing were
missing. The note is never ahead of the file it was written for: it follows the commit.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.errors import BackendError, CasebookBehindError
from undersight.integrity import durable

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.casebook.database import Database

SUFFIX = "-written"
_N_DIGITS = 20


def mark_of(path: Path) -> Path:
    """Return where the number stands for a casebook's file."""
    return path.with_name(f"{path.name}{SUFFIX}")


def n_changes(connection: sa.Connection) -> int:
    """Return how many changes the log holds, counted from its end."""
    last = connection.scalar(sa.select(sa.func.max(t.CHANGE_LOG.c.seq)))
    return 0 if last is None else int(last) + 1


def note_written(database: Database, n_written: int) -> None:
    """Note how many changes are stored now; on a server nothing is noted.

    What was stored stays stored where the note cannot be written: it is then missing or old, and
    an old one only knows less.
    """
    if database.path is None:
        return
    mark = mark_of(database.path)
    with contextlib.suppress(OSError, BackendError):
        if not mark.exists():
            durable.write_atomic(mark, _text(n_written))
            return
        with mark.open("r+b") as file:  # of one length always, so that a crash cannot mix two
            file.write(_text(n_written))


def noted(database: Database) -> int:
    """Return how many changes were noted; 0 where there is no note that can be read."""
    if database.path is None:
        return 0
    try:
        return int(mark_of(database.path).read_bytes())
    except (OSError, ValueError):
        return 0


def refuse_older(database: Database, n_noted: int) -> None:
    """Refuse a file that holds fewer changes than were noted for it before it was read.

    Args:
        database: The open database.
        n_noted: What `noted` returned before the file was looked at, as others may write.

    Raises:
        CasebookBehindError: It holds fewer.
    """
    if not n_noted or database.path is None:
        return
    with database.reading() as connection:
        n_held = n_changes(connection)
    if n_held < n_noted:
        raise CasebookBehindError(
            database.place, n_noted - n_held, n_noted, str(mark_of(database.path))
        )


def _text(n_written: int) -> bytes:
    return b"%0*d\n" % (_N_DIGITS, n_written)
