"""Edges as files, written as they come."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from defusedxml import ElementTree

from undersight.engine.edge_files import EdgeTable, write_edges
from undersight.engine.edge_output import coded_schema, edge_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

N_BATCHES = 4


def batches(held: list[int]) -> Iterator[pa.RecordBatch]:
    """Give batches; note how many of those before are still held when the next is asked for."""
    given: list[weakref.ref[pa.RecordBatch]] = []
    for number in range(N_BATCHES):
        held.append(sum(one() is not None for one in given))
        columns = [[0, 1], [number + 1, number + 2], *[[1, 2]] * 4]
        batch = pa.record_batch(columns, schema=coded_schema("basic"))
        given.append(weakref.ref(batch))
        yield batch
        del batch


@pytest.mark.parametrize("name", ["e.csv", "e.graphml", "e.gexf"])
def test_what_was_written_is_not_held(tmp_path: Path, name: str) -> None:
    held: list[int] = []
    names = pa.array([f"u{n}" for n in range(9)])
    edges = EdgeTable(schema=edge_schema("basic"), batches=batches(held), weight="n_objects",
                      names=names)  # fmt: skip
    assert write_edges(edges, tmp_path / name) == 2 * N_BATCHES
    assert max(held) <= 1
    assert [one.name for one in tmp_path.iterdir()] == [name]
    if name == "e.csv":
        return
    root = ElementTree.parse(tmp_path / name).getroot()
    nodes = [one.get("id") for one in root.iter() if one.tag.endswith("}node")]
    assert nodes == ["u0", "u1", "u2", "u3", "u4", "u5"]
    edge = [one for one in root.iter() if one.tag.endswith("}edge")]
    ends = [(one.get("source"), one.get("target")) for one in edge]
    assert ends[-2:] == [("u0", "u4"), ("u1", "u5")]
