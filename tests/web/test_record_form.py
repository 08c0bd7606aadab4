"""A record as a form: words for ids, parts without YAML, both values where two edited."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.web.conftest import Browser
from tests.web.test_people_and_publishing import party_of
from tests.web.test_record_journey import TEXT, quick
from undersight.model.records import Incident, Involvement, Party


def second_of(browser: Browser) -> Browser:
    second = Browser(browser.access)
    second.get("/unlock")
    second.send("/unlock")
    return second


def record_of(browser: Browser, record_id: str) -> Any:
    with browser.access.desk.reading() as workspace:
        return workspace.casebook.get(record_id)


def act_of(browser: Browser, incident: str) -> str:
    found = re.search(r'href="/record/([0-9a-f-]{36})\?[^"]*">change<', browser.get(
        f"/incident/{incident}").text)  # fmt: skip
    assert found
    return found[1]


def test_a_name_is_added_and_changed_without_yaml(browser: Browser) -> None:
    quick(browser)
    person = party_of(browser, "Tarvin")
    where = f"/record/{person}"
    browser.get(where)
    assert "Names and spellings" in browser.text
    given = {"field.names.0.value": "Tarvin Oskelda", "field.names.1.value": "Тарвин Оскельде",
             "field.names.1.lang": "ru"}  # fmt: skip
    browser.send(where, **given)
    names = record_of(browser, person).names
    assert [(one.value, one.lang) for one in names] == [
        ("Tarvin Oskelda", "en"), ("Тарвин Оскельде", "ru")
    ]  # fmt: skip
    assert names[0].use == "known_as"  # what the form did not touch stays
    browser.get(where)
    emptied = {f"field.names.0.{sub}": "" for sub in ("value", "lang", "script", "use")}
    browser.send(where, **emptied)
    assert [one.value for one in record_of(browser, person).names] == ["Тарвин Оскельде"]


@pytest.mark.long
def test_terms_are_boxes_in_words_and_keep_their_order(browser: Browser) -> None:
    act = act_of(browser, quick(browser))
    with browser.access.desk.writing("test") as workspace:
        manners = ["plain_clothes", "no_letter"]
        workspace.casebook.update(act, {"manners": manners}, "for the test")
    browser.get(f"/record/{act}")
    assert "no_letter" not in re.sub(r'value="[^"]*"', "", browser.text)
    browser.send(f"/record/{act}", **{"field.manners": ["", "no_letter", "plain_clothes",
                                                        "at_airport"]})  # fmt: skip
    assert record_of(browser, act).manners == ("plain_clothes", "no_letter", "at_airport")
    browser.get(f"/record/{act}")
    browser.send(f"/record/{act}", **{"field.manners": ""})
    assert record_of(browser, act).manners == ()


@pytest.mark.parametrize(
    ("side", "kept"), [("mine", "Second"), pytest.param("theirs", "First", marks=pytest.mark.long)]
)
def test_both_values_are_shown_and_one_is_chosen(browser: Browser, side: str, kept: str) -> None:
    incident = quick(browser)
    where, second = f"/record/{incident}", second_of(browser)
    browser.get(where)
    second.get(where)
    browser.send(where, **{"field.title.en": "First"})
    refused = second.send(where, **{"field.title.en": "Second", "field.summary.az": "Başqa"})
    assert refused.status_code == 409
    for value in ("Questioned over a post", "First", "Second", "Başqa"):
        assert value in refused.text
    done = second.send(where, **{"pick.title.en": side})
    assert done.status_code == 200, done.text
    stored = record_of(browser, incident)
    assert (stored.title["en"], stored.summary["az"]) == (kept, "Başqa")


@pytest.mark.long
def test_parts_that_two_changed_are_chosen_whole(browser: Browser) -> None:
    quick(browser)
    person = party_of(browser, "Tarvin")
    where, second = f"/record/{person}", second_of(browser)
    browser.get(where)
    second.get(where)
    browser.send(where, **{"field.names.0.value": "Tarvin I"})
    refused = second.send(where, **{"field.names.0.value": "Tarvin II"})
    assert refused.status_code == 409
    mine = re.search(r'name="mine.names" value="([^"]+)"', refused.text)
    assert mine
    assert json.loads(mine[1].replace("&#34;", '"'))[0]["value"] == "Tarvin II"
    second.send(where, **{"pick.names": "mine"})
    assert record_of(browser, person).names[0].value == "Tarvin II"


def test_what_is_wrong_in_a_part_is_told_and_nothing_is_lost(browser: Browser) -> None:
    incident = quick(browser)
    act = act_of(browser, incident)
    browser.get(f"/record/{act}")
    refused = browser.send(f"/record/{act}", **{"field.loss.0.days_down": "many",
                                                "field.place.0.locality": "Sarnak"})  # fmt: skip
    assert refused.status_code == 422
    assert 'value="many"' in refused.text
    assert 'value="Sarnak"' in refused.text
    browser.send(f"/record/{act}", **{"field.loss.0.days_down": "12"})
    stored = record_of(browser, act)
    assert (stored.loss.days_down, stored.place.locality) == (12, "Sarnak")


def test_what_went_wrong_is_told_in_the_readers_language(browser: Browser) -> None:
    browser.get("/help")
    browser.send("/language", language="ru")
    lost = browser.get("/nowhere")
    assert lost.status_code == 404
    assert '<html lang="ru">' in lost.text
    assert 'lang="en"' in lost.text  # the sentence that names the fact
    browser.get("/bulk")
    assert browser.client.get("/incident/nothing").status_code == 404


@pytest.mark.long
def test_no_id_of_a_vocabulary_or_field_stands_in_the_words_of_a_page(browser: Browser) -> None:
    incident = quick(browser, who="Tarvin Oskelde\nنرگس")
    act = act_of(browser, incident)
    person = party_of(browser, "Tarvin")
    browser.get("/entry")
    draft = browser.send("/entry/draft", text=TEXT, context_date="2031-05-03").url.path
    browser.send("/language", language="az")
    pages = (
        "/", "/entry", draft, "/casebook", f"/incident/{incident}", f"/record/{incident}",
        f"/record/{act}", f"/record/{person}", "/people", f"/people/{person}", "/bulk", "/undo",
        "/publish", f"/publish/{incident}", "/help",
    )  # fmt: skip
    for path in pages:
        text = re.sub(r"<[^>]*>", " ", browser.get(path).text)
        found = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text))
        assert found == set(), path


@pytest.mark.long
def test_a_reference_is_a_name_and_takes_one(browser: Browser) -> None:
    """Whom a record is about is read by name; a name that two carry is not guessed."""
    quick(browser)
    quick(browser, who="Nurlan Verdan")
    with browser.access.desk.reading() as workspace:
        part = next(
            one for one in workspace.casebook.all("involvement") if isinstance(one, Involvement)
        )
        names = {
            one.names[0].value: one.record_id
            for one in workspace.casebook.all("party")
            if isinstance(one, Party) and one.names[0].value.split()[0] in ("Tarvin", "Nurlan")
        }
    where = f"/record/{part.record_id}"
    first = next(name for name, record_id in names.items() if record_id == part.party)
    other = next(name for name in names if name != first)
    browser.get(where)
    assert f'value="{first} · {part.party}"' in browser.text
    assert f'<option value="{other} · {names[other]}">' in browser.text
    assert browser.send(where, **{"field.party": "Nobody Known"}).status_code == 422
    assert "nobody recorded" in browser.text
    browser.send(where, **{"field.party": other.upper()})
    with browser.access.desk.writing("test") as workspace:
        changed = workspace.casebook.get(part.record_id)
        assert isinstance(changed, Involvement)
        assert changed.party == names[other]
        workspace.casebook.create("party", party_kind="individual", names=[{"value": first}])
    browser.get(where)
    assert browser.send(where, **{"field.party": first}).status_code == 422
    assert f"{first} · {part.party}" in browser.text
    browser.send(where, **{"field.party": f"{first} · {part.party}"})
    with browser.access.desk.reading() as workspace:
        assert workspace.casebook.get(part.record_id) == part


@pytest.mark.long
def test_an_entry_is_tied_to_another_by_its_public_id(browser: Browser) -> None:
    quick(browser)
    first = str(browser.page.url.path).rpartition("/")[2]
    quick(browser, who="Nurlan Verdan")
    second = str(browser.page.url.path).rpartition("/")[2]
    where = f"/record/{second}"
    browser.get(where)
    answer = browser.send(where, **{"field.related.0.record": "QV-1999-0001"})
    assert answer.status_code == 422
    assert 'name="field.related.0.record" value="QV-1999-0001"' in browser.text, "nothing is lost"
    browser.send(where, **{"field.related.0.record": first[:13]})
    with browser.access.desk.reading() as workspace:
        entry = workspace.casebook.get(second)
        assert isinstance(entry, Incident)
        assert [one.record for one in entry.related] == [first]
    text = browser.get(where).text
    assert re.search(rf'name="field.related.0.record" value="[^"]+ · {first}"', text)
    browser.send(where, **{"field.related.0.note": "the same day"})
    with browser.access.desk.reading() as workspace:
        entry = workspace.casebook.get(second)
        assert isinstance(entry, Incident)
        assert [(one.record, one.note) for one in entry.related] == [(first, "the same day")]


def test_a_source_without_a_title_is_read_by_its_publisher(browser: Browser) -> None:
    quick(browser)
    incident = str(browser.page.url.path).rpartition("/")[2]
    assert re.search(r"Sarnak Press · [0-9a-f]{8}-", browser.get(f"/record/{incident}").text)
