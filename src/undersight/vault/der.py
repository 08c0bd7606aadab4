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
    n_length_bytes = encoded[1] & 0x7F if encoded[1] & 0x80 else 0
    return encoded[2 + n_length_bytes :]


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
