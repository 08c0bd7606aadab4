"""Groups of accounts in a network of edges: connected components and Leiden communities.

Leiden (Traag, Waltman & van Eck 2019) by graspologic-native. Nodes go in by rank of their codes
and neighbours in rising order, under a fixed seed: the same edges give the same groups, whatever
the order of the rows. Groups under five accounts are left out: nothing is said about so few.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undersight.engine.timeline import stable_order

if TYPE_CHECKING:
    import numpy.typing as npt

    from undersight.engine.coded_actions import Codes, Ints

    Floats = npt.NDArray[np.float64]

MIN_MEMBERS = 5
NO_GROUP = -1
_N_ITERATIONS = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """Disjoint groups of accounts, the largest first, ties by their first account.

    Args:
        members: int64 account codes of each group, rising.
        n_left_out: Accounts with an edge whose group was too small.
        modularity: Of the partition before small groups were left out; None for components.
    """

    members: tuple[Ints, ...]
    n_left_out: int
    modularity: float | None

    def labels(self, n_accounts: int) -> Ints:
        """Return the group's number by account code, -1 where there is none."""
        label = np.full(n_accounts, NO_GROUP, np.int64)
        for number, members in enumerate(self.members):
            label[members] = number
        return label


def find_components(a: Codes, b: Codes, min_members: int = MIN_MEMBERS) -> Groups:
    """Find the connected components.

    Args:
        a: Account code of one end by edge.
        b: Account code of the other end by edge.
        min_members: Least size of a group, 1 or more.
    """
    accounts, ends = _ranked(a, b)
    return _groups(accounts, _roots(ends[0], ends[1], accounts.size), min_members, None)


def find_communities(
    a: Codes,
    b: Codes,
    weight: Floats,
    *,
    seed: int = 0,
    resolution: float = 1.0,
    min_members: int = MIN_MEMBERS,
) -> Groups:
    """Find communities by the Leiden method; none reaches over two components.

    Args:
        a: Account code of one end by edge, each pair once.
        b: Account code of the other end by edge.
        weight: float64 by edge, over 0.
        seed: Of the generator.
        resolution: Over 0; higher gives more and smaller communities.
        min_members: Least size of a group, 1 or more.
    """
    if not a.size:
        return Groups(members=(), n_left_out=0, modularity=0.0)
    # Loading it is paid by those who ask for communities.
    import graspologic_native

    low, high = np.minimum(a, b), np.maximum(a, b)
    if not _is_sorted(low, high):
        in_order = np.lexsort((high, low))
        low, high, weight = low[in_order], high[in_order], weight[in_order]
    accounts, ends = _ranked(low, high)
    n = accounts.size
    del low, high
    start, column, both_weights = _adjacency(ends, weight, n)
    _quality, community = graspologic_native.leiden_csr(
        start,
        column,
        both_weights,
        n,
        resolution=resolution,
        iterations=_N_ITERATIONS,
        seed=seed,
    )
    label = np.array([community[node] for node in range(n)], np.int64)
    score = modularity(ends[0], ends[1], weight, label, resolution)
    return _groups(accounts, label, min_members, score)


def modularity(a: Codes, b: Codes, weight: Floats, label: Ints, resolution: float = 1.0) -> float:
    """Compute Newman's modularity of a partition: Σ_c in_c/W - γ(deg_c/2W)².

    Args:
        a: Node of one end by edge.
        b: Node of the other end by edge.
        weight: float64 by edge.
        label: int64 group by node.
        resolution: γ.
    """
    total = float(weight.sum())
    if not total:
        return 0.0
    n_groups = int(label.max()) + 1
    is_within = label[a] == label[b]
    inside = np.bincount(label[a][is_within], weight[is_within], n_groups)
    degree = np.bincount(label[a], weight, n_groups) + np.bincount(label[b], weight, n_groups)
    return float((inside / total - resolution * (degree / (2 * total)) ** 2).sum())


def _ranked(a: Codes, b: Codes) -> tuple[Ints, tuple[Codes, Codes]]:
    """The accounts with an edge, and both ends as ranks among them."""
    is_there = np.zeros(int(max(a.max(initial=-1), b.max(initial=-1))) + 1, np.bool_)
    is_there[a] = True
    is_there[b] = True
    rank = np.cumsum(is_there, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(is_there), (rank[a], rank[b])


def _is_sorted(low: Codes, high: Codes) -> bool:
    """Whether edges rise by their lower end, then by their higher one."""
    is_later = low[1:] > low[:-1]
    is_later |= (low[1:] == low[:-1]) & (high[1:] > high[:-1])
    return bool(is_later.all())


def _adjacency(
    ends: tuple[Codes, Codes], weight: Floats, n: int
) -> tuple[Ints, npt.NDArray[np.int32], Floats]:
    """Lay sorted edges out by node: where each begins, its neighbours rising, their weights.

    The lower neighbours of a node come first; the edges in which it is the higher end, taken in
    their order, give them rising.
    """
    low, high = ends
    n_lower, n_higher = np.bincount(high, minlength=n), np.bincount(low, minlength=n)
    start = np.zeros(n + 1, np.int64)
    np.cumsum(n_lower + n_higher, out=start[1:])
    column = np.empty(2 * low.size, np.int32)
    weights = np.empty(2 * low.size)
    place = np.arange(low.size)
    place += np.repeat(start[:-1] + n_lower - (np.cumsum(n_higher) - n_higher), n_higher)
    column[place], weights[place] = high, weight
    place = np.arange(low.size)
    place += np.repeat(start[:-1] - (np.cumsum(n_lower) - n_lower), n_lower)
    by_high = stable_order(high)
    column[place], weights[place] = low[by_high], weight[by_high]
    return start, column, weights


def _roots(a: Codes, b: Codes, n: int) -> Ints:
    """Give every node the smallest node it is connected with."""
    root = np.arange(n, dtype=np.int64)
    while True:
        low, high = np.minimum(root[a], root[b]), np.maximum(root[a], root[b])
        if (low == high).all():
            return root
        np.minimum.at(root, high, low)
        # Follow the pointers to their ends, halving the way each turn.
        while (root[root] != root).any():
            root = root[root]


def _groups(accounts: Ints, label: Ints, min_members: int, score: float | None) -> Groups:
    """Collect the members of each label, large groups first."""
    order = np.argsort(label, kind="stable")
    first = np.flatnonzero(np.diff(label[order], prepend=-1))
    parts = np.split(accounts[order], first[1:]) if accounts.size else []
    kept = sorted(
        (part for part in parts if part.size >= min_members),
        key=lambda part: (-part.size, int(part[0])),
    )
    n_kept = sum(part.size for part in kept)
    return Groups(members=tuple(kept), n_left_out=accounts.size - n_kept, modularity=score)
