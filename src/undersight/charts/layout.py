"""Places for the nodes of a small network: those with ties near, all apart, always the same.

Fruchterman & Reingold, "Graph drawing by force-directed placement", 1991, on a start that is not
random: a spiral in the order given. Sums run over rows one after the other and places are rounded
at each step, so that every machine draws the same.
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_N_STEPS = 120
_DIGITS = 6
_GOLDEN = math.pi * (3 - math.sqrt(5))


def places(n_nodes: int, ties: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """Return a place for each node in the disc of radius 1 around (0, 0).

    Args:
        n_nodes: 0 to some hundreds: every pair of nodes is looked at in every step.
        ties: Pairs of nodes that are drawn together.
    """
    return list(_places(n_nodes, tuple(ties)))


@functools.lru_cache(maxsize=256)  # groups of the runs that are looked at
def _places(n_nodes: int, ties: tuple[tuple[int, int], ...]) -> tuple[tuple[float, float], ...]:
    if n_nodes < 2:
        return ((0.0, 0.0),) * n_nodes
    steps = np.arange(n_nodes)
    reach = np.sqrt((steps + 0.5) / n_nodes)
    at = np.stack([reach * np.cos(steps * _GOLDEN), reach * np.sin(steps * _GOLDEN)], axis=1)
    tied = np.zeros((n_nodes, n_nodes))
    for a, b in ties:
        tied[a, b] = tied[b, a] = 1.0
    room = math.sqrt(math.pi / n_nodes)
    for step in range(_N_STEPS):
        at = _moved(at, tied, room, heat=0.25 * (1 - step / _N_STEPS) ** 2)
    return tuple(_in_disc(at))


def _moved(at: Floats, tied: Floats, room: float, heat: float) -> Floats:
    """One step: all push each other away, ties pull together, the middle holds them."""
    across, down = (part[:, None] - part[None, :] for part in (at[:, 0], at[:, 1]))
    distance = np.sqrt(across**2 + down**2)
    np.fill_diagonal(distance, 1.0)
    np.maximum(distance, 1e-3, out=distance)
    strength = room * room / distance - tied * distance * distance / room
    # Summed over the first axis: row after row, in the same order everywhere.
    push = -np.stack(
        [np.add.reduce(part / distance * strength, axis=0) for part in (across, down)], axis=1
    )
    push -= at * room
    length = np.maximum(np.sqrt(push[:, 0] ** 2 + push[:, 1] ** 2), 1e-9)
    step = push / length[:, None] * np.minimum(length, heat)[:, None]
    moved: Floats = np.round(at + step, _DIGITS)
    return moved


def _in_disc(at: Floats) -> list[tuple[float, float]]:
    middle = (at.min(axis=0) + at.max(axis=0)) / 2
    away = at - middle
    farthest = float(np.sqrt(away[:, 0] ** 2 + away[:, 1] ** 2).max()) or 1.0
    return [(round(float(x) / farthest, 4), round(float(y) / farthest, 4)) for x, y in away]
