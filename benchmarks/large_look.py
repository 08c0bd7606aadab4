"""What a whole look takes on very many rows: an invented corpus several times beside itself.

    python benchmarks/large_look.py --rows 10000000 --copies 5 --folder DIR   5x10^7 rows
    python benchmarks/large_look.py --folder DIR --look-only --detector co-comment

The corpus of ``make_crowds.py`` is written once and stands in the tables under other ids, domains
and hashtags as often as asked, each copy some weeks later: at one time everybody would have a
double in every copy. Words are the same in all of them, as they are among people. Every line
tells seconds of CPU and the most memory so far. Tables that are there already are kept.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import duckdb  # noqa: E402 - found by the path above

from undersight.model.tables import TABLES, Table  # noqa: E402
from undersight.workbench import detection  # noqa: E402

SQL_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "bool": "BOOLEAN"}
PUBLISHED = "epoch_us(CAST(time AS TIMESTAMPTZ))"
WEEK_US = 7 * 86_400_000_000


def main() -> None:
    """Write the tables, then look."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000, help="of one copy")
    parser.add_argument("--copies", type=int, default=5)
    parser.add_argument("--folder", type=Path, required=True, help="some GB of room")
    parser.add_argument("--window", type=float, default=60.0, help="s")
    parser.add_argument("--memory", default="5GB", help="that queries may take")
    parser.add_argument("--detector", action="append", default=[])
    parser.add_argument("--look-only", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if not asked.look_only:
        write_tables(asked.folder, asked.rows, asked.copies)
    look(asked.folder, asked.detector, asked.window, asked.memory)


def write_tables(folder: Path, n_rows: int, n_copies: int) -> None:
    """Write one corpus, and the tables of each copy."""
    posts = folder / "posts.parquet"
    if not posts.exists():
        script = Path(__file__).with_name("make_crowds.py")
        labels = folder / "labels.csv"
        made = [sys.executable, script, "--rows", n_rows, "--out", posts, "--labels", labels]
        subprocess.run([str(part) for part in made], check=True)  # noqa: S603 - our own script
    with connected(folder, "6GB") as connection:
        connection.execute(f"CREATE VIEW made AS FROM read_parquet('{posts}')")
        for n in range(1, n_copies + 1):
            for name, query in tables_of(n).items():
                path = folder / f"{name}-{n}.parquet"
                if not path.exists():
                    connection.execute(f"COPY ({query}) TO '{path}' (ROW_GROUP_SIZE 500000)")
            tell(f"tables of copy {n}")


def tables_of(n: int) -> dict[str, str]:
    """Queries of the tables of one copy."""

    def id_of(column: str) -> str:
        return f"CASE WHEN {column} <> '' THEN 'facebook:{n}x' || {column} END"

    of_post = {
        "post_id": id_of("post_id"),
        "account_id": id_of("account_id"),
        "published_us": f"{PUBLISHED} + {n * WEEK_US}",
    }
    posts = {
        **of_post,
        "platform": "'facebook'",
        "kind": "kind",
        "root_id": id_of("root_id"),
        "target_id": id_of("target_id"),
        "repost_of_id": id_of("repost_of_id"),
        "resolution_us": "1000000::BIGINT",
        "text": "text",
        "text_key": "CASE WHEN text <> '' THEN lower(text) END",
    }
    link = f"replace(link, '.example', '{n}.example')"
    shared = {
        "url": (link, "link"),
        "domain": (f"split_part({link}, '/', 3)", "link"),
        "hashtag": (f"lower(hashtag) || '{n}'", "hashtag"),
    }
    shares = " UNION ALL ".join(
        whole("shares", {**of_post, "kind": f"'{kind}'", "value": value})
        + f" FROM made WHERE {column} <> ''"
        for kind, (value, column) in shared.items()
    )
    accounts = {
        "account_id": id_of("account_id"),
        "platform": "'facebook'",
        "kind": "min(account_kind)",
        "category": "min(nullif(account_category, ''))",
        "created_us": "min(epoch_us(CAST(account_created AS TIMESTAMPTZ)))",
        "is_name_only": "false",
        "is_pseudonymous": "false",
    }
    return {
        "posts": f"{whole('posts', posts)} FROM made",
        "shares": shares,
        "accounts": f"{whole('accounts', accounts)} FROM made GROUP BY made.account_id",
    }


def whole(name: str, given: dict[str, str]) -> str:
    """A SELECT of every column of a table; those not given are null."""
    (table,) = (one for one in TABLES if one.name == name)
    columns = (
        f"{given[one.name]} AS {one.name}" if one.name in given else nothing(one.name, one.type)
        for one in table.columns
    )
    return f"SELECT {', '.join(columns)}"


def nothing(name: str, kind: str) -> str:
    """A column of nulls."""
    return f"NULL::{SQL_TYPES[kind]} AS {name}"


def connected(folder: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """A connection of one thread that spills into the folder."""
    connection = duckdb.connect()
    spill = folder / "spill"
    connection.execute(f"SET threads = 1; SET memory_limit = '{memory}'")
    connection.execute(f"SET temp_directory = '{spill}'")
    return connection


def look(folder: Path, names: list[str], window_s: float, memory: str) -> None:
    """Run the detectors on the tables, and tell what each step took."""
    with connected(folder, memory) as connection:
        for table in TABLES:
            connection.execute(f"CREATE VIEW {table.name} AS {rows_of(folder, table)}")
        (n_posts,) = connection.execute("SELECT count(*) FROM posts").fetchall()[0]
        tell(f"{n_posts:,} rows")
        detectors = detection.asked(tuple(names), (int(window_s * 1_000_000),))
        done = detection.run_detectors(
            connection, detectors, corpus_digest="0" * 64, planned=tell, progress=Progress()
        )
    tell(f"{len(done.findings)} groups, {done.edges.num_rows:,} significant ties")


def rows_of(folder: Path, table: Table) -> str:
    """What a table's view reads."""
    if any(folder.glob(f"{table.name}-*.parquet")):
        return f"FROM read_parquet('{folder / table.name}-*.parquet')"
    return f"SELECT {', '.join(nothing(one.name, one.type) for one in table.columns)} WHERE false"


class Progress:
    """Tells progress once a minute."""

    def __init__(self) -> None:
        self._told_s = 0.0

    def __call__(self, words: str) -> None:
        """Tell it, or not yet."""
        if time.monotonic() - self._told_s > 60:
            self._told_s = time.monotonic()
            tell(words)


def tell(words: str) -> None:
    """Print what was done with what it took so far."""
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.process_time():.0f} s of CPU, {peak_mb:,.0f} MB: {words}", flush=True)


if __name__ == "__main__":
    main()
