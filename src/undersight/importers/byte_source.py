"""The bytes of a file as lines of text: unpacked, decoded, bounded, and honest about damage."""

from __future__ import annotations

import codecs
import io
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from undersight.errors import DamagedFileError, FileUnreadableError
from undersight.text.decoding import guess_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

HEAD_BYTES: Final = 64 * 1024
MOST_LINE_BYTES: Final = 16 * 1024**2
_GZIP = b"\x1f\x8b"
_CHUNK_BYTES = 256 * 1024
_TAR_AT: Final = 257
# DEFLATE can swell a thousandfold; tables of posts pack three to sixty times.
_MOST_RATIO = 300
_RATIO_COUNTS_FROM_BYTES = 32 * 1024**2
_BINARY_STARTS = {
    b"PAR1": "a Parquet file",
    b"PK\x03\x04": "a ZIP file or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
}


def unpacked_head(head: bytes) -> bytes:
    """Return the beginning of a file, unpacked where it is gzip; empty where it is damaged."""
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, HEAD_BYTES)
    except zlib.error:
        return b""


def head_text(head: bytes) -> str:
    """Return the beginning of a file as text, for looking at its signature only."""
    raw = unpacked_head(head)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        # The last character may be cut in two.
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(raw)
        return text if "\0" not in text else raw.decode(_encoding_or_utf8(raw), errors="replace")
    except UnicodeDecodeError:
        return raw.decode(_encoding_or_utf8(raw), errors="replace").removeprefix("\ufeff")


def _encoding_or_utf8(raw: bytes) -> str:
    """The encoding of a beginning that is not UTF-8; UTF-8 where it is no text at all."""
    try:
        return _encoding_of(raw)
    except DamagedFileError:
        return "utf-8"


def is_packed(head: bytes) -> bool:
    """Whether the file begins as gzip does."""
    return head.startswith(_GZIP)


class _Unpacking(io.RawIOBase):
    """A gzip file of one or more members, read once; a cut one ends where it is cut."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._member = zlib.decompressobj(31)
        self._pending = b""
        self.n_in = 0
        self.n_out = 0
        self.damage = ""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        part = self._next(len(view))
        view[: len(part)] = part
        return len(part)

    def _next(self, n_wanted: int) -> bytes:
        while not self.damage:
            if not self._pending:
                self._pending = self._packed.read(_CHUNK_BYTES)
                self.n_in += len(self._pending)
            if not self._pending:
                is_inside = self.n_in > 0 and not self._member.eof
                self.damage = "the gzip file is cut short" if is_inside else ""
                return b""
            part = self._unpack(n_wanted)
            if part:
                return part
        return b""

    def _unpack(self, n_wanted: int) -> bytes:
        if self._member.eof:
            self._pending = self._pending.lstrip(b"\0")
            if not self._pending:
                return b""
            self._member = zlib.decompressobj(31)
        try:
            part = self._member.decompress(self._pending, n_wanted)
        except zlib.error:
            self.damage = "the gzip file is damaged, and the rows before this may be too"
            return b""
        self._pending = self._member.unused_data or self._member.unconsumed_tail
        self.n_out += len(part)
        if self.n_out > _RATIO_COUNTS_FROM_BYTES and self.n_out > self.n_in * _MOST_RATIO:
            size = f"it unpacks to more than {_MOST_RATIO} times its size, as only a bomb does"
            raise DamagedFileError("the packed bytes", size)
        return part


class _AsUtf8(io.RawIOBase):
    """UTF-16 read as UTF-8, so that lines end in one byte."""

    def __init__(self, source: BinaryIO, encoding: str) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._pending = b""
        self._n_read = 0
        self.damage = ""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        while not self._pending and not self.damage:
            raw = self._source.read(_CHUNK_BYTES)
            try:
                # A lone surrogate is damage of the text, kept visible as a replacement mark.
                text = self._decoder.decode(raw, final=not raw)
                self._pending = text.encode("utf-8", "replace")
            except UnicodeDecodeError as error:
                place = self._n_read + error.start
                self.damage = f"the bytes from about {place} on are not {self._decoder_name()}"
            self._n_read += len(raw)
            if not raw:
                break
        part, self._pending = self._pending[: len(view)], self._pending[len(view) :]
        view[: len(part)] = part
        return len(part)

    def _decoder_name(self) -> str:
        return "UTF-16"


class _LinesOfReturns(io.RawIOBase):
    """Lines that end in a carriage return only, as old spreadsheets write them, ended anew."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        raw = self._source.read(len(view)).replace(b"\r", b"\n")
        view[: len(raw)] = raw
        return len(raw)


