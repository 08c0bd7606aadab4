"""A published example need not be a finding: CooRTweet's Russian retweets under both nulls."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from undersight.engine.cluster_tests import edges_within
from undersight.engine.coded_actions import order_actions
from undersight.engine.edge_tests import edge_nulls


@pytest.mark.long
@pytest.mark.real
def test_no_edge_of_the_russian_file_is_unlikely_under_both_nulls(shared_data: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(shared_data / "coortweet-russia" / "russian_coord_tweets.parquet")
    codes = [
        np.unique(table.column(name).to_numpy(), return_inverse=True)[1]
        for name in ("account_id", "object_id")
    ]
    times = table.column("timestamp_share").to_numpy().astype(np.int64) * 1_000_000
    actions = order_actions(codes[0], codes[1], times)
    edges = edges_within(actions, 60_000_000)
    edges = edges.taking(edges.n_objects > 1)
    nulls = edge_nulls(actions, edges, 60_000_000)
    assert edges.n_objects.size == 32
    assert (nulls.q_presence > 0.05).all()
    assert (np.maximum(nulls.q_presence, nulls.q_synchrony) > 0.05).all()
    assert (nulls.synchrony.p <= 1).all()
