"""Tables of accounts: lists of pages, of bots, follower counts over time."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.importers.post_files import read_posts, recognised
from undersight.errors import ColumnsUnclearError, DayOrderError, UnknownRoleError
from undersight.importers.accounts_table import AccountsTable
from undersight.importers.posts_table import PostsTable
from undersight.model.corpus_rows import AccountRow, ColumnChoice

PAGES = (
    "page_id,name,account_type,followers,likes,created,manager_countries,observed\n"
    "p1,Sarnak Recipes,Page,93000,,2031-02-03,Qaravel:3,2031-04-27\n"
)
DAY_US = 86_400_000_000


def day(moment: object) -> str:
    us = getattr(moment, "us", 0)
    return (
        (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=us)).date().isoformat()
    )


def accounts(raw: str, choice: ColumnChoice | None = None) -> list[AccountRow]:
    return read_posts(AccountsTable, raw, choice).accounts


def test_a_list_of_pages() -> None:
    assert recognised(PAGES, "pages.csv") == "accounts-table"
    (page,) = accounts(PAGES)
    assert (page.native_id, page.name, page.kind) == ("p1", "Sarnak Recipes", "page")
    assert (page.n_followers, page.country) == (93_000, "Qaravel:3")
    assert (day(page.created), day(page.observed)) == ("2031-02-03", "2031-04-27")


def test_a_series_of_followers() -> None:
    raw = "page,date,followers\nSarnak Press,2031-01-01,100\nSarnak Press,2031-01-02,90\n"
    assert recognised(raw, "x.csv") == "accounts-table"
    assert [(day(one.observed), one.n_followers) for one in accounts(raw)] == [
        ("2031-01-01", 100), ("2031-01-02", 90),
    ]  # fmt: skip


def test_daily_figures_of_accounts_may_count_their_reposts() -> None:
    raw = "author_id,day,tweets,retweets,followers\na,2031-01-01,5,2,100\n"
    assert recognised(raw, "x.csv") == "accounts-table"


def test_one_count_a_row() -> None:
    day_s = 1_935_482_400
    raw = f"account,metric,ts,value\na,followers,{day_s},5\na,watchers,{day_s},7\n"
    assert recognised(raw, "x.csv") == "accounts-table"
    found = read_posts(AccountsTable, raw)
    assert [(one.native_id, one.n_followers) for one in found.accounts] == [("a", 5)]
    assert [(one.locator, one.column) for one in found.issues] == [("line 3", "metric")]


@pytest.mark.parametrize(
    "record",
    [
        {
            "username": "mila",
            "acct": "mila@e.org",
            "created_at": "2031-01-01",
            "followers_count": 2,
        },
        {"did": "did:plc:m", "handle": "mila", "createdAt": "2031-01-01", "followersCount": 3},
        {"id": "UC1", "snippet": {"title": "M"}, "statistics": {"subscriberCount": "5"}},
    ],
)
def test_lists_that_interfaces_answer(record: dict[str, object]) -> None:
    raw = json.dumps({"items": [record]})
    assert recognised(raw, "x.json") == "accounts-table"
    assert len(accounts(raw)) == 1


def test_counts_without_a_moment_are_left_out_unless_the_person_knows_it() -> None:
    raw = "username,user_id,created_at,followers_count\nmila,5,2031-01-01,3\n"
    found = read_posts(AccountsTable, raw)
    assert found.accounts[0].observed is None
    assert any("were left out" in note.sentence for note in found.notes)
    (dated,) = accounts(raw, ColumnChoice(seen_us=DAY_US))
    assert dated.observed is not None
    assert dated.observed.us == DAY_US


@pytest.mark.parametrize(
    "raw",
    [
        "name,date,act,place\nMila,2031-05-04,arrest,Sarnak\n",
        "user_id,text,time,followers\n1,hi,2031-05-04,5\n",
        "userFollowerCount,isFake\n5,1\n",
        "account_id,expanded_url,date,followers\n1,https://e.org/a,2031-05-04,5\n",
        "tweet_id,account_id,url_shared,created_at,followers\n1,2,e.org/a,2031-05-04,5\n",
    ],
)
def test_neither_cases_nor_posts_nor_bare_numbers_are_accounts(raw: str) -> None:
    assert recognised(raw, "x.csv") != "accounts-table"


def test_the_address_of_an_account_tells_its_id_and_platform() -> None:
    (page,) = accounts("page_url,followers,date\nhttps://www.facebook.com/sarnak,5,2031-01-01\n")
    assert (page.platform, page.native_id, page.handle) == ("facebook", "@sarnak", "sarnak")


def test_what_cannot_be_told_is_asked() -> None:
    with pytest.raises(ColumnsUnclearError):
        accounts("followers,date\n5,2031-01-01\n")
    with pytest.raises(DayOrderError):
        accounts("page,date,followers\na,03/04/2031,5\n")
    with pytest.raises(UnknownRoleError):
        accounts(PAGES, ColumnChoice(roles={"nowhere": "account_id"}))
    found = accounts("wer,followers,date\nx,5,2031-01-01\n",
                     ColumnChoice(roles={"wer": "account_name"}))  # fmt: skip
    assert found[0].name == "x"


def test_a_table_of_accounts_read_as_posts_is_sent_here() -> None:
    with pytest.raises(ColumnsUnclearError) as caught:
        read_posts(PostsTable, "username,date,followers\nmila,2031-01-01,5\n")
    assert caught.value.options == ("--as accounts-table",)


def test_a_day_that_is_none_is_an_issue_of_its_field() -> None:
    found = read_posts(AccountsTable, "page,date,followers\na,soon,5\n")
    assert [(one.locator, one.column) for one in found.issues] == [("line 2", "observed")]
    assert len(found.accounts) == 1
