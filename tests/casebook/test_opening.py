from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from tests.casebook.conftest import CIPHER_KEY, WRAPPING_KEY, Clock
from tests.casebook.entries import make_entry
from undersight.casebook import Casebook, database, opening, tables, versions
from undersight.casebook.account_tables import ACCOUNT_METADATA
from undersight.errors import (
    BackendError,
    CasebookBehindError,
    CasebookBusyError,
    CasebookDamagedError,
    CasebookTooNewError,
    DatabaseFailedError,
    DiskFullError,
    DriverMissingError,
    NoSecureDeleteError,
    OutdatedReadOnlyError,
    ReadOnlyError,
    WrongPassphraseError,
)
from undersight.integrity import durable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.casebook.conftest import Desk


def open_at(
    path: Path | str, *, key: bytes | None = None, wrapping: bytes = WRAPPING_KEY
) -> Casebook:
    return Casebook.open(
        path, record_wrapping_key=wrapping, cipher_key=key, author="s-ada", clock=Clock()
    )


def test_what_is_written_is_there_when_opened_again(desk: Desk) -> None:
    first = desk.open()
    entry = make_entry(first)
    first.close()
    assert desk.open().get(entry.incident).record_id == entry.incident


def test_a_casebook_waits_for_the_disk(tmp_path: Path) -> None:
    # As it is delivered: for the other tests its waiting is taken away.
    spec = importlib.util.find_spec(database.__name__)
    assert spec is not None
    assert spec.loader is not None
    delivered = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(delivered)
    opened = delivered.open_database(tmp_path / "casebook.db", None)
    with opened.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    opened.close()


def test_another_key_opens_nothing(desk: Desk) -> None:
    desk.open().close()
    with pytest.raises(WrongPassphraseError):
        Casebook.open(
            desk.place, record_wrapping_key=b"x" * 32, cipher_key=desk.cipher_key, author="s"
        )


def test_an_encrypted_file_shows_nothing_and_opens_with_its_key_only(tmp_path: Path) -> None:
    path = tmp_path / "casebook.db"
    with open_at(path, key=CIPHER_KEY) as casebook:
        make_entry(casebook)
        written = b"".join(f.read_bytes() for f in sorted(tmp_path.iterdir()))
    assert b"SQLite format" not in written
    assert b"detained" not in written
    assert b"incident" not in written
    with pytest.raises(WrongPassphraseError):
        open_at(path, key=bytes(32))
    with pytest.raises(CasebookDamagedError):
        open_at(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_the_file_is_its_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "casebook.db"
    with open_at(path) as casebook:
        make_entry(casebook)
        for file in tmp_path.iterdir():
            assert file.stat().st_mode & 0o077 == 0, file.name


def test_a_casebook_of_a_newer_program_is_left_alone(desk: Desk) -> None:
    casebook = desk.open()
    with casebook.database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    casebook.close()
    with pytest.raises(CasebookTooNewError, match="9999"):
        desk.open()


@pytest.mark.parametrize("gone", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_casebook_that_tells_no_version_is_left_alone(desk: Desk, gone: str) -> None:
    casebook = desk.open()
    with casebook.database.writing() as connection:
        connection.execute(sa.text(gone))
    casebook.close()
    with pytest.raises(CasebookDamagedError, match="nothing in it tells its version"):
        desk.open()


def test_the_newest_version_is_what_the_tables_say(desk: Desk) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
        return not (kind == "table" and str(name).startswith(("search_index", "alembic")))

    with desk.open().database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, [tables.METADATA, ACCOUNT_METADATA]) == []


def test_versions_go_down_and_up_with_data(desk: Desk) -> None:
    casebook = desk.open()
    entry = make_entry(casebook)
    for version in reversed(versions.known_versions()[:-1]):
        versions.migrate(casebook.database, version)
        assert versions.found_version(casebook.database) == version
    casebook.close()
    again = desk.open()
    assert versions.found_version(again.database) == versions.known_versions()[-1]
    assert again.get(entry.incident).record_id == entry.incident
    assert again.verify_history().is_whole
    make_entry(again, name="Tural Rzayev")
    if again.database.path is not None:
        (copy,) = versions.backups_of(again.database.path)
        assert copy.stat().st_size > 0
    again.close()
    versions.migrate(again.database, "base")
    with again.database.reading() as connection:
        assert not sa.inspect(connection).has_table("change_log")
    versions.migrate(again.database, versions.known_versions()[0])
    assert versions.found_version(again.database) == versions.known_versions()[0]


def test_a_copy_made_before_a_migration_goes_with_a_withdrawal(
    plain_desk: Callable[[str], Desk],
) -> None:
    casebook = plain_desk("one").open()
    entry = make_entry(casebook)
    assert casebook.database.path is not None
    copy = casebook.database.path.with_name("one.db.before-0001")
    shutil.copyfile(casebook.database.path, copy)
    casebook.withdraw(entry.person, why="asked")
    assert not copy.exists()


def test_projections_of_another_model_are_made_anew(desk: Desk) -> None:
    casebook = desk.open()
    entry = make_entry(casebook)
    with casebook.database.writing() as connection:
        connection.execute(sa.text("DELETE FROM incident"))
        connection.execute(sa.text("UPDATE meta SET value = 'old' WHERE name = 'projection'"))
    casebook.close()
    assert desk.open().get(entry.incident).record_id == entry.incident


def test_migrations_travel_with_the_package() -> None:
    from importlib import resources

    folder = resources.files("undersight.casebook").joinpath("migrations")
    assert folder.joinpath("env.py").is_file()
    names = sorted(f.name for f in folder.joinpath("versions").iterdir() if f.name[0] == "0")
    assert [name[:4] for name in names] == list(versions.known_versions())
    assert versions.known_versions()[-1] == versions.NEWEST


def test_a_missing_driver_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DriverMissingError) as caught:
        open_at("postgresql://nobody@localhost/none")
    assert "undersight[postgres]" in caught.value.hint
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    with pytest.raises(DriverMissingError, match="sqlcipher3"):
        open_at(tmp_path / "a.db", key=CIPHER_KEY)


