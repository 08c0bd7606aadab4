"""Fixtures every test may ask for: a real PostgreSQL, and the shared real inputs."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from hypothesis import settings
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from undersight.casebook import database

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
# A busy machine is no failure, and the suite tries the same examples every time: what it says of a
# change is about the change. CI tries three times as many, and UNDERSIGHT_EXPLORE=1 looks for new
# examples, thirty times as many.
settings.register_profile(
    "undersight", deadline=None, derandomize=True, max_examples=50 if IS_CI else 16
)
settings.register_profile("explore", deadline=None, max_examples=500, print_blob=True)
settings.load_profile("explore" if os.environ.get("UNDERSIGHT_EXPLORE") else "undersight")


ROOT = Path(__file__).resolve().parent.parent
# Durability is for data one wants back; these databases live for one test.
SERVER_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


# Each test opens databases of its own, and SQLAlchemy would compile every statement anew for each:
# a quarter of these tests' time. One library stands behind them all, so one text serves them all.
COMPILED_STATEMENTS: dict[object, object] = {}
SQLiteDialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
SQLiteDialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]


@sa.event.listens_for(sa.Engine, "engine_connect")
def _compile_once(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execution_options(compiled_cache=COMPILED_STATEMENTS)


@pytest.fixture(scope="session", autouse=True)
def _nothing_waits_for_the_disk() -> Iterator[None]:
    """What a test writes is gone with it: waiting for it was a tenth of the suite's time.

    What is flushed must still be open. What the program asks of the disk is held by
    ``tests/integrity/test_durable.py`` and ``tests/casebook/test_opening.py``.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        patch.setattr(database, "SYNCHRONOUS", "OFF")
        yield


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is loaded stays: looking through it for garbage meanwhile finds nothing."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one room follow one another, in a random order within it.

    What a room needs first, such as its patterns, templates and libraries, is then made ready in
    the process that has the room and not in each of them.
    """
    rooms: dict[Path, tuple[str, ...]] = {}
    for path in {item.path for item in items}:
        rooms[path] = path.relative_to(ROOT).parts[:2]
    items.sort(key=lambda item: rooms[item.path])


def pytest_collection_finish() -> None:
    """What is loaded by now stays: it is not looked through for garbage again and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_configure(config: pytest.Config) -> None:
    worker = os.getpid() if hasattr(config, "workerinput") else 0

    @atexit.register
    def leave() -> None:
        """A worker has told all it knows: taking it apart, object by object, took seconds."""
        if os.getpid() == worker:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)
        gc.unfreeze()  # else libraries that count their objects call those leaked


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files instead of comparing"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Mapping[str, bytes]], None]:
    """Compare files with those of a folder of ``tests/golden``, to the byte and to the last one.

    A golden file that nothing writes any more fails; ``--update-golden`` writes the folder anew.
    """

    def compare(folder: str, files: Mapping[str, bytes]) -> None:
        place = ROOT / "tests" / "golden" / folder
        if request.config.getoption("--update-golden"):
            shutil.rmtree(place, ignore_errors=True)
            for name, content in files.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_bytes(content)
        kept = {
            path.relative_to(place).as_posix(): path.read_bytes()
            for path in place.rglob("*")
            if path.is_file()
        }
        assert sorted(kept) == sorted(files), f"tests/golden/{folder}: other files"
        for name, content in files.items():
            assert kept[name].decode(errors="replace") == content.decode(errors="replace"), name
            assert kept[name] == content, name

    return compare


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs (tests marked ``real``); a test skips where it is absent."""
    place = Path(os.environ.get("UNDERSIGHT_SHARED") or ROOT.parent / "shared")
    if not (place / "data").is_dir():
        pytest.skip("the shared real inputs are not at hand (set UNDERSIGHT_SHARED)")
    return place / "data"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The SQLAlchemy URL of a PostgreSQL server that tests may fill and empty.

    ``UNDERSIGHT_TEST_POSTGRES_URL`` names one that runs already; otherwise one is started from
    the programs of this machine and thrown away. With neither, the test fails where CI=true
    and skips elsewhere.
    """
    given = os.environ.get("UNDERSIGHT_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    programs = _postgres_programs()
    if programs is None:
        reason = "no PostgreSQL server programs found (Debian: apt-get install postgresql)"
        if IS_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    with _running_server(programs) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template() -> str:
    """The database that each test gets a copy of: an empty one, unless a folder says otherwise."""
    return "template0"


@pytest.fixture
def postgres_database_url(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The SQLAlchemy URL of a fresh copy of the template; dropped when the test ends."""
    with postgres_database(postgres_url, postgres_template) as url:
        yield url


@contextmanager
def postgres_database(server_url: str, template: str = "template0") -> Iterator[str]:
    """Make a database as a copy of another; drop it at the end."""
    name = f"test_{uuid.uuid4().hex}"
    server = sa.create_engine(server_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'"))
    url = sa.make_url(server_url).set(database=name)
    try:
        yield url.render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


def _postgres_programs() -> Path | None:
    """The newest folder that holds both initdb and pg_ctl."""
    debian = Path("/usr/lib/postgresql")
    folders = sorted(debian.glob("*/bin"), key=lambda bin_: -float(bin_.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@contextmanager
def _running_server(programs: Path) -> Iterator[str]:
    """Run a server on a socket in a folder of its own, as a user that is not root."""
    # A socket's path has about a hundred characters: not the deep folder that pytest gives.
    home = Path(tempfile.mkdtemp(prefix="undersight-pg-", dir="/tmp"))
    as_owner: list[str] = []
    if os.geteuid() == 0:
        as_owner = ["runuser", "-u", "postgres", "--"]
        shutil.chown(home, "postgres")
    data, log = str(home / "data"), str(home / "log")

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*as_owner, str(programs / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=home,
            timeout=50,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stderr}"

    try:
        locale = ["--locale=C.UTF-8"] if programs.is_relative_to("/usr/lib") else ["--no-locale"]
        run("initdb", "-D", data, "-U", "undersight", "-A", "trust", "-E", "UTF8", "-N", *locale)
        options = f"-c listen_addresses='' -c unix_socket_directories={home} {SERVER_OPTIONS}"
        run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://undersight@/postgres?host={quote(str(home))}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home)
