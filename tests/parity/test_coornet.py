"""CooRnet's own output on two small vectors."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from undersight.engine.compat.coornet import Coornet, estimate_interval_s
from undersight.engine.compat.pairing import codes_of
from undersight.errors import InvalidParameterError

R1 = "u1:A0 B4 C9 D11; u2:A100 B105 E110; u3:A0 A3 F1000; u4:C500 D501 A509 B520"
R2 = "w:A0 B1 C100 D101 E500"


def table_of(text: str) -> pa.Table:
    rows = [
        {"object": name, "account": share[0], "time_us": int(share[1:]) * 1_000_000}
        for name, shares in (part.strip().split(":") for part in text.split(";"))
        for share in shares.split()
    ]
    return pa.Table.from_pylist(rows)


def found(text: str, tool: Coornet) -> str:
    edges = tool.find_edges(table_of(text)).table.to_pylist()
    return " ".join(f"{e['from']}{e['to']}{e['weight']}" for e in edges)


@pytest.mark.parametrize(("q", "p", "expected"), [(0.1, 0.5, 9), (0.5, 0.5, 6), (0.1, 0.1, 1)])
def test_the_estimated_interval(q: float, p: float, expected: float) -> None:
    table = table_of(R1)
    link = codes_of(table["object"])[0]
    assert estimate_interval_s(link, table["time_us"].to_numpy(), q, p) == expected


def test_edges_and_threshold() -> None:
    every = Coornet(interval="10", percentile_edge_weight=0)
    assert found(R1, every) == "AB2 AC2 AD1 BC1 CD1"
    assert found(R1, Coornet(interval="10")) == "AB2 AC2"


def test_everyone_on_a_link_is_joined() -> None:
    assert found(R2, Coornet(interval="10")) == "AB1 AC1 AD1 BC1 BD1 CD1"


def test_fractions_of_a_second_are_cut() -> None:
    assert found("w:A0 B6", Coornet(interval="6.5")) == ""
    assert found("w:A0 B6", Coornet(interval="7")) == "AB1"


def test_auto_says_what_it_took() -> None:
    assert Coornet().find_edges(table_of(R1)).notes == ("estimated coordination interval: 9 s",)


@pytest.mark.parametrize("interval", ["soon", "0", "0.5"])
def test_what_is_no_interval_is_refused(interval: str) -> None:
    with pytest.raises(InvalidParameterError):
        Coornet(interval=interval).find_edges(table_of(R1))


def test_nothing_in_gives_nothing_out() -> None:
    empty = table_of(R1).slice(0, 0)
    assert Coornet().find_edges(empty).table.num_rows == 0
    assert estimate_interval_s(np.empty(0, np.int64), np.empty(0, np.int64), 0.1, 0.5) == 1
