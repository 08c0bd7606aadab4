from __future__ import annotations

import io
import json
from typing import Any

import pytest

from tests.importers.post_files import read_posts
from undersight.importers import PostsTable
from undersight.importers.json_tables import flattened, open_json
from undersight.model.corpus_rows import ColumnChoice

X = ColumnChoice(platform="x")
TEXT = {"id": "1", "user": {"id_str": "7", "screen_name": "mila"}, "full_text": "a"}


def texts(value: Any) -> list[tuple[str, str, str]]:
    posts = read_posts(PostsTable, json.dumps(value, indent=1), X).posts
    return [(post.locator, post.text, post.parent_native_id) for post in posts]


@pytest.mark.parametrize(
    ("value", "locator"),
    [
        ([TEXT], "/0"),
        ({"data": [TEXT]}, "/data/0"),
        ({"status": 200, "result": {"posts": [TEXT]}}, "/result/posts/0"),
        ({"thread": TEXT}, "/thread"),
        (TEXT, "/"),
    ],
)
def test_records_are_found_wherever_they_stand(value: Any, locator: str) -> None:
    assert texts(value) == [(locator, "a", "")]


def test_replies_inside_a_record_are_records_under_it() -> None:
    reply = {"id": "2", "user": {"id_str": "8"}, "text": "b"}
    deeper = reply | {"id": "3", "text": "c"}
    thread = {"id": "1", "user": {"id_str": "7"}, "text": "a"}
    thread["replies"] = {"comments": [reply | {"replies": [deeper]}]}
    assert texts({"items": [thread]}) == [
        ("/items/0", "a", ""),
        ("/items/0/replies/comments/0", "b", "1"),
        ("/items/0/replies/comments/0/replies/0", "c", "2"),
    ]


def test_an_export_of_a_chat_names_it_in_every_row() -> None:
    message = {
        "id": 5, "type": "message", "date": "2031-05-02T10:00:00", "date_unixtime": "1935482400",
        "from": "Mila", "from_id": "user7", "text": ["see ", {"type": "link", "text": "e.org"}],
    }  # fmt: skip
    chat = {"name": "Sarnak today", "id": 12, "messages": [message]}
    (post,) = read_posts(PostsTable, json.dumps(chat, indent=1), X).posts
    assert post.text == "see e.org"
    assert post.target is not None
    assert (post.target.native_id, post.target.name) == ("12", "Sarnak today")
    assert post.author is not None
    assert (post.author.native_id, post.author.name) == ("user7", "Mila")


def test_listed_things_are_known_by_address_or_name() -> None:
    tweet = TEXT | {
        "entities": {
            "urls": [{"url": "https://t.example/1", "expanded_url": "https://example.org/a"}],
            "hashtags": [{"text": "sarnak", "indices": [1, 2]}],
        }
    }
    (post,) = read_posts(PostsTable, json.dumps([tweet]), X).posts
    assert {(one.kind, one.value) for one in post.shares} == {
        ("url", "https://example.org/a"),
        ("hashtag", "sarnak"),
    }


def test_an_object_with_no_end_of_depth_is_read() -> None:
    deep: Any = {"text": "a"}
    for _ in range(60):
        deep = {"text": "a", "replies": [deep]}
    names, rows = open_json(io.BytesIO(json.dumps([deep]).encode()))
    assert len(list(rows)) > 40
    assert "text" in names
    assert flattened({"a": {"b": 1}, "c": [1]}) == {"a.b": "1", "c": "[1]"}