def test_a_plain_casebook_works_without_sqlcipher(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    with open_at(tmp_path / "a.db") as casebook:
        entry = make_entry(casebook)
        assert casebook.search("quliyeva").total == 5
        casebook.withdraw(entry.person, why="asked")
        assert casebook.search("quliyeva").total == 0
        assert b"Quliyev" not in b"".join(f.read_bytes() for f in tmp_path.iterdir())
        assert b"quliyev" not in b"".join(f.read_bytes() for f in tmp_path.iterdir())


def test_it_does_not_start_where_deleted_text_would_stay(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Answer:
        def fetchone(self) -> tuple[int]:
            return (0,)

    class Careless:
        def execute(self, _: str) -> Answer:
            return Answer()

    with pytest.raises(NoSecureDeleteError):
        database._prepare(Careless(), str(tmp_path), None)


def copied(casebook: Casebook, folder: Path, *, without: tuple[str, ...] = ()) -> Path:
    """A copy of the folder of an open casebook, as `cp -r` makes it."""
    assert casebook.database.path is not None
    source = casebook.database.path.parent
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*without))
    return folder / casebook.database.path.name


@pytest.mark.parametrize("key", [None, CIPHER_KEY])
def test_a_copy_made_while_the_casebook_was_open_holds_everything(
    tmp_path: Path, key: bytes | None
) -> None:
    with open_at(tmp_path / "log" / "casebook.db", key=key) as casebook:
        entry = make_entry(casebook)
        copy = copied(casebook, tmp_path / "copy")
    with open_at(copy, key=key) as opened:
        assert opened.get(entry.incident).record_id == entry.incident


@pytest.mark.parametrize("key", [None, CIPHER_KEY])
def test_a_copy_without_the_log_of_the_latest_changes_is_one_clear_error(
    tmp_path: Path, key: bytes | None
) -> None:
    path = tmp_path / "log" / "casebook.db"
    with open_at(path, key=key) as casebook:
        make_entry(casebook)
    with open_at(path, key=key) as casebook:
        n_before = casebook.history_head().length
        make_entry(casebook)
        n_missing = casebook.history_head().length - n_before
        copy = copied(casebook, tmp_path / "copy", without=("*-wal", "*-shm"))
    with pytest.raises(CasebookBehindError, match=f"lacks the last {n_missing} of") as caught:
        open_at(copy, key=key)
    assert caught.value.n_missing == n_missing
    Path(caught.value.mark).unlink()  # as the hint says, where nothing better is left
    with open_at(copy, key=key) as opened:
        assert opened.history_head().length == n_before
        make_entry(opened)
    open_at(copy, key=key).close()


def test_an_older_file_put_back_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "casebook.db"
    with open_at(path) as casebook:
        make_entry(casebook)
    older = path.read_bytes()
    with open_at(path) as casebook:
        make_entry(casebook)
    path.write_bytes(older)
    with pytest.raises(CasebookBehindError, match="an older file"):
        open_at(path)


