"""What a table as a whole tells: comments or posts, whose platform, which columns are one."""

from __future__ import annotations

import pytest

from tests.importers.post_files import read_posts, recognised
from undersight.importers.posts_table import PostsTable
from undersight.model.corpus_rows import ColumnChoice, PostRow


def one(header: str, *rows: str) -> PostRow:
    """The last post of a table."""
    return read_posts(PostsTable, "\n".join((header, *rows)) + "\n").posts[-1]


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("Müəllif;Şərh;Tarix;Bəyənmə", "utf-8"),
        ("Kullanıcı Adı;Yorum;Tarih;Beğeni", "cp1254"),
        ("Автор;Комментарий;Дата;Лайки", "cp1251"),
        ("Автор;Комментарий;Дата;Лайки", "koi8-r"),
        ("Author;Comment;Date", "utf-16"),
        ("Comments of https://example.org/p\n\nusername;comment;date", "utf-8"),
    ],
)
def test_comments_without_ids_are_known_in_any_language(header: str, encoding: str) -> None:
    rows = "\nMila;salam, necəsən?;12.03.2031 14:05;3\nRauf;yaxşı;3 mart 2031 14:06;1\n"
    raw = (header + rows).encode(encoding, errors="replace")
    assert recognised(raw, "c.csv") == "posts-table"


@pytest.mark.parametrize(
    "header",
    [
        "name,date,comment",
        "name,date,act,comment",
        "date,place,id,comment",
        "Имя,Дата,Комментарий",
    ],
)
def test_a_table_of_cases_with_remarks_is_none_of_comments(header: str) -> None:
    assert recognised(f"{header}\na,2031-05-04,b,c\n", "c.csv") == ""


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        ("commentUrl,profileId,text,date,facebookUrl",
         "https://fb.com/s/posts/1?comment_id=2,7,hi,2031-05-04,https://fb.com/s/posts/1",
         "facebook comment root=1 under=@s"),
        ("postUrl,ownerId,username,comment,date,timestamp,query",
         "https://www.instagram.com/p/C1/,5,mila,hi,2031-05-04,2031-06-01,q",
         "instagram comment root=C1 under=5"),
        ("tweetid,userid,tweet_text,tweet_time,in_reply_to_tweetid", "1,7,hi,2031-05-04 10:00,",
         "x post root= under="),
        ("tweetid,userid,tweet_text,tweet_time,in_reply_to_tweetid", "1,7,hi,2031-05-04 10:00,9",
         "x reply root= under="),
        ("id,thread_id,author,author_id,body,unix_timestamp,link",
         "1,1,mila,7,hi,1935482400,https://x.com/mila/status/1", "x post root=1 under="),
        ("video_id,author_name,video_description,create_time,video_url",
         "1,mila,hi,1935482400,https://www.tiktok.com/@mila/video/1", "tiktok post root= under="),
        ("channel_name,channel_id,message_id,date,sender_id,message_text",
         "sarnak,5,1,2031-05-04 10:00,7,hi", "other comment root= under=5"),
        ("id,creation_time,text,post_owner.id,post_owner.type,surface.id",
         "1,2031-05-04T10:00:00Z,hi,7,page,7", "other post root= under=7"),
    ],
)  # fmt: skip
def test_files_of_tools_are_posts_or_comments(header: str, row: str, told: str) -> None:
    post = one(header, row)
    under = post.target.native_id if post.target else ""
    assert f"{post.platform} {post.kind} root={post.root_native_id} under={under}" == told


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("post_id,post_text,comment_id,comment_by,comment_message,comment_published",
         "1,Head,2,Mila,hi,2031-05-04"),
        ("comment_id,status_id,comment_message,comment_author,comment_published",
         "2,1,hi,Mila,2031-05-04"),
    ],
)  # fmt: skip
def test_a_comment_beside_its_post_is_told_from_it(header: str, row: str) -> None:
    post = one(header, row)
    assert (post.kind, post.native_id, post.root_native_id, post.text) == (
        "comment",
        "2",
        "1",
        "hi",
    )


def test_who_comments_is_not_who_owns_the_post() -> None:
    post = one("postUrl,ownerId,username,comment,date", "https://x.com/p,5,mila,hi,2031-05-04")
    assert post.author is not None
    assert post.author.native_id == "@mila"


