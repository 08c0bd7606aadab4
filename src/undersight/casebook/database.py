"""Connections: SQLite (plain or SQLCipher) for one desk, PostgreSQL for a team.

One writer at a time, each unit of work in one transaction. SQLite: write-ahead log, so readers
never wait; ``synchronous=FULL``, since a casebook that forgets its last entry after a power cut
is worse than one that takes a few milliseconds longer; what is deleted is overwritten.
"""

from __future__ import annotations

import importlib
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook.failures import failure_of
from undersight.errors import (
    CasebookBusyError,
    CasebookDamagedError,
    DiskFullError,
    DriverMissingError,
    NoSecureDeleteError,
)
from undersight.integrity import durable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

BUSY_WAIT_S = 10
SYNCHRONOUS = "FULL"
_WRITER_LOCK = 0x75736362  # "uscb": the advisory lock that PostgreSQL writers queue for
_CACHE_KIB = 65536
_MODE = "undersight_mode"


class Database:
    """One database and the transactions in it.

    Args:
        engine: The SQLAlchemy engine.
        place: The file or server, for messages; without secrets.
        path: The file, for SQLite.

    Attributes:
        remembered: What was counted before, while nothing it depends on changed.
    """

    def __init__(self, engine: sa.Engine, place: str, path: Path | None = None) -> None:
        self.engine = engine
        self.place = place
        self.path = path
        self.remembered: dict[str, Any] = {}

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file on this computer."""
        return self.path is not None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One unmoving view of the data."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        engine = self.engine.execution_options(**options)
        with engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction, all or nothing; writers queue.

        Raises:
            CasebookBusyError: Another process did not finish in time.
            ReadOnlyError: The file or disk may not be written.
            DiskFullError: No room is left; nothing was stored.
        """
        engine = self.engine.execution_options(**{_MODE: "write"})
        with engine.connect() as connection, connection.begin():
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_WAIT_S}s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
            yield connection

    def compact(self) -> None:
        """Rewrite the file without what was deleted, and empty the write-ahead log.

        PostgreSQL keeps old row versions until a vacuum, which this runs; its own write-ahead
        log and its backups are the server's to expire.

        Raises:
            CasebookBusyError: Somebody is reading or writing.
        """
        if self.is_sqlite:
            with self.engine.connect().execution_options(**{_MODE: "alone"}) as connection:
                connection.exec_driver_sql("VACUUM")
                done = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()
            if done is None or done[0]:  # a reader still needs the log: SQLite only says so
                raise CasebookBusyError(self.place)
        else:
            alone = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            with alone as connection:
                connection.exec_driver_sql(f"SET lock_timeout = '{BUSY_WAIT_S}s'")
                connection.exec_driver_sql("VACUUM FULL")
                connection.exec_driver_sql("RESET lock_timeout")

    def check_pages(self) -> None:
        """Read through the file of SQLite, as a torn copy opens where nothing touches the tear.

        Raises:
            CasebookDamagedError: Its pages do not fit together.
        """
        if not self.is_sqlite:
            return
        with self.reading() as connection:
            said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if said != "ok":
            raise CasebookDamagedError(self.place, "its pages contradict each other")

    def checkpoint(self) -> None:
        """Bring everything written so far into the main file of SQLite.

        Raises:
            CasebookBusyError: Somebody keeps reading what was there before.
        """
        if self.is_sqlite:
            with self.engine.connect().execution_options(**{_MODE: "alone"}) as connection:
                done = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()
            if done is None or done[0]:  # SQLite only says so, and a copy would miss the rest
                raise CasebookBusyError(self.place)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url_or_path: str | Path, cipher_key: bytes | None = None) -> Database:
    """Open a database, making the file where there is none.

    Args:
        url_or_path: A path for SQLite, or a ``postgresql://`` URL.
        cipher_key: 32 bytes that SQLCipher encrypts the file under; None for a plain file.

    Raises:
        DriverMissingError: The driver is not installed.
        ReadOnlyError: The place may not be written.
    """
    if isinstance(url_or_path, str) and url_or_path.startswith(("postgresql:", "postgresql+")):
        return _open_postgres(url_or_path)
    return _open_sqlite(Path(url_or_path), cipher_key)


