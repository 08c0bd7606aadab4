"""Bringing a casebook's schema up to this program's, with a copy of the file first."""

from __future__ import annotations

import logging
import shutil
from contextlib import contextmanager
from importlib import resources
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.errors import (
    CasebookDamagedError,
    CasebookTooNewError,
    OutdatedReadOnlyError,
    ReadOnlyError,
)
from undersight.integrity import durable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alembic.config import Config

    from undersight.casebook.database import Database

_LOG = logging.getLogger(__name__)
BACKUP_SUFFIX = ".before-"
NEWEST = "0003"
"""The newest version of the schema."""


def bring_up_to_date(database: Database) -> str | None:
    """Migrate the log's tables to the newest version.

    Returns:
        The version found before, None for a new database.

    Raises:
        CasebookTooNewError: A newer program made it; nothing was changed.
        OutdatedReadOnlyError: An older program made it, and it may not be written.
        CasebookDamagedError: There is a casebook, and nothing tells of which version.
    """
    found = found_version(database)
    if found == NEWEST:  # without loading Alembic, which takes longer than all else
        return found
    known = known_versions()
    if found is not None and found not in known:
        raise CasebookTooNewError(database.place, found, known[-1])
    if found is None:
        _refuse_begun(database)
        migrate(database, known[-1])
    else:
        with making_newer(database):
            if database.path is not None:
                _copy_before(database, database.path, found)
            migrate(database, known[-1])
    _LOG.info("casebook.migrated", extra={"version": known[-1]})
    return found


@contextmanager
def making_newer(database: Database) -> Iterator[None]:
    """Say why a file is written that a reader opens; older tables would be read wrongly.

    Raises:
        OutdatedReadOnlyError: It may not be written.
    """
    try:
        yield
    except ReadOnlyError as reason:
        raise OutdatedReadOnlyError(database.place) from reason


def found_version(database: Database) -> str | None:
    """Return the schema version of a database; None where there is no casebook yet."""
    with database.reading() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return None if version is None else str(version)


def _refuse_begun(database: Database) -> None:
    """Refuse tables of which nothing tells the version: made again, they are in the way."""
    with database.reading() as connection:
        is_begun = sa.inspect(connection).has_table(t.CHANGE_LOG.name)
    if is_begun:
        raise CasebookDamagedError(database.place, "nothing in it tells its version")


def known_versions() -> tuple[str, ...]:
    """Return the versions that this program knows, oldest first."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(_config())
    return tuple(reversed([revision.revision for revision in script.walk_revisions()]))


def migrate(database: Database, version: str) -> None:
    """Move a database to a version, up or down, in one transaction."""
    from alembic import command

    with database.writing() as connection:
        config = _config()
        config.attributes["connection"] = connection
        current = _current(connection)
        known = ("base", *known_versions())
        is_down = known.index(version) < known.index(current)
        (command.downgrade if is_down else command.upgrade)(config, version)


def backups_of(path: Path) -> list[Path]:
    """Return the copies that were made before migrations of a casebook file."""
    return sorted(path.parent.glob(f"{path.name}{BACKUP_SUFFIX}*"))


def _current(connection: sa.Connection) -> str:
    if not sa.inspect(connection).has_table("alembic_version"):
        return "base"
    return connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or "base"


def _copy_before(database: Database, path: Path, version: str) -> None:
    """Copy the file while nobody writes it (encrypted stays encrypted)."""
    copy = path.with_name(f"{path.name}{BACKUP_SUFFIX}{version}")
    database.checkpoint()
    with database.writing(), durable.disk_errors(copy):
        shutil.copyfile(path, copy)
        copy.chmod(0o600)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    folder = resources.files("undersight.casebook").joinpath("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config
