"""Counting what stands under one post or page: SQL over the corpus views, plain numbers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.corpus.reading import accounts_among
from undersight.model.comment_sheet import LEAST_LETTERS

if TYPE_CHECKING:
    import duckdb

    from undersight.corpus.target_places import Place

_HOUR_US = 3_600_000_000
# Without the texts as they stand: to read them costs more than all the rest, and few are shown.
_ROWS = """
CREATE OR REPLACE TEMP TABLE sheet_rows AS
SELECT p.post_id, p.kind, p.account_id, p.published_us, p.resolution_us, p.text_key, p.n_likes,
    p.import_digest
FROM sheet_comments AS p
WHERE p.kind IN ('comment', 'reply') AND ({scope})
"""
_PEOPLE = "SELECT account_id FROM sheet_rows"
_SHEET = """
CREATE OR REPLACE TEMP TABLE sheet AS
SELECT p.*,
    CASE WHEN p.account_id IS NULL THEN 'untold'
        WHEN p.account_id = $target THEN 'owner'
        ELSE coalesce(a.kind, 'unknown') END AS account_kind,
    row_number() OVER (ORDER BY p.n_likes DESC NULLS LAST, p.published_us, p.post_id) AS place
FROM sheet_rows AS p LEFT JOIN sheet_people AS a ON a.account_id = p.account_id
"""
_SCOPES = {
    "post": "coalesce(p.root_id, p.parent_id) = $post",
    "page": "p.target_id = $target AND $post = ''",
    "file": "$post = ''",
}
_WHO = """
CREATE OR REPLACE TEMP TABLE sheet_who AS
SELECT DISTINCT account_id FROM sheet
WHERE account_id IS NOT NULL AND account_kind <> 'owner'
"""
_TOTALS = """
SELECT count(*) AS n_comments,
    count(*) FILTER (kind = 'reply') AS n_replies,
    count(DISTINCT account_id) FILTER (account_kind <> 'owner') AS n_accounts,
    count(*) FILTER (account_id IS NULL) AS n_without_account,
    count(*) FILTER (published_us IS NULL) AS n_without_time,
    min(published_us) AS first_us, max(published_us) AS last_us,
    max(resolution_us) FILTER (published_us IS NOT NULL) AS resolution_us,
    count(n_likes) AS n_with_likes
FROM sheet
"""
_KINDS = """
SELECT account_kind, count(*), count(*) FILTER (place <= $n_top), count(DISTINCT account_id)
FROM sheet GROUP BY account_kind ORDER BY count(*) DESC, account_kind
"""
_BEFORE = """
WITH earlier AS (
    SELECT p.account_id, p.target_id = $target AND p.kind IN ('comment', 'reply') AS is_here,
        coalesce(p.root_id, p.parent_id) AS root
    FROM sheet_comments AS p
    WHERE p.published_us < $start AND coalesce(p.root_id, p.parent_id, '') <> $post
        AND p.post_id <> $post
), known AS (
    SELECT w.account_id, bool_or(coalesce(e.is_here, false)) AS is_here
    FROM sheet_who AS w JOIN earlier AS e ON e.account_id = w.account_id
    GROUP BY w.account_id
)
SELECT (SELECT count(*) FROM known), (SELECT count(*) FROM known WHERE NOT is_here),
    (SELECT count(DISTINCT root) FROM earlier WHERE is_here)
"""
_PAGES = """
SELECT a.category, a.created_us
FROM sheet_people AS a JOIN sheet_who AS w ON w.account_id = a.account_id
WHERE a.kind = 'page'
ORDER BY a.account_id
"""
_TEXTS = """
SELECT text_key, account_id, count(*) FROM sheet
WHERE length(text_key) >= $letters AND account_id IS NOT NULL AND account_kind <> 'owner'
GROUP BY text_key, account_id ORDER BY text_key, account_id
"""
_FIRST = """
SELECT arg_min(post_id, (published_us IS NULL, published_us, post_id)), text_key
FROM sheet WHERE text_key IN $keys GROUP BY text_key
"""
_NAMED = """
SELECT DISTINCT account_id FROM every_accounts
WHERE length(name) >= 4 AND contains(lower($text), lower(name))
"""
_HOURS = """
SELECT CAST((floor(published_us / {hour}) + 72) AS BIGINT) AS hour, count(*),
    count(DISTINCT account_id)
