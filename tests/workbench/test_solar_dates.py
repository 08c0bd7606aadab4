"""Days of the Iranian year in a table: read where the calendar is certain, refused otherwise."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import InputError, InvalidDateError
from undersight.model.intake import Row
from undersight.workbench.cell_dates import read_date
from undersight.workbench.columns import map_columns
from undersight.workbench.solar_dates import is_persian, solar_span
from undersight.workbench.table_rows import RowReader


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1403/05/12", "2024-08-02"),
        ("۱۴۰۳/۰۵/۱۲", "2024-08-02"),
        ("۱۲/۰۵/۱۴۰۳", "2024-08-02"),
        ("1403-5-12", "2024-08-02"),
        ("۱۲ مرداد ۱۴۰۳", "2024-08-02"),
        ("شنبه ۲۵ شهریور ۱۴۰۱", "2022-09-16"),
        ("12 Mordad 1403", "2024-08-02"),
        ("۱۵ اسد ۱۴۰۰", "2021-08-06"),
        ("1357/11/22", "1979-02-11"),
        ("1399/12/30", "2021-03-20"),
        ("1404/01/01", "2025-03-21"),
        ("1320/06/25", "1941-09-16"),
        ("مرداد ۱۴۰۳", "2024-07-22/2024-08-21"),
        ("۱۴۰۳/۰۵", "2024-07-22/2024-08-21"),
        ("1403", "2024-03-20/2025-03-20"),
    ],
)
def test_a_day_of_the_solar_year_is_read_with_its_basis(cell: str, day: str) -> None:
    read = read_date(cell, "date", lang="en", is_day_first=None, in_persian=True)
    assert (read["edtf"], read["basis"], read["as_text"]) == (day, "other_calendar", cell)


@pytest.mark.parametrize("cell", ["۱۴۰۳/۰۵/۱۲", "12 Mordad 1403", "۱۲ مرداد ۱۴۰۳"])
def test_its_figures_and_months_tell_the_calendar_in_any_table(cell: str) -> None:
    assert read_date(cell, "date", lang="en", is_day_first=None)["edtf"] == "2024-08-02"


@pytest.mark.parametrize(
    ("cell", "in_persian"),
    [
        ("1403/05/12", False),  # whose year it is nothing tells
        ("1445/05/12", True),  # the lunar year
        ("۰۳/۰۵/۱۲", False),
        ("03/05/12", True),
        ("1403/12/31", True),
        ("1402/12/30", True),
        ("31 Mehr 1403", False),
        ("١٤٤٥/٠٥/١٢", False),
    ],
)
def test_what_may_be_another_year_is_refused(cell: str, *, in_persian: bool) -> None:
    with pytest.raises(InputError):
        read_date(cell, "date", lang="en", is_day_first=None, in_persian=in_persian)


def test_a_day_of_ours_in_a_persian_table_stays_what_it_is() -> None:
    for cell in ("2024-08-02", "2024/08/02", "۲۰۲۴/۰۸/۰۲", "02.08.2024"):
        read = read_date(cell, "date", lang="en", is_day_first=None, in_persian=True)
        assert (read["edtf"], read["basis"]) == ("2024-08-02", "stated")


@given(st.dates(dt.date(1921, 3, 21), dt.date(2040, 12, 31)))
def test_days_follow_each_other(day: dt.date) -> None:
    """Each day of ours is one of theirs: months have 31, 30 and 29 or 30 days."""
    new_year = next(
        dt.date.fromisoformat(solar_span(f"{year}/01/01", in_persian=True))
        for year in (day.year - 621, day.year - 622)
        if dt.date.fromisoformat(solar_span(f"{year}/01/01", in_persian=True)) <= day
    )
    year, n = new_year.year - 621, (day - new_year).days
    month, rest = (n // 31, n % 31) if n < 186 else (6 + (n - 186) // 30, (n - 186) % 30)
    assert solar_span(f"{year}/{month + 1}/{rest + 1}", in_persian=True) == day.isoformat()


def test_a_table_in_persian_tells_so_and_a_name_in_its_letters_does_not() -> None:
    row = Row(locator="row 2", cells={"نام": "رها پاک", "تاریخ": "1403/05/12", "شهر": "تهران"})
    assert is_persian(word for pair in row.cells.items() for word in pair)
    english = {"name": "Raha Pak", "own name": "رها پاک", "date": "12/05/24", "town": "Sarnak"}
    assert not is_persian(word for pair in english.items() for word in pair)
    names = tuple(row.cells)
    table = RowReader(
        columns=map_columns(names, {names[0]: "victim", names[1]: "date", names[2]: "place"}),
        terms={},
        constants={"act": "detention"},
    )
    table.observe([row])
    (act,) = table.document(row)["acts"]
    assert act["start"]["edtf"] == "2024-08-02"
    with pytest.raises(InvalidDateError, match="two figures"):
        table.document(Row(locator="row 3", cells={**row.cells, "تاریخ": "03/05/12"}))
