"""YouTube Data Tools, both generations."""

from __future__ import annotations

import pytest

from tests.importers.post_files import read_posts, recognised
from undersight.errors import DamagedFileError
from undersight.importers.youtube_data_tools_comments import YoutubeDataToolsComments
from undersight.model.corpus_rows import ColumnChoice

V1 = (
    "id\treplyCount\tlikeCount\tpublishedAt\tauthorName\ttext\tauthorChannelId\t"
    "authorChannelUrl\tisReply\tisReplyTo\tisReplyToName\n"
    'c1\t2\t5\t2031-05-04 10:00:00\tRavin\t"He said ""no"""\tUC1\thttp://y/UC1\t0\t\t\n'
    "c1.r1\t0\t0\t2031-05-04 10:05:00\tMirel\tyes\tUC2\thttp://y/UC2\t1\tc1\tRavin\n"
)
V2 = (
    "videoId,id,totalReplyCount,inferredReplyCount,inferredLevel,likeCount,publishedAt,"
    "authorName,authorChannelId,isChannelOwner,text,isReply,threadId,isReplyToId,isReplyToName\n"
    "v9,c1,0,0,0,1,2031-05-04T10:00:00Z,Ravin,UC1,False,hello,False,c1,,\n"
)


def test_version_one_with_a_reply_and_one_missing() -> None:
    assert recognised(V1, "comments.tab") == "youtube-data-tools-comments"
    target = "https://www.youtube.com/watch?v=v9"
    found = read_posts(YoutubeDataToolsComments, V1, ColumnChoice(target=target))
    comment, reply = found.posts
    assert (comment.kind, reply.kind, reply.parent_native_id) == ("comment", "reply", "c1")
    assert comment.root_native_id == reply.root_native_id == "v9"
    assert comment.text == 'He said "no"'
    assert comment.published is not None
    assert comment.published.zone_basis == "utc"
    assert comment.author is not None
    assert (comment.author.native_id, comment.author.kind) == ("UC1", "channel")
    assert [note.sentence for note in found.notes] == [
        "The comments have 2 replies, of which the file holds 1."
    ]


def test_version_two_names_its_video() -> None:
    assert recognised(V2, "comments.csv") == "youtube-data-tools-comments"
    found = read_posts(YoutubeDataToolsComments, V2)
    assert found.posts[0].root_native_id == "v9"
    assert found.posts[0].kind == "comment"
    assert found.notes == []


def test_an_anonymised_file_is_said_to_be_one() -> None:
    raw = "id,replyCount,likeCount,publishedAt,authorName,text,isReply,isReplyTo,isReplyToName\n"
    found = read_posts(YoutubeDataToolsComments, raw + "8f,0,1,2031-05-04 10:00:00,aa11,hi,0,,\n")
    assert found.codes == ["anonymised"]


def test_another_table_is_refused() -> None:
    with pytest.raises(DamagedFileError):
        read_posts(YoutubeDataToolsComments, "a,b\n1,2\n")
