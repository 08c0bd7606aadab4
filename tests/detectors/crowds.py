"""Invented crowds of Qaravel: who comments where and when, some of it together, most of it not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from undersight.model.tables import TABLES, Table

S = 1_000_000
HOUR = 3600 * S
DAY = 24 * HOUR
START = 1_924_992_000 * S  # 1 January 2031, a Wednesday
_TYPES = {"string": pa.string(), "int64": pa.int64(), "bool": pa.bool_()}
DIGEST = "ab" * 32


@dataclass
class Corpus:
    """Rows by table; whatever a row leaves out is null."""

    accounts: list[dict[str, Any]] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    shares: list[dict[str, Any]] = field(default_factory=list)

    def account(self, account_id: str, **given: Any) -> str:
        row = {"account_id": account_id, "platform": "facebook", "kind": "profile"}
        self.accounts.append(row | {"is_name_only": False, "is_pseudonymous": False} | given)
        return account_id

    def post(self, account_id: str | None, time_us: int | None, **given: Any) -> str:
        post_id = given.pop("post_id", f"facebook:{len(self.posts):07d}")
        row: dict[str, Any] = {
            "post_id": post_id,
            "platform": "facebook",
            "kind": "post",
            "account_id": account_id,
            "published_us": time_us,
            "resolution_us": S,
            "zone_basis": "utc",
        }
        self.posts.append(row | given)
        return str(post_id)

    def share(self, post_id: str, account_id: str, time_us: int, kind: str, value: str) -> None:
        self.shares.append(
            {"post_id": post_id, "account_id": account_id, "published_us": time_us,
             "kind": kind, "value": value}
        )  # fmt: skip

    def link(self, account_id: str, time_us: int, url: str, **given: Any) -> str:
        """A post that carries a link."""
        post_id = self.post(account_id, time_us, **given)
        self.share(post_id, account_id, time_us, "url", url)
        self.share(post_id, account_id, time_us, "domain", url.split("/")[2])
        return post_id

    def comment(self, account_id: str, time_us: int, root: str, page: str, **given: Any) -> str:
        above = {"root_id": root, "parent_id": root, "target_id": page}
        return self.post(account_id, time_us, kind="comment", **above, **given)

    def connection(self) -> duckdb.DuckDBPyConnection:
        """The corpus as detectors read it."""
        connection = duckdb.connect(":memory:")
        rows = {"accounts": self.accounts, "posts": self.posts, "shares": self.shares}
        for table in TABLES:
            connection.register(f"rows_{table.name}", arrow(table, rows.get(table.name, [])))
            connection.execute(f"CREATE VIEW {table.name} AS SELECT * FROM rows_{table.name}")
        connection.execute("CREATE VIEW every_accounts AS SELECT * FROM accounts")
        return connection


def arrow(table: Table, rows: list[dict[str, Any]]) -> pa.Table:
    schema = pa.schema([(column.name, _TYPES[column.type]) for column in table.columns])
    whole = [
        {"import_digest": DIGEST, "locator": f"line {number}"} | row
        for number, row in enumerate(rows, 2)
    ]
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in schema.names} for row in whole], schema=schema
    )


def organic(
    seed: int, *, n_accounts: int = 300, n_pages: int = 8, n_days: int = 28, n_comments: int = 6000
) -> Corpus:
    """People with habits of their own who comment under pages that they like.

    Each account has hours of its own, likes some pages more than others, and is more or less
    active; a post draws most comments in its first hours.
    """
    rng = np.random.default_rng(seed)
    corpus = Corpus()
    pages = [
        corpus.account(f"facebook:page{n}", kind="page", name=f"Page {n}") for n in range(n_pages)
    ]
    people = [corpus.account(f"facebook:u{n:04d}") for n in range(n_accounts)]
    roots, starts, owners = [], [], []
    for number, page in enumerate(pages):
        for _ in range(rng.integers(n_days, 3 * n_days)):
            day, hour = rng.integers(n_days), 6 + 14 * rng.beta(2, 2)
            starts.append(int(START + day * DAY + hour * HOUR))
            owners.append(number)
            roots.append(corpus.post(page, starts[-1], text="Post"))
    owner, start = np.array(owners), np.array(starts)
    likes = rng.dirichlet(np.full(n_pages, 0.4), n_accounts)
    peak = rng.normal(17, 4, n_accounts) % 24
    active = rng.lognormal(0, 1.1, n_accounts)
    popular = rng.lognormal(0, 1.0, len(roots))
    who = rng.choice(n_accounts, n_comments, p=active / active.sum())
    for account in who:
        page = rng.choice(n_pages, p=likes[account])
        there = np.flatnonzero(owner == page)
        delay = rng.lognormal(np.log(2 * 3600), 1.3, there.size) * S
        hour = (start[there] + delay) / HOUR % 24
        away = np.minimum(abs(hour - peak[account]), 24 - abs(hour - peak[account]))
        weight = popular[there] * np.exp(-((away / 3) ** 2) / 2) + 1e-12
        one = rng.choice(there.size, p=weight / weight.sum())
        at = there[one]
        time_us = int(start[at] + delay[one]) // S * S
        corpus.comment(people[account], time_us, roots[at], pages[page])
    return corpus


def roots_of(corpus: Corpus, page: str) -> list[tuple[str, int]]:
    """The posts of a page with their times."""
    return [
        (row["post_id"], row["published_us"])
        for row in corpus.posts
        if row["kind"] == "post" and row["account_id"] == page
    ]


def plant_crew(
    corpus: Corpus, seed: int, *, n_accounts: int = 12, n_posts: int = 30, spread_s: int = 15,
    kind: str = "page",
) -> tuple[str, ...]:  # fmt: skip
    """A crew that comes to popular posts at one moment, within seconds of each other."""
    rng = np.random.default_rng(seed)
    crew = tuple(
        corpus.account(f"facebook:crew{n:02d}", kind=kind, name=f"Crewname{n:02d} Oskelde")
        for n in range(n_accounts)
    )
    counts: dict[str, int] = {}
    for row in corpus.posts:
        if row.get("root_id"):
            counts[row["root_id"]] = counts.get(row["root_id"], 0) + 1
    roots = {row["post_id"]: row for row in corpus.posts if row["kind"] == "post"}
    hot = sorted(counts, key=lambda one: (-counts[one], one))[: 2 * n_posts]
    for root in rng.choice(np.array(hot), n_posts, replace=False):
        row = roots[str(root)]
        moment = row["published_us"] + int(rng.uniform(1, 6) * HOUR)
        for account in crew:
            if rng.random() < 0.7:
                time_us = moment + int(rng.integers(0, spread_s)) * S
                corpus.comment(account, time_us, row["post_id"], row["account_id"],
                               text=f"Well said {rng.integers(10**9)}")  # fmt: skip
    return crew


def plant_faithful(
    corpus: Corpus, seed: int, *, n_accounts: int = 60, n_posts: int = 40,
    page_name: str = "Free Tarvin", text: str = "", median_delay_s: float = 3600.0,
) -> tuple[str, ...]:  # fmt: skip
    """A crowd that stands with one page: comes to most of its posts, each in their own time."""
    rng = np.random.default_rng(seed)
    page = corpus.account("facebook:faithful-page", kind="page", name=page_name)
    crowd = tuple(corpus.account(f"facebook:faithful{n:03d}") for n in range(n_accounts))
    ready = rng.lognormal(0, 0.6, n_accounts)  # some are always sooner than others
    for _ in range(n_posts):
        start = int(START + rng.integers(28) * DAY + rng.integers(8, 20) * HOUR)
        root = corpus.post(page, start, text="Post")
        for n, account in enumerate(crowd):
            if rng.random() < 0.5:
                delay = rng.lognormal(np.log(median_delay_s * ready[n]), 0.9)
                time_us = start + int(delay) * S
                given = {"text": text, "text_key": text.lower()} if text else {}
                corpus.comment(account, time_us, root, page, **given)
    return crowd


def plant_news(corpus: Corpus, seed: int, *, n_accounts: int = 200, n_events: int = 6) -> None:
    """Breaking news: hundreds share one link within an hour, most in the first minutes."""
    rng = np.random.default_rng(seed)
    people = [corpus.account(f"facebook:news{n:03d}") for n in range(n_accounts)]
    for number in range(n_events):
        start = int(START + rng.integers(28) * DAY + rng.integers(6, 20) * HOUR)
        for account in people:
            if rng.random() < 0.4:
                time_us = start + int(rng.exponential(1200)) * S
                corpus.link(account, time_us, f"https://news{number % 3}.example/{number}")


def plant_link_farm(
    corpus: Corpus, seed: int, *, n_accounts: int = 15, n_links: int = 20
) -> tuple[str, ...]:
    """Accounts that post links nobody else posts, seconds after each other."""
    rng = np.random.default_rng(seed)
    farm = tuple(
        corpus.account(
            f"facebook:farm{n:02d}", kind="page", created_us=START - int(rng.integers(5)) * DAY
        )
        for n in range(n_accounts)
    )
    for number in range(n_links):
        start = int(START + rng.integers(28) * DAY + rng.integers(24) * HOUR)
        for account in farm:
            if rng.random() < 0.8:
                time_us = start + int(rng.integers(30)) * S
                corpus.link(account, time_us, f"https://farm.example/{number}")
    return farm
