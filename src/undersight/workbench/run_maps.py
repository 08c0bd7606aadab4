"""A run's accounts as places to draw: groups as discs, the accounts of a group on demand.

Places follow from sizes, ties and masked labels alone: the same run is drawn the same everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from undersight.charts.cluster_map import discs, members
from undersight.charts.layout import places
from undersight.i18n import translator
from undersight.workbench import run_index
from undersight.workbench.masking import LABELS

if TYPE_CHECKING:
    from undersight.charts.cluster_map import Disc
    from undersight.workbench.run_index import Labels, Numbers, RunIndex
    from undersight.workbench.session import Workspace

MOST_TIES_SENT = 20_000
_MOST_PULLED = 120
"""Accounts of one group whose ties pull them together; more stand in a spiral."""
_MOST_PULLED_GROUPS = 60
"""Groups of a run that is drawn so; where there are more, all stand in spirals."""
_UNIT = 100
"""Places are sent in hundredths."""


def map_of(workspace: Workspace, named: str, *, lang: str) -> dict[str, Any]:
    """Return the groups of a run as discs, and how many accounts two of them share, as JSON.

    Args:
        workspace: Open.
        named: The run's id or its beginning.
        lang: Language of the labels.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = run_index.stored_run(workspace, named)
    ordered = run_index.in_order(stored.findings)
    t = translator(lang).gettext
    found = discs([len(one.accounts) for one in ordered])
    return {
        "clusters": [
            {"x": disc.x, "y": disc.y, "r": disc.radius, "n": len(one.accounts),
             "label": t("group {number}").format(number=place + 1),
             "finding": one.finding_id, "verdict": one.verdict}
            for place, (one, disc) in enumerate(zip(ordered, found, strict=True))
        ],
        "links": [list(one) for one in run_index.index_of(workspace, stored).links],
        "kinds": [t(one) for one in LABELS.values()],
    }  # fmt: skip


def cluster_of(workspace: Workspace, named: str, place: int) -> dict[str, Any]:
    """Return one group of a run's map: accounts by kind and masked number, and their ties.

    Places are in hundredths of the map's unit; ``ties`` holds pairs of places in the lists, the
    strongest first, and how many objects they share.

    Args:
        workspace: Open.
        named: The run's id or its beginning.
        place: Number of the group on the map, from 0.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = run_index.stored_run(workspace, named)
    index = run_index.index_of(workspace, stored)
    if not 0 <= place < len(index.members):
        return {"x": [], "y": [], "kind": [], "number": [], "ties": [], "n_ties": 0}
    disc = discs([len(one) for one in index.members])[place]
    labels = run_index.labels_of(workspace, stored)
    return _cluster(index, place, disc, labels)


def clusters_of(workspace: Workspace, named: str, first: int, n: int) -> list[dict[str, Any]]:
    """Return several groups of a run's map, as `cluster_of` returns one.

    Args:
        workspace: Open.
        named: The run's id or its beginning.
        first: Number of the first, from 0.
        n: How many.

    Raises:
        UnknownRunError: No such run.
        RunDamagedError: It is not as it was written.
    """
    stored = run_index.stored_run(workspace, named)
    index = run_index.index_of(workspace, stored)
    found = discs([len(one) for one in index.members])
    labels = run_index.labels_of(workspace, stored)
    return [
        _cluster(index, place, found[place], labels)
        for place in range(first, min(first + n, len(found)))
    ]


def _cluster(index: RunIndex, place: int, disc: Disc, labels: Labels) -> dict[str, Any]:
    group = index.members[place]
    kinds, numbers = labels.kinds[group], labels.numbers[group]
    order = np.lexsort((numbers, kinds))
    a, b, n = index.ties_among(group[order], place)
    is_pulled = len(group) <= _MOST_PULLED and len(index.members) <= _MOST_PULLED_GROUPS
    at = _spots(disc, len(group), (a, b), is_pulled=is_pulled)
    sent = np.stack([a, b, n], axis=1)[:MOST_TIES_SENT]
    return {
        "x": at[:, 0].tolist(), "y": at[:, 1].tolist(), "kind": kinds[order].tolist(),
        "number": numbers[order].tolist(), "ties": sent.reshape(-1).tolist(), "n_ties": len(a),
    }  # fmt: skip


def _spots(
    disc: Disc, n_members: int, ties: tuple[Numbers, Numbers], *, is_pulled: bool
) -> Numbers:
    """Places in hundredths: a few are pulled by ties, of many the most tied are in the middle."""
    a, b = ties
    if is_pulled:
        pulled = np.array(places(n_members, list(zip(a.tolist(), b.tolist(), strict=True))))
        at = np.array([disc.x, disc.y]) + pulled * (disc.radius - 0.7)
    else:
        n_ties = np.bincount(np.concatenate([a, b]), minlength=n_members)
        at = np.empty((n_members, 2))
        at[np.argsort(-n_ties, kind="stable")] = members(disc, n_members)
    return np.round(_UNIT * at).astype(np.int64)
