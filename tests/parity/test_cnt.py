"""The coordination-network-toolkit's own output on a small vector of messages."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from undersight.engine.compat.cnt import Cnt, CntPypi
from undersight.errors import InvalidParameterError

COLUMNS = ("message_id", "user_id", "repost_id", "reply_id", "message", "time_us", "urls")
Q1 = (
    ("m1", "A", None, None, "Hello World today friends", 0, "x/1"),
    ("m2", "B", None, None, "hello   world TODAY friends", 10, "x/1 x/2"),
    ("m3", "C", None, None, "@bob hello world today friends", 20, None),
    ("m4", "A", None, None, "other text entirely here", 25, None),
    ("m5", "B", None, "p1", "reply one", 30, None),
    ("m6", "C", None, "p1", "reply two", 35, None),
    ("m7", "A", "r1", None, "RT x", 40, None),
    ("m8", "B", "r1", None, "RT x", 50, None),
    ("m9", "C", "r1", None, "RT x", 51, None),
    ("m10", "A", None, None, "hello world today friends", 5, None),
    ("m11", "D", None, None, "hello world today buddies", 6, "x/2"),
)


def table_of(rows: tuple[tuple[Any, ...], ...]) -> pa.Table:
    columns = list(zip(*rows, strict=True))
    kinds = [pa.int64() if name == "time_us" else pa.string() for name in COLUMNS]
    table = pa.table(dict(zip(COLUMNS, map(pa.array, columns, kinds), strict=True)))
    place = COLUMNS.index("time_us")
    return table.set_column(place, "time_us", pa.compute.multiply(table["time_us"], 1_000_000))


def found(tool: type[Cnt], rows: Any = Q1, **given: Any) -> str:
    edges = tool(min_edge_weight=1, **given).find_edges(table_of(rows)).table
    return " ".join(f"{e['source']}{e['target']}{e['weight']}" for e in edges.to_pylist())


@pytest.mark.parametrize(
    ("kind", "window", "expected"),
    [
        ("co_tweet", 10, "AA2 AB2 BA1 BC1 CB1"),
        ("co_tweet", 20, "AA2 AB2 AC2 BA1 BC1 CA1 CB1"),
        ("co_reply", 10, "BC1 CB1"),
        ("co_retweet", 10, "AB1 BA1 BC1 CB1"),
        ("co_retweet", 20, "AB1 AC1 BA1 BC1 CA1 CB1"),
        ("co_post", 10, "AA2 AB4 AC2 AD2 BA3 BC3 BD1 CA2 CB3 DA1 DB1"),
    ],
)
def test_every_network_of_the_repository_s_head(kind: str, window: int, expected: str) -> None:
    assert found(Cnt, type=kind, time_window=window, loops=True) == expected


def test_posts_without_a_link_share_one() -> None:
    as_shipped = found(Cnt, type="co_link", time_window=10)
    assert as_shipped == "AB2 AC1 BA2 BC1 BD1 CA2 CB2 DB1"
    assert found(Cnt, type="co_link", time_window=10, link_empty=False) == "AB1 BA1 BD1 DB1"


def test_similar_texts() -> None:
    edges = found(
        Cnt, type="co_similar_tweet", time_window=10, similarity_threshold=0.6, loops=True
    )
    assert edges == "AA2 AB2 AD2 BA1 BC1 BD1 CB1 DA1 DB1"


def test_the_release_matches_a_message_with_itself() -> None:
    edges = found(CntPypi, type="co_tweet", time_window=10, loops=True)
    assert edges == "AA3 AB2 BA1 BB2 BC1 CB1 CC2 DD1"
    assert found(CntPypi, type="co_tweet", time_window=10) == "AB2 BA1 BC1 CB1"


def test_a_repeated_message_counts_once() -> None:
    assert found(Cnt, (*Q1, Q1[4]), type="co_reply", time_window=10) == "BC1 CB1"


def test_light_edges_are_dropped() -> None:
    tool = Cnt(type="co_tweet", time_window=10)
    assert [e["source"] for e in tool.find_edges(table_of(Q1)).table.to_pylist()] == ["A"]


def test_the_network_has_to_be_chosen() -> None:
    with pytest.raises(InvalidParameterError, match="type"):
        Cnt().find_edges(table_of(Q1))
