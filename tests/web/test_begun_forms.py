"""What was typed and not sent: kept sealed, shown again, gone once it is sent or thrown away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import HERE, Browser
from tests.web.test_people_and_publishing import party_of
from tests.web.test_record_journey import TEXT, quick


def kept(browser: Browser, form_id: str, **fields: Any) -> int:
    """Do what the script does while somebody types."""
    headers = {"x-csrf-token": browser.token, "origin": HERE, "sec-fetch-site": "same-origin"}
    data = {"form_id": form_id, **fields}
    return int(browser.client.post("/keep", data=data, headers=headers).status_code)


def test_five_fields_survive_a_reload_and_another_browser(
    browser: Browser, plain_root: Path
) -> None:
    browser.get("/entry")
    assert kept(browser, "entry-five", who="نرگس <i>Tarvin</i>", line="Half a li") == 204
    (file,) = (plain_root / "forms").iterdir()
    assert b"Tarvin" not in file.read_bytes()
    again = Browser(browser.access)
    again.get("/unlock")
    again.send("/unlock")
    assert "نرگس &lt;i&gt;Tarvin&lt;/i&gt;" in again.get("/entry").text
    assert 'value="Half a li"' in again.text
    assert "did not send" in again.text
    quick(browser)
    assert "did not send" not in browser.get("/entry").text
    assert list((plain_root / "forms").iterdir()) == []


@pytest.mark.long
def test_a_pasted_text_and_an_update_are_kept_and_thrown_away(browser: Browser) -> None:
    incident = quick(browser)
    browser.get("/entry")
    kept(browser, "entry-text", text=TEXT, context_date="2031-05-03")
    assert TEXT[:40] in browser.get("/entry").text
    browser.send("/entry/draft", text=TEXT)
    assert "did not send" not in browser.get("/entry").text
    browser.get(f"/incident/{incident}")
    kept(browser, f"update-{incident}", note="Released, they s", denial_by="Ministry")
    assert "Released, they s" in browser.get(f"/incident/{incident}").text
    assert f'href="/incident/{incident}#note"' in browser.get("/begun").text
    browser.send("/keep/drop")
    assert "No form was begun." in browser.text
    assert "Released, they s" not in browser.get(f"/incident/{incident}").text


def test_a_record_begun_before_somebody_changed_it_clashes_as_if_it_had_been_open(
    browser: Browser,
) -> None:
    incident = quick(browser)
    where = f"/record/{incident}"
    browser.get(where)
    form = next(f for f in browser.forms() if f["action"] == where)["fields"]
    kept(browser, f"record-{incident}", **{**form, "field.title.en": "Mine"})
    with browser.access.desk.writing("test") as workspace:
        workspace.casebook.update(incident, {"title": {"en": "Theirs"}}, "meanwhile")
    assert 'value="Mine"' in browser.get(where).text
    assert browser.send(where).status_code == 409
    browser.send(where, **{"pick.title.en": "mine"})
    with browser.access.desk.reading() as workspace:
        assert "'en': 'Mine'" in str(workspace.casebook.get(incident))
    assert "did not send" not in browser.get(where).text


def test_whoever_is_taken_out_stands_in_no_begun_form(browser: Browser, plain_root: Path) -> None:
    incident = quick(browser)
    kept(browser, f"update-{incident}", note="TARVIN OSKELDE was released")
    browser.get("/entry")
    kept(browser, "entry-five", who="Nurlan Verdan")
    person = party_of(browser, "Tarvin")
    browser.get(f"/people/{person}")
    browser.send(f"/people/{person}/withdraw", why="asked to be taken out", sure="yes")
    assert len(list((plain_root / "forms").iterdir())) == 1
    assert "Nurlan Verdan" in browser.get("/entry").text


def test_a_form_of_a_wrong_name_or_too_long_is_not_kept(
    browser: Browser, plain_root: Path
) -> None:
    browser.get("/entry")
    assert kept(browser, "../../casebook.db", who="x") == 422
    assert kept(browser, "entry-text", text="x" * (1024**2)) == 413
    assert not (plain_root / "forms").exists()
    assert browser.client.post("/keep", data={"form_id": "entry-five"}).status_code == 403
