"""Hours of the week: each hour at its place, the fullest the darkest."""

from __future__ import annotations

import re

from undersight.charts.heatmap import Week, heatmap

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "<Sun>")


def week(counts: dict[int, int]) -> Week:
    return Week(chart_id="w", title="T", about="A", days=DAYS,
                counts=tuple(counts.get(n, 0) for n in range(168)))  # fmt: skip


def test_every_hour_has_a_cell_that_says_its_number() -> None:
    markup = heatmap(week({0: 4, 25: 2, 167: 1}))
    titles = re.findall(r"<title>([^<]*)</title>", markup)
    assert len(titles) == 168
    assert titles[0] == "Mon 0: 4"
    assert titles[25] == "Tue 1: 2"
    assert titles[167] == "&lt;Sun&gt; 23: 1"


def test_darkness_follows_the_number() -> None:
    shades = [float(one) for one in re.findall(r'fill-opacity="([\d.]+)"',
                                               heatmap(week({0: 4, 1: 2, 2: 1})))]  # fmt: skip
    assert shades == sorted(shades, reverse=True)
    assert shades[0] == 1
    assert min(shades) > 0.1


def test_a_week_without_anything_is_drawn_empty() -> None:
    assert "fill-opacity" not in heatmap(week({}))


def test_rows_are_days() -> None:
    assert week({25: 2}).row(1)[1] == 2
