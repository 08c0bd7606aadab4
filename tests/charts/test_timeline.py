"""Stays on a line of time: certain inside possible, drawn to scale."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

from undersight.charts.timeline import Stay, timeline

SPACE = "{http://www.w3.org/2000/svg}"


def drawn(*stays: Stay) -> str:
    return timeline(stays, chart_id="t", title="Days", about="Held.")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def rects(picture: str, css: str) -> list[tuple[float, float]]:
    root = ET.fromstring(picture)  # noqa: S314
    found = [one for one in root.iter(f"{SPACE}rect") if one.get("class") == css]
    return [(float(one.get("x", "")), float(one.get("width", ""))) for one in found]


def test_what_is_certain_lies_inside_what_is_possible() -> None:
    stay = Stay(
        label="arrest",
        first=day("2031-01-01"),
        sure_from=day("2031-01-11"),
        sure_until=day("2031-01-31"),
        last=day("2031-02-10"),
    )
    picture = drawn(stay)
    assert rects(picture, "possible") == [(8, 640)]
    assert rects(picture, "certain") == [(168, 320)]
    assert "2031-01-01" in picture
    assert "2031-02-10" in picture


def test_a_stay_of_one_day_is_still_seen() -> None:
    one = day("2031-01-01")
    picture = drawn(Stay(label="a & b", first=one, sure_from=one, sure_until=one, last=one))
    assert rects(picture, "certain")[0][1] >= 3
    assert "a &amp; b" in picture


def test_a_long_line_is_marked_by_years_and_never_certain_stays_are_only_hatched() -> None:
    stay = Stay(
        label="x", first=day("2020-06-01"), sure_from=None, sure_until=None, last=day("2031-02-10")
    )
    picture = drawn(stay)
    assert rects(picture, "certain") == []
    assert ">2021<" in picture
    assert ">2020<" not in picture
