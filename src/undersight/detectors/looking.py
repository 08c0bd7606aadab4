"""One look: one detector's view of the corpus at one window, from actions to groups.

Actions give edges; an edge counts where both nulls make it unlikely: presence (the same objects)
and synchrony (closer in time than the rhythm of those objects). Groups of significant edges are
tested again with their own rows left out of the baseline: an attack must not explain itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from undersight.detectors.testing import Scene, find_groups
from undersight.engine.coaction import prepare
from undersight.engine.coded_actions import code_edges, from_coded
from undersight.engine.coding import code_actions
from undersight.engine.edge_output import named, to_table
from undersight.engine.nulls import edge_nulls
from undersight.model.detection_run import Look

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from undersight.detectors.detector import CoActionDetector
    from undersight.detectors.group import Group
    from undersight.engine.coaction import Prepared
    from undersight.model.detection_run import LookOutcome

MOST_PAIRS = 5_000_000_000
"""Pairs of actions that one look goes through: some ten minutes. Over it the look is refused."""
MOST_TIES = 8_000_000
"""Ties that one look tests: some four gigabytes. Over it the look is given up."""


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
    table: pa.Table,
    planned: Callable[[int], object] = id,
) -> Looked:
    """Look for groups in one view at one window.

    Args:
        detector: With its parameters.
        view: One of its views.
        window_us: One of its windows, µs.
        table: The view's actions, as ``detector.actions`` gives them.
        planned: Called with the number of pairs that it will go through, before it does.
    """
    fine, counts = _fine_rows(table, window_us)
    resolution = _finest(table)

    def done(outcome: LookOutcome, **rest: pa.Table | tuple[Group, ...]) -> Looked:
        look = Look(detector=detector.detector_id, view=view, window_us=window_us,
                    outcome=outcome, counts=dict(sorted(counts.items())))  # fmt: skip
        return Looked(look=look, resolution_us=resolution, **rest)

    if table.num_rows and not fine.num_rows and counts["n_rows_too_coarse"]:
        return done("window-below-resolution")
    prepared = prepare(fine, windows_us=(window_us,), min_objects=detector.min_objects)
    planned(prepared.plans[0].n_pairs_planned)
    counts |= {
        "n_actions": fine.num_rows,
        "n_accounts": int(pc.count_distinct(fine.column("account")).as_py()),
        "n_objects": int(pc.count_distinct(fine.column("object")).as_py()),
        "n_pairs_planned": prepared.plans[0].n_pairs_planned,
        "n_same_account_pairs": prepared.plans[0].n_same_account_pairs,
        "n_same_post_pairs": prepared.plans[0].n_same_post_pairs,
    }
    if counts["n_accounts"] < detector.min_accounts:
        return done("not-enough-data")
    edges = _edges(prepared)
    if edges is None:
        return done("too-many-pairs")
    counts["n_edges"] = edges.num_rows
    coded = code_actions(fine)
    actions = from_coded(coded)
    nulls = edge_nulls(actions, code_edges(edges, coded.account_names), window_us,
                       min_objects=detector.min_objects)  # fmt: skip
    counts["n_tests"] = nulls.n_tests
    scene = Scene(detector=detector, window_us=window_us, table=fine,
                  names=coded.account_names, actions=actions, n_tests=nulls.n_tests)  # fmt: skip
    for name, values in nulls.columns().items():
        edges = edges.append_column(name, values)
    groups, significant = find_groups(scene, edges, counts)
    return done("looked", groups=groups, edges=significant)


def _edges(prepared: Prepared) -> pa.Table | None:
    """Find the ties; None where there are more than one machine should take."""
    (plan,) = prepared.plans
    if plan.n_pairs_planned > MOST_PAIRS:
        return None
    batches, n_ties = [], 0
    for batch in prepared.run(plan):
        n_ties += batch.num_rows
        if n_ties > MOST_TIES:
            return None
        batches.append(named(batch, prepared.names))
    return to_table(batches, prepared.columns)


def _fine_rows(table: pa.Table, window_us: int) -> tuple[pa.Table, dict[str, int]]:
    """Rows with account and time, fine enough for the window; the rest are counted."""
    resolution = pc.fill_null(table.column("resolution_us"), 1)
    is_coarse = pc.greater(resolution, max(window_us, 1))
    has_account = pc.is_valid(table.column("account"))
    has_time = pc.is_valid(table.column("time_us"))
    counts = {
        "n_rows": table.num_rows,
        "n_rows_without_account": _n_true(pc.invert(has_account)),
        "n_rows_without_time": _n_true(pc.invert(has_time)),
        "n_rows_too_coarse": _n_true(is_coarse),
    }
    kept = pc.and_(pc.and_(has_account, has_time), pc.invert(is_coarse))
    columns = ["account", "object", "post", "time_us", "target"]
    return table.filter(kept).select(columns), counts


def _n_true(flags: pa.ChunkedArray) -> int:
    return int(pc.sum(flags).as_py() or 0)


def _finest(table: pa.Table) -> int | None:
    finest = pc.min(table.column("resolution_us")).as_py()
    return None if finest is None else int(finest)
