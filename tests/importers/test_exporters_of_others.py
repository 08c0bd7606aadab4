"""What exporters of others call their columns: read right, or not at all, never half."""

from __future__ import annotations

import io
import json
import tarfile
from typing import Any

import pytest

from tests.importers.post_files import Outcome, read_posts
from tests.importers.test_json_shapes import line
from undersight.errors import ColumnsUnclearError, DamagedFileError, UnknownFormatError
from undersight.importers.posts_table import PostsTable
from undersight.model.corpus_rows import ColumnChoice
from undersight.workbench.archives import known_format


def read(raw: str, name: str = "x.csv") -> Outcome:
    importer = known_format(io.BytesIO(raw.encode()), name)
    assert importer is PostsTable
    return read_posts(importer, raw)


@pytest.mark.parametrize(
    ("columns", "row", "told"),
    [
        # snscrape, before and since its texts got another name
        (
            "url,date,rawContent,id,user.username,user.id",
            "https://twitter.com/m/status/1,2031-05-04,hi,16,mila,7",
            "x post 16 7 - - hi",
        ),
        # 4CAT, Telegram: a channel's own message, and an answer in a group
        (
            ("id,thread_id,search_entity,chat,author,author_username,body,reply_to,views,"
            "unix_timestamp,author_forwarded_from_name"),
            "12-5,q,q,q,12,q,news,,100,1935482400,",
            "telegram post q/12-5 @q - - news",
        ),
        (
            ("id,thread_id,search_entity,chat,author,author_username,body,reply_to,views,"
            "unix_timestamp,author_forwarded_from_name"),
            "13-6,t,t,t,77,mila,yes,5,0,1935482400,",
            "telegram reply t/13-6 @mila t/13-5 - yes",
        ),
        # TGStat and Popsters
        (
            "Дата,Канал,Ссылка на канал,Ссылка на пост,Текст,Просмотры,Пересылки",
            "02.05.2031 10:00,Q,https://t.me/q,https://t.me/q/5,да,100,3",
            "telegram post - @q - - да",
        ),
        (
            "Дата,Время,Сообщество,Ссылка,Текст,Лайки,Репосты",
            "02.05.2031,10:00,Q,https://vk.com/wall-1_5,да,3,2",
            "vk post - Q - - да",
        ),
        # Brandwatch, Meltwater, Talkwalker
        (
            "Date,Url,Domain,Author,Full Text,Thread Id,Thread Entry Type,Resource Id",
            ("2031-05-02 10:00:00.0,http://twitter.com/m/statuses/16,twitter.com,mila,hi,16,"
            "post,16"),
            "x post 16 mila - 16 hi",
        ),
        (
            ("URL,Hit Sentence,Influencer,Tweet Id,Twitter Id,Twitter Screen Name,Alternate "
            "Date Format,Time,Likes"),
            "https://twitter.com/m/statuses/16,hi,@mila,16,77,mila,2031-05-02,10:00 AM,3",
            "x post 16 77 - - hi",
        ),
        (
            ("published,content,url,extra_author_attributes.id,extra_author_attributes.name,"
            "twitter_likes"),
            "1935482400000,hi,http://twitter.com/m/statuses/16,tw:77,Mila,2",
            "x post - tw:77 - - hi",
        ),
        # Junkipedia: when it was posted, not when it was gathered
        (
            ("PostId,Link,Channel Name,ChannelUid,PlatformName,published_at,post_body_text,"
            "created_at"),
            ("555,https://www.tiktok.com/@q/video/73,Q,99,TikTok,2031-05-02T10:00:00Z,hi,"
            "2031-06-01"),
            "tiktok post 555 99 - - hi",
        ),
        # an account's own analytics, without an author
        (
            "Tweet id,Tweet permalink,Tweet text,time,retweets,likes",
            "16,https://twitter.com/m/status/16,hi,2031-05-02 10:00 +0000,1,3",
            "x post 16 - - - hi",
        ),
        # Hoaxy: the row's number is no id
        (
            ("canonical_url,date_published,from_user_id,from_user_screen_name,id,"
            "tweet_created_at,tweet_id,tweet_type,tweet_url"),
            ("https://a.example/1,2031-05-01,77,mila,1,2031-05-02T10:00:00Z,16,retweet,"
            "https://twitter.com/m/status/16"),
            "x repost 16 77 - - ",
        ),
        # Odnoklassniki: whom a reply answers, and what
        (
            "id,text,date,author_id,author_name,reply_to_comment_id,reply_to_id",
            "MTc,no,2031-05-02 10:05:00,578,Rauf,MTY,577",
            "other reply MTc 578 MTY - no",
        ),
        # Reddit: a post's own address and the one that it shares
        (
            "id,author,subreddit,created_utc,title,selftext,num_comments,url,permalink",
            "p1,mila,q,1935482400.0,T,body,4,https://a.example/1,/r/q/comments/p1/t/",
            "reddit post p1 mila - - T\n\nbody",
        ),
        # VK as a table: the owner is the wall, and ids are unique within one wall only
        (
            "id,from_id,date,text,post_id,owner_id,parents_stack,likes.count",
            "11,7,1935482400,hi,5,-1,[],3",
            "vk comment -1_11 7 - -1_5 hi",
        ),
        # Facepager: nodes are numbered by the program; what was asked for are comments
        (
            ("id;parent_id;level;object_id;object_type;query_status;query_time;query_type;"
            "message;from.name;from.id;created_time"),
            ("12;3;1;101_555;data;fetched;2031-06-01;Facebook:/<Object ID>/comments;"
            "hi;Mila;77;2031-05-02T10:00:00+0000"),
            "other comment 101_555 77 - - hi",
        ),
        # Apify: posts of a page, which others passed on, are no comments under it
        (
            "facebookUrl,postId,pageName,url,time,user/id,user/name,text,link,comments,shares",
            ("https://www.facebook.com/q,55,q,https://www.facebook.com/q/posts/55,"
            "2031-05-02T10:00:00.000Z,100,Q,hi,https://a.example/1,4,5"),
            "facebook post 55 100 - - hi",
        ),
        # 4CAT, Instagram: a post that names itself as what it answers
        (
            "id,thread_id,parent_id,url,body,author,author_fullname,unix_timestamp",
            "AB,AB,AB,https://www.instagram.com/p/AB,hi,mila,Mila,1935482400",
            "instagram post AB @mila - AB hi",
        ),
        # Netlytic: a feed; the number of a row is no id, and an address tells that it is a comment
        (
            "id,guid,link,pubdate,author,title,description,source",
            "1,Ugx1,https://www.youtube.com/watch?v=v1&lc=Ugx1,2031-05-02 10:00,mila,hi,hi all,w",
            "youtube comment Ugx1 mila - - hi all",
        ),
        # TAGS: the time with its zone, not the sheet's 02/05
        (
            "id_str,from_user,text,created_at,time,from_user_id_str,source,status_url,entities_str",
            ("16,mila,hi,Fri May 02 10:00:00 +0000 2031,02/05/2031 10:00:00,77,web,"
            "http://twitter.com/mila/statuses/16,{}"),
            "x post 16 77 - - hi",
        ),
        # Meta's Content Library: comments under a post
        (
            "id,text,creation_time,parent_id,root_post_id,author.id,statistics.reply_count",
            "91,hi,2031-05-02T10:00:00-0000,,9,771,0",
            "other comment 91 771 - 9 hi",
        ),
        # Apify: replies of YouTube, posts of Reddit among its comments
        (
            "author,cid,comment,publishedTimeText,published,replyToCid,type,videoId,voteCount",
            "@mila,Ugx1.a,yo,2 days ago,2031-05-02,Ugx1,reply,v1,3",
            "other reply Ugx1.a @mila Ugx1 v1 yo",
        ),
        (
            "id,url,username,userId,title,body,createdAt,dataType,postId,parentId,communityName",
            "t3_p,https://www.reddit.com/r/q/comments/p/t/,mila,t2_a,T,B,2031-05-02,post,,,r/q",
            "reddit post t3_p t2_a - - B",
        ),
        # the address of a post of VK tells its wall
        (
            "ID пользователя,Имя,Текст комментария,Дата,Ссылка на пост",
            "77,Mila,hi,02.05.2031 10:00,https://vk.com/wall-1_5",
            "vk comment - 77 - -1_5 hi",
        ),
        (
            "discussion_id,comment_id,author_id,text,date_ms",
            "55,9,77,hi,1935482400000",
            "other comment 9 77 - 55 hi",
        ),
        # a scraper's own columns beside two that are surely of comments
        (
            "web-scraper-order,web-scraper-start-url,comment_author,comment_text,comment_date",
            "1-1,https://q.example,Mila,hi,2031-05-02",
            "other comment - Mila - - hi",
        ),
    ],
)  # fmt: skip
def test_columns_of_exporters(columns: str, row: str, told: str) -> None:
    found = read(f"{columns}\n{row}\n".replace(";", ","))
    assert [line(post) for post in found.posts] == [told]
    assert found.posts[0].published is not None
    assert found.posts[0].published.us // 86_400_000_000 == 22_401 + ("05-04" in row) * 2
    assert not found.issues


