"""What pictures tell, read from headers that may be damaged."""

from __future__ import annotations

import datetime as dt
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.sample import MASTHEAD
from undersight.casebook.harm import examine
from undersight.casebook.harm.checking import as_opened
from undersight.casebook.harm.image_metadata import image_metadata
from undersight.model.dossier import Dossier
from undersight.model.records import Incident


def tiff(*tags: int, order: str = "<", then: int = 0) -> bytes:
    mark = b"II*\x00" if order == "<" else b"MM\x00*"
    entries = b"".join(struct.pack(f"{order}HHII", tag, 4, 1, then) for tag in sorted(tags))
    head = mark + struct.pack(f"{order}I", 8) + struct.pack(f"{order}H", len(tags))
    return head + entries + struct.pack(f"{order}I", 0)


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    body = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
        for marker, data in segments
    )
    return b"\xff\xd8" + body + b"\xff\xda\x00\x02scan\xff\xd9"


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (*chunks, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + body


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + struct.pack("<I", len(data)) + data + b"\x00" * (len(data) % 2)
        for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


EXIF = b"Exif\x00\x00"
XMP = b"http://ns.adobe.com/xap/1.0/\x00<x/>"


@pytest.mark.parametrize(
    ("data", "tells"),
    [
        (jpeg((0xE0, b"JFIF\x00")), ()),
        (jpeg((0xE1, EXIF + tiff(0x8825))), ("place",)),
        (jpeg((0xE1, EXIF + tiff(0x013B, 0x0110, order=">"))), ("author", "model of the device")),
        (jpeg((0xE1, XMP)), ("XMP",)),
        (jpeg((0xED, b"Photoshop 3.0\x00")), ("IPTC",)),
        (jpeg((0xFE, b"by Malva")), ("comment",)),
        (png((b"IHDR", b"\x00" * 13)), ()),
        (png((b"eXIf", tiff(0xA431))), ("serial number of the device",)),
        (png((b"tEXt", b"Author\x00Malva")), ("author",)),
        (png((b"iTXt", b"XML:com.adobe.xmp\x00<x/>")), ("XMP",)),
        (webp((b"VP8 ", b"abc")), ()),
        (webp((b"EXIF", EXIF + tiff(0x8825)), (b"XMP ", b"<x/>")), ("XMP", "place")),
        (tiff(0x8825), ("place",)),
    ],
)
def test_what_a_picture_tells(data: bytes, tells: tuple[str, ...]) -> None:
    found = image_metadata(data)
    assert found is not None
    assert (found.tells, found.is_whole) == (tells, True)


def test_directories_below_are_read() -> None:
    inner = tiff(0xA430)[8:]
    outer = tiff(0x8769, then=26)
    found = image_metadata(outer[:26] + inner)
    assert found is not None
    assert found.tells == ("owner of the device",)


def test_directories_in_a_ring_end() -> None:
    found = image_metadata(tiff(0x8769, then=8))
    assert found is not None
    assert found.is_whole


@pytest.mark.parametrize("data", [b"", b"<html>", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_picture_is_none(data: bytes) -> None:
    assert image_metadata(data) is None


@pytest.mark.parametrize(
    "data",
    [jpeg((0xE1, EXIF + tiff(0x8825)))[:20], png()[:9], b"\x00\x00\x00\x18ftypheic", b"II*\x00"],
)
def test_what_cannot_be_read_to_its_end_is_said(data: bytes) -> None:
    found = image_metadata(data)
    assert found is not None
    assert not found.is_whole


WHOLE = (
    jpeg((0xE1, EXIF + tiff(0x8825, 0x8769, then=8)), (0xFE, b"x")),
    png((b"eXIf", tiff(0xA431)), (b"tEXt", b"Author\x00M")),
    webp((b"EXIF", tiff(0x8825))),
    tiff(0x8825, 0x8769, then=8),
)


@given(st.sampled_from(WHOLE), st.integers(0, 200), st.binary(max_size=20))
def test_damage_never_raises(data: bytes, place: int, damage: bytes) -> None:
    at = place % (len(data) + 1)
    image_metadata(data[:at] + damage + data[at + len(damage) :])
    image_metadata(data[:at])


def test_pictures_that_go_out_are_asked_about() -> None:
    bytes_of = {"a" * 64: WHOLE[0], "b" * 64: png(), "c" * 64: b"%PDF", "d" * 64: png()[:9]}
    internal = Dossier(
        masthead=MASTHEAD,
        records=[Incident(record_id="in", evidence=tuple(bytes_of))],
        as_of=dt.date(2031, 12, 1),
        audience="internal",
    )
    opened = as_opened(internal, ["in"], "public")
    found = examine(internal, opened, ["in"], read_evidence=bytes_of.__getitem__)
    assert [(f.question, f.what) for f in found] == [
        ("image-metadata", "jpeg: comment, place"),
        ("image-unreadable", "png"),
    ]
    assert examine(internal, opened, ["in"]) == ()
