"""What a database driver says, as one of our errors: the only place that knows driver codes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Callable

_FEW_PAGES_BYTES = 64 * 1024
_BY_SQLITE_NAME: dict[str, Callable[[str], UndersightError]] = {
    "SQLITE_BUSY": CasebookBusyError,
    "SQLITE_LOCKED": CasebookBusyError,
    "SQLITE_FULL": DiskFullError,
    "SQLITE_READONLY": ReadOnlyError,
    "SQLITE_CANTOPEN": ReadOnlyError,
    "SQLITE_PERM": ReadOnlyError,
    "SQLITE_AUTH": ReadOnlyError,
    "SQLITE_CORRUPT": lambda place: CasebookDamagedError(place, "its pages contradict each other"),
    "SQLITE_IOERR": lambda place: DiskFailedError(place, "input/output error"),
}
_BY_SQLSTATE: dict[str, Callable[[str], UndersightError]] = {
    "53100": DiskFullError,
    "25006": ReadOnlyError,
    "42501": ReadOnlyError,
    "40001": CasebookBusyError,
    "40P01": CasebookBusyError,
    "55P03": CasebookBusyError,
}


def failure_of(
    reason: BaseException, place: str, *, is_encrypted: bool = False
) -> UndersightError | None:
    """Return our error for what a driver raised; None for what only a mistake of ours explains.

    Args:
        reason: The driver's exception (sqlite3, sqlcipher3 or psycopg).
        place: The file or server, without secrets.
        is_encrypted: Whether the file was opened with a key.
    """
    name = getattr(reason, "sqlite_errorname", None)
    if isinstance(name, str):
        return _sqlite_failure(name, place, is_encrypted=is_encrypted)
    if not hasattr(reason, "sqlstate"):
        return None
    state = reason.sqlstate
    if state in _BY_SQLSTATE:
        return _BY_SQLSTATE[state](place)
    # Classes 08 (connection), 28 and 3D (who and where), 53 (resources), 57 (shutdown).
    if state is None or state[:2] in ("08", "28", "3D", "53", "57"):
        return DatabaseFailedError(place, str(reason).strip().splitlines()[0][:200])
    return None


def _sqlite_failure(name: str, place: str, *, is_encrypted: bool) -> UndersightError | None:
    if name == "SQLITE_NOTADB":
        if is_encrypted:
            return WrongPassphraseError(place)
        return CasebookDamagedError(place, "it is encrypted, or not a casebook")
    if name.startswith(("SQLITE_IOERR", "SQLITE_READONLY")) and _is_full(place):
        return DiskFullError(place)  # readers, too, need a page beside the file
    for known, error in _BY_SQLITE_NAME.items():
        if name == known or name.startswith(f"{known}_"):
            return error(place)
    return None


def _is_full(place: str) -> bool:
    """Return whether the disk of a file has no room for even a few pages."""
    try:
        return shutil.disk_usage(Path(place).parent).free < _FEW_PAGES_BYTES
    except OSError:
        return False
