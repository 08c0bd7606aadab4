"""CooRTweet's own output, on small vectors and on its packaged data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from undersight.engine.compat.coortweet import Coortweet

S = 1_000_000
T1 = """o1:A c1@0, B c2@10, C c3@11, A c4@20; o2:A c5@100, B c6@110;
o3:B c7@200, A c8@205, C c9@211"""
T2 = "o:A a1@0, A a2@1, B b1@2, A a3@3"
T3 = "o1:A 1@0, B 2@1; o2:B 3@500; o3:A 4@1000, C 5@1001; o9:C 6@9000"


def table_of(text: str) -> pa.Table:
    rows = []
    for part in text.replace("\n", " ").split(";"):
        name, actions = part.strip().split(":")
        for action in actions.split(","):
            account, post_and_time = action.split()
            post, time = post_and_time.split("@")
            rows.append({"account": account, "object": name, "post": post,
                         "time_us": int(time) * S})  # fmt: skip
    return pa.Table.from_pylist(rows)


def found(table: pa.Table, **given: Any) -> dict[str, dict[str, Any]]:
    edges = Coortweet(**given).find_edges(table).table
    return {f"{row['from']}-{row['to']}": row for row in edges.to_pylist()}


@pytest.mark.parametrize("min_participation", [1, 2])
def test_weights_deltas_and_threshold(min_participation: int) -> None:
    edges = found(table_of(T1), time_window=10, min_participation=min_participation)
    assert {name: (e["weight"], e["avg_time_delta"]) for name, e in edges.items()} == {
        "A-B": (4, 8.75),
        "A-C": (2, 7.5),
        "B-C": (1, 1.0),
    }
    assert (edges["A-B"]["n_content_id"], edges["A-B"]["n_content_id_y"]) == (4, 4)
    assert [name for name, e in edges.items() if e["weight_threshold"]] == ["A-B"]


def test_participation_counts_before_and_after() -> None:
    edges = found(table_of(T1), min_participation=3)
    assert {name: e["weight"] for name, e in edges.items()} == {"A-B": 4}
    assert found(table_of(T1), min_participation=5) == {}


def test_loops_kept() -> None:
    edges = found(table_of(T1), time_window=20, remove_loops=False)
    weights = {name: e["weight"] for name, e in edges.items()}
    assert weights == {"A-A": 1, "A-B": 4, "A-C": 3, "B-C": 2}


def test_symmetry_is_of_older_and_newer() -> None:
    edges = found(table_of(T2), min_participation=1)
    assert edges.keys() == {"A-B"}
    edge = edges["A-B"]
    assert (edge["weight"], edge["n_content_id"], edge["n_content_id_y"]) == (3, 3, 2)
    assert edge["edge_symmetry_score"] == pytest.approx(2 / 3)
    assert edge["weight_threshold"] == 0, "equal weights: none is over a quantile of them"


def test_a_pair_stays_if_either_side_is_active() -> None:
    assert found(table_of(T3), min_participation=2).keys() == {"A-B", "A-C"}


def test_an_original_post_is_no_share() -> None:
    table = table_of("x:A x@0, B y@1; z:A p@0, B q@1")
    assert found(table, min_participation=1)["A-B"]["weight"] == 1


def russia(shared_data: Path) -> pa.Table:
    path = shared_data / "coortweet-russia" / "russian_coord_tweets.parquet"
    return _actions(pq.read_table(path), "object_id", "content_id", "timestamp_share")


def _actions(table: pa.Table, what: str, post: str, time: str) -> pa.Table:
    return pa.table(
        {
            "account": table["account_id"],
            "object": table[what].cast(pa.string()),
            "post": table[post].cast(pa.string()),
            "time_us": pc.multiply(table[time], S),
        }
    )


@pytest.mark.real
@pytest.mark.parametrize(
    ("window", "participation", "removed", "kept"),
    [
        (10, 2, (447, 525, 442, 3), (496, 537, 461, 26)),
        (60, 2, (3791, 2110, 3721, 4), (3919, 2135, 3782, 48)),
        (10, 5, (22, 23, 20, 3), (60, 30, 27, 26)),
        (60, 1, (6281, 3954, 6206, 4), (6407, 3976, 6265, 48)),
    ],
)
def test_packaged_data(
    shared_data: Path, window: int, participation: int, removed: Any, kept: Any
) -> None:
    for is_removed, expected in ((True, removed), (False, kept)):
        tool = Coortweet(
            time_window=window, min_participation=participation, remove_loops=is_removed
        )
        edges = tool.find_edges(russia(shared_data)).table
        ends = {*edges["from"].to_pylist(), *edges["to"].to_pylist()}
        weights = edges["weight"].to_pylist()
        assert (sum(weights), len(ends), len(weights), max(weights)) == expected


@pytest.mark.real
@pytest.mark.parametrize(
    ("edge_weight", "n_accounts", "n_edges"),
    [(0.5, 94, 60), (0.9, 94, 60), (0.95, 94, 60), (0.99, 14, 9)],
)
def test_packaged_data_over_the_threshold(
    shared_data: Path, edge_weight: float, n_accounts: int, n_edges: int
) -> None:
    edges = found(russia(shared_data), time_window=60, edge_weight=edge_weight, subgraph=1)
    ends = {end for row in edges.values() for end in (row["from"], row["to"])}
    assert (len(ends), len(edges)) == (n_accounts, n_edges)


@pytest.mark.real
@pytest.mark.parametrize(("subgraph", "n_accounts", "n_edges"), [(2, 8, 4), (3, 70, 112)])
def test_packaged_data_fast(
    shared_data: Path, subgraph: int, n_accounts: int, n_edges: int
) -> None:
    tool = Coortweet(time_window=60, fast_window=10, subgraph=subgraph)
    result = tool.find_edges(russia(shared_data))
    assert "447 of them within 10 s" in result.notes
    ends = {*result.table["from"].to_pylist(), *result.table["to"].to_pylist()}
    assert (len(ends), result.table.num_rows) == (n_accounts, n_edges)


@pytest.mark.real
@pytest.mark.parametrize("participation", [2, 5])
def test_reference_edges_of_the_russian_data(shared_data: Path, participation: int) -> None:
    name = f"reference_russia_tw10_mp{participation}.edges.csv.gz"
    edges = found(russia(shared_data), min_participation=participation)
    assert_same(edges, shared_data / "coortweet-russia" / name)


@pytest.mark.real
def test_reference_edges_of_the_german_data(shared_data: Path) -> None:
    folder = shared_data / "coortweet-germany-facebook"
    table = pq.read_table(folder / "german_elections_facebook.parquet")
    table = table.filter(table["url_id"].is_valid())
    assert_same(
        found(_actions(table, "url_id", "post_id", "timestamp")),
        folder / "reference_fb_url_tw10_mp2.edges.csv.gz",
    )


def assert_same(edges: dict[str, dict[str, Any]], path: Path) -> None:
    reference = {
        "-".join(sorted((row["from"], row["to"]))): row
        for row in pyarrow.csv.read_csv(path).to_pylist()
    }
    assert edges.keys() == reference.keys()
    for name, row in reference.items():
        for column in ("weight", "n_content_id", "n_content_id_y", "weight_threshold"):
            assert edges[name][column] == row[column], (name, column)
        for column in ("avg_time_delta", "edge_symmetry_score"):
            assert edges[name][column] == pytest.approx(row[column], abs=1e-9), (name, column)
