"""The X API: pages, twarc's lines, flat lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.importers.post_files import read_posts, recognised
from undersight.errors import InputError
from undersight.importers.x_api_v2 import XApiV2

USER = {
    "id": "7",
    "username": "ravin",
    "name": "Ravin",
    "created_at": "2019-01-01T00:00:00.000Z",
    "public_metrics": {"followers_count": 5, "following_count": 6, "tweet_count": 7},
}
POST = {
    "id": "10",
    "text": "Look https://t.co/x #Sarnak",
    "author_id": "7",
    "created_at": "2031-05-04T10:00:00.000Z",
    "conversation_id": "10",
    "lang": "en",
    "public_metrics": {"retweet_count": 1, "reply_count": 2, "like_count": 3},
    "entities": {
        "urls": [{"url": "https://t.co/x", "expanded_url": "https://example.org/x"}],
        "hashtags": [{"tag": "Sarnak"}],
    },
}
REPOST = {
    "id": "11",
    "text": "RT",
    "author_id": "8",
    "created_at": "2031-05-04T10:00:05.000Z",
    "conversation_id": "11",
    "referenced_tweets": [{"type": "retweeted", "id": "10"}],
}
PAGE = {
    "data": [POST, REPOST],
    "includes": {"users": [USER]},
    "errors": [{"title": "Not Found"}],
    "meta": {"result_count": 2},
    "__twarc": {"retrieved_at": "2031-05-05T00:00:00+00:00"},
}


@pytest.mark.parametrize(
    ("raw", "locator"),
    [
        (json.dumps(PAGE), "line 1/data/0"),
        (json.dumps(PAGE) + "\n" + json.dumps(PAGE) + "\n", "line 1/data/0"),
        (json.dumps(PAGE, indent=2), "//data/0"),
        (json.dumps([PAGE], indent=1), "/0/data/0"),
    ],
    ids=["page", "lines", "indented", "array"],
)
def test_a_page_in_each_container(raw: str, locator: str) -> None:
    assert recognised(raw, "x.json") == "x-api-v2"
    found = read_posts(XApiV2, raw)
    post, repost = found.posts[:2]
    assert (post.locator, post.native_id, post.lang) == (locator, "10", "en")
    assert (post.n_shares, post.n_replies, post.n_likes) == (1, 2, 3)
    assert [(s.kind, s.value) for s in post.shares] == [
        ("url", "https://example.org/x"),
        ("hashtag", "#Sarnak"),
    ]
    author = post.author
    assert author is not None
    assert (author.handle, author.n_followers) == ("ravin", 5)
    assert author.observed is not None
    assert (repost.kind, repost.repost_of_native_id) == ("repost", "10")
    assert post.published is not None
    assert post.published.zone_basis == "utc"
    assert any("left out" in note.sentence for note in found.notes)


def test_flat_lines_carry_their_author() -> None:
    raw = json.dumps(POST | {"author": USER}) + "\n"
    assert recognised(raw, "x.jsonl") == "x-api-v2"
    (post,) = read_posts(XApiV2, raw).posts
    assert post.author is not None
    assert post.author.handle == "ravin"


def test_users_are_accounts() -> None:
    found = read_posts(XApiV2, json.dumps({"data": [USER], "__twarc": {}}))
    assert [one.native_id for one in found.accounts] == ["7"]


def test_a_line_that_is_no_json_is_an_issue_and_the_next_is_read() -> None:
    flat = json.dumps(POST)
    found = read_posts(XApiV2, f"{flat}\n{{oops\n\n{flat}\n[[[[\n")
    assert [post.locator for post in found.posts] == ["line 1", "line 4"]
    assert [issue.locator for issue in found.issues] == ["line 2", "line 5"]


@pytest.mark.parametrize("raw", ["", "{}", '{"a":1}\n{"a":2}\n', "a,b\n1,2\n", "[" * 100_000])
def test_what_is_none_is_one_error(raw: str) -> None:
    with pytest.raises(InputError):
        read_posts(XApiV2, raw)


@pytest.mark.real
def test_real_answers_reconcile(shared_data: Path) -> None:
    folder = shared_data / "export-formats/x-api-v2"
    expected = {"2sets": 200, "noflat": 100, "flat": 100, "two_tweets": 1, "many_urls": 1}
    for name, n_posts in expected.items():
        raw = (folder / f"{name}.jsonl").read_bytes()
        assert recognised(raw, f"{name}.jsonl") == "x-api-v2"
        found = read_posts(XApiV2, raw)
        assert (len(found.posts), found.issues) == (n_posts, [])
    broken = read_posts(XApiV2, (folder / "streaming_output_with_error.jsonl").read_bytes())
    assert (len(broken.posts), len(broken.issues)) == (7, 1)
