"""A DuckDB connection over the imports: views, nothing else within reach.

A key that stands more than once is one record. Every row is stored; the views show the one that
comes first by (import digest, locator), so the order of imports changes nothing. ``accounts``
shows one row per account, each field the first that any import knows.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from undersight.errors import CorpusDamagedError, QueryTooLargeError
from undersight.integrity import durable
from undersight.model.tables import ACCOUNTS, POSTS, SHARES, TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from undersight.integrity.secret import SecretKey
    from undersight.model.tables import Table

_MOST_KEPT = 200_000  # rows: with more, each connection finds them anew
_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "bool": "BOOLEAN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    """One Parquet file to read.

    Args:
        table: Which table it is of.
        path: The file.
        import_id: The import.
        key: What opens it; None for a file that anybody can read.
        has_repeated_keys: Whether two of its rows have the same key.
    """

    table: str
    path: Path
    import_id: str
    key: SecretKey | None
    has_repeated_keys: bool


class GuardedConnection:
    """A connection whose lack of memory or disk is told as an error of ours.

    Entered, it gives DuckDB's own connection; what leaves the block is translated.

    Args:
        connection: DuckDB's.
        can_spill: Whether its queries may go on on the disk.
    """

    __slots__ = ("_can_spill", "_connection")

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, can_spill: bool) -> None:
        self._connection, self._can_spill = connection, can_spill

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        return self._connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()
        if isinstance(error, duckdb.OutOfMemoryException):
            raise QueryTooLargeError(can_spill=self._can_spill) from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def connect(
    parts: Sequence[TablePart],
    *,
    spill_folder: Path | None,
    n_threads: int | None = None,
    memory_limit_bytes: int | None = None,
    repeated: dict[str, Any] | None = None,
) -> GuardedConnection:
    """Open a connection with a view per corpus table, shut off from everything else.

    It reads the given files and no others, loads no extension and reaches no network.

    Args:
        parts: The files.
        spill_folder: Where queries larger than memory may spill, in clear; None refuses to spill:
            such a query then fails.
        n_threads: Threads of its own; DuckDB's default if None.
        memory_limit_bytes: The most memory that queries may take; DuckDB's default if None.
        repeated: Rows of the same files that another comes before, by table, as they were found
            by an earlier connection; filled by the first.

    Raises:
        CorpusDamagedError: A file is missing or does not open.
        QueryTooLargeError: Finding repeated rows needs more memory than there is.
    """
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "enable_external_file_cache": False,
        }
    )
    _set_limits(connection, spill_folder, n_threads, memory_limit_bytes)
    for one in parts:
        if one.key is not None:
            key = base64.b64encode(one.key).decode("ascii")
            connection.execute(f"PRAGMA add_parquet_key('k{one.import_id}', '{key}')")
    if any(one.key is not None for one in parts):
        # DuckDB 2.0 cannot filter inside an encrypted chunk with a dictionary ("Computed AES tag
        # differs"): it reads the rows first and filters after.
        pushing = "filter_pushdown,cte_filter_pusher,join_filter_pushdown,top_n"
        connection.execute(f"SET disabled_optimizers = '{pushing}'")
    paths = ", ".join(_quoted(one.path) for one in parts)
    connection.execute(f"SET allowed_paths = [{paths}]")
    try:
        for table in TABLES:
            mine = [one for one in parts if one.table == table.name]
            _create_view(connection, table, mine, {} if repeated is None else repeated)
    except duckdb.OutOfMemoryException as reason:
        connection.close()
        raise QueryTooLargeError(can_spill=spill_folder is not None) from reason
    except duckdb.Error as reason:
        connection.close()
        raise CorpusDamagedError(_culprit(parts), "a table cannot be read") from reason
    connection.execute("SET enable_external_access = false")
    return GuardedConnection(connection, can_spill=spill_folder is not None)


def read_part(part: TablePart, columns: str, *, most: int) -> list[tuple[object, ...]]:
    """The first rows of one file, in file order.

    Args:
        part: The file.
        columns: Names of its columns, with commas.
        most: How many rows.
    """
    with duckdb.connect() as connection:
        if part.key is not None:
            key = base64.b64encode(part.key).decode("ascii")
            connection.execute(f"PRAGMA add_parquet_key('k{part.import_id}', '{key}')")
        query = f"SELECT {columns} FROM {_read(part)} LIMIT {most:d}"  # noqa: S608 - own names
        return connection.execute(query).fetchall()


def _set_limits(
    connection: duckdb.DuckDBPyConnection,
    spill_folder: Path | None,
    n_threads: int | None,
    memory_limit_bytes: int | None,
) -> None:
    if n_threads is not None:
        connection.execute(f"SET threads = {n_threads:d}")
    if memory_limit_bytes is not None:
        connection.execute(f"SET memory_limit = '{memory_limit_bytes:d}B'")
    if spill_folder is None:
        connection.execute("SET temp_directory = ''")
        connection.execute("SET max_temp_directory_size = '0KB'")
    else:
        with durable.disk_errors(spill_folder):
            durable.make_folder(spill_folder)
        connection.execute(f"SET temp_directory = {_quoted(spill_folder)}")


def _create_view(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    parts: list[TablePart],
    repeated: dict[str, Any],
) -> None:
    """Make a table's view, with its duplicates resolved where there can be any."""
    names = ", ".join(f'"{name}"' for name in table.column_names)
    every = f"every_{table.name}"
    if parts:
        rows = " UNION ALL ".join(f"SELECT {names} FROM {_read(one)}" for one in parts)  # noqa: S608
    else:
        nulls = ", ".join(f'NULL::{_TYPES[one.type]} AS "{one.name}"' for one in table.columns)
        rows = f"SELECT {nulls} WHERE false"
    connection.execute(f"CREATE VIEW {every} AS {rows}")
    can_repeat = len(parts) > 1 or any(one.has_repeated_keys for one in parts)
    chosen = f"SELECT {names} FROM {every}"  # noqa: S608 - own names
    if table is ACCOUNTS:
        chosen = _one_row_per_account(ACCOUNTS.column_names) if can_repeat else chosen
    else:
        # Shares stand and fall with the post that carries them.
        judged = POSTS if table is SHARES else table
        if table is not SHARES:
            _note_losers(connection, table, every if can_repeat else None, repeated)
        if _has_rows(connection, f"losing_{judged.name}"):
            chosen = _without_losers(table, judged)
    connection.execute(f"CREATE VIEW {table.name} AS {chosen}")


