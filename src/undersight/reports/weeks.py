"""Hours of the week for a page: the drawing and the same numbers as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.charts.heatmap import Week, heatmap

if TYPE_CHECKING:
    from collections.abc import Callable


def week_view(
    key: str, title: str, counts: tuple[int, ...], t: Callable[[str], str]
) -> dict[str, Any]:
    """Return title, drawing and rows of 168 counts.

    Args:
        key: Part of the ids in the drawing; unique on a page.
        title: What is counted.
        counts: By hour of week, Monday 0 h first.
        t: Translates an English message.
    """
    week = Week(
        chart_id=key,
        title=title,
        about=t("Darker cells are hours of the week with more of them; times are UTC."),
        days=day_names(t),
        counts=counts,
    )
    rows = [(name, week.row(place)) for place, name in enumerate(week.days)]
    return {"title": title, "svg": heatmap(week), "rows": rows}


def day_names(t: Callable[[str], str]) -> tuple[str, ...]:
    """Return the short names of the days, Monday first."""
    return (t("Mon"), t("Tue"), t("Wed"), t("Thu"), t("Fri"), t("Sat"), t("Sun"))
