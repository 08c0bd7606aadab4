"""A second copy of the workspace: encrypted as it is, incremental, checked by restoring.

A backup folder mirrors the workspace as it stands now. Earlier states are in the casebook's own
history; keeping old copies would keep what a withdrawal erased. Whoever has an older copy of the
folder elsewhere has what was in it: run the backup on every copy after a withdrawal.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from undersight.casebook import Casebook
from undersight.errors import BackupDamagedError, FolderNotEmptyError, ServerCasebookError
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json
from undersight.settings import Layout, load_settings, unlock_workspace
from undersight.vault.keyring import KeyPurpose
from undersight.vault.objects import Vault
from undersight.vault.seal_checks import check_seals
from undersight.vault.staff import load_staff

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.workbench.session import Workspace

MARK_NAME = "undersight-backup.json"
_NEVER_COPIED = ("sources.sealed", ".lock", ".writer.json")
_UNTOUCHED = ("tmp", "exports")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup did.

    Args:
        n_copied: Files copied.
        n_kept: Files that were there already, unchanged.
        n_removed: Files removed, since the workspace has them no more.
    """

    n_copied: int
    n_kept: int
    n_removed: int


def back_up(
    workspace: Workspace, target: Path, *, progress: Callable[[int], object] = id
) -> BackedUp:
    """Bring a backup folder up to date with the workspace.

    Args:
        workspace: Open for writing, so that nothing changes meanwhile.
        target: The backup folder; made if missing.
        progress: Called with the number of files looked at.

    Raises:
        FolderNotEmptyError: The folder holds something else.
        ServerCasebookError: The casebook is on a server, whose own backup must be used.
        BackendError: The disk is full or read-only.
    """
    if workspace.settings.casebook.url:
        raise ServerCasebookError
    mark = target / MARK_NAME
    if target.exists() and any(target.iterdir()) and not mark.is_file():
        raise FolderNotEmptyError(str(target))
    workspace.casebook.database.checkpoint()
    root = workspace.layout.root
    wanted = {path.relative_to(root): path for path in _files(root)}
    n_copied = n_kept = 0
    with durable.disk_errors(target):
        target.mkdir(parents=True, exist_ok=True)
        about = {"format": 1, "workspace": workspace.settings.workspace.id}
        durable.write_atomic(mark, canonical_json(about))
        for n, (relative, path) in enumerate(sorted(wanted.items()), 1):
            if _is_same(path, target / relative):
                n_kept += 1
            else:
                _copy(path, target / relative)
                n_copied += 1
            progress(n)
        stale = [p for p in _files(target) if p.relative_to(target) not in wanted and p != mark]
        for path in stale:
            durable.remove(path)
    return BackedUp(n_copied=n_copied, n_kept=n_kept, n_removed=len(stale))


def restore(backup: Path, target: Path) -> None:
    """Make a workspace from a backup folder.

    Raises:
        BackupDamagedError: The folder is no backup.
        FolderNotEmptyError: The target holds something.
    """
    if not (backup / MARK_NAME).is_file():
        raise BackupDamagedError(str(backup), "it holds no backup")
    if target.exists() and any(target.iterdir()):
        raise FolderNotEmptyError(str(target))
    with durable.disk_errors(target):
        shutil.copytree(
            backup, target, ignore=shutil.ignore_patterns(MARK_NAME), dirs_exist_ok=True
        )
        for name in _UNTOUCHED:
            (target / name).mkdir(exist_ok=True)


def check_backup(backup: Path, *, passphrase: str | None) -> int:
    """Restore a backup beside it, verify everything, and remove the restored copy.

    Returns:
        The number of changes in its history.

    Raises:
        BackupDamagedError: Something in it does not hold.
    """
    with tempfile.TemporaryDirectory(prefix=".checking-", dir=backup.parent) as folder:
        root = Path(folder) / "restored"
        restore(backup, root)
        layout = Layout(root)
        keyring = unlock_workspace(layout, load_settings(layout), passphrase)
        vault = Vault(layout.vault, keyring)
        for digest in vault.digests():
            vault.check(digest)
        if not vault.custody.verify().is_whole:
            raise BackupDamagedError(str(backup), "its custody log does not hold")
        if check_seals(vault).faults:
            raise BackupDamagedError(str(backup), "a seal in it does not hold")
        casebook = Casebook.open(
            layout.casebook,
            record_wrapping_key=keyring.subkey(KeyPurpose.RECORD_KEYS),
            cipher_key=None if keyring.is_plain else keyring.subkey(KeyPurpose.CASEBOOK),
            author=load_staff(keyring).staff_id,
        )
        with casebook:
            report = casebook.verify_history()
        if not report.is_whole:
            raise BackupDamagedError(str(backup), "its history does not hold")
        return report.n_changes


def _files(root: Path) -> list[Path]:
    found = []
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        is_left_out = relative.parts[0] in _UNTOUCHED or relative.name in _NEVER_COPIED
        is_transient = relative.name.endswith((".part", "-shm", "-wal"))
        if path.is_file() and not is_left_out and not is_transient:
            found.append(path)
    return found


def _is_same(source: Path, copy: Path) -> bool:
    """Tell by size and time; objects never change under their name."""
    if not copy.is_file():
        return False
    ours, theirs = source.stat(), copy.stat()
    return ours.st_size == theirs.st_size and ours.st_mtime_ns == theirs.st_mtime_ns


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(durable.part_name("backup"))
    try:
        shutil.copy2(source, part)
        durable.move(part, target)
    finally:
        if part.exists():
            durable.remove(part)
