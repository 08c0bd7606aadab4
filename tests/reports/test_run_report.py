"""The report of a run: one whole page, nothing loaded, nothing run but its own script."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.model.comment_sheets import ATTACK
from tests.reports.html_page import HtmlPage
from tests.reports.run_pictures import a_picture
from undersight.i18n import LANGUAGES
from undersight.reports.run_report import RunReport, report
from undersight.reports.run_report.timelines import days_chart
from undersight.reports.run_report.wording import RunWords


def test_the_report_is_the_same_to_the_byte(
    golden: Callable[[str, Mapping[str, bytes]], None], tmp_path: Path
) -> None:
    (path,) = RunReport().write(a_picture(), tmp_path / "report.html")
    golden("reports/run_report", {"report.html": path.read_bytes()})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_in_every_language_is_whole_and_loads_nothing(lang: str) -> None:
    page = HtmlPage(RunReport(lang=lang).page(a_picture()))
    assert page.faults == []
    assert page.loaded == []
    assert page.inline == ["<style>", "<script>"]
    assert len(page.ids) == len(set(page.ids))
    assert [one for one in page.links if not one.startswith("#")] == []
    assert {one.removeprefix("#") for one in page.links} <= set(page.ids)


def test_the_browser_runs_this_script_and_no_other() -> None:
    markup = RunReport().page(a_picture())
    policy = HtmlPage(markup).policy
    for kind in ("style", "script"):
        found = re.search(rf"<{kind}>(.*?)</{kind}>", markup, re.DOTALL)
        assert found is not None
        digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "eval(" not in markup
    assert "innerHTML" not in markup


def test_words_of_the_data_stay_words() -> None:
    clean, attacked = (HtmlPage(RunReport().page(one)) for one in (a_picture(), a_picture(ATTACK)))
    assert attacked.faults == []
    assert attacked.inline == clean.inline
    assert attacked.count("script") == 1
    assert attacked.count("img") == 0
    assert "{{7*7}}" in attacked.words


def test_plain_words_come_first_and_limits_are_said() -> None:
    words = HtmlPage(RunReport().page(a_picture())).words
    assert words.index("2 groups that act together") < words.index("Who acted together")
    for part in ("What we cannot say", "Method, to copy", "An innocent explanation fits",
                 "This was run 2 of 2", "Innocent explanations that were checked",
                 "Not drawn for want of room: 4 accounts, 9 ties", "Does not fit"):  # fmt: skip
        assert part in words, part
    assert re.search(r"915\s*910\s*3\s*2", words)


def test_a_run_that_found_nothing_is_a_report_too() -> None:
    nothing = dataclasses.replace(a_picture(n_findings=0), n_nodes_left_out=0)
    page = HtmlPage(RunReport().page(nothing))
    assert page.faults == []
    assert page.inline == ["<style>"]
    assert "No group was found" in page.words
    assert "more often than chance explains" in page.words


def test_a_run_that_could_tell_nothing_does_not_say_that_nobody_acted_together() -> None:
    picture = a_picture(n_findings=0)
    blind = tuple(
        {**look, "outcome": outcome}
        for look, outcome in zip(
            picture.looks, ("not-enough-data", "window-below-resolution"), strict=True
        )
    )
    words = HtmlPage(RunReport().page(dataclasses.replace(picture, looks=blind))).words
    assert "Not enough data" in words
    assert "No group was found" not in words
    assert "Nowhere did" not in words
    partly = HtmlPage(RunReport().page(picture)).words
    assert "No group was found" in partly
    assert "In 1 way nothing could be told" in partly
    large = ({**picture.looks[0], "outcome": "too-many-pairs"}, blind[0])
    title = HtmlPage(RunReport().page(dataclasses.replace(picture, looks=large))).words
    assert "Nothing could be told" in title


def test_what_lies_apart_is_told_no_finer_than_the_times_were_given() -> None:
    words = RunWords(a_picture(), "en")
    pair: dict[str, Any] = {"delta_s": 0.0, "object": "it"}
    for published, said in (
        ("2031-05-02", "on the same day, on it"),
        ("2031-05-02T14:00Z", "in the same minute, on it"),
        ("2031-05-02T14:00:00Z", "in the same second, on it"),
    ):
        assert words.apart({**pair, "a": {"published": published}}) == said
    assert words.apart({**pair, "delta_s": 1.5}) == "1.5 s apart on it"


def test_what_was_found_comes_before_what_the_data_lack_and_each_is_said_once() -> None:
    picture = a_picture()
    lacking = ["Some texts were cut.", "Some times are given to the minute only."]
    shown = {**picture.shown, "caveats": lacking}
    words = HtmlPage(RunReport().page(dataclasses.replace(picture, shown=shown))).words
    for one in (*lacking, "Readers who are notified come together too."):
        assert words.count(one) == 1, one
        assert words.index("Group by group") < words.index(one)
    assert "2 things that the data lack stand at the end." in words


def test_of_very_many_groups_those_without_a_card_are_ids(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(report, "MOST_CARDS", 3)  # as with sixty, in a twentieth of the time
    picture = a_picture(n_findings=4)
    *whole, last = picture.shown["findings"]
    shown = {**picture.shown, "findings": [*whole, {"finding_id": last["finding_id"]}]}
    words = HtmlPage(RunReport().page(dataclasses.replace(picture, shown=shown))).words
    assert words.count("Readers who are notified come together too.") == 1
    assert "Group 3" in words


@pytest.mark.parametrize(("outcome", "n_told"), [("looked", 1), ("not-enough-data", 0)])
def test_what_detectors_that_looked_cannot_see_is_said_once_even_where_nothing_was_found(
    outcome: str, n_told: int
) -> None:
    picture = a_picture(n_findings=0)
    spots = [*picture.detectors[0]["blind_spots"], "Slow work is not seen."]
    other = {**picture.detectors[0], "detector": "co-share", "blind_spots": spots}
    look = {**picture.looks[0], "detector": "co-share", "n_findings": 0, "outcome": outcome}
    looks = tuple({**one, "n_findings": 0, "outcome": "looked"} for one in picture.looks)
    told = dataclasses.replace(
        picture, detectors=(*picture.detectors, other), looks=(*looks, look)
    )
    words = HtmlPage(RunReport().page(told)).words
    assert words.count("Slow work is not seen.") == n_told
    assert words.count("Readers who are notified come together too.") == 1


def test_a_corpus_that_has_changed_is_said() -> None:
    changed = dataclasses.replace(a_picture(), files=(), has_same_corpus=False)
    assert "The corpus has changed" in HtmlPage(RunReport().page(changed)).words


@pytest.mark.parametrize(
    ("days", "n_bars"),
    [
        ({"2031-05-02": 1, "2031-05-05": 2}, 4),
        ({"2031-01-02": 1, "2031-12-05": 2}, 12),
        ({"2001-01-02": 1, "2031-12-05": 2}, 31),
    ],
)
def test_time_is_drawn_by_day_month_or_year(days: dict[str, int], n_bars: int) -> None:
    drawn = days_chart("k", days, str)
    assert drawn.count("<g><title>") == n_bars


def test_days_off_the_calendar_are_left_out_of_the_drawing() -> None:
    assert days_chart("k", {"-99999999": 3}, str) == ""
