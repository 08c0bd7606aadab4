"""Groups: what is connected, what hangs together, and the same whatever comes first."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from undersight.engine.groups import find_communities, find_components, labels_of

EDGES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(lambda pair: pair[0] != pair[1]),
    max_size=30,
    unique_by=lambda pair: (min(pair), max(pair)),
)


def ends(edges: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    both = np.array(edges, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def clique(first: int, n: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(first, first + n) for j in range(i + 1, first + n)]


def listed(groups: tuple[np.ndarray, ...]) -> list[list[int]]:
    return [members.tolist() for members in groups]


@given(EDGES)
def test_components_are_those_of_walking_along_the_edges(edges: list[tuple[int, int]]) -> None:
    left = {node for edge in edges for node in edge}
    expected = []
    while left:
        reached = {min(left)}
        while more := {y for x in reached for e in edges if x in e for y in e} - reached:
            reached |= more
        expected.append(sorted(reached))
        left -= reached
    found = find_components(*ends(edges), min_members=1)
    assert sorted(listed(found)) == sorted(expected)
    assert [len(one) for one in found] == sorted(map(len, expected), reverse=True)


def test_a_long_chain_is_one_component() -> None:
    chain = np.random.default_rng(0).permutation(5000)
    assert len(find_components(chain[:-1], chain[1:])) == 1


def test_four_accounts_are_no_group() -> None:
    a, b = ends([*clique(0, 4), *clique(10, 5)])
    for found in (find_components(a, b), find_communities(a, b, np.ones(a.size))):
        assert listed(found) == [[10, 11, 12, 13, 14]]
        assert labels_of(found, 15).tolist() == [-1] * 10 + [0] * 5


def test_two_cliques_on_a_thread_are_two_communities() -> None:
    edges = [*clique(0, 8), *clique(20, 6), (0, 20)]
    a, b = ends(edges)
    found = find_communities(a, b, np.ones(a.size))
    assert listed(found) == [list(range(8)), list(range(20, 26))]
    assert len(find_components(a, b)) == 1


def test_the_order_of_edges_and_their_ends_changes_nothing() -> None:
    chance = np.random.default_rng(3)
    pairs = np.unique(np.sort(chance.integers(0, 120, (700, 2)), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    weight = chance.integers(1, 5, len(pairs)).astype(np.float64)
    one = find_communities(pairs[:, 0], pairs[:, 1], weight)
    order = chance.permutation(len(pairs))
    other = find_communities(pairs[order, 1], pairs[order, 0], weight[order])
    assert listed(one) == listed(other)
    assert len(one) > 1


def test_heavier_edges_hold_together() -> None:
    ring = [(i, (i + 1) % 10) for i in range(10)]
    a, b = ends(ring)
    weight = np.ones(10)
    weight[[4, 9]] = 0.01
    assert [len(one) for one in find_communities(a, b, weight)] == [5, 5]


def test_no_edges_no_groups() -> None:
    none = np.empty(0, np.int64)
    assert find_components(none, none) == ()
    assert find_communities(none, none, np.empty(0)) == ()
