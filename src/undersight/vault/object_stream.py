r"""The bytes of one encrypted object: written once, read from any place, no bit unnoticed.

::

    "undersight-obj1\\n"   16 bytes
    salt                   32 bytes; object key = HKDF-SHA-256(vault key, salt)
    chunks                 65 536 bytes each (the last may be shorter) + 16-byte tag
    trailer                SHA-256 (32) || length (8, big-endian) + 16-byte tag

AES-256-GCM; nonce = chunk number (11 bytes, big-endian) || 0, the trailer's ends in 1. Zeros
after the object's own bytes hide its exact length; `padded_length` says how many. The trailer
closes the object: cut, extended or reordered chunks do not open. This is the STREAM construction
(Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015) with the digest in the last segment.
"""

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING, BinaryIO

from undersight.errors import ObjectDamagedError
from undersight.integrity.canonical import Digest
from undersight.integrity.secret import derive_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

MAGIC = b"undersight-obj1\n"
CHUNK_BYTES = 1 << 16
TAG_BYTES = 16
_SALT_BYTES = 32
HEADER_BYTES = len(MAGIC) + _SALT_BYTES
TRAILER_BYTES = 32 + 8 + TAG_BYTES
_SEALED_CHUNK = CHUNK_BYTES + TAG_BYTES
_LEAST_PADDED = 4096
_PURPOSE = "undersight/object/v1"
_DATA, _TRAILER = b"\x00", b"\x01"


def padded_length(n_bytes: int) -> int:
    """How many bytes an object of this length takes before encryption, at most 12% more.

    Source: Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
    Communication with PURBs", PETS 2019, §4), never below 4096.
    """
    if n_bytes <= _LEAST_PADDED:
        return _LEAST_PADDED
    exponent = n_bytes.bit_length() - 1
    n_zero_bits = exponent - exponent.bit_length()
    mask = (1 << n_zero_bits) - 1
    return (n_bytes + mask) & ~mask


