"""One look: one detector's view of the corpus at one window, from actions to groups.

Actions give edges; an edge counts where both nulls make it unlikely: presence (the same objects)
and synchrony (closer in time than the rhythm of those objects). Groups of significant edges are
tested again with their own rows left out of the baseline: an attack must not explain itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from undersight.detectors.testing import Scene, find_groups
from undersight.engine.background import Background
from undersight.engine.coaction import edges_between, prepare
from undersight.engine.coded_actions import CodedEdges
from undersight.engine.edge_tests import EdgeTester
from undersight.model.detection_run import Look

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from undersight.detectors.detector import CoActionDetector
    from undersight.detectors.group import Group
    from undersight.detectors.view_actions import ViewActions
    from undersight.engine.coaction import Prepared
    from undersight.engine.coding import Coded
    from undersight.model.detection_run import LookOutcome

    Codes = npt.NDArray[np.signedinteger[Any]]

MOST_PAIRS = 5_000_000_000
"""Pairs of actions that one look goes through: some ten minutes. Over it the look is refused."""
LEAST_OF_MOST_TIES = 8_000_000
"""Ties that one look tests in any case: some two gigabytes. Over it memory decides."""
BYTES_A_TIE = 200
"""What a tie takes until its communities are found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one look gave.

    Args:
        look: What was tried and counted; its findings are not known yet.
        groups: Groups that may be findings, the most accounts first.
        edges: Significant edges with their p and q, the columns of full edges first.
        resolution_us: The finest resolution among the rows, µs; None where there are none.
    """

    look: Look
    groups: tuple[Group, ...] = ()
    edges: pa.Table | None = None
    resolution_us: int | None = None


def look_at(
    detector: CoActionDetector,
    view: str,
    window_us: int,
    actions: ViewActions,
    planned: Callable[[str], object],
    progress: Callable[[str], object],
) -> Looked:
    """Look for groups in one view at one window.

    Args:
        detector: With its parameters.
        view: One of its views.
        window_us: One of its windows, µs.
        actions: The view's, as ``detector.actions`` opens them.
        planned: Called with how many actions take part and how many pairs of them it will go
            through, before it does.
        progress: Called with how far it is, every second or so.
    """
    counts = actions.counts(window_us)

    def done(outcome: LookOutcome, **rest: pa.Table | tuple[Group, ...]) -> Looked:
        look = Look(detector=detector.detector_id, view=view, window_us=window_us,
                    outcome=outcome, counts=dict(sorted(counts.items())))  # fmt: skip
        return Looked(look=look, resolution_us=actions.finest_us, **rest)

    if actions.is_too_large(window_us):
        return done("too-many-rows")
    coded, canonical = actions.coded(window_us)
    if not coded.n_actions and counts["n_rows_too_coarse"]:
        return done("window-below-resolution")
    prepared = prepare(coded, windows_us=(window_us,), min_objects=detector.min_objects,
                       columns="basic", backend="sweep",
                       progress=lambda n_done: progress(f"{n_done:,} pairs done"))  # fmt: skip
    (plan,) = prepared.plans
    if coded.n_actions:
        planned(f"{coded.n_actions:,} actions, {plan.n_pairs_planned:,} pairs")
    counts |= {"n_actions": coded.n_actions, "n_accounts": len(coded.account_names),
               "n_objects": len(coded.object_names), "n_pairs_planned": plan.n_pairs_planned,
               "n_same_account_pairs": plan.n_same_account_pairs,
               "n_same_post_pairs": plan.n_same_post_pairs}  # fmt: skip
    if counts["n_accounts"] < detector.min_accounts:
        return done("not-enough-data")
    edges = _edges(prepared, max(LEAST_OF_MOST_TIES, actions.bytes_left(window_us) // BYTES_A_TIE))
    del prepared  # what is sorted for the pairs is not needed any more
    if edges is None:
        return done("too-many-pairs")
    background = Background(canonical, window_us)
    tester = EdgeTester(
        background, detector.min_objects,
        lambda n_done, n_all: progress(f"{n_done:,} of {n_all:,} tests done"),
    )  # fmt: skip
    nulls = tester.rejections(edges, detector.max_q)
    counts |= {"n_edges": edges.n_objects.size, "n_tests": nulls.n_tests}
    progress(f"looking for groups among {counts['n_edges']:,} ties")
    scene = Scene(detector=detector, window_us=window_us, view_actions=actions,
                  names=coded.account_names, background=background,
                  n_tests=nulls.n_tests, progress=progress)  # fmt: skip
    groups, is_kept = find_groups(scene, edges, nulls, counts)
    told = _in_full(coded, edges.taking(is_kept), window_us, tester)
    for name in ("q_presence", "q_synchrony"):  # among all edges, not those that are kept
        q = pa.array(getattr(nulls, name).of(is_kept))
        told = told.set_column(told.schema.get_field_index(name), name, q)
    return done("looked", groups=groups, edges=told)


def _in_full(coded: Coded, kept: CodedEdges, window_us: int, tester: EdgeTester) -> pa.Table:
    """All columns of the edges that are told, by name."""
    told = edges_between(coded, (kept.account_a, kept.account_b), window_us)
    for name, values in tester.nulls(kept).columns().items():
        told = told.append_column(name, values)
    return told


def _edges(prepared: Prepared, most_ties: int) -> CodedEdges | None:
    """Find the ties; None where there are more than this machine should take."""
    (plan,) = prepared.plans
    if plan.n_pairs_planned > MOST_PAIRS and prepared.n_pairs_left(plan) > MOST_PAIRS:
        return None
    found: dict[str, list[Codes]] = {"account_a": [], "account_b": [], "n_objects": []}
    n_ties = 0
    for batch in prepared.run(plan):
        n_ties += batch.num_rows
        if n_ties > most_ties:
            return None
        for name, parts in found.items():
            parts.append(batch.column(name).to_numpy().astype(np.int32))
    nobody = [np.empty(0, np.int32)]
    columns = {name: np.concatenate(found.pop(name) or nobody) for name in tuple(found)}
    return CodedEdges(**columns)
