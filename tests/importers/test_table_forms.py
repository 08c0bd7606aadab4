"""Forms in Word files and pages: a table for each person, one record for each table."""

from __future__ import annotations

from tests.importers.files import read
from tests.importers.test_table_grids import cells_of, document, line, page, saved
from undersight.importers.spreadsheet import Spreadsheet
from undersight.model.intake import Row

ADA = [("Name:", "Ada Lorn"), ("Date", "4 May 2031"), ("What happened", "Detained at home")]
IAN = [("Name:", "Ian Hald"), ("Date", "6 May 2031"), ("Place", "Sarnak"), ("What happened", "x")]
LORN = {"Name": "Ada Lorn", "Date": "4 May 2031", "What happened": "Detained at home"}
HALD = {"Name": "Ian Hald", "Date": "6 May 2031", "Place": "Sarnak", "What happened": "x"}


def test_each_table_of_names_and_values_is_one_record() -> None:
    found = read(Spreadsheet, saved(document(ADA, IAN)))
    assert cells_of(found) == [LORN, HALD]
    assert [one.locator for one in found] == ["table 1!row 1", "table 2!row 1"]
    as_page = page(*("".join(line(*pair) for pair in form) for form in (ADA, IAN)))
    assert cells_of(read(Spreadsheet, as_page)) == [LORN, HALD]


def test_one_table_whose_names_come_again_is_several_records() -> None:
    assert cells_of(read(Spreadsheet, saved(document([*ADA, *IAN])))) == [LORN, HALD]


def test_two_fields_to_a_line_and_a_name_across() -> None:
    made = document(
        *(
            [(who, "", "", ""), ("Date", day, "Place", "Sarnak"), ("", "two notes", "What", "x")]
            for who, day in (("Ada Lorn", "4 May 2031"), ("Ian Hald", "6 May 2031"))
        )
    )
    for table in made.tables:
        table.rows[0].cells[0].merge(table.rows[0].cells[3])
    first, second = cells_of(read(Spreadsheet, saved(made)))
    assert first == {
        "heading": "Ada Lorn", "Date": "4 May 2031", "Place": "Sarnak\ntwo notes", "What": "x",
    }  # fmt: skip
    assert second["heading"] == "Ian Hald"


def test_tables_of_two_columns_that_are_no_forms_stay_tables() -> None:
    head = ("Date", "What happened")
    parts = [[head, ("4 May 2031", "Detained")], [head, ("6 May 2031", "Released")]]
    assert cells_of(read(Spreadsheet, saved(document(*parts)))) == [
        {"Date": "4 May 2031", "What happened": "Detained"},
        {"Date": "6 May 2031", "What happened": "Released"},
    ]
    names = ("Name", "Date", "City", "Act")
    wide = [[names, (who, "4 May 2031", "Sarnak", "Detained")] for who in ("Ada Lorn", "Ian Hald")]
    rows = cells_of(read(Spreadsheet, saved(document(*wide))))
    assert [row["Name"] for row in rows] == ["Ada Lorn", "Ian Hald"]


def test_forms_beside_another_table() -> None:
    costs = [("Month", "Paid", "By"), ("May", "40", "post")]
    found = read(Spreadsheet, saved(document(ADA, costs, IAN)))
    rows = [dict(one.cells) for one in found if isinstance(one, Row)]
    assert rows == [LORN, {"Month": "May", "Paid": "40", "By": "post"}, HALD]