class ObjectWriter:
    """Encrypts an object piece by piece.

    Args:
        vault_key: The workspace's key for objects.
        sink: Takes the encrypted bytes, in order.
    """

    def __init__(self, vault_key: bytes, sink: Callable[[bytes], None]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt = os.urandom(_SALT_BYTES)
        self._cipher = AESGCM(derive_key(vault_key, purpose=_PURPOSE, salt=salt))
        self._sink = sink
        self._waiting = bytearray()
        self._n_chunks = 0
        sink(MAGIC + salt)

    def write(self, piece: bytes) -> None:
        """Take the next bytes of the object."""
        self._waiting += piece
        n_whole = len(self._waiting) // CHUNK_BYTES * CHUNK_BYTES
        if n_whole:
            self._seal(n_whole)

    def finish(self, digest: bytes, n_bytes: int) -> None:
        """Pad, and close with the object's digest and length."""
        left = padded_length(n_bytes) - n_bytes
        zeros = bytes(CHUNK_BYTES)
        while left:
            self.write(zeros[:left])
            left -= min(left, CHUNK_BYTES)
        if self._waiting:
            self._seal(len(self._waiting))
        trailer = digest + n_bytes.to_bytes(8, "big")
        self._sink(self._cipher.encrypt(_nonce(self._n_chunks, _TRAILER), trailer, None))

    def _seal(self, n_bytes: int) -> None:
        """Encrypt the first waiting bytes, chunk by chunk, and hand them on in one piece."""
        sealed = []
        with memoryview(self._waiting) as view:
            for start in range(0, n_bytes, CHUNK_BYTES):
                chunk = view[start : min(start + CHUNK_BYTES, n_bytes)]
                sealed.append(self._cipher.encrypt(_nonce(self._n_chunks, _DATA), chunk, None))
                self._n_chunks += 1
                chunk.release()
        del self._waiting[:n_bytes]
        self._sink(b"".join(sealed))


class PlainWriter:
    """Hands an object's bytes on as they are, in a plain workspace.

    Args:
        sink: Takes the bytes, in order.
    """

    def __init__(self, sink: Callable[[bytes], None]) -> None:
        self._sink = sink

    def write(self, piece: bytes) -> None:
        """Take the next bytes of the object."""
        self._sink(piece)

    def finish(self, digest: bytes, n_bytes: int) -> None:
        """Nothing closes a plain object: its name is its digest."""


class ObjectReader(io.RawIOBase):
    """Decrypts an object; nothing is handed out that was not authenticated.

    The digest and length are known on opening. Read from start to end, the digest of what was
    read is compared before the last bytes are handed out.

    Args:
        vault_key: The workspace's key for objects.
        file: The encrypted file, seekable; closed with this reader.
        expected: The digest asked for; None accepts whichever the trailer names.

    Raises:
        ObjectDamagedError: It is not an object, its end is missing, or it is another one.
    """

    def __init__(self, vault_key: bytes, file: BinaryIO, *, expected: Digest | None) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        super().__init__()
        self._file = file
        self._name = expected or "(unknown)"
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        header = file.read(HEADER_BYTES)
        self._n_chunks, self._n_padded = self._lay_out(size, header)
        salt = header[len(MAGIC) :]
        self._cipher = AESGCM(derive_key(vault_key, purpose=_PURPOSE, salt=salt))
        self.digest, self.n_bytes = self._read_trailer(size)
        if expected is not None and self.digest != expected:
            raise ObjectDamagedError(expected, f"another object, {self.digest}, is in its place")
        self._name = self.digest
        self._position = 0
        self._chunk_number, self._chunk = -1, b""
        self._running: hashlib._Hash | None = hashlib.sha256()
        if self.n_bytes == 0:
            self._check_end()

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always; a place is reached without reading what is before it."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; the digest is then no longer compared, the tags still are."""
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.n_bytes}[whence]
        target = max(origin + offset, 0)
        if target != self._position:
            self._running = None
        self._position = target
        return target

    def readinto(self, buffer: Buffer) -> int:
        """Fill a buffer from the current place, at most to the end of one chunk.

        Raises:
            ObjectDamagedError: These bytes, or the whole, are not what was stored.
        """
        view = memoryview(buffer).cast("B")
        if self._position >= self.n_bytes or not view:
            return 0
        number, inside = divmod(self._position, CHUNK_BYTES)
        chunk = self._load(number)
        left = min(len(chunk) - inside, self.n_bytes - self._position, len(view))
        piece = chunk[inside : inside + left]
        if self._running is not None:
            self._running.update(piece)
        self._position += left
        if self._position == self.n_bytes:
            self._check_end()
        view[:left] = piece
        return left

    def close(self) -> None:
        """Close the file underneath."""
        if not self.closed:
            self._file.close()
        super().close()

    def _lay_out(self, size: int, header: bytes) -> tuple[int, int]:
        """Number of chunks and of bytes in them, from the size of the file."""
        payload = size - HEADER_BYTES - TRAILER_BYTES
        n_full, rest = divmod(payload, _SEALED_CHUNK)
        if payload < 0 or not header.startswith(MAGIC) or 0 < rest <= TAG_BYTES:
            raise ObjectDamagedError(self._name, "the file is not a whole object")
        if not rest:
            return n_full, n_full * CHUNK_BYTES
        return n_full + 1, n_full * CHUNK_BYTES + rest - TAG_BYTES

    def _read_trailer(self, size: int) -> tuple[Digest, int]:
        """The digest and length that close the object."""
        self._file.seek(size - TRAILER_BYTES)
        sealed = self._file.read(TRAILER_BYTES)
        trailer = self._open(sealed, _nonce(self._n_chunks, _TRAILER), "its end does not open")
        n_bytes = int.from_bytes(trailer[32:], "big")
        if padded_length(n_bytes) != self._n_padded:
            raise ObjectDamagedError(self._name, "its length does not fit")
        return Digest(trailer[:32].hex()), n_bytes

    def _load(self, number: int) -> bytes:
        """A chunk's plaintext; the last one read is kept."""
        if number != self._chunk_number:
            self._file.seek(HEADER_BYTES + number * _SEALED_CHUNK)
            in_chunk = min(CHUNK_BYTES, self._n_padded - number * CHUNK_BYTES)
            sealed = self._file.read(in_chunk + TAG_BYTES)
            where = f"bytes from {number * CHUNK_BYTES} do not open"
            self._chunk = self._open(sealed, _nonce(number, _DATA), where)
            self._chunk_number = number
        return self._chunk

    def _check_end(self) -> None:
        """Authenticate the padding too, and compare the digest if all was read in order."""
        last = self.n_bytes // CHUNK_BYTES
        for number in range(last, self._n_chunks):
            self._load(number)
        if self._running is not None and self._running.hexdigest() != self.digest:
            raise ObjectDamagedError(self._name, "its bytes do not have its digest")

    def _open(self, sealed: bytes, nonce: bytes, where: str) -> bytes:
        """Decrypt one segment."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(nonce, sealed, None)
        except (InvalidTag, ValueError) as reason:
            raise ObjectDamagedError(self._name, where) from reason


class PlainReader(io.RawIOBase):
    """Reads an object of a plain workspace and compares its digest at the end.

    Args:
        file: The file, seekable; closed with this reader.
        expected: The digest asked for.
    """

    def __init__(self, file: BinaryIO, *, expected: Digest) -> None:
        super().__init__()
        self._file = file
        self.digest = expected
        self.n_bytes = file.seek(0, os.SEEK_END)
        file.seek(0)
        self._running: hashlib._Hash | None = hashlib.sha256()
        if self.n_bytes == 0:
            self._compare()

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always; see `seek`."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._file.tell()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; the digest is then no longer compared."""
        before = self._file.tell()
        target = self._file.seek(offset, whence)
        if target != before:
            self._running = None
        return target

    def readinto(self, buffer: Buffer) -> int:
        """Fill a buffer from the current place.

        Raises:
            ObjectDamagedError: All was read in order and is not what was stored.
        """
        view = memoryview(buffer).cast("B")
        piece = self._file.read(len(view))
        if self._running is not None:
            self._running.update(piece)
            if self._file.tell() >= self.n_bytes:
                self._compare()
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close the file underneath."""
        if not self.closed:
            self._file.close()
        super().close()

    def _compare(self) -> None:
        """Refuse bytes of another digest."""
        if self._running is not None and self._running.hexdigest() != self.digest:
            raise ObjectDamagedError(self.digest, "its bytes do not have its digest")


def _nonce(number: int, kind: bytes) -> bytes:
    """12 bytes, never twice under one object's key."""
    return number.to_bytes(11, "big") + kind
