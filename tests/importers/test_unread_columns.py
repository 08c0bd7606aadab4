"""Columns that nothing takes are named, with how many of their cells are filled."""

from __future__ import annotations

from tests.importers.post_files import read_posts
from undersight.importers.posts_table import PostsTable
from undersight.model.corpus_rows import ColumnChoice

TABLE = (
    "comment_id,username,comment,date,time,odd,page_of_it,filler,nothing\n"
    "1,mila,hi,2031-05-04,10:00,7,https://a.example/1,x,\n"
    "2,rauf,no,2031-05-04,10:01,,https://a.example/2,,\n"
)


def said(choice: ColumnChoice | None = None) -> str:
    notes = read_posts(PostsTable, TABLE, choice).notes
    return " ".join(one.sentence for one in notes if "without a meaning" in one.sentence)


def test_columns_left_out_are_named_with_their_numbers_and_what_they_may_be() -> None:
    assert (
        "“page_of_it” (filled in 2 of 2 rows; may be link, media or url), "
        "“filler” (filled in 1 of 2 rows), “odd” (filled in 1 of 2 rows; may be a count"
    ) in said()


def test_what_is_read_empty_or_left_out_on_purpose_is_not_named() -> None:
    assert not any(f"“{one}”" in said() for one in ("date", "time", "comment", "nothing"))
    told = ColumnChoice(roles={"odd": "rest", "filler": "rest", "page_of_it": "link"})
    assert said(told) == ""


def test_a_column_of_yes_and_no_is_no_count_and_one_of_few_newsrooms_is_where_rows_stand() -> None:
    rows = "".join(f"{n},user{n},text {n},{n % 2},Outlet {n % 3}\n" for n in range(12))
    notes = read_posts(PostsTable, f"comment_id,username,comment,is_ad,Media\n{rows}").notes
    (sentence,) = (one.sentence for one in notes if "without a meaning" in one.sentence)
    assert "“is_ad” (filled in 12 of 12 rows)" in sentence
    assert "“Media” (filled in 12 of 12 rows; may be target_name)" in sentence
