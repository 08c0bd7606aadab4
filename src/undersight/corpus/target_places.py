"""Finding the post or page that a person names, among those with comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from undersight.corpus.reading import accounts_among
from undersight.errors import PrivateTargetError, UnknownTargetError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

_MOST_NAMED = 5
_LEAST_LETTERS = 4
# One pass over the comments; what follows is counted from its few rows.
_UNDER_WHAT = """
SELECT coalesce(root_id, parent_id) AS post_id, target_id, count(*) AS n_comments
FROM posts WHERE kind IN ('comment', 'reply')
GROUP BY 1, 2
"""
_PLACES = f"CREATE OR REPLACE TEMP TABLE sheet_places AS {_UNDER_WHAT}"
_HEADS = """
CREATE OR REPLACE TEMP TABLE sheet_heads AS
SELECT c.post_id, p.url, p.account_id, p.target_id AS own_target_id, c.target_id
FROM (
    SELECT post_id, min(target_id) AS target_id FROM sheet_places
    WHERE post_id IS NOT NULL GROUP BY 1
) AS c LEFT JOIN posts AS p ON p.post_id = c.post_id
"""
_ACCOUNTS_ASKED = """
SELECT target_id FROM sheet_places UNION SELECT own_target_id FROM sheet_heads
UNION SELECT account_id FROM sheet_heads
"""
_THREADS = """
CREATE OR REPLACE TEMP TABLE sheet_threads AS
SELECT h.post_id, h.url, substr(h.post_id, strpos(h.post_id, ':') + 1) AS native_id,
    coalesce(h.target_id, h.own_target_id,
        CASE WHEN a.kind IN ('page', 'group', 'channel') THEN a.account_id END) AS target_id,
    h.target_id IS NULL AS is_untold
FROM sheet_heads AS h LEFT JOIN sheet_accounts AS a ON a.account_id = h.account_id
"""
# Comments of a file that does not name the page stand under the page of their post.
_COMMENTS = """
CREATE OR REPLACE TEMP VIEW sheet_comments AS
SELECT p.* REPLACE (coalesce(p.target_id, t.target_id) AS target_id)
FROM posts AS p LEFT JOIN sheet_threads AS t
    ON t.is_untold AND t.post_id = coalesce(p.root_id, p.parent_id)
"""
_ALL_TOLD = "CREATE OR REPLACE TEMP VIEW sheet_comments AS SELECT * FROM posts"
_UNDER = """
SELECT DISTINCT coalesce(c.target_id, t.target_id) AS target_id
FROM sheet_places AS c LEFT JOIN sheet_threads AS t ON t.is_untold AND t.post_id = c.post_id
"""
_TARGETS = f"""
CREATE OR REPLACE TEMP TABLE sheet_targets AS
SELECT t.target_id, a.handle, a.name, a.url, coalesce(a.kind, 'unknown') AS kind,
    substr(t.target_id, strpos(t.target_id, ':') + 1) AS native_id
FROM ({_UNDER}) AS t LEFT JOIN sheet_accounts AS a ON a.account_id = t.target_id
WHERE t.target_id IS NOT NULL
"""  # noqa: S608 - own words
_IS_ACCOUNT = """
(account_id IN $words OR substr(account_id, strpos(account_id, ':') + 1) IN $words
    OR lower(handle) IN $handles OR url IN $words OR name IN $words)
"""
_IS_TARGET = _IS_ACCOUNT.replace("account_id", "target_id")


# The page of a post is told by its comments, else by the post, else by who wrote it.
_MOST_COMMENTED = f"""
WITH places AS ({_UNDER_WHAT}),
posts_of AS (
    SELECT post_id, min(target_id) AS target_id, sum(n_comments)::BIGINT AS n_comments
    FROM places WHERE post_id IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 4 * $most
),
pages_of AS (
    SELECT target_id, sum(n_comments)::BIGINT AS n_comments
    FROM places WHERE target_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 4 * $most
),
found AS (
    SELECT 'post' AS kind, c.post_id AS id, c.n_comments, p.url, p.text,
        coalesce(c.target_id, p.target_id, p.account_id) AS account_id
    FROM posts_of AS c LEFT JOIN posts AS p ON p.post_id = c.post_id
    UNION ALL
    SELECT 'page', target_id, n_comments, NULL, NULL, target_id FROM pages_of
)
SELECT f.kind, f.id, f.n_comments, coalesce(f.url, ''), coalesce(f.text, ''),
    coalesce(a.name, a.handle, '')
