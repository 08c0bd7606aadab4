"""Tables: header found, every row a row or an issue, cells as text."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.importers.files import importer_of, read, zipped
from tests.importers.workbooks import old_workbook, workbook_of
from undersight.errors import DamagedFileError, InputError
from undersight.importers.spreadsheet import Spreadsheet
from undersight.model.intake import Issue, Row


def test_a_csv_with_a_title_line_blank_rows_and_a_long_row() -> None:
    raw = b'Cases of 2031\nname,date,\nA,"4 May\n2031",x\n\n,,\nB,5 May,y,z\nC\n'
    first, long, short = read(Spreadsheet, raw)
    assert first == Row(
        locator="line 3", cells={"name": "A", "date": "4 May\n2031", "column 3": "x"}
    )
    assert isinstance(long, Issue)
    assert "4 cells" in long.reason
    assert short == Row(locator="line 8", cells={"name": "C"})


def test_repeated_column_names_are_told_apart() -> None:
    (row,) = read(Spreadsheet, b"name,name\nA,B\n")
    assert row == Row(locator="line 2", cells={"name": "A", "name (2)": "B"})


@pytest.mark.parametrize(
    "below",
    [b",,Name,Work,What,Where", b"No,Day,Name,Work,What,Where"],
    ids=["as text programs write it", "cells merged downwards"],
)
def test_names_under_groups_of_columns_are_the_names(below: bytes) -> None:
    raw = b"Cases of 2031\nNo,Day,Person,,Event,\n" + below + b"\n1,4 May,A,B,C,D\n"
    (row,) = read(Spreadsheet, raw)
    assert row == Row(
        locator="line 4",
        cells={"No": "1", "Day": "4 May", "Name": "A", "Work": "B", "What": "C", "Where": "D"},
    )


@pytest.mark.parametrize("case", [b",A,b", b"4 May,A,b", b",A,1", b",,b"])
def test_a_case_under_a_column_without_a_name_is_a_case(case: bytes) -> None:
    rows = [*read(Spreadsheet, b"date,name,\n" + case + b"\n5 May,B,c\n")]
    assert [row.locator for row in rows] == ["line 2", "line 3"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str) -> None:
    raw = separator.join(("имя", "дата")) + "\n" + separator.join(("Əli", "2031-05-04"))
    (row,) = read(Spreadsheet, raw.encode())
    assert isinstance(row, Row)
    assert dict(row.cells) == {"имя": "Əli", "дата": "2031-05-04"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_encodings(encoding: str) -> None:
    raw = ("имя,город\n" + "Равин,Везрин\n" * 20).encode(encoding)
    found = read(Spreadsheet, raw)
    assert len(found) == 20
    assert found[0] == Row(locator="line 2", cells={"имя": "Равин", "город": "Везрин"})


_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'content-types"/>'
)
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(sheet: bytes) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            b'relationships"><Relationship Id="rId1" Type="%s/officeDocument" '
            b'Target="xl/workbook.xml"/></Relationships>' % _LINKS,
            "xl/workbook.xml": b'<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="Cases" '
            b'sheetId="1" r:id="rId1"/></sheets></workbook>' % (_MAIN, _LINKS),
            "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.'
            b'org/package/2006/relationships"><Relationship Id="rId1" Type="%s/worksheet" '
            b'Target="worksheets/sheet1.xml"/></Relationships>' % _LINKS,
            "xl/worksheets/sheet1.xml": b'<worksheet xmlns="%s"><sheetData>%s</sheetData>'
            b"</worksheet>" % (_MAIN, sheet),
        }
    )


def test_a_workbook() -> None:
    cells = (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c>'
        b'<c r="B1" t="inlineStr"><is><t>total</t></is></c></row>'
        b'<row r="3"><c r="A3" t="inlineStr"><is><t>A B</t></is></c><c r="B3"><v>7</v></c></row>'
    )
    raw = workbook(cells)
    assert importer_of(raw, "cases.xlsx") == "spreadsheet"
    (row,) = read(Spreadsheet, raw)
    assert row == Row(locator="Cases!row 3", cells={"name": "A B", "total": "7"})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \n \n",
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0broken",
        zipped({"something": b"else"}),
        workbook(b"<row><c></row>"),
    ],
)
def test_what_is_no_table_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        read(Spreadsheet, raw)


@pytest.mark.long
def test_a_cell_without_end_is_refused_with_its_line() -> None:
    raw = b'a,b\n1,"' + b"x" * (17 * 1024 * 1024)
    with pytest.raises(DamagedFileError, match="line 2"):
        read(Spreadsheet, raw)


def changed(raw: bytes, name: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode())
    return zipped(parts)


def test_what_stands_in_merged_cells_holds_for_each_row() -> None:
    header = ["date", "name", "city", "act", "status"]
    raw = workbook_of(
        [["Cases", "2031"], header, ["4 May", "A", "X", "fine"], ["", "B"], ["", "C"]]
    )
    merged = '</sheetData><mergeCells><mergeCell ref="A3:A4"/></mergeCells>'
    raw = changed(raw, "xl/worksheets/sheet1.xml", "</sheetData>", merged)
    assert [dict(row.cells) for row in read(Spreadsheet, raw) if isinstance(row, Row)] == [
        {"date": "4 May", "name": "A", "city": "X", "act": "fine"},
        {"date": "4 May", "name": "B"},
        {"name": "C"},
    ]


def test_hidden_rows_and_columns_come_in_and_are_told() -> None:
    lines = [["name", "date", "note"], *([f"P{n}", "4 May", "x"] for n in range(2, 8))]
    raw = workbook_of(lines)
    part = "xl/worksheets/sheet1.xml"
    for number in (3, 5, 6):
        raw = changed(raw, part, f'<row r="{number}"', f'<row r="{number}" hidden="1"')
    columns = '<cols><col min="3" max="9" hidden="true"/></cols><sheetData>'
    raw = changed(raw, part, "<sheetData>", columns)
    found = read(Spreadsheet, raw)
    rows = [one for one in found if isinstance(one, Row)]
    assert [row.cells["name"] for row in rows] == [f"P{n}" for n in range(2, 8)]
    notes = [one for one in found if isinstance(one, Issue)]
    assert all(one.is_note for one in notes)
    assert [one.reason.rpartition(": ")[2] for one in notes] == ["3, 5-6.", "C."]


def test_a_formula_without_a_result_is_told_and_an_error_is_nobodys_name() -> None:
    cells = (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c>'
        b'<c r="B1" t="inlineStr"><is><t>date</t></is></c></row>'
        b'<row r="2"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c><c r="B2"><v>7</v></c></row>'
        b'<row r="3"><c r="A3"><f>UPPER("x")</f><v></v></c><c r="B3"><f>1+7</f><v>8</v></c></row>'
        b'<row r="4"><c r="A4" t="inlineStr"><is><t>#REF!</t></is></c>'
        b'<c r="B4" t="str"><f>IF(1,"",2)</f><v></v></c></row>'
    )
    table = b"name,date\n#N/A,4 May\n"
    for raw, dates, empty in (
        (workbook(cells), ["7", "8"], "A2, A3, A4"),
        (table, ["4 May"], "A2"),
    ):
        found = read(Spreadsheet, raw)
        rows = [one.cells for one in found if isinstance(one, Row)]
        assert rows == [{"date": date} for date in dates]
        (note,) = [one for one in found if isinstance(one, Issue)]
        assert note.is_note
        assert f": {empty}. Mend" in note.reason


def test_links_behind_words_of_a_workbook_are_kept() -> None:
    raw = workbook_of([["name", "source"], ["A", "Valley Post"], ["B", "there"], ["C", ""]])
    part = "xl/worksheets/sheet1.xml"
    formula = '<c r="B3" t="str"><f>HYPERLINK("https://post.example/2?a=1&amp;b=2","there")</f>'
    raw = changed(
        raw, part, '<c r="B3" t="inlineStr"><is><t>there</t></is>', f"{formula}<v>there</v>"
    )
    link = '</sheetData><hyperlinks><hyperlink ref="B2" r:id="rId7"/></hyperlinks>'
    raw = changed(raw, part, "</sheetData>", link)
    raw = changed(raw, part, "<worksheet ", f'<worksheet xmlns:r="{_LINKS.decode()}" ')
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId7" Type="%s/hyperlink" TargetMode="External" '
        b'Target="https://post.example/1"/></Relationships>' % _LINKS
    )
    rows = [dict(one.cells) for one in read(Spreadsheet, zipped(parts)) if isinstance(one, Row)]
    assert rows == [
        {"name": "A", "source": "Valley Post", "source link": "https://post.example/1"},
        {"name": "B", "source": "there", "source link": "https://post.example/2?a=1&b=2"},
        {"name": "C"},
    ]


def test_a_hidden_sheet_is_left_out_and_named() -> None:
    raw = workbook_of([["name", "date"], ["A", "4 May"]])
    raw = changed(raw, "xl/workbook.xml", 'sheetId="1"', 'sheetId="1" state="hidden"')
    (issue,) = read(Spreadsheet, raw)
    assert isinstance(issue, Issue)
    assert issue.locator == "Posts"
    assert "hidden" in issue.reason


def test_excels_own_word_for_the_separator() -> None:
    (row,) = read(Spreadsheet, b"sep=;\r\nname, first;date\r\nA;4 May\r\n")
    assert row == Row(locator="line 3", cells={"name, first": "A", "date": "4 May"})


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"%PDF-1.4\n%\xe2\xe3\n", "it is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it is a picture"),
        (b"screen_name\nmila\nrauf\n", "no row of it is a header"),
    ],
)
def test_what_only_is_called_a_table_is_refused_in_one_line(raw: bytes, reason: str) -> None:
    with pytest.raises(DamagedFileError, match=reason):
        read(Spreadsheet, raw)


_SHEET = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names'
    b':tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>%s</office:spreadsheet>'
    b"</office:body></office:document-content>"
)
_NAMED = (
    b'<table:table-cell office:value-type="string"><text:p>name</text:p></table:table-cell>' * 2
)
_EMPTY = b'<table:table-cell table:number-columns-repeated="16384"/>'
_AGAIN = b'<table:table-row table:number-rows-repeated="1048570">%s</table:table-row>'


def open_document(*sheets: bytes) -> bytes:
    tables = b"".join(
        b'<table:table table:name="S%d">%s</table:table>' % (number, rows)
        for number, rows in enumerate(sheets)
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": manifest,
            "content.xml": _SHEET % b"".join(tables.splitlines()),
        }
    )


def test_what_would_swell_is_not_opened() -> None:
    far = struct.pack("<2H", 0x0203, 14) + struct.pack("<3Hd", 65535, 255, 0, 1.0)
    with pytest.raises(DamagedFileError, match="save it as CSV"):
        read(Spreadsheet, old_workbook([["name", "date"]], more=far))
    with pytest.raises(DamagedFileError, match="save it as CSV"):
        read(Spreadsheet, open_document(_AGAIN % (_NAMED * 20)))
    with pytest.raises(DamagedFileError, match="save it as CSV"):
        read(Spreadsheet, workbook(b'<row r="9"><c r="XFD1048576"><v>7</v></c></row>'))


def test_styled_cells_to_the_end_of_a_sheet_are_no_reason() -> None:
    rows = b"<table:table-row>%s</table:table-row>" % _NAMED
    sheet = rows * 2 + _AGAIN % _EMPTY
    assert len(read(Spreadsheet, open_document(sheet, sheet))) == 2
    styled = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    styled += b'<row r="1048576"><c r="XFD1048576" s="3"/></row>'
    assert read(Spreadsheet, workbook(styled)) == []


def test_a_web_page_called_xls_is_its_table() -> None:
    raw = (
        b'\xef\xbb\xbf<html><meta charset="utf-8"><table><tr><th>Name</th><th>Date</th></tr>'
        b"<tr><td>\xc6\x8fli <b>Rza</b></td><td>2031-05-01</td></tr></table></html>"
    )
    assert importer_of(raw, "cases.xls") == "spreadsheet"
    (row,) = read(Spreadsheet, raw)
    assert row == Row(locator="row 2", cells={"Name": "Əli Rza", "Date": "2031-05-01"})
    with pytest.raises(DamagedFileError, match="without a table"):
        read(Spreadsheet, b"<html><p>no</p></html>")
