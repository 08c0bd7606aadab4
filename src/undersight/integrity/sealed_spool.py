"""Bytes on their way in: in memory while they are few, on the disk only encrypted.

What somebody sends may have to wait on a disk before the vault has taken it. There it lies under
a key that exists in memory only and is gone with the file (AES-256 in counter mode: each place is
written once, nobody else ever holds the file, and the vault checks what it takes).
"""

from __future__ import annotations

import io
import os
import tempfile
from typing import IO, TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_KEY_BYTES, _BLOCK_BYTES = 32, 16


class SealedSpool(io.RawIOBase):
    """A file to write once from the start and read from anywhere.

    Args:
        most_in_memory: From how many bytes on it goes to the disk.
    """

    def __init__(self, most_in_memory: int = 1 << 20) -> None:
        super().__init__()
        self._most = most_in_memory
        self._key = os.urandom(_KEY_BYTES)
        self._file: IO[bytes] = io.BytesIO()
        self._is_on_disk = False
        self._at = self._size = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def writable(self) -> bool:
        """It can be written, at its end."""
        return True

    def seekable(self) -> bool:
        """It can be read from anywhere."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def write(self, data: ReadableBuffer, /) -> int:
        """Add bytes at the end.

        Raises:
            io.UnsupportedOperation: It stands elsewhere: no place is written twice.
        """
        if self._at != self._size:
            msg = "write at the end"
            raise io.UnsupportedOperation(msg)
        content = bytes(data)
        if not self._is_on_disk and self._size + len(content) > self._most:
            self._move_to_disk()
        self._file.seek(self._at)
        self._file.write(self._turned(content, self._at))
        self._at += len(content)
        self._size = self._at
        return len(content)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer from where it stands; return how many bytes there were."""
        view = memoryview(buffer).cast("B")
        self._file.seek(self._at)
        content = self._turned(self._file.read(len(view)), self._at)
        view[: len(content)] = content
        self._at += len(content)
        return len(content)

    def close(self) -> None:
        """Let go of the bytes and of the key."""
        if not self.closed:
            self._file.close()
            self._key = b""
        super().close()

    def _move_to_disk(self) -> None:
        content = self._file.getvalue() if isinstance(self._file, io.BytesIO) else b""
        self._file = tempfile.TemporaryFile(prefix="undersight-")  # noqa: SIM115 - closed in close
        self._is_on_disk = True
        self._file.write(self._turned(content, 0))

    def _turned(self, content: bytes, at: int) -> bytes:
        """Encrypt or decrypt bytes of a place; in memory they stay as they are."""
        if not self._is_on_disk:
            return content
        counter, skipped = divmod(at, _BLOCK_BYTES)
        cipher = Cipher(AES256(self._key), CTR(counter.to_bytes(_BLOCK_BYTES, "big")))
        turn = cipher.encryptor()
        turn.update(bytes(skipped))
        return turn.update(content)
