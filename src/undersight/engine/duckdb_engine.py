"""DuckDB as an engine for steps: in memory, and on disk, encrypted, beyond a limit."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from typing import TYPE_CHECKING

import duckdb

from undersight.errors import EngineFailedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

_BATCH_ROWS = 1 << 17


class DuckDbEngine:
    """A DuckDB of its own, gone when closed, with all it put on disk.

    Args:
        memory_limit_bytes: Beyond it, work goes to disk; None for most of what there is.
        temp_folder: Where to; None for the system's folder for temporary files.
    """

    dialect = "duckdb"

    def __init__(
        self, memory_limit_bytes: int | None = None, temp_folder: Path | None = None
    ) -> None:
        folder = tempfile.mkdtemp(prefix="undersight-", dir=temp_folder)
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": folder,
            "temp_file_encryption": True,
            # DuckDB's own cipher draws its numbers from a weaker source than the extension that
            # it would have to fetch from the network; the key lives as long as this process.
            "force_mbedtls_unsafe": True,
            "preserve_insertion_order": False,
        }
        if memory_limit_bytes is not None:
            config["memory_limit"] = f"{memory_limit_bytes}B"
        self._connection = duckdb.connect(":memory:", config=config)
        self._forget = weakref.finalize(self, _forget, self._connection, folder)

    def close(self) -> None:
        """Forget everything, on disk too; this happens by itself when nobody needs it any more."""
        self._forget()

    def load(self, actions: pa.RecordBatchReader) -> None:
        """Take the rows in under the name ``actions``."""
        self._connection.register("incoming", actions)
        self._run("CREATE TEMP TABLE actions AS SELECT * FROM incoming")
        self._connection.unregister("incoming")

    def define(self, name: str, sql: str, *, is_stored: bool) -> None:
        """Give a query's result a name, as a table or as a view."""
        kind = "TABLE" if is_stored else "VIEW"
        self._run(f"CREATE OR REPLACE TEMP {kind} {name} AS {sql}")

    def read(self, name: str, order_by: str = "") -> Iterator[pa.RecordBatch]:
        """Yield what a name stands for."""
        order = f" ORDER BY {order_by}" if order_by else ""
        try:
            yield from self._connection.sql(
                f"SELECT * FROM {name}{order}"  # noqa: S608 - our own names
            ).to_arrow_reader(_BATCH_ROWS)
        except duckdb.Error as error:
            raise EngineFailedError("DuckDB", _first_line(error)) from error

    def _run(self, sql: str) -> None:
        try:
            self._connection.execute(sql)
        except duckdb.Error as error:
            raise EngineFailedError("DuckDB", _first_line(error)) from error


def _forget(connection: duckdb.DuckDBPyConnection, folder: str) -> None:
    connection.close()
    shutil.rmtree(folder, ignore_errors=True)


def _first_line(error: duckdb.Error) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")
