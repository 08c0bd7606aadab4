"""Times and columns of actions as tables give them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import undersight
from undersight.engine import action_files
from undersight.engine.action_columns import choose_columns, choose_message_columns
from undersight.engine.action_times import form_of, to_us
from undersight.errors import (
    AmbiguousColumnError,
    DamagedFileError,
    InvalidParameterError,
    MissingColumnError,
    UnknownColumnError,
)

S = 1_000_000
MOMENT = dt.datetime(2031, 5, 2, 12, 0, 0, 250_000, tzinfo=dt.UTC)
MOMENT_US = int(MOMENT.timestamp() * 4) * 250_000


def read(values: list[Any], kind: pa.DataType | None = None, name: str = "time") -> list[int]:
    column = pa.array(values, kind)
    found: list[int] = to_us(column, form_of(column, name)).to_pylist()
    return found


WAYS: tuple[tuple[Any, pa.DataType | None], ...] = (
    (MOMENT_US, None),
    (MOMENT_US * 1000, None),
    (MOMENT_US // 1000, None),
    (MOMENT_US / S, None),
    (str(MOMENT_US / S), None),
    (str(MOMENT_US), None),
    ("2031-05-02T12:00:00.250Z", None),
    ("2031-05-02 12:00:00.25", None),
    ("2031-05-02T16:00:00.250+04:00", None),
    ("2031-05-02T16:00:00.250+0400", None),
    (MOMENT, pa.timestamp("ms", tz="UTC")),
    (MOMENT, pa.timestamp("ns", tz="Asia/Baku")),
    (MOMENT.replace(tzinfo=None), pa.timestamp("us")),
)


@pytest.mark.parametrize("way", range(len(WAYS)))
def test_every_way_to_say_when(way: int) -> None:
    value, kind = WAYS[way]
    assert read([value, None], kind) == [MOMENT_US, None]


def test_the_name_tells_the_unit() -> None:
    assert read([5], name="time_us") == [5]
    assert read([5], name="sent_ms") == [5000]
    assert read([-5], name="time") == [-5 * S]


def test_what_cannot_be_read_is_null_and_the_rest_is_not() -> None:
    assert read(["2031-05-02", "soon", "", None, "1969-12-31T23:59:59Z"])[1:] == [
        None, None, None, -S,
    ]  # fmt: skip
    assert read(["10", "11", "x"]) == [10 * S, 11 * S, None]
    assert read([1.5, float("nan"), float("inf")]) == [1_500_000, None, None]
    assert read([10**18, 1, 2], name="time_s") == [None, S, 2 * S]


def test_columns_by_the_names_that_tools_give() -> None:
    coortweet = ("object_id", "account_id", "content_id", "timestamp_share")
    assert choose_columns(coortweet, {}) == {
        "account": "account_id",
        "object": "object_id",
        "time": "timestamp_share",
        "post": "content_id",
    }
    toolkit = ("message_id", "user_id", "username", "repost_id", "reply_id", "message",
               "timestamp", "urls")  # fmt: skip
    with pytest.raises(AmbiguousColumnError, match="repost_id"):
        choose_columns(toolkit, {})
    chosen = choose_columns(toolkit, {"object": "reply_id"})
    assert (chosen["account"], chosen["post"]) == ("user_id", "message_id")
    assert choose_message_columns(toolkit, {})["urls"] == "urls"
    assert choose_message_columns(tuple("abcdefgh"), {})["timestamp"] == "g"


def test_columns_that_are_not_there_are_named() -> None:
    with pytest.raises(MissingColumnError, match="time"):
        choose_columns(("account", "object"), {})
    with pytest.raises(UnknownColumnError, match="link"):
        choose_columns(("account", "object", "time"), {"object": "link"})
    with pytest.raises(MissingColumnError, match="message_id"):
        choose_message_columns(("user_id",), {})
    with pytest.raises(UnknownColumnError, match="colour"):
        choose_message_columns(("user_id",), {"colour": "user_id"})


def test_numbers_as_ids_and_windows_below_a_second() -> None:
    table = pa.table(
        {"account": [1, 2, 10], "object": [7, 7, 7], "time": [0.0, 0.25, 0.5], "post": [1, 2, 3]}
    )
    found = undersight.coaction(table, window_s=0.25, min_objects=1)
    ends = found.edges.select(["account_a", "account_b"]).to_pylist()
    assert [tuple(one.values()) for one in ends] == [("1", "2"), ("10", "2")]


@pytest.mark.parametrize("window_s", [-1, 1e12])
def test_a_window_that_means_nothing_is_refused(window_s: float) -> None:
    table = pa.table({"account": ["a"], "object": ["o"], "time": [0]})
    with pytest.raises(InvalidParameterError):
        undersight.coaction(table, window_s=window_s)


@pytest.mark.parametrize("cells", [[["x"], ["y"]], [b"\xff", b"y"], [dt.time(1), dt.time(2)]])
@pytest.mark.parametrize("ending", [".parquet", ".arrow"])
def test_cells_that_are_no_words_are_refused_in_one_line(
    tmp_path: Path, cells: list[object], ending: str
) -> None:
    path = tmp_path / f"odd{ending}"
    table = pa.table({"account": cells, "object": ["x", "x"], "time": [1, 2]})
    if ending == ".parquet":
        pq.write_table(table, path)
    else:
        with pa.ipc.new_file(path, table.schema) as file:
            file.write(table)
    with pytest.raises(DamagedFileError, match="column “account” are"):
        action_files.open_file(path, ["account", "object", "time"])