def tear(path: Path, key: bytes | None) -> None:
    """Tear a casebook: its file from before a checkpoint, under the log from after it."""
    with open_at(path, key=key) as casebook:
        for _ in range(8):
            make_entry(casebook)
        casebook.database.checkpoint()
        older = path.read_bytes()
        make_entry(casebook)
        casebook.database.checkpoint()
        make_entry(casebook)
        log = path.with_name("casebook.db-wal").read_bytes()
    path.write_bytes(older)
    path.with_name("casebook.db-wal").write_bytes(log)


@pytest.mark.parametrize("key", [None, CIPHER_KEY])
@pytest.mark.long
def test_a_torn_copy_is_never_called_whole(tmp_path: Path, key: bytes | None) -> None:
    path = tmp_path / "casebook.db"
    tear(path, key)
    with pytest.raises((CasebookDamagedError, CasebookBehindError)):
        open_at(path, key=key).verify_history()


def test_pages_that_do_not_fit_together_are_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "casebook.db"
    with open_at(path) as casebook:
        for _ in range(8):
            make_entry(casebook)
        casebook.database.check_pages()
        with casebook.database.reading() as connection:
            index = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_change_log_record_id'"
            page = connection.exec_driver_sql(index).scalar_one()
            size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    with path.open("r+b") as file:
        file.seek((page - 1) * size + size - 64)
        file.write(bytes(64))
    with (
        open_at(path) as opened,
        pytest.raises(CasebookDamagedError, match="its pages"),
    ):
        opened.verify_history()


def test_what_was_stored_stays_where_its_number_cannot_be_noted(tmp_path: Path) -> None:
    path = tmp_path / "casebook.db"
    (tmp_path / "casebook.db-written").mkdir()
    with open_at(path) as casebook:
        entry = make_entry(casebook)
    with open_at(path) as opened:
        assert opened.get(entry.incident).record_id == entry.incident


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_one_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ReadOnlyError):
        open_at(tmp_path / "casebook.db")


def test_a_read_only_database_is_one_clear_error(tmp_path: Path) -> None:
    with open_at(tmp_path / "casebook.db") as casebook:
        with casebook.database.reading() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(ReadOnlyError):
            casebook.create("incident")


@pytest.mark.parametrize("key", [None, CIPHER_KEY], ids=["plain", "encrypted"])
def test_a_casebook_on_a_medium_that_nobody_can_write_is_read_and_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: bytes | None
) -> None:
    folder = tmp_path / "disc"
    with open_at(folder / "casebook.db", key=key) as casebook:
        entry = make_entry(casebook)
    before = sorted(folder.iterdir())
    monkeypatch.setattr(durable, "is_write_protected", lambda _path: True)
    with open_at(folder / "casebook.db", key=key) as casebook:
        assert casebook.get(entry.incident)
        assert not casebook.verify_history().breaks
        assert sorted(folder.iterdir()) == before, "nothing is made there"
        with pytest.raises(ReadOnlyError):
            casebook.create("source", title="Order")
    (folder / "casebook.db-wal").write_bytes(b"not brought in yet")
    assert not database._is_fixed(folder / "casebook.db")


def test_a_full_disk_is_one_clear_error_and_leaves_what_was(tmp_path: Path) -> None:
    with open_at(tmp_path / "casebook.db") as casebook:
        entry = make_entry(casebook)
        with casebook.database.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFullError):
            casebook.update(entry.incident, {"summary": {"en": "x" * 1_000_000}})
        assert casebook.verify_history().is_whole


@pytest.mark.parametrize("note", ["projection", "mention_index"])
def test_an_older_casebook_that_nobody_can_write_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, note: str
) -> None:
    path = tmp_path / "casebook.db"
    with open_at(path) as casebook, casebook.database.writing() as connection:
        opening.write_meta(connection, note, "of an older version")
    monkeypatch.setattr(durable, "is_write_protected", lambda _path: True)
    with pytest.raises(OutdatedReadOnlyError):
        open_at(path)


def test_an_older_schema_that_nobody_can_write_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "casebook.db"
    open_at(path).close()
    older = database.open_database(path)
    versions.migrate(older, versions.known_versions()[-2])
    older.close()
    monkeypatch.setattr(durable, "is_write_protected", lambda _path: True)
    with pytest.raises(OutdatedReadOnlyError):
        open_at(path)


