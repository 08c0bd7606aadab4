"""Groups out of edges: communities, and in them those who are tied to enough of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undersight.engine.groups import find_communities, find_components, labels_of, ranked_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.detectors.detector import CoActionDetector
    from undersight.engine.coded_actions import CodedEdges, Ints

MOST_ACCOUNTS = 2000
"""In one group: what grows with the square of it must stay possible."""
_DENSE = 0.5


def tight_groups(edges: CodedEdges, detector: CoActionDetector) -> list[Ints]:
    """Return the communities of an edge list, each without those who hang on loosely.

    Args:
        edges: Edges with the number of shared objects as their weight.
        detector: Says how large and how tight a group is.

    Returns:
        Account codes of each, rising; the largest first, then by first account.
    """
    return cores(_within_communities(edges), detector)


def dense_groups(edges: CodedEdges, detector: CoActionDetector) -> list[Ints]:
    """Return tight groups in which at least half of all pairs are tied."""
    inside = _within_communities(edges)
    found = cores(inside, detector)
    label = labels_of(found, _n_accounts(inside))
    label_a = label[inside.account_a]
    is_one = (label_a == label[inside.account_b]) & (label_a >= 0)
    n_ties = np.bincount(label_a[is_one], minlength=len(found))
    return [
        core
        for core, n_tied in zip(found, n_ties.tolist(), strict=True)
        if n_tied >= _DENSE * core.size * (core.size - 1) / 2
    ]


def _within_communities(edges: CodedEdges) -> CodedEdges:
    """The edges both ends of which are in one community: what is connected by them is in one."""
    groups = find_communities(edges.account_a, edges.account_b, edges.n_objects)
    label = labels_of(groups, _n_accounts(edges))
    label_a = label[edges.account_a]
    return edges.taking((label_a == label[edges.account_b]) & (label_a >= 0))


def _n_accounts(edges: CodedEdges) -> int:
    return int(max(edges.account_a.max(initial=-1), edges.account_b.max(initial=-1))) + 1


def cores(edges: CodedEdges, detector: CoActionDetector) -> list[Ints]:
    """Return the connected groups in which everybody is tied to ``min_ties`` others.

    Args:
        edges: Edges.
        detector: Says how large and how tight a group is.

    Returns:
        Account codes of each, rising; the largest first, then by first account.
    """
    accounts, (a, b) = ranked_ends(edges.account_a, edges.account_b)
    while True:
        n_ties = np.bincount(a, minlength=accounts.size) + np.bincount(b, minlength=accounts.size)
        is_tied = n_ties >= detector.min_ties
        is_kept = is_tied[a] & is_tied[b]
        if is_kept.all():
            break
        a, b = a[is_kept], b[is_kept]
    found = find_components(a, b, detector.min_accounts)
    return [accounts[part] for part in found if part.size <= MOST_ACCOUNTS]


def without(edges: CodedEdges, groups: Sequence[Ints]) -> CodedEdges:
    """Return the edges that touch none of some groups."""
    if not groups:
        return edges
    known = np.concatenate(groups)
    return edges.taking(~(np.isin(edges.account_a, known) | np.isin(edges.account_b, known)))


def least_ties(detector: CoActionDetector) -> int:
    """Return how many ties the smallest group that could be found has."""
    by_degree = (detector.min_accounts * detector.min_ties + 1) // 2
    return max(by_degree, detector.min_accounts - 1)
