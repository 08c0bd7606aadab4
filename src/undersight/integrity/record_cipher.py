"""One random key per record: what is destroyed with the key is gone from every copy.

Sealed record and wrapped key have one shape: ``0x01 || nonce (12) || ciphertext || tag (16)``,
AES-256-GCM, the associated data being ``domain || 0x00 || what the caller binds``.
"""

from __future__ import annotations

import os

from undersight.errors import RecordUnreadableError
from undersight.integrity.secret import KEY_BYTES, SecretKey, new_key

RECORD_DOMAIN = b"undersight/record/v1\x00"
RECORD_KEY_DOMAIN = b"undersight/record-key/v1\x00"
_VERSION = b"\x01"
_NONCE_BYTES = 12


class RecordCipher:
    """Pure functions that seal records under their own keys and wrap those keys."""

    @staticmethod
    def new_key() -> SecretKey:
        """A random key for one record."""
        return new_key()

    @staticmethod
    def seal(key: bytes, plaintext: bytes, associated_data: bytes) -> bytes:
        """Encrypt a record; its length shows.

        Args:
            key: The record's key, 32 bytes.
            plaintext: The record's bytes.
            associated_data: What the ciphertext belongs to (table, id, version): it opens nowhere
                else. Not stored here.
        """
        return _VERSION + seal_bytes(key, plaintext, RECORD_DOMAIN + associated_data)

    @staticmethod
    def open(key: bytes, sealed: bytes, associated_data: bytes) -> bytes:
        """Decrypt a record.

        Raises:
            RecordUnreadableError: Changed, moved from elsewhere, or another record's key.
        """
        return _open(key, sealed, RECORD_DOMAIN + associated_data)

    @staticmethod
    def wrap(wrapping_key: bytes, key: bytes, record_id: str) -> bytes:
        """Encrypt a record's key for storage, 61 bytes, bound to the record's id."""
        domain = RECORD_KEY_DOMAIN + record_id.encode("utf-8")
        return _VERSION + seal_bytes(wrapping_key, key, domain)

    @staticmethod
    def unwrap(wrapping_key: bytes, wrapped: bytes, record_id: str) -> SecretKey:
        """Decrypt a record's key.

        Raises:
            RecordUnreadableError: Changed, another record's, or another workspace's.
        """
        key = _open(wrapping_key, wrapped, RECORD_KEY_DOMAIN + record_id.encode("utf-8"))
        if len(key) != KEY_BYTES:
            raise RecordUnreadableError
        return SecretKey(key)


def seal_bytes(key: bytes, plaintext: bytes, associated_data: bytes) -> bytes:
    """AES-256-GCM under a random nonce: ``nonce (12) || ciphertext || tag (16)``.

    A key may seal 2**32 messages before two nonces are likely to meet (NIST SP 800-38D §8.3).
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, associated_data)


def open_bytes(key: bytes, sealed: bytes, associated_data: bytes) -> bytes | None:
    """Undo `seal_bytes`; None when the bytes, the key or the associated data do not fit."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(sealed) < _NONCE_BYTES + 16:
        return None
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], associated_data)
    except InvalidTag:
        return None


def _open(key: bytes, sealed: bytes, associated_data: bytes) -> bytes:
    """Check the version byte, then decrypt."""
    plaintext = None
    if sealed[:1] == _VERSION:
        plaintext = open_bytes(key, sealed[1:], associated_data)
    if plaintext is None:
        raise RecordUnreadableError
    return plaintext
