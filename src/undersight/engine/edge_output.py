"""Edges as they leave the engine: which columns, of which type, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

Columns = Literal["basic", "full"]
COLUMNS: tuple[str, ...] = get_args(Columns)

BASIC = ("n_objects", "n_pairs", "sum_delta_us", "min_delta_us")
FULL = ("n_posts_a", "n_posts_b", "n_days", "n_targets", "n_a_first", "n_b_first")

MEANING: Mapping[str, str] = {
    "account_a": "The account that comes first by code point.",
    "account_b": "The other account.",
    "n_objects": "Distinct objects on which both acted within the window.",
    "n_pairs": "Pairs of actions, one by each, on one object within the window.",
    "sum_delta_us": "Sum of the pairs' distances in time, µs.",
    "min_delta_us": "The smallest of them, µs.",
    "n_posts_a": "Distinct posts of account_a that were matched.",
    "n_posts_b": "Distinct posts of account_b that were matched.",
    "n_days": "Distinct UTC days of the later action of each pair.",
    "n_targets": "Distinct targets that the matched actions of either name.",
    "n_a_first": "Pairs in which account_a was strictly earlier.",
    "n_b_first": "Pairs in which account_b was strictly earlier.",
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some edges, sorted, with account codes.

    Args:
        account_a: int32 codes.
        account_b: int32 codes, each over its ``account_a``.
        values: int64 column by name.
    """

    account_a: npt.NDArray[np.int32]
    account_b: npt.NDArray[np.int32]
    values: Mapping[str, npt.NDArray[np.int64]]


def value_names(columns: Columns) -> tuple[str, ...]:
    """Return the names of the integer columns of ``basic`` or ``full``."""
    return BASIC if columns == "basic" else (*BASIC, *FULL)


def edge_schema(columns: Columns) -> pa.Schema:
    """Return the schema of an edge table."""
    return pa.schema(
        [("account_a", pa.string()), ("account_b", pa.string())]
        + [(name, pa.int64()) for name in value_names(columns)]
    )


def coded_schema(columns: Columns) -> pa.Schema:
    """Return the schema of edges that carry their accounts' codes."""
    return pa.schema(
        [("account_a", pa.int32()), ("account_b", pa.int32())]
        + [(name, pa.int64()) for name in value_names(columns)]
    )


def to_batch(chunk: Chunk, columns: Columns) -> pa.RecordBatch:
    """Return a chunk as Arrow has it, with the accounts' codes."""
    ends = [plain_array(side.astype(np.int32)) for side in (chunk.account_a, chunk.account_b)]
    values = [plain_array(chunk.values[name].astype(np.int64)) for name in value_names(columns)]
    return pa.record_batch([*ends, *values], schema=coded_schema(columns))


def named(batch: pa.RecordBatch, names: pa.Array | None) -> pa.RecordBatch:
    """Return edges with the ids of their two ends in place of the codes.

    Args:
        batch: The ends are its first two columns.
        names: Id by code; None where the ends are ids already.
    """
    if names is None:
        return batch
    ends = [names.take(batch.column(place)) for place in (0, 1)]
    fields = [pa.field(name, pa.string()) for name in batch.schema.names[:2]]
    schema = pa.schema([*fields, *list(batch.schema)[2:]])
    return pa.record_batch([*ends, *batch.columns[2:]], schema=schema)


def plain_array(values: npt.NDArray[np.signedinteger[Any]]) -> pa.Array:
    """Return integers as Arrow has them, without what ``pa.array`` loads for masked ones."""
    kind = pa.int32() if values.dtype == np.int32 else pa.int64()
    data = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(kind, values.size, [None, data])


def to_table(batches: Iterable[pa.RecordBatch], columns: Columns) -> pa.Table:
    """Return all batches as one table, in the order in which they come."""
    return pa.Table.from_batches(batches, schema=edge_schema(columns))
