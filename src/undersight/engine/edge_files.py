"""Edges as files: CSV, Parquet, GraphML and GEXF, by the file's ending; whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from undersight.engine.edge_graphs import write_gexf, write_graphml
from undersight.engine.edge_output import named, plain_array
from undersight.errors import OutputKindError
from undersight.integrity import durable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

KINDS: Final = (".csv", ".parquet", ".graphml", ".gexf")
"""The endings that edges can be written by."""
_GROUP_ROWS: Final = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeTable:
    """Edges on their way to a file.

    Args:
        schema: Two columns of node ids, then strings, int64 and doubles.
        batches: The rows.
        weight: The column that graph programs read as the weight.
        is_directed: Whether an edge leads from the first node to the second.
        names: Id by code, where the batches have int32 codes for nodes; None where they have ids.
    """

    schema: pa.Schema
    batches: Iterable[pa.RecordBatch]
    weight: str
    is_directed: bool = False
    names: pa.Array | None = None

    def named_batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows with the nodes' ids."""
        for batch in self.batches:
            yield named(batch, self.names)


def check_kind(path: Path) -> str:
    """Return the ending of an output file.

    Raises:
        OutputKindError: It is not one that edges can be written by.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise OutputKindError(path.name, KINDS)
    return kind


def write_edges(edges: EdgeTable, path: Path) -> int:
    """Write edges to a file and return how many there were.

    Raises:
        OutputKindError: The ending is not known.
        BackendError: The disk is full or may not be written.
    """
    write = {
        ".csv": _write_csv, ".parquet": _write_parquet,
        ".graphml": write_graphml, ".gexf": write_gexf,
    }[check_kind(path)]  # fmt: skip
    with _replacing(path) as part:
        return write(edges, part)


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give an empty part, its owner's only; it takes the place of the file once all is written."""
    part = path.with_name(durable.part_name(path.name))
    with durable.disk_errors(path):
        try:
            os.close(durable.open_new(part))
            yield part
            durable.move(part, path)
        finally:
            durable.remove(part)


def _write_csv(edges: EdgeTable, part: Path) -> int:
    from pyarrow import csv

    n_edges = 0
    with csv.CSVWriter(str(part), edges.schema) as writer:
        for batch in edges.named_batches():
            writer.write_batch(batch)
            n_edges += batch.num_rows
    return n_edges


def _write_parquet(edges: EdgeTable, part: Path) -> int:
    import pyarrow.parquet as pq

    n_edges = 0
    ends = edges.schema.names[:2]  # numbers hardly repeat: a dictionary of them costs time only
    kinds = dict.fromkeys(ends, pa.dictionary(pa.int32(), pa.string()))
    schema = pa.schema([(field.name, kinds.get(field.name, field.type)) for field in edges.schema])
    numbers = [field.name for field in schema if field.type == pa.int64()]
    with pq.ParquetWriter(
        str(part),
        schema,
        use_dictionary=ends,
        column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
        write_statistics=False,
        store_schema=False,  # a reader sees strings, not our way of writing them
    ) as writer:
        for batches in _groups(edges.batches):
            table = pa.Table.from_batches(batches)
            columns = [_dictionary(table.column(place), edges.names) for place in (0, 1)]
            writer.write_table(pa.table([*columns, *table.columns[2:]], schema=schema))
            n_edges += table.num_rows
    return n_edges


def _dictionary(ends: pa.ChunkedArray, names: pa.Array | None) -> pa.Array:
    """Return one side of a group of edges as places in the ids that it has."""
    if names is None:
        return ends.combine_chunks().dictionary_encode()
    codes = ends.to_numpy()
    is_used = np.zeros(len(names), np.bool_)
    is_used[codes] = True
    used = np.flatnonzero(is_used)
    place = np.empty(len(names), np.int32)
    place[used] = np.arange(used.size, dtype=np.int32)
    return pa.DictionaryArray.from_arrays(place[codes], names.take(plain_array(used)))


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Put batches together until a group is worth writing."""
    group: list[pa.RecordBatch] = []
    n_rows = 0
    for batch in batches:
        group.append(batch)
        n_rows += batch.num_rows
        if n_rows >= _GROUP_ROWS:
            yield group
            group, n_rows = [], 0
    if group:
        yield group
