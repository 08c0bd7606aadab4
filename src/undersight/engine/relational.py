"""The co-action operator on an engine that takes SQL: what is asked of it, and what it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from undersight.engine.bucket_join import LOADED, PLANNED, edge_steps
from undersight.engine.coding import KEYS, batches
from undersight.engine.edge_output import edge_schema
from undersight.engine.planning import N_HOT_OBJECTS, Plan
from undersight.engine.portable import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from undersight.engine.edge_output import Columns
    from undersight.engine.portable import Step

_SCHEMA = pa.schema(
    [("row_id", pa.int64())]
    + [(name, pa.string()) for name in (*KEYS, "post", "target")]
    + [("time_us", pa.int64())]
)


class SqlEngine(Protocol):
    """DuckDB or Spark."""

    dialect: str

    def load(self, actions: pa.RecordBatchReader) -> None:
        """Take the rows in under the name ``actions``."""

    def define(self, name: str, sql: str, *, is_stored: bool) -> None:
        """Give a query's result a name."""

    def read(self, name: str, order_by: str = "") -> Iterator[pa.RecordBatch]:
        """Yield what a name stands for."""


class Relational:
    """Actions loaded into an engine.

    Args:
        engine: The engine.
        actions: A table as ``coding.batches`` takes it.

    Attributes:
        n_rows: Rows read.
        n_usable: Rows with account, object and time.
    """

    def __init__(self, engine: SqlEngine, actions: Any) -> None:
        self._engine = engine
        self.n_rows = 0
        engine.load(pa.RecordBatchReader.from_batches(_SCHEMA, self._numbered(actions)))
        self._define(LOADED, {})
        self.n_usable = self._number("SELECT COUNT(*) AS n FROM coded", "n_usable")
        hot = [row for batch in engine.read("hot_objects") for row in batch.to_pylist()]
        hot.sort(key=lambda row: (-row["n_actions"], row["object"]))
        self._hot = tuple((row["object"], row["n_actions"]) for row in hot[:N_HOT_OBJECTS])

    def plan(self, window_us: int) -> Plan:
        """Count the pairs of a window."""
        self._define(PLANNED, _values(window_us, 1))
        (counts,) = [row for batch in self._engine.read("planned") for row in batch.to_pylist()]
        return Plan(
            window_us=window_us,
            n_actions=self.n_usable,
            n_pairs_planned=int(counts["n_within"]) // 2,
            n_same_account_pairs=int(counts["n_same_account"]) // 2,
            n_same_post_pairs=int(counts["n_same_post"] - counts["n_same_both"]) // 2,
            hot_objects=self._hot,
        )

    def edges(self, plan: Plan, min_objects: int, columns: Columns) -> Iterator[pa.RecordBatch]:
        """Yield the edges of a window, sorted."""
        values = _values(plan.window_us, min_objects)
        self._define((*PLANNED, *edge_steps(columns)), values)
        schema = edge_schema(columns)
        for batch in self._engine.read("edges", order_by="account_a, account_b"):
            yield pa.record_batch(
                [
                    column.cast(field.type)
                    for column, field in zip(batch.columns, schema, strict=True)
                ],
                schema=schema,
            )

    def _define(self, steps: Sequence[Step], values: Mapping[str, int]) -> None:
        for step in steps:
            sql = rendered(step, values, self._engine.dialect)
            self._engine.define(step.name, sql, is_stored=step.is_stored)

    def _number(self, sql: str, name: str) -> int:
        self._engine.define(name, sql, is_stored=False)
        (batch,) = [one for one in self._engine.read(name) if one.num_rows]
        return int(batch.column(0)[0].as_py())

    def _numbered(self, actions: Any) -> Iterator[pa.RecordBatch]:
        """Give each row its number: a row that names no post is a post of its own."""
        for batch in batches(actions):
            columns: dict[str, pa.Array] = {
                "row_id": pa.array(range(self.n_rows, self.n_rows + batch.num_rows), pa.int64())
            }
            self.n_rows += batch.num_rows
            for field in list(_SCHEMA)[1:]:
                if field.name in batch.schema.names:
                    columns[field.name] = batch.column(field.name).cast(field.type)
                else:
                    columns[field.name] = pa.nulls(batch.num_rows, field.type)
            yield pa.record_batch(list(columns.values()), schema=_SCHEMA)


def _values(window_us: int, min_objects: int) -> dict[str, int]:
    return {
        "window_us": window_us,
        "bucket_us": max(1, window_us),
        "min_objects": min_objects,
    }
