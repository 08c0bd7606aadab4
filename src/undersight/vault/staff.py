"""A colleague's keys: one signs, one opens what was encrypted for them.

Made with the workspace, kept wrapped in its keyring, known to others by one public line::

    undersight-staff1:staff-…:<Ed25519 public key, base64url>:age1…:<checksum>
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    InvalidStaffLineError,
    InvalidValueError,
    KeyringDamagedError,
    NotForThisStaffError,
    SignatureMismatchError,
)
from undersight.integrity.canonical import canonical_json, digest_in_domain
from undersight.vault.custody import check_staff_id
from undersight.vault.passphrase import decode_base64, encode_base64

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.vault.keyring import Keyring

STAFF_ITEM = "staff"
_LINE_PREFIX = "undersight-staff1"
_LINE_DOMAIN = "undersight/staff-line/v1"
_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPublic:
    """What others may know of a colleague.

    Attributes:
        staff_id: Random id, never made from a name.
        signing_key: Ed25519 public key, 32 bytes.
        age_recipient: Whom to encrypt for, ``age1…``.
    """

    staff_id: str
    signing_key: bytes
    age_recipient: str

    def line(self) -> str:
        """The public line, to be given to colleagues by any way that they trust."""
        key = base64.urlsafe_b64encode(self.signing_key).decode("ascii").rstrip("=")
        body = f"{_LINE_PREFIX}:{self.staff_id}:{key}:{self.age_recipient}"
        return f"{body}:{_line_checksum(body)}"

    def fingerprint(self) -> str:
        """Eight groups of four digits to compare by voice."""
        digest = digest_in_domain(self.line().encode("ascii"), domain=_LINE_DOMAIN)
        return " ".join(digest[start : start + 4] for start in range(0, 32, 4))

    def verify(self, signature: bytes, data: bytes, *, domain: str) -> None:
        """Check a signature made by `StaffKeys.sign`.

        Raises:
            SignatureMismatchError: By someone else, over other bytes, or for another domain.
        """
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            public = Ed25519PublicKey.from_public_bytes(self.signing_key)
            public.verify(signature, _signed_bytes(data, domain))
        except InvalidSignature as reason:
            raise SignatureMismatchError(self.staff_id) from reason


class StaffKeys:
    """A colleague's own keys, unlocked. Made by `create_staff` and `load_staff`."""

    __slots__ = ("_age_secret", "_signing_secret", "public")

    def __init__(self, staff_id: str, signing_secret: bytes, age_secret: str) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from pyrage import x25519

        signing = Ed25519PrivateKey.from_private_bytes(signing_secret)
        self._signing_secret, self._age_secret = signing_secret, age_secret
        self.public = StaffPublic(
            staff_id=staff_id,
            signing_key=signing.public_key().public_bytes_raw(),
            age_recipient=str(x25519.Identity.from_str(age_secret).to_public()),
        )

    def __repr__(self) -> str:
        return f"StaffKeys({self.public.staff_id})"

    @property
    def staff_id(self) -> str:
        """The random id that appears in logs and records."""
        return self.public.staff_id

    def sign(self, data: bytes, *, domain: str) -> bytes:
        """An Ed25519 signature, 64 bytes, that holds for one domain only."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.from_private_bytes(self._signing_secret)
        return key.sign(_signed_bytes(data, domain))

    def decrypt(self, data: bytes) -> bytes:
        """Open what was encrypted for these keys (age, version 1).

        Raises:
            NotForThisStaffError: It was made for others, or it was changed.
        """
        import pyrage

        try:
            return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(self._age_secret)]))
        except pyrage.DecryptError as reason:
            raise NotForThisStaffError(self.staff_id) from reason

    def to_secret(self) -> bytes:
        """The keys as the keyring keeps them."""
        return canonical_json(
            {
                "id": self.staff_id,
                "ed25519": encode_base64(self._signing_secret),
                "age": self._age_secret,
            }
        )


def new_staff_id() -> str:
    """``staff-`` and 16 random characters (80 bits)."""
    return "staff-" + "".join(secrets.choice(_ID_LETTERS) for _ in range(16))


def create_staff(keyring: Keyring) -> StaffKeys:
    """Make keys for whoever uses this workspace and keep them in its keyring."""
    from pyrage import x25519

    age_secret = str(x25519.Identity.generate())
    keys = StaffKeys(new_staff_id(), secrets.token_bytes(32), age_secret)
    keyring.put_item(STAFF_ITEM, keys.to_secret())
    return keys


def load_staff(keyring: Keyring) -> StaffKeys:
    """The keys of whoever uses this workspace.

    Raises:
        KeyringDamagedError: The keyring holds none, or they cannot be read.
    """
    secret = keyring.item(STAFF_ITEM)
    if secret is None:
        raise KeyringDamagedError(str(keyring.path), "it holds no staff keys")
    try:
        found: dict[str, Any] = json.loads(secret)
        return StaffKeys(found["id"], decode_base64(found["ed25519"]), found["age"])
    except (ValueError, KeyError, TypeError) as reason:
        raise KeyringDamagedError(str(keyring.path), "its staff keys cannot be read") from reason


def encrypt_for(data: bytes, recipients: Iterable[StaffPublic]) -> bytes:
    """Encrypt for colleagues (age, version 1); any one of them can open it.

    Raises:
        InvalidStaffLineError: A recipient's key is not one, or there is no recipient.
    """
    import pyrage

    try:
        keys = [pyrage.x25519.Recipient.from_str(staff.age_recipient) for staff in recipients]
        return bytes(pyrage.encrypt(data, keys))
    except (pyrage.RecipientError, pyrage.EncryptError) as reason:
        raise InvalidStaffLineError(str(reason)) from reason


def parse_staff_line(text: str) -> StaffPublic:
    """Read a colleague's public line.

    Raises:
        InvalidStaffLineError: Not such a line, or mistyped.
    """
    from pyrage import RecipientError, x25519

    body, _colon, checksum = text.strip().rpartition(":")
    parts = body.split(":")
    if len(parts) != 4 or parts[0] != _LINE_PREFIX:
        reason = f"it does not start with {_LINE_PREFIX} or is not complete"
        raise InvalidStaffLineError(reason)
    if not hmac.compare_digest(checksum.encode("utf-8"), _line_checksum(body).encode("ascii")):
        reason = "its checksum does not fit, so a character is wrong"
        raise InvalidStaffLineError(reason)
    _prefix, staff_id, key_text, recipient = parts
    try:
        signing_key = base64.urlsafe_b64decode(key_text + "=" * (-len(key_text) % 4))
        x25519.Recipient.from_str(recipient)
        check_staff_id(staff_id)
    except (binascii.Error, ValueError, RecipientError, InvalidValueError) as reason:
        raise InvalidStaffLineError(str(reason)) from reason
    if len(signing_key) != 32:
        found = f"its signing key has {len(signing_key)} bytes, not 32"
        raise InvalidStaffLineError(found)
    return StaffPublic(staff_id=staff_id, signing_key=signing_key, age_recipient=recipient)


def _line_checksum(body: str) -> str:
    """Finds a mistyped line; keeps nobody out."""
    return digest_in_domain(body.encode("utf-8"), domain=_LINE_DOMAIN)[:8]


def _signed_bytes(data: bytes, domain: str) -> bytes:
    """What is signed: the digest under a domain, so that no signature serves twice."""
    return bytes.fromhex(digest_in_domain(data, domain=domain))
