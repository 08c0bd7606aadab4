"""CrowdTangle's exports: pages, groups, Instagram."""

from __future__ import annotations

import pytest

from tests.importers.post_files import read_posts, recognised
from undersight.errors import DamagedFileError
from undersight.importers.crowdtangle_csv import CrowdtangleCsv

SCORE = '"Overperforming Score (weighted  —  Likes 1x Shares 1x )"'
PAGE = (
    "Page Name,User Name,Facebook Id,Page Category,Page Admin Top Country,Page Created,"
    "Likes at Posting,Followers at Posting,Post Created,Type,Total Interactions,Likes,Comments,"
    f"Shares,Total Views,URL,Message,Link,Final Link,{SCORE}\n"
    "Sarnak Daily,sarnakdaily,1001,NEWS_SITE,QV,2019-02-03 00:00:00 EST,10,20,"
    '2031-07-06 16:45:20 EDT,Link,"1,234","1,000",200,34,5000,'
    "https://www.facebook.com/1001/posts/555,Hello,https://sho.rt/x,https://example.org/x,1.2\n"
)


def test_a_post_of_a_page() -> None:
    assert recognised("\ufeff" + PAGE, "x.csv") == "crowdtangle-csv"
    (post,) = read_posts(CrowdtangleCsv, PAGE).posts
    assert (post.native_id, post.platform, post.kind) == ("555", "facebook", "post")
    assert (post.n_likes, post.n_replies, post.n_shares, post.n_views) == (1000, 200, 34, 5000)
    assert [share.value for share in post.shares] == ["https://example.org/x"]
    assert post.published is not None
    assert post.published.zone_basis == "named"
    assert post.published.us == 1_941_137_120_000_000  # 20:45:20 UTC
    author = post.author
    assert author is not None
    assert (author.kind, author.native_id, author.category) == ("page", "1001", "NEWS_SITE")
    assert author.n_followers == 20
    assert author.observed == post.published
    assert author.created is not None
    assert post.target is not None
    assert (post.target.native_id, post.target.kind) == ("1001", "page")


def test_a_group_is_the_author_since_no_other_is_told() -> None:
    raw = PAGE.replace("Page Name", "Group Name", 1)
    (post,) = read_posts(CrowdtangleCsv, raw).posts
    assert post.author is not None
    assert post.author.kind == "group"


def test_instagram() -> None:
    raw = (
        "Account,User Name,Followers at Posting,Post Created,Type,Total Interactions,Likes,"
        f"Comments,Views,URL,Link,Photo,Title,Description,{SCORE}\n"
        "Sarnak,sarnak,7,2031-07-06 16:45:20 EDT,Photo,3,2,1,0,"
        "https://www.instagram.com/p/AbC/,https://www.instagram.com/p/AbC/,p,,Text here,1\n"
    )
    assert recognised(raw, "x.csv") == "crowdtangle-csv"
    (post,) = read_posts(CrowdtangleCsv, raw).posts
    assert (post.platform, post.native_id, post.text) == ("instagram", "AbC", "Text here")
    assert post.author is not None
    assert post.author.native_id == "@sarnak"


def test_another_table_is_refused() -> None:
    with pytest.raises(DamagedFileError):
        read_posts(CrowdtangleCsv, "a,b\n1,2\n")
