"""Bytes of a WARC with the places they come from, packed (one GZIP member per record) or plain."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

from undersight.errors import ArchiveDamagedError

if TYPE_CHECKING:
    from undersight.archives.problems import Limits

_PIECE = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"


class Readable(Protocol):
    """What can be read forwards."""

    def read(self, n_bytes: int = -1, /) -> bytes:
        """Give the next bytes, at most so many."""


class PlainSource:
    """A WARC that is not packed: one part, places count its own bytes.

    Args:
        stream: Read from where it stands.
        limits: How much may be read.
    """

    def __init__(self, stream: Readable, limits: Limits) -> None:
        self._stream, self._limits = stream, limits
        self._buffer = b""
        self._is_begun = False
        self.place = 0
        self.inner = 0

    def read(self, n_bytes: int) -> bytes:
        """Give the next bytes."""
        if not self._buffer:
            self._buffer = self._stream.read(_PIECE)
        piece, self._buffer = self._buffer[:n_bytes], self._buffer[n_bytes:]
        self.place += len(piece)
        if self.place > self._limits.max_unpacked_bytes:
            raise ArchiveDamagedError("bomb", f"@{self.place}", "there is no end to it")
        return piece

    def read_line(self, most: int) -> bytes:
        """Give the next line."""
        return _line(self, most)

    def next_part(self) -> bool:
        """Begin, once; afterwards, whether anything is left."""
        if not self._buffer:
            self._buffer = self._stream.read(_PIECE)
        is_first, self._is_begun = not self._is_begun, True
        return is_first and bool(self._buffer)

    def put_back(self, piece: bytes) -> None:
        """Take bytes back that belong to what follows."""
        self._buffer = piece + self._buffer
        self.place -= len(piece)


class GzipSource:
    """A packed WARC: each part is one GZIP member, places count packed bytes.

    Args:
        stream: Read from where it stands.
        limits: How much it may unpack to.
    """

    def __init__(self, stream: Readable, limits: Limits) -> None:
        self._stream, self._limits = stream, limits
        self._raw = b""
        self._unpacked = b""
        self._n_raw = 0
        self._n_member_unpacked = self._n_unpacked = 0
        self._inflater = zlib.decompressobj(31)
        self._is_open = False
        self.place = 0

    @property
    def inner(self) -> int:
        """Unpacked bytes of this member before the place."""
        return self._n_member_unpacked - len(self._unpacked)

    def read(self, n_bytes: int) -> bytes:
        """Give the next bytes of this member.

        Raises:
            ArchiveDamagedError: It is cut, damaged, or unpacks to too much.
        """
        if not self._unpacked:
            self._unpacked = self._inflate()
        piece, self._unpacked = self._unpacked[:n_bytes], self._unpacked[n_bytes:]
        return piece

    def read_line(self, most: int) -> bytes:
        """Give the next line."""
        return _line(self, most)

    def put_back(self, piece: bytes) -> None:
        """Take bytes back that belong to what follows in this member."""
        self._unpacked = piece + self._unpacked

    def next_part(self) -> bool:
        """Go to the next member.

        Raises:
            ArchiveDamagedError: What follows is no GZIP member.
        """
        while self._is_open and self.read(_PIECE):
            pass
        if not self._raw:
            self._raw = self._stream.read(_PIECE)
        if not self._raw:
            return False
        self.place = self._n_raw
        if len(self._raw) < 2:
            self._raw += self._stream.read(_PIECE)
        if not self._raw.startswith(GZIP_MAGIC):
            reason = "what follows is no GZIP member"
            raise ArchiveDamagedError("record-damaged", f"@{self.place}", reason)
        self._inflater, self._is_open = zlib.decompressobj(31), True
        self._n_member_unpacked = 0
        return True

    def _inflate(self) -> bytes:
        where = f"@{self.place}"
        while not self._inflater.eof:
            if not self._raw:
                self._raw = self._stream.read(_PIECE)
                if not self._raw:
                    raise ArchiveDamagedError("record-damaged", where, "the file is cut here")
            try:
                piece = self._inflater.decompress(self._raw, _PIECE)
            except zlib.error as error:
                reason = "its packed bytes cannot be read or have another checksum"
                raise ArchiveDamagedError("record-damaged", where, reason) from error
            left = self._inflater.unconsumed_tail or self._inflater.unused_data
            self._n_raw += len(self._raw) - len(left)
            self._raw = left
            self._n_member_unpacked += len(piece)
            self._n_unpacked += len(piece)
            self._check_size(where)
            if piece:
                return piece
        self._is_open = False
        self.place = self._n_raw
        return b""

    def _check_size(self, where: str) -> None:
        n_packed = self._n_raw - self.place
        if self._limits.is_bomb(self._n_member_unpacked, n_packed) or (
            self._n_unpacked > self._limits.max_unpacked_bytes
        ):
            reason = f"{n_packed} bytes unpack to {self._n_member_unpacked} and more"
            raise ArchiveDamagedError("bomb", where, reason)


def _line(source: PlainSource | GzipSource, most: int) -> bytes:
    """Collect bytes to the next line feed; what was read beyond it goes back."""
    pieces: list[bytes] = []
    n_read = 0
    while n_read < most:
        piece = source.read(min(4096, most - n_read))
        at = piece.find(b"\n")
        if at >= 0:
            source.put_back(piece[at + 1 :])
            pieces.append(piece[: at + 1])
            break
        if not piece:
            break
        pieces.append(piece)
        n_read += len(piece)
    return b"".join(pieces)
