"""The posts and pages with the most comments, from which somebody may choose one."""

from __future__ import annotations

import duckdb
import pytest

from undersight.corpus.target_places import most_commented

POSTS = [
    # post_id, kind, parent_id, root_id, target_id, account_id, text
    ("fb:p1", "post", None, None, None, "fb:page1", "The road\n is closed"),
    ("fb:p2", "post", None, None, "fb:page2", "fb:page2", "A concert"),
    ("fb:p3", "post", None, None, None, "fb:anna", "My cat"),
    *((f"fb:a{n}", "comment", None, "fb:p1", None, f"fb:{n}", "x") for n in range(4)),
    *((f"fb:b{n}", "comment", "fb:p2", None, "fb:page2", f"fb:{n}", "x") for n in range(2)),
    ("fb:r", "reply", "fb:a1", "fb:p1", None, "fb:9", "x"),
    *((f"fb:c{n}", "comment", None, "fb:p3", None, f"fb:{n}", "x") for n in range(9)),
    *((f"fb:d{n}", "comment", None, "fb:gone", "fb:page1", f"fb:{n}", "x") for n in range(3)),
    ("fb:o", "comment", None, None, None, "fb:1", "under nothing that is told"),
]
ACCOUNTS = [
    ("fb:page1", "page", "Sarnak Press", None),
    ("fb:page2", "page", None, "concerts"),
    ("fb:anna", "profile", "Anna", None),
]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect(":memory:")
    made.execute(
        "CREATE TABLE posts (post_id TEXT, kind TEXT, parent_id TEXT, root_id TEXT,"
        " target_id TEXT, account_id TEXT, text TEXT, url TEXT)"
    )
    made.executemany("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", POSTS)
    made.execute("CREATE TABLE accounts (account_id TEXT, kind TEXT, name TEXT, handle TEXT)")
    made.executemany("INSERT INTO accounts VALUES (?, ?, ?, ?)", ACCOUNTS)
    return made


def test_posts_and_pages_are_listed_and_what_is_under_a_persons_profile_is_not(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = [
        (one.kind, one.target, one.n_comments, one.page, one.text)
        for one in most_commented(connection, 10)
    ]
    assert found == [
        ("page", "fb:page1", 3, "Sarnak Press", ""),
        ("page", "fb:page2", 2, "concerts", ""),
        ("post", "fb:p1", 5, "Sarnak Press", "The road is closed"),
        ("post", "fb:gone", 3, "Sarnak Press", ""),
        ("post", "fb:p2", 2, "concerts", "A concert"),
    ]


def test_there_are_no_more_than_asked_for(connection: duckdb.DuckDBPyConnection) -> None:
    found = most_commented(connection, 2)
    assert [one.target for one in found] == ["fb:page1", "fb:page2", "fb:p1", "fb:gone"]
