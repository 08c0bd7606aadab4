"""Standing and lying bars; the part that is only possible is hatched, not filled."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from undersight.charts import svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.charts.series import Bar, Chart

_HEIGHT_PX: Final = 180
_TOP_PX: Final = 16
_LEFT_PX: Final = 34.0
_ROW_PX: Final = 26
_LONGEST_PX: Final = 320
_WIDE_PX: Final = 620.0
_NAMED_PX: Final = 28.0
_NARROWEST_PX: Final = 4.0  # thirteen years of months are seen at once
_LONG_PX: Final = 28.0 * 36
_SIZE_PX: Final = 13
_BETWEEN_PX: Final = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark under standing bars.

    Args:
        index: Position of the bar it stands under.
        label: Words of the first line.
        below: Words of the second line; empty for none.
    """

    index: int
    label: str
    below: str = ""


def columns(chart: Chart, ticks: tuple[Tick, ...]) -> str:
    """Return standing bars, such as the months of a log.

    Args:
        chart: What to draw.
        ticks: What is written under the bars.
    """
    step = min(max(_WIDE_PX / max(len(chart.bars), 1), _NARROWEST_PX), 48.0)
    if step < _NAMED_PX <= _LONG_PX / max(len(chart.bars), 1):
        step = _NAMED_PX  # as long as every month is named it needs room for its name
    step = max(step, _room(ticks))
    floor = float(_TOP_PX + _HEIGHT_PX)
    top = ceiling(chart.n_most)
    left, width = _edges(ticks, step, (top, len(chart.bars)))
    scale = _HEIGHT_PX / top
    gap = min(3.0, step * 0.15)
    children = [svg.hatching(chart.chart_id), *_scale(top, scale, (left, width))]
    for index, bar in enumerate(chart.bars):
        place = _Place(x=left + index * step + gap, floor=floor, width=step - 2 * gap, scale=scale)
        children.append(_column(bar, chart, place))
    for tick in ticks:
        x = left + tick.index * step + step / 2
        children.append(_under(tick.label, x, floor + 16))
        if tick.below:
            children.append(_under(tick.below, x, floor + 32))
    size = (width, floor + 40)
    return svg.picture(
        children, name=chart.title, about=chart.about, key=chart.chart_id, size=size
    )


def _room(ticks: tuple[Tick, ...]) -> float:
    """How wide a bar must be so that no two names under the bars touch."""
    apart = [after.index - one.index for one, after in pairwise(ticks)]
    longest = max((svg.width_of(one.label, _SIZE_PX) for one in ticks), default=0.0)
    return (longest + _BETWEEN_PX) / min(apart) if apart else 0.0


def _edges(
    ticks: tuple[Tick, ...], step: float, top_and_bars: tuple[int, int]
) -> tuple[float, float]:
    """Where the bars begin and how wide all is: no number and no name is cut at an edge."""
    top, n_bars = top_and_bars
    names = [
        (one.index, svg.width_of(max(one.label, one.below, key=len), _SIZE_PX) / 2)
        for one in ticks
    ]
    left = max(_LEFT_PX, svg.width_of(str(top), _SIZE_PX) + _BETWEEN_PX + 2,
               *(half - (index + 0.5) * step for index, half in names))  # fmt: skip
    right = (left + (index + 0.5) * step + half for index, half in names)
    return left, max(left + step * max(n_bars, 8) + 8, 0.0, *right)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    x: float
    floor: float
    width: float
    scale: float


def _column(bar: Bar, chart: Chart, place: _Place) -> str:
    certain, most = bar.n_min * place.scale, bar.n_max * place.scale
    parts = [svg.element("title", _escaped(told(bar, chart)))]
    if bar.n_min:
        parts.append(
            svg.element("rect", x=place.x, y=place.floor - certain, width=place.width,
                        height=certain, fill=svg.CERTAIN, class_="certain")
        )  # fmt: skip
    if bar.n_possible:
        parts.append(
            svg.element("rect", x=place.x + 0.5, y=place.floor - most + 0.5,
                        width=place.width - 1, height=most - certain - 0.5,
                        fill=f"url(#{chart.chart_id}-hatch)", stroke=svg.CERTAIN,
                        stroke_dasharray="3 2", class_="possible")
        )  # fmt: skip
    return svg.element("g", *parts)


