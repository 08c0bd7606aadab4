"""Groups of accounts in a network of edges: connected components and Leiden communities.

Leiden (Traag, Waltman & van Eck 2019) by graspologic-native. Nodes go in by rank of their codes
and neighbours in rising order, under a fixed seed: the same edges give the same groups, whatever
the order of the rows. Groups under five accounts are left out: nothing is said about so few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from undersight.engine.timeline import stable_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from undersight.engine.coded_actions import Codes, Ints

    Floats = npt.NDArray[np.float64]

MIN_MEMBERS = 5
NO_GROUP = -1
_N_ITERATIONS = 2
_SEED = 0


def find_components(a: Codes, b: Codes, min_members: int = MIN_MEMBERS) -> tuple[Ints, ...]:
    """Find the connected components.

    Args:
        a: Account code of one end by edge.
        b: Account code of the other end by edge.
        min_members: Least size of a group, 1 or more.

    Returns:
        Account codes of each, rising; the largest first, ties by their first account.
    """
    accounts, ends = ranked_ends(a, b)
    return _groups(accounts, _roots(ends[0], ends[1], accounts.size), min_members)


def find_communities(
    a: Codes, b: Codes, weight: npt.NDArray[np.number[Any]], min_members: int = MIN_MEMBERS
) -> tuple[Ints, ...]:
    """Find communities by the Leiden method; none reaches over two components.

    Args:
        a: Account code of one end by edge, each pair once.
        b: Account code of the other end by edge.
        weight: Of each edge, over 0.
        min_members: Least size of a group, 1 or more.

    Returns:
        As `find_components`; no account is in two.
    """
    if not a.size:
        return ()
    # Loading it is paid by those who ask for communities.
    import graspologic_native

    accounts, (start, column, both_weights) = _adjacency(a, b, weight)
    n = accounts.size
    _quality, community = graspologic_native.leiden_csr(
        start, column, both_weights, n, iterations=_N_ITERATIONS, seed=_SEED
    )
    label = np.fromiter((community[node] for node in range(n)), np.int64, n)
    return _groups(accounts, label, min_members)


def labels_of(groups: Iterable[Codes], n_accounts: int) -> Ints:
    """Return the group's number by account code, -1 where there is none.

    Args:
        groups: Account codes of each; no account is in two.
        n_accounts: Account codes there are.
    """
    label = np.full(n_accounts, NO_GROUP, np.int64)
    for number, members in enumerate(groups):
        label[members] = number
    return label


def ranked_ends(a: Codes, b: Codes) -> tuple[Ints, tuple[Codes, Codes]]:
    """Return the accounts with an edge, rising, and both ends as ranks among them.

    Args:
        a: Account code of one end by edge.
        b: Account code of the other end by edge.
    """
    is_there = np.zeros(int(max(a.max(initial=-1), b.max(initial=-1))) + 1, np.bool_)
    is_there[a] = True
    is_there[b] = True
    rank = np.cumsum(is_there, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(is_there), (rank[a], rank[b])


def _is_sorted(a: Codes, b: Codes) -> bool:
    """Whether edges name their lower end first, and rise by it, then by the higher one."""
    is_later = a[1:] > a[:-1]
    is_later |= (a[1:] == a[:-1]) & (b[1:] > b[:-1])
    return bool(is_later.all() and (a < b).all())


def _adjacency(
    a: Codes, b: Codes, weight: npt.NDArray[np.number[Any]]
) -> tuple[Ints, tuple[Ints, npt.NDArray[np.int32], Floats]]:
    """Lay edges out by node: where each begins, its neighbours rising, their weights.

    The lower neighbours of a node come first; the edges in which it is the higher end, taken in
    their order, give them rising.
    """
    if not _is_sorted(a, b):
        a, b = np.minimum(a, b), np.maximum(a, b)
        in_order = np.lexsort((b, a))
        a, b, weight = a[in_order], b[in_order], weight[in_order]
    accounts, (low, high) = ranked_ends(a, b)
    n = accounts.size
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
    return accounts, (start, column, weights)


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


def _groups(accounts: Ints, label: Ints, min_members: int) -> tuple[Ints, ...]:
    """Collect the members of each label, large groups first."""
    order = np.argsort(label, kind="stable")
    first = np.flatnonzero(np.diff(label[order], prepend=-1))
    parts = np.split(accounts[order], first[1:]) if accounts.size else []
    kept = (part for part in parts if part.size >= min_members)
    return tuple(sorted(kept, key=lambda part: (-part.size, int(part[0]))))
