"""CooRTweet's four columns."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.importers.post_files import read_posts, recognised
from undersight.errors import DamagedFileError
from undersight.importers.coortweet_table import CoortweetTable
from undersight.model.corpus_rows import ColumnChoice, ShareRow

CSV = (
    "object_id,account_id,content_id,timestamp_share\n"
    "https://example.org/a,A,c1,1710252300\n"
    "#Sarnak,B,c2,1710252310\n"
    "85d2d122,A,c3,0\n"
)


def test_each_row_is_a_post_that_shares_an_object() -> None:
    assert recognised(CSV, "x.csv") == "coortweet-table"
    found = read_posts(CoortweetTable, CSV)
    assert [post.shares for post in found.posts] == [
        (ShareRow(kind="url", value="https://example.org/a"),),
        (ShareRow(kind="hashtag", value="#Sarnak"),),
        (ShareRow(kind="object", value="85d2d122"),),
    ]
    assert [post.native_id for post in found.posts] == ["c1", "c2", "c3"]
    assert [post.locator for post in found.posts] == ["line 2", "line 3", "line 4"]
    times = [post.published.us for post in found.posts if post.published]
    assert times == [1_710_252_300_000_000, 1_710_252_310_000_000, 0]
    assert found.posts[0].author is not None
    assert found.posts[0].author.native_id == "A"
    assert found.issues == []
    (note,) = found.notes
    assert note.locator == "line 4"
    assert note.sentence.startswith("1 objects are neither links nor hashtags")
    assert "=repost_of_id" in note.sentence


def test_a_person_can_say_that_the_object_is_the_post_repeated() -> None:
    choice = ColumnChoice(roles={"object_id": "repost_of_id"}, platform="x")
    found = read_posts(CoortweetTable, CSV, choice)
    assert found.notes == []
    post = found.posts[2]
    assert (post.kind, post.repost_of_native_id, post.shares) == ("repost", "85d2d122", ())


def test_parquet_gives_the_same_posts() -> None:
    lines = [line.split(",") for line in CSV.splitlines()]
    columns = {
        name: [int(row[place]) if place == 3 else row[place] for row in lines[1:]]
        for place, name in enumerate(lines[0])
    }
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    of_csv, of_parquet = (
        [(p.native_id, p.published and p.published.us, p.shares, p.author and p.author.native_id)]
        for raw in (CSV.encode(), stream.getvalue())
        for p in read_posts(CoortweetTable, raw).posts[:1]
    )
    assert of_csv == of_parquet


def test_a_missing_column_is_named() -> None:
    with pytest.raises(DamagedFileError, match="content_id"):
        read_posts(CoortweetTable, "object_id,account_id\n1,2\n")
