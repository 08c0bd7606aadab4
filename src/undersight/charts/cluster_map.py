"""Places for very many accounts in groups: each group a disc, its members a spiral inside.

Every place follows from sizes and order alone, in one pass: a hundred thousand accounts take no
longer than reading them, and the same run is drawn the same everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from undersight.charts import svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

_GOLDEN = math.pi * (3 - math.sqrt(5))
_ROOM = 1.3
_GAP = 2.0
_WIDTH_PX = 880.0
_MOST_HIGH_PX = 1200.0
_MARGIN_PX = 12.0
_LEAST_NAMED_PX = 18.0


@dataclass(frozen=True, slots=True)
class Disc:
    """Where a group stands.

    Attributes:
        x: Middle, in units of about one account's width.
        y: Middle, downwards.
        radius: Of the disc.
    """

    x: float
    y: float
    radius: float


def discs(sizes: Sequence[int]) -> list[Disc]:
    """Return a disc for each group, in rows from the left, none over another.

    Args:
        sizes: Accounts of each group, 0 or more.
    """
    radii = [math.sqrt(max(n, 1)) + 1.0 for n in sizes]
    area = sum((2 * radius + _GAP) ** 2 for radius in radii)
    width = max(math.sqrt(area) * _ROOM, *(2 * radius for radius in radii), 1.0) if radii else 1.0
    found: list[Disc] = []
    x, top, row = 0.0, 0.0, 0.0
    for radius in radii:
        if x and x + 2 * radius > width:
            x, top, row = 0.0, top + row + _GAP, 0.0
        found.append(Disc(round(x + radius, 3), round(top + radius, 3), round(radius, 3)))
        x += 2 * radius + _GAP
        row = max(row, 2 * radius)
    return found


def members(disc: Disc, n_members: int) -> npt.NDArray[np.float64]:
    """Return a place for each member of a group, evenly spread from the middle outwards.

    Args:
        disc: Where the group stands.
        n_members: How many there are.

    Returns:
        Shape (n_members, 2), rounded so that every machine places them the same.
    """
    import numpy as np

    steps = np.arange(n_members)
    away = (disc.radius - 0.7) * np.sqrt((steps + 0.5) / max(n_members, 1))
    angle = steps * _GOLDEN
    x, y = disc.x + away * np.cos(angle), disc.y + away * np.sin(angle)
    return np.round(np.stack([x, y], axis=1), 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group as a disc.

    Args:
        name: What it is called.
        told: The same with its size, for whoever points at it.
        n: Accounts.
        address: Where its page is; empty for none.
    """

    name: str
    told: str
    n: int
    address: str = ""


def drawing(
    groups: Sequence[Group],
    links: Sequence[tuple[int, int, int]],
    *,
    name: str,
    about: str,
    key: str,
) -> str:
    """Return groups as discs by size; a line joins two that share accounts.

    Args:
        groups: The groups, the largest first.
        links: Places of two groups and how many accounts they share.
        name: What it shows, in a few words.
        about: The same in a sentence.
        key: Part of the ids in it; unique on a page.
    """
    found = discs([one.n for one in groups])
    right = max((one.x + one.radius for one in found), default=1.0)
    bottom = max((one.y + one.radius for one in found), default=1.0)
    scale = min(
        (_WIDTH_PX - 2 * _MARGIN_PX) / right, (_MOST_HIGH_PX - 2 * _MARGIN_PX) / bottom, 24
    )
    at = [Disc(*(part * scale for part in (one.x, one.y, one.radius))) for one in found]
    children = [
        *(_link(at[a], at[b], n) for a, b, n in links),
        *(_group(one, disc) for one, disc in zip(groups, at, strict=True)),
    ]
    size = (_WIDTH_PX, max(bottom * scale + 2 * _MARGIN_PX, 40.0))
    return svg.picture(children, name=name, about=about, key=key, size=size)


def _link(one: Disc, other: Disc, n_shared: int) -> str:
    return svg.element(
        "line", x1=_MARGIN_PX + one.x, y1=_MARGIN_PX + one.y, x2=_MARGIN_PX + other.x,
        y2=_MARGIN_PX + other.y, stroke=svg.POSSIBLE, stroke_width=min(1 + n_shared / 5, 6.0),
        class_="edge",
    )  # fmt: skip


def _group(one: Group, disc: Disc) -> str:
    x, y = _MARGIN_PX + disc.x, _MARGIN_PX + disc.y
    parts = [
        svg.element("title", escape(one.told, quote=False)),
        svg.element("circle", cx=x, cy=y, r=disc.radius, fill="#e3edf0", stroke=svg.CERTAIN,
                    class_="disc"),
    ]  # fmt: skip
    if disc.radius >= _LEAST_NAMED_PX:
        words = one.name if disc.radius * 1.8 >= svg.width_of(one.name, 13) else str(one.n)
        parts.append(svg.text(words, x, y + 4, text_anchor="middle", fill=svg.INK, class_="ink"))
    drawn = svg.element("g", *parts)
    return svg.element("a", drawn, href=one.address) if one.address else drawn
