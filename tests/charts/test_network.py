"""The network: deterministic, everything inside the drawing, those with ties nearer."""

from __future__ import annotations

import math
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.charts.layout import places
from undersight.charts.network import Network, Node, Tie, network


def drawn(sizes: tuple[int, ...]) -> str:
    nodes = tuple(
        Node(label=f"<profile {n}>", group=group, is_page=n % 2 == 0)
        for group, size in enumerate(sizes)
        for n in range(size)
    )
    ties = tuple(Tie(a=n - 1, b=n, n_objects=n) for n in range(1, len(nodes)))
    names = tuple(f"Group {n}" for n in range(len(sizes)))
    return network(
        Network(chart_id="n", title="T", about="A", groups=names, nodes=nodes, ties=ties)
    )


@settings(max_examples=15)
@given(
    st.integers(0, 12).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.tuples(st.integers(0, max(n - 1, 0)), st.integers(0, max(n - 1, 0)))),
        )
    )
)
def test_places_lie_in_the_disc_apart_and_are_the_same_again(
    given_: tuple[int, list[tuple[int, int]]],
) -> None:
    n, raw = given_
    ties = [(a, b) for a, b in raw if a != b] if n > 1 else []
    found = places(n, ties)
    assert len(found) == n
    assert all(math.hypot(x, y) <= 1.001 for x, y in found)
    assert len(set(found)) == n
    assert places(n, ties) == found


def test_those_with_ties_are_drawn_nearer() -> None:
    first = [(a, b) for a in range(5) for b in range(a)]
    found = places(10, [*first, *((a + 5, b + 5) for a, b in first)])

    def apart(a: int, b: int) -> float:
        return math.dist(found[a], found[b])

    within = sum(apart(a, b) for a, b in first) / len(first)
    between = sum(apart(a, b + 5) for a in range(5) for b in range(5)) / 25
    assert within < between / 1.5


def test_every_mark_lies_within_the_drawing_and_its_words_are_escaped() -> None:
    for sizes in ((5,), (30, 5, 5), (5,) * 40, (90,)):
        markup = drawn(sizes)
        width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', markup)[0])
        for x, y in re.findall(r'<circle cx="(\S+)" cy="(\S+)"', markup):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height
        assert "<profile" not in markup
        assert markup.count('class="node') == sum(sizes)


def test_an_empty_group_is_a_ring_without_marks() -> None:
    assert 'class="node' not in drawn((0,))
