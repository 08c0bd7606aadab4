"""Counts as charts: each a drawing and the same numbers as rows."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.casebook.act_facts import COUNTED_KINDS, count_acts
from undersight.casebook.remembered import remembered
from undersight.charts import bars
from undersight.charts.series import to_csv
from undersight.model.derived.act_facts import BY_MONTH, CHARTS
from undersight.model.dossier import Dossier
from undersight.presentation.presenter import Presenter
from undersight.reports.counted import UNDATED, kinds_charts, months_chart, ticks

if TYPE_CHECKING:
    from undersight.charts.series import Chart
    from undersight.model.derived.counts import Tally
    from undersight.workbench.session import Workspace

_COUNTING = threading.Lock()
"""Counts are brought up to date in place: one request at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One chart.

    Args:
        chart_id: Its id.
        title: What is counted.
        drawing: SVG, escaped; empty where there is nothing to draw.
        rows: Label, certain, possible.
        key: What the labels are.
        is_uncertain: Whether any number is only possible.
    """

    chart_id: str
    title: str
    drawing: str
    rows: tuple[tuple[str, int, int], ...]
    key: str
    is_uncertain: bool


def counted(workspace: Workspace, *, lang: str) -> tuple[Counted, ...]:
    """Return what the casebook counts, by month, act, place, article and platform."""
    months, kinds = _charts(workspace, lang)
    dated = months.without(UNDATED)
    drawing = bars.columns(dated, ticks(dated, lang)) if dated.bars else ""
    drawn = [(months, drawing), *((one, bars.rows(one) if one.bars else "") for one in kinds)]
    return tuple(
        Counted(
            chart_id=chart.chart_id,
            title=chart.title,
            drawing=svg,
            rows=tuple((bar.label, bar.n_min, bar.n_possible) for bar in chart.bars),
            key=chart.legend.key,
            is_uncertain=chart.is_uncertain,
        )
        for chart, svg in drawn
        if chart.bars
    )


def as_csv(workspace: Workspace, chart_id: str, *, lang: str) -> str:
    """Return one chart's numbers as CSV; empty where there is no such chart."""
    months, kinds = _charts(workspace, lang)
    found = [chart for chart in (months, *kinds) if chart.chart_id == chart_id]
    return to_csv(found[0]) if found else ""


def _charts(workspace: Workspace, lang: str) -> tuple[Chart, tuple[Chart, ...]]:
    tallies = _tallies(workspace)
    provisions = workspace.casebook.all("provision")
    dossier = Dossier(
        masthead=workspace.masthead(),
        records=provisions,
        as_of=workspace.today,
        audience="internal",
    )
    words = Presenter(dossier, lang)
    return months_chart(words, "months", tallies=tallies[BY_MONTH]), kinds_charts(words, tallies)


def _tallies(workspace: Workspace) -> dict[str, tuple[Tally, ...]]:
    with _COUNTING:
        made = remembered(workspace.casebook, "act-counts", COUNTED_KINDS, count_acts)
        return {chart: made.counts.tallies(chart) for chart in CHARTS}
