"""OpenDocument sheets: cells merged downwards hold for each row, lines of a cell stay apart."""

from __future__ import annotations

from tests.importers.files import read, zipped
from undersight.importers.spreadsheet import Spreadsheet
from undersight.model.intake import Issue, Row

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
NOTE = "<office:annotation><text:p>ask again</text:p></office:annotation>"


def said(words: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}>{words}</table:table-cell>'


def text(words: str, more: str = "") -> str:
    return said(f"<text:p>{words}</text:p>", more)


def day(iso: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="date" office:date-value="{iso}" {more}>{NOTE}'
        f"<text:p>{iso}</text:p></table:table-cell>"
    )


def sheet(*rows: str, hidden: tuple[int, ...] = (), columns: str = "") -> bytes:
    lines = columns + "".join(
        f"<table:table-row{' table:visibility=' + repr('filter') if n in hidden else ''}>{row}"
        "</table:table-row>"
        for n, row in enumerate(rows, 1)
    )
    spaces = "".join(f'xmlns:{one}="{NAMES}:{one}:1.0" ' for one in ("office", "table", "text"))
    spaces += 'xmlns:xlink="http://www.w3.org/1999/xlink" '
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Log">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{NAMES}:manifest:1.0"/>'.encode(),
        }
    )


COVERED = "<table:covered-table-cell/>"
HEAD = text("Date") + text("Name") + text("What")


def cells(*rows: str) -> list[dict[str, str]]:
    found = read(Spreadsheet, sheet(HEAD, *rows))
    return [dict(one.cells) for one in found if isinstance(one, Row)]


def test_a_day_merged_over_several_rows_is_the_day_of_each() -> None:
    merged = day("2031-05-04", 'table:number-rows-spanned="2"')
    first = merged + text("Ada Lorn") + text("x")
    second = COVERED + text("Ian Hald") + text("y")
    third = COVERED + text("Orin Vale") + text("z")
    assert [row.get("Date", "") for row in cells(first, second, third)] == [
        "2031-05-04", "2031-05-04", "",
    ]  # fmt: skip


def test_lines_of_a_cell_stay_apart_and_notes_beside_it_are_none_of_it() -> None:
    told = (
        f"{NOTE}<text:p>Summoned<text:line-break/>by<text:s/>phone</text:p><text:p>Again</text:p>"
    )
    (row,) = cells(day("2031-05-04") + text("Ada Lorn") + said(told))
    assert row["What"] == "Summoned\nby phone\nAgain"


def test_links_behind_words_are_kept_and_hidden_rows_and_columns_are_told() -> None:
    link = '<text:a xlink:href="https://post.example/1">Valley Post</text:a>'
    plain = '<text:a xlink:href="https://post.example/2">https://post.example/2</text:a>'
    formula = 'table:formula="of:=HYPERLINK(&quot;https://post.example/3&quot;;&quot;here&quot;)"'
    rows = (
        day("2031-05-04") + text("Ada Lorn") + said(f"<text:p>seen by {link}</text:p>"),
        day("2031-05-05") + text("Ian Hald") + said(f"<text:p>{plain}</text:p>"),
        day("2031-05-06") + text("Orin Vale") + text("here", formula),
    )
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    found = read(Spreadsheet, sheet(HEAD, *rows, hidden=(3, 4, 9), columns=columns))
    told = [dict(one.cells) for one in found if isinstance(one, Row)]
    assert [row.get("What link", "") for row in told] == [
        "https://post.example/1", "", "https://post.example/3",
    ]  # fmt: skip
    assert [row["What"] for row in told] == [
        "seen by Valley Post",
        "https://post.example/2",
        "here",
    ]
    notes = [one for one in found if isinstance(one, Issue)]
    assert all(one.is_note and one.locator == "Log" for one in notes)
    assert [one.reason.rpartition(": ")[2] for one in notes] == ["3-4.", "B."]


def test_places_are_counted_over_repeated_rows_and_columns() -> None:
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    found = cells(
        '<table:table-cell table:number-columns-repeated="3"/>',
        empty + text("a<text:line-break/>b"),
        day("2031-05-04") + text("Ada Lorn") + text("c"),
    )
    assert [row["What"] for row in found] == ["a\nb", "c"]