class TextLines:
    """The lines of a text file in any encoding of the region, one after another.

    A line that cannot be taken as it is (too long, bytes of no character, NUL) comes out as an
    empty one and its number stands in `damaged` with the reason, so that the reading goes on.

    Args:
        stream: The file from its start; gzip is unpacked by content.

    Raises:
        DamagedFileError: It is empty, or is no text.
    """

    def __init__(self, stream: BinaryIO) -> None:
        source = stream if stream.seekable() else io.BytesIO(stream.read())
        head = source.read(HEAD_BYTES)
        source.seek(0)
        self._unpacking = _Unpacking(source) if is_packed(head) else None
        bare = unpacked_head(head)
        refuse_binary(bare)
        if self._unpacking:
            source = io.BufferedReader(self._unpacking, _CHUNK_BYTES)
        self.encoding = _encoding_of(bare)
        self._as_utf8: _AsUtf8 | None = None
        if self.encoding.startswith("utf-16"):
            self._as_utf8 = _AsUtf8(source, self.encoding)
            source = io.BufferedReader(self._as_utf8, _CHUNK_BYTES)
        if b"\n" not in bare and b"\r" in bare.strip():
            source = io.BufferedReader(_LinesOfReturns(source), _CHUNK_BYTES)
        self._source = source
        self._codec = "utf-8" if self.encoding.startswith("utf") else self.encoding
        self._is_ascii_so_far = bare.isascii()
        self.n_lines = 0
        self.damaged: dict[int, str] = {}
        self.is_last_line_whole = True
        self._n_bytes = 0

    @property
    def damage(self) -> str:
        """Why the file ends earlier than it should; empty where it does not. Known at its end."""
        wrappers = (self._unpacking, self._as_utf8)
        return next((one.damage for one in wrappers if one and one.damage), "")

    def __iter__(self) -> Iterator[str]:
        """Yield the lines, each with its line end.

        Raises:
            DamagedFileError: The file is a decompression bomb.
        """
        readline = self._source.readline
        while raw := readline(MOST_LINE_BYTES + 1):
            yield self._line(raw)

    def _line(self, raw: bytes) -> str:
        """Return one line as text; an empty one where it cannot be taken."""
        self.n_lines += 1
        if self.n_lines == 1 and raw.startswith(codecs.BOM_UTF8):
            raw = raw[3:]
            self._n_bytes = 3
        start = self._n_bytes
        self._n_bytes += len(raw)
        if len(raw) > MOST_LINE_BYTES:
            self._skip_line(raw)
            place = "" if self._as_utf8 or self._unpacking else f"; it begins at byte {start}"
            self.damaged[self.n_lines] = f"The line is longer than 16 MiB{place}."
            return "\n"
        if b"\0" in raw:
            self.damaged[self.n_lines] = f"The line holds NUL bytes; it begins at byte {start}."
            return "\n"
        if raw[-1] != 10:
            self.is_last_line_whole = False
        try:
            return raw.decode(self._codec)
        except UnicodeDecodeError:
            return self._decoded_otherwise(raw, start)

    def blocks(self) -> Iterator[list[str]]:
        """Yield the same lines, many at a time: `n_lines` and `damaged` are then ahead.

        Raises:
            DamagedFileError: The file is a decompression bomb.
        """
        source = self._source
        while True:
            raw = source.read(_CHUNK_BYTES)
            if raw and not raw.endswith(b"\n"):
                raw += source.readline(MOST_LINE_BYTES + 1)
            if not raw:
                return
            lines = self._whole(raw)
            if lines is None:
                lines = [self._line(one) for one in io.BytesIO(raw)]
            yield lines

    def _whole(self, raw: bytes) -> list[str] | None:
        """Return the lines of a block in which nothing is amiss; None where something is."""
        is_start = not self.n_lines and raw.startswith(codecs.BOM_UTF8)
        n_last = len(raw) - raw.rfind(b"\n", 0, len(raw) - 1)
        if is_start or b"\0" in raw or n_last > MOST_LINE_BYTES or not raw.endswith(b"\n"):
            return None
        try:
            text = raw.decode(self._codec)
        except UnicodeDecodeError:
            return None
        lines = list(io.StringIO(text, newline="\n"))
        self.n_lines += len(lines)
        self._n_bytes += len(raw)
        return lines

    def _skip_line(self, raw: bytes) -> None:
        while raw and not raw.endswith(b"\n"):
            raw = self._source.readline(_CHUNK_BYTES)
            self._n_bytes += len(raw)

    def _decoded_otherwise(self, raw: bytes, start: int) -> str:
        """Decode a line that does not fit: another encoding if nothing spoke against it yet."""
        if self._is_ascii_so_far and self._codec == "utf-8":
            self._is_ascii_so_far = False
            try:
                self._codec = self.encoding = guess_encoding(raw)
                return raw.decode(self._codec)
            except (FileUnreadableError, UnicodeDecodeError):
                self._codec = self.encoding = "utf-8"
        name = self.encoding.upper()
        self.damaged[self.n_lines] = f"The line is not {name}; it begins at byte {start}."
        return "\n"


