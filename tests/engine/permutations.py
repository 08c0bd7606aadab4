"""The nulls by brute force: every pair listed, every permutation tried."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import numpy as np

from undersight.engine.coded_actions import CodedActions, CodedEdges

MINUTE_US = 60_000_000
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US
WEEK_US = 7 * DAY_US


def position_pairs(actions: CodedActions, window_us: int) -> Iterator[tuple[int, int]]:
    """Every two rows on one object within the window."""
    for i, j in itertools.combinations(range(actions.n_actions), 2):
        is_near = abs(int(actions.time_us[i]) - int(actions.time_us[j])) <= window_us
        if actions.object[i] == actions.object[j] and is_near:
            yield i, j


def n_co_actions(actions: CodedActions, window_us: int, a: int, b: int) -> int:
    """Position pairs of two accounts."""
    return sum(
        {int(actions.account[i]), int(actions.account[j])} == {a, b}
        for i, j in position_pairs(actions, window_us)
    )


def n_objects(actions: CodedActions, window_us: int, a: int, b: int) -> int:
    """Distinct objects on which two accounts co-acted."""
    return len(
        {
            int(actions.object[i])
            for i, j in position_pairs(actions, window_us)
            if {int(actions.account[i]), int(actions.account[j])} == {a, b}
        }
    )


def all_edges(actions: CodedActions, window_us: int, *, least: int = 1) -> CodedEdges:
    """Every edge there is, by listing."""
    weight: Counter[tuple[int, int]] = Counter()
    found = {
        (*sorted((int(actions.account[i]), int(actions.account[j]))), int(actions.object[i]))
        for i, j in position_pairs(actions, window_us)
        if actions.account[i] != actions.account[j]
    }
    for a, b, _ in found:
        weight[a, b] += 1
    return edges_of({pair: n for pair, n in weight.items() if n >= least})


def edges_of(weights: dict[tuple[int, int], int]) -> CodedEdges:
    """Edges from pairs and their numbers of objects."""
    pairs = sorted(weights)
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    return CodedEdges(
        account_a=ends[:, 0],
        account_b=ends[:, 1],
        n_objects=np.array([weights[pair] for pair in pairs], np.int64),
    )


def formula(
    actions: CodedActions, label: np.ndarray, window_us: int, pair: tuple[int, int]
) -> float:
    """The mean number of co-actions of two accounts, term by term from listed pairs."""
    a, b = pair
    n_rows = Counter(label.tolist())
    n_of = Counter(zip(actions.account.tolist(), label.tolist(), strict=True))
    mean = 0.0
    for i, j in position_pairs(actions, window_us):
        s, t = int(label[i]), int(label[j])
        if s == t:
            mean += 2 * n_of[a, s] * n_of[b, s] / (n_rows[s] * (n_rows[s] - 1))
        else:
            ways = n_of[a, s] * n_of[b, t] + n_of[a, t] * n_of[b, s]
            mean += ways / (n_rows[s] * n_rows[t])
    return mean
