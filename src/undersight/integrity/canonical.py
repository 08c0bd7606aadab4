"""One value, one byte string: RFC 8785 canonical JSON and the digests made from it."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO, NewType

from undersight.errors import FileUnreadableError, InvalidDigestError, NotCanonicalError

if TYPE_CHECKING:
    from pathlib import Path

Digest = NewType("Digest", str)
"""A SHA-256 in 64 lower-case hexadecimal digits."""

READ_BYTES = 1 << 20
_MOST_INTEGER = 2**53 - 1
_SIMPLE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_DIGEST = re.compile(r"[0-9a-f]{64}")


def canonical_json(value: Any) -> bytes:
    """Serialise a JSON value to its only canonical bytes.

    Args:
        value: None, bool, int (within ±(2**53 - 1)), finite float, str, list or tuple of these,
            or a dict with str keys. Text must hold no lone surrogates.

    Raises:
        NotCanonicalError: The value holds something that JSON cannot carry without loss.

    Source: RFC 8785 (JSON Canonicalization Scheme).
    """
    import rfc8785

    if _is_simple(value):
        try:
            return _SIMPLE.encode(value).encode("utf-8")
        except UnicodeEncodeError as reason:
            raise NotCanonicalError(str(reason)) from reason
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as reason:
        raise NotCanonicalError(str(reason)) from reason


def _is_simple(value: Any) -> bool:
    """Whether the standard library writes a value as RFC 8785 does, eight times as fast.

    It does for text, whole numbers that JSON carries, and containers whose keys are ASCII: beyond
    it the order of keys differs (by UTF-16 there, by code point here), and so do fractions.
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return bool(-_MOST_INTEGER <= value <= _MOST_INTEGER)
    if kind is dict:
        for key, inner in value.items():
            if type(key) is not str or not key.isascii() or not _is_simple(inner):
                return False
        return True
    return (kind is list or kind is tuple) and all(map(_is_simple, value))


def digest_bytes(data: bytes) -> Digest:
    """SHA-256 of a byte string."""
    return Digest(hashlib.sha256(data).hexdigest())


def digest_stream(stream: BinaryIO) -> Digest:
    """SHA-256 of what is left in a binary stream, read in pieces of 1 MiB."""
    state = hashlib.sha256()
    while piece := stream.read(READ_BYTES):
        state.update(piece)
    return Digest(state.hexdigest())


def digest_file(path: Path) -> Digest:
    """SHA-256 of a file.

    Raises:
        FileUnreadableError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return digest_stream(file)
    except OSError as error:
        raise FileUnreadableError(str(path), error.strerror or "it cannot be read") from error


def digest_value(value: Any, *, domain: str) -> Digest:
    """SHA-256 of a JSON value under a domain: equal values in two domains never share a digest.

    Args:
        value: A JSON value, as for `canonical_json`.
        domain: What the digest is for, such as ``undersight/custody/v1``; no NUL character.
    """
    return digest_in_domain(canonical_json(value), domain=domain)


def digest_in_domain(data: bytes, *, domain: str) -> Digest:
    """SHA-256 of ``domain || 0x00 || data``."""
    return digest_bytes(domain.encode("utf-8") + b"\x00" + data)


def parse_digest(text: str) -> Digest:
    """Read a digest that someone typed or a file holds.

    Raises:
        InvalidDigestError: Not 64 hexadecimal digits.
    """
    lowered = text.strip().lower()
    if _DIGEST.fullmatch(lowered) is None:
        raise InvalidDigestError(text)
    return Digest(lowered)
