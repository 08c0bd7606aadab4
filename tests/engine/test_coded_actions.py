"""Actions in one canonical order, whatever order and codes they came in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from undersight.engine.coded_actions import (
    expand,
    in_order,
    order_actions,
    window_ends,
)
from undersight.engine.coding import code_actions
from undersight.errors import WindowTooWideError


def table(rows: list[tuple[str, str, int]]) -> pa.Table:
    account, thing, time_us = zip(*rows, strict=True)
    posts = [f"p{number}" for number in range(len(rows))]
    return pa.table(
        {
            "account": list(account),
            "object": list(thing),
            "post": posts,
            "time_us": pa.array(time_us, pa.int64()),
            "target": pa.nulls(len(rows), pa.string()),
        }
    )


ROWS = [("b", "y", 5), ("a", "x", 3), ("b", "x", 4), ("a", "y", 5), ("c", "x", -9)]


def test_any_order_of_rows_is_the_same_actions() -> None:
    coded, one = in_order(code_actions(table(ROWS)))
    _, other = in_order(code_actions(table(ROWS[::-1])))
    for name in ("account", "object", "time_us"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert one.account.tolist() == [2, 0, 1, 0, 1]
    assert one.time_us.tolist() == [-9, 3, 4, 5, 5]
    assert one.row.tolist() == [4, 1, 2, 3, 0]
    names = coded.account_names, coded.object_names
    read = [name.take(pa.array(codes)).to_pylist()
            for name, codes in zip(names, (coded.account, coded.object), strict=True)]  # fmt: skip
    assert list(zip(*read, coded.time_us.tolist(), strict=True)) == sorted(
        ROWS, key=lambda row: (row[1], row[2], row[0])
    )


def test_window_ends_are_on_the_object_and_include_the_border() -> None:
    actions = order_actions([0] * 5, [0, 0, 0, 1, 1], [0, 10, 21, 22, 22])
    assert window_ends(actions, 10).tolist() == [2, 2, 3, 5, 5]
    assert window_ends(actions, 11).tolist() == [2, 3, 3, 5, 5]
    assert window_ends(actions, 0).tolist() == [1, 2, 3, 5, 5]
    assert window_ends(order_actions([], [], []), 5).size == 0


def test_times_at_the_ends_of_the_calendar_do_not_wrap() -> None:
    ends = order_actions([0, 1], [0, 0], [-(2**63), 2**63 - 1])
    assert window_ends(ends, 100).tolist() == [1, 2]
    with pytest.raises(WindowTooWideError):
        window_ends(order_actions([0] * 6, [0] * 6, np.arange(6) * 2**60), 2**61)


def test_ranges_are_listed_one_after_another() -> None:
    start, size = np.array([5, 0, 7, 2]), np.array([2, 0, 1, 3])
    assert expand(start, size).tolist() == [5, 6, 7, 2, 3, 4]
    assert expand(start[:0], size[:0]).size == 0