def _scale(top: int, scale: float, edges: tuple[float, float]) -> Iterator[str]:
    left, width = edges
    step = ceiling(top) // 4 if top >= 4 else 1
    for n in range(0, top + 1, max(step, 1)):
        y = _TOP_PX + _HEIGHT_PX - n * scale
        yield svg.element("path", d=f"M{svg.shown(left)} {svg.shown(y)}H{svg.shown(width)}",
                          stroke=svg.FAINT, class_="rule")  # fmt: skip
        yield svg.text(str(n), left - 6, y + 4, text_anchor="end", fill=svg.INK, class_="ink")


def _under(words: str, x: float, y: float) -> str:
    return svg.text(words, x, y, text_anchor="middle", fill=svg.INK, class_="ink")


def rows(chart: Chart) -> str:
    """Return lying bars with their labels, such as kinds of act.

    Args:
        chart: What to draw.
    """
    left = min(max((svg.width_of(b.label, _SIZE_PX) for b in chart.bars), default=0), 360) + 10
    scale = _LONGEST_PX / max(chart.n_most, 1)
    children = [svg.hatching(chart.chart_id)]
    for index, bar in enumerate(chart.bars):
        y = index * _ROW_PX
        children.append(_row(bar, chart, (left, float(y), scale)))
    size = (left + _LONGEST_PX + 60, float(len(chart.bars) * _ROW_PX + 4))
    return svg.picture(
        children, name=chart.title, about=chart.about, key=chart.chart_id, size=size
    )


def _row(bar: Bar, chart: Chart, place: tuple[float, float, float]) -> str:
    left, y, scale = place
    certain, most = bar.n_min * scale, bar.n_max * scale
    parts = [
        svg.element("title", _escaped(told(bar, chart))),
        svg.text(bar.label, left - 8, y + 18, text_anchor="end", fill=svg.INK, class_="ink"),
    ]
    if bar.n_min:
        parts.append(
            svg.element("rect", x=left, y=y + 5, width=certain, height=_ROW_PX - 10,
                        fill=svg.CERTAIN, class_="certain")
        )  # fmt: skip
    if bar.n_possible:
        parts.append(
            svg.element("rect", x=left + certain, y=y + 5.5, width=most - certain,
                        height=_ROW_PX - 11, fill=f"url(#{chart.chart_id}-hatch)",
                        stroke=svg.CERTAIN, stroke_dasharray="3 2", class_="possible")
        )  # fmt: skip
    parts.append(
        svg.text(number(bar), left + most + 6, y + 18, fill=svg.INK, class_="ink")
    )  # fmt: skip
    return svg.element("g", *parts)


def strip(bar: Bar, chart: Chart) -> str:
    """Return one lying bar without words, as wide as its place, for the cell of a table.

    Args:
        bar: The bar.
        chart: The chart it is of, which gives the scale.
    """
    scale = 100 / max(chart.n_most, 1)
    certain, most = bar.n_min * scale, bar.n_max * scale
    parts = []
    if bar.n_min:
        parts.append(svg.element("rect", width=f"{svg.shown(certain)}%", height=12,
                                 class_="certain", fill=svg.CERTAIN))  # fmt: skip
    if bar.n_possible:
        parts.append(svg.element("rect", x=f"{svg.shown(certain)}%", height=12,
                                 width=f"{svg.shown(most - certain)}%", class_="possible",
                                 fill=f"url(#{chart.chart_id}-hatch)"))  # fmt: skip
    return svg.element("svg", *parts, class_="strip", aria_hidden="true", width="100%", height=12)


def number(bar: Bar) -> str:
    """Return the count as a number or a range."""
    return str(bar.n_min) if bar.n_min == bar.n_max else f"{bar.n_min}–{bar.n_max}"


def told(bar: Bar, chart: Chart) -> str:
    """Return a bar in words."""
    words = f"{bar.label}: {bar.n_min} {chart.legend.certain}"
    return f"{words}, {bar.n_possible} {chart.legend.possible}" if bar.n_possible else words


def ceiling(n: int) -> int:
    """Return the top of a scale: the next round number that four steps divide, or up to 4."""
    if n <= 4:
        return max(n, 1)
    size = 1
    while True:
        for top in (8, 12, 16, 20, 40, 60, 80):
            if n <= top * size:
                return top * size
        size *= 10


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
