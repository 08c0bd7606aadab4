"""Counts by month, act, place, article and platform, drawn with what is uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from undersight.charts import bars
from undersight.charts.series import Bar, Chart, Legend, to_csv, to_vega_lite
from undersight.model.derived.counts import (
    UNDATED,
    by_act_type,
    by_month,
    by_place,
    by_platform,
    by_provision,
)
from undersight.presentation.phrases import citation
from undersight.reports.site.listing import group_name
from undersight.reports.site.plan import place_href
from undersight.text.date_words import month_name, short_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.model.derived.counts import Tally
    from undersight.model.records import Act
    from undersight.reports.site.edition import Edition


def count_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the page of counts and the files beside it."""
    t = edition.words.t
    charts = [months_chart(edition, "months")]
    charts += [_listed(edition, *one) for one in _kinds(edition)]
    shown = [chart for chart in charts if chart["bars"]]
    for chart in shown:
        drawn, base = chart["chart"], f"counts/{chart['chart'].chart_id}"
        vertical = chart["is_vertical"]
        yield f"{base}.csv", to_csv(drawn)
        yield f"{base}.vl.json", to_vega_lite(drawn, is_vertical=vertical)
        yield f"{base}.svg", str(chart["drawing"]) + "\n"
    yield (
        "counts.html",
        edition.render("counts.html", "counts.html", title=t("Counts"), charts=shown),
    )


def months_chart(
    edition: Edition, chart_id: str, acts: Iterable[Act] | None = None
) -> dict[str, Any]:
    """Return acts by month, ready for the template.

    Args:
        edition: The language.
        chart_id: Name of its files.
        acts: What to count; everything if not given.
    """
    words = edition.words
    tallies = by_month(edition.dossier, acts)
    dated = [tally for tally in tallies if tally.key != UNDATED]
    chart = Chart(
        chart_id=chart_id,
        title=words.t("Acts by month"),
        about=_months_in_words(edition, dated),
        legend=_legend(edition, words.t("Month")),
        bars=tuple(
            Bar(
                key=tally.key or "undated",
                label=group_name(tally.key, words),
                n_min=tally.n_min,
                n_max=tally.n_max,
                href=edition.month_hrefs.get(tally.key, ""),
                n_people_min=tally.n_people_min,
                n_people_max=tally.n_people_max,
            )
            for tally in tallies
        ),
    )
    drawn = Chart(
        chart_id=chart.chart_id, title=chart.title, about=chart.about, legend=chart.legend,
        bars=tuple(bar for bar in chart.bars if bar.key != "undated"),
    )  # fmt: skip
    drawing = bars.columns(drawn, _ticks(dated, words.lang)) if drawn.bars else ""
    return _ready(chart, drawing, is_vertical=True)


def _months_in_words(edition: Edition, dated: list[Tally]) -> str:
    t = edition.words.t
    if not dated:
        return ""
    most = max(dated, key=lambda tally: (tally.n_max, tally.key))
    return t("From {first} to {last}; most in {month}: {n}.").format(
        first=month_name(dated[0].key, edition.lang),
        last=month_name(dated[-1].key, edition.lang),
        month=month_name(most.key, edition.lang),
        n=most.n_min if most.n_min == most.n_max else f"{most.n_min}–{most.n_max}",
    )


def _ticks(dated: list[Tally], lang: str) -> tuple[bars.Tick, ...]:
    """Return months under the bars: each of a short chart, the years of a long one."""
    is_short = len(dated) <= 36
    ticks = []
    for index, tally in enumerate(dated):
        is_january = tally.key.endswith("-01")
        year = tally.key[:4] if index == 0 or is_january else ""
        if is_short:
            ticks.append(bars.Tick(index=index, label=short_month(tally.key, lang), below=year))
        elif is_january:
            ticks.append(bars.Tick(index=index, label=tally.key[:4]))
    return tuple(ticks)


def _kinds(edition: Edition) -> tuple[tuple[str, str, str, tuple[Tally, ...]], ...]:
    t, dossier = edition.words.t, edition.dossier
    return (
        ("acts", t("By kind of act"), t("Act"), by_act_type(dossier)),
        ("places", t("By place"), t("Place"), by_place(dossier)),
        ("articles", t("By article"), t("Article"), by_provision(dossier)),
        ("platforms", t("By platform"), t("Platform"), by_platform(dossier)),
    )


def _listed(
    edition: Edition, chart_id: str, title: str, key: str, tallies: tuple[Tally, ...]
) -> dict[str, Any]:
    found = []
    for tally in tallies:
        label, href = _label(edition, chart_id, tally.key)
        found.append(
            Bar(
                key=tally.key,
                label=label,
                n_min=tally.n_min,
                n_max=tally.n_max,
                href=href if href in edition.hrefs else "",
                n_people_min=tally.n_people_min,
                n_people_max=tally.n_people_max,
            )
        )
    found.sort(key=lambda bar: (-bar.n_max, -bar.n_min, bar.label, bar.key))
    about = ", ".join(f"{bar.label}: {bars.number(bar)}" for bar in found[:5])
    chart = Chart(
        chart_id=chart_id,
        title=title,
        about=about,
        legend=_legend(edition, key),
        bars=tuple(found),
    )
    return _ready(chart, bars.rows(chart) if found else "", is_vertical=False)


def _label(edition: Edition, chart_id: str, key: str) -> tuple[str, str]:
    """Return the words for what is counted, and its page."""
    words = edition.words
    if chart_id == "acts":
        return words.term("act_type", key), f"act/{key}.html"
    if chart_id == "platforms":
        return words.term("platform", key), ""
    if chart_id == "articles":
        shown = citation(edition.dossier.provision(key), words.t("not public"), words)
        return shown, f"article/{key}.html"
    if not key:
        return words.t("place not known"), ""
    name = words.t("online") if key == "online" else key
    if key == edition.dossier.masthead.jurisdiction:
        name = words.t("whole country")
    return name, place_href(key)


def _legend(edition: Edition, key: str) -> Legend:
    t = edition.words.t
    return Legend(key=key, certain=t("certain"), possible=t("possible"))


def _ready(chart: Chart, drawing: str, *, is_vertical: bool) -> dict[str, Any]:
    """Return a chart as the template wants it."""
    return {
        "chart": chart,
        "chart_id": chart.chart_id,
        "title": chart.title,
        "legend": chart.legend,
        "is_uncertain": chart.is_uncertain,
        "is_vertical": is_vertical,
        "drawing": Markup(drawing),  # noqa: S704 - our own drawing, escaped
        "base": f"counts/{chart.chart_id}",
        "bars": [
            {
                "label": bar.label,
                "href": bar.href,
                "n_min": bar.n_min,
                "n_possible": bar.n_possible,
                "number": bars.number(bar),
                "people": _people(bar),
                "strip": Markup(bars.strip(bar, chart)),  # noqa: S704 - our own drawing
            }
            for bar in chart.bars
        ],
    }


def _people(bar: Bar) -> str:
    low, high = bar.n_people_min or 0, bar.n_people_max or 0
    if not high:
        return ""
    return str(low) if low == high else f"{low}–{high}"
