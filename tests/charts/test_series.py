"""The numbers of a chart as CSV and Vega-Lite: the same numbers, with their doubt."""

from __future__ import annotations

import csv
import io
import json

import pytest

from undersight.charts.series import Bar, Chart, Legend, to_csv, to_vega_lite

CHART = Chart(
    chart_id="months",
    title="Acts by month",
    about="From May to June.",
    legend=Legend(key="Month", certain="certain", possible="possible"),
    bars=(
        Bar(key="2031-05", label="May", n_min=3, n_max=5, n_people_min=2, n_people_max=4),
        Bar(key="2031-06", label="=June", n_min=0, n_max=0),
        Bar(key="undated", label="Unknown", n_min=0, n_max=1),
    ),
)


def test_csv_has_both_bounds_and_runs_nothing() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(CHART))))
    assert rows[0] == {
        "key": "2031-05", "label": "May", "n_min": "3", "n_max": "5",
        "n_people_min": "2", "n_people_max": "4",
    }  # fmt: skip
    assert rows[1]["label"] == "'=June"
    assert rows[1]["n_people_min"] == ""


@pytest.mark.parametrize("is_vertical", [True, False])
def test_vega_lite_stacks_what_is_possible_on_what_is_certain(*, is_vertical: bool) -> None:
    spec = json.loads(to_vega_lite(CHART, is_vertical=is_vertical))
    assert spec["data"]["values"] == [
        {"label": "May", "part": "certain", "n": 3, "order": 0},
        {"label": "May", "part": "possible", "n": 2, "order": 1},
        {"label": "=June", "part": "certain", "n": 0, "order": 0},
        {"label": "Unknown", "part": "certain", "n": 0, "order": 0},
        {"label": "Unknown", "part": "possible", "n": 1, "order": 1},
    ]
    axis = spec["encoding"]["x" if is_vertical else "y"]
    assert axis["sort"] == ["May", "=June", "Unknown"]
    assert spec["encoding"]["y" if is_vertical else "x"]["stack"] == "zero"


def test_what_a_chart_knows_of_itself() -> None:
    assert CHART.n_most == 5
    assert CHART.is_uncertain
    drawn = CHART.without("undated")
    assert [bar.key for bar in drawn.bars] == ["2031-05", "2031-06"]
    assert not Chart(chart_id="x", title="", about="", legend=CHART.legend, bars=()).is_uncertain
