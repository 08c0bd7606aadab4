"""Hours of the week as seven rows of twenty-four cells, the fuller the darker."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from undersight.charts import svg

if TYPE_CHECKING:
    from collections.abc import Iterator

N_DAYS, N_HOURS = 7, 24
_CELL_PX: Final = 22
_TOP_PX: Final = 20
_SIZE_PX: Final = 13
_LEAST_SHADE: Final = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Counts by hour of week.

    Args:
        chart_id: Part of the ids in the drawing; unique on a page.
        title: What is counted.
        about: The same in a sentence, with the zone.
        days: Names of the days, Monday first.
        counts: 168 counts, Monday 0 h first.
    """

    chart_id: str
    title: str
    about: str
    days: tuple[str, ...]
    counts: tuple[int, ...]

    def row(self, day: int) -> tuple[int, ...]:
        """The counts of one day, 0 to 6."""
        return self.counts[day * N_HOURS : (day + 1) * N_HOURS]


def heatmap(week: Week) -> str:
    """Return the drawing; darkness is the share of the fullest hour, the numbers stand in titles.

    Args:
        week: What to draw.
    """
    left = max(svg.width_of(day, _SIZE_PX) for day in week.days) + 18
    children = [*_hours(left), *_days(week, left), *_cells(week, left)]
    size = (left + N_HOURS * _CELL_PX + 2, float(_TOP_PX + N_DAYS * _CELL_PX + 2))
    return svg.picture(children, name=week.title, about=week.about, key=week.chart_id, size=size)


def _hours(left: float) -> Iterator[str]:
    for hour in range(0, N_HOURS, 3):
        x = left + hour * _CELL_PX + _CELL_PX / 2
        yield svg.text(str(hour), x, 14.0, text_anchor="middle", fill=svg.INK, class_="ink")


def _days(week: Week, left: float) -> Iterator[str]:
    for day, name in enumerate(week.days):
        y = _TOP_PX + day * _CELL_PX + 16.0
        yield svg.text(name, left - 8, y, text_anchor="end", fill=svg.INK, class_="ink")


def _cells(week: Week, left: float) -> Iterator[str]:
    most = max(*week.counts, 1)
    for place, n in enumerate(week.counts):
        day, hour = divmod(place, N_HOURS)
        shade = _LEAST_SHADE + (1 - _LEAST_SHADE) * n / most
        words = svg.element("title", escape(f"{week.days[day]} {hour}: {n}", quote=False))
        yield svg.element(
            "rect", words, x=left + hour * _CELL_PX, y=_TOP_PX + day * _CELL_PX,
            width=_CELL_PX - 2, height=_CELL_PX - 2,
            fill=svg.CERTAIN if n else "none", fill_opacity=shade if n else None,
            stroke=None if n else svg.FAINT, class_="certain" if n else "rule",
        )  # fmt: skip
