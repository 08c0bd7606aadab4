"""A name in a row of its own belongs to the rows below it, and only what is surely one."""

from __future__ import annotations

import pytest

from undersight.model.intake import Row
from undersight.workbench.columns import map_columns
from undersight.workbench.imports import read_parts
from undersight.workbench.section_people import with_names_above


def rows_of(*lines: tuple[str, ...], sheet: str = "") -> list[Row]:
    names = ("Tarix", "Hadisə", "Mənbə")
    return [
        Row(
            locator=f"{sheet}row {number}",
            cells={name: cell for name, cell in zip(names, line, strict=False) if cell},
        )
        for number, line in enumerate(lines, 2)
    ]


SECTIONS = rows_of(
    ("1.03.2031", "Çağırılıb", "Düz Söz"),
    ("Leyla Oskeldeli",),
    ("12.03.2031", "Saxlanılıb", "Düz Söz"),
    ("20.03.2031", "Həbs edilib"),
    ("Rəşad Quorrin oğlu",),
    ("14.03.2031", "Çağırılıb", "Vadi Postu"),
)


def test_a_name_belongs_to_the_rows_below_it() -> None:
    told = with_names_above(SECTIONS)
    assert [row.cells.get("person", "") for row in told] == [
        "", "Leyla Oskeldeli", "Leyla Oskeldeli", "Rəşad Quorrin oğlu",
    ]  # fmt: skip
    columns = dict.fromkeys(name for row in told for name in row.cells)
    assert map_columns(columns, {}).roles["person"] == "victim"


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        ("Nova Yurt", "Uzun Qaya", "above"),  # may be towns: kept in words
        ("Sarnak", "Velim", ""),
        ("Mart 2031", "Aprel 2031", ""),
        ("Cəmi: 3", "Leyla Oskeldeli", ""),
    ],
)
def test_what_is_no_name_names_nobody(first: str, second: str, column: str) -> None:
    rows = rows_of((first,), ("12.03.2031", "Saxlanılıb", "A"), (second,), ("1.04.2031", "B", "C"))
    added = {name for row in with_names_above(rows) for name in row.cells}
    assert added - {"Tarix", "Hadisə", "Mənbə"} == ({column} if column else set())


def test_a_name_ends_with_its_sheet_and_with_another_heading() -> None:
    other = rows_of(("2.03.2031", "Çağırılıb", "Düz Söz"), sheet="B!")
    month = rows_of(("Mart 2031",), ("3.03.2031", "Çağırılıb", "Düz Söz"))
    people = rows_of(*(((f"{name} Oskeldeli",)) for name in ("Aysel", "Nigar", "Günel")))
    told = with_names_above([*people, *SECTIONS, *other])
    assert "person" not in told[-1].cells
    told = with_names_above([*people, *SECTIONS, *month])
    assert [len(row.cells) for row in told[-2:]] == [1, 3]


def test_a_table_with_a_column_of_names_is_left_as_it_is() -> None:
    rows = [Row(locator=row.locator, cells={**row.cells, "Ad": "X"}) for row in SECTIONS]
    assert with_names_above(rows) == tuple(rows)


def test_a_file_of_such_rows_comes_in_about_its_people() -> None:
    text = (
        "Tarix;Hadisə;Mənbə\nLeyla Oskeldeli;;\n12.03.2031;Saxlanılıb;Düz Söz\n"
        "Rəşad Quorrin;;\n14.03.2031;Çağırılıb;Vadi Postu\n"
    )
    parts = read_parts(text.encode(), "cases.csv")
    assert [row.cells["person"] for row in parts.rows] == ["Leyla Oskeldeli", "Rəşad Quorrin"]
    assert parts.n_read == 2


def test_names_over_forms_are_people_and_numbers_are_not() -> None:
    def forms(*over: str) -> list[Row]:
        return [
            Row(locator=f"table {n}!row 1", cells={"heading": words, "Date": "2031", "Note": "x"})
            for n, words in enumerate(over, 1)
        ]

    told = with_names_above(forms("Aysel Quliyeva", "Tural Həsənov"))
    assert [row.cells["person"] for row in told] == ["Aysel Quliyeva", "Tural Həsənov"]
    assert "person" not in with_names_above(forms("Case 1", "Case 2"))[0].cells
