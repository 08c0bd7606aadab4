"""What stands under one post or page, beside the same counted by hand."""

from __future__ import annotations

from collections import Counter

import duckdb
import pytest

from tests.detectors import crowds
from undersight.corpus.target_counts import TargetCounts
from undersight.corpus.target_places import Place, find_place, only_place
from undersight.errors import PrivateTargetError, UnknownTargetError

MONDAY_14 = crowds.START + 5 * crowds.DAY + 14 * crowds.HOUR


def a_corpus() -> crowds.Corpus:
    """Two pages; an earlier post, the post looked at, and one under the other page."""
    corpus = crowds.Corpus()
    for page in ("facebook:sarnak", "facebook:other"):
        corpus.account(page, kind="page", name=page[9:], handle=page[9:])
    people = [corpus.account(f"facebook:u{n}") for n in range(8)]
    facade = [
        corpus.account(f"facebook:p{n}", kind="page", category="Kitchen", created_us=crowds.START)
        for n in range(3)
    ]
    posts = (("100", "sarnak", 0), ("200", "sarnak", 5), ("300", "other", 2))
    for number, page, day in posts:
        start = crowds.START + day * crowds.DAY
        corpus.post(f"facebook:{page}", start, post_id=f"facebook:{number}",
                    n_replies=20 if day == 5 else None,
                    url=f"https://www.facebook.com/{page}/posts/{number}")  # fmt: skip
    for person in people[:3]:
        corpus.comment(person, crowds.START + crowds.HOUR, "facebook:100", "facebook:sarnak")
    for person in people[1:7]:
        corpus.comment(person, crowds.START + 3 * crowds.DAY, "facebook:300", "facebook:other")
    for n, person in enumerate([*people, *facade, facade[0]]):
        corpus.comment(
            person, MONDAY_14 + n, "facebook:200", "facebook:sarnak", n_likes=n,
            text="Shame on them", text_key="shame on them" if n % 2 else "aha",
        )  # fmt: skip
    above = {"root_id": "facebook:200", "parent_id": "facebook:200"}
    corpus.post(None, None, kind="comment", target_id="facebook:sarnak", **above)
    corpus.comment("facebook:sarnak", MONDAY_14, "facebook:200", "facebook:sarnak")
    return corpus


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return a_corpus().connection()


@pytest.fixture
def counts(connection: duckdb.DuckDBPyConnection) -> TargetCounts:
    return TargetCounts(
        connection, Place(kind="post", post_id="facebook:200", target_id="facebook:sarnak")
    )


@pytest.mark.parametrize(
    "words",
    [
        ["facebook:200"],
        ["200"],
        ["https://www.facebook.com/sarnak/posts/200"],
        ["k:20"],
        ["posts/200"],
    ],
)
def test_a_post_is_found_by_id_address_or_part(
    connection: duckdb.DuckDBPyConnection, words: list[str]
) -> None:
    found = find_place(connection, words)
    assert found == Place(kind="post", post_id="facebook:200", target_id="facebook:sarnak")


@pytest.mark.parametrize("word", ["facebook:sarnak", "sarnak", "@Sarnak"])
def test_a_page_is_found_by_id_handle_or_name(
    connection: duckdb.DuckDBPyConnection, word: str
) -> None:
    assert find_place(connection, [word]) == Place(kind="page", target_id="facebook:sarnak")


def test_a_profile_is_refused_and_nothing_of_it_is_told(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    for word in ("facebook:u3", "u3"):
        with pytest.raises(PrivateTargetError) as caught:
            find_place(connection, [word])
        assert "facebook:200" not in str(caught.value)


def test_a_profile_under_which_people_comment_is_refused_and_a_page_of_its_name_is_not() -> None:
    corpus = crowds.Corpus()
    for kind in ("profile", "page"):
        owner = corpus.account(f"facebook:{kind}1", kind=kind, name="Sarnak")
        corpus.comment("facebook:u1", 5, f"facebook:{kind}post", owner)
    connection = corpus.connection()
    assert find_place(connection, ["Sarnak"]).target_id == "facebook:page1"
    with pytest.raises(PrivateTargetError):
        find_place(connection, ["facebook:profile1"])


def test_what_fits_none_or_several_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UnknownTargetError, match="is no file, and no post"):
        find_place(connection, ["nowhere"])
    with pytest.raises(UnknownTargetError, match="fits 3 posts or pages: facebook:100"):
        find_place(connection, ["facebook.com"])