class TextChunks:
    """A text of UTF-8 or UTF-16 in pieces of any size, for what has no lines.

    Args:
        stream: The file from its start; gzip is unpacked by content.

    Raises:
        DamagedFileError: It is empty, or is no text.
    """

    def __init__(self, stream: BinaryIO) -> None:
        head = stream.read(HEAD_BYTES)
        stream.seek(0)
        self._unpacking = _Unpacking(stream) if is_packed(head) else None
        self._source: BinaryIO = (
            io.BufferedReader(self._unpacking, _CHUNK_BYTES) if self._unpacking else stream
        )
        bare = unpacked_head(head)
        refuse_binary(bare)
        encoding = _encoding_of(bare)
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self.is_ended = False
        self.damage = ""

    def read(self, n_least: int) -> str:
        """Return more text, at least so many bytes of it unless the file ends."""
        parts: list[str] = []
        n_bytes = 0
        while n_bytes <= n_least and not self.is_ended:
            raw = self._source.read(_CHUNK_BYTES)
            n_bytes += len(raw)
            self.is_ended = not raw
            try:
                parts.append(self._decoder.decode(raw, final=not raw))
            except UnicodeDecodeError:
                self.is_ended = True
                self.damage = "the text holds bytes of no character"
        if self._unpacking and self._unpacking.damage:
            self.damage = self._unpacking.damage
        return "".join(parts)


def refuse_binary(head: bytes) -> None:
    """Refuse what is no text at all.

    Args:
        head: The beginning of a file.

    Raises:
        DamagedFileError: It is empty, or begins as a file of another kind.
    """
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\r\n\t \0"):
        is_nul = b"\0" in head
        raise DamagedFileError("line 1", "it holds nothing but NUL" if is_nul else "it is empty")
    for start, what in _BINARY_STARTS.items():
        if head.startswith(start):
            raise DamagedFileError("line 1", f"it is {what}, not text")
    if head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        reason = "it is a tar archive: unpack it and bring in the files in it"
        raise DamagedFileError("line 1", reason)


def _encoding_of(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) >= 8 and not head.startswith(b"\0\0"):
        n_odd, n_even = head[1::2].count(0), head[0::2].count(0)
        if max(n_odd, n_even) > len(head) // 5 and min(n_odd, n_even) == 0:
            return "utf-16-le" if n_odd else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError as error:
        # A few stray bytes in UTF-8 are damage of these lines, not another encoding.
        if _is_mostly_utf8(head):
            return "utf-8"
        try:
            return guess_encoding(head)
        except FileUnreadableError:
            raise DamagedFileError(f"byte {error.start}", "it is not text") from error
    return "utf-8"


def _is_mostly_utf8(head: bytes) -> bool:
    text = head.decode("utf-8", errors="replace")
    n_bad = text.count("\ufffd")
    n_good = sum(1 for char in text if char > "\x7f") - n_bad
    return n_good > 3 * n_bad
