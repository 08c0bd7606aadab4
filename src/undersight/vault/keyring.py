"""The keys of a workspace: one passphrase, one random master key, one subkey per purpose."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    KeyringDamagedError,
    NotCanonicalError,
    PassphraseNeededError,
    PlainWorkspaceError,
    SlotNotFoundError,
    WorkspaceTooNewError,
    WrongPassphraseError,
)
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json, digest_value
from undersight.integrity.record_cipher import open_bytes, seal_bytes
from undersight.integrity.secret import KEY_BYTES, SecretKey, derive_key, new_key
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
    from pathlib import Path

KEYRING_FORMAT = 1
PLAIN_NOTICE = (
    "This workspace is plain: whoever gets the disk can read everything in it. "
    "Use it for invented or public material only."
)
_CHECKSUM_DOMAIN = "undersight/keyring-checksum/v1"
_ITEM_DOMAIN = b"undersight/keyring-item/v1\x00"


class KeyPurpose(StrEnum):
    """What a subkey is for; the word is part of its derivation and never changes."""

    CASEBOOK = "casebook"
    VAULT_OBJECTS = "vault-objects"
    VAULT_NAMES = "vault-names"
    CUSTODY = "custody"
    INTAKES = "intakes"
    SEALS = "seals"
    SIGNING_KEYS = "signing-keys"
    RECORD_KEYS = "record-keys"
    CORPUS = "corpus"
    RUNS = "runs"
    BACKUPS = "backups"
    DRAFTS = "drafts"
    ACCOUNTS = "accounts"
    NAME_PSEUDONYMS = "name-pseudonyms"
    KEYRING_ITEMS = "keyring-items"
    KEYRING_MAC = "keyring-mac"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One passphrase that opens the keyring.

    Attributes:
        slot_id: Random id.
        label: What its owner called it; empty for the first.
        created_at_us: When it was made, epoch microseconds UTC.
    """

    slot_id: str
    label: str
    created_at_us: int


