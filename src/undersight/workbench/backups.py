"""A second copy of the workspace: encrypted, incremental, checked by restoring.

A backup folder holds one state, the workspace as it stands now. Earlier states are in the
casebook's own history; keeping old copies would keep what a withdrawal erased. Each backup folder
is noted in the keyring, so that it can be told which of them still hold something that was
erased since.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import (
    BackupDamagedError,
    BackupPlaceError,
    BackupWouldLoseError,
    FolderNotEmptyError,
    ServerCasebookError,
)
from undersight.integrity import durable
from undersight.settings import Layout
from undersight.vault import backup_store
from undersight.vault.backup_store import BackedUpFile, BackupState, BackupStore
from undersight.vault.keyring import is_plain_keyring, unlock_keyring
from undersight.vault.object_checks import check_objects
from undersight.workbench import runs, verifying
from undersight.workbench.known_backups import remember_backup
from undersight.workbench.session import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from undersight.vault.keyring import Keyring

_CHECKING = ".checking-"
_NEVER_COPIED = ("sources.sealed", ".lock", ".writer.json", "keyring.json")
_LEFT_OUT = ("tmp", "exports", "backups")
"""Made anew, made for others, and copies from before a migration, with keys of that time."""
_COUNTED = ("corpus", "counted")
"""Counted anew from the posts; a copy would hold texts of posts that were taken out since."""
_TRANSIENT = (".part", "-shm", "-wal", "casebook.db-written")
_BEFORE_MIGRATION = "casebook.db.before-"
_UNSURE_NS = 2_000_000_000
"""A file written this shortly before a backup began may have changed within one tick of the
disk's clock: it is read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup did.

    Args:
        n_copied: Files of which something was written.
        n_kept: Files that were there already, unchanged.
        n_removed: Files that the backup had and the workspace has no more.
        n_bytes_written: Bytes written for them.
    """

    n_copied: int
    n_kept: int
    n_removed: int
    n_bytes_written: int


def back_up(
    workspace: Workspace,
    target: Path,
    *,
    is_replacing: bool = False,
    progress: Callable[[int], object] = id,
) -> BackedUp:
    """Bring a backup folder up to date with the workspace.

    Args:
        workspace: Open for writing, so that nothing changes meanwhile.
        target: The backup folder; made if missing.
        is_replacing: Go on where the workspace misses something that the backup has.
        progress: Called with the number of files looked at.

    Raises:
        FolderNotEmptyError: The folder holds something else.
        ConflictError: It holds another backup, or lies inside the workspace, or would lose
            something.
        ServerCasebookError: The casebook is on a server, whose own backup must be used.
        BackendError: The disk is full or read-only; the backup that was there stands.
    """
    if workspace.settings.casebook.url:
        raise ServerCasebookError
    if target.resolve().is_relative_to(workspace.layout.root.resolve()):
        raise BackupPlaceError(str(target))
    _clear_checks(workspace.layout.temporary)
    started_ns = time.time_ns()
    workspace.casebook.database.checkpoint()
    lengths = _lengths(workspace)
    with durable.disk_errors(target):
        store = backup_store.prepare_store(target, workspace.keyring)
        before = store.state() or BackupState(started_ns=0)
        if not is_replacing:
            _refuse_loss(workspace, target, before, lengths)
        try:
            files, n_copied = _take(workspace.layout.root, store, before, progress)
            n_bytes_written = store.n_bytes_written
            store.commit(BackupState(started_ns=started_ns, lengths=lengths, files=files))
        finally:
            store.abandon()
    remember_backup(workspace, store.backup_id, target)
    return BackedUp(
        n_copied=n_copied,
        n_kept=len(files) - n_copied,
        n_removed=len(before.files.keys() - files.keys()),
        n_bytes_written=n_bytes_written,
    )


def restore(backup: Path, target: Path, *, passphrase: Callable[[], str] | None = None) -> None:
    """Make a workspace from a backup folder; it is there whole or not at all.

    Args:
        backup: The backup folder.
        target: A folder that does not exist yet, or is empty.
        passphrase: Asked for where the workspace is encrypted.

    Raises:
        BackupDamagedError: The folder is no backup, or something in it does not hold.
        FolderNotEmptyError: The target holds something.
        WrongPassphraseError: The passphrase is another.
    """
    found = backup_store.backup_format(backup)
    if target.exists() and any(target.iterdir()):
        raise FolderNotEmptyError(str(target))
    with durable.disk_errors(target), _filled(target.absolute()) as folder:
        if found == 1:
            ignored = shutil.ignore_patterns(backup_store.STATEMENT_NAME)
            shutil.copytree(backup, folder, ignore=ignored, dirs_exist_ok=True)
        else:
            _unpack(backup, folder, passphrase)
        for path in Layout(folder).folders():
            durable.make_folder(path)


def check_backup(backup: Path, aside: Path, *, passphrase: Callable[[], str] | None = None) -> int:
    """Restore a backup, verify everything in it, and remove the restored copy.

    Args:
        backup: The backup folder.
        aside: The folder in which the copy is made: one that holds such things anyway.
        passphrase: Asked for where the workspace is encrypted.

    Returns:
        The number of changes in its history.

    Raises:
        BackupDamagedError: Something in it does not hold.
    """
    durable.make_folder(aside)
    _clear_checks(aside)
    with tempfile.TemporaryDirectory(prefix=_CHECKING, dir=aside) as folder:
        root = aside / folder / "restored"
        secret = asked_once(passphrase)
        restore(backup, root, passphrase=secret)
        with Workspace.open(root, passphrase=secret) as workspace:
            return _verified(workspace, backup)


def _clear_checks(folder: Path) -> None:
    """Remove copies that killed checks left: what is erased later would live on in them."""
    for left in folder.glob(f"{_CHECKING}*"):
        shutil.rmtree(left)


def _verified(workspace: Workspace, backup: Path) -> int:
    """The number of changes, once every room of a restored workspace opened and held."""
    report = verifying.verify(workspace, is_deep=True)
    for found in report["breaks"]:
        reason = f"{found['what']} {found['kind']} at {found['place']}"
        raise BackupDamagedError(str(backup), reason)
    workspace.corpus.digest()
    for run_id in runs.run_ids(workspace):
        runs.read_run(workspace, run_id)
        runs.read_edges(workspace, run_id)
    return int(report["changes"])


def _take(
    root: Path, store: BackupStore, before: BackupState, progress: Callable[[int], object]
) -> tuple[dict[str, BackedUpFile], int]:
    """Put every file into the store; return them by path, and of how many something was new."""
    files: dict[str, BackedUpFile] = {}
    n_copied = 0
    for n, path in enumerate(_files(root), 1):
        n_before = store.n_written
        name = path.relative_to(root).as_posix()
        files[name] = _unchanged(path, store, before, name) or _cut_up(path, store, name)
        n_copied += store.n_written > n_before
        progress(n)
    return files, n_copied


def _unchanged(
    path: Path, store: BackupStore, before: BackupState, name: str
) -> BackedUpFile | None:
    """The file as the backup has it, where length and time say that it is still that."""
    known = before.files.get(name)
    if known is None:
        return None
    now = path.stat()
    is_same = (now.st_size, now.st_mtime_ns) == (known.n_bytes, known.mtime_ns)
    is_sure = known.mtime_ns < before.started_ns - _UNSURE_NS
    left = known.n_bytes
    for piece in known.pieces:
        if not store.holds(piece, min(left, backup_store.PIECE_BYTES)):
            return None
        left -= backup_store.PIECE_BYTES
    return known if is_same and is_sure else None


def _cut_up(path: Path, store: BackupStore, name: str) -> BackedUpFile:
    digest, pieces, n_bytes = hashlib.sha256(), [], 0
    mtime_ns = path.stat().st_mtime_ns
    with path.open("rb") as file:
        while data := file.read(backup_store.PIECE_BYTES):
            digest.update(data)
            pieces.append(store.put(data))
            n_bytes += len(data)
    return BackedUpFile(
        path=name,
        n_bytes=n_bytes,
        mtime_ns=mtime_ns,
        sha256=digest.hexdigest(),
        pieces=tuple(pieces),
    )


def _files(root: Path) -> list[Path]:
    """What is backed up, sorted."""
    found = []
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        is_left_out = relative.parts[0] in _LEFT_OUT or relative.name in _NEVER_COPIED
        is_left_out |= relative.parts[:2] == _COUNTED
        is_old = relative.name.startswith(_BEFORE_MIGRATION)
        is_transient = relative.name.endswith(_TRANSIENT)
        if path.is_file() and not is_left_out and not is_transient and not is_old:
            found.append(path)
    return found


def _lengths(workspace: Workspace) -> dict[str, int]:
    """How many entries the logs have that only ever grow."""
    return {
        "custody log": workspace.vault.custody.head().length,
        "history": workspace.casebook.history_head().length,
    }


def _refuse_loss(
    workspace: Workspace, target: Path, before: BackupState, lengths: dict[str, int]
) -> None:
    """Stop before a damaged workspace takes the place of a whole backup."""
    for name, length in before.lengths.items():
        if lengths.get(name, 0) < length:
            raise BackupWouldLoseError(str(target), f"the end of its {name}")
    if before.files and any(True for _fault in check_objects(workspace.vault, is_deep=False)):
        raise BackupWouldLoseError(str(target), "an object of its vault")


def _unpack(backup: Path, folder: Path, passphrase: Callable[[], str] | None) -> None:
    """Write every file of a backup; undersight.toml, which makes it a workspace, is among them."""

    def unlock(raw: bytes) -> Keyring:
        keyring = Layout(folder).keyring
        durable.write_atomic(keyring, raw)
        asked = None if passphrase is None or is_plain_keyring(keyring) else passphrase()
        return unlock_keyring(keyring, asked)

    store = backup_store.open_store(backup, unlock)
    state = store.state()
    if state is None:
        raise BackupDamagedError(str(backup), "its first run never ended")
    for one in state.files.values():
        place = folder.joinpath(*one.path.split("/"))
        if not place.resolve().is_relative_to(folder.resolve()):
            raise BackupDamagedError(str(backup), "a file in it has no place in a workspace")
        durable.make_folder(place.parent)
        _put_together(store, one, place, backup)


def _put_together(store: BackupStore, one: BackedUpFile, place: Path, backup: Path) -> None:
    digest = hashlib.sha256()
    with place.open("xb") as file:
        for piece in one.pieces:
            data = store.read(piece)
            digest.update(data)
            file.write(data)
        file.flush()
        durable.flush(file.fileno())
    place.chmod(0o600)
    if digest.hexdigest() != one.sha256:
        raise BackupDamagedError(str(backup), "a file in it is not as it was")


@contextmanager
def _filled(target: Path) -> Iterator[Path]:
    """A folder to fill beside the target's place, then moved there."""
    durable.make_folder(target.parent)
    folder = target.with_name(durable.part_name(target.name))
    durable.make_folder(folder)
    try:
        yield folder
        if target.exists():
            target.rmdir()
        durable.move(folder, target)
        durable.flush_folder(target.parent)
    finally:
        if folder.exists():
            shutil.rmtree(folder)


def asked_once(passphrase: Callable[[], str] | None) -> Callable[[], str] | None:
    """Ask at most once, however often it is needed."""
    if passphrase is None:
        return None
    told: list[str] = []

    def ask() -> str:
        if not told:
            told.append(passphrase())
        return told[0]

    return ask
