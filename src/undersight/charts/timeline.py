"""Stays in custody on a line of time: filled while certain, hatched while only possible."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersight.charts import svg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WIDTH_PX: Final = 640
_ROW_PX: Final = 42
_BAR_PX: Final = 14
_AXIS_PX: Final = 24
_N_DAYS_SHORT: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One stretch of time with ends that may not be known exactly.

    Args:
        label: Words for it.
        first: First possible day.
        sure_from: First day on which it is certain; None if never.
        sure_until: Last day on which it is certain; None if never.
        last: Last possible day.
    """

    label: str
    first: dt.date
    sure_from: dt.date | None
    sure_until: dt.date | None
    last: dt.date


def timeline(
    stays: tuple[Stay, ...],
    *,
    chart_id: str,
    title: str,
    about: str,
    day_words: Callable[[dt.date], str] = dt.date.isoformat,
) -> str:
    """Return stays drawn one under the other on one line of time.

    Args:
        stays: The stays; at least one.
        chart_id: Part of the ids in the drawing.
        title: What it shows.
        about: The same in a sentence or two.
        day_words: How a day is written on the axis.
    """
    begin = min(stay.first for stay in stays)
    end = max(stay.last for stay in stays)
    n_days = max((end - begin).days, 1)
    scale = _Scale(begin=begin, px_per_day=_WIDTH_PX / n_days)
    children = [svg.hatching(chart_id), *_axis(begin, end, scale, (len(stays), day_words))]
    for index, stay in enumerate(stays):
        children.append(_stay(stay, scale, index * _ROW_PX, chart_id))
    size = (_WIDTH_PX + 16.0, float(len(stays) * _ROW_PX + _AXIS_PX))
    return svg.picture(children, name=title, about=about, key=chart_id, size=size)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    begin: dt.date
    px_per_day: float

    def x(self, day: dt.date) -> float:
        return 8 + (day - self.begin).days * self.px_per_day


def _stay(stay: Stay, scale: _Scale, y: float, chart_id: str) -> str:
    left, right = scale.x(stay.first), scale.x(stay.last)
    is_late = left > _WIDTH_PX * 0.6
    parts = [
        svg.text(stay.label, right if is_late else left, y + 16, fill=svg.INK, class_="ink",
                 text_anchor="end" if is_late else "start"),
    ]  # fmt: skip
    is_sure = (stay.first, stay.last) == (stay.sure_from, stay.sure_until)
    if not is_sure:
        parts.append(
            svg.element("rect", x=left, y=y + 22, width=max(right - left, 3.0), height=_BAR_PX,
                        fill=f"url(#{chart_id}-hatch)", stroke=svg.CERTAIN,
                        stroke_dasharray="3 2", class_="possible")
        )  # fmt: skip
    if stay.sure_from is not None and stay.sure_until is not None:
        start = scale.x(stay.sure_from)
        width = max(scale.x(stay.sure_until) - start, 3.0)
        parts.append(
            svg.element("rect", x=start, y=y + 22, width=width, height=_BAR_PX,
                        fill=svg.CERTAIN, class_="certain")
        )  # fmt: skip
    return svg.element("g", *parts)


def _axis(
    begin: dt.date, end: dt.date, scale: _Scale, what: tuple[int, Callable[[dt.date], str]]
) -> Iterator[str]:
    n_stays, day_words = what
    floor = n_stays * _ROW_PX
    yield svg.element("path", d=f"M8 {floor}H{_WIDTH_PX + 8}", stroke=svg.FAINT, class_="rule")
    for day, words in _marks(begin, end, day_words):
        x = scale.x(day)
        yield svg.element("path", d=f"M{svg.shown(x)} 0V{floor + 4}", stroke=svg.FAINT,
                          class_="rule")  # fmt: skip
        anchor = "start" if x < _WIDTH_PX / 2 else "end"
        yield svg.text(words, x, floor + 18, text_anchor=anchor, fill=svg.INK, class_="ink")


def _marks(
    begin: dt.date, end: dt.date, day_words: Callable[[dt.date], str]
) -> list[tuple[dt.date, str]]:
    """Return the years in the stretch, or its first and last day where it is short."""
    if (end - begin).days < _N_DAYS_SHORT:
        days = [begin] if begin == end else [begin, end]
        return [(day, day_words(day)) for day in days]
    years = range(begin.year + 1, end.year + 1)
    step = max(len(years) // 8, 1)
    return [(dt.date(year, 1, 1), str(year)) for year in years[::step]]
