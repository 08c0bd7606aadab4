"""When a group acted: posts by day, by month where the days are many."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from undersight.charts.bars import Tick, columns
from undersight.charts.series import Bar, Chart, Legend

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST_DAYS = 45
_MOST_BARS = 60
_N_TICKS = 6


def days_chart(key: str, days: Mapping[str, int], t: Callable[[str], str]) -> str:
    """Return the drawing; empty where no post has a time.

    Args:
        key: Part of the ids in it; unique on a page.
        days: Posts by day (``2031-05-02``).
        t: Translates an English message.
    """
    known = {day: n for day, n in days.items() if _is_day(day)}
    if not known:
        return ""
    counted, names = _by_day(known)
    if len(names) > _MOST_DAYS:
        counted, names = _summed(known, 7)
    if len(names) > _MOST_BARS:
        counted, names = _summed(known, 4)
    chart = Chart(
        chart_id=key,
        title=t("Posts of this group over time"),
        about=t("Evidence posts by day, by month or by year of UTC."),
        legend=Legend(key=t("Day"), certain=t("posts"), possible=""),
        bars=tuple(
            Bar(key=name, label=name, n_min=counted.get(name, 0), n_max=counted.get(name, 0))
            for name in names
        ),
    )
    step = -(-len(names) // _N_TICKS)
    ticks = tuple(Tick(index=at, label=names[at]) for at in range(0, len(names), max(step, 1)))
    return columns(chart, ticks)


def _by_day(days: Mapping[str, int]) -> tuple[Mapping[str, int], list[str]]:
    """Every day from the first to the last; only their ends where they are too many."""
    first, last = (dt.date.fromisoformat(one) for one in (min(days), max(days)))
    n_days = (last - first).days + 1
    return days, [(first + dt.timedelta(days=n)).isoformat() for n in range(n_days)]


def _summed(days: Mapping[str, int], n_letters: int) -> tuple[Mapping[str, int], list[str]]:
    """Months (7 letters) or years (4) from the first to the last."""
    sums: dict[str, int] = {}
    for day, n in days.items():
        sums[day[:n_letters]] = sums.get(day[:n_letters], 0) + n
    if n_letters == 4:
        return sums, [f"{year:04d}" for year in range(int(min(sums)), int(max(sums)) + 1)]
    start, end = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (min(sums), max(sums)))
    return sums, [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1)]


def _is_day(word: str) -> bool:
    try:
        dt.date.fromisoformat(word)
    except ValueError:
        return False
    return True
