"""Small workbooks made by hand, new (.xlsx) and old (.xls)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.importers.files import zipped

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def package(sheet: str, shared: str = "") -> bytes:
    """A workbook with this sheet and, if given, this table of shared strings."""
    parts = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    if shared:
        parts.append(("rId2", "sharedStrings", "sharedStrings.xml"))
    links = "".join(
        f'<Relationship Id="{name}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for name, kind, target in parts
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="Posts" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData>'
        "</worksheet>",
    }
    if shared:
        files["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{shared}</sst>'
    return zipped({name: text.encode() for name, text in files.items()})


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def workbook_of(rows: Sequence[Sequence[str | float]]) -> bytes:
    """A workbook of texts and numbers."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = [
            cell(f"{chr(65 + place)}{number}", value)
            if isinstance(value, str)
            else f'<c r="{chr(65 + place)}{number}"><v>{value}</v></c>'
            for place, value in enumerate(row)
            if value != ""
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return package("".join(lines))


def old_workbook(
    rows: Sequence[Sequence[str | float]], *, more: bytes = b"", is_padded: bool = True
) -> bytes:
    """An old workbook (.xls) of texts and numbers, in a compound file."""
    texts = list(dict.fromkeys(one for row in rows for one in row if isinstance(one, str)))
    cells = b""
    for number, row in enumerate(rows):
        for place, one in enumerate(row):
            at = struct.pack("<3H", number, place, 0)
            if isinstance(one, str):
                cells += _record(0x00FD, at + struct.pack("<I", texts.index(one)))
            else:
                cells += _record(0x0203, at + struct.pack("<d", one))
    sheet = _record(0x0809, struct.pack("<8H", 0x0600, 0x0010, 0, 0, 0, 0, 0, 0))
    sheet += cells + more + _record(0x000A, b"")
    shared = _record(0x00FC, struct.pack("<2I", len(texts), len(texts)) + b"".join(
        struct.pack("<HB", len(one), 1) + one.encode("utf-16-le") for one in texts
    ))  # fmt: skip
    top = _record(0x0809, struct.pack("<8H", 0x0600, 0x0005, 0, 0, 0, 0, 0, 0))
    named = struct.pack("<BB", 5, 0) + b"Posts"
    n_before = len(top) + 4 + 6 + len(named) + len(shared) + 4
    stream = top + _record(0x0085, struct.pack("<IH", n_before, 0) + named) + shared
    stream += _record(0x000A, b"") + sheet
    return compound(stream.ljust(4096, b"\0") if is_padded else stream)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def compound(stream: bytes) -> bytes:
    """A compound file that holds a workbook's stream of 4096 bytes or more."""
    n_sectors = -(-len(stream) // 512)
    n_fat = -(-(n_sectors + 2) // 127)
    numbers = [0xFFFFFFFD] * n_fat + [0xFFFFFFFE]
    numbers += [*range(n_fat + 2, n_fat + 1 + n_sectors), 0xFFFFFFFE]
    numbers += [0xFFFFFFFF] * (n_fat * 128 - len(numbers))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, n_fat, n_fat, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(n_fat), *[0xFFFFFFFF] * (109 - n_fat))
    folder = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    folder += _entry("Workbook", 2, n_fat + 1, len(stream), child=0xFFFFFFFF)
    table = struct.pack(f"<{len(numbers)}I", *numbers)
    return header + table + folder.ljust(512, b"\0") + stream.ljust(n_sectors * 512, b"\0")


def _entry(name: str, kind: int, start: int, n_bytes: int, *, child: int) -> bytes:
    named = f"{name}\0".encode("utf-16-le")
    head = named.ljust(64, b"\0") + struct.pack("<HBB", len(named), kind, 1)
    return head + struct.pack("<3I", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack(
        "<IQ", start, n_bytes
    )  # fmt: skip
