"""How far apart acts on one thing lie, and how many pairs a window would give: before any run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from undersight.charts.bars import Tick, columns
from undersight.charts.series import Bar, Chart, Legend
from undersight.engine.coaction import prepare
from undersight.errors import EmptyCorpusError
from undersight.i18n import translator
from undersight.workbench import detection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.engine.coded_actions import CodedActions
    from undersight.workbench.session import Workspace

EDGES_S = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 10_800, 43_200, 86_400, 604_800)
"""Upper ends of the bars, seconds."""
WINDOWS_S = (10, 30, 60, 120, 300, 600, 1800, 3600)
"""Windows whose pairs are counted, seconds."""
_US = 1_000_000


def count(workspace: Workspace, detector_id: str, view: str) -> dict[str, Any]:
    """Return the distances between neighbouring acts on one thing, and pairs by window, as JSON.

    Only acts of two accounts count. No pair is made and nothing is tested.

    Args:
        workspace: Open.
        detector_id: Which acts.
        view: What counts as the same thing.

    Raises:
        EmptyCorpusError: Nothing is loaded.
        UnknownDetectorError: No such detector.
        InvalidParameterError: It has no such view.
    """
    (detector,) = detection.asked([detector_id], assignments=[f"views={view}"])
    with workspace.corpus.connection() as connection:
        actions = detector.actions(connection, view)
        coded, in_order = actions.coded(max(EDGES_S) * _US)
        finest_us, n_rows = actions.finest_us, actions.counts(0)["n_rows"]
    if not n_rows:
        raise EmptyCorpusError
    bins, n_gaps = _bins(in_order)
    windows_us = tuple(one * _US for one in WINDOWS_S)
    plans = prepare(coded, windows_us=windows_us, min_objects=detector.min_objects).plans
    return {
        "detector": detector_id,
        "view": view,
        "corpus_digest": workspace.corpus.digest(),
        "n_actions": coded.n_actions,
        "n_gaps": n_gaps,
        "finest_us": finest_us,
        "bins": bins,
        "windows": [
            {"window_s": one.window_us // _US, "n_pairs": one.n_pairs_planned} for one in plans
        ],
    }


def _bins(actions: CodedActions) -> tuple[list[int], int]:
    """How many gaps lie within each bar and above the one before, and how many there are."""
    is_gap = (np.diff(actions.object) == 0) & (np.diff(actions.account) != 0)
    gap_us = np.diff(actions.time_us)[is_gap]
    edges_us = np.array(EDGES_S, np.int64) * _US
    bar = np.searchsorted(edges_us, gap_us, side="left")
    return np.bincount(bar, minlength=edges_us.size)[: edges_us.size].tolist(), gap_us.size


def drawing(counted: Mapping[str, Any], lang: str = "en") -> str:
    """Return the distances as standing bars.

    Args:
        counted: As `count` gave it.
        lang: Language of the words.
    """
    t = translator(lang).gettext
    bars = tuple(
        Bar(key=str(edge), label=short(edge, lang), n_min=n, n_max=n)
        for edge, n in zip(EDGES_S, counted["bins"], strict=True)
    )
    chart = Chart(
        chart_id="gaps",
        title=t("Time between neighbouring acts on one thing"),
        about=t("How often two accounts acted on one thing one after the other, by the time that "
                "lay between."),
        legend=Legend(key=t("up to"), certain=t("times"), possible=""),
        bars=bars,
    )  # fmt: skip
    ticks = tuple(Tick(index=at, label=bars[at].label) for at in range(0, len(bars), 2))
    return columns(chart, ticks)


def short(seconds: float, lang: str = "en") -> str:
    """Return a span as ``30 s``, ``5 min``, ``2 h`` or ``7 d``, short enough to stand under a bar.

    Args:
        seconds: How long, s.
        lang: Language of the unit.
    """
    t = translator(lang).gettext
    units = ((86_400, t("{n} d")), (3600, t("{n} h")), (60, t("{n} min")))
    for size, words in units:
        if seconds >= size and seconds % size == 0:
            return words.format(n=f"{seconds // size:g}")
    return t("{n} s").format(n=f"{seconds:g}")