def test_the_address_of_a_profile_tells_namesakes_apart() -> None:
    header = "Author Name,Author Profile,Comment Text,Comment Time,Comment ID"
    authors = [
        one(header, f"Mila,https://facebook.com/{end},hi,2031-05-04,1").author
        for end in ("mila.a", "profile.php?id=77")
    ]
    assert [author.native_id for author in authors if author] == ["@mila.a", "77"]


def test_ids_of_messages_are_unique_within_their_chat() -> None:
    header = "chat,id,author_username,body,timestamp,reply_to"
    assert one(header, "a,1,mila,hi,5,").native_id == "a/1"
    assert one(header, "b,1,mila,hi,5,7").parent_native_id == "b/7"


@pytest.mark.parametrize("order", ["date,time", "time,date"])
def test_a_day_and_a_clock_are_one_time(order: str) -> None:
    cells = {"date": "2031-05-04", "time": "16:00:30"}
    post = one(
        f"id,user_id,text,{order}", f"1,7,hi,{','.join(cells[c] for c in order.split(','))}"
    )
    assert post.published is not None
    assert post.published.text == "2031-05-04 16:00:30"


def test_what_a_person_says_of_one_column_leaves_the_others_as_they_are() -> None:
    raw = "id,wer,text,date,time\n1,7,hi,2031-05-04,16:00:30\n"
    (post,) = read_posts(PostsTable, raw, ColumnChoice(roles={"wer": "account_id"})).posts
    assert post.published is not None
    assert post.published.text == "2031-05-04 16:00:30"
    told = ColumnChoice(roles={"wer": "account_id", "time": "rest"})
    (post,) = read_posts(PostsTable, raw, told).posts
    assert post.published is not None
    assert post.published.text == "2031-05-04"


def test_a_column_of_newspapers_holds_no_pictures() -> None:
    assert one("user_id,text,time,media", "7,hi,2031-05-04,Sarnak Press").shares == ()
    assert one("user_id,text,time,media", "7,hi,2031-05-04,https://e.org/a.jpg").shares != ()


def test_what_was_concluded_is_said() -> None:
    found = read_posts(PostsTable, "tweetid,userid,tweet_text,tweet_time\n1,7,hi,2031-05-04\n")
    assert "taken as one of “x”" in found.notes[-1].sentence


@pytest.mark.parametrize(
    "raw",
    [
        b"username,comment,date\rmila,hi,2031-05-04\rrauf,yes,2031-05-04\r",
        "username,comment,date\nmila,hi,2031-05-04\nrauf,yes,2031-05-04\n".encode("utf-16-le"),
        b"Report of,the desk\nusername,comment,date\nmila,hi,2031-05-04\nrauf,yes,2031-05-04\n",
        b"username,comment,date\nmila,hi,2031-05-04\nmi\0la,hi,2031\nrauf,yes,2031-05-04\n",
    ],
    ids=["returns", "utf-16", "titles", "nul"],
)
def test_odd_line_ends_encodings_titles_and_bytes(raw: bytes) -> None:
    assert recognised(raw, "c.csv") == "posts-table"
    assert [one.text for one in read_posts(PostsTable, raw).posts] == ["hi", "yes"]


def test_an_empty_column_of_threads_makes_no_comments_and_answers_are_told() -> None:
    header = "Author,Full Text,Date,Thread Id,Reply To Msg Id"
    post = one(header, "Ann,Hello,2031-05-04 10:00:00,,")
    assert (post.kind, post.root_native_id, post.parent_native_id) == ("post", "", "")
    reply = one(header.replace("Thread Id,", ""), "Ann,Hello,2031-05-04 10:00:00,7")
    assert (reply.kind, reply.parent_native_id) == ("reply", "7")
    comment = one(header, "Ann,Hello,2031-05-04 10:00:00,5,")
    assert comment.kind == "comment"


def test_a_whole_time_goes_before_a_day_and_a_clock_beside_it() -> None:
    row = one("Author,Text,Date,Day,Time", "Ann,Hi,04-May-2031 10:00AM,04/05/2031,10:00 AM")
    assert row.published is not None
    assert row.published.text == "04-May-2031 10:00AM"