def test_a_column_that_is_empty_does_not_stand_for_one_that_is_filled() -> None:
    raw = "id,username,comment,date,replies,repliesCount\n1,m,hi,2031-05-02,,4\n"
    assert read(raw).posts[0].n_replies == 4


def lines(value: Any) -> list[str]:
    return [line(post) for post in read(json.dumps(value), "x.json").posts]


def test_answers_of_interfaces_on_one_line_are_unwrapped() -> None:
    video = {"id": 73, "username": "mila", "create_time": 1935482400, "video_description": "hi",
             "like_count": 3}  # fmt: skip
    wrapped = {"data": {"videos": [video], "has_more": False}, "error": {"code": "ok"}}
    assert lines(wrapped) == ["other post 73 @mila - - hi"]
    item = {"id": 11, "from_id": 7, "date": 1935482400, "text": "hi", "post_id": 5, "owner_id": -1}
    assert lines({"response": {"count": 1, "items": [item]}}) == ["vk comment -1_11 7 - -1_5 hi"]


def test_replies_of_youtubes_threads_keep_their_author() -> None:
    def snippet(who: str, **more: Any) -> dict[str, Any]:
        return {"videoId": "v", "textOriginal": f"by {who}", "authorChannelId": {"value": who},
                "publishedAt": "2031-05-02T10:00:00Z", **more}  # fmt: skip

    comment = {"kind": "youtube#comment"}
    thread = {
        "kind": "youtube#commentThread",
        "id": "U1",
        "snippet": {
            "videoId": "v",
            "topLevelComment": {**comment, "id": "U1", "snippet": snippet("a")},
        },
        "replies": {"comments": [
            {**comment, "id": "U1.2", "snippet": snippet("b", parentId="U1")},
        ]},
    }  # fmt: skip
    assert lines({"items": [thread]}) == [
        "youtube comment U1 a - v by a",
        "youtube reply U1.2 b U1 v by b",
    ]


