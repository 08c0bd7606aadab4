"""A backup folder: encrypted pieces under names that tell nothing, and one statement over them.

::

    undersight-backup.json    which pieces make up the files as they stood, and the wrapped keys
    pieces/ab/cd…             up to 256 KiB of a file each, encrypted; equal ones lie there once

The statement is replaced in one step, after every piece that it names is on the disk and before
any other is taken away: whenever the program stops, one whole backup is there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    BackupDamagedError,
    BackupFormatError,
    BackupOfAnotherError,
    FolderNotEmptyError,
    NotCanonicalError,
)
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json
from undersight.integrity.record_cipher import open_bytes, seal_bytes
from undersight.integrity.secret import derive_key
from undersight.vault.keyring import KeyPurpose, Keyring
from undersight.vault.passphrase import decode_base64, encode_base64

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

BACKUP_FORMAT = 2
"""Format 1 was a mirror of the workspace's folder; it can still be restored."""
STATEMENT_NAME, PIECES_NAME = "undersight-backup.json", "pieces"
PIECE_BYTES = 256 * 1024
_DOMAIN = b"undersight/backup-piece/v1\x00"
_OVERHEAD_BYTES = 28  # nonce and tag
_MOST_WAITING = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUpFile:
    """One file of the workspace in a backup.

    Attributes:
        path: From the workspace's folder, with ``/``.
        n_bytes: Its length.
        mtime_ns: When it was last written, by the disk.
        sha256: Digest of its bytes, hex.
        pieces: Names of its pieces, in order.
    """

    path: str
    n_bytes: int
    mtime_ns: int
    sha256: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """The files as they stood at one moment.

    Attributes:
        started_ns: When the backup began, ns since 1970 UTC.
        lengths: How many entries each log of the workspace had, by name.
        files: By path.
    """

    started_ns: int
    lengths: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, BackedUpFile] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """As it is stored, in pieces of its own."""
        files = [
            [one.path, one.n_bytes, one.mtime_ns, one.sha256, list(one.pieces)]
            for _, one in sorted(self.files.items())
        ]
        told = {"started_ns": self.started_ns, "lengths": dict(self.lengths), "files": files}
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode("utf-8")

    @classmethod
    def from_bytes(cls, data: bytes) -> BackupState:
        """Undo `to_bytes`.

        Raises:
            ValueError: Not such a state.
        """
        try:
            told = json.loads(data)
            files = [
                BackedUpFile(
                    path=str(path),
                    n_bytes=n_bytes,
                    mtime_ns=mtime_ns,
                    sha256=str(sha256),
                    pieces=tuple(pieces),
                )
                for path, n_bytes, mtime_ns, sha256, pieces in told["files"]
            ]
            return cls(
                started_ns=int(told["started_ns"]),
                lengths={name: int(length) for name, length in told["lengths"].items()},
                files={one.path: one for one in files},
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as reason:
            raise ValueError(len(data)) from reason


class BackupStore:
    """The pieces of one backup folder. `prepare_store` makes one, `open_store` reads one.

    Args:
        folder: The backup folder.
        keyring: The workspace's keys.
        backup_id: Random id of the folder.
        listed: Names of the pieces that the state is in; empty before the first backup ended.
    """

    def __init__(
        self, folder: Path, keyring: Keyring, *, backup_id: str, listed: Sequence[str]
    ) -> None:
        self.folder, self.backup_id, self._keyring = folder, backup_id, keyring
        key = keyring.subkey(KeyPurpose.BACKUPS)
        self._key = key
        self._name_key = derive_key(key, purpose="undersight/backup-names/v1")
        self._listed = tuple(listed)
        self._waiting: dict[str, Path] = {}
        self.n_written = self.n_bytes_written = 0

    def state(self) -> BackupState | None:
        """The files as they stand in the backup; None before the first one ended.

        Raises:
            BackupDamagedError: A piece is missing or is not as it was written.
        """
        if not self._listed:
            return None
        data = b"".join(map(self.read, self._listed))
        try:
            return BackupState.from_bytes(data)
        except ValueError as reason:
            raise BackupDamagedError(str(self.folder), "its list of files is unreadable") from (
                reason
            )

    def put(self, data: bytes) -> str:
        """Keep up to `PIECE_BYTES`; what is there already is not written again. Return its name.

        The piece counts once `settle` was called.
        """
        digest = hashlib.sha256(data).digest()
        name = hmac.new(self._name_key, digest, hashlib.sha256).hexdigest()
        if name not in self._waiting and not self.holds(name, len(data)):
            place = self._place(name)
            if not place.parent.is_dir():
                durable.make_folder(place.parent)
            part = place.with_name(durable.part_name("piece"))
            _write(part, seal_bytes(self._key, data, _DOMAIN + name.encode()))
            self._waiting[name] = part
            self.n_written += 1
            self.n_bytes_written += len(data)
            if len(self._waiting) >= _MOST_WAITING:
                self.settle()
        return name

    def holds(self, name: str, n_bytes: int) -> bool:
        """Whether a piece of this name and plaintext length is there."""
        place = self._place(name)
        return place.is_file() and place.stat().st_size == n_bytes + _OVERHEAD_BYTES

    def settle(self) -> None:
        """Wait until every piece is on the medium, and give it its name."""
        durable.flush_files(list(self._waiting.values()))
        for name, part in self._waiting.items():
            durable.move(part, self._place(name))
        durable.flush_folders(sorted({self._place(name).parent for name in self._waiting}))
        self._waiting.clear()

    def abandon(self) -> None:
        """Take away the pieces that are not finished; those that are serve the next backup."""
        for part in self._waiting.values():
            durable.remove(part)
        self._waiting.clear()

    def read(self, name: str) -> bytes:
        """The bytes of a piece.

        Raises:
            BackupDamagedError: It is missing or is not as it was written.
        """
        place = self._place(name)
        try:
            sealed = place.read_bytes()
        except OSError as reason:
            raise BackupDamagedError(str(self.folder), "a piece of it is missing") from reason
        data = open_bytes(self._key, sealed, _DOMAIN + name.encode())
        if data is None:
            raise BackupDamagedError(str(self.folder), "a piece of it was changed")
        return data

    def commit(self, state: BackupState) -> int:
        """Make a state the backup, then take away every piece it does not need; return how many.

        What was erased in the workspace since is gone from the folder when this returns.
        """
        listed = tuple(map(self.put, cut(state.to_bytes())))
        self.settle()
        _write_statement(self.folder, self._keyring, self.backup_id, listed)
        self._listed = listed
        needed = {name for one in state.files.values() for name in one.pieces}
        return self._sweep(needed | set(listed))

    def _sweep(self, needed: Collection[str]) -> int:
        n_removed = 0
        for path in sorted((self.folder / PIECES_NAME).glob("*/*")):
            if path.parent.name + path.name not in needed:
                durable.remove(path)
                n_removed += 1
        return n_removed

    def _place(self, name: str) -> Path:
        return self.folder / PIECES_NAME / name[:2] / name[2:]


def cut(data: bytes) -> Iterator[bytes]:
    """Bytes in pieces; nothing is no piece."""
    for start in range(0, len(data), PIECE_BYTES):
        yield data[start : start + PIECE_BYTES]


def is_backup(folder: Path) -> bool:
    """Whether a folder holds a backup, of whatever format."""
    return (folder / STATEMENT_NAME).is_file()


def backup_format(folder: Path) -> int:
    """The format of the backup in a folder.

    Raises:
        BackupDamagedError: There is none, or it does not say.
    """
    return int(_statement(folder)["format"])


def prepare_store(folder: Path, keyring: Keyring) -> BackupStore:
    """Open the backup folder of this workspace to write, or make an empty or missing folder one.

    Raises:
        FolderNotEmptyError: The folder holds something else.
        BackupOfAnotherError: It holds another workspace's backup.
        BackupFormatError: It is of another format.
        BackupDamagedError: It cannot be read.
    """
    if not is_backup(folder):
        if folder.exists() and any(folder.iterdir()):
            raise FolderNotEmptyError(str(folder))
        durable.make_folder(folder)
        backup_id = f"backup-{secrets.token_hex(8)}"
        _write_statement(folder, keyring, backup_id, ())
    found = _statement(folder)
    if found["workspace"] != keyring.workspace_id:
        raise BackupOfAnotherError(str(folder), str(found["workspace"]))
    if found["format"] != BACKUP_FORMAT:
        raise BackupFormatError(str(folder), int(found["format"]), BACKUP_FORMAT)
    return _store(folder, found, keyring)


def open_store(folder: Path, unlock: Callable[[bytes], Keyring]) -> BackupStore:
    """Open a backup to read.

    Args:
        folder: The backup folder.
        unlock: Opens the bytes of the keyring.json that lies in the backup.

    Raises:
        BackupDamagedError: There is no backup, or it is not as it was written.
        BackupFormatError: It is of another format.
    """
    found = _statement(folder)
    if found["format"] != BACKUP_FORMAT:
        raise BackupFormatError(str(folder), int(found["format"]), BACKUP_FORMAT)
    return _store(folder, found, unlock(decode_base64(found["keyring"])))


def _store(folder: Path, found: Mapping[str, Any], keyring: Keyring) -> BackupStore:
    """The store of a statement, once its mac shows that these keys made it."""
    if not hmac.compare_digest(str(found["mac"]), _mac(found, keyring)):
        raise BackupDamagedError(str(folder), "it was changed by someone without its keys")
    listed = tuple(found["state"])
    return BackupStore(folder, keyring, backup_id=str(found["backup"]), listed=listed)


def _statement(folder: Path) -> dict[str, Any]:
    """The statement of a backup folder, its form checked."""
    try:
        raw = (folder / STATEMENT_NAME).read_bytes()
    except OSError as reason:
        raise BackupDamagedError(str(folder), "it holds no backup") from reason
    wanted: dict[str, type] = {"format": int, "workspace": str}
    try:
        found = json.loads(raw)
        if found["format"] == BACKUP_FORMAT:
            wanted |= {"backup": str, "keyring": str, "mac": str, "state": list}
            decode_base64(found["keyring"])
        is_one = all(type(found[name]) is kind for name, kind in wanted.items())
    except (ValueError, KeyError, TypeError, RecursionError) as reason:
        raise BackupDamagedError(str(folder), "its statement is unreadable") from reason
    if not is_one or not all(isinstance(name, str) for name in found.get("state", ())):
        raise BackupDamagedError(str(folder), "its statement is unreadable")
    return dict(found)


def _write_statement(
    folder: Path, keyring: Keyring, backup_id: str, listed: Sequence[str]
) -> None:
    told = {
        "format": BACKUP_FORMAT,
        "workspace": keyring.workspace_id,
        "backup": backup_id,
        "keyring": encode_base64(keyring.path.read_bytes()),
        "state": list(listed),
    }
    stated = {**told, "mac": _mac(told, keyring)}
    durable.write_atomic(folder / STATEMENT_NAME, canonical_json(stated) + b"\n")


def _mac(told: Mapping[str, Any], keyring: Keyring) -> str:
    key = derive_key(keyring.subkey(KeyPurpose.BACKUPS), purpose="undersight/backup-statement/v1")
    bound = {name: told[name] for name in told if name != "mac"}
    try:
        return hmac.new(key, canonical_json(bound), hashlib.sha256).hexdigest()
    except NotCanonicalError:
        return ""


def _write(path: Path, data: bytes) -> None:
    """Write a new file; `BackupStore.settle` waits for the medium."""
    descriptor = durable.open_new(path)
    try:
        durable.write_all(descriptor, data)
    except OSError:
        durable.remove(path)
        raise
    finally:
        os.close(descriptor)