class Keyring:
    """The unlocked keys of one workspace. Made by `create_keyring` and `unlock_keyring`."""

    __slots__ = ("_document", "_master", "_path")

    def __init__(self, path: Path, document: dict[str, Any], master: SecretKey) -> None:
        self._path, self._document, self._master = path, document, master

    def __repr__(self) -> str:
        return f"Keyring({self.workspace_id}, is_plain={self.is_plain})"

    @property
    def path(self) -> Path:
        """Where the keyring is kept."""
        return self._path

    @property
    def is_plain(self) -> bool:
        """Whether the master key lies in the file unwrapped."""
        return "plain_master" in self._document

    @property
    def workspace_id(self) -> str:
        """The random id of the workspace these keys belong to."""
        return str(self._document["workspace"])

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The passphrases that open it; none in a plain workspace."""
        return tuple(
            Slot(slot_id=slot["id"], label=slot["label"], created_at_us=slot["created_at_us"])
            for slot in self._document["slots"]
        )

    def moved(self, path: Path) -> Keyring:
        """The same keys, after their file was moved."""
        return Keyring(path, self._document, self._master)

    def subkey(self, purpose: KeyPurpose) -> SecretKey:
        """The 32-byte key for one purpose; the same each time."""
        return derive_key(self._master, purpose=f"undersight/subkey/v1/{purpose.value}")

    def change_passphrase(self, old: str, new: str, *, cost: Argon2Cost = PRODUCTION_COST) -> None:
        """Put a new passphrase in the slot that the old one opens.

        The keys stay the same: an older copy of keyring.json still opens with the old passphrase.

        Raises:
            WrongPassphraseError: The old one opens no slot.
            WeakPassphraseError: The new one is too short.
            PlainWorkspaceError: There is no passphrase here.
        """
        self._refuse_plain()
        check_new_passphrase(new)
        opened = _open_slots(self._path, self._document, old)
        if opened is None:
            raise WrongPassphraseError(str(self._path))
        slots = list(self._document["slots"])
        old_slot = slots[opened.place]
        slots[opened.place] = self._new_slot(
            new, slot_id=old_slot["id"], label=old_slot["label"], cost=cost
        )
        self._write({**self._document, "slots": slots})

    def add_slot(self, passphrase: str, *, label: str, cost: Argon2Cost = PRODUCTION_COST) -> Slot:
        """Let a second passphrase open the workspace, such as one kept in a safe.

        Raises:
            WeakPassphraseError: It is too short.
            PlainWorkspaceError: A plain workspace has no slots.
        """
        self._refuse_plain()
        check_new_passphrase(passphrase)
        slot = self._new_slot(passphrase, slot_id=_random_id("slot"), label=label, cost=cost)
        self._write({**self._document, "slots": [*self._document["slots"], slot]})
        return self.slots[-1]

    def remove_slot(self, slot_id: str) -> None:
        """Take a passphrase away; the last one stays.

        Raises:
            SlotNotFoundError: No such slot, or it is the only one.
        """
        kept = [slot for slot in self._document["slots"] if slot["id"] != slot_id]
        if len(kept) == len(self._document["slots"]):
            raise SlotNotFoundError(slot_id)
        if not kept:
            raise SlotNotFoundError(slot_id, is_last=True)
        self._write({**self._document, "slots": kept})

    def put_item(self, name: str, secret: bytes) -> None:
        """Keep a small secret, such as a signing key, sealed in the keyring under a name."""
        sealed = seal_bytes(
            self.subkey(KeyPurpose.KEYRING_ITEMS), secret, _ITEM_DOMAIN + name.encode("utf-8")
        )
        items = {**self._document["items"], name: encode_base64(sealed)}
        self._write({**self._document, "items": items})

    def item(self, name: str) -> SecretKey | None:
        """A secret kept by `put_item`; None when there is none of this name.

        Raises:
            KeyringDamagedError: It does not open.
        """
        sealed = self._document["items"].get(name)
        if sealed is None:
            return None
        secret = open_bytes(
            self.subkey(KeyPurpose.KEYRING_ITEMS),
            decode_base64(sealed),
            _ITEM_DOMAIN + name.encode("utf-8"),
        )
        if secret is None:
            raise KeyringDamagedError(str(self._path), f"the item {name} does not open")
        return SecretKey(secret)

    def _refuse_plain(self) -> None:
        """Slots make no sense where the master key lies open."""
        if self.is_plain:
            raise PlainWorkspaceError(str(self._path))

    def _new_slot(
        self, passphrase: str, *, slot_id: str, label: str, cost: Argon2Cost
    ) -> dict[str, Any]:
        """Wrap the master key under a passphrase."""
        bound = _slot_fields(self.workspace_id, slot_id=slot_id, label=label)
        return wrap_under_passphrase(self._master, passphrase, bound=bound, cost=cost)

    def _write(self, document: dict[str, Any]) -> None:
        """Store a changed document, then hold it."""
        self._document = _store(self._path, document, self._master)


def create_keyring(
    path: Path,
    *,
    workspace_id: str,
    passphrase: str | None,
    cost: Argon2Cost = PRODUCTION_COST,
) -> Keyring:
    """Make the keys of a new workspace and store them.

    Args:
        path: Where keyring.json goes; an existing one is refused.
        workspace_id: Random id of the workspace.
        passphrase: What shall open it; None leaves the master key unwrapped (a plain workspace).
        cost: What each guess at the passphrase shall cost.

    Raises:
        WeakPassphraseError: The passphrase is too short.
        KeyringDamagedError: There is a keyring already; it is never overwritten.
    """
    if path.exists():
        raise KeyringDamagedError(str(path), "it exists and would be overwritten")
    master = new_key()
    document: dict[str, Any] = {
        "format": KEYRING_FORMAT,
        "workspace": workspace_id,
        "slots": [],
        "items": {},
    }
    if passphrase is None:
        document["plain_master"] = encode_base64(master)
    else:
        check_new_passphrase(passphrase)
        bound = _slot_fields(workspace_id, slot_id=_random_id("slot"), label="")
        document["slots"] = [wrap_under_passphrase(master, passphrase, bound=bound, cost=cost)]
    return Keyring(path, _store(path, document, master), master)


def unlock_keyring(path: Path, passphrase: str | None = None) -> Keyring:
    """Open the keys of a workspace.

    Every slot is tried, whichever opens, so that the time taken tells nothing.

    Args:
        path: keyring.json.
        passphrase: As typed; a plain keyring needs none and ignores it.

    Raises:
        PassphraseNeededError: It is encrypted and no passphrase was given.
        WrongPassphraseError: No slot opens.
        KeyringDamagedError: The file is missing, or not as it was written.
        WorkspaceTooNewError: A newer undersight wrote it.
    """
    document = _read(path)
    if "plain_master" in document:
        master = _plain_master(path, document)
    else:
        if passphrase is None:
            raise PassphraseNeededError(str(path))
        opened = _open_slots(path, document, passphrase)
        if opened is None:
            raise WrongPassphraseError(str(path))
        master = opened.master
    if not hmac.compare_digest(str(document["mac"]), _mac(document, master)):
        raise KeyringDamagedError(str(path), "it was changed by someone without its keys")
    return Keyring(path, document, master)


def is_plain_keyring(path: Path) -> bool:
    """Whether a keyring opens without a passphrase.

    Raises:
        KeyringDamagedError: The file is missing, or not as it was written.
    """
    return "plain_master" in _read(path)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The slot that a passphrase opened, and what was in it."""

    place: int
    master: SecretKey


