"""The page of counts, with what is uncertain drawn, and the files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from undersight.charts import bars
from undersight.charts.series import to_csv, to_vega_lite
from undersight.reports.counted import UNDATED, kinds_charts, months_chart, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.charts.series import Bar, Chart
    from undersight.reports.site.edition import Edition


def count_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the page of counts and the files beside it."""
    words = edition.words
    months = months_chart(words, "months", hrefs=edition.month_hrefs)
    shown = [
        standing(edition, months),
        *(_lying(edition, chart) for chart in kinds_charts(words)),
    ]
    shown = [chart for chart in shown if chart["bars"]]
    for chart in shown:
        yield from chart_files(chart)
    title = words.t("Counts")
    yield (
        "counts.html",
        edition.render("counts.html", "counts.html", title=title, charts=shown),
    )


def chart_files(shown: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield a chart as CSV, Vega-Lite and SVG."""
    base = shown["base"]
    yield f"{base}.csv", to_csv(shown["chart"])
    yield f"{base}.vl.json", to_vega_lite(shown["chart"], is_vertical=shown["is_vertical"])
    if shown["drawing"]:
        yield f"{base}.svg", f"{shown['drawing']}\n"


def standing(edition: Edition, chart: Chart) -> dict[str, Any]:
    """Return a chart of months as the template wants it."""
    drawn = chart.without(UNDATED)
    drawing = bars.columns(drawn, ticks(drawn, edition.lang)) if drawn.bars else ""
    return _ready(edition, chart, drawing, is_vertical=True)


def _lying(edition: Edition, chart: Chart) -> dict[str, Any]:
    drawing = bars.rows(chart) if chart.bars else ""
    return _ready(edition, chart, drawing, is_vertical=False)


def _ready(edition: Edition, chart: Chart, drawing: str, *, is_vertical: bool) -> dict[str, Any]:
    return {
        "chart": chart,
        "chart_id": chart.chart_id,
        "title": chart.title,
        "legend": chart.legend,
        "is_uncertain": chart.is_uncertain,
        "is_vertical": is_vertical,
        "drawing": Markup(drawing),  # noqa: S704 - our own drawing, escaped
        "base": f"counts/{chart.chart_id}",
        "bars": [_row(edition, bar, chart) for bar in chart.bars],
    }


def _row(edition: Edition, bar: Bar, chart: Chart) -> dict[str, Any]:
    is_there = bar.href in edition.hrefs or bar.href in edition.month_hrefs.values()
    return {
        "label": bar.label,
        "href": bar.href if is_there else "",
        "n_min": bar.n_min,
        "n_possible": bar.n_possible,
        "number": bars.number(bar),
        "people": _people(bar),
        "strip": Markup(bars.strip(bar, chart)),  # noqa: S704 - our own drawing
    }


def _people(bar: Bar) -> str:
    low, high = bar.n_people_min or 0, bar.n_people_max or 0
    if not high:
        return ""
    return str(low) if low == high else f"{low}–{high}"
