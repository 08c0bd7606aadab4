"""Bars: filled where certain, hatched where possible, to scale, the same bytes every time."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.charts import bars, svg
from undersight.charts.series import Bar, Chart, Legend

SPACE = "{http://www.w3.org/2000/svg}"


def chart(*counts: tuple[int, int]) -> Chart:
    found = tuple(
        Bar(key=f"k{i}", label=f"Bar <{i}>", n_min=low, n_max=high)
        for i, (low, high) in enumerate(counts)
    )
    legend = Legend(key="Key", certain="certain", possible="possible")
    return Chart(chart_id="c", title="T", about="A", legend=legend, bars=found)


def heights(drawn: str, css: str, side: str) -> list[float]:
    root = ET.fromstring(drawn)  # noqa: S314
    return [
        float(one.get(side, "")) for one in root.iter(f"{SPACE}rect") if one.get("class") == css
    ]


def test_columns_are_to_scale() -> None:
    drawn = bars.columns(chart((4, 4), (2, 4), (0, 0), (0, 1)), ())
    assert heights(drawn, "certain", "height") == [180, 90]
    assert heights(drawn, "possible", "height") == [89.5, 44.5]


def test_rows_are_to_scale() -> None:
    drawn = bars.rows(chart((4, 4), (2, 3)))
    assert heights(drawn, "certain", "width") == [320, 160]
    assert heights(drawn, "possible", "width") == [80]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=60))
def test_any_numbers_give_well_formed_drawings(counts: list[tuple[int, int]]) -> None:
    made = chart(*((min(pair), max(pair)) for pair in counts))
    for drawn in (bars.columns(made, ()), bars.rows(made)):
        root = ET.fromstring(drawn)  # noqa: S314
        told = [one.text for one in root.iter(f"{SPACE}title")][1:]
        assert told == [bars.told(bar, made) for bar in made.bars]
    for bar in made.bars:
        ET.fromstring(bars.strip(bar, made))  # noqa: S314


def test_the_same_chart_gives_the_same_bytes() -> None:
    ticks = (bars.Tick(index=0, label="May", below="2031"),)
    assert bars.columns(chart((1, 2)), ticks) == bars.columns(chart((1, 2)), ticks)
    assert "2031" in bars.columns(chart((1, 2)), ticks)


def test_numbers_and_words() -> None:
    made = chart((3, 3), (1, 4))
    assert [bars.number(bar) for bar in made.bars] == ["3", "1–4"]
    assert bars.told(made.bars[0], made) == "Bar <0>: 3 certain"
    assert bars.told(made.bars[1], made) == "Bar <1>: 1 certain, 3 possible"


@pytest.mark.parametrize(
    ("n", "top"), [(0, 1), (1, 1), (4, 4), (5, 8), (9, 12), (41, 60), (81, 120), (1500, 1600)]
)
def test_scales_end_at_round_numbers(n: int, top: int) -> None:
    assert bars.ceiling(n) == top


@given(st.integers(0, 10**7))
def test_scales_hold_every_bar(n: int) -> None:
    top = bars.ceiling(n)
    assert top >= n
    assert top <= 4 or top % 4 == 0


def test_years_of_months_are_seen_at_once() -> None:
    drawn = bars.columns(chart(*((1, 2) for _ in range(150))), ())
    assert 600 < float(ET.fromstring(drawn).get("width", "")) < 700  # noqa: S314


@pytest.mark.parametrize("n_bars", [1, 2, 3, 9, 23, 40, 150])
@pytest.mark.parametrize("n", [3, 70_000, 12_000_000])
def test_no_name_and_no_number_is_cut_at_an_edge(n_bars: int, n: int) -> None:
    ends = dict.fromkeys((0, n_bars - 1))
    ticks = tuple(bars.Tick(index=at, label=f"2031-05-{at:02d}") for at in ends)
    root = ET.fromstring(bars.columns(chart(*[(n, n)] * n_bars), ticks))  # noqa: S314

    words = list(root.iter(f"{SPACE}text"))
    assert len(words) >= 2 + len(ticks)
    for one in words:
        room = svg.width_of(one.text or "", 13)
        is_end = one.get("text-anchor") == "end"
        left = float(one.get("x", "")) - (room if is_end else room / 2)
        assert -0.1 <= left <= left + room <= float(root.get("width", "")) + 0.1, one.text
