"""Codes of actions: exact, and for texts by digest."""

from __future__ import annotations

import pyarrow as pa

from undersight.engine.coding import code_actions


def test_digests_in_place_of_ids_make_the_same_objects() -> None:
    said = ["x" * 30, "y", "x" * 30, "İ", "y", None, ""]
    rows = pa.table({"account": ["a"] * 7, "object": said, "time_us": list(range(7))})
    plain, digested = code_actions(rows), code_actions(rows, is_object_digested=True)
    assert plain.n_actions == digested.n_actions == 5
    one, other = plain.object.tolist(), digested.object.tolist()
    assert len(set(zip(one, other, strict=True))) == len(set(one)) == len(set(other)) == 3
    names = digested.object_names.to_pylist()
    assert names == sorted(names)
    assert code_actions(rows.slice(0, 0), is_object_digested=True).n_actions == 0
