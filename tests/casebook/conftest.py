"""One casebook on every kind of database, and a second desk to merge with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from tests.conftest import postgres_database
from undersight.casebook import Casebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRAPPING_KEY = bytes(range(32))
CIPHER_KEY = bytes(range(32, 64))
START_US = 1_930_000_000_000_000  # 2031-02-27, in the years of the invented country


class Clock:
    """A clock that a test moves; each look takes a millisecond."""

    def __init__(self, now_us: int = START_US) -> None:
        self.now_us = now_us

    def __call__(self) -> int:
        self.now_us += 1000
        return self.now_us

    def pass_days(self, n_days: float) -> None:
        self.now_us += int(n_days * 86_400_000_000)


class Desk:
    """Opens casebooks the way one test wants them."""

    def __init__(self, folder: Path, place: str, cipher_key: bytes | None) -> None:
        self.folder = folder
        self.place = place
        self.cipher_key = cipher_key
        self.clock = Clock()
        self._opened: list[Casebook] = []

    def open(self, author: str = "s-ada") -> Casebook:
        casebook = Casebook.open(
            self.place,
            record_wrapping_key=WRAPPING_KEY,
            cipher_key=self.cipher_key,
            author=author,
            clock=self.clock,
        )
        self._opened.append(casebook)
        return casebook

    def close(self) -> None:
        for casebook in self._opened:
            casebook.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes | None, Path], None]:
    """Copies an empty, migrated casebook: making one takes longer than most tests."""
    made: dict[bytes | None, Path] = {}

    def copy(cipher_key: bytes | None, target: Path) -> None:
        if cipher_key not in made:
            made[cipher_key] = tmp_path_factory.mktemp("template") / "casebook.db"
            Casebook.open(
                made[cipher_key],
                record_wrapping_key=WRAPPING_KEY,
                cipher_key=cipher_key,
                author="s-nobody",
                clock=Clock(),
            ).close()
        shutil.copyfile(made[cipher_key], target)

    return copy


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """The same on a server."""
    with postgres_database(postgres_url) as url:
        Casebook.open(
            url, record_wrapping_key=WRAPPING_KEY, author="s-nobody", clock=Clock()
        ).close()
        name = sa.make_url(url).database
        assert name is not None
        yield name


UNDER_SQLCIPHER_TOO = {"test_store": [pytest.mark.long], "test_opening": []}
"""Modules whose tests are about the database itself; the others would only prove it again.

The statements of the store are the same on a plain file: encrypted they run with what is long.
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a desk on each kind of database."""
    if "desk" in metafunc.fixturenames:
        places = ["plain", pytest.param("postgres", marks=pytest.mark.postgres)]
        module = metafunc.module.__name__.rpartition(".")[2]
        if module in UNDER_SQLCIPHER_TOO:
            places.append(pytest.param("encrypted", marks=UNDER_SQLCIPHER_TOO[module]))
        metafunc.parametrize("desk", places, indirect=True)


@pytest.fixture
def desk(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    template: Callable[[bytes | None, Path], None],
) -> Iterator[Desk]:
    """A desk on each kind of database."""
    if request.param == "postgres":
        made = Desk(tmp_path, request.getfixturevalue("postgres_database_url"), None)
    else:
        key = CIPHER_KEY if request.param == "encrypted" else None
        path = tmp_path / "casebook.db"
        template(key, path)
        made = Desk(tmp_path, os.fspath(path), key)
    yield made
    made.close()


@pytest.fixture
def casebook(desk: Desk) -> Casebook:
    """A casebook on each kind of database."""
    return desk.open()


@pytest.fixture
def plain_desk(
    tmp_path: Path, template: Callable[[bytes | None, Path], None]
) -> Iterator[Callable[[str], Desk]]:
    """Makes desks on plain files, for tests about more than one of them."""
    made: list[Desk] = []

    def make(name: str) -> Desk:
        path = tmp_path / f"{name}.db"
        template(None, path)
        made.append(Desk(tmp_path, os.fspath(path), None))
        return made[-1]

    yield make
    for desk in made:
        desk.close()
