"""Edges as they leave the engine: which columns, of which type, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

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


def to_batch(chunk: Chunk, account_names: pa.Array, columns: Columns) -> pa.RecordBatch:
    """Return a chunk with the accounts' ids in place of their codes."""
    names = [account_names.take(pa.array(side)) for side in (chunk.account_a, chunk.account_b)]
    values = [pa.array(chunk.values[name].astype(np.int64)) for name in value_names(columns)]
    return pa.record_batch([*names, *values], schema=edge_schema(columns))


def to_table(batches: Iterable[pa.RecordBatch], columns: Columns) -> pa.Table:
    """Return all batches as one table, in the order in which they come."""
    return pa.Table.from_batches(batches, schema=edge_schema(columns))