FROM {rows}
WHERE published_us IS NOT NULL AND coalesce(resolution_us, 0) <= {hour}
GROUP BY 1 ORDER BY 1
"""
_OTHER_COMMENTS = """
CREATE OR REPLACE TEMP TABLE sheet_others AS
SELECT p.published_us, p.resolution_us, p.account_id FROM sheet_comments AS p
WHERE p.kind IN ('comment', 'reply') AND {scope}
"""
_ELSEWHERE = """
CREATE OR REPLACE TEMP TABLE sheet_elsewhere AS
SELECT DISTINCT account_id, place FROM (
    SELECT p.account_id,
        CASE WHEN $is_of_page THEN p.target_id ELSE coalesce(p.root_id, p.parent_id) END AS place
    FROM sheet_comments AS p JOIN sheet_who AS w ON w.account_id = p.account_id
    WHERE p.kind IN ('comment', 'reply')
) WHERE place IS NOT NULL AND place <> $here
"""
_SHARED_PLACES = """
SELECT place, count(*) FROM sheet_elsewhere GROUP BY place
HAVING count(*) >= $least ORDER BY count(*) DESC, place LIMIT $most
"""
_N_ELSEWHERE = """
SELECT coalesce(e.n, 0) AS n_places, count(*) FROM sheet_who AS w
LEFT JOIN (SELECT account_id, count(*) AS n FROM sheet_elsewhere GROUP BY 1) AS e
    ON e.account_id = w.account_id
