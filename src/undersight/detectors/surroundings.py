"""What the corpus says about a group's accounts and posts, for reasons and explanations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

_ACCOUNTS = """
SELECT account_id, kind, name, handle, category, created_us, is_name_only
FROM accounts WHERE account_id IN $ids
ORDER BY account_id
"""
_POSTS = """
SELECT p.post_id, p.text_key, p.published_us, p.kind = 'repost' AS is_repost
FROM posts AS p JOIN asked_about AS w ON w.id = p.post_id
ORDER BY p.post_id
"""
_TAGS = """
SELECT s.post_id, s.value
FROM shares AS s JOIN asked_about AS w ON w.id = s.post_id
WHERE s.kind = 'hashtag'
ORDER BY s.post_id, s.value
"""
_TAG_USERS = """
SELECT s.value, s.account_id
FROM shares AS s JOIN asked_about AS w ON w.id = s.value
WHERE s.kind = 'hashtag' AND s.account_id IS NOT NULL
GROUP BY s.value, s.account_id
ORDER BY s.value, s.account_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """What the corpus knows of an account.

    Args:
        kind: profile, page, group, channel, bot or unknown.
        name: Display name; empty where unknown or pseudonymised.
        handle: Handle; empty likewise.
        category: Category shown for a page.
        created_us: When it was made, µs; None where unknown.
        is_name_only: Known by name only: it may stand for several people.
    """

    kind: str = "unknown"
    name: str = ""
    handle: str = ""
    category: str = ""
    created_us: int | None = None
    is_name_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """What the corpus knows of a post.

    Args:
        words: Its text, folded; empty where there is none.
        tags: Its hashtags, folded.
        published_us: When, µs; None where unknown.
        is_repost: Whether the words are another's.
    """

    words: str = ""
    tags: frozenset[str] = frozenset()
    published_us: int | None = None
    is_repost: bool = False


class Surroundings:
    """Looks things up in the corpus, so many ids at once; what was asked for once is kept.

    A reading of tens of millions of rows takes seconds: whoever will ask for many groups asks for
    the posts of all of them first.

    Args:
        connection: Has the corpus tables as views.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._accounts: dict[str, AccountFacts] = {}
        self._posts: dict[str, PostFacts | None] = {}

    def accounts(self, account_ids: Iterable[str]) -> Mapping[str, AccountFacts]:
        """Return what is known of accounts; every id asked for has an entry."""
        wanted = sorted(set(account_ids))
        new = [one for one in wanted if one not in self._accounts]
        self._accounts.update(dict.fromkeys(new, AccountFacts()))
        # A list reaches below the grouping of all accounts; a join would group them all first.
        rows = self._connection.execute(_ACCOUNTS, {"ids": new}).fetchall() if new else []
        for account_id, kind, name, handle, category, created_us, is_name_only in rows:
            self._accounts[account_id] = AccountFacts(
                kind=kind or "unknown",
                name=name or "",
                handle=handle or "",
                category=category or "",
                created_us=created_us,
                is_name_only=bool(is_name_only),
            )
        return {one: self._accounts[one] for one in wanted}

    def posts(self, post_ids: Iterable[str]) -> Mapping[str, PostFacts]:
        """Return what is known of posts; ids that the corpus lacks have no entry."""
        wanted = sorted(set(post_ids))
        new = [one for one in wanted if one not in self._posts]
        self._posts.update(dict.fromkeys(new))
        tags: dict[str, set[str]] = {}
        for post_id, tag in self._rows(_TAGS, new):
            tags.setdefault(post_id, set()).add(tag)
        for post_id, words, published_us, is_repost in self._rows(_POSTS, new):
            self._posts[post_id] = PostFacts(
                words=words or "",
                tags=frozenset(tags.get(post_id, ())),
                published_us=published_us,
                is_repost=bool(is_repost),
            )
        known = ((one, self._posts[one]) for one in wanted)
        return {one: facts for one, facts in known if facts is not None}

    def tag_users(self, tag: str) -> frozenset[str]:
        """Return the accounts that used a hashtag anywhere in the corpus."""
        return frozenset(account_id for _, account_id in self._rows(_TAG_USERS, [tag]))

    def _rows(self, sql: str, ids: list[str]) -> list[Any]:
        if not ids:
            return []
        self._connection.register("asked_about", pa.table({"id": pa.array(ids, pa.string())}))
        try:
            return self._connection.execute(sql).fetchall()
        finally:
            self._connection.unregister("asked_about")
