"""Key material that does not show itself, and keys derived from it by purpose."""

from __future__ import annotations

import os
from typing import NoReturn

KEY_BYTES = 32
_NOT_PICKLED = "a SecretKey is not pickled"


class SecretKey(bytes):
    """Key bytes that print, log and format as nothing, and refuse to be pickled.

    Usable wherever bytes are. Python cannot wipe it from memory: a seized computer that is
    running can be read (THREATS.md says so).
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"SecretKey({len(self)} bytes)"

    __str__ = __repr__

    def __format__(self, format_spec: str) -> str:
        return repr(self)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(_NOT_PICKLED)


def new_key() -> SecretKey:
    """A random key of 32 bytes from the operating system."""
    return SecretKey(os.urandom(KEY_BYTES))


def derive_key(key: bytes, *, purpose: str, salt: bytes = b"") -> SecretKey:
    """A key of 32 bytes for one purpose; it tells nothing about its parent or its siblings.

    Args:
        key: The parent, 32 uniformly random bytes.
        purpose: What the derived key is for, such as ``undersight/custody/v1``.
        salt: Makes one key per salt, such as per object.

    Source: HKDF-SHA-256, RFC 5869.
    """
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    kdf = HKDF(
        algorithm=hashes.SHA256(),
        length=KEY_BYTES,
        salt=salt or None,
        info=purpose.encode("utf-8"),
    )
    return SecretKey(kdf.derive(bytes(key)))
