"""The keys that sign seals: named, each with its history, their secrets in the keyring.

A key is opened by the workspace's passphrase and, if it was given one, by a passphrase of its own
too. What became of each key stands in ``seals/keys.log``, a chain whose head every seal anchors,
so that no revocation is taken back unnoticed. A revoked or replaced key's secret is destroyed.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    CustodyBrokenError,
    InvalidValueError,
    KeyringDamagedError,
    PassphraseNeededError,
    SigningKeyGoneError,
    SigningKeyNotFoundError,
    WrongPassphraseError,
)
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json
from undersight.integrity.secret import SecretKey, new_key
from undersight.vault import sshsig
from undersight.vault.custody import CustodyAct, check_staff_id
from undersight.vault.keyring import KeyPurpose
from undersight.vault.ledger import Ledger
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
    from collections.abc import Callable, Iterable, Mapping

    from undersight.integrity.chain import ChainHead, ChainReport
    from undersight.vault.objects import Vault

KEYS_VERSION = 1
KEYS_DOMAIN = "undersight/signing-keys/v1"
FIRST_NAME = "seals"
"""Name of the key that the first seal makes when nobody made one."""
_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_MOST_NAME_CHARACTERS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """What is known of a signing key.

    Attributes:
        key_id: Random id; the only thing about it that a seal tells.
        name: What it is called here.
        public: Ed25519 public key, 32 bytes.
        made_at_us: When it was made, epoch microseconds UTC by this computer's clock.
        has_passphrase: Whether it has a passphrase of its own.
        replaced_by: Id of the key that took its place; empty while it has not.
        revoked_at_us: When it was revoked; None while it is not.
        reason: Why it was replaced or revoked.
        ended_at_entry: Place in keys.log of what first ended it; None while it is in use.
        voucher: The replaced key's signature over `rotation_statement`; empty for a first key.
    """

    key_id: str
    name: str
    public: bytes
    made_at_us: int
    has_passphrase: bool
    replaced_by: str = ""
    revoked_at_us: int | None = None
    reason: str = ""
    ended_at_entry: int | None = None
    voucher: str = ""

    @property
    def state(self) -> str:
        """``in-use``, ``replaced`` or ``revoked``."""
        if self.revoked_at_us is not None:
            return "revoked"
        return "replaced" if self.replaced_by else "in-use"

    def allowed_signers_line(self) -> str:
        """The line that lets ``ssh-keygen -Y verify`` accept this key for seals."""
        return sshsig.allowed_signers_line(self.key_id, self.public)


class SigningKey:
    """A signing key, opened. Made by `SigningKeys.open`."""

    __slots__ = ("_secret", "record")

    def __init__(self, record: KeyRecord, secret: SecretKey) -> None:
        self.record, self._secret = record, secret

    def __repr__(self) -> str:
        return f"SigningKey({self.record.key_id})"

    def sign(self, data: bytes, *, namespace: str = sshsig.SEAL_NAMESPACE) -> bytes:
        """An armoured signature, see `undersight.vault.sshsig`."""
        return sshsig.sign(self._secret, data, namespace=namespace)


class SigningKeys:
    """The signing keys of one workspace. Whoever changes them holds the `WriterLock`.

    Args:
        vault: The workspace's vault.
        cost: What a guess at a key's own passphrase shall cost.
    """

    def __init__(self, vault: Vault, *, cost: Argon2Cost = PRODUCTION_COST) -> None:
        keyring = vault.keyring
        key = None if keyring.is_plain else keyring.subkey(KeyPurpose.SIGNING_KEYS)
        self._vault, self._cost = vault, cost
        self._ledger = Ledger(
            vault.folder / "seals" / "keys.log",
            domain=KEYS_DOMAIN,
            chain_id=keyring.workspace_id,
            key=key,
        )

    def head(self) -> ChainHead:
        """Length and last hash of keys.log, for an anchor."""
        return self._ledger.head()

    def verify(self, anchors: Iterable[ChainHead] = ()) -> ChainReport:
        """Check keys.log, and the lengths and heads that seals noted."""
        return self._ledger.verify(anchors)

    def all(self) -> tuple[KeyRecord, ...]:
        """Every key there ever was, oldest first.

        Raises:
            CustodyBrokenError: A line of keys.log cannot be read.
        """
        found: dict[str, KeyRecord] = {}
        for i, line in enumerate(self._ledger.entries()):
            try:
                _apply(found, line, i)
            except (KeyError, TypeError, ValueError) as reason:
                raise CustodyBrokenError(
                    str(self._ledger.path), i, "it cannot be read."
                ) from reason
        return tuple(found.values())

    def find(self, named: str = "") -> KeyRecord:
        """The key of an id, or the one in use under a name; without a name, the last made.

        Raises:
            SigningKeyNotFoundError: There is none.
        """
        for record in reversed(self.all()):
            is_meant = record.name == named if named else True
            if record.key_id == named or (is_meant and record.state == "in-use"):
                return record
        raise SigningKeyNotFoundError(named)

    def new(self, name: str, *, actor: str, passphrase: str | None = None) -> KeyRecord:
        """Make a key.

        Args:
            name: What it is called here, 1-64 characters.
            actor: Random staff id.
            passphrase: Its own; None leaves it to the workspace's passphrase.

        Raises:
            InvalidValueError: The name is empty, too long, or taken by a key in use.
            WeakPassphraseError: The passphrase is too short.
        """
        if any(record.name == name and record.state == "in-use" for record in self.all()):
            raise InvalidValueError("signing key", "name", "a name not in use", repr(name))
        record, secret = self._make(name, passphrase)
        self._enter(record, secret, {"event": "new"}, actor=actor)
        return record

    def rotate(
        self,
        named: str,
        *,
        actor: str,
        reason: str,
        passphrases: Callable[[], str] | None = None,
        new_passphrase: str | None = None,
    ) -> KeyRecord:
        """Make a key that takes another's place, vouched for by the old one's signature.

        Args:
            named: Id or name of the key in use.
            actor: Random staff id.
            reason: Why.
            passphrases: Gives the old key's own passphrase, where it has one.
            new_passphrase: The new key's own; None for none.

        Raises:
            SigningKeyNotFoundError: There is none.
            SigningKeyGoneError: It was replaced or revoked before.
            WrongPassphraseError: The old key does not open.
        """
        old = self.open(named, passphrases)
        record, secret = self._make(old.record.name, new_passphrase)
        statement = rotation_statement(old.record.key_id, record)
        voucher = old.sign(statement, namespace=sshsig.ROTATION_NAMESPACE).decode("ascii")
        event = {
            "event": "rotate", "old": old.record.key_id, "voucher": voucher, "reason": reason,
        }  # fmt: skip
        self._enter(record, secret, event, actor=actor)
        self._destroy_replaced()
        return record

    def revoke(self, named: str, *, actor: str, reason: str) -> KeyRecord:
        """Declare that a key is no longer to be trusted from now on; its passphrase is not needed.

        Raises:
            SigningKeyNotFoundError: There is none.
            SigningKeyGoneError: It was revoked before.
        """
        record = self.find(named)
        if record.state == "revoked":
            raise SigningKeyGoneError(record.key_id, record.state)
        fields = {"event": "revoke", "key": record.key_id, "reason": reason}
        self._record("key-revoke", record.key_id, fields, actor=actor)
        self._destroy_replaced()
        return self.find(record.key_id)

    def open(self, named: str = "", passphrase: Callable[[], str] | None = None) -> SigningKey:
        """A key ready to sign.

        Args:
            named: Id or name; empty for the one in use.
            passphrase: Called where the key has a passphrase of its own.

        Raises:
            SigningKeyNotFoundError: There is none.
            SigningKeyGoneError: It was replaced or revoked: it signs no more.
            PassphraseNeededError: It has a passphrase of its own and none was given.
            WrongPassphraseError: It does not open.
            KeyringDamagedError: The keyring does not hold its secret.
        """
        record = self.find(named)
        if record.state != "in-use":
            raise SigningKeyGoneError(record.key_id, record.state)
        kept = self._vault.keyring.item(_item(record.key_id))
        path = str(self._vault.keyring.path)
        try:
            document = json.loads(kept or b"")
            if not record.has_passphrase:
                return SigningKey(record, SecretKey(decode_base64(document["ed25519"])))
            if passphrase is None:
                raise PassphraseNeededError(path)
            secret = unwrap_under_passphrase(document, passphrase())
        except (ValueError, KeyError, TypeError) as reason:
            raise KeyringDamagedError(path, f"it does not hold {record.key_id}") from reason
        if secret is None:
            raise WrongPassphraseError(path)
        return SigningKey(record, secret)

    def _make(self, name: str, passphrase: str | None) -> tuple[KeyRecord, bytes]:
        """A new key and what the keyring shall keep of it."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        if not 0 < len(name) <= _MOST_NAME_CHARACTERS or not name.isprintable():
            raise InvalidValueError("signing key", "name", "1-64 printable characters", repr(name))
        seed = new_key()
        key_id = "key-" + "".join(secrets.choice(_ID_LETTERS) for _ in range(16))
        document: Mapping[str, Any] = {"ed25519": encode_base64(seed)}
        if passphrase is not None:
            check_new_passphrase(passphrase)
            bound = {"for": "signing-key", "key": key_id}
            document = wrap_under_passphrase(seed, passphrase, bound=bound, cost=self._cost)
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        record = KeyRecord(
            key_id=key_id,
            name=name,
            public=public,
            made_at_us=self._vault.now_us(),
            has_passphrase=passphrase is not None,
        )
        return record, canonical_json(document)

    def _enter(
        self, record: KeyRecord, secret: bytes, event: Mapping[str, str], *, actor: str
    ) -> None:
        """Keep a new key's secret, then say that it is there."""
        check_staff_id(actor)
        fields = {
            **event,
            "key": record.key_id,
            "name": record.name,
            "public": encode_base64(record.public),
            "has_passphrase": record.has_passphrase,
        }
        self._vault.keyring.put_item(_item(record.key_id), secret)
        self._record(f"key-{event['event']}", record.key_id, fields, actor=actor)

    def _record(self, action: str, key_id: str, fields: Mapping[str, Any], *, actor: str) -> None:
        """Enter an event in keys.log and in the custody log."""
        # What a crash left of an entry is settled first, or nothing could be entered after it.
        self._vault.recover(actor)
        at_us = self._vault.now_us()
        with durable.disk_errors(self._ledger.path):
            durable.make_folder(self._ledger.path.parent)
        self._ledger.repair()
        self._ledger.append([{**fields, "v": KEYS_VERSION, "at_us": at_us, "actor": actor}])
        reason = f"Signing key {key_id}."
        self._vault.custody.record(
            CustodyAct(actor=actor, action=action, object="", reason=reason, at_us=at_us)
        )

    def _destroy_replaced(self) -> None:
        """Forget the secret of each key that signs no more; also where a crash kept one."""
        for record in self.all():
            if record.state != "in-use" and self._vault.keyring.item(_item(record.key_id)):
                self._vault.keyring.put_item(_item(record.key_id), b"")


