"""Edges as GraphML and GEXF, which name all nodes before the first edge.

However many edges there are, they are never held: each is written as it comes to a file beside the
part, and follows once it is known who has any.
"""

from __future__ import annotations

import html
import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from undersight.integrity import durable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from undersight.engine.edge_files import EdgeTable

    Cells = Sequence[object]
    Line = Callable[[int, Cells], str]

_TYPES: Final = {"int64": "long", "double": "double"}
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROWS_AT_ONCE: Final = 10_000


def write_graphml(edges: EdgeTable, part: Path) -> int:
    """Write GraphML and return how many edges there were."""
    names = edges.schema.names[2:]
    place = edges.schema.names.index(edges.weight)

    def line(_number: int, row: Cells) -> str:
        cells = dict(zip(names, row[2:], strict=True)) | {"weight": row[place]}
        data = "".join(
            f"<data key={_quoted(name)}>{html.escape(_text(value))}</data>"
            for name, value in cells.items()
            if value is not None
        )
        ends = f"source={_quoted(_text(row[0]))} target={_quoted(_text(row[1]))}"
        return f"    <edge {ends}>{data}</edge>\n"

    with _spooled(edges, part, line) as (nodes, spool, n_edges), _text_file(part) as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for name in dict.fromkeys((*names, "weight")):
            known = name if name in edges.schema.names else edges.weight
            kind = _TYPES.get(str(edges.schema.field(known).type), "string")
            out.write(f'  <key id={_quoted(name)} for="edge" attr.name={_quoted(name)} '
                      f'attr.type="{kind}"/>\n')  # fmt: skip
        out.write(f'  <graph edgedefault="{_direction(edges)}">\n')
        for node in nodes:
            out.write(f"    <node id={_quoted(_text(node))}/>\n")
        _append(spool, out)
        out.write("  </graph>\n</graphml>\n")
    return n_edges


def write_gexf(edges: EdgeTable, part: Path) -> int:
    """Write GEXF and return how many edges there were."""
    place = edges.schema.names.index(edges.weight)

    def line(number: int, row: Cells) -> str:
        values = "".join(
            f'<attvalue for="{index}" value={_quoted(_text(value))}/>'
            for index, value in enumerate(row[2:])
            if value is not None
        )
        ends = f"source={_quoted(_text(row[0]))} target={_quoted(_text(row[1]))}"
        weight = _text(row[place])
        return (f'      <edge id="{number}" {ends} weight="{weight}">'
                f"<attvalues>{values}</attvalues></edge>\n")  # fmt: skip

    with _spooled(edges, part, line) as (nodes, spool, n_edges), _text_file(part) as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write('<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
        out.write(f'  <graph defaultedgetype="{_direction(edges)}">\n'
                  '    <attributes class="edge">\n')  # fmt: skip
        for number, field in enumerate(list(edges.schema)[2:]):
            kind = _TYPES.get(str(field.type), "string")
            out.write(f'      <attribute id="{number}" title={_quoted(field.name)} '
                      f'type="{kind}"/>\n')  # fmt: skip
        out.write("    </attributes>\n    <nodes>\n")
        for node in nodes:
            out.write(f"      <node id={_quoted(_text(node))} label={_quoted(_text(node))}/>\n")
        out.write("    </nodes>\n    <edges>\n")
        _append(spool, out)
        out.write("    </edges>\n  </graph>\n</gexf>\n")
    return n_edges


@contextmanager
def _spooled(edges: EdgeTable, part: Path, line: Line) -> Iterator[tuple[list[str], Path, int]]:
    """Write all edges to a file of their own; give who has any, in order, and how many."""
    spool = part.with_suffix(f".edges{durable.PART_SUFFIX}")
    nodes: set[str] = set()
    number = 0
    try:
        os.close(durable.open_new(spool))
        with _text_file(spool) as out:
            for batch in edges.named_batches():
                ends = pa.chunked_array([batch.column(0), batch.column(1)], pa.string())
                nodes.update(ends.unique().to_pylist())
                for row in _rows(batch):
                    out.write(line(number, row))
                    number += 1
        yield sorted(nodes), spool, number
    finally:
        durable.remove(spool)


def _rows(batch: pa.RecordBatch) -> Iterator[Cells]:
    for start in range(0, batch.num_rows, _ROWS_AT_ONCE):
        columns = batch.slice(start, _ROWS_AT_ONCE).columns
        yield from zip(*(column.to_pylist() for column in columns), strict=True)


def _text_file(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")


def _append(spool: Path, out: TextIO) -> None:
    with spool.open(encoding="utf-8", newline="\n") as written:
        shutil.copyfileobj(written, out, 1 << 20)


def _direction(edges: EdgeTable) -> str:
    return "directed" if edges.is_directed else "undirected"


def _quoted(text: str) -> str:
    return f'"{html.escape(text)}"'


def _text(value: object) -> str:
    """Return a value's text without the characters that XML cannot hold."""
    text = repr(value) if isinstance(value, float) else str(value)
    return _NOT_XML.sub("\ufffd", text)
