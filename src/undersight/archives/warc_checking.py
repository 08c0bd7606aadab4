"""Every record of a WARC read to its end: framing, decisive fields, digests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.archives.digests import StatedDigest
from undersight.archives.http_payloads import dechunked, read_head
from undersight.archives.warc_records import read_records
from undersight.errors import ArchiveDamagedError

if TYPE_CHECKING:
    from undersight.archives.byte_sources import Readable
    from undersight.archives.problems import Findings, Limits
    from undersight.archives.warc_records import Record

_PIECE = 1 << 16
_HEAD_BYTES = 64 * 1024
_MAX_CHUNKED = 32 * 1024**2
INDEXED_KINDS = frozenset({"response", "resource", "revisit"})
_NEEDED = ("warc-type", "warc-record-id", "warc-date")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of a record for comparing the index and the page list.

    Args:
        kind: Such as ``response``.
        url: Its address.
        date: As stated, digits only (``20310504101500``…).
        offset: In the file.
        length: In the file; -1 where it shares its GZIP member.
        payload_digest: As stated, method included.
    """

    kind: str
    url: str
    date: str
    offset: int
    length: int
    payload_digest: str


@dataclass(slots=True)
class RecordTable:
    """The records of the WARCs of one archive.

    Args:
        by_file: Records by file name, then by offset.
        n_records: All records, whatever their kind.
        ids: Record ids.
    """

    by_file: dict[str, dict[int, Seen]] = field(default_factory=dict)
    n_records: int = 0
    ids: set[str] = field(default_factory=set)

    def add(self, name: str, seen: Seen) -> None:
        """Take a record in."""
        self.by_file.setdefault(name, {})[seen.offset] = seen

    def count(self, record: Record, limits: Limits) -> None:
        """Count a record in.

        Raises:
            ArchiveDamagedError: There are more than anybody saves.
        """
        self.n_records += 1
        if self.n_records > limits.max_records:
            raise ArchiveDamagedError("bomb", record.locator, "too many records")

    def times_by_url(self) -> dict[str, set[str]]:
        """Dates of the captures of each address, fragments left out."""
        times: dict[str, set[str]] = {}
        for records in self.by_file.values():
            for seen in records.values():
                if seen.kind in INDEXED_KINDS:
                    times.setdefault(seen.url.partition("#")[0], set()).add(seen.date)
        return times


def check_records(
    stream: Readable, name: str, table: RecordTable, findings: Findings, limits: Limits
) -> None:
    """Read a WARC to its end and list what is wrong with it.

    Args:
        stream: From its first byte; the first two tell whether it is packed.
        name: Its name in the archive, empty for a file of its own.
        table: Takes the records.
        findings: Takes the problems.
        limits: What it may unpack to.

    Raises:
        ArchiveDamagedError: The member around it is damaged (not the WARC itself).
    """
    ahead = _Ahead(stream)
    is_packed = ahead.peek(2) == b"\x1f\x8b"
    try:
        for record in read_records(ahead, is_packed=is_packed, limits=limits):
            table.count(record, limits)
            _check_record(record, name, table, findings)
    except ArchiveDamagedError as error:
        if error.problem == "member-damaged":
            raise
        detail = f"{error.reason}; what follows in this file was not read"
        findings.add(error.problem, detail, name + error.where)
    while ahead.read(_PIECE):  # its digest is over all of it
        pass


class _Ahead:
    """Looks at the first bytes without losing them."""

    def __init__(self, stream: Readable) -> None:
        self._stream, self._kept = stream, b""

    def peek(self, n_bytes: int) -> bytes:
        while len(self._kept) < n_bytes:
            piece = self._stream.read(n_bytes - len(self._kept))
            if not piece:
                break
            self._kept += piece
        return self._kept[:n_bytes]

    def read(self, n_bytes: int = -1) -> bytes:
        if self._kept:
            piece, self._kept = self._kept, b""
            return piece
        return self._stream.read(n_bytes)


