"""Any table of posts: columns by exact known names or as a person says, nothing lost."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importers.post_files import read_posts, recognised
from tests.importers.workbooks import workbook_of
from undersight.errors import (
    ColumnsUnclearError,
    DayOrderError,
    InvalidParameterError,
    UnknownRoleError,
)
from undersight.importers import parquet_rows
from undersight.importers.posts_table import PostsTable
from undersight.model.corpus_rows import ColumnChoice

X = ColumnChoice(platform="x")
HEADER = ["id", "author_id", "text", "created_at", "likes"]
ROWS = [
    ["10", "a", 'He said "no",\nthen left', "2031-05-04T10:00:00Z", "1,234"],
    ["11", "b", "ok", "2031-05-04T10:00:07Z", ""],
]


def csv_of(separator: str = ",") -> str:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    return "".join(separator.join(quoted(c) for c in row) + "\r\n" for row in [HEADER, *ROWS])


def parquet_of() -> bytes:
    stream = io.BytesIO()
    columns = {name: [row[place] for row in ROWS] for place, name in enumerate(HEADER)}
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def json_lines() -> str:
    return "".join(json.dumps(dict(zip(HEADER, row, strict=True))) + "\n" for row in ROWS)


CONTAINERS = {
    "comma": csv_of().encode(),
    "semicolon": csv_of(";").encode("utf-8-sig"),
    "tab": csv_of("\t").encode("utf-16"),
    "workbook": workbook_of([HEADER, *ROWS]),
    "parquet": parquet_of(),
    "lines": json_lines().encode(),
    "array": json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS]).encode(),
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_container_gives_the_same_posts(container: str) -> None:
    found = read_posts(PostsTable, CONTAINERS[container], X)
    one, two = found.posts
    assert (one.native_id, two.native_id) == ("10", "11")
    assert one.text == ROWS[0][2]
    assert (one.n_likes, two.n_likes) == (1234, None)
    assert one.published is not None
    assert two.published is not None
    assert two.published.us - one.published.us == 7_000_000
    assert one.author is not None
    assert (one.author.native_id, one.platform) == ("a", "x")
    assert (found.issues, found.notes) == ([], [])


def test_locators_lead_to_the_line_the_record_begins_at() -> None:
    places = [post.locator for post in read_posts(PostsTable, csv_of(), X).posts]
    assert places == ["line 2", "line 4"]
    places = [post.locator for post in read_posts(PostsTable, CONTAINERS["workbook"], X).posts]
    assert places == ["Posts!row 2", "Posts!row 3"]


@pytest.mark.parametrize(
    "header",
    [
        "comment_id,user_id,comment_text,timestamp",
        "Şərh ID,İstifadəçi ID,Mətn,Tarix",
        "ID;ID автора;Текст;Дата",
        "yorum id,kullanıcı id,yorum,tarih",
        "tweetid,userid,tweet_text,tweet_time",
        "messageId,authorId,body,createdAt",
    ],
)
def test_known_names_in_several_languages(header: str) -> None:
    separator = ";" if ";" in header else ","
    raw = f"{header}\n" + separator.join(["1", "a", "hello", "2031-05-04 10:00:00"]) + "\n"
    assert recognised(raw, "x.csv") == "posts-table"
    (post,) = read_posts(PostsTable, raw, X).posts
    assert (post.native_id, post.text) == ("1", "hello")
    assert post.author is not None
    assert post.author.native_id == "a"
    assert post.published is not None


def test_a_table_of_something_else_is_left_alone() -> None:
    for raw in (
        "name,date,article\nA,2031,234\n",
        "a,b\n1,2\n",
        "date,description,source\n1,2,3\n",
    ):
        assert recognised(raw, "x.csv") == ""


def test_unclear_columns_are_listed_with_the_option_to_give() -> None:
    with pytest.raises(ColumnsUnclearError) as caught:
        read_posts(PostsTable, "wer,when,what_text\na,2031-05-04,b\n", X)
    assert caught.value.columns == ("wer", "when", "what_text")
    assert '--map "what_text=text"' in caught.value.hint or "=account_id" in caught.value.hint
    choice = ColumnChoice(roles={"wer": "account_name", "what_text": "text", "when": "time"})
    (post,) = read_posts(PostsTable, "wer,when,what_text\na,2031-05-04,b\n", choice).posts
    assert (post.text, post.author and post.author.name) == ("b", "a")


def test_very_many_columns_are_not_all_listed() -> None:
    header = ",".join(f"c{n}" for n in range(300))
    with pytest.raises(ColumnsUnclearError, match="c99 and 200 more"):
        read_posts(PostsTable, header + "\n", X)


@pytest.mark.parametrize("roles", [{"nope": "text"}, {"text": "nope"}])
def test_a_wrong_mapping_is_refused(roles: dict[str, str]) -> None:
    with pytest.raises(UnknownRoleError):
        read_posts(PostsTable, csv_of(), ColumnChoice(roles=roles))


def test_a_mapping_goes_before_a_known_name() -> None:
    raw = "user,name,text,title\nu1,Ravin,body,head\n"
    choice = ColumnChoice(roles={"title": "text", "name": "rest"})
    (post,) = read_posts(PostsTable, raw, choice).posts
    assert post.text == "head"
    assert post.author is not None
    assert post.author.name == ""


def test_an_id_that_stands_on_many_texts_is_not_taken_for_the_rows_own() -> None:
    lines = "".join(f"p{n % 3},u{n},text {n}\n" for n in range(40))
    with pytest.raises(ColumnsUnclearError, match="status_id") as caught:
        read_posts(PostsTable, "status_id,user,text\n" + lines, X)
    assert '--map "status_id=root_id"' in caught.value.hint
    for head, choice in (
        ("status_id", ColumnChoice(roles={"status_id": "root_id"})),
        ("post_id", X),
    ):
        posts = read_posts(PostsTable, f"{head},user,text\n{lines}", choice).posts
        assert {post.root_native_id for post in posts} == {"p0", "p1", "p2"}
        assert {post.native_id for post in posts} == {""}
        assert {post.kind for post in posts} == {"comment"}


def test_texts_without_authors_are_taken_where_somebody_says_what_the_text_is() -> None:
    raw = "game,review\nA Game,bad\n"
    with pytest.raises(ColumnsUnclearError, match="who wrote"):
        read_posts(PostsTable, raw, X)
    (post,) = read_posts(PostsTable, raw, ColumnChoice(roles={"review": "text"})).posts
    assert (post.text, post.author) == ("bad", None)


def test_what_is_said_of_all_rows_goes_before_their_cells() -> None:
    raw = "who,text,type_of_it\nVask,yes,post\nOrmel,no,post\n"
    roles = {"type_of_it": "kind"}
    found = read_posts(PostsTable, raw, ColumnChoice(roles=roles))
    assert [one.kind for one in found.posts] == ["post", "post"]
    constants = {"kind": "comment", "lang": "az", "account_kind": "page"}
    found = read_posts(PostsTable, raw, ColumnChoice(roles=roles, constants=constants))
    assert [(one.kind, one.lang) for one in found.posts] == [("comment", "az")] * 2
    assert {one.author and one.author.kind for one in found.posts} == {"page"}


def test_posts_that_may_be_comments_are_told() -> None:
    raw, said = "who,text\nVask,yes\n", "posts or comments"
    assert said in " ".join(one.sentence for one in read_posts(PostsTable, raw, X).notes)
    for kind in ("comment", "post"):
        told = read_posts(PostsTable, raw, ColumnChoice(constants={"kind": kind}))
        assert said not in " ".join(one.sentence for one in told.notes)
        assert told.posts[0].kind == kind


@pytest.mark.parametrize(
    ("constants", "said"),
    [({"kind": "remark"}, "one of post, comment"), ({"colour": "red"}, "one of kind")],
)
def test_what_cannot_be_said_of_all_rows_is_refused(constants: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidParameterError) as caught:
        read_posts(PostsTable, "who,text\nVask,yes\n", ColumnChoice(constants=constants))
    assert said in caught.value.hint


def test_texts_in_html_lose_their_marks() -> None:
    raw = "id,user,content\n1,u,<p>one <b>two</b></p>\n"
    (post,) = read_posts(PostsTable, raw, X).posts
    assert post.text == "one two"
    (post,) = read_posts(PostsTable, "id,user,content\n1,u,a <p> b\n", X).posts
    assert post.text == "a <p> b"


def test_dates_that_may_be_two_stop_the_import_unless_a_row_or_a_person_tells() -> None:
    head = "id,author_id,text,date\n"
    ambiguous = head + "1,a,x,03/04/2031\n" * 1_500
    with pytest.raises(DayOrderError):
        read_posts(PostsTable, ambiguous, X)
    told = read_posts(PostsTable, ambiguous + "2,a,x,25/04/2031\n", X)
    said = read_posts(PostsTable, ambiguous, ColumnChoice(is_day_first=True))
    assert told.posts[0].published == said.posts[0].published
    assert len(told.posts) == 1_501


def test_minute_data_says_so() -> None:
    head = "id,author_id,text,date\n"
    lines = "".join(f"{n},a,x,2031-05-04 10:{n:02d}:00\n" for n in range(40))
    moments = [post.published for post in read_posts(PostsTable, head + lines, X).posts]
    assert {moment.resolution_us for moment in moments if moment} == {60_000_000}


def test_relative_times_need_the_moment_of_seeing() -> None:
    raw = "author,text,age,post_id\nRavin,hi,3 h,1\n"
    found = read_posts(PostsTable, raw, X)
    assert found.posts[0].published is None
    assert "at which moment" in found.notes[0].sentence
    seen = ColumnChoice(platform="x", seen_us=1_000_000_000_000_000)
    moment = read_posts(PostsTable, raw, seen).posts[0].published
    assert moment is not None
    assert (moment.us, moment.resolution_us) == (999_989_200_000_000, 3_600_000_000)


def test_damaged_ids_are_left_out_or_reported_never_mended() -> None:
    raw = "id,author_id,text,date\n" + "1.23E+17,a,x,2031-05-04\n" * 2
    found = read_posts(PostsTable, raw, X)
    assert [post.native_id for post in found.posts] == ["", ""]
    assert found.codes == ["damaged-ids"]
    zeros = "".join(f"{123456789012345000 + 10**6 * n},a,x,2031-05-04\n" for n in range(20))
    found = read_posts(PostsTable, "id,author_id,text,date\n" + zeros, X)
    assert found.posts[0].native_id == "123456789012345000"
    assert found.codes == ["damaged-ids"]


def test_what_is_doubtful_of_texts_and_caps_is_said() -> None:
    raw = "id,author_id,text,date\n" + "".join(
        f"{n},a,TÃ¼rkÃ§e &amp; more,2031-05-04\n" for n in range(50)
    )
    found = read_posts(PostsTable, raw, X)
    assert found.codes == ["other", "other", "row-cap"]
    assert found.posts[0].text == "TÃ¼rkÃ§e &amp; more"
    clean = raw.replace("TÃ¼rkÃ§e &amp; more", "Türkçe & Баку Ələkbər") + "50,a,x,2031-05-04\n"
    assert read_posts(PostsTable, clean, X).notes == []


def test_a_time_that_is_none_is_an_issue_of_its_field_and_the_post_stays() -> None:
    found = read_posts(PostsTable, "id,author_id,text,date\n1,a,x,soon\n", X)
    assert found.posts[0].published is None
    assert [(i.locator, i.column) for i in found.issues] == [("line 2", "time")]


def test_the_platform_is_asked_for() -> None:
    found = read_posts(PostsTable, csv_of())
    assert found.posts[0].platform == "other"
    assert "which platform" in found.notes[-1].sentence


@given(
    st.lists(
        st.lists(st.text(max_size=12).filter(lambda t: "\0" not in t), min_size=4, max_size=4),
        min_size=1,
        max_size=8,
    )
)
def test_records_written_as_csv_all_come_back(rows: list[list[str]]) -> None:
    import csv

    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "author_id", "text", "lang"])
    writer.writerows([["7", "a", row[2].replace("\r", " "), row[3].strip()] for row in rows])
    raw = stream.getvalue()
    if any("\ud800" <= char <= "\udfff" for char in raw):
        return
    found = read_posts(PostsTable, raw, X)
    assert [post.text for post in found.posts] == [row[2].replace("\r", " ") for row in rows]
    assert found.issues == []


REAL = [
    ("vk-russian-media-comments/vk_comments_2022.parquet", {"media": "target_name"}, 69_592),
    ("youtube-comments/youtube_spam_labelled.csv.gz", {}, 1_070),
    ("tiktok-skincare-comments/exact_duplicate_comments.csv.gz", {}, 4_440),
    ("ro-facebook-pages/comments.csv.gz", {"post_id": "root_id"}, 29_334),
    ("comment-threads-stance/tiktok_trump.csv.gz", {}, 1_634),
    ("state-trolls-vs-real/state_trolls_vs_real.csv.gz", {}, 5_000),
    ("coortweet-russia/russian_coord_tweets.parquet", {}, 35_125),
    ("coortweet-germany-facebook/german_elections_facebook.parquet", {"url_id": "object"}, 81_569),
    ("youtube-comments/youtube_comments_2013.parquet", {}, 47_315),
    ("ira-tweets/ira_tweets_2014-11_2015-06.parquet", {}, 91_850),
]


@pytest.mark.real
@pytest.mark.long
@pytest.mark.parametrize(("path", "roles", "n_rows"), REAL)
def test_real_tables_reconcile(
    shared_data: Path, path: str, roles: dict[str, str], n_rows: int
) -> None:
    choice = ColumnChoice(roles=roles, platform="other")
    found = read_posts(PostsTable, (shared_data / path).read_bytes(), choice)
    rejected = [issue for issue in found.issues if not issue.column]
    assert len(found.posts) + len(rejected) == n_rows
    assert rejected == []
    if "ira" in path:
        assert {p.published.resolution_us for p in found.posts if p.published} == {60_000_000}


def test_memory_holds_a_piece_of_a_parquet_file_and_not_what_was_read_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "posts.parquet"
    chance = np.random.default_rng(3)
    texts = [chance.bytes(2_000).hex() for _ in range(2_000)]
    times = ["2031-05-02T10:00:00Z"] * len(texts)
    table = pa.table({"account_id": texts, "text": texts, "time": times})
    pq.write_table(table, path, row_group_size=100, use_dictionary=False, compression="none")
    monkeypatch.setattr(parquet_rows, "_BATCH_ROWS", 100)
    with path.open("rb") as stream:
        columns, rows = parquet_rows.open_parquet(stream)
        assert columns == ["account_id", "text", "time"]
        tracemalloc.start()
        n_rows = sum(1 for _ in rows)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert n_rows == 2_000
    assert most < path.stat().st_size / 2