def test_reposts_of_blueskys_feeds_and_its_stream() -> None:
    uri = "at://did:plc:m/app.bsky.feed.post/1"
    record = {"text": "hi", "createdAt": "2031-05-02T10:00:00.000Z"}
    post = {"uri": uri, "author": {"did": "did:plc:m"}, "record": record}
    reason = {"by": {"did": "did:plc:r"}, "indexedAt": "2031-05-02T11:00:00Z"}
    feed = {"feed": [{"post": post}, {"post": post, "reason": reason}]}
    assert lines(feed) == [
        f"bluesky post {uri} did:plc:m - - hi",
        f"bluesky repost {uri}#did:plc:r did:plc:r - - hi",
    ]
    act = {"did": "did:plc:r", "time_us": 1935482400000000, "kind": "commit"}
    name = "app.bsky.feed."
    stream = [
        {**act, "commit": {"collection": f"{name}repost", "rkey": "2",
                           "record": {"subject": {"uri": uri}, **record}}},
        {**act, "commit": {"collection": f"{name}like", "rkey": "3", "record": {}}},
    ]  # fmt: skip
    found = read("\n".join(map(json.dumps, stream)) + "\n", "x.jsonl")
    assert [(one.kind, one.repost_of_native_id) for one in found.posts] == [("repost", uri)]
    assert [one.locator for one in found.issues] == ["line 2"]


def shares(raw: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for post in read(raw).posts for one in post.shares]


def test_what_a_post_shares_is_neither_its_own_address_nor_where_it_stands() -> None:
    twint = "id\tdate\tuser_id\ttweet\turls\tlink\n16\t2031-05-02\t77\thi\t"
    own = "https://twitter.com/mila/status/16"
    assert shares(f"{twint}['https://a.example/1']\t{own}\n") == [("url", "https://a.example/1")]
    watched = "Date,Url,Domain,Author,Full Text,Expanded URLs,Resource Id\n2031-05-02,"
    assert shares(f"{watched}{own},twitter.com,mila,hi,https://a.example/1,16\n") == [
        ("url", "https://a.example/1")
    ]
    assert ("domain", "b.example") in shares(f"{watched}{own},b.example,mila,hi,,16\n")


def test_nodes_of_a_tree_are_put_under_what_their_parents_are() -> None:
    columns = "id,parent_id,level,object_id,object_type,query_status,query_type,message,from.id"
    found = read(
        f"{columns},created_time\n3,,0,101,seed,,,,,\n"
        "4,3,1,101_5,data,ok,/comments,hi,7,2031-05-02T10:00:00Z\n"
    )
    assert [post.root_native_id for post in found.posts] == ["", "101"]


