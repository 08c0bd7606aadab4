"""Many entries changed at once, a form taken back, a search removed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web.conftest import Browser
from tests.web.test_record_journey import quick


def chosen(browser: Browser, **given: Any) -> Any:
    """Choose every entry that is listed and look at before and after."""
    ids = re.findall(r'name="entry" value="([0-9a-f-]{36})"', browser.get("/bulk").text)
    return browser.send("/bulk", entry=ids, **given)


def confirmed(browser: Browser, **given: Any) -> Any:
    """Send the preview that is open."""
    ids = re.findall(r'name="entry" value="([0-9a-f-]{36})"', browser.text)
    return browser.send("/bulk", entry=ids, **given)


def fields(browser: Browser, name: str) -> list[Any]:
    with browser.access.desk.reading() as workspace:
        return [getattr(one, name) for one in workspace.casebook.all("incident")]


def test_two_entries_are_changed_and_taken_back_at_once(browser: Browser) -> None:
    quick(browser, line="One خبر")
    quick(browser, who="", line="Two")
    shown = chosen(browser, field="verification", **{"value.verification": "confirmed"})
    assert "2 entries change" in shown.text
    assert fields(browser, "verification") == ["unverified"] * 2
    done = confirmed(browser, why="both were seen")
    assert "2 entries are changed." in done.text
    assert fields(browser, "verification") == ["confirmed"] * 2
    assert "Taken back." in browser.send("/undo").text
    assert fields(browser, "verification") == ["unverified"] * 2
    browser.send("/undo")  # taking back can be taken back
    assert fields(browser, "verification") == ["confirmed"] * 2


@pytest.mark.long
def test_tags_come_and_go_and_nothing_opens_by_the_way(browser: Browser) -> None:
    quick(browser)
    chosen(browser, field="topics+", **{"value.topics+": "roads"})
    confirmed(browser)
    assert fields(browser, "topics") == [("roads",)]
    assert "stays as it is" in chosen(browser, field="topics+", **{"value.topics+": "roads"}).text
    chosen(browser, field="topics-", **{"value.topics-": "roads"})
    confirmed(browser)
    assert fields(browser, "topics") == [()]
    wider = chosen(browser, field="visibility", **{"value.visibility": "public"})
    assert "after the check for harm" in wider.text
    confirmed(browser)
    assert fields(browser, "visibility") == ["internal"]


def test_a_preview_that_is_no_longer_true_is_shown_again(browser: Browser) -> None:
    incident = quick(browser)
    chosen(browser, field="verification", **{"value.verification": "confirmed"})
    with browser.access.desk.writing("test") as workspace:
        workspace.casebook.update(incident, {"verification": "likely"}, "meanwhile")
    stale = confirmed(browser)
    assert stale.status_code == 409
    assert fields(browser, "verification") == ["likely"]
    assert confirmed(browser).status_code == 200
    assert fields(browser, "verification") == ["confirmed"]


def test_what_cannot_be_changed_together_is_told(browser: Browser) -> None:
    quick(browser)
    for given in (
        {"field": "public_id", "value.public_id": "QV-1"},
        {"field": "topics+", "value.topics+": ""},
        {"field": "verification", "value.verification": "nonsense"},
    ):
        assert chosen(browser, **given).status_code == 422, given
    browser.get("/bulk")
    assert browser.send("/bulk", entry=[], field="topics+").status_code == 422


def test_an_entry_just_recorded_is_taken_back_whole(browser: Browser) -> None:
    quick(browser)
    assert "Taken back." in browser.send("/undo").text
    assert fields(browser, "title") == []
    assert "Oskelde" not in browser.get("/people").text
    assert browser.client.post("/undo", data={"changes": "x"}).status_code == 403  # no token
    assert browser.get("/undo").text.count(">Undo<") == 2  # the entry, and that it was taken back
    browser.send("/undo")  # the latest: the entry is back
    assert len(fields(browser, "title")) == 1


@pytest.mark.long
def test_history_says_it_in_words_and_takes_one_form_back(browser: Browser) -> None:
    incident = quick(browser)
    browser.get(f"/record/{incident}?next=/incident/{incident}")
    browser.send(f"/record/{incident}", **{"field.verification": "likely",
                                           "field.title.en": "Another"})  # fmt: skip
    history = browser.text.partition('id="history"')[2]
    assert "How far verified" in history
    assert "monitoring_status" not in history
    assert history.count(">Undo<") == 2  # the entry, and the form
    browser.send("/undo")
    assert "Questioned over a post</bdi></h1>" in browser.text


@pytest.mark.long
def test_a_kept_search_is_removed_and_comes_back(browser: Browser) -> None:
    quick(browser)
    browser.get("/casebook?q=post")
    browser.send("/casebook/keep", name="river نهر")
    assert "<bdi>river نهر</bdi>" in browser.text
    assert "The search is removed." in browser.send("/casebook/forget").text
    assert "<bdi>river نهر</bdi>" not in browser.text
    browser.send("/undo")
    assert "<bdi>river نهر</bdi>" in browser.text
