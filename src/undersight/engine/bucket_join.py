"""The co-action operator as SQL: a join on (object, time bucket), on any engine, out of core.

A row meets the rows of its own bucket and of the next; two times at most one window apart lie in
buckets that differ by none or one, so each pair is found once, and a hot object is cut into small
keys. The result is that of the sweep, to the row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.engine.portable import Step

if TYPE_CHECKING:
    from undersight.engine.edge_output import Columns

LOADED: Final = (
    Step(
        name="usable",
        sql="""
        SELECT row_id, account, object, time_us,
            NULLIF(post, '') AS post, NULLIF(target, '') AS target
        FROM actions
        WHERE account IS NOT NULL AND account <> '' AND object IS NOT NULL AND object <> ''
            AND time_us IS NOT NULL""",
    ),
    Step(
        name="account_codes",
        sql="""
        SELECT account, ROW_NUMBER() OVER (ORDER BY account) AS code
        FROM (SELECT DISTINCT account FROM usable) AS named""",
        is_stored=True,
    ),
    Step(
        name="object_codes",
        sql="""
        SELECT object, ROW_NUMBER() OVER (ORDER BY object) AS code
        FROM (SELECT DISTINCT object FROM usable) AS named""",
        is_stored=True,
    ),
    Step(
        name="coded",
        sql="""
        SELECT usable.row_id, usable.post, usable.target, usable.time_us,
            usable.time_us - begun.start_us AS offset_us,
            account_codes.code AS account, object_codes.code AS object
        FROM usable
        JOIN account_codes ON usable.account = account_codes.account
        JOIN object_codes ON usable.object = object_codes.object
        CROSS JOIN (SELECT MIN(time_us) AS start_us FROM usable) AS begun""",
        is_stored=True,
    ),
    Step(
        name="hot_objects",
        sql="""
        SELECT object_codes.object, COUNT(*) AS n_actions
        FROM coded JOIN object_codes ON coded.object = object_codes.code
        GROUP BY object_codes.object HAVING COUNT(*) > 1""",
    ),
)
"""Steps that do not depend on the window."""

PLANNED: Final = (
    Step(
        name="reach",
        sql="""
        SELECT coded.row_id, coded.account, coded.object, coded.post, coded.target,
            coded.time_us, coded.offset_us, COUNT(*) OVER near AS n_near,
            MIN(account) OVER near AS least_account, MAX(account) OVER near AS most_account
        FROM coded
        WINDOW near AS (PARTITION BY object ORDER BY offset_us
                    RANGE BETWEEN $window_us PRECEDING AND $window_us FOLLOWING)""",
        is_stored=True,
    ),
    Step(
        name="planned",
        sql="""
        SELECT
            (SELECT COALESCE(SUM(n_near - 1), 0) FROM reach) AS n_within,
            (SELECT COALESCE(SUM(n_near - 1), 0) FROM (
                SELECT COUNT(*) OVER (PARTITION BY object, account ORDER BY offset_us
                    RANGE BETWEEN $window_us PRECEDING AND $window_us FOLLOWING) AS n_near
                FROM coded) AS by_account) AS n_same_account,
            (SELECT COALESCE(SUM(n_near - 1), 0) FROM (
                SELECT COUNT(*) OVER (PARTITION BY object, post ORDER BY offset_us
                    RANGE BETWEEN $window_us PRECEDING AND $window_us FOLLOWING) AS n_near
                FROM coded WHERE post IS NOT NULL) AS by_post) AS n_same_post,
            (SELECT COALESCE(SUM(n_near - 1), 0) FROM (
                SELECT COUNT(*) OVER (PARTITION BY object, post, account ORDER BY offset_us
                    RANGE BETWEEN $window_us PRECEDING AND $window_us FOLLOWING) AS n_near
                FROM coded WHERE post IS NOT NULL) AS by_both) AS n_same_both""",
    ),
)
"""Steps that count the pairs of a window, each from both of its ends."""

PAIRS: Final = (
    Step(
        name="left_rows",
        sql="""
        SELECT row_id, account, object, post, target, time_us, offset_us,
            offset_us - MOD(offset_us, $bucket_us) AS bucket_us
        FROM reach WHERE least_account < most_account""",
    ),
    Step(
        name="right_rows",
        sql="""
        SELECT row_id, account, object, post, target, time_us, offset_us,
            bucket_us, 0 AS is_next FROM left_rows
        UNION ALL
        SELECT row_id, account, object, post, target, time_us, offset_us,
            bucket_us + $bucket_us AS bucket_us, 1 AS is_next FROM left_rows""",
    ),
    Step(
        name="met",
        sql="""
        SELECT l.object AS object, l.account AS l_account, r.account AS r_account,
            l.row_id AS l_row, r.row_id AS r_row, l.post AS l_post, r.post AS r_post,
            l.target AS l_target, r.target AS r_target, l.time_us AS l_us, r.time_us AS r_us
        FROM left_rows AS l
        JOIN right_rows AS r ON l.object = r.object AND l.bucket_us = r.bucket_us
        WHERE ABS(l.offset_us - r.offset_us) <= $window_us
            AND ((r.is_next = 0 AND l.account < r.account)
                OR (r.is_next = 1 AND l.account <> r.account))
            AND (l.post IS NULL OR r.post IS NULL OR l.post <> r.post)""",
    ),
    Step(
        name="pairs",
        sql="""
        SELECT object,
            CASE WHEN l_account < r_account THEN l_account ELSE r_account END AS account_a,
            CASE WHEN l_account < r_account THEN r_account ELSE l_account END AS account_b,
            CASE WHEN l_account < r_account THEN l_row ELSE r_row END AS row_a,
            CASE WHEN l_account < r_account THEN r_row ELSE l_row END AS row_b,
            CASE WHEN l_account < r_account THEN l_post ELSE r_post END AS post_a,
            CASE WHEN l_account < r_account THEN r_post ELSE l_post END AS post_b,
            CASE WHEN l_account < r_account THEN r_us - l_us ELSE l_us - r_us END AS lead_us,
            CASE WHEN l_us < r_us THEN r_us ELSE l_us END AS later_us,
            l_target, r_target
        FROM met""",
    ),
    Step(
        name="by_object",
        sql="""
        SELECT account_a, account_b, object, COUNT(*) AS n_pairs,
            SUM(ABS(lead_us)) AS sum_delta_us, MIN(ABS(lead_us)) AS min_delta_us
        FROM pairs GROUP BY account_a, account_b, object""",
    ),
    Step(
        name="basic_edges",
        sql="""
        SELECT account_a, account_b, COUNT(*) AS n_objects,
            CAST(SUM(n_pairs) AS BIGINT) AS n_pairs,
            CAST(SUM(sum_delta_us) AS BIGINT) AS sum_delta_us,
            CAST(MIN(min_delta_us) AS BIGINT) AS min_delta_us
        FROM by_object GROUP BY account_a, account_b HAVING COUNT(*) >= $min_objects""",
        is_stored=True,
    ),
)
"""Steps from rows to the edges with their basic columns."""

_DETAILS: Final = (
    Step(
        name="kept_pairs",
        sql="""
        SELECT pairs.account_a, pairs.account_b, row_a, row_b, post_a, post_b, lead_us,
            l_target, r_target,
            later_us - MOD(MOD(later_us, 86400000000) + 86400000000, 86400000000) AS day_us
        FROM pairs JOIN basic_edges
            ON pairs.account_a = basic_edges.account_a AND pairs.account_b = basic_edges.account_b
        """,
    ),
    Step(
        name="details",
        sql="""
        SELECT account_a, account_b,
            COUNT(DISTINCT post_a)
                + COUNT(DISTINCT CASE WHEN post_a IS NULL THEN row_a END) AS n_posts_a,
            COUNT(DISTINCT post_b)
                + COUNT(DISTINCT CASE WHEN post_b IS NULL THEN row_b END) AS n_posts_b,
            COUNT(DISTINCT day_us) AS n_days,
            CAST(SUM(CASE WHEN lead_us > 0 THEN 1 ELSE 0 END) AS BIGINT) AS n_a_first,
            CAST(SUM(CASE WHEN lead_us < 0 THEN 1 ELSE 0 END) AS BIGINT) AS n_b_first
        FROM kept_pairs GROUP BY account_a, account_b""",
    ),
    Step(
        name="target_counts",
        sql="""
        SELECT account_a, account_b, COUNT(DISTINCT target) AS n_targets
        FROM (
            SELECT account_a, account_b, l_target AS target FROM kept_pairs
            UNION ALL
            SELECT account_a, account_b, r_target AS target FROM kept_pairs) AS aimed
        GROUP BY account_a, account_b""",
    ),
)


def edge_steps(columns: Columns) -> tuple[Step, ...]:
    """Return the steps from planned rows to sorted edges."""
    names = "a.account AS account_a, b.account AS account_b, e.n_objects, e.n_pairs, \
e.sum_delta_us, e.min_delta_us"
    joins = """
        JOIN account_codes AS a ON e.account_a = a.code
        JOIN account_codes AS b ON e.account_b = b.code"""
    order = "ORDER BY a.account, b.account"
    if columns == "basic":
        last = f"SELECT {names} FROM basic_edges AS e {joins} {order}"  # noqa: S608 - our own
        return (*PAIRS, Step(name="edges", sql=last))
    last = f"""
        SELECT {names}, d.n_posts_a, d.n_posts_b, d.n_days, t.n_targets,
            d.n_a_first, d.n_b_first
        FROM basic_edges AS e {joins}
        JOIN details AS d ON e.account_a = d.account_a AND e.account_b = d.account_b
        JOIN target_counts AS t ON e.account_a = t.account_a AND e.account_b = t.account_b
        {order}"""  # noqa: S608 - our own words, no value
    return (*PAIRS, *_DETAILS, Step(name="edges", sql=last))
