"""Tables of web pages and Word documents: every cell under its own column, no row lost."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document

from tests.importers.files import read
from undersight.errors import DamagedFileError
from undersight.importers.spreadsheet import Spreadsheet
from undersight.model.intake import Issue, Row

NAMES = ("Name", "Date", "City")


def page(*tables: str) -> bytes:
    body = "".join(f"<table>{table}</table>" for table in tables)
    return f"<!doctype html><meta charset=utf-8><h1>Cases</h1>{body}".encode()


def line(*cells: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def cells_of(found: list[Any]) -> list[dict[str, str]]:
    assert all(isinstance(one, Row) for one in found), found
    return [dict(one.cells) for one in found]


def document(*tables: Sequence[tuple[str, ...]]) -> Any:
    made = Document()
    for number, lines in enumerate(tables):
        made.add_heading(f"Part {number}")
        table = made.add_table(rows=len(lines), cols=len(lines[0]))
        for row, words in zip(table.rows, lines, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
    return made


def saved(made: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_cell_down_several_rows_moves_nothing_under_another_column() -> None:
    first = "<tr><td>Ada Lorn</td><td rowspan=2>4 May 2031</td><td>Vezrin</td></tr>"
    found = cells_of(
        read(Spreadsheet, page(line(*NAMES, tag="th") + first + line("Ian Hald", "Sarnak")))
    )
    assert found[1] == {"Name": "Ian Hald", "Date": "4 May 2031", "City": "Sarnak"}


def test_names_under_groups_and_a_title_across() -> None:
    head = (
        "<tr><td colspan=4>Cases of 2031</td></tr><tr><th rowspan=2>No</th><th colspan=2>Person"
        "</th><th rowspan=2>Date</th></tr><tr><th>Name</th><th>Work</th></tr>"
    )
    rows = line("1", "Ada Lorn", "reporter", "4 May") + "<tr><td colspan=4>Activists</td></tr>"
    found = cells_of(read(Spreadsheet, page(head + rows)))
    assert found == [
        {"No": "1", "Name": "Ada Lorn", "Work": "reporter", "Date": "4 May"},
        {"No": "Activists"},
    ]


def test_two_people_on_two_lines_of_a_cell_are_not_one_word() -> None:
    raw = page(line(*NAMES) + line("Ada <b>Lorn</b><br>Ian Hald", "4 May", "<p>a</p><p>b</p>"))
    assert cells_of(read(Spreadsheet, raw)) == [
        {"Name": "Ada Lorn\nIan Hald", "Date": "4 May", "City": "a\nb"}
    ]


def test_where_words_lead_stands_in_a_column_of_its_own() -> None:
    led = '<a href="https://a.example/1">Valley Post</a>'
    own = '<a href="https://a.example/2">https://a.example/2</a>'
    raw = page(
        line("Name", '<a href="?sort">Source</a>')
        + line("A", led)
        + line("B", own)
        + line("C", "x")
    )
    first, second, third = cells_of(read(Spreadsheet, raw))
    assert first == {"Name": "A", "Source": "Valley Post", "Source link": "https://a.example/1"}
    assert second == {"Name": "B", "Source": "https://a.example/2"}
    assert third == {"Name": "C", "Source": "x"}


def test_each_table_has_its_names_or_goes_on_from_the_one_above() -> None:
    head, case = line(*NAMES, tag="th"), line("Ada Lorn", "4 May", "Vezrin")
    raw = page(head + case, line("Ian Hald", "5 May", "Sarnak"), head + case + line(*NAMES))
    first, second, third, again = read(Spreadsheet, raw)
    assert isinstance(second, Row)
    assert second.cells == {"Name": "Ian Hald", "Date": "5 May", "City": "Sarnak"}
    assert isinstance(first, Row)
    assert isinstance(third, Row)
    assert (first.locator, third.locator) == ("table 1!row 2", "table 3!row 2")
    assert isinstance(again, Issue)
    assert "repeats" in again.reason


def test_a_first_row_that_may_be_a_case_is_not_lost_in_silence() -> None:
    raw = page(line(*NAMES) + line("A", "4 May", "x"), line("B", "May", "y") + line("C", "z", "x"))
    found = [one for one in read(Spreadsheet, raw) if isinstance(one, Issue)]
    assert [one.locator for one in found] == ["table 2!row 1"]
    assert "names of columns" in found[0].reason


def test_a_table_that_only_holds_tables_is_none() -> None:
    inner = f"<table>{line(*NAMES)}{line('A', '4 May', 'x')}</table>"
    assert len(read(Spreadsheet, page(line(inner, "menu")))) == 1


def test_tables_of_a_word_document() -> None:
    made = document([NAMES, ("Ada Lorn", "4 May", "Vezrin")], [NAMES, ("Ian Hald", "5 May", "x")])
    found = read(Spreadsheet, saved(made))
    assert cells_of(found)[1] == {"Name": "Ian Hald", "Date": "5 May", "City": "x"}


def test_merged_cells_of_a_word_document() -> None:
    made = document([NAMES, ("A", "4 May", "x"), ("B", "", "y"), ("Activists", "", "")])
    table = made.tables[0]
    table.cell(1, 1).merge(table.cell(2, 1)).text = "4 May"
    table.cell(3, 0).merge(table.cell(3, 2)).text = "Activists"
    found = cells_of(read(Spreadsheet, saved(made)))
    assert found[1:] == [{"Name": "B", "Date": "4 May", "City": "y"}, {"Name": "Activists"}]


def test_a_document_without_a_table_is_refused() -> None:
    with pytest.raises(DamagedFileError, match="without a table"):
        read(Spreadsheet, saved(Document()))
