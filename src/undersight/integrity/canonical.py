"""One value, one byte string: RFC 8785 canonical JSON and the digests made from it."""

from __future__ import annotations

import hashlib
import re
from typing import Any, BinaryIO, NewType

from undersight.errors import InvalidDigestError, NotCanonicalError

Digest = NewType("Digest", str)
"""A SHA-256 in 64 lower-case hexadecimal digits."""

READ_BYTES = 1 << 20
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

    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as reason:
        raise NotCanonicalError(str(reason)) from reason


def digest_bytes(data: bytes) -> Digest:
    """SHA-256 of a byte string."""
    return Digest(hashlib.sha256(data).hexdigest())


def digest_stream(stream: BinaryIO) -> Digest:
    """SHA-256 of what is left in a binary stream, read in pieces of 1 MiB."""
    state = hashlib.sha256()
    while piece := stream.read(READ_BYTES):
        state.update(piece)
    return Digest(state.hexdigest())


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
