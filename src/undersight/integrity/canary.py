"""Searching folders for a text that must be nowhere: the check behind "not in clear".

A canary is a text planted where it belongs, in a source's name or a withdrawn person's. Then
every other file is searched for it, in the shapes that text takes by accident.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_DEEPEST = 4
_NOT_PACKED = (lzma.LZMAError, zlib.error, zipfile.BadZipFile)
_MOST_UNPACKED_BYTES = 256 * 1024**2


def find_canary(folder: Path, canary: str) -> tuple[Path, ...]:
    """The files under a folder that hold a text, sorted; names of files and folders count too.

    Looks for it in UTF-8 and UTF-16, either letter case, as JSON and URL escapes, in base64 and
    hexadecimal, and inside zip, gzip, bzip2, xz and zlib.

    Args:
        folder: Where to look, with all folders in it.
        canary: Eight characters at least, found in nothing else.
    """
    shapes = canary_shapes(canary)
    found = set()
    for path in sorted(folder.rglob("*")):
        if _holds(str(path.relative_to(folder)).encode("utf-8"), shapes, depth=_DEEPEST) or (
            path.is_file() and _holds(path.read_bytes(), shapes, depth=0)
        ):
            found.add(path)
    return tuple(sorted(found))


def canary_shapes(canary: str) -> frozenset[bytes]:
    """The byte strings that betray a text."""
    shapes = set()
    for text in {canary, canary.lower(), canary.upper(), canary.casefold()}:
        utf8 = text.encode("utf-8")
        shapes |= {utf8, text.encode("utf-16-le"), text.encode("utf-16-be")}
        shapes |= {utf8.hex().encode(), utf8.hex().upper().encode(), quote(text).encode()}
        shapes.add(text.encode("ascii", "backslashreplace"))
        shapes |= set(_base64_cores(utf8))
    return frozenset(shapes)


def _base64_cores(data: bytes) -> Iterator[bytes]:
    """What base64 of anything around these bytes must hold, at each of three alignments."""
    for n_before in range(3):
        whole = base64.b64encode(bytes(n_before) + data)
        first = (n_before * 8 + 5) // 6
        last = (n_before + len(data)) * 8 // 6
        yield whole[first:last]
        yield whole[first:last].translate(bytes.maketrans(b"+/", b"-_"))


def _holds(data: bytes, shapes: frozenset[bytes], *, depth: int) -> bool:
    """Whether bytes, or what is packed in them, hold one of the shapes."""
    if any(shape in data for shape in shapes):
        return True
    if depth == _DEEPEST:
        return False
    return any(_holds(inner, shapes, depth=depth + 1) for inner in _unpacked(data))


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What is packed in the bytes, where the packing is a known one."""
    for start, unpack in _PACKINGS.items():
        if data.startswith(start):
            # Broken, locked, or only begins like a packed file: nothing inside to search.
            with suppress(OSError, EOFError, RuntimeError, ValueError, *_NOT_PACKED):
                yield from unpack(data)


def _unzipped(data: bytes) -> Iterator[bytes]:
    """The members of a zip file that are not absurdly large."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.file_size <= _MOST_UNPACKED_BYTES:
                yield archive.read(member)


_PACKINGS: dict[bytes, Callable[[bytes], Iterable[bytes]]] = {
    b"PK\x03\x04": _unzipped,
    b"\x1f\x8b": lambda data: [gzip.decompress(data)],
    b"BZh": lambda data: [bz2.decompress(data)],
    b"\xfd7zXZ": lambda data: [lzma.decompress(data)],
    b"\x78\x01": lambda data: [zlib.decompress(data)],
    b"\x78\x9c": lambda data: [zlib.decompress(data)],
    b"\x78\xda": lambda data: [zlib.decompress(data)],
}
