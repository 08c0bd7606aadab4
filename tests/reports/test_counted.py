"""Counts in words: every act counted, the doubt kept, the longest bars first."""

from __future__ import annotations

import pytest

from tests.model.sample import sample_dossier
from undersight.i18n import LANGUAGES
from undersight.model.records import Act
from undersight.presentation.presenter import Presenter
from undersight.reports.counted import UNDATED, group_name, kinds_charts, months_chart, ticks

EN = Presenter(sample_dossier(), "en")


def test_months_hold_every_act_once_as_certain_or_possible() -> None:
    chart = months_chart(EN, "months", hrefs={"2031-05": "index.html#m-2031-05"})
    bars = {bar.key: bar for bar in chart.bars}
    assert (bars["2031-05"].n_min, bars["2031-05"].n_max) == (4, 5)
    assert bars["2031-05"].href == "index.html#m-2031-05"
    assert bars["2030-08"].n_max == 0
    certain = sum(bar.n_min for bar in chart.bars)
    assert certain < len(EN.dossier.all(Act))
    assert chart.about == "From February 2030 to December 2031; most in May 2031: 4–5."


def test_ticks_name_months_where_there_is_room_and_years_where_not() -> None:
    chart = months_chart(EN, "months").without(UNDATED)
    found = ticks(chart, "en")
    assert (found[0].label, found[0].below) == ("Feb", "2030")
    assert [tick.label for tick in found if tick.below] == ["Feb", "Jan"]


def test_no_acts_no_bars() -> None:
    chart = months_chart(EN, "months", [])
    assert chart.bars == ()
    assert chart.about == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counts_by_kind_are_ranked_and_named(lang: str) -> None:
    charts = {chart.chart_id: chart for chart in kinds_charts(Presenter(sample_dossier(), lang))}
    assert set(charts) == {"acts", "places", "articles", "platforms"}
    for chart in charts.values():
        assert [bar.n_max for bar in chart.bars] == sorted(
            (bar.n_max for bar in chart.bars), reverse=True
        )
        assert all(bar.label for bar in chart.bars)


def test_names_of_groups() -> None:
    assert group_name("2031-05", EN) == "May 2031"
    assert group_name("2031", EN) == "2031, month not known"
    assert group_name("", EN) == group_name(UNDATED, EN) == "Date not known"
