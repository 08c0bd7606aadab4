"""A second pair of eyes before publishing, and the settings that ask for it."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import Browser
from tests.web.test_people_and_publishing import answered
from tests.web.test_record_journey import quick


def asked_for(browser: Browser, **changed: str | None) -> str:
    browser.get("/settings")
    given = {"title": "Jurnal", "jurisdiction": "QV", "needs_second_person": "yes", **changed}
    return browser.send("/settings", **given).text


def test_settings_are_changed_and_hold_at_once(browser: Browser, plain_root: Path) -> None:
    assert "The settings are changed." in asked_for(browser, language="az", more_languages="en")
    text = (plain_root / "undersight.toml").read_text(encoding="utf-8")
    assert "needs_second_person = true" in text
    assert 'languages = ["az", "en"]' in text
    with browser.access.desk.reading() as workspace:
        assert workspace.settings.publishing.needs_second_person
        assert workspace.lang == "az"
    browser.get("/settings")
    refused = browser.send("/settings", jurisdiction="12")
    assert refused.status_code == 400
    assert (plain_root / "undersight.toml").read_text(encoding="utf-8") == text


def test_whoever_worked_on_it_last_cannot_open_it_and_another_can(browser: Browser) -> None:
    incident = quick(browser)
    asked_for(browser)
    shown = browser.get(f"/publish/{incident}")
    assert "somebody else must read" in shown.text
    ids = [f["fields"] for f in browser.forms() if f["action"] == f"/publish/{incident}"]
    assert ids
    refused = browser.send(f"/publish/{incident}")
    assert refused.status_code == 409
    with browser.access.desk.reading() as workspace:
        assert workspace.casebook.get(incident).visibility == "internal"
    with browser.access.desk.writing("test") as workspace:
        colleague = workspace.casebook.by("staff-aaaaaaaaaaaaaaaa")
        colleague.update(incident, {"verification": "likely"}, "read and corrected")
    answered(browser, incident)
    with browser.access.desk.reading() as workspace:
        why = workspace.casebook.history(incident)[-1].why
    assert why == "opened to public; last worked on by staff-aaaaaaaaaaaaaaaa"
