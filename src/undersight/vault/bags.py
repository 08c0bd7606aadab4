"""A folder in BagIt form, written as a ZIP file whose bytes depend on its content alone.

Source: RFC 8493 (BagIt 1.0). ``bag-info.txt`` names nobody.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from undersight.errors import PartTakenError
from undersight.integrity import durable
from undersight.integrity.canonical import READ_BYTES, Digest, digest_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can hold
_MODE = 0o100644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of the bag.

    Attributes:
        digest: Of its bytes.
        n_bytes: Their number.
        stream: Gives them.
    """

    digest: Digest
    n_bytes: int
    stream: Callable[[], BinaryIO]


@dataclass(slots=True, kw_only=True)
class Bag:
    """A bag in the making.

    Attributes:
        payload: Files under ``data/`` by their names there.
        tags: Files beside it.
    """

    payload: dict[str, Part] = field(default_factory=dict)
    tags: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        """Put bytes under ``data/``."""
        import io

        part = Part(digest=digest_bytes(data), n_bytes=len(data), stream=lambda: io.BytesIO(data))
        self.add_part(name, part)

    def add_part(self, name: str, part: Part) -> None:
        """Put a file under ``data/`` that is read when the bag is written.

        Raises:
            PartTakenError: Another file has the name.
        """
        if self.payload.setdefault(name, part).digest != part.digest:
            raise PartTakenError(name)

    def manifest(self) -> bytes:
        """Return the list of the payload's digests, one line a file, by name."""
        lines = (f"{self.payload[name].digest}  data/{name}\n" for name in sorted(self.payload))
        return "".join(lines).encode("utf-8")

    def write(self, out: Path, *, info: dict[str, str]) -> Digest:
        """Write the ZIP file, whole or not at all.

        Args:
            out: Where.
            info: Lines of ``bag-info.txt``.

        Returns:
            Digest of the payload's manifest.

        Raises:
            BackendError: The disk refused; an older file stands.
        """
        part = out.with_name(durable.part_name(out.name))
        with durable.disk_errors(out):
            durable.make_folder(out.parent)
            try:
                with part.open("xb") as file:
                    digest = self.write_into(file, folder=out.stem, info=info)
                durable.move(part, out)
            finally:
                part.unlink(missing_ok=True)
        return digest

    def write_into(self, target: BinaryIO, *, folder: str, info: dict[str, str]) -> Digest:
        """Write the ZIP file into a stream, one piece after the other.

        Args:
            target: Written from where it stands; it may be one that cannot go back, and then
                lengths stand behind each file instead of before it.
            folder: Name of the folder in it.
            info: Lines of ``bag-info.txt``.

        Returns:
            Digest of the payload's manifest.
        """
        tags = self._all_tags(info)
        with zipfile.ZipFile(target, "w", allowZip64=True) as file:
            for name in sorted(tags):
                file.writestr(_entry(f"{folder}/{name}"), tags[name])
            for name in sorted(self.payload):
                part = self.payload[name]
                entry = _entry(f"{folder}/data/{name}")
                entry.file_size = part.n_bytes
                with part.stream() as source, file.open(entry, "w") as member:
                    while piece := source.read(READ_BYTES):
                        member.write(piece)
        return digest_bytes(tags[MANIFEST])

    def _all_tags(self, info: dict[str, str]) -> dict[str, bytes]:
        """The files beside the payload, what BagIt asks for among them."""
        n_bytes = sum(part.n_bytes for part in self.payload.values())
        lines = {**info, "Payload-Oxum": f"{n_bytes}.{len(self.payload)}"}
        tags = {
            **self.tags,
            "bagit.txt": _BAGIT,
            "bag-info.txt": "".join(f"{k}: {v}\n" for k, v in lines.items()).encode("utf-8"),
            MANIFEST: self.manifest(),
        }
        listed = (f"{digest_bytes(tags[name])}  {name}\n" for name in sorted(tags))
        return {**tags, TAG_MANIFEST: "".join(listed).encode("utf-8")}


def _entry(name: str) -> zipfile.ZipInfo:
    """A member without a time, packed; its bytes are the same on every machine."""
    entry = zipfile.ZipInfo(name, date_time=_NEVER)
    entry.compress_type = zipfile.ZIP_STORED
    entry.create_system = 3  # as the mode below is Unix's
    entry.external_attr = _MODE
    return entry
