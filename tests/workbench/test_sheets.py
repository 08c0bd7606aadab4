"""A workbook's lists and codebooks are no cases."""

from __future__ import annotations

from undersight.model.intake import Row
from undersight.workbench.columns import map_columns
from undersight.workbench.sheets import of_other_sheets


def left_out(*rows: Row) -> list[str]:
    columns = map_columns(dict.fromkeys(name for row in rows for name in row.cells), {})
    return [issue.locator for issue in of_other_sheets(rows, columns)]


def test_a_sheet_that_asks_neither_whom_nor_when_is_left_out() -> None:
    case = Row(locator="Cases!row 2", cells={"Date": "2031-05-04", "Type of attack": "Arrest"})
    term = Row(locator="Lists!row 2", cells={"Type of attack": "Arrest", "Meaning": "taken"})
    later = Row(locator="2032!row 2", cells={"Name": "A", "Type of attack": "Arrest"})
    assert left_out(case, term, later) == ["Lists!row 2"]
    assert left_out(term) == []
    assert left_out(case, later) == []
