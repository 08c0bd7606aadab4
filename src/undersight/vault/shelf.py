"""Where objects lie on the disk, and how their bytes get there and back.

Knows files only: what an object's presence means is decided by the custody log (`Vault`).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import TYPE_CHECKING, BinaryIO

from undersight.errors import (
    InvalidDigestError,
    ObjectDamagedError,
    ObjectNotFoundError,
    ObjectTooLargeError,
)
from undersight.integrity import durable
from undersight.integrity.canonical import READ_BYTES, Digest, digest_stream, parse_digest
from undersight.vault.object_stream import ObjectReader, ObjectWriter, PlainReader, PlainWriter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READY_SUFFIX = ".ready"


class Shelf:
    """The object files of one vault.

    Args:
        folder: The vault's folder.
        object_key: Encrypts the bytes; None in a plain workspace.
        name_key: Hides the digests in the file names; None in a plain workspace.
    """

    def __init__(self, folder: Path, *, object_key: bytes | None, name_key: bytes | None) -> None:
        self.objects = folder / "objects"
        self.incoming = folder / "incoming"
        self._object_key, self._name_key = object_key, name_key

    def make_folders(self) -> None:
        """Make the folders that objects lie in."""
        for folder in (self.objects, self.incoming):
            with durable.disk_errors(folder):
                durable.make_folder(folder)

    def name(self, digest: Digest) -> str:
        """The name that an object's file has, 64 hexadecimal digits."""
        if self._name_key is None:
            return digest
        return hmac.new(self._name_key, bytes.fromhex(digest), hashlib.sha256).hexdigest()

    def path(self, digest: Digest) -> Path:
        """Where an object stays."""
        return self.path_of_name(self.name(digest))

    def path_of_name(self, name: str) -> Path:
        """Where a file of this name stays."""
        return self.objects / name[:2] / name[2:]

    def ready_path(self, digest: Digest) -> Path:
        """Where an object waits between its place and the custody log."""
        return self.incoming / (self.name(digest) + READY_SUFFIX)

    def stage(
        self,
        stream: BinaryIO,
        part: Path,
        *,
        cap_bytes: int,
        source_ref: str,
        is_flushed: bool = True,
    ) -> tuple[Digest, int]:
        """Write a stream to a part file as it will lie in the store; its digest and length.

        Not flushed, it is the caller who flushes before anything is entered.

        Raises:
            ObjectTooLargeError: More than the cap.
            DiskFullError: No room.
            ReadOnlyError: Not allowed.
        """
        state, n_bytes = hashlib.sha256(), 0
        with durable.disk_errors(part):
            descriptor = durable.open_new(part)
        try:
            with durable.disk_errors(part):
                writer = self._writer(descriptor)
            # The stream's own errors are not the disk's: they pass through as they are.
            while piece := stream.read(READ_BYTES):
                state.update(piece)
                n_bytes += len(piece)
                if n_bytes > cap_bytes:
                    raise ObjectTooLargeError(cap_bytes, source_ref)
                with durable.disk_errors(part):
                    writer.write(piece)
            with durable.disk_errors(part):
                writer.finish(state.digest(), n_bytes)
                if is_flushed:
                    durable.flush(descriptor)
        finally:
            os.close(descriptor)
        return Digest(state.hexdigest()), n_bytes

    def reader(self, path: Path, digest: Digest) -> ObjectReader | PlainReader:
        """Open an object's file.

        Raises:
            ObjectNotFoundError: It is not there.
            ObjectDamagedError: It is not the object asked for.
        """
        with durable.disk_errors(path):
            try:
                file = path.open("rb")
            except FileNotFoundError as reason:
                raise ObjectNotFoundError(digest) from reason
        try:
            if self._object_key is None:
                return PlainReader(file, expected=digest)
            return ObjectReader(self._object_key, file, expected=digest)
        except BaseException:
            file.close()
            raise

    def identify(self, path: Path, *, is_deep: bool) -> Digest | None:
        """The digest that a file's bytes have; None where only reading it whole would tell.

        Raises:
            ObjectDamagedError: They are no object, or not whole.
        """
        with durable.disk_errors(path), path.open("rb") as file:
            if self._object_key is None:
                return digest_stream(file) if is_deep else None
            reader = ObjectReader(self._object_key, file, expected=None)
            if is_deep:
                read_to_end(reader)
            return reader.digest

    def is_sound(self, digest: Digest) -> bool:
        """Whether an object is in its place and reads whole."""
        try:
            with self.reader(self.path(digest), digest) as reader:
                read_to_end(reader)
        except (ObjectNotFoundError, ObjectDamagedError):
            return False
        return True

    def place(self, *ready: Path) -> None:
        """Move waiting files to where they stay."""
        folders: set[Path] = set()
        for path in ready:
            target = self.path_of_name(path.name.removesuffix(READY_SUFFIX))
            with durable.disk_errors(target):
                if target.parent not in folders:
                    durable.make_folder(target.parent)
                durable.move(path, target)
            folders.add(target.parent)
        with durable.disk_errors(self.incoming):
            durable.flush_folders([*sorted(folders), self.incoming])

    def files(self) -> Iterator[tuple[Digest | None, Path]]:
        """Each file in the store with the digest it answers for; None for one that is no object.

        The digest comes from the file itself: its name, or its encrypted trailer.
        """
        for path in sorted(self.objects.glob("??/*")):
            yield self._digest_of(path), path

    def _writer(self, descriptor: int) -> ObjectWriter | PlainWriter:
        """What turns an object's bytes into the file's."""

        def sink(data: bytes) -> None:
            durable.write_all(descriptor, data)

        if self._object_key is None:
            return PlainWriter(sink)
        return ObjectWriter(self._object_key, sink)

    def _digest_of(self, path: Path) -> Digest | None:
        """The digest that a file answers for, if it lies where that digest belongs."""
        name = path.parent.name + path.name
        try:
            if self._object_key is None:
                return parse_digest(name)
            with path.open("rb") as file:
                digest = ObjectReader(self._object_key, file, expected=None).digest
        except (InvalidDigestError, ObjectDamagedError, OSError):
            # Not an object of ours, or no longer: `check` says which when asked by digest.
            return None
        return digest if self.name(digest) == name else None


def read_to_end(reader: ObjectReader | PlainReader) -> None:
    """Read everything that is left and let it go."""
    buffer = bytearray(READ_BYTES)
    while reader.readinto(buffer):
        pass
