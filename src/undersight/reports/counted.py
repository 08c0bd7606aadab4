"""Counts as charts in one language: by month, act, place, article and platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.charts.bars import Tick, number
from undersight.charts.series import Bar, Chart, Legend
from undersight.model.derived.counts import (
    by_act_type,
    by_month,
    by_place,
    by_platform,
    by_provision,
)
from undersight.presentation.addresses import place_href
from undersight.presentation.phrases import citation
from undersight.text.date_words import month_name, short_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.model.derived.counts import Only, Tally
    from undersight.model.dossier import Dossier
    from undersight.model.records import Act
    from undersight.presentation.presenter import Presenter

UNDATED: Final = "undated"
"""Key of the bar for acts whose month may be any."""
_N_MONTHS_NAMED: Final = 36


def group_name(group: str, words: Presenter) -> str:
    """Return the heading of a month, of a year without months, or of the undated."""
    if not group or group == UNDATED:
        return words.t("Date not known")
    if len(group) == 4:
        return words.t("{year}, month not known").format(year=group)
    return month_name(group, words.lang)


def months_chart(
    words: Presenter,
    chart_id: str,
    acts: Iterable[Act] | None = None,
    hrefs: Mapping[str, str] | None = None,
    tallies: tuple[Tally, ...] | None = None,
    only: Only | None = None,
) -> Chart:
    """Return acts by month, the undated last.

    Args:
        words: Words in one language.
        chart_id: Name of its files and part of its ids.
        acts: What to count; everything if not given.
        hrefs: Pages of months.
        tallies: What was counted before; counted here if not given.
        only: Whom to count in each act; everybody acted upon if not given.
    """
    tallies = by_month(words.dossier, acts, only) if tallies is None else tallies
    return Chart(
        chart_id=chart_id,
        title=words.t("Acts by month"),
        about=_months_in_words(words, [tally for tally in tallies if tally.key]),
        legend=_legend(words, words.t("Month")),
        bars=tuple(
            _bar(tally, group_name(tally.key, words), (hrefs or {}).get(tally.key, ""))
            for tally in tallies
        ),
    )


def ticks(chart: Chart, lang: str) -> tuple[Tick, ...]:
    """Return what is written under months: each of a short chart, the years of a long one.

    Args:
        chart: A chart of months without the undated.
        lang: Language of the names.
    """
    is_short = len(chart.bars) <= _N_MONTHS_NAMED
    found = []
    for index, bar in enumerate(chart.bars):
        is_january = bar.key.endswith("-01")
        if is_short:
            year = bar.key[:4] if index == 0 or is_january else ""
            found.append(Tick(index=index, label=short_month(bar.key, lang), below=year))
        elif is_january:
            found.append(Tick(index=index, label=bar.key[:4]))
    return tuple(found)


def kinds_charts(
    words: Presenter, tallies: Mapping[str, tuple[Tally, ...]] | None = None
) -> tuple[Chart, ...]:
    """Return counts by kind of act, place, article and platform, the longest bars first.

    Args:
        words: Words in one language.
        tallies: What was counted before, by chart; counted here if not given.
    """
    t = words.t
    found = (
        ("acts", t("By kind of act"), t("Act")),
        ("places", t("By place"), t("Place")),
        ("articles", t("By article"), t("Article")),
        ("platforms", t("By platform"), t("Platform")),
    )
    counted = _counted(words.dossier) if tallies is None else tallies
    return tuple(
        _ranked(words, counted[chart_id], chart_id=chart_id, title=title, key=key)
        for chart_id, title, key in found
    )


def _counted(dossier: Dossier) -> dict[str, tuple[Tally, ...]]:
    return {
        "acts": by_act_type(dossier),
        "places": by_place(dossier),
        "articles": by_provision(dossier),
        "platforms": by_platform(dossier),
    }


def _ranked(
    words: Presenter, tallies: tuple[Tally, ...], *, chart_id: str, title: str, key: str
) -> Chart:
    bars = [_bar(tally, *_label(words, chart_id, tally.key)) for tally in tallies]
    bars.sort(key=lambda bar: (-bar.n_max, -bar.n_min, bar.label, bar.key))
    return Chart(
        chart_id=chart_id,
        title=title,
        about=", ".join(f"{bar.label}: {number(bar)}" for bar in bars[:5]),
        legend=_legend(words, key),
        bars=tuple(bars),
    )


def _bar(tally: Tally, label: str, href: str) -> Bar:
    return Bar(
        key=tally.key or UNDATED,
        label=label,
        n_min=tally.n_min,
        n_max=tally.n_max,
        href=href,
        n_people_min=tally.n_people_min,
        n_people_max=tally.n_people_max,
    )


def _legend(words: Presenter, key: str) -> Legend:
    return Legend(key=key, certain=words.t("certain"), possible=words.t("possible"))


def _months_in_words(words: Presenter, dated: list[Tally]) -> str:
    if not dated:
        return ""
    most = max(dated, key=lambda tally: (tally.n_max, tally.key))
    return words.t("From {first} to {last}; most in {month}: {n}.").format(
        first=month_name(dated[0].key, words.lang),
        last=month_name(dated[-1].key, words.lang),
        month=month_name(most.key, words.lang),
        n=most.n_min if most.n_min == most.n_max else f"{most.n_min}–{most.n_max}",
    )


def _label(words: Presenter, chart_id: str, key: str) -> tuple[str, str]:
    """Return the words for what is counted, and its page."""
    if chart_id == "acts":
        return words.term("act_type", key), f"act/{key}.html"
    if chart_id == "platforms":
        return words.term("platform", key), ""
    if chart_id == "articles":
        shown = citation(words.dossier.provision(key), words.t("not public"), words)
        return shown, f"article/{key}.html"
    return place_name(key, words), place_href(key) if key else ""


def place_name(key: str, words: Presenter) -> str:
    """Return the words for a key of a place."""
    if not key:
        return words.t("place not known")
    if key == "online":
        return words.t("online")
    if key == words.dossier.masthead.jurisdiction:
        return words.t("whole country")
    return key
