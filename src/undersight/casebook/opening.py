"""Opening a casebook: the right key, the right schema, projections that fit the classes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import mention_index, written_mark
from undersight.casebook import tables as t
from undersight.casebook.database import Database, open_database
from undersight.casebook.search_index import make_index
from undersight.casebook.versions import backups_of, bring_up_to_date, making_newer
from undersight.errors import (
    CasebookBusyError,
    DiskFullError,
    ReadOnlyError,
    RecordUnreadableError,
    WrongPassphraseError,
)
from undersight.integrity import durable
from undersight.integrity.record_cipher import RecordCipher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_KEY_CHECK, _KEY_CHECK_ID = "key_check", "undersight/key-check"
_PROJECTION, _MENTIONS = "projection", "mention_index"
_TO_CLEAN = "to_clean"
_LONG_RECORDS = 50_000
"""Rebuilding so many takes most of a minute."""

_LOG = logging.getLogger(__name__)


def open_checked(
    url_or_path: str | Path, *, record_wrapping_key: bytes, cipher_key: bytes | None
) -> Database:
    """Open a database, migrate it and check that the key is the one it was made with.

    Raises:
        WrongPassphraseError: Another key.
        CasebookTooNewError: A newer program made it.
        CasebookBehindError: The file lacks changes that were stored in it.
        OutdatedReadOnlyError: An older program made it, and it may not be written.
        BackendError: The file or server refuses.
    """
    database = open_database(url_or_path, cipher_key)
    n_noted = written_mark.noted(database)
    try:
        bring_up_to_date(database)
        _check_key(database, record_wrapping_key)
        written_mark.refuse_older(database, n_noted)
    except BaseException:
        database.close()
        raise
    return database


def fit_projections(database: Database, rebuild: Callable[[sa.Connection], None]) -> None:
    """Rebuild the projections when they were made for other record classes.

    What names are looked up by is made from the records' rows, in seconds, not from the log.

    Raises:
        OutdatedReadOnlyError: They were, and the file may not be written.
    """
    digest = t.projection_digest()
    wanted = {_PROJECTION: digest, _MENTIONS: mention_index.RULES}
    with database.reading() as connection:
        if all(read_meta(connection, name) == value for name, value in wanted.items()):
            return
    with making_newer(database), database.writing() as connection:
        if read_meta(connection, _PROJECTION) != digest:
            rebuild(connection)
        elif read_meta(connection, _MENTIONS) != mention_index.RULES:
            mention_index.index_all_mentionable(connection)
        for name, value in wanted.items():
            write_meta(connection, name, value)


class Told:
    """Says in the log how far a rebuilding is that takes minutes; nothing of a short one.

    Args:
        connection: The transaction that rebuilds.
    """

    def __init__(self, connection: sa.Connection) -> None:
        count = sa.select(sa.func.count()).select_from(t.RECORD_KEY)
        self._n_records = int(connection.scalar(count) or 0)
        self._n_done = 0
        if self._n_records >= _LONG_RECORDS:
            _LOG.warning("casebook.rebuilding", extra={"n_records": self._n_records})

    def at(self, n_more: int) -> None:
        """Note that so many more records are done."""
        before, self._n_done = self._n_done, self._n_done + n_more
        is_step = before // _LONG_RECORDS != self._n_done // _LONG_RECORDS
        if is_step and self._n_records >= _LONG_RECORDS:
            of = {"n_records": self._n_records, "n_done": self._n_done}
            _LOG.warning("casebook.rebuilding", extra=of)


def make_projection_tables(connection: sa.Connection) -> None:
    """Make the projections' tables anew, empty."""
    present = set(sa.inspect(connection).get_table_names())
    for name in sorted(present - {table.name for table in t.LOG_TABLES} - {"alembic_version"}):
        if name in t.METADATA.tables:
            t.METADATA.tables[name].drop(connection)
    made = [*t.PROJECTION_TABLES, t.MENTION_KEY]
    t.METADATA.create_all(connection, tables=made, checkfirst=False)
    make_index(connection)


def read_meta(connection: sa.Connection, name: str) -> str | None:
    """Return a note that the casebook keeps about itself."""
    return connection.scalar(sa.select(t.META.c.value).where(t.META.c.name == name))


def write_meta(connection: sa.Connection, name: str, value: str) -> None:
    """Keep a note about the casebook."""
    connection.execute(sa.delete(t.META).where(t.META.c.name == name))
    connection.execute(sa.insert(t.META).values(name=name, value=value))


def owe_cleaning(connection: sa.Connection) -> None:
    """Note, with an erasure, that the file is still to be cleaned of what it deleted."""
    write_meta(connection, _TO_CLEAN, "yes")


def clean(database: Database) -> bool:
    """Overwrite what erasures deleted, and the copies that migrations left, if that is owed.

    Returns:
        Whether nothing is owed any more; not while others read or write, nor where nobody can.
    """
    with database.reading() as connection:
        if read_meta(connection, _TO_CLEAN) is None:
            return True
    try:
        database.compact()
    except (CasebookBusyError, DiskFullError, ReadOnlyError) as reason:
        _LOG.warning("casebook.not-cleaned", extra={"status": reason.code})
        return False
    for copy in backups_of(database.path) if database.path else ():
        with durable.disk_errors(copy):
            durable.remove(copy)
    with database.writing() as connection:
        connection.execute(sa.delete(t.META).where(t.META.c.name == _TO_CLEAN))
    return True


def _check_key(database: Database, wrapping_key: bytes) -> None:
    """Another wrapping key would open the file but none of its records."""
    with database.reading() as connection:
        noted = read_meta(connection, _KEY_CHECK)
    if noted is None:
        noted = _note_key(database, wrapping_key)
    try:
        RecordCipher.unwrap(wrapping_key, bytes.fromhex(noted), _KEY_CHECK_ID)
    except RecordUnreadableError as reason:
        raise WrongPassphraseError(database.place, has_other_keys=True) from reason


def _note_key(database: Database, wrapping_key: bytes) -> str:
    with database.writing() as connection:
        noted = read_meta(connection, _KEY_CHECK)
        if noted is None:
            wrapped = RecordCipher.wrap(wrapping_key, RecordCipher.new_key(), _KEY_CHECK_ID)
            noted = wrapped.hex()
            write_meta(connection, _KEY_CHECK, noted)
    return noted
