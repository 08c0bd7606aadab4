"""Groups out of edges: communities, and in them those who are tied to enough of the others."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from undersight.engine.groups import find_communities, find_components, labels_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    found = [core for part in _communities(edges) for core in cores(part, detector)]
    return sorted(found, key=lambda part: (-part.size, int(part[0])))


def _communities(edges: CodedEdges) -> Iterator[CodedEdges]:
    """The edges within each community, the largest first."""
    if not edges.n_objects.size:
        return
    groups = find_communities(edges.account_a, edges.account_b, edges.n_objects)
    label = labels_of(groups, int(max(edges.account_a.max(), edges.account_b.max())) + 1)
    label_a, label_b = label[edges.account_a], label[edges.account_b]
    inside = np.flatnonzero((label_a == label_b) & (label_a >= 0))
    order = inside[np.argsort(label_a[inside], kind="stable")]
    ends = np.searchsorted(label_a[order], np.arange(len(groups) + 1))
    for start, end in itertools.pairwise(ends.tolist()):
        yield edges.taking(order[start:end])


def dense_groups(edges: CodedEdges, detector: CoActionDetector) -> list[Ints]:
    """Return tight groups in which at least half of all pairs are tied."""
    found = [
        core
        for part in _communities(edges)
        for core in cores(part, detector)
        if among(part, core).n_objects.size >= _DENSE * core.size * (core.size - 1) / 2
    ]
    return sorted(found, key=lambda part: (-part.size, int(part[0])))


def cores(edges: CodedEdges, detector: CoActionDetector) -> list[Ints]:
    """Return the connected groups in which everybody is tied to ``min_ties`` others.

    Args:
        edges: Edges.
        detector: Says how large and how tight a group is.
    """
    accounts, ends = np.unique([edges.account_a, edges.account_b], return_inverse=True)
    a, b = ends.reshape(2, -1)
    while True:
        n_ties = np.bincount(a, minlength=accounts.size) + np.bincount(b, minlength=accounts.size)
        is_tied = n_ties >= detector.min_ties
        is_kept = is_tied[a] & is_tied[b]
        if is_kept.all():
            break
        a, b = a[is_kept], b[is_kept]
    found = find_components(a, b, detector.min_accounts)
    return [accounts[part] for part in found if part.size <= MOST_ACCOUNTS]


def among(edges: CodedEdges, members: Ints) -> CodedEdges:
    """Return the edges with both ends in a group."""
    is_inside = np.isin(edges.account_a, members) & np.isin(edges.account_b, members)
    return edges.taking(is_inside)


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
