"""What a chart shows: bars with what is certain and what is only possible."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, replace
from typing import Any, Final

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar.

    Args:
        key: Stable id, such as ``2031-05``.
        label: Words for it.
        n_min: How many certainly belong here.
        n_max: How many certainly or possibly do.
        href: Page about it; empty if there is none.
        n_people_min: People certainly concerned; None where people are not counted.
        n_people_max: People certainly or possibly concerned.
    """

    key: str
    label: str
    n_min: int
    n_max: int
    href: str = ""
    n_people_min: int | None = None
    n_people_max: int | None = None

    @property
    def n_possible(self) -> int:
        """How many only possibly belong here."""
        return self.n_max - self.n_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """The words around the numbers, in the reader's language."""

    key: str
    certain: str
    possible: str
    people: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A counted thing.

    Args:
        chart_id: Name of its files and part of its ids.
        title: What is counted.
        about: A sentence or two for those who do not see it.
        legend: Words for the columns.
        bars: The bars, in the order they are shown.
    """

    chart_id: str
    title: str
    about: str
    legend: Legend
    bars: tuple[Bar, ...]

    @property
    def n_most(self) -> int:
        """The longest bar; 0 if there is none."""
        return max((bar.n_max for bar in self.bars), default=0)

    @property
    def is_uncertain(self) -> bool:
        """Whether any bar has a part that is only possible."""
        return any(bar.n_possible for bar in self.bars)

    def without(self, *keys: str) -> Chart:
        """Return the chart without some bars, such as the undated where months are drawn."""
        return replace(self, bars=tuple(bar for bar in self.bars if bar.key not in keys))


def to_csv(chart: Chart) -> str:
    """Return the numbers as CSV with a header; cells that a spreadsheet would run are quoted.

    Args:
        chart: The chart.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("key", "label", "n_min", "n_max", "n_people_min", "n_people_max"))
    for bar in chart.bars:
        people = ("" if n is None else n for n in (bar.n_people_min, bar.n_people_max))
        writer.writerow((_safe(bar.key), _safe(bar.label), bar.n_min, bar.n_max, *people))
    return buffer.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


def to_vega_lite(chart: Chart, *, is_vertical: bool) -> str:
    """Return the chart as a Vega-Lite specification with its numbers inside.

    Args:
        chart: The chart.
        is_vertical: Whether the bars stand.
    """
    values = [
        {"label": bar.label, "part": part, "n": n, "order": order}
        for bar in chart.bars
        for order, (part, n) in enumerate(
            ((chart.legend.certain, bar.n_min), (chart.legend.possible, bar.n_possible))
        )
        if n or not order
    ]
    labels: dict[str, Any] = {
        "field": "label",
        "type": "nominal",
        "sort": [bar.label for bar in chart.bars],
        "title": chart.legend.key,
    }
    number = {"field": "n", "type": "quantitative", "title": chart.title, "stack": "zero"}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": chart.title,
        "description": chart.about,
        "data": {"values": values},
        "mark": "bar",
        "encoding": {
            "x": labels if is_vertical else number,
            "y": number if is_vertical else labels,
            "color": {
                "field": "part",
                "type": "nominal",
                "title": None,
                "scale": {
                    "domain": [chart.legend.certain, chart.legend.possible],
                    "range": ["#1d4f60", "#7fa3ae"],
                },
            },
            "order": {"field": "order", "type": "quantitative"},
        },
    }
    return json.dumps(spec, ensure_ascii=False, indent=1) + "\n"