def _open_postgres(url: str) -> Database:
    try:
        importlib.import_module("psycopg")
    except ImportError as reason:
        raise DriverMissingError(driver="psycopg", install="undersight[postgres]") from reason
    address = sa.make_url(url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(address, pool_size=2, pool_pre_ping=True)
    database = Database(engine, f"{address.host or 'localhost'}/{address.database or ''}")
    _translate_failures(engine, database.place, is_encrypted=False)
    return database


def _open_sqlite(path: Path, cipher_key: bytes | None) -> Database:
    driver = sqlite_driver(is_encrypted=cipher_key is not None)
    place = str(path)
    with durable.disk_errors(path):
        durable.make_folder(path.parent)
        if not path.exists():
            # SQLite would make the file readable to everyone; -wal and -shm follow its mode.
            os.close(durable.open_new(path))

    file = _SqliteFile(path, driver, cipher_key)
    engine = sa.create_engine(
        "sqlite://", module=driver, creator=file.connect, poolclass=sa.QueuePool, pool_size=4
    )
    sa.event.listen(engine, "begin", _begin)
    sa.event.listen(engine, "checkin", file.give_up)
    _translate_failures(engine, place, is_encrypted=cipher_key is not None)
    return Database(engine, place, path)


class _SqliteFile:
    """Connects to one file, as it lies where nothing can be written beside it."""

    def __init__(self, path: Path, driver: ModuleType, cipher_key: bytes | None) -> None:
        self._path, self._driver, self._cipher_key = path, driver, cipher_key
        self._as_it_lies: set[int] = set()

    def connect(self) -> Any:
        """Return a connection; on a full disk one that reads only, for one use."""
        if _is_fixed(self._path):
            return self._opened(is_fixed=True)
        try:
            return self._opened(is_fixed=False)
        except self._driver.Error as reason:
            is_encrypted = self._cipher_key is not None
            failure = failure_of(reason, str(self._path), is_encrypted=is_encrypted)
            # Readers, too, need 32 KiB beside the file, which exist while anybody has it open.
            if not isinstance(failure, DiskFullError) or _has_log(self._path):
                raise
        connection = self._opened(is_fixed=True)
        self._as_it_lies.add(id(connection))
        return connection

    def give_up(self, connection: Any, record: Any) -> None:
        """Let go of what reads the file as it lies: once there is room, others may write it."""
        if id(connection) in self._as_it_lies:
            self._as_it_lies.discard(id(connection))
            record.invalidate()

    def _opened(self, *, is_fixed: bool) -> Any:
        connection = self._driver.connect(
            f"{self._path.resolve().as_uri()}?immutable=1" if is_fixed else str(self._path),
            timeout=BUSY_WAIT_S,
            isolation_level=None,
            check_same_thread=False,
            uri=is_fixed,
        )
        try:
            _prepare(connection, str(self._path), self._cipher_key)
        except self._driver.Error:
            connection.close()
            raise
        return connection


def _is_fixed(path: Path) -> bool:
    """Whether a file lies whole on a medium that nobody can write, as evidence is kept.

    SQLite cannot read a write-ahead log there, so what still has one is not whole.
    """
    return durable.is_write_protected(path) and not _has_log(path)


def _has_log(path: Path) -> bool:
    """Whether changes of a file stand in its write-ahead log only."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def sqlite_driver(*, is_encrypted: bool) -> ModuleType:
    """Return one library for plain and encrypted files, so that both behave alike."""
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError as reason:
        if is_encrypted:
            raise DriverMissingError(driver="sqlcipher3", install="sqlcipher3") from reason
    # Where sqlcipher3 has no wheel, a plain casebook still works.
    return importlib.import_module("sqlite3")


def _prepare(connection: Any, place: str, cipher_key: bytes | None) -> None:
    """Unlock one connection and set how it behaves."""
    if cipher_key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{cipher_key.hex()}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")  # no plain text in temporary files
    if connection.execute("PRAGMA secure_delete = ON").fetchone() != (1,):
        raise NoSecureDeleteError(place)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _begin(connection: sa.Connection) -> None:
    """A writer takes its lock at once: two that read first could never both go on."""
    mode = connection.get_execution_options().get(_MODE, "read")
    if mode != "alone":  # VACUUM wants no transaction
        connection.exec_driver_sql("BEGIN IMMEDIATE" if mode == "write" else "BEGIN")


def _translate_failures(engine: sa.Engine, place: str, *, is_encrypted: bool) -> None:
    @sa.event.listens_for(engine, "handle_error")
    def translate(context: sa.ExceptionContext) -> None:
        failure = failure_of(context.original_exception, place, is_encrypted=is_encrypted)
        if failure is not None:
            raise failure from context.original_exception
