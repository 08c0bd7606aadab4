"""What a web archive saved, one capture after another, each with the place it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from undersight.archives.checking import member_streams
from undersight.archives.http_payloads import HttpHead, plain_payload, read_head
from undersight.archives.problems import Limits
from undersight.archives.warc_records import is_warc, read_records
from undersight.archives.zip_directory import is_zip
from undersight.errors import ArchiveDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.archives.byte_sources import Readable
    from undersight.archives.warc_records import Record

MAX_BODY_BYTES = 32 * 1024**2
_HEAD_BYTES = 64 * 1024
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One saved answer of a server.

    Args:
        locator: Member, ``@`` and the record's offset in it.
        record_id: The record's own id.
        url: Its address.
        time: When it was saved, as the record states (UTC).
        mime: Type as the server stated it, lower case, without parameters.
        charset: As the server stated it.
        status: HTTP status; 200 for a resource record.
        body: In plain form, transfer and content encodings undone.
        undone: Why the body is not whole: ``cut``, an encoding that is not read here, or empty.
    """

    locator: str
    record_id: str
    url: str
    time: str
    mime: str
    charset: str
    status: int
    body: bytes
    undone: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the body, hex."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Where reading stopped.

    Args:
        locator: Member and offset.
        reason: One clause.
    """

    locator: str
    reason: str


def read_captures(
    stream: BinaryIO, *, limits: Limits | None = None, max_body_bytes: int = MAX_BODY_BYTES
) -> Iterator[Capture | Gap]:
    """Read what was saved, in the order of the file names and then of the records.

    Only the body in hand is in memory. Other kinds of records (requests, notes of the program
    that saved) are passed over.

    Args:
        stream: A WACZ or WARC, seekable.
        limits: How much of it to bear.
        max_body_bytes: Longer bodies are cut and say so.

    Raises:
        ArchiveDamagedError: It is neither.
    """
    limits = limits or Limits()
    stream.seek(0)
    head = stream.read(_PIECE)
    stream.seek(0)
    if is_zip(head):
        for name, reader in member_streams(stream, limits):
            yield from _captures(reader, name, limits, max_body_bytes)
    elif is_warc(head):
        yield from _captures(stream, "", limits, max_body_bytes)
    else:
        raise ArchiveDamagedError("not-an-archive", "@0", "it is neither WACZ nor WARC")


def is_archive(head: bytes, name: str = "") -> bool:
    """Tell a web archive from its first bytes; a ZIP counts if named or filled as one."""
    if is_warc(head):
        return True
    inside = (b"datapackage.json", b"archive/", b"indexes/", b"pages/pages.jsonl")
    return is_zip(head) and (
        name.lower().endswith(".wacz") or any(head[30:].startswith(one) for one in inside)
    )


def _captures(
    stream: Readable, name: str, limits: Limits, max_body_bytes: int
) -> Iterator[Capture | Gap]:
    try:
        first = stream.read(2)
        for record in read_records(
            _Joined(first, stream), is_packed=first == b"\x1f\x8b", limits=limits
        ):
            if record.kind in {"response", "resource"}:
                yield _capture(record, name + record.locator, max_body_bytes)
    except ArchiveDamagedError as error:
        where = error.where if error.where.startswith(name) else name + error.where
        yield Gap(locator=where or name, reason=error.reason)


def _capture(record: Record, locator: str, max_body_bytes: int) -> Capture:
    """Read a record's body, at most so much of it."""
    pieces, n_read = [], 0
    most = max_body_bytes + _HEAD_BYTES
    while n_read < most and (piece := record.read(min(_PIECE, most - n_read))):
        pieces.append(piece)
        n_read += len(piece)
    block = b"".join(pieces)
    stated = record.fields.get("content-type", "")
    head = HttpHead(status=200, headers={"content-type": stated})
    if record.kind == "response" and "application/http" in stated.lower():
        head = read_head(block)
    body, undone = plain_payload(block[head.n_bytes :], head, max_body_bytes)
    mime, _, rest = head.headers.get("content-type", "").partition(";")
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
    return Capture(
        locator=locator,
        record_id=record.fields.get("warc-record-id", "").strip("<>"),
        url=record.url,
        time=record.fields.get("warc-date", ""),
        mime=mime.strip().lower(),
        charset=charset,
        status=head.status,
        body=body,
        undone="cut" if n_read < record.n_body and not undone else undone,
    )


class _Joined:
    """Puts the first bytes back before a stream."""

    def __init__(self, first: bytes, rest: Readable) -> None:
        self._first, self._rest = first, rest

    def read(self, n_bytes: int = -1) -> bytes:
        if self._first:
            piece, self._first = self._first, b""
            return piece
        return self._rest.read(n_bytes)
