"""What a document, a video or an animation says of who made it and where.

Only what the usual programs write is looked for: authors in PDF and office files, comments in GIF,
the place and the device in videos of telephones. Nothing is drawn or run, and little is unpacked.

Source: PDF 32000-1 (14.3), ECMA-376 part 2 (core properties), GIF89a, QuickTime user data.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from undersight.casebook.harm.image_metadata import ImageMetadata

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_UNPACKED: Final = 1 << 20
_MOST_STREAMS: Final = 256
_PDF_AUTHOR: Final = re.compile(rb"/Author\s*(?:\(\s*[^)\s]|<\s*[0-9A-Fa-f]{2}|\d+ \d+ R)")
_XMP_AUTHOR: Final = re.compile(
    rb"<(?:dc:creator|pdf:Author|cp:lastModifiedBy|meta:initial-creator|Company|Manager)\b[^>]*>"
    rb"(?:\s*<rdf:\w+>)*(?:\s*<rdf:li[^>]*>)?\s*[^<\s]"
)
_STREAM: Final = re.compile(rb"/(?:ObjStm|Metadata)\b[^>]{0,400}>>\s*stream\r?\n")
_OFFICE: Final = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_OFFICE_COMMENTS: Final = ("word/comments.xml", "xl/comments1.xml")
_IN_VIDEOS: Final = (
    (b"\xa9xyz", "place"),
    (b"com.apple.quicktime.location", "place"),
    (b"com.apple.quicktime.model", "model of the device"),
    (b"\xa9mod", "model of the device"),
    (b"\xa9aut", "author"),
    (b"com.apple.quicktime.author", "author"),
)


def document_metadata(data: bytes) -> ImageMetadata | None:
    """Return what a file that is no picture tells about itself; None where it tells nothing.

    Args:
        data: The file's bytes.
    """
    for kind, begins, read in (
        ("pdf", b"%PDF-" in data[:1024], _pdf),
        ("document", data.startswith(b"PK\x03\x04"), _office),
        ("gif", data[:6] in (b"GIF87a", b"GIF89a"), _gif),
        ("video", data[4:8] == b"ftyp", _video),
    ):
        if begins:
            found: set[str] = set()
            is_whole = True
            try:
                found.update(read(data))
            # Damaged, encrypted or packed in a way that nobody here unpacks: told as not whole.
            except (LookupError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError,
                    RuntimeError, EOFError, OSError):  # fmt: skip
                is_whole = False
            told = ImageMetadata(kind=kind, tells=tuple(sorted(found)), is_whole=is_whole)
            return told if found or not is_whole else None
    return None


def _pdf(data: bytes) -> Iterator[str]:
    if b"/Encrypt" in data:
        raise ValueError
    for part in (data, *_unpacked(data)):
        if _PDF_AUTHOR.search(part) or _XMP_AUTHOR.search(part):
            yield "author"
            return


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield the packed streams in which a PDF keeps what it says of itself."""
    for n, match in enumerate(_STREAM.finditer(data)):
        if n >= _MOST_STREAMS:
            return
        try:
            packed = data[match.end() : match.end() + _MOST_UNPACKED]
            yield zlib.decompressobj().decompress(packed, _MOST_UNPACKED)
        except zlib.error:  # not packed, or in another way: the raw bytes are searched anyway
            continue


def _office(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        if "[Content_Types].xml" not in names and "mimetype" not in names:
            return  # some other archive
        for name in (name for name in _OFFICE if name in names):
            with package.open(name) as part:
                is_told = _XMP_AUTHOR.search(part.read(_MOST_UNPACKED))
            if is_told:
                yield "author"
        if names & set(_OFFICE_COMMENTS):
            yield "comment"


def _gif(data: bytes) -> Iterator[str]:
    place = 13 + _colours(data[10])
    while data[place] != 0x3B:
        if data[place] == 0x2C:
            place = _behind_blocks(data, place + 11 + _colours(data[place + 9]))
            continue
        if data[place] != 0x21:
            raise ValueError(place)
        if data[place + 1] == 0xFE:
            yield "comment"
        elif data[place + 1] == 0xFF and data[place + 3 : place + 11] == b"XMP Data":
            yield "XMP"
        place = _behind_blocks(data, place + 2)


def _colours(flags: int) -> int:
    """Return the length of the table of colours that some flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _behind_blocks(data: bytes, place: int) -> int:
    while data[place]:
        place += data[place] + 1
    return place + 1


def _video(data: bytes) -> Iterator[str]:
    yield from (word for sign, word in _IN_VIDEOS if sign in data)