GROUP BY 1 ORDER BY 1
"""


class TargetCounts:
    """Counts the comments of one place; every answer is a few numbers.

    Args:
        connection: Has the corpus tables as views; temporary tables are made in it.
        place: Whose comments.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, place: Place) -> None:
        self.connection, self.place = connection, place
        given = {"post": place.post_id, "target": place.target_id}
        # Finding the place makes one that knows whose page a post without one is of.
        connection.execute("CREATE TEMP VIEW IF NOT EXISTS sheet_comments AS SELECT * FROM posts")
        scoped = {name: one for name, one in given.items() if f"${name}" in _SCOPES[place.kind]}
        connection.execute(_ROWS.format(scope=_SCOPES[place.kind]), scoped)
        people = accounts_among(_PEOPLE, ("account_id", "kind", "category", "created_us"))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE sheet_people AS {people}")
        connection.execute(_SHEET, {"target": place.target_id})
        connection.execute(_WHO)

    def totals(self) -> dict[str, Any]:
        """Numbers of comments by name, and the first and last time."""
        found = self.connection.execute(_TOTALS)
        names = [column[0] for column in found.description]
        return dict(zip(names, found.fetchall()[0], strict=True))

    def post(self) -> tuple[int | None, int | None]:
        """When the post was made, µs, and how many comments the platform shows."""
        found = self.connection.execute(
            "SELECT published_us, n_replies FROM posts WHERE post_id = $post",
            {"post": self.place.post_id},
        ).fetchone()
        return (found[0], found[1]) if found else (None, None)

    def kinds(self, n_top: int) -> list[tuple[str, int, int, int]]:
        """By kind of account: comments, those among the top comments, accounts.

        Args:
            n_top: How many comments are the top, by likes.
        """
        return self.connection.execute(_KINDS, {"n_top": n_top}).fetchall()

    def before(self, start_us: int) -> tuple[int, int, int]:
        """Commenters seen before a time, of these not under the target, the target's posts then.

        Args:
            start_us: µs since 1970 UTC.
        """
        place = self.place
        given = {"post": place.post_id, "target": place.target_id, "start": start_us}
        found = self.connection.execute(_BEFORE, given).fetchall()[0]
        return int(found[0]), int(found[1]), int(found[2])

    def pages(self) -> list[tuple[str | None, int | None]]:
        """Category and time of creation of each page that commented."""
        return self.connection.execute(_PAGES).fetchall()

    def texts(self) -> list[tuple[str, str, int]]:
        """Normalised text, account, comments; texts of some length only."""
        return self.connection.execute(_TEXTS, {"letters": LEAST_LETTERS}).fetchall()

    def said(self, keys: list[str]) -> dict[str, str]:
        """The first comment's text as it stands in the file, by normalised text."""
        if not keys:
            return {}
        first = dict(self.connection.execute(_FIRST, {"keys": keys}).fetchall())
        found = self.connection.execute(
            "SELECT post_id, text FROM posts WHERE post_id IN $ids", {"ids": sorted(first)}
        )
        return {first[post_id]: text for post_id, text in found.fetchall()}

    def hours(self, least_accounts: int) -> tuple[int, ...]:
        """Comments by hour of week, UTC, Monday 0 h first; empty where too few accounts.

        Args:
            least_accounts: Fewer accounts than this are not told.
        """
        return self._hours("sheet", least_accounts)

    def other_hours(self, least_accounts: int) -> tuple[int, ...]:
        """The same under the target's other posts; for a page, under the other pages.

        Args:
            least_accounts: Fewer accounts than this are not told.
        """
        place = self.place
        if place.kind == "post":
            scope = "p.target_id = $target AND coalesce(p.root_id, p.parent_id, '') <> $post"
            given = {"target": place.target_id, "post": place.post_id}
        else:
            scope, given = "p.target_id <> $target", {"target": place.target_id}
        self.connection.execute(_OTHER_COMMENTS.format(scope=scope), given)
        return self._hours("sheet_others", least_accounts)

    def elsewhere(self, least: int, most: int) -> tuple[list[tuple[str, int]], dict[int, int]]:
        """Where the commenters comment too, and how many of them under how many other places.

        Args:
            least: Places with fewer of them are left out.
            most: How many places at most.
        """
        here = self.place.target_id or self.place.post_id
        given = {"here": here, "is_of_page": bool(self.place.target_id)}
        self.connection.execute(_ELSEWHERE, given)
        shared = self.connection.execute(_SHARED_PLACES, {"least": least, "most": most})
        return shared.fetchall(), dict(self.connection.execute(_N_ELSEWHERE).fetchall())

    def import_digests(self) -> set[str]:
        """Which imports the comments come from."""
        found = self.connection.execute("SELECT DISTINCT import_digest FROM sheet")
        return {row[0] for row in found.fetchall()}

    def names_in(self, text: str) -> dict[str, str]:
        """Names of accounts that stand in a text, by account; to mask it with.

        Args:
            text: Any words.
        """
        ids = [row[0] for row in self.connection.execute(_NAMED, {"text": text}).fetchall()]
        found = self.connection.execute(
            "SELECT account_id, name FROM accounts "
            "WHERE account_id IN $ids AND contains(lower($text), lower(name)) ORDER BY account_id",
            {"text": text, "ids": ids},
        )
        return dict(found.fetchall())

    def _hours(self, rows: str, least_accounts: int) -> tuple[int, ...]:
        n_accounts = self.connection.execute(
            f"SELECT count(DISTINCT account_id) FROM {rows}"  # noqa: S608 - own names
        ).fetchall()[0][0]
        found = self.connection.execute(_HOURS.format(rows=rows, hour=_HOUR_US)).fetchall()
        if not found or n_accounts < least_accounts:
            return ()
        counts = [0] * 168
        for hour, n, _n_accounts in found:
            counts[hour % 168] += n
        return tuple(counts)
