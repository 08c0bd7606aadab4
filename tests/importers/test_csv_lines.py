from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import DamagedFileError
from undersight.importers.csv_lines import csv_lines

HEADER = "date,name,what,source\n"


def read(text: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    found, issues = csv_lines(text)
    return [(line, list(cells)) for line, cells in found], [issue.locator for issue in issues]


@pytest.mark.parametrize(
    ("broken", "closing"),
    [
        ('2024-05-02,Nora Dag,"held,Dan\n', ""),
        ('2024-05-02,Nora Dag,"held,Dan\n', '2024-05-05,Zana Boz,"fined, then freed",Dan\n'),
        ('"2024-05-02,Nora Dag,held,Dan\n', '2024-05-05,Zana Boz,"two\nlines",Dan\n'),
    ],
)
def test_a_mark_that_is_not_closed_costs_its_own_line(broken: str, closing: str) -> None:
    sound = "2024-05-03,Ali Dag,fined,Dan\n2024-05-04,Vera Boz,questioned,Dan\n"
    found, issues = read(HEADER + broken + sound + closing)
    assert issues == ["line 2"]
    names = [cells[1] for _, cells in found]
    assert names == ["name", "Ali Dag", "Vera Boz", *(["Zana Boz"] if closing else [])]
    assert [line for line, _ in found][:3] == [1, 3, 4]


def test_a_last_cell_without_its_closing_mark_is_read() -> None:
    found, issues = read(HEADER + '2024-05-02,Nora Dag,held,"Dan')
    assert (found[1], issues) == ((2, ["2024-05-02", "Nora Dag", "held", "Dan"]), [])


def test_short_rows_and_line_breaks_in_cells_are_no_faults() -> None:
    found, issues = read(HEADER + '2024-05-02,Nora Dag,"held\nat noon, then freed"\n,,,\n')
    assert issues == []
    assert found[1] == (2, ["2024-05-02", "Nora Dag", "held\nat noon, then freed"])


def test_no_text_is_no_table() -> None:
    with pytest.raises(DamagedFileError):
        csv_lines(" \n")


CELLS = st.text(st.sampled_from('a,"\n\r;ə '), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_written_by_rule_is_read_whole(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["one", "two", "three"])
    writer.writerows(rows)
    found, issues = read(out.getvalue())
    assert [cells for _, cells in found[1:]] == rows
    assert issues == []
