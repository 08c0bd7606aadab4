"""Edges as files: CSV, Parquet, GraphML and GEXF, by the file's ending; whole or not at all."""

from __future__ import annotations

import html
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from undersight.engine.edge_output import named, plain_array
from undersight.errors import OutputKindError
from undersight.integrity import durable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

KINDS: Final = (".csv", ".parquet", ".graphml", ".gexf")
"""The endings that edges can be written by."""
_GROUP_ROWS: Final = 1 << 18
_GRAPHML_TYPES: Final = {"int64": "long", "double": "double"}
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GEXF_TYPES: Final = {"int64": "long", "double": "double"}


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

    def table(self) -> pa.Table:
        """Return all rows with the nodes' ids."""
        return pa.Table.from_batches(self.named_batches(), schema=self.schema)


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
        ".graphml": _write_graphml, ".gexf": _write_gexf,
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


def _nodes(table: pa.Table) -> list[str]:
    ends = pa.chunked_array([*table.column(0).chunks, *table.column(1).chunks], pa.string())
    return sorted(ends.unique().to_pylist())


def _rows(table: pa.Table) -> Iterator[tuple[object, ...]]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_graphml(edges: EdgeTable, part: Path) -> int:
    table = edges.table()
    fields = list(edges.schema)[2:]
    with part.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        names = [*fields, pa.field("weight", pa.int64())]
        for name in dict.fromkeys(field.name for field in names):
            kind = _GRAPHML_TYPES.get(str(edges.schema.field(
                name if name in edges.schema.names else edges.weight).type), "string")  # fmt: skip
            out.write(f'  <key id={_quoted(name)} for="edge" attr.name={_quoted(name)} '
                      f'attr.type="{kind}"/>\n')  # fmt: skip
        direction = "directed" if edges.is_directed else "undirected"
        out.write(f'  <graph edgedefault="{direction}">\n')
        for node in _nodes(table):
            out.write(f"    <node id={_quoted(_text(node))}/>\n")
        _graphml_edges(edges, table, out)
        out.write("  </graph>\n</graphml>\n")
    return int(table.num_rows)


def _graphml_edges(edges: EdgeTable, table: pa.Table, out: TextIO) -> None:
    names = edges.schema.names[2:]
    place = edges.schema.names.index(edges.weight)
    for row in _rows(table):
        cells = dict(zip(names, row[2:], strict=True)) | {"weight": row[place]}
        data = "".join(
            f"<data key={_quoted(name)}>{html.escape(_text(value))}</data>"
            for name, value in cells.items()
            if value is not None
        )
        ends = f"source={_quoted(_text(row[0]))} target={_quoted(_text(row[1]))}"
        out.write(f"    <edge {ends}>{data}</edge>\n")


def _write_gexf(edges: EdgeTable, part: Path) -> int:
    table = edges.table()
    fields = list(edges.schema)[2:]
    direction = "directed" if edges.is_directed else "undirected"
    with part.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write('<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
        out.write(f'  <graph defaultedgetype="{direction}">\n    <attributes class="edge">\n')
        for number, field in enumerate(fields):
            kind = _GEXF_TYPES.get(str(field.type), "string")
            out.write(f'      <attribute id="{number}" title={_quoted(field.name)} '
                      f'type="{kind}"/>\n')  # fmt: skip
        out.write("    </attributes>\n    <nodes>\n")
        for node in _nodes(table):
            out.write(f"      <node id={_quoted(_text(node))} label={_quoted(_text(node))}/>\n")
        out.write("    </nodes>\n    <edges>\n")
        _gexf_edges(edges, table, out)
        out.write("    </edges>\n  </graph>\n</gexf>\n")
    return int(table.num_rows)


def _gexf_edges(edges: EdgeTable, table: pa.Table, out: TextIO) -> None:
    place = edges.schema.names.index(edges.weight)
    for number, row in enumerate(_rows(table)):
        values = "".join(
            f'<attvalue for="{index}" value={_quoted(_text(value))}/>'
            for index, value in enumerate(row[2:])
            if value is not None
        )
        ends = f"source={_quoted(_text(row[0]))} target={_quoted(_text(row[1]))}"
        weight = _text(row[place])
        out.write(f'      <edge id="{number}" {ends} weight="{weight}">'
                  f"<attvalues>{values}</attvalues></edge>\n")  # fmt: skip


def _quoted(text: str) -> str:
    return f'"{html.escape(text)}"'


def _text(value: object) -> str:
    """Return a value's text without the characters that XML cannot hold."""
    text = repr(value) if isinstance(value, float) else str(value)
    return _NOT_XML.sub("\ufffd", text)
