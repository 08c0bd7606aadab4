"""What a picture says about itself: place, device, author. Headers only, nothing is decoded.

Reads JPEG, PNG, WebP and TIFF. A damaged header gives what could be read and never an error: the
picture is then listed as one that could not be checked.

Source: Exif 2.32 (CIPA DC-008), PNG third edition (chunks), WebP container (RIFF), XMP part 3.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

TELLING: Final = {
    0x010D: "description",
    0x010E: "description",
    0x010F: "maker of the device",
    0x0110: "model of the device",
    0x0131: "program",
    0x0132: "time taken",
    0x013B: "author",
    0x013C: "computer",
    0x02BC: "XMP",
    0x8298: "rights",
    0x83BB: "IPTC",
    0x8649: "IPTC",
    0x8825: "place",
    0x9003: "time taken",
    0x9004: "time taken",
    0x927C: "maker note",
    0x9286: "comment",
    0xA420: "picture id",
    0xA430: "owner of the device",
    0xA431: "serial number of the device",
    0xA435: "serial number of the lens",
    0x9C9B: "description",
    0x9C9C: "comment",
    0x9C9D: "author",
    0x9C9E: "description",
    0x9C9F: "description",
    0xC62F: "serial number of the device",
}
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_MAX_IFDS, _MAX_ENTRIES, _MAX_SEGMENTS = 8, 512, 4096
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_OTHER_BRANDS: Final = (b"heic", b"heix", b"mif1", b"avif", b"hevc", b"msf1")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageMetadata:
    """What a picture tells.

    Args:
        kind: ``jpeg``, ``png``, ``webp``, ``tiff``, or ``other`` for one that cannot be read here.
        tells: What it tells, in words, sorted: place, author, serial number of the device...
        is_whole: Whether the headers could be read to their end.
    """

    kind: str
    tells: tuple[str, ...] = ()
    is_whole: bool = True


def image_metadata(data: bytes) -> ImageMetadata | None:
    """Return what a picture tells about itself; None for what is no picture.

    Args:
        data: The file's bytes.
    """
    for kind, begins, read in (
        ("jpeg", data.startswith(b"\xff\xd8\xff"), _jpeg),
        ("png", data.startswith(_PNG), _png),
        ("webp", data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
        ("tiff", data[:4] in (b"II*\x00", b"MM\x00*"), _tiff),
    ):
        if begins:
            found: set[str] = set()
            try:
                found.update(read(data, found))
                is_whole = True
            except (struct.error, LookupError, ValueError):
                is_whole = False
            return ImageMetadata(kind=kind, tells=tuple(sorted(found)), is_whole=is_whole)
    if data[4:8] == b"ftyp" and data[8:12] in _OTHER_BRANDS:
        return ImageMetadata(kind="other", is_whole=False)
    return None


def _jpeg(data: bytes, found: set[str]) -> set[str]:
    place = 2
    for _ in range(_MAX_SEGMENTS):
        if data[place] != 0xFF:
            raise ValueError(place)
        marker = data[place + 1]
        if marker in (0xD9, 0xDA):  # end of image, start of the picture itself
            return found
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:
            place += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, place + 2)
        segment = data[place + 4 : place + 2 + length]
        if length < 2 or len(segment) != length - 2:
            raise ValueError(place)
        _jpeg_segment(marker, segment, found)
        place += 2 + length
    raise ValueError(place)


def _jpeg_segment(marker: int, segment: bytes, found: set[str]) -> None:
    if marker == 0xE1 and segment.startswith(b"Exif\x00\x00"):
        _tiff(segment[6:], found)
    elif marker == 0xE1 and segment.startswith(_XMP):
        found.add("XMP")
    elif marker == 0xEB and b"c2pa" in segment:
        found.add("content credentials")
    elif marker == 0xED:
        found.add("IPTC")
    elif marker == 0xFE and segment.strip(b"\x00 "):
        found.add("comment")


def _png(data: bytes, found: set[str]) -> set[str]:
    place = len(_PNG)
    for _ in range(_MAX_SEGMENTS):
        (length,) = struct.unpack_from(">I", data, place)
        name, chunk = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if len(chunk) != length:
            raise ValueError(place)
        if name == b"IEND":
            return found
        if name == b"eXIf":
            _tiff(chunk, found)
        elif name in (b"tEXt", b"zTXt", b"iTXt"):
            found.add(_png_text(chunk))
        elif name == b"caBX":
            found.add("content credentials")
        elif name == b"tIME":
            found.add("time taken")
        place += 12 + length
    raise ValueError(place)


def _png_text(chunk: bytes) -> str:
    keyword = chunk.split(b"\x00", 1)[0].decode("latin-1")
    if keyword == "XML:com.adobe.xmp":
        return "XMP"
    return {"Author": "author", "Software": "program", "Comment": "comment"}.get(keyword, "text")


def _webp(data: bytes, found: set[str]) -> set[str]:
    place = 12
    for _ in range(_MAX_SEGMENTS):
        if place >= len(data):
            return found
        (length,) = struct.unpack_from("<I", data, place + 4)
        name, chunk = data[place : place + 4], data[place + 8 : place + 8 + length]
        if len(chunk) != length:
            raise ValueError(place)
        if name == b"EXIF":
            _tiff(chunk.removeprefix(b"Exif\x00\x00"), found)
        elif name == b"XMP ":
            found.add("XMP")
        place += 8 + length + length % 2
    raise ValueError(place)


def _tiff(data: bytes, found: set[str]) -> set[str]:
    """Read the directories of a TIFF or Exif block into ``found``."""
    order = {b"II": "<", b"MM": ">"}[data[:2]]
    (first,) = struct.unpack_from(f"{order}I", data, 4)
    waiting = [first]
    seen: set[int] = set()
    while waiting and len(seen) < _MAX_IFDS:
        place = waiting.pop()
        if not place or place in seen:
            continue
        seen.add(place)
        for tag, value in _directory(data, place, order):
            if tag in TELLING:
                found.add(TELLING[tag])
            if tag in (_EXIF_IFD, 0):
                waiting.append(value)
    return found


def _directory(data: bytes, place: int, order: str) -> Iterator[tuple[int, int]]:
    """Yield the tags of one directory with their values; tag 0 leads to the next directory."""
    (n_entries,) = struct.unpack_from(f"{order}H", data, place)
    if n_entries > _MAX_ENTRIES:
        raise ValueError(n_entries)
    for i in range(n_entries):
        tag, _form, _count, value = struct.unpack_from(f"{order}HHII", data, place + 2 + 12 * i)
        if tag:
            yield tag, value
    (following,) = struct.unpack_from(f"{order}I", data, place + 2 + 12 * n_entries)
    yield 0, following
