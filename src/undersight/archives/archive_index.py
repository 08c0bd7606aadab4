"""The index (CDXJ) of a WACZ, compared with the records that are really there.

A player shows what the index points at. An index left over from other records, or pointing into
the middle of one, makes a whole archive show something that was never saved.

Source: CDXJ 0.1.0 and WACZ 1.1.1 §5.3 (the compressed form: ``index.idx`` over ``index.cdx.gz``).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from undersight.archives.byte_sources import GzipSource, PlainSource
from undersight.archives.digests import StatedDigest
from undersight.archives.warc_checking import INDEXED_KINDS
from undersight.errors import ArchiveDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.archives.byte_sources import Readable
    from undersight.archives.problems import Findings, Limits
    from undersight.archives.warc_checking import RecordTable, Seen

_PIECE = 1 << 16


class IndexCheck:
    """Compares index lines with records, then names the records that no line led to.

    Args:
        table: The records.
        findings: Takes the problems.
        limits: Length of a line.
    """

    def __init__(self, table: RecordTable, findings: Findings, limits: Limits) -> None:
        self._table, self._findings, self._limits = table, findings, limits
        self._reached: set[tuple[str, int]] = set()
        self.n_lines = 0

    def read(self, stream: Readable, name: str, *, is_packed: bool) -> None:
        """Read one index.

        Raises:
            ArchiveDamagedError: The member around it is damaged.
        """
        try:
            for number, line in enumerate(_lines(stream, self._limits, is_packed=is_packed), 1):
                self._check(line, f"{name}:{number}")
        except ArchiveDamagedError as error:
            if error.problem == "member-damaged":
                raise
            self._findings.add("index-unreadable", error.reason, f"{name}{error.where}")
        while stream.read(_PIECE):
            pass

    def name_unreached(self) -> None:
        """List the records that are in no index."""
        for name, records in sorted(self._table.by_file.items()):
            for offset, seen in sorted(records.items()):
                if seen.kind in INDEXED_KINDS and (name, offset) not in self._reached:
                    self._findings.add("record-not-indexed", seen.kind, f"{name}@{offset}")

    def _check(self, line: bytes, where: str) -> None:
        if not line.strip() or line.startswith(b"!meta"):
            return
        entry = _entry(line)
        if entry is None:
            self._findings.add("index-unreadable", "the line is no index entry", where)
            return
        self.n_lines += 1
        stamp, fields = entry
        name = str(fields.get("filename", "")).rpartition("/")[2]
        offset = _number(fields, "offset")
        seen = self._table.by_file.get(name, {}).get(offset)
        if seen is None:
            detail = f"no record begins at {offset} of the file it names"
            self._findings.add("index-stale", detail, where)
            return
        differing = _differing(seen, stamp, fields)
        if not differing:
            self._reached.add((name, offset))
        else:
            detail = f"the record at {offset} has another {', '.join(differing)}"
            self._findings.add("index-stale", detail, where)


def check_summary(raw: bytes, packed: dict[str, bytes], findings: Findings, name: str) -> None:
    """Check that the lines of ``index.idx`` point at parts of the packed index beside it.

    Args:
        raw: The summary.
        packed: The packed indexes by file name, in full.
        findings: Takes the problems.
        name: What to call it.
    """
    file = ""
    for number, line in enumerate(raw.splitlines(), 1):
        entry = _entry(line)
        if entry is None:
            findings.add("index-unreadable", "the line is no index entry", f"{name}:{number}")
            continue
        fields = entry[1]
        if line.startswith(b"!meta"):
            file = str(fields.get("filename", "")).rpartition("/")[2]
            continue
        data = packed.get(file)
        offset, length = _number(fields, "offset"), _number(fields, "length")
        part = b"" if data is None or offset < 0 else data[offset : offset + max(length, 0)]
        stated = StatedDigest(str(fields.get("digest", "")))
        is_met = True
        if stated.is_known:
            stated.update(part)
            is_met = stated.is_met()
        if len(part) != length or not part.startswith(b"\x1f\x8b") or not is_met:
            detail = f"it points at {length} bytes from {offset} that are not there"
            findings.add("index-stale", detail, f"{name}:{number}")


def _lines(stream: Readable, limits: Limits, *, is_packed: bool) -> Iterator[bytes]:
    source = GzipSource(stream, limits) if is_packed else PlainSource(stream, limits)
    carried = b""
    while source.next_part():
        while line := source.read_line(limits.max_line_bytes):
            carried += line
            if carried.endswith(b"\n"):
                yield carried
                carried = b""
            elif len(carried) >= limits.max_line_bytes:
                raise ArchiveDamagedError("index-unreadable", "", "a line has no end")
    if carried:
        yield carried


def _entry(line: bytes) -> tuple[str, dict[str, Any]] | None:
    """Split ``key time {json}``."""
    parts = line.split(b" ", 2)
    if len(parts) != 3:
        return None
    try:
        fields = json.loads(parts[2])
    except (ValueError, RecursionError):
        return None
    return (parts[1].decode("latin-1"), fields) if isinstance(fields, dict) else None


def _number(fields: dict[str, Any], name: str) -> int:
    """Numbers stand as numbers or as text; -1 where there is none."""
    text = str(fields.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else -1


def _differing(seen: Seen, stamp: str, fields: dict[str, Any]) -> list[str]:
    """What the index says otherwise than the record."""
    url, digest = str(fields.get("url", "")), str(fields.get("digest", ""))
    length = _number(fields, "length")
    checks = (
        ("address", bool(url) and not _is_same_address(url, seen.url)),
        ("length", seen.length >= 0 and length >= 0 and not _fits(length, seen.length)),
        ("time", stamp[:14] != seen.date[:14]),
        ("digest", bool(digest and seen.payload_digest) and not _shares(digest, seen)),
    )
    return [what for what, is_other in checks if is_other]


def _is_same_address(stated: str, url: str) -> bool:
    """Posted forms are indexed under an address with the form's fields behind ``__wb_method``."""
    return stated == url or ("__wb_method=" in stated and stated.startswith(url))


def _fits(length: int, real: int) -> bool:
    """Some indexers leave the four bytes after a plain record out, or a line of them."""
    return length == real or 0 < real - length <= 4


def _shares(digest: str, seen: Seen) -> bool:
    """Equal digests, whether the method is written before them or not."""
    stated, real = (one.rpartition(":")[2].upper() for one in (digest, seen.payload_digest))
    methods = [
        one.partition(":")[0].lower() for one in (digest, seen.payload_digest) if ":" in one
    ]
    return stated == real or len(set(methods)) > 1