def _note_losers(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    every: str | None,
    repeated: dict[str, Any],
) -> None:
    """Note the rows that another row of the same key comes before; none if no key can repeat.

    Keys are counted by their 64-bit hash first, which keeps little in memory; equal hashes of
    unlike keys only lead to a second look.
    """
    losing = f"losing_{table.name}"
    connection.execute(
        f"CREATE TEMP TABLE {losing} (import_digest VARCHAR, locator VARCHAR, key VARCHAR)"
    )
    if every is None:
        return
    if table.name in repeated:
        connection.register("known_rows", repeated[table.name])
        connection.execute(f"INSERT INTO {losing} SELECT * FROM known_rows")  # noqa: S608
        connection.unregister("known_rows")
        return
    key = _key(table, "")
    connection.execute(
        f"""
        INSERT INTO {losing}
        WITH repeated AS (
            SELECT hash({key}) AS hashed FROM {every} GROUP BY 1 HAVING count(*) > 1
        ), doubtful AS (
            SELECT import_digest, locator, {key} AS key
            FROM {every} WHERE hash({key}) IN (SELECT hashed FROM repeated)
        )
        SELECT import_digest, locator, key FROM doubtful
        QUALIFY row_number() OVER (PARTITION BY key ORDER BY import_digest, locator) > 1
        """  # noqa: S608 - own names
    )
    found: Any = connection.table(losing).limit(_MOST_KEPT + 1).to_arrow_table()
    if found.num_rows <= _MOST_KEPT:
        repeated[table.name] = found


def _has_rows(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    found = connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()  # noqa: S608
    return found is not None


def _without_losers(table: Table, judged: Table) -> str:
    """Rows of which none of the same key comes before."""
    names = ", ".join(f'row."{name}"' for name in table.column_names)
    return f"""
        SELECT {names} FROM every_{table.name} AS row
        WHERE NOT EXISTS (
            SELECT 1 FROM losing_{judged.name} AS loser
            WHERE loser.import_digest = row.import_digest AND loser.locator = row.locator
            AND loser.key = {_key(judged, "row.")}
        )
        """  # noqa: S608 - own names


def _key(table: Table, prefix: str) -> str:
    """A table's key as one text."""
    names = ", ".join(f'{prefix}"{name}"' for name in table.key)
    return f"concat_ws(chr(31), {names})"


def accounts_among(source: str, columns: Sequence[str]) -> str:
    """Return SQL that reads what ``accounts`` shows of some accounts, without the others' cost.

    Args:
        source: SQL of one column of account ids.
        columns: What is wanted of them.
    """
    return _one_row_per_account(columns, f"WHERE account_id IN ({source})")


def _one_row_per_account(columns: Sequence[str], among: str = "") -> str:
    """Each account once; each field as the first import that knows it says."""
    chosen = []
    for name in columns:
        if name == "account_id":
            chosen.append(name)
        elif name == "kind":
            known = _first("nullif(kind, 'unknown')")
            chosen.append(f"coalesce({known}, 'unknown') AS kind")
        elif name in {"import_digest", "locator"}:
            chosen.append(f"arg_min({name}, (import_digest, locator)) AS {name}")
        else:
            chosen.append(f"{_first(name)} AS {name}")
    return f"SELECT {', '.join(chosen)} FROM every_accounts {among} GROUP BY account_id"  # noqa: S608


def _first(expression: str) -> str:
    """The value of the first row that has one; ``arg_min`` passes over nulls."""
    return f"arg_min({expression}, (import_digest, locator))"


def _read(part: TablePart) -> str:
    """The table function that reads a file."""
    if part.key is None:
        return f"read_parquet({_quoted(part.path)})"
    config = f"encryption_config = {{footer_key: 'k{part.import_id}'}}"
    return f"read_parquet({_quoted(part.path)}, {config})"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _culprit(parts: Sequence[TablePart]) -> str:
    """The first import of which a file is missing, else all that were to be read."""
    missing = [one.import_id for one in parts if not one.path.is_file()]
    return missing[0] if missing else ", ".join(sorted({one.import_id for one in parts}))
