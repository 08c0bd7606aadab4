"""What some work takes of the wall's clock and of the processors."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds on the wall and of the processors."""

    wall_s: float
    cpu_s: float


def cost_of(work: Callable[[], object]) -> Cost:
    """What some work takes, the programs that it starts included."""
    before, start_s = cpu_s(), time.perf_counter()
    work()
    return Cost(wall_s=time.perf_counter() - start_s, cpu_s=cpu_s() - before)


def cpu_s() -> float:
    """Seconds that this process and its ended children have computed."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)
