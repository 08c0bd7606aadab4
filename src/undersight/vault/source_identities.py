"""Who the sources are: one small encrypted file, apart from everything else, under its own key.

Everywhere else a source is an opaque id. The file's passphrase is not the workspace's and its key
is not derived from the workspace's: who opens the casebook has not opened this. It is locked
again after some minutes without use, and nothing about it is ever logged.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from undersight.errors import (
    FileThereError,
    NotCanonicalError,
    PassphraseNeededError,
    SealedFileDamagedError,
    SourceNotFoundError,
    WorkspaceTooNewError,
    WrongPassphraseError,
)
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json, digest_value
from undersight.integrity.record_cipher import open_bytes, seal_bytes
from undersight.integrity.secret import SecretKey, new_key
from undersight.vault.passphrase import (
    PRODUCTION_COST,
    Argon2Cost,
    check_new_passphrase,
    decode_base64,
    encode_base64,
    unwrap_under_passphrase,
    wrap_under_passphrase,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

SOURCES_FORMAT = 1
IDLE_S = 300.0
_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_CHECKSUM_DOMAIN = "undersight/sources-checksum/v1"
_SEALED_DOMAIN = b"undersight/sources/v1\x00"
# The file grows in steps of this, so that its length does not count the sources.
_STEP_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SourceIdentity:
    """Who a source is. Prints as nothing.

    Attributes:
        name: Their name.
        contact: How they are reached.
        note: What a colleague must know.
        consent: What they agreed to, and when.
    """

    name: str
    contact: str = ""
    note: str = ""
    consent: str = ""

    def __repr__(self) -> str:
        return "SourceIdentity(…)"


class SourceIdentities:
    """The source-identity file, unlocked. Made by `create_sources` and `open_sources`.

    Entries are read from the disk each time: only the key stays in memory, and not for long.
    Whoever changes the file holds the workspace's writer lock.
    """

    def __init__(
        self, path: Path, key: SecretKey, *, idle_s: float, clock_s: Callable[[], float]
    ) -> None:
        self._path = path
        self._key: SecretKey | None = key
        self._idle_s, self._clock_s = idle_s, clock_s
        self._used_at_s = clock_s()

    def __repr__(self) -> str:
        return "SourceIdentities(…)"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.lock()

    @property
    def is_locked(self) -> bool:
        """Whether the passphrase is needed again."""
        if self._key is not None and self._clock_s() - self._used_at_s > self._idle_s:
            self.lock()
        return self._key is None

    def lock(self) -> None:
        """Forget the key."""
        self._key = None

    def ids(self) -> tuple[str, ...]:
        """All opaque ids, sorted.

        Raises:
            PassphraseNeededError: It was locked in the meantime. So in every method below.
        """
        return tuple(sorted(self._load()))

    def add(self, identity: SourceIdentity) -> str:
        """Enter a source; returns the opaque id by which everything else knows them."""
        entries = self._load()
        source_id = "src-" + "".join(secrets.choice(_ID_LETTERS) for _ in range(20))
        self._save({**entries, source_id: asdict(identity)})
        return source_id

    def read(self, source_id: str) -> SourceIdentity:
        """Who a source is.

        Raises:
            SourceNotFoundError: No such id.
        """
        entry = self._load().get(source_id)
        if entry is None:
            raise SourceNotFoundError(source_id)
        return SourceIdentity(**entry)

    def update(self, source_id: str, identity: SourceIdentity) -> None:
        """Replace what is known of a source; what was known before is gone.

        Raises:
            SourceNotFoundError: No such id.
        """
        entries = self._load()
        if source_id not in entries:
            raise SourceNotFoundError(source_id)
        self._save({**entries, source_id: asdict(identity)})

    def remove(self, source_id: str) -> None:
        """Forget who a source is; the id stays wherever it was used and leads nowhere.

        Raises:
            SourceNotFoundError: No such id.
        """
        entries = self._load()
        if entries.pop(source_id, None) is None:
            raise SourceNotFoundError(source_id)
        self._save(entries)

    def back_up(self, target: Path) -> None:
        """Copy the encrypted file, after reading it whole; never anything readable.

        Raises:
            FileThereError: Something is there already.
        """
        self._load()
        if target.exists():
            raise FileThereError(str(target))
        durable.write_atomic(target, self._path.read_bytes())

    def change_passphrase(self, old: str, new: str, *, cost: Argon2Cost = PRODUCTION_COST) -> None:
        """Put a new passphrase, and a new key under it, in place of the old one.

        Raises:
            WrongPassphraseError: The old one does not open the file.
            WeakPassphraseError: The new one is too short.
        """
        check_new_passphrase(new)
        key = _unwrap(self._path, _read(self._path), old)
        entries = _entries(self._path, _read(self._path), key)
        fresh = new_key()
        _write(self._path, _new_slot(fresh, new, cost), entries, fresh)
        self._key = fresh

    def _load(self) -> dict[str, dict[str, str]]:
        """All entries, from the disk."""
        return _entries(self._path, _read(self._path), self._unlocked())

    def _save(self, entries: Mapping[str, Mapping[str, str]]) -> None:
        """Store all entries."""
        _write(self._path, _read(self._path)["slot"], entries, self._unlocked())

    def _unlocked(self) -> SecretKey:
        """The key, while it is there; using it starts the time anew."""
        if self.is_locked or self._key is None:
            raise PassphraseNeededError(str(self._path))
        self._used_at_s = self._clock_s()
        return self._key


def create_sources(
    path: Path,
    passphrase: str,
    *,
    cost: Argon2Cost = PRODUCTION_COST,
    idle_s: float = IDLE_S,
    clock_s: Callable[[], float] = time.monotonic,
) -> SourceIdentities:
    """Make an empty source-identity file.

    Args:
        path: Where; an existing file is refused.
        passphrase: Its own, not the workspace's.
        cost: What each guess at the passphrase shall cost.
        idle_s: Seconds without use after which it is locked.
        clock_s: Gives seconds that only grow.

    Raises:
        FileThereError: There is one already.
        WeakPassphraseError: The passphrase is too short.
    """
    check_new_passphrase(passphrase)
    if path.exists():
        raise FileThereError(str(path))
    key = new_key()
    _write(path, _new_slot(key, passphrase, cost), {}, key)
    return SourceIdentities(path, key, idle_s=idle_s, clock_s=clock_s)


def open_sources(
    path: Path,
    passphrase: str | None,
    *,
    idle_s: float = IDLE_S,
    clock_s: Callable[[], float] = time.monotonic,
) -> SourceIdentities:
    """Unlock the source-identity file.

    Raises:
        PassphraseNeededError: None was given.
        WrongPassphraseError: It does not open the file.
        SealedFileDamagedError: The file is missing, or not as it was written.
    """
    if passphrase is None:
        raise PassphraseNeededError(str(path))
    document = _read(path)
    key = _unwrap(path, document, passphrase)
    _entries(path, document, key)
    return SourceIdentities(path, key, idle_s=idle_s, clock_s=clock_s)


def _new_slot(key: SecretKey, passphrase: str, cost: Argon2Cost) -> dict[str, Any]:
    """The file's key under its passphrase."""
    return wrap_under_passphrase(key, passphrase, bound={"for": "sources"}, cost=cost)


