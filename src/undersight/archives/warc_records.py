"""WARC records one after another, each with where it begins and how long it is.

Source: ISO 28500:2017 (WARC 1.1) §4-5, Annex D (one GZIP member per record).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from undersight.archives.byte_sources import GZIP_MAGIC, GzipSource, PlainSource
from undersight.errors import ArchiveDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.archives.byte_sources import Readable
    from undersight.archives.problems import Limits

_VERSION = re.compile(rb"WARC/[01]\.\d+")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_PIECE = 1 << 16
DECISIVE: Final = frozenset(
    {
        "warc-type",
        "warc-record-id",
        "warc-date",
        "warc-target-uri",
        "warc-block-digest",
        "warc-payload-digest",
        "content-length",
    }
)


@dataclass(slots=True, kw_only=True)
class Record:
    """One record; its body can be read once, and is left behind when the next is asked for.

    Args:
        offset: Of its first byte in the file, packed if the file is.
        fields: Header by name in lower case; the first where one stands twice.
        inner: Unpacked bytes of the same GZIP member before it.
        repeated: Decisive names that stand twice.
        n_body: Length of its block.
        is_alone: Whether it has its GZIP member to itself, as far as read.
        length: Bytes in the file from `offset`; 0 until `finish`.
    """

    offset: int
    inner: int = 0
    fields: dict[str, str]
    repeated: tuple[str, ...]
    n_body: int
    is_alone: bool = True
    length: int = 0
    _source: PlainSource | GzipSource = field(repr=False)
    _left: int = field(default=0, repr=False)

    @property
    def locator(self) -> str:
        """``@`` and its offset; with ``+`` and its place among the unpacked bytes if it shares."""
        return f"@{self.offset}+{self.inner}" if self.inner else f"@{self.offset}"

    @property
    def kind(self) -> str:
        """Such as ``response``."""
        return self.fields.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """The address that it is about; some writers put it between angle brackets."""
        return self.fields.get("warc-target-uri", "").strip("<>")

    def read(self, n_bytes: int) -> bytes:
        """Give the next bytes of the block, at most so many; none at its end.

        Raises:
            ArchiveDamagedError: The file ends first.
        """
        if not self._left:
            return b""
        piece = self._source.read(min(n_bytes, self._left))
        if not piece:
            reason = f"{self._left} bytes of {self.n_body} are missing"
            raise ArchiveDamagedError("record-damaged", f"@{self.offset}", reason)
        self._left -= len(piece)
        return piece

    def finish(self) -> None:
        """Go to the end of the record and see that it ends as it must.

        Raises:
            ArchiveDamagedError: The two empty lines are not there.
        """
        if self.length:
            return
        while self.read(_PIECE):
            pass
        ending = self._source.read_line(2) + self._source.read_line(2)
        if ending != b"\r\n\r\n":
            reason = "it does not end where its length says"
            raise ArchiveDamagedError("record-damaged", f"@{self.offset}", reason)
        if isinstance(self._source, GzipSource):
            rest = self._source.read(1)
            self._source.put_back(rest)
            self.is_alone = self.is_alone and not rest
        self.length = self._source.place - self.offset if self.is_alone else -1


def is_warc(head: bytes) -> bool:
    """Tell a WARC file, packed or not, from its first bytes."""
    if head.startswith(GZIP_MAGIC):
        import zlib

        try:
            head = zlib.decompressobj(31).decompress(head, 16)
        except zlib.error:
            return False
    return _VERSION.match(head) is not None


def read_records(stream: Readable, *, is_packed: bool, limits: Limits) -> Iterator[Record]:
    """Read the records of a WARC in file order, holding none of them in memory.

    Args:
        stream: From its first byte on.
        is_packed: Whether it begins as a GZIP file.
        limits: How much it may unpack to, and how long a header may be.

    Raises:
        ArchiveDamagedError: It is cut or its framing is lost; what follows cannot be read.
    """
    source = GzipSource(stream, limits) if is_packed else PlainSource(stream, limits)
    while source.next_part():
        while (record := _read_header(source, limits)) is not None:
            yield record
            record.finish()


def _read_header(source: PlainSource | GzipSource, limits: Limits) -> Record | None:
    """Read the version line and fields of the next record; None at the end of this part."""
    offset, inner = source.place, source.inner
    version = source.read_line(limits.max_header_bytes)
    if not version:
        return None
    where = f"@{offset}"
    if _VERSION.fullmatch(version.rstrip(b"\r\n")) is None:
        raise ArchiveDamagedError("record-damaged", where, "no record begins here")
    fields: dict[str, str] = {}
    repeated: list[str] = []
    for name, value in _fields(source, where, limits.max_header_bytes):
        if name in fields and name in DECISIVE:
            repeated.append(name)
        fields.setdefault(name, value)
    stated = fields.get("content-length", "")
    if not stated.isascii() or not stated.isdigit() or len(stated) > 18:
        raise ArchiveDamagedError("record-damaged", where, "it does not state its length")
    return Record(
        offset=offset,
        inner=inner,
        fields=fields,
        repeated=tuple(repeated),
        n_body=int(stated),
        is_alone=not inner,
        _source=source,
        _left=int(stated),
    )


def _fields(source: PlainSource | GzipSource, where: str, most: int) -> Iterator[tuple[str, str]]:
    """Yield the header fields, continued lines joined."""
    name, value, n_read = "", b"", 0
    while True:
        line = source.read_line(most)
        n_read += len(line)
        if not line.endswith(b"\n") or n_read > most:
            raise ArchiveDamagedError("record-damaged", where, "its header has no end")
        line = line.rstrip(b"\r\n")
        if name and line[:1] in (b" ", b"\t"):
            value += b" " + line.strip()
            continue
        if name:
            yield name, value.decode("utf-8", "replace").strip()
        if not line:
            return
        found = _FIELD.fullmatch(line)
        if found is None:
            raise ArchiveDamagedError("record-damaged", where, "a line of its header is none")
        name, value = found.group(1).decode("ascii").lower(), found.group(2)
