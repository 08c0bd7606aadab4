"""Naming, merging, withdrawing; the harm check, publication, what is taken along."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.web.conftest import PASSPHRASE, Browser
from tests.web.test_record_journey import quick
from tests.web.waiting import finish
from undersight.web.access import Access
from undersight.web.record_words import Words
from undersight.workbench import deliveries


def party_of(browser: Browser, name: str) -> str:
    found = re.search(
        rf'href="/people/([0-9a-f-]{{36}})"><bdi>{name}', browser.get("/people").text
    )
    assert found, browser.text
    return found[1]


def answered(browser: Browser, incident: str) -> None:
    """Publish an entry by answering every question on its page."""
    browser.get(f"/publish/{incident}")
    form = next(f for f in browser.forms() if f["action"] == f"/publish/{incident}")
    ids = re.findall(r'name="answer\.([0-9a-f]+)"', browser.text)
    given = {f"answer.{one}": "no_risk" for one in ids} | {
        f"note.{one}": "invented" for one in ids
    }
    assert form
    done = browser.send(f"/publish/{incident}", **given)
    assert "Opened as QV-" in done.text, done.text


@pytest.mark.long
def test_people_are_found_in_any_spelling(browser: Browser) -> None:
    quick(browser, who="Rauf Əliyev")
    assert "Rauf Əliyev" in browser.get("/people?q=əliyev").text
    assert "Rauf Əliyev" in browser.get("/people?q=RAUF").text
    assert "Nobody is found." in browser.get("/people?q=xyzzy").text


@pytest.mark.long
def test_a_person_is_shown_with_what_was_done(browser: Browser) -> None:
    assert "Nobody is found." in browser.get("/people?again=yes").text
    quick(browser)
    party = party_of(browser, "Tarvin")
    assert "What was done, in order" in browser.get(f"/people/{party}").text
    with browser.access.desk.writing("test") as workspace:
        incident = workspace.casebook.create("incident", title={"en": "Again"})
        act = workspace.casebook.create("act", incident=incident.record_id, act_type="arrest")
        workspace.casebook.create("involvement", act=act.record_id, party=party)
    listed = browser.get("/people?again=yes").text
    assert "<td>2</td>" in listed
    assert "Tarvin" in listed


@pytest.mark.long
def test_a_name_is_allowed_and_withheld(browser: Browser) -> None:
    quick(browser)
    person = party_of(browser, "Tarvin")
    for choice, shown in (
        ("consent", "consented"),
        ("withhold", "withheld"),
        ("public", "already"),
    ):
        browser.get(f"/people/{person}")
        done = browser.send(f"/people/{person}/name", choice=choice, reason="asked")
        assert shown in done.text
    browser.get(f"/people/{person}")
    assert browser.send(f"/people/{person}/name", choice="", reason="").status_code == 422


@pytest.mark.long
def test_two_spellings_are_decided_and_taken_back(browser: Browser) -> None:
    quick(browser, who="Tarvin Oskelde")
    quick(browser, who="Tarvin Oskelda", line="Another")
    browser.get("/people/same")
    assert "Tarvin Oskeld" in browser.text
    assert browser.send("/people/same", verdict="nonsense").status_code == 422
    browser.get("/people/same")
    pair = next(f["fields"] for f in browser.forms() if f["action"] == "/people/same")
    assert "Decided" in browser.send("/people/same", verdict="same").text
    assert "No two names look alike." in browser.text
    browser.get(f"/people/{pair['kept']}")
    assert "They are two again." in browser.send(f"/people/{pair['kept']}/separate").text


def test_a_withdrawn_person_is_on_no_page(browser: Browser) -> None:
    incident = quick(browser)
    person = party_of(browser, "Tarvin")
    browser.get(f"/people/{person}")
    refused = browser.send(f"/people/{person}/withdraw", why="asked to be taken out")
    assert refused.status_code == 422
    browser.get(f"/people/{person}")
    done = browser.send(f"/people/{person}/withdraw", why="asked to be taken out", sure="yes")
    assert "Taken out on" in done.text
    for path in ("/", "/people", "/casebook?q=Tarvin", f"/incident/{incident}", "/people/same"):
        assert "Oskelde" not in browser.get(path).text, path


def test_nothing_is_opened_while_a_question_is_open(browser: Browser) -> None:
    incident = quick(browser, line="He can be called at +994 50 123 45 67, says Tarvin Oskelde")
    browser.get(f"/publish/{incident}")
    assert "phone" in browser.text
    refused = browser.send(f"/publish/{incident}")
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    assert "internal" in browser.get(f"/incident/{incident}").text
    answered(browser, incident)
    assert "QV-" in browser.get("/publish").text


def test_an_entry_without_a_title_is_not_opened_until_it_has_one(browser: Browser) -> None:
    incident = quick(browser)
    with browser.access.desk.writing("test") as workspace:
        workspace.casebook.update(
            incident, {"title": {}, "summary": {"en": "Questioned"}}, "draft"
        )
    assert "This entry has no title" in browser.get(f"/publish/{incident}").text
    refused = browser.send(f"/publish/{incident}")
    assert refused.status_code == 409
    assert "questions are still without an answer" not in refused.text
    with browser.access.desk.writing("test") as workspace:
        assert workspace.casebook.get(incident).visibility == "internal"
        workspace.casebook.update(incident, {"title": {"en": "Questioned in Sarnak"}}, "title")
    answered(browser, incident)


@pytest.mark.long
def test_the_preview_masks_who_may_not_be_named(browser: Browser) -> None:
    incident = quick(browser, line="Questioned over a post")
    shown = browser.get(f"/publish/{incident}").text
    preview = shown.partition('class="card preview"')[2]
    assert "Questioned over a post" in preview
    assert "Oskelde" not in preview


@pytest.mark.long
def test_what_is_published_is_taken_along(browser: Browser) -> None:
    incident = quick(browser)
    answered(browser, incident)
    browser.get("/publish")
    site = browser.send("/publish/take/site", contact="desk@qaravel-log.example")
    assert site.headers["content-type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(site.content)).namelist()
    assert "index.html" in names
    assert any(name.startswith("en/entry/QV-") for name in names)
    for form in ("html", "markdown"):
        browser.get("/publish")
        entry = browser.send("/publish/take/entry", incident=incident, form=form)
        assert "attachment" in entry.headers["content-disposition"]
        assert "Questioned over a post" in entry.text
        assert "Oskelde" not in entry.text
    for format_id in ("csv", "jsonl", "ftm", "stix", "atom"):
        browser.get("/publish")
        taken = browser.send("/publish/take/export", format=format_id, audience="public")
        assert taken.status_code == 200
        assert "attachment" in taken.headers["content-disposition"], format_id
    browser.get("/publish")
    assert browser.send("/publish/take/export", format="nonsense").status_code == 422
    browser.get("/publish")
    assert browser.send("/publish/take/site", audience="everybody").status_code == 422


@pytest.mark.long
@pytest.mark.parametrize(
    ("what", "asked"), [("site", {"contact": "desk@log.example"}), ("export", {"format": "csv"})]
)
def test_much_is_written_as_a_job_and_saved_after(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, what: str, asked: dict[str, str]
) -> None:
    incident = quick(browser)
    answered(browser, incident)
    browser.get("/publish")
    at_once = browser.send(f"/publish/take/{what}", audience="public", **asked).content
    monkeypatch.setattr(deliveries, "_LONG_ENTRIES", 0)
    browser.get("/publish")
    begun = browser.send(f"/publish/take/{what}", audience="public", **asked)
    assert begun.url.path.startswith("/jobs/")
    address = re.search(r'href="(/publish/taken/[^"]+)"', finish(browser))
    assert address is not None
    saved = browser.get(html.unescape(address[1]))
    assert "attachment" in saved.headers["content-disposition"]
    assert int(saved.headers["content-length"]) == len(saved.content)
    assert saved.content == at_once
    assert zipfile.ZipFile(io.BytesIO(saved.content)).testzip() is None
    forged = address[1].partition("?")[0] + "?what=take-site&audience=partner"
    assert "content-disposition" not in browser.get(forged).headers
    with browser.access.desk.writing("test") as workspace:
        workspace.casebook.create("incident", title={"en": "New since"}, lang="en")
    assert browser.get(html.unescape(address[1])).content == saved.content
    with browser.access.desk.writing("test") as workspace:
        workspace.casebook.update(incident, {"visibility": "internal"}, why="taken back")
    assert "not kept any more" in browser.get(html.unescape(address[1])).text


@pytest.mark.long
def test_counts_are_drawn_and_told(browser: Browser) -> None:
    assert "Nothing to count yet." in browser.get("/statistics").text
    quick(browser)
    shown = browser.get("/statistics").text
    assert "<svg" in shown
    assert "<table>" in shown
    assert "style=" not in shown
    table = browser.get("/statistics/months.csv")
    assert "attachment" in table.headers["content-disposition"]
    assert browser.get("/statistics/nonsense.csv").status_code == 404


def test_settings_and_help_are_shown(browser: Browser) -> None:
    assert "workspace.title" in browser.get("/settings").text
    assert "Draft" in browser.get("/help").text


@pytest.mark.long
def test_the_passphrase_is_changed(locked_root: Path) -> None:
    browser = Browser(Access(locked_root))
    browser.get("/unlock")
    assert browser.send("/unlock", passphrase="wrong").status_code == 403
    browser.get("/unlock")
    assert browser.send("/unlock", passphrase=PASSPHRASE).status_code == 200
    browser.get("/settings")
    new = "eight other words that nobody knows yet"
    browser.send("/settings/passphrase", old=PASSPHRASE, new=new, again=new)
    assert "The passphrase is changed." in browser.text
    browser.access.lock()
    browser.get("/unlock")
    assert browser.send("/unlock", passphrase=new).status_code == 200
    browser.access.lock()


@pytest.mark.long
@pytest.mark.parametrize("lang", ["az", "ru", "tr", "en"])
def test_every_page_speaks_the_chosen_language(browser: Browser, lang: str) -> None:
    browser.get("/")
    shown = browser.send("/language", language=lang)
    assert f'<html lang="{lang}">' in shown.text
    browser.get("/")
    assert f'<html lang="{lang}">' in browser.send("/language", language="xx").text


def test_where_a_name_was_replaced_is_said_in_the_readers_words() -> None:
    words = Words("ru")
    assert words.harm("masked-name", "incident.summary") == "запись – Изложение"
    assert words.harm("quoted", "Bren Quill. A word") == "Bren Quill. A word"