def _check_record(record: Record, name: str, table: RecordTable, findings: Findings) -> None:
    where = name + record.locator
    missing = [one for one in _NEEDED if not record.fields.get(one)]
    if missing:
        findings.add("record-damaged", f"it has no {', '.join(missing)}", where)
    if record.repeated:
        findings.add("record-header-twice", ", ".join(record.repeated), where)
    record_id = record.fields.get("warc-record-id", "")
    if record_id in table.ids:
        findings.add("record-id-twice", "another record has its id", where)
    table.ids.add(record_id)
    if record.fields.get("warc-truncated"):
        findings.add("record-truncated", "it was cut when it was saved", where)
    _check_digests(record, where, findings)
    record.finish()
    if not record.is_alone:
        findings.add("records-share-member", "it shares a GZIP member", where)
    table.add(
        name.rpartition("/")[2],
        Seen(
            record.kind,
            record.url,
            "".join(filter(str.isdigit, record.fields.get("warc-date", "")))[:17],
            record.offset,
            record.length,
            record.fields.get("warc-payload-digest", ""),
        ),
    )


def _check_digests(record: Record, where: str, findings: Findings) -> None:
    """Compare block and payload digests in one reading."""
    block = _stated(record, "warc-block-digest", where, findings)
    payload = None
    if record.kind != "revisit":  # there it is the digest of what is not repeated
        payload = _stated(record, "warc-payload-digest", where, findings)
    if block is None and payload is None:
        if record.kind in INDEXED_KINDS and record.kind != "revisit":
            findings.add("record-without-digest", record.kind, where)
        return
    chunks = _PayloadDigests(payload, record)
    while piece := record.read(_PIECE):
        if block is not None:
            block.update(piece)
        chunks.update(piece)
    if block is not None and not block.is_met():
        findings.add("block-digest-mismatch", block.method, where)
    if payload is not None and not chunks.is_met():
        findings.add("payload-digest-mismatch", payload.method, where)


def _stated(
    record: Record, field_name: str, where: str, findings: Findings
) -> StatedDigest | None:
    text = record.fields.get(field_name, "")
    if not text:
        return None
    stated = StatedDigest(text)
    if stated.is_known:
        return stated
    findings.add("digest-unknown", f"{field_name} by {stated.method[:20] or 'no method'}", where)
    return None


class _PayloadDigests:
    """The payload's digest, whether its writer counted the chunk sizes in or not.

    Args:
        stated: What it must have; None where nothing is stated.
        record: Whose payload; of a message, what follows its head.
    """

    def __init__(self, stated: StatedDigest | None, record: Record) -> None:
        self._stated = stated
        self._is_message = "application/http" in record.fields.get("content-type", "").lower()
        self._text = record.fields.get("warc-payload-digest", "")
        self._waiting = b""
        self._chunked: bytearray | None = None

    def update(self, piece: bytes) -> None:
        """Take the next bytes of the block."""
        if self._stated is None:
            return
        if not self._is_message:
            self._take(piece)
            return
        self._waiting += piece
        head = read_head(self._waiting)
        if head.n_bytes or len(self._waiting) > _HEAD_BYTES:
            rest, self._waiting, self._is_message = self._waiting[head.n_bytes :], b"", False
            self._chunked = bytearray() if head.is_chunked else None
            self._take(rest)

    def _take(self, piece: bytes) -> None:
        if self._stated is not None:
            self._stated.update(piece)
        if self._chunked is not None and len(self._chunked) <= _MAX_CHUNKED:
            self._chunked += piece

    def is_met(self) -> bool:
        """Whether one of the two ways of counting fits."""
        if self._stated is None or self._stated.is_met():
            return True
        joined = None if self._chunked is None else dechunked(bytes(self._chunked))
        if joined is None:
            return False
        again = StatedDigest(self._text)
        again.update(joined)
        return again.is_met()
