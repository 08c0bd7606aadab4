"""Groups as discs: none over another, everybody inside, the same every time."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from undersight.charts.cluster_map import Disc, Group, discs, drawing, members


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 5000), max_size=40))
def test_no_disc_lies_over_another(sizes: list[int]) -> None:
    found = discs(sizes)
    assert len(found) == len(sizes)
    for place, one in enumerate(found):
        for other in found[:place]:
            apart = math.hypot(one.x - other.x, one.y - other.y)
            assert apart >= one.radius + other.radius


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 400))
def test_members_stand_inside_and_apart(n: int) -> None:
    disc = discs([n])[0]
    at = [tuple(one) for one in members(disc, n).tolist()]
    assert len(set(at)) == n
    assert all(math.hypot(x - disc.x, y - disc.y) < disc.radius for x, y in at)
    assert members(disc, n).tolist() == members(disc, n).tolist()


def test_nobody_has_no_place() -> None:
    assert members(Disc(0.0, 0.0, 2.0), 0).tolist() == []
    assert discs([]) == []


def test_a_drawing_names_large_groups_leads_on_and_escapes() -> None:
    groups = [
        Group(name="Group 1", told="Group 1: 900 <accounts>", n=900, address="/finding/f-1"),
        Group(name="Group 2", told="Group 2: 5 accounts", n=5),
    ]
    made = drawing(groups, [(0, 1, 3)], name="Who", about="Discs", key="k")
    tree = etree.fromstring(made.encode())
    texts = [one.text for one in tree.iter("{*}text")]
    assert texts[0] == "Group 1"
    assert [one.get("href") for one in tree.iter("{*}a")] == ["/finding/f-1"]
    assert len(list(tree.iter("{*}line"))) == 1
    assert "&lt;accounts&gt;" in made
    assert made == drawing(groups, [(0, 1, 3)], name="Who", about="Discs", key="k")
