"""Places for very many accounts in groups: each group a disc, its members a spiral inside.

Every place follows from sizes and order alone, in one pass: a hundred thousand accounts take no
longer than reading them, and the same run is drawn the same everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GOLDEN = math.pi * (3 - math.sqrt(5))
_ROOM = 1.3
_GAP = 2.0


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


def members(disc: Disc, n_members: int) -> list[tuple[float, float]]:
    """Return a place for each member of a group, evenly spread from the middle outwards.

    Args:
        disc: Where the group stands.
        n_members: How many there are.
    """
    reach = disc.radius - 0.7
    places = []
    for step in range(n_members):
        away = reach * math.sqrt((step + 0.5) / n_members)
        angle = step * _GOLDEN
        places.append(
            (
                round(disc.x + away * math.cos(angle), 3),
                round(disc.y + away * math.sin(angle), 3),
            )
        )
    return places
