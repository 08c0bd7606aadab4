"""Spark as an engine for steps, for data that outgrew one machine; needs the extra ``spark``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from undersight.errors import EngineFailedError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator


class SparkEngine:
    """A Spark session.

    Args:
        session: One that runs; None to start one on this machine.
    """

    dialect = "spark"

    def __init__(self, session: Any = None) -> None:
        self._session = session or _local_session()
        self._stored: list[Any] = []

    def close(self) -> None:
        """Forget what was kept; the session stays, others may use it."""
        for frame in self._stored:
            frame.unpersist()

    def load(self, actions: pa.RecordBatchReader) -> None:
        """Take the rows in under the name ``actions``."""
        table = actions.read_all()
        if table.num_rows:
            frame = self._session.createDataFrame(table)
        else:
            kinds = {pa.int64(): "bigint", pa.string(): "string"}
            schema = ", ".join(f"{field.name} {kinds[field.type]}" for field in table.schema)
            frame = self._session.createDataFrame([], schema)
        frame.createOrReplaceTempView("actions")

    def define(self, name: str, sql: str, *, is_stored: bool) -> None:
        """Give a query's result a name; it is computed once if it is to be stored."""
        frame = self._session.sql(sql)
        if is_stored:
            frame = frame.cache()
            self._stored.append(frame)
        frame.createOrReplaceTempView(name)

    def read(self, name: str, order_by: str = "") -> Iterator[pa.RecordBatch]:
        """Yield what a name stands for."""
        from pyspark.errors import PySparkException

        order = f" ORDER BY {order_by}" if order_by else ""
        try:
            found = self._session.sql(f"SELECT * FROM {name}{order}")  # noqa: S608 - our own names
            yield from found.toArrow().to_batches()
        except PySparkException as error:
            raise EngineFailedError("Spark", str(error).split("\n", 1)[0].rstrip(".")) from error


def _local_session() -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtraError("The backend spark", "spark") from error
    return (
        SparkSession.builder.master("local[2]")
        .appName("undersight")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
