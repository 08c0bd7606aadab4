"""Which format a whole file is of: workbooks and Parquet show their columns only inside."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.importers.workbooks import workbook_of
from undersight.workbench.archives import known_format

COMMENTS = [["Author", "Comment", "Date"], ["Mila", "hi", "2031-05-04"]]
TITLED = [["Report of", "the desk"], ["Made", "2031-05-05"], [], *COMMENTS]


def known(raw: bytes, name: str) -> str:
    found = known_format(io.BytesIO(raw), name)
    return found.importer_id if found else ""


def parquet(**columns: list[object]) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table(columns), made)
    return made.getvalue()


@pytest.mark.parametrize("rows", [COMMENTS, TITLED])
def test_a_workbook_of_comments_is_known_below_its_titles(rows: list[list[str]]) -> None:
    assert known(workbook_of(rows), "c.xlsx") == "posts-table"


def test_a_workbook_of_cases_is_left_to_the_casebook() -> None:
    rows = [["name", "date", "act", "place"], ["Mila", "2031-05-04", "arrest", "Sarnak"]]
    assert known(workbook_of(rows), "c.xlsx") == ""


def test_parquet_is_told_by_its_columns() -> None:
    made = parquet(author_id=["a"], day=["2031-05-04"], followers=[5])
    assert known(made, "x.parquet") == "accounts-table"
    made = parquet(object_id=["o"], account_id=["a"], content_id=["c"], timestamp_share=[5])
    assert known(made, "x.parquet") == "coortweet-table"
    assert known(parquet(odd=[1]), "x.parquet") == "posts-table"