def rotation_statement(old_key_id: str, record: KeyRecord) -> bytes:
    """What the old key signs when a new one takes its place: canonical JSON."""
    return canonical_json(
        {
            "format": "undersight-key-rotation/1",
            "old": old_key_id,
            "new": record.key_id,
            "public_key": encode_base64(record.public),
        }
    )


def _apply(found: dict[str, KeyRecord], line: Mapping[str, Any], i: int) -> None:
    """What one line of keys.log changes."""
    event, key_id = line["event"], line["key"]
    if event == "revoke":
        revoked = replace(found[key_id], revoked_at_us=line["at_us"], reason=line["reason"])
        # Revoking a replaced key excuses nothing that it signed since it was replaced.
        first_end = i if revoked.ended_at_entry is None else revoked.ended_at_entry
        found[key_id] = replace(revoked, ended_at_entry=first_end)
        return
    found[key_id] = KeyRecord(
        key_id=key_id,
        name=line["name"],
        public=decode_base64(line["public"]),
        made_at_us=line["at_us"],
        has_passphrase=line["has_passphrase"],
        voucher=line.get("voucher", ""),
    )
    if event == "rotate":
        old = found[line["old"]]
        found[old.key_id] = replace(
            old, replaced_by=key_id, reason=line["reason"], ended_at_entry=i
        )


def _item(key_id: str) -> str:
    """Under which name the keyring keeps a key."""
    return f"signing-key/{key_id}"
