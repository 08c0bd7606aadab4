"""The bytes of a ZIP member, unpacked piece by piece, never more than the directory says."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, BinaryIO

from undersight.archives.zip_directory import DEFLATED, STORED
from undersight.errors import ArchiveDamagedError

if TYPE_CHECKING:
    from undersight.archives.problems import Limits
    from undersight.archives.zip_directory import Member

_PIECE = 1 << 16


class MemberReader:
    """Reads one member from its start; digest, length and checksum are known at its end.

    Args:
        stream: The ZIP file, seekable; others may move it between reads.
        member: Which.
        limits: What it may unpack to.

    Raises:
        ArchiveDamagedError: It is packed in a way that is not read here, or unpacks to a bomb.
    """

    def __init__(self, stream: BinaryIO, member: Member, limits: Limits) -> None:
        if member.method not in {STORED, DEFLATED} or member.flags & 1 or member.is_link:
            reason = "it is encrypted, a link or packed in an unknown way"
            raise ArchiveDamagedError("member-damaged", member.name, reason)
        if limits.is_bomb(member.n_bytes, member.n_packed):
            reason = f"{member.n_packed} bytes unpack to {member.n_bytes}"
            raise ArchiveDamagedError("bomb", member.name, reason)
        self._stream, self._member = stream, member
        self._place = member.data_at
        self._end = member.data_at + member.n_packed
        self._inflater = zlib.decompressobj(-15) if member.method == DEFLATED else None
        self._waiting = b""
        self._crc = 0
        self._sha256 = hashlib.sha256()
        self.n_read = 0

    @property
    def sha256(self) -> str:
        """Digest of what was read so far."""
        return self._sha256.hexdigest()

    def read(self, n_bytes: int = -1) -> bytes:
        """Give the next bytes, at most so many; none at the end.

        Args:
            n_bytes: At most so many; negative: all that is left.

        Raises:
            ArchiveDamagedError: It is cut, longer than listed, or has another checksum.
        """
        if n_bytes < 0:
            return b"".join(iter(lambda: self.read(_PIECE), b""))
        piece = self._next(min(n_bytes, _PIECE)) if n_bytes else b""
        self.n_read += len(piece)
        self._crc = zlib.crc32(piece, self._crc)
        self._sha256.update(piece)
        if self.n_read > self._member.n_bytes:
            self._fail("it unpacks to more than the directory says")
        if n_bytes and not piece:
            self._check_end()
        return piece

    def _next(self, n_bytes: int) -> bytes:
        if self._inflater is None:
            return self._packed(n_bytes)
        while not self._inflater.eof:
            packed = self._waiting or self._packed(_PIECE)
            try:
                piece = self._inflater.decompress(packed, n_bytes)
            except zlib.error as error:
                reason = "its packed bytes cannot be read"
                raise ArchiveDamagedError("member-damaged", self._member.name, reason) from error
            self._waiting = self._inflater.unconsumed_tail
            if piece:
                return piece
            if not packed:
                self._fail("it ends too early")
        return b""

    def _packed(self, n_bytes: int) -> bytes:
        self._stream.seek(self._place)
        piece = self._stream.read(min(n_bytes, self._end - self._place))
        self._place += len(piece)
        return piece

    def _check_end(self) -> None:
        is_used_up = self._place == self._end and not self._waiting
        if self._inflater is not None and (self._inflater.unused_data or not is_used_up):
            self._fail("packed bytes are left over")
        if self.n_read != self._member.n_bytes or self._crc != self._member.crc:
            self._fail("its bytes do not have the length or checksum listed")

    def _fail(self, reason: str) -> None:
        raise ArchiveDamagedError("member-damaged", self._member.name, reason)