def _unwrap(path: Path, document: dict[str, Any], passphrase: str) -> SecretKey:
    """The file's key."""
    try:
        key = unwrap_under_passphrase(document["slot"], passphrase)
    except (ValueError, KeyError, TypeError) as reason:
        raise SealedFileDamagedError(str(path), "its key slot cannot be read") from reason
    if key is None:
        raise WrongPassphraseError(str(path))
    return key


def _read(path: Path) -> dict[str, Any]:
    """The file as it was written, still sealed."""
    with durable.disk_errors(path):
        try:
            raw = path.read_bytes()
        except FileNotFoundError as reason:
            raise SealedFileDamagedError(str(path), "it is missing") from reason
    try:
        document = json.loads(raw)
        found = int(document["format"])
        if found > SOURCES_FORMAT:
            raise WorkspaceTooNewError(str(path), found, SOURCES_FORMAT)
        is_as_written = raw == canonical_json(document) + b"\n"
        is_as_written = is_as_written and document["checksum"] == _checksum(document)
    except (ValueError, KeyError, TypeError, RecursionError, NotCanonicalError) as reason:
        raise SealedFileDamagedError(str(path), "it is not a source-identity file") from reason
    if not is_as_written:
        raise SealedFileDamagedError(str(path), "its checksum does not fit")
    return dict(document)


def _entries(path: Path, document: dict[str, Any], key: SecretKey) -> dict[str, dict[str, str]]:
    """What is sealed in the file."""
    bound = _SEALED_DOMAIN + canonical_json(document["slot"])
    try:
        data = open_bytes(key, decode_base64(document["sealed"]), bound)
    except (ValueError, KeyError, TypeError) as reason:
        raise SealedFileDamagedError(str(path), "its content cannot be read") from reason
    if data is None:
        raise SealedFileDamagedError(str(path), "its content was changed")
    return dict(json.loads(data)["entries"])


def _write(
    path: Path,
    slot: Mapping[str, Any],
    entries: Mapping[str, Mapping[str, str]],
    key: SecretKey,
) -> None:
    """Seal all entries and replace the file in one step."""
    data = canonical_json({"entries": entries})
    data += b" " * (-len(data) % _STEP_BYTES)
    sealed = seal_bytes(key, data, _SEALED_DOMAIN + canonical_json(slot))
    document = {"format": SOURCES_FORMAT, "slot": slot, "sealed": encode_base64(sealed)}
    document["checksum"] = _checksum(document)
    durable.write_atomic(path, canonical_json(document) + b"\n")


def _checksum(document: Mapping[str, Any]) -> str:
    """Tells damage from a wrong passphrase."""
    bound = {name: document[name] for name in document if name != "checksum"}
    return digest_value(bound, domain=_CHECKSUM_DOMAIN)
