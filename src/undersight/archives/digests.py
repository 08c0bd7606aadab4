"""Digests as web archives write them: ``sha1:BASE32``, ``sha256:hex``, bare, in either case."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_LENGTHS: Final = {"md5": 16, "sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64}


class StatedDigest:
    """A digest that a file states, to be compared with bytes as they go by.

    Args:
        text: As stated.
        method: The method where the text does not name one; found from the length otherwise.
    """

    def __init__(self, text: str, method: str = "") -> None:
        named, colon, value = text.strip().partition(":")
        if not colon:
            named, value = method, text.strip()
        self.method = named.lower().replace("-", "")
        self._value = value.strip()
        if not self.method:
            self.method = _method_of(self._value)
        self._state: hashlib._Hash | None = None
        if self.is_known:
            self._state = hashlib.new(self.method, usedforsecurity=False)

    @property
    def is_known(self) -> bool:
        """Whether the method is one that can be computed here."""
        return self.method in _LENGTHS

    def update(self, piece: bytes) -> None:
        """Take the next bytes."""
        if self._state is not None:
            self._state.update(piece)

    def is_met(self) -> bool:
        """Whether the bytes so far have this digest."""
        if self._state is None:
            return False
        found = self._state.digest()
        return any(hmac.compare_digest(found, one) for one in _readings(self._value))


def _method_of(value: str) -> str:
    """The method that a bare value's length fits."""
    return {32: "sha1", 40: "sha1", 56: "sha224", 64: "sha256", 128: "sha512"}.get(len(value), "")


def _readings(value: str) -> list[bytes]:
    """Every way to read a written digest; a wrong reading has another length and fits nothing."""
    ways: tuple[Callable[[str], bytes], ...] = (
        bytes.fromhex,
        lambda text: base64.b32decode(text.upper() + "=" * (-len(text) % 8)),
        lambda text: base64.b64decode(text + "=" * (-len(text) % 4), validate=True),
    )
    found = []
    for way in ways:
        try:
            found.append(way(value))
        except (ValueError, binascii.Error):
            continue
    return found