FROM found AS f LEFT JOIN accounts AS a ON a.account_id = f.account_id
WHERE coalesce(a.kind, 'unknown') <> 'profile'
QUALIFY row_number() OVER (PARTITION BY f.kind ORDER BY f.n_comments DESC, f.id) <= $most
ORDER BY f.kind, f.n_comments DESC, f.id
"""  # noqa: S608 - own words
_MOST_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented:
    """A post or page with comments.

    Args:
        kind: ``post`` or ``page``.
        target: Its id.
        n_comments: How many comments and replies stand under it.
        url: Its address; empty if not known.
        text: How a post begins; empty if its text is not loaded.
        page: The name of the page; empty if not known.
    """

    kind: Literal["post", "page"]
    target: str
    n_comments: int
    url: str = ""
    text: str = ""
    page: str = ""


def most_commented(connection: duckdb.DuckDBPyConnection, most: int) -> tuple[Commented, ...]:
    """Return the posts and the pages with the most comments; what is under a profile is left out.

    Args:
        connection: Has the corpus tables as views.
        most: How many posts, and how many pages; 1 or more.
    """
    rows = connection.execute(_MOST_COMMENTED, {"most": most}).fetchall()
    return tuple(
        Commented(
            kind=kind,
            target=target,
            n_comments=n,
            url=url,
            text=" ".join(text.split())[:_MOST_SHOWN],
            page=page,
        )
        for kind, target, n, url, text, page in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose comments are counted.

    Args:
        kind: ``post``, ``page``, or ``file`` for everything there is.
        post_id: The post; empty for a page or file.
        target_id: The account under which it stands; empty if not known.
    """

    kind: Literal["post", "page", "file"]
    post_id: str = ""
    target_id: str = ""


def find_place(connection: duckdb.DuckDBPyConnection, words: Sequence[str]) -> Place:
    """Return the post or page that words name: by whole id or address, else by a part of one.

    Args:
        connection: Has the corpus tables as views.
        words: What the person gave, and other forms of the same.

    Raises:
        UnknownTargetError: None fits, or several do.
        PrivateTargetError: It is a person's profile.
    """
    if not words:
        raise UnknownTargetError("")
    _prepare(connection)
    given = {
        "words": list(words),
        "handles": [word.lstrip("@").lower() for word in words],
    }
    post = _one(
        connection,
        "SELECT post_id, target_id FROM sheet_threads "
        "WHERE post_id IN $words OR native_id IN $words OR url IN $words",
        {"words": given["words"]},
        words[0],
    )
    if post is not None:
        return Place(kind="post", post_id=post[0], target_id=post[1])
    page = _one(
        connection,
        f"SELECT target_id, target_id FROM sheet_targets WHERE kind <> 'profile' AND {_IS_TARGET}",  # noqa: S608
        given,
        words[0],
    )
    if page is not None:
        return Place(kind="page", target_id=page[0])
    _refuse_profiles(connection, given, words[0])
    return _by_part(connection, words[0])


def only_place(connection: duckdb.DuckDBPyConnection) -> Place:
    """Return the one post or page of a file of comments; the file where there are several."""
    _prepare(connection)
    threads = connection.execute(
        "SELECT post_id, target_id FROM sheet_threads ORDER BY post_id LIMIT 2"
    ).fetchall()
    orphans = connection.execute(
        "SELECT 1 FROM sheet_places WHERE post_id IS NULL LIMIT 1"
    ).fetchone()
    if len(threads) == 1 and orphans is None:
        return Place(kind="post", post_id=threads[0][0], target_id=threads[0][1] or "")
    targets = connection.execute(f"{_UNDER} LIMIT 2").fetchall()
    if len(targets) == 1 and targets[0][0] is not None:
        return Place(kind="page", target_id=targets[0][0])
    return Place(kind="file")


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of threads and of what comments stand under."""
    connection.execute(_PLACES)
    connection.execute(_HEADS)
    asked = accounts_among(_ACCOUNTS_ASKED, ("account_id", "kind", "handle", "name", "url"))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sheet_accounts AS {asked}")
    connection.execute(_THREADS)
    found = connection.execute(
        "SELECT 1 FROM sheet_threads WHERE is_untold AND target_id IS NOT NULL LIMIT 1"
    ).fetchone()
    connection.execute(_COMMENTS if found else _ALL_TOLD)
    connection.execute(_TARGETS)


def _refuse_profiles(
    connection: duckdb.DuckDBPyConnection, given: dict[str, list[str]], named: str
) -> None:
    found = connection.execute(
        f"SELECT 1 FROM accounts WHERE kind = 'profile' AND {_IS_ACCOUNT} LIMIT 1",  # noqa: S608
        given,
    ).fetchone()
    if found is not None:
        raise PrivateTargetError(named)


def _by_part(connection: duckdb.DuckDBPyConnection, part: str) -> Place:
    """A part of one post's id or address; parts of people's names are not looked for."""
    post = None
    if len(part) >= _LEAST_LETTERS:
        post = _one(
            connection,
            "SELECT post_id, target_id FROM sheet_threads "
            "WHERE contains(post_id, $part) OR contains(url, $part)",
            {"part": part},
            part,
        )
    if post is None:
        raise UnknownTargetError(part)
    return Place(kind="post", post_id=post[0], target_id=post[1])


def _one(
    connection: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, object], named: str
) -> tuple[str, str] | None:
    """The one row of a query, None for none.

    Raises:
        UnknownTargetError: Several.
    """
    rows = connection.execute(f"{sql} ORDER BY 1", given).fetchall()
    if len(rows) > 1:
        # Posts are named in the answer, accounts are not.
        posts = tuple(row[0] for row in rows[:_MOST_NAMED]) if "post_id" in sql else ()
        raise UnknownTargetError(named, posts, len(rows))
    return (str(rows[0][0]), str(rows[0][1] or "")) if rows else None
