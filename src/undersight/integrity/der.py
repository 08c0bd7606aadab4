"""The few DER encodings that a time stamp is made of.

Source: ITU-T X.690 §8 and §10.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_INTEGER, _OCTETS, _NULL, _OID, _TIME = 0x02, 0x04, 0x05, 0x06, 0x18
_SEQUENCE, _SET, _CONTEXT = 0x30, 0x31, 0xA0


def sequence(*parts: bytes) -> bytes:
    """Encoded values in their order."""
    return _value(_SEQUENCE, b"".join(parts))


def set_of(parts: Iterable[bytes]) -> bytes:
    """Encoded values in the one order that DER has for sets."""
    return _value(_SET, b"".join(sorted(parts)))


def tagged(number: int, content: bytes) -> bytes:
    """A value under a context tag: explicit around a value, implicit around its content."""
    return _value(_CONTEXT + number, content)


def integer(value: int) -> bytes:
    """A whole number from 0."""
    return _value(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(data: bytes) -> bytes:
    """A byte string."""
    return _value(_OCTETS, data)


def null() -> bytes:
    """Nothing."""
    return _value(_NULL, b"")


def oid(dotted: str) -> bytes:
    """An object identifier such as ``1.2.840.113549``."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    return _value(_OID, b"".join(_base128(arc) for arc in (first * 40 + second, *rest)))


def generalized_time(at: dt.datetime) -> bytes:
    """A moment, whole seconds, UTC."""
    text = at.astimezone(dt.UTC).strftime("%Y%m%d%H%M%SZ")
    return _value(_TIME, text.encode("ascii"))


def content_of(encoded: bytes) -> bytes:
    """What stands inside one encoded value."""
    return encoded[_n_header_bytes(encoded) :]


def parts_of(content: bytes) -> list[bytes]:
    """The encoded values that stand one after the other.

    Raises:
        ValueError: It is something else, or cut.
    """
    found = []
    while content:
        n_header = _n_header_bytes(content)
        n_bytes = content[1]
        if n_bytes & 0x80:
            n_bytes = int.from_bytes(content[2:n_header], "big")
        found.append(content[: n_header + n_bytes])
        if len(found[-1]) != n_header + n_bytes:
            raise ValueError
        content = content[n_header + n_bytes :]
    return found


def with_sets_in_order(stamp: bytes) -> bytes:
    """A time stamp whose certificates stand in the one order that DER has for sets.

    Several authorities, DigiCert's among them, send theirs in the order of the chain, and strict
    readers refuse such a reply. The order says nothing, no signature is over it, and all that is
    signed stays byte by byte.

    Args:
        stamp: A reply or a bare token (RFC 3161, RFC 5652).

    Returns:
        The same where it is something else.
    """
    try:
        first, *rest = parts_of(content_of(stamp))
        if first[0] == _OID:
            return _ordered_token(stamp)
        return sequence(first, *map(_ordered_token, rest))
    except (ValueError, IndexError):
        return stamp


def _ordered_token(token: bytes) -> bytes:
    """A token likewise."""
    kind, wrapped = parts_of(content_of(token))
    (signed,) = parts_of(content_of(wrapped))
    ordered = (_ordered(part) for part in parts_of(content_of(signed)))
    return sequence(kind, tagged(0, sequence(*ordered)))


def _ordered(part: bytes) -> bytes:
    """Certificates or revocation lists in their order, any other part as it is."""
    if part[0] not in {_CONTEXT, _CONTEXT + 1}:
        return part
    return tagged(part[0] - _CONTEXT, b"".join(sorted(parts_of(content_of(part)))))


def _n_header_bytes(encoded: bytes) -> int:
    """Length of the tag and the length that stand before a value."""
    return 2 + (encoded[1] & 0x7F if encoded[1] & 0x80 else 0)


def _value(tag: int, content: bytes) -> bytes:
    """Tag, length, content."""
    n_bytes = len(content)
    if n_bytes < 0x80:
        return bytes((tag, n_bytes)) + content
    length = n_bytes.to_bytes((n_bytes.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _base128(arc: int) -> bytes:
    """One arc of an identifier, seven bits a byte."""
    groups = [arc & 0x7F]
    while arc := arc >> 7:
        groups.append(arc & 0x7F | 0x80)
    return bytes(reversed(groups))