def test_a_file_of_one_thread_is_one_post_and_of_several_a_page_or_file() -> None:
    one = crowds.Corpus()
    for n in range(3):
        one.comment(f"facebook:u{n}", n, "facebook:1", "facebook:p")
    assert only_place(one.connection()).post_id == "facebook:1"
    one.comment("facebook:u1", 9, "facebook:2", "facebook:p")
    assert only_place(one.connection()) == Place(kind="page", target_id="facebook:p")
    one.comment("facebook:u1", 9, "facebook:3", "facebook:q")
    assert only_place(one.connection()) == Place(kind="file")


def test_totals_kinds_and_top_are_those_of_the_rows(counts: TargetCounts) -> None:
    totals = counts.totals()
    assert totals["n_comments"] == 14
    assert totals["n_accounts"] == 11
    assert totals["n_without_account"] == totals["n_without_time"] == 1
    assert totals["n_with_likes"] == 12
    assert counts.post() == (crowds.START + 5 * crowds.DAY, 20)
    # The four most liked: the three facade pages, one of them twice.
    assert {kind: rest for kind, *rest in counts.kinds(4)} == {
        "profile": [8, 0, 8], "page": [4, 4, 3], "owner": [1, 0, 1], "untold": [1, 0, 0],
    }  # fmt: skip


def test_newcomers_are_told_among_those_seen_before(counts: TargetCounts) -> None:
    seen, never_here, n_posts = counts.before(crowds.START + 5 * crowds.DAY)
    # Seen before: u0 to u6; under the target: u0, u1, u2.
    assert (seen, never_here, n_posts) == (7, 4, 1)
    assert counts.before(crowds.START) == (0, 0, 0)


def test_places_with_fewer_than_five_of_them_are_not_told(counts: TargetCounts) -> None:
    assert counts.elsewhere(5, 10) == ([("facebook:other", 6)], {0: 5, 1: 6})
    assert counts.elsewhere(7, 10)[0] == []


def test_hours_are_utc_and_need_five_accounts(counts: TargetCounts) -> None:
    hours = counts.hours(5)
    assert hours[14] == sum(hours) == 13  # START is a Wednesday: five days on, Monday
    assert counts.hours(50) == ()
    assert counts.other_hours(5) == ()
    assert sum(counts.other_hours(3)) == 3


def test_times_before_1970_fall_into_their_hour() -> None:
    corpus = crowds.Corpus()
    for n in range(5):
        corpus.comment(f"facebook:u{n}", -1 - n, "facebook:1", "facebook:p")
    counts = TargetCounts(corpus.connection(), Place(kind="file"))
    assert counts.hours(5)[2 * 24 + 23] == 5  # Wednesday, the last hour of 1969


def test_texts_pages_and_names(counts: TargetCounts) -> None:
    texts = Counter(key for key, _account, _n in counts.texts())
    assert texts == {"shame on them": 6}
    assert counts.said(["shame on them"]) == {"shame on them": "Shame on them"}
    assert counts.said([]) == {}
    assert counts.pages() == [("Kitchen", crowds.START)] * 3
    assert counts.names_in("Ask SARNAK about it") == {"facebook:sarnak": "sarnak"}


def test_comments_without_a_page_stand_under_the_page_of_their_post() -> None:
    told = a_corpus().connection()
    untold = a_corpus().connection()
    untold.execute(
        "CREATE OR REPLACE TEMP VIEW posts AS SELECT * REPLACE (CASE WHEN kind IN "
        "('comment', 'reply') THEN NULL ELSE target_id END AS target_id) FROM memory.main.posts"
    )
    found = [find_place(one, ["200"]) for one in (told, untold)]
    assert found[0].target_id == found[1].target_id == "facebook:sarnak"
    start = crowds.START + 5 * crowds.DAY
    seen = [
        TargetCounts(one, place).before(start)
        for one, place in zip((told, untold), found, strict=True)
    ]
    assert seen[0] == seen[1]
    assert seen[0][2] == 1
