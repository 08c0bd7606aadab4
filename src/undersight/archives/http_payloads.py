"""The HTTP message inside a response record: status, headers, and the payload in plain form."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ ]+(\d{3})")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_MAX_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpHead:
    """The head of a stored HTTP message.

    Args:
        status: Such as 200; 0 for a request or where it cannot be read.
        headers: First value by name in lower case.
        n_bytes: Length of the head with the empty line; 0 where there is no end to it.
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    n_bytes: int = 0

    @property
    def is_chunked(self) -> bool:
        """Whether it says that the payload comes in chunks."""
        return "chunked" in self.headers.get("transfer-encoding", "").lower()


def read_head(block: bytes) -> HttpHead:
    """Read the head at the start of a block; look at 64 KiB of it at most."""
    start = block[:_MAX_HEAD]
    ends = [(start.find(mark), len(mark)) for mark in (b"\r\n\r\n", b"\n\n")]
    found = sorted((at, length) for at, length in ends if at >= 0)
    if not found:
        return HttpHead()
    at, length = found[0]
    first, *lines = start[:at].splitlines() or [b""]
    status = _STATUS.match(first)
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return HttpHead(
        status=int(status.group(1)) if status else 0, headers=headers, n_bytes=at + length
    )


def dechunked(raw: bytes) -> bytes | None:
    """Join a chunked payload; None where it is not chunked, as when a tool joined it already."""
    pieces: list[bytes] = []
    place = 0
    while True:
        head = _CHUNK.match(raw, place)
        if head is None:
            return None
        size = int(head.group(1), 16)
        start = head.end()
        if not size:
            return b"".join(pieces)
        if start + size > len(raw):
            return None
        pieces.append(raw[start : start + size])
        place = start + size
        if raw[place : place + 2] == b"\r\n":
            place += 2
        elif raw[place : place + 1] == b"\n":
            place += 1


def plain_payload(raw: bytes, head: HttpHead, max_bytes: int) -> tuple[bytes, str]:
    """Undo transfer and content encodings as far as they are really there.

    Args:
        raw: The payload as stored.
        head: Its message head.
        max_bytes: More than these are cut off.

    Returns:
        The payload, and what could not be undone: empty, ``cut`` or the name of an encoding.
    """
    joined = dechunked(raw) if head.is_chunked else None
    data = raw if joined is None else joined
    names = [name.strip() for name in head.headers.get("content-encoding", "").lower().split(",")]
    for name in reversed([name for name in names if name not in {"", "identity"}]):
        if name in {"gzip", "x-gzip", "deflate"}:
            data = _inflated(data, max_bytes)
        elif not _looks_plain(data):
            return b"", name
    return data[:max_bytes], "cut" if len(data) > max_bytes else ""


def _inflated(data: bytes, max_bytes: int) -> bytes:
    """Unpack; bytes that are not packed although the head says so stay as they are."""
    for bits in (31, 15, -15):
        inflater = zlib.decompressobj(bits)
        try:
            found = inflater.decompress(data, max_bytes + 1)
        except zlib.error:
            continue
        if found:
            return found
    return data


def _looks_plain(data: bytes) -> bool:
    """Whether a payload is text although its head says packed: some tools unpack and keep it."""
    text = data[:512].decode("utf-8", "replace")
    return text.lstrip()[:1] in {"<", "{", "["} and text.count("\ufffd") <= 1