def test_messages_of_many_rows_have_ids_made_of_two_columns() -> None:
    columns = "id,thread_id,search_entity,chat,author,author_username,body,reply_to,unix_timestamp"
    rows = "".join(f"{n}-6,t,t,t,{n},u{n},text {n},,{1935482400 + n}\n" for n in range(30))
    assert {post.native_id for post in read(f"{columns}\n{rows}").posts} == {
        f"t/{n}-6" for n in range(30)
    }


def test_answers_in_instaloaders_comments_are_replies_and_nobody_is_a_poster() -> None:
    reply = {"id": 18, "created_at": 1935482500, "text": "yo", "owner": {"id": "78"}}
    top = {"id": 17, "created_at": 1935482400, "text": "hi", "owner": {"id": "77"}}
    assert lines([top | {"answers": [reply]}]) == [
        "other comment 17 77 - - hi",
        "other reply 18 78 17 - yo",
    ]


def test_a_thread_of_bluesky_on_one_line_is_unwrapped() -> None:
    def post(number: int, who: str) -> dict[str, Any]:
        return {"uri": f"at://{who}/{number}", "author": {"did": who},
                "record": {"text": "hi", "createdAt": "2031-05-02T10:00:00.000Z"}}  # fmt: skip

    thread = {"post": post(1, "did:plc:m"), "replies": [{"post": post(2, "did:plc:r")}]}
    assert [line.split()[2] for line in lines({"thread": thread})] == [
        "at://did:plc:m/1",
        "at://did:plc:r/2",
    ]


def test_a_downloaders_reckoned_time_is_no_time() -> None:
    comment = {"cid": "Ugx", "text": "hi", "time": "2 days ago", "author": "@m", "channel": "UCa",
               "votes": "3", "time_parsed": 1935482400.5}  # fmt: skip
    found = read(json.dumps(comment) + "\n", "x.jsonl")
    assert [one.published for one in found.posts] == [None]


def test_what_is_packed_otherwise_is_told_to_be_unpacked() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    with pytest.raises(DamagedFileError, match="unpack it"):
        read_posts(PostsTable, packed.getvalue())
    assert "unpack" in UnknownFormatError("dump.zst", ("feed",)).hint
    assert "feed" in UnknownFormatError("dump.bin", ("feed",)).hint


def test_a_list_of_ties_is_not_asked_which_column_is_a_text() -> None:
    for header in ("from,to,weight,n_content_id", "source,target,final_weight"):
        with pytest.raises(DamagedFileError, match="ties between accounts"):
            read_posts(PostsTable, f"{header}\na,b,2,3\n")
    with pytest.raises(ColumnsUnclearError) as refused:
        read_posts(PostsTable, "Ad ID,Ad Text,People Who Match\n1,hi,all\n")
    assert "Who Match" not in refused.value.hint


def test_the_channel_that_differs_under_one_video_is_who_wrote() -> None:
    columns = "comment_id,username,channelId,comment,date,videoId\n"
    rows = "1,mila,UCa,hi,2031-05-02,v1\n2,rauf,UCb,yo,2031-05-02,v1\n"
    authors = [post.author.native_id for post in read(columns + rows).posts if post.author]
    assert authors == ["UCa", "UCb"]
    assert {post.target for post in read(columns + rows).posts} == {None}
    (post,) = read(f"{columns}1,mila,UCq,hi,2031-05-02,v1\n").posts
    assert (post.target.native_id if post.target else "") == "UCq"


def test_a_reply_that_names_its_comment_in_the_column_of_ids_is_not_the_comment_again() -> None:
    columns = "comment_id,reply_id,username,user_id,date,comment\n"
    rows = "9,,mila,77,2031-05-02,hi\n9,10,rauf,78,2031-05-02,yo\n"
    assert [line(post) for post in read(columns + rows).posts] == [
        "other comment 9 77 - - hi",
        "other reply 10 78 9 - yo",
    ]


def test_an_address_is_named_where_it_may_tell_whose_post_it_is() -> None:
    raw = '{"url": "https://t.me/q/5", "date": "2031-05-02", "content": "hi"}\n'
    with pytest.raises(ColumnsUnclearError) as refused:
        read_posts(PostsTable, raw)
    assert '--map "url=account_url"' in refused.value.hint
    told = read_posts(PostsTable, raw, ColumnChoice(roles={"url": "account_url"}))
    assert [line(post) for post in told.posts] == ["telegram post - @q - - hi"]
