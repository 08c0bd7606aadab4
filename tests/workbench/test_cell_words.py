"""What words in a cell, and above it, say: penalties, and the act whose day is asked."""

from __future__ import annotations

import pytest

from undersight.model.intake import Row
from undersight.workbench.cell_words import penalties
from undersight.workbench.columns import map_columns
from undersight.workbench.table_rows import RowReader


@pytest.mark.parametrize(
    ("cell", "lang", "read"),
    [
        ("15 суток ареста", "ru", [("administrative_detention", 15, "days")]),
        ("30 sutka", "az", [("administrative_detention", 30, "days")]),
        ("1 yıl 8 ay hapis", "tr", [("prison", 20, "months")]),
        ("5 years", "en", [(None, 5, "years")]),
        ("a heavy one", "en", [(None, None, None)]),
    ],
)
def test_a_penalty_has_its_length_and_its_words(
    cell: str, lang: str, read: list[tuple[str | None, int | None, str | None]]
) -> None:
    told = penalties(cell, lang)
    assert [(p.get("kind"), p.get("amount"), p.get("unit")) for p in told] == read
    assert {p["as_text"] for p in told} == {cell}


@pytest.mark.parametrize(
    ("column", "kind", "act"),
    [
        ("date_of_arrest", "", "arrest"),
        ("Дата задержания", "", "detention"),
        ("date of arrest", "fine", "fine"),
        ("date of release", "", "other"),
        ("date", "", "other"),
    ],
)
def test_a_column_that_asks_the_day_of_an_act_tells_the_act(
    column: str, kind: str, act: str
) -> None:
    one = Row(locator="line 2", cells={"name": "Ada Lorn", column: "2031-05-04", "type": kind})
    made = RowReader(columns=map_columns(one.cells, {}), terms={}, constants={})
    assert made.document(one)["acts"][0]["act_type"] == act
