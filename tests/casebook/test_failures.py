from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import Any

import pytest

from undersight.casebook.failures import failure_of
from undersight.errors import (
    CasebookBusyError,
    CasebookDamagedError,
    DatabaseFailedError,
    DiskFailedError,
    DiskFullError,
    ReadOnlyError,
    UndersightError,
    WrongPassphraseError,
)


class SaidBySqlite(Exception):  # noqa: N818 - it stands for the driver's own
    def __init__(self, name: str | None) -> None:
        super().__init__("said")
        self.sqlite_errorname = name


class SaidByPostgres(Exception):  # noqa: N818
    def __init__(self, state: str | None) -> None:
        super().__init__('connection to server at "db" failed\nIs the server running?')
        self.sqlstate = state


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        (SaidBySqlite("SQLITE_BUSY"), CasebookBusyError),
        (SaidBySqlite("SQLITE_BUSY_SNAPSHOT"), CasebookBusyError),
        (SaidBySqlite("SQLITE_LOCKED"), CasebookBusyError),
        (SaidBySqlite("SQLITE_FULL"), DiskFullError),
        (SaidBySqlite("SQLITE_READONLY_DBMOVED"), ReadOnlyError),
        (SaidBySqlite("SQLITE_CANTOPEN"), ReadOnlyError),
        (SaidBySqlite("SQLITE_CORRUPT_VTAB"), CasebookDamagedError),
        (SaidBySqlite("SQLITE_IOERR_WRITE"), DiskFailedError),
        (SaidBySqlite("SQLITE_NOTADB"), CasebookDamagedError),
        (SaidBySqlite("SQLITE_CONSTRAINT_UNIQUE"), None),
        (SaidBySqlite("SQLITE_BUSYBODY"), None),
        (SaidByPostgres("53100"), DiskFullError),
        (SaidByPostgres("25006"), ReadOnlyError),
        (SaidByPostgres("55P03"), CasebookBusyError),
        (SaidByPostgres("40P01"), CasebookBusyError),
        (SaidByPostgres("28P01"), DatabaseFailedError),
        (SaidByPostgres("57P01"), DatabaseFailedError),
        (SaidByPostgres(None), DatabaseFailedError),
        (SaidByPostgres("42P01"), None),
        (ValueError("ours"), None),
    ],
)
def test_what_a_driver_says_is_one_of_our_errors_or_a_mistake_of_ours(
    reason: BaseException, error: type[UndersightError] | None
) -> None:
    found: Any = failure_of(reason, "casebook.db")
    assert type(found) is error if error else found is None
    if isinstance(found, UndersightError):
        assert "casebook.db" in found.sentence
        assert "\n" not in found.sentence
        assert found.hint


def test_what_is_no_database_under_a_key_is_a_wrong_key() -> None:
    reason = SaidBySqlite("SQLITE_NOTADB")
    assert isinstance(failure_of(reason, "c", is_encrypted=True), WrongPassphraseError)


def test_a_refusal_on_a_full_disk_is_told_as_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4096))
    assert type(failure_of(SaidBySqlite("SQLITE_IOERR_SHMSIZE"), "casebook.db")) is DiskFullError
    assert type(failure_of(SaidBySqlite("SQLITE_READONLY"), "casebook.db")) is DiskFullError
