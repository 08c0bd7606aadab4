"""The coordination-network-toolkit's eight columns by position."""

from __future__ import annotations

from tests.importers.post_files import read_posts, recognised
from undersight.importers.coordination_toolkit_csv import CoordinationToolkitCsv

HEADER = "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n"
CSV = HEADER + (
    'm1,A,ada,,,"Hello, world",0,https://example.org/1 https://example.org/2\n'
    "m2,B,ben,m1,,RT,10.5,\n"
    "m3,C,cyn,,m1,no,59,\"['http://example.com/4', 'http://example.com/6']\"\n"
)


def test_posts_reposts_and_replies() -> None:
    assert recognised(CSV, "x.csv") == "coordination-toolkit-csv"
    one, two, three = read_posts(CoordinationToolkitCsv, CSV).posts
    assert (one.kind, two.kind, three.kind) == ("post", "repost", "reply")
    assert (two.repost_of_native_id, three.parent_native_id) == ("m1", "m1")
    assert [share.value for share in one.shares] == [
        "https://example.org/1",
        "https://example.org/2",
    ]
    assert [share.value for share in three.shares] == [
        "http://example.com/4",
        "http://example.com/6",
    ]
    assert one.published is not None
    assert two.published is not None
    assert (one.published.us, two.published.us) == (0, 10_500_000)
    assert two.published.resolution_us == 100_000
    assert one.author is not None
    assert (one.author.native_id, one.author.name) == ("A", "ada")


def test_other_names_are_read_by_position_when_asked() -> None:
    raw = "a,b,c,d,e,f,g,h\nm1,A,ada,,,hi,5,\n"
    assert recognised(raw, "x.csv") == ""
    (post,) = read_posts(CoordinationToolkitCsv, raw).posts
    assert (post.native_id, post.text) == ("m1", "hi")