def _open_slots(path: Path, document: dict[str, Any], passphrase: str) -> _Opened | None:
    """Try every slot and return the first that opens."""
    opened: list[_Opened] = []
    for place, slot in enumerate(document["slots"]):
        try:
            master = unwrap_under_passphrase(slot, passphrase)
        except (ValueError, KeyError, TypeError) as reason:
            raise KeyringDamagedError(str(path), "a key slot cannot be read") from reason
        if master is not None:
            opened.append(_Opened(place, master))
    return opened[0] if opened else None


def _plain_master(path: Path, document: dict[str, Any]) -> SecretKey:
    """The master key of a plain workspace."""
    try:
        master = SecretKey(decode_base64(document["plain_master"]))
    except (ValueError, TypeError) as reason:
        raise KeyringDamagedError(str(path), "its key cannot be read") from reason
    if len(master) != KEY_BYTES:
        raise KeyringDamagedError(str(path), "its key has a wrong length")
    return master


def _read(path: Path) -> dict[str, Any]:
    """The document, once its checksum shows that it is as it was written."""
    with durable.disk_errors(path):
        try:
            raw = path.read_bytes()
        except FileNotFoundError as reason:
            raise KeyringDamagedError(str(path), "it is missing") from reason
    try:
        document = json.loads(raw)
        found = int(document["format"])
        if found > KEYRING_FORMAT:
            raise WorkspaceTooNewError(str(path), found, KEYRING_FORMAT)
        is_as_written = (
            raw == canonical_json(document) + b"\n"
            and document["checksum"] == _checksum(document)
            and isinstance(document["mac"], str)
        )
    except (ValueError, KeyError, TypeError, RecursionError, NotCanonicalError) as reason:
        raise KeyringDamagedError(str(path), "it is not a keyring") from reason
    if not is_as_written:
        raise KeyringDamagedError(str(path), "its checksum does not fit")
    return dict(document)


def _store(path: Path, document: dict[str, Any], master: SecretKey) -> dict[str, Any]:
    """Write a document with fresh mac and checksum, and return it."""
    stored = {**document, "mac": _mac(document, master)}
    stored["checksum"] = _checksum(stored)
    durable.remove_parts(path)
    durable.write_atomic(path, canonical_json(stored) + b"\n")
    return stored


def _mac(document: dict[str, Any], master: SecretKey) -> str:
    """Shows, to who holds the master key, that nobody without it changed the document."""
    key = derive_key(master, purpose=f"undersight/subkey/v1/{KeyPurpose.KEYRING_MAC.value}")
    bound = {name: document[name] for name in document if name not in {"mac", "checksum"}}
    return hmac.new(key, canonical_json(bound), hashlib.sha256).hexdigest()


def _checksum(document: dict[str, Any]) -> str:
    """Tells damage from a wrong passphrase before any key is known."""
    bound = {name: document[name] for name in document if name != "checksum"}
    return digest_value(bound, domain=_CHECKSUM_DOMAIN)


def _slot_fields(workspace_id: str, *, slot_id: str, label: str) -> dict[str, Any]:
    """What stands in a slot beside its key."""
    return {
        "workspace": workspace_id,
        "id": slot_id,
        "label": label,
        "created_at_us": time.time_ns() // 1000,
    }


def _random_id(kind: str) -> str:
    """A short id that tells nothing."""
    return f"{kind}-{secrets.token_hex(8)}"
