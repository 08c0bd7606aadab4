"""What interfaces and archives of JSON hold, each in its own form, as rows of one meaning."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.importers.post_files import read_posts
from undersight.errors import DamagedFileError
from undersight.importers import json_records
from undersight.importers.posts_table import PostsTable
from undersight.model.corpus_rows import PostRow

TELEGRAM = {"type": "message", "date": "2031-05-02T10:00:00", "date_unixtime": "1935482400"}
CHANNEL = {
    "name": "Sarnak today",
    "type": "public_channel",
    "id": 12,
    "messages": [
        {**TELEGRAM, "id": 1, "from": "Sarnak today", "from_id": "channel12", "text": "news"},
        {**TELEGRAM, "id": 2, "type": "service", "action": "pin_message", "text": ""},
    ],
}
GROUP = {
    "name": "Talk",
    "type": "public_supergroup",
    "id": 13,
    "messages": [
        {**TELEGRAM, "id": 1, "from": "Mila", "from_id": "user7", "text": "hello"},
        {**TELEGRAM, "id": 2, "from": "Rauf", "from_id": "user8", "text": "yes",
         "reply_to_message_id": 1},
    ],
}  # fmt: skip
PRIVATE = {"name": "Mila", "type": "personal_chat", "id": 7, "messages": [{**TELEGRAM, "id": 5}]}


def lines(value: Any) -> list[str]:
    """Each post as platform, kind, id, author, what it answers, what is on top, text."""
    return [line(post) for post in read_posts(PostsTable, json.dumps(value, indent=1)).posts]


def line(post: PostRow) -> str:
    author = post.author
    who = (author.native_id or author.name) if author else "-"
    return " ".join((
        post.platform, post.kind, post.native_id or "-", who, post.parent_native_id or "-",
        post.root_native_id or "-", post.text,
    ))  # fmt: skip


def test_a_whole_export_of_telegram_keeps_its_chats_apart_and_leaves_private_ones_out() -> None:
    export = {"chats": {"about": "", "list": [CHANNEL, GROUP, PRIVATE]}, "contacts": {"list": []}}
    assert lines(export) == [
        "telegram post channel12/1 channel12 - - news",
        "telegram comment channel13/1 user7 - - hello",
        "telegram reply channel13/2 user8 channel13/1 - yes",
    ]
    issues = read_posts(PostsTable, json.dumps(export, indent=1)).issues
    assert [(one.locator, one.reason[:30]) for one in issues] == [
        ("/chats/list/0/messages/1", "It is a notice of Telegram its"),
        ("/chats/list/2", "A private conversation of 1 me"),
    ]


def test_a_chat_exported_alone_gives_the_same_ids() -> None:
    assert lines(GROUP) == [
        "telegram comment channel13/1 user7 - - hello",
        "telegram reply channel13/2 user8 channel13/1 - yes",
    ]


def test_messages_as_libraries_of_telegram_write_them() -> None:
    message = {
        "_": "Message", "id": 2, "peer_id": {"_": "PeerChannel", "channel_id": 13},
        "date": "2031-05-02T10:00:00+00:00", "message": "yes", "views": 9,
        "from_id": {"_": "PeerUser", "user_id": 8}, "reply_to": {"reply_to_msg_id": 1},
    }  # fmt: skip
    own = {**message, "id": 3, "from_id": None, "reply_to": None, "message": "news"}
    assert lines([message, own]) == [
        "telegram reply channel13/2 user8 channel13/1 - yes",
        "telegram post channel13/3 channel13 - - news",
    ]


def test_a_listing_of_reddit_with_the_answers_inside_it() -> None:
    inner = {"id": "b", "author": "rauf", "body": "no", "created_utc": 5.0, "subreddit": "news",
             "link_id": "t3_p", "parent_id": "t1_a"}  # fmt: skip
    comment = {**inner, "id": "a", "author": "mila", "body": "yes", "parent_id": "t3_p"}
    comment["replies"] = {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": inner}]}}
    post = {"id": "p", "author": "mila", "title": "Head", "selftext": "", "created_utc": 4.0,
            "subreddit": "news", "url": "https://e.org/a", "permalink": "/r/p/"}  # fmt: skip
    listing = [
        {"kind": "Listing", "data": {"children": [{"kind": kind, "data": one}]}}
        for kind, one in (("t3", post), ("t1", comment))
    ]
    assert lines(listing) == [
        "reddit post t3_p @mila - - Head",
        "reddit comment t1_a @mila - t3_p yes",
        "reddit reply t1_b @rauf t1_a t3_p no",
    ]


def test_posts_of_vk_are_told_apart_by_wall_and_named_by_the_lists_beside_them() -> None:
    answer = {"id": 12, "from_id": 8, "date": 60, "text": "no", "post_id": 10, "owner_id": -1,
              "reply_to_comment": 11}  # fmt: skip
    comment = {"id": 11, "from_id": 7, "date": 50, "text": "yes", "post_id": 10, "owner_id": -1,
               "thread": {"items": [answer]}}  # fmt: skip
    page = {"response": {"items": [comment], "profiles": [{"id": 7, "first_name": "Mila"}]}}
    (first, second) = read_posts(PostsTable, json.dumps(page, indent=1)).posts
    assert line(first) == "vk comment -1_11 7 - -1_10 yes"
    assert line(second) == "vk reply -1_12 8 -1_11 -1_10 no"
    assert first.author is not None
    assert first.author.name == "Mila"


def test_a_post_with_comments_inside_is_a_record_too() -> None:
    comment = {"id": "1_2", "from": {"name": "Mila", "id": "7"}, "message": "yes"}
    post = {"id": "1_1", "from": {"name": "Sarnak", "id": "1"}, "message": "Head",
            "comments": {"data": [comment]}}  # fmt: skip
    assert lines(post) == ["other post 1_1 1 - - Head", "other comment 1_2 7 - 1_1 yes"]


def test_a_saved_video_stands_above_its_comments() -> None:
    comments = [
        {"id": "U1", "parent": "root", "text": "yes", "author_id": "UC2", "timestamp": 5},
        {"id": "U1.r", "parent": "U1", "text": "no", "author_id": "UC3", "timestamp": 6},
    ]
    video = {"id": "v", "title": "Head", "channel_id": "UC1", "extractor": "youtube",
             "webpage_url": "https://www.youtube.com/watch?v=v", "comments": comments}  # fmt: skip
    assert lines(video) == [
        "youtube post v UC1 - - Head",
        "youtube comment U1 UC2 - v yes",
        "youtube reply U1.r UC3 U1 v no",
    ]


def test_what_a_browser_saw_is_taken_out_of_its_envelope() -> None:
    tiktok = {"id": "7", "desc": "hi", "createTime": 1702700000, "author": {"uniqueId": "mila"}}
    x = {
        "rest_id": "9",
        "core": {"user_results": {"result": {"rest_id": "5", "legacy": {"screen_name": "m"}}}},
        "legacy": {"full_text": "hi", "created_at": "Fri Oct 08 12:00:00 +0000 2021"},
    }
    seen = [
        {"id": n, "source_platform": source, "item_id": "0", "data": data}
        for n, (source, data) in enumerate((("tiktok.com", tiktok), ("twitter.com", x)))
    ]
    assert lines(seen[:1]) == ["tiktok post 7 @mila - - hi"]
    assert lines(seen[1:]) == ["x post 9 5 - - hi"]


def test_an_archive_of_x_is_a_script() -> None:
    tweet = {"id_str": "1", "full_text": "hi", "created_at": "Fri Oct 08 12:00:00 +0000 2021"}
    script = "window.YTD.tweets.part0 = " + json.dumps([{"tweet": tweet}], indent=1)
    assert PostsTable.recognises(script.encode(), "tweets.js")
    assert [line(one) for one in read_posts(PostsTable, script).posts] == ["x post 1 - - - hi"]


def test_single_records_and_outboxes_of_the_open_networks() -> None:
    bare = {"uri": "at://did:plc:m/app.bsky.feed.post/1", "cid": "c",
            "value": {"text": "hi", "createdAt": "2031-05-02T10:00:00Z"}}  # fmt: skip
    note = {"id": "https://e.org/1", "content": "<p>hi</p>", "inReplyTo": None}
    act = {"type": "Create", "actor": "https://e.org/m", "object": note,
           "published": "2031-05-02T10:00:00Z"}  # fmt: skip
    assert lines(bare) == [f"bluesky post {bare['uri']} did:plc:m - - hi"]
    assert lines({"orderedItems": [act]}) == [
        "mastodon post https://e.org/1 https://e.org/m - - hi"
    ]


GRAPH = {"created_time": "2031-05-02T10:00:00+0000", "from": {"id": "7", "name": "Mila"}}


def test_a_page_of_comments_alone_of_metas_interface_lays_nobody_open() -> None:
    page = {
        "data": [
            {**GRAPH, "id": "55_1", "message": "hi"},
            {**GRAPH, "id": "55_2", "message": "no", "parent": {"id": "55_1"}},
            {**GRAPH, "id": "7_3", "message": "mine", "can_remove": False},
        ],
        "paging": {"cursors": {"before": "a", "after": "b"}},
    }
    assert lines(page) == [
        "facebook comment 55_1 7 - 55 hi",
        "facebook reply 55_2 7 55_1 55 no",
        "facebook comment 7_3 7 - 7 mine",
    ]


def test_a_feed_of_metas_interface_stays_one_of_posts() -> None:
    own = {**GRAPH, "id": "7_3", "message": "our post"}
    visitor = {**GRAPH, "id": "9_4", "message": "to you", "updated_time": "x", "type": "status"}
    assert [one.split()[1] for one in lines({"data": [own, visitor]})] == ["post", "post"]


def test_comments_of_instagrams_interface() -> None:
    comment = {"id": "17900000000000001", "text": "hi", "username": "mila",
               "timestamp": "2031-05-02T10:00:00+0000", "media": {"id": "178"}}  # fmt: skip
    media = {"id": "178", "caption": "news", "timestamp": "2031-05-02T09:00:00+0000",
             "username": "sarnak", "media_type": "IMAGE"}  # fmt: skip
    assert lines({"data": [comment]}) == [
        "instagram comment 17900000000000001 @mila - 178 hi",
    ]
    assert lines({"data": [media]})[0].split()[1] == "post"


@pytest.mark.long
def test_a_large_export_is_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = {**GROUP, "messages": [
        {**TELEGRAM, "id": n, "from": "Mila", "from_id": "user7", "text": f"hi {n}"}
        for n in range(1_300)
    ]}  # fmt: skip
    raw = json.dumps(chat, indent=1)
    whole = read_posts(PostsTable, raw).posts
    monkeypatch.setattr(json_records, "_MOST_DOCUMENT_BYTES", 100_000)
    assert read_posts(PostsTable, raw).posts == whole
    assert whole[-1].locator == "/messages/1299"
    monkeypatch.setattr(json_records, "MOST_LINE_BYTES", 100_000)
    assert read_posts(PostsTable, json.dumps(chat)).posts == whole
    cut = read_posts(PostsTable, raw[:-5_000])
    assert whole[: len(cut.posts)] == cut.posts
    assert cut.issues[-1].locator.startswith("/messages/")
    with pytest.raises(DamagedFileError, match="64 MiB"):
        read_posts(PostsTable, json.dumps({"a": {"b": [1]}, **chat}, indent=1))
