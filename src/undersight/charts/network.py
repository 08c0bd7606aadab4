"""Groups of accounts with their ties: one ring for each group, drawn without any script."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import Final

from undersight.charts import svg
from undersight.charts.layout import places

_WIDTH_PX: Final = 880.0
_HIGH_PX: Final = 460.0
_SCALES_PX: Final = (44.0, 36.0, 28.0, 22.0, 17.0, 13.0)
_GAP_PX: Final = 18.0
_WORDS_PX: Final = 20.0
_NODE_PX: Final = 5.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One account.

    Args:
        label: Its masked label.
        group: Number of its group.
        is_page: Drawn as a square.
    """

    label: str
    group: int
    is_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two accounts that act together.

    Args:
        a: Place of one among the nodes.
        b: Place of the other.
        n_objects: How many objects they share.
    """

    a: int
    b: int
    n_objects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What is drawn.

    Args:
        chart_id: Part of the ids in the drawing.
        title: What it shows.
        about: The same in a sentence.
        groups: Name of each group, as they are numbered.
        nodes: Accounts.
        ties: Between them.
    """

    chart_id: str
    title: str
    about: str
    groups: tuple[str, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ring:
    x: float
    y: float
    radius: float


def network(drawn: Network) -> str:
    """Return the drawing.

    Args:
        drawn: What to draw.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for place, node in enumerate(drawn.nodes):
        members[node.group].append(place)
    rings, height = _rings([len(members[one]) for one in range(len(drawn.groups))])
    at: dict[int, tuple[float, float]] = {}
    for group, ring in enumerate(rings):
        at.update(_inside(ring, members[group], drawn.ties))
    children = [
        *(_ring(group, name, rings[group]) for group, name in enumerate(drawn.groups)),
        *(_tie(tie, at) for tie in drawn.ties),
        *(_node(place, node, at[place]) for place, node in enumerate(drawn.nodes)),
    ]
    return svg.picture(
        children, name=drawn.title, about=drawn.about, key=drawn.chart_id, size=(_WIDTH_PX, height)
    )


def _rings(sizes: list[int]) -> tuple[list[_Ring], float]:
    """A ring for each group, in rows from the left, as large as leaves all in sight."""
    for scale in _SCALES_PX:
        rings, height = _laid_out(sizes, scale)
        if height <= _HIGH_PX:
            return rings, height
    return _laid_out(sizes, _SCALES_PX[-1])


def _laid_out(sizes: list[int], scale: float) -> tuple[list[_Ring], float]:
    rings: list[_Ring] = []
    x, top, row = _GAP_PX, 0.0, 0.0
    for size in sizes:
        radius = min(scale * math.sqrt(max(size, 1)) + 14.0, _WIDTH_PX / 2 - _GAP_PX)
        if x + 2 * radius > _WIDTH_PX and x > _GAP_PX:
            x, top, row = _GAP_PX, top + row + _GAP_PX, 0.0
        rings.append(_Ring(x=x + radius, y=top + _WORDS_PX + radius, radius=radius))
        x += 2 * radius + _GAP_PX
        row = max(row, 2 * radius + _WORDS_PX)
    return rings, max(top + row + _GAP_PX, 40.0)


def _inside(
    ring: _Ring, members: list[int], ties: tuple[Tie, ...]
) -> dict[int, tuple[float, float]]:
    """Places of a group's members in its ring."""
    rank = {place: number for number, place in enumerate(members)}
    own = [(rank[tie.a], rank[tie.b]) for tie in ties if tie.a in rank and tie.b in rank]
    reach = ring.radius - 2 * _NODE_PX
    found = places(len(members), own)
    return {
        place: (ring.x + x * reach, ring.y + y * reach)
        for place, (x, y) in zip(members, found, strict=True)
    }


def _ring(group: int, name: str, ring: _Ring) -> str:
    return svg.element(
        "g",
        svg.element("circle", cx=ring.x, cy=ring.y, r=ring.radius, fill="#ffffff",
                    stroke=svg.FAINT, class_="ring"),
        svg.text(name, ring.x, ring.y - ring.radius - 5, text_anchor="middle", fill=svg.INK,
                 class_="ink"),
        class_="group", data_group=group,
    )  # fmt: skip


def _tie(tie: Tie, at: dict[int, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = at[tie.a], at[tie.b]
    return svg.element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=svg.CERTAIN,
        stroke_opacity=min(0.25 + 0.05 * tie.n_objects, 0.8),
        stroke_width=min(0.6 + 0.15 * tie.n_objects, 3.0),
        class_="edge", data_a=tie.a, data_b=tie.b, data_n=tie.n_objects,
    )  # fmt: skip


def _node(place: int, node: Node, at: tuple[float, float]) -> str:
    x, y = at
    title = svg.element("title", escape(node.label, quote=False))
    given = {"data_i": place, "data_group": node.group, "stroke": "#ffffff"}
    if node.is_page:
        return svg.element(
            "rect", title, x=x - _NODE_PX, y=y - _NODE_PX, width=2 * _NODE_PX,
            height=2 * _NODE_PX, fill="#8a3b12", class_="node page", **given,
        )  # fmt: skip
    return svg.element("circle", title, cx=x, cy=y, r=_NODE_PX, fill=svg.CERTAIN, class_="node",
                       **given)  # fmt: skip