def test_what_cannot_be_cleaned_where_nobody_can_write_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "casebook.db"
    with open_at(path) as casebook:
        entry = make_entry(casebook)
        with casebook.database.writing() as connection:
            opening.owe_cleaning(connection)
    monkeypatch.setattr(durable, "is_write_protected", lambda _path: True)
    with open_at(path) as casebook:
        assert casebook.get(entry.incident).record_id == entry.incident


@pytest.mark.parametrize("key", [None, CIPHER_KEY], ids=["plain", "encrypted"])
def test_without_room_beside_it_a_whole_file_is_read_as_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: bytes | None
) -> None:
    path = tmp_path / "casebook.db"
    with open_at(path, key=key) as casebook:
        entry = make_entry(casebook)
    prepare = database._prepare

    def without_room(connection: Any, place: str, cipher_key: bytes | None) -> None:
        prepare(connection, place, cipher_key)
        if "immutable" not in opened[-1]:
            refused = dbapi2.OperationalError("database or disk is full")
            refused.sqlite_errorname = "SQLITE_FULL"  # type: ignore[attr-defined]
            raise refused

    opened: list[str] = []
    connect = dbapi2.connect

    def noted(name: str, **options: Any) -> Any:
        opened.append(name)
        return connect(name, **options)

    monkeypatch.setattr(dbapi2, "connect", noted)
    monkeypatch.setattr(database, "_prepare", without_room)
    with open_at(path, key=key) as casebook:
        assert casebook.get(entry.incident).record_id == entry.incident
        assert casebook.verify_history().is_whole
        n_opened = len(opened)
        assert casebook.get(entry.incident).record_id == entry.incident
        assert len(opened) > n_opened, "once there is room, the file is locked again"
        monkeypatch.setattr(database, "_has_log", lambda _: True)  # changes that stand there only
        with pytest.raises(DiskFullError):
            casebook.get(entry.incident)


def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises((DatabaseFailedError, BackendError)):
        open_at("postgresql://undersight@127.0.0.1:1/none?connect_timeout=1")


def test_a_writer_that_never_ends_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_WAIT_S", 0.1)
    path = tmp_path / "casebook.db"
    with open_at(path) as casebook:
        # the same library: two in one process do not see each other's locks
        other = dbapi2.connect(os.fspath(path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CasebookBusyError):
            casebook.create("incident")
        other.execute("ROLLBACK")
        other.close()
        casebook.create("incident")


WRITER = """
import sys
from tests.casebook.conftest import WRAPPING_KEY
from undersight.casebook import Casebook
key = bytes.fromhex(sys.argv[2]) or None
with Casebook.open(sys.argv[1], record_wrapping_key=WRAPPING_KEY, cipher_key=key,
                   author=sys.argv[3]) as casebook:
    for number in range(8):
        casebook.create("incident", topics=[sys.argv[3], str(number)])
"""
DYING = """
import sys, time
from tests.casebook.conftest import WRAPPING_KEY
from undersight.casebook import Casebook, bulk
from undersight.model.records import Incident
bulk.BATCH = 50
key = bytes.fromhex(sys.argv[2]) or None
def records():
    for number in range(300):
        if number == 220:
            print("written", flush=True)
            time.sleep(60)
        yield Incident(record_id=f"i{number}", lang="az")
casebook = Casebook.open(sys.argv[1], record_wrapping_key=WRAPPING_KEY, cipher_key=key, author="s")
casebook.load(records())
"""


def start(desk: Desk, program: str, *arguments: str) -> subprocess.Popen[str]:
    key = desk.cipher_key.hex() if desk.cipher_key else ""
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    return subprocess.Popen(
        [sys.executable, "-c", program, desk.place, key, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


@pytest.mark.long
def test_two_processes_that_write_at_once_lose_nothing(desk: Desk) -> None:
    desk.open().close()
    with start(desk, WRITER, "s-1") as one, start(desk, WRITER, "s-2") as other:
        assert [one.wait(timeout=50), other.wait(timeout=50)] == [0, 0]
    casebook = desk.open()
    assert len(casebook.all("incident")) == 16
    assert casebook.verify_history().is_whole


@pytest.mark.long
def test_a_process_killed_in_the_middle_leaves_a_whole_casebook(desk: Desk) -> None:
    casebook = desk.open()
    entry = make_entry(casebook)
    casebook.close()
    with start(desk, DYING) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        writer.kill()
    again = desk.open()
    assert again.all("incident") == (again.get(entry.incident),)
    assert again.verify_history().is_whole
    again.create("incident")
