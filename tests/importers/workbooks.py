"""Small .xlsx workbooks made by hand."""

from __future__ import annotations

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
