"""Both nulls of every edge of a look: in full for some, and which ones are rejected for all.

Of millions of edges only those that presence may reject are worked out to the end, a part of
them at a time: memory is that of the edges and of one part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from undersight.engine.background import Background
from undersight.engine.multiplicity import benjamini_hochberg, n_possible_pairs
from undersight.engine.nulls import PresenceModel, SynchronyModel, synchrony

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from undersight.engine.coded_actions import CodedActions, CodedEdges, Flags, Ints
    from undersight.engine.nulls import PresenceNull, SynchronyNull
    from undersight.engine.strata import StrataKind

    Floats = npt.NDArray[np.float64]

_PART_EDGES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EdgeNulls:
    """Both nulls of the edges of one run.

    Args:
        hour_of_week: Presence with hours of the week as strata.
        block: Presence with absolute blocks as strata.
        synchrony: Synchrony.
        n_tests: m, the pairs that were looked at; q counts those without an edge as p = 1.
    """

    hour_of_week: PresenceNull
    block: PresenceNull
    synchrony: SynchronyNull
    n_tests: int

    @property
    def p_presence(self) -> Floats:
        """The larger of the two presence p-values: both must be small."""
        return np.maximum(self.hour_of_week.p, self.block.p)

    @property
    def q_presence(self) -> Floats:
        """False discovery rate of presence over all pairs looked at."""
        return benjamini_hochberg(self.p_presence, self.n_tests)

    @property
    def q_synchrony(self) -> Floats:
        """False discovery rate of synchrony over all pairs looked at."""
        return benjamini_hochberg(self.synchrony.p, self.n_tests)

    def columns(self) -> dict[str, pa.Array]:
        """Return one Arrow column for each figure, in the order of the edges."""
        values = {
            "mu_presence_hour_of_week": self.hour_of_week.mu,
            "lambda_presence_hour_of_week": self.hour_of_week.lambda_,
            "p_presence_hour_of_week": self.hour_of_week.p,
            "mu_presence_block": self.block.mu,
            "lambda_presence_block": self.block.lambda_,
            "p_presence_block": self.block.p,
            "p_presence": self.p_presence,
            "q_presence": self.q_presence,
            "lambda_synchrony": self.synchrony.lambda_,
            "p_synchrony": self.synchrony.p,
            "q_synchrony": self.q_synchrony,
            "is_synchrony_testable": self.synchrony.is_testable,
        }
        return {name: pa.array(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LowRates:
    """False discovery rates by edge; those of 1, nearly all, are not held.

    Args:
        n_edges: All edges.
        place: int64, which edges have one under 1, rising.
        q: float64 by place.
    """

    n_edges: int
    place: Ints
    q: Floats

    def are_at_most(self, max_q: float) -> Flags:
        """Say by edge whether its rate is no larger than one under 1."""
        is_low = np.zeros(self.n_edges, np.bool_)
        is_low[self.place[self.q <= max_q]] = True
        return is_low

    def of(self, is_kept: Flags) -> Floats:
        """Return the rates of some of the edges, by bool."""
        q = np.ones(int(np.count_nonzero(is_kept)))
        is_there = is_kept[self.place]
        q[np.searchsorted(np.flatnonzero(is_kept), self.place[is_there])] = self.q[is_there]
        return q


def _low_rates(p: Floats, n_tests: int) -> LowRates:
    q = benjamini_hochberg(p, n_tests)
    place = np.flatnonzero(q < 1)
    return LowRates(n_edges=p.size, place=place, q=q[place])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EdgeRejections:
    """Which edges of a look the nulls reject.

    Args:
        q_presence: By edge; exact up to the q asked for, and may be told too large over it,
            where no edge is rejected.
        q_synchrony: The same of synchrony.
        n_tests: m, as in `EdgeNulls`.
    """

    q_presence: LowRates
    q_synchrony: LowRates
    n_tests: int


def edge_nulls(
    actions: CodedActions, edges: CodedEdges, window_us: int, *, min_objects: int = 1
) -> EdgeNulls:
    """Test every edge under both nulls.

    Args:
        actions: All actions that the edges were found among.
        edges: Pairs with the number of distinct objects co-acted on.
        window_us: The window they were found with, µs, inclusive.
        min_objects: Edges with fewer distinct objects were not looked at.
    """
    return EdgeTester(Background(actions, window_us), min_objects).nulls(edges)


class EdgeTester:
    """What decides of the edges of one look.

    Args:
        background: All actions that the edges were found among, and their window.
        min_objects: Edges with fewer distinct objects were not looked at.
        progress: Called with how many tests are done and how many there may be.
    """

    def __init__(
        self,
        background: Background,
        min_objects: int,
        progress: Callable[[int, int], object] | None = None,
    ) -> None:
        self._background, self._progress = background, progress
        self._n_tests = n_possible_pairs(background.actions, min_objects)
        self._n_all = 0

    def nulls(self, edges: CodedEdges) -> EdgeNulls:
        """Test some edges under both nulls."""
        every = self._background
        return EdgeNulls(
            hour_of_week=PresenceModel(every, edges, every.strata("hour-of-week")).test(edges),
            block=PresenceModel(every, edges, every.strata("block")).test(edges),
            synchrony=synchrony(every.actions, edges, every.window_us),
            n_tests=self._n_tests,
        )

    def rejections(self, edges: CodedEdges, max_q: float) -> EdgeRejections:
        """Say which edges are rejected, as `edge_nulls` of all of them would.

        Args:
            edges: All edges of the look.
            max_q: The largest q that rejects, under 1.
        """
        n_edges = self._n_all = edges.n_objects.size
        # Of n edges the largest p that Benjamini and Hochberg may reject is max_q · n / m.
        most_p = max_q * n_edges / max(self._n_tests, n_edges, 1)
        p = self._presence(edges, "hour-of-week", most_p, 0)
        # Both strata must reject: what the first lets go needs no second.
        open_edges = np.flatnonzero(p <= most_p)
        p[open_edges] = np.maximum(
            p[open_edges], self._presence(edges.taking(open_edges), "block", most_p, n_edges)
        )
        q_presence = _low_rates(p, self._n_tests)
        every = self._background
        timed = SynchronyModel(every.actions, edges, every.window_us)
        self._fill(p, edges, lambda part: timed.test(part, most_p).p, 2 * n_edges)
        return EdgeRejections(
            q_presence=q_presence,
            q_synchrony=_low_rates(p, self._n_tests),
            n_tests=self._n_tests,
        )

    def _presence(self, edges: CodedEdges, kind: StrataKind, most_p: float, n_done: int) -> Floats:
        model = PresenceModel(self._background, edges, self._background.strata(kind))
        p = np.ones(edges.n_objects.size)
        self._fill(p, edges, lambda part: model.test(part, most_p).p, n_done)
        return p

    def _fill(
        self, p: Floats, edges: CodedEdges, test: Callable[[CodedEdges], Floats], n_done: int
    ) -> None:
        """Test part by part, and say how far it is."""
        for start in range(0, p.size, _PART_EDGES):
            part = slice(start, min(start + _PART_EDGES, p.size))
            p[part] = test(edges.between(part))
            if self._progress is not None:
                self._progress(n_done + part.stop, 3 * self._n_all)
