"""From a pasted text to an entry, its updates, its past: a browser with scripts off."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web.conftest import Browser
from undersight.model.draft import DraftField
from undersight.web.pages.drafts import _said
from undersight.web.record_words import Words

TEXT = (
    "Tarvin Oskelde, a blogger, was questioned by police in Sarnak on 2 May 2031 over a post. "
    "He was released the same day. Nobody knows why the river is brown."
)


def quick(browser: Browser, **changed: str) -> str:
    browser.get("/entry")
    given = {
        "who": "Tarvin Oskelde", "what": "questioning", "when": "2031-05-02",
        "sources": "Sarnak Press", "line": "Questioned over a post", **changed,
    }  # fmt: skip
    answer = browser.send("/entry", **given)
    assert answer.status_code == 200, answer.text
    return str(answer.url.path).rpartition("/")[2]


def test_five_fields_make_an_entry(browser: Browser) -> None:
    incident = quick(browser)
    assert "Questioned over a post" in browser.text
    assert "Recorded." in browser.text
    assert "Tarvin Oskelde" in browser.text
    assert "Recorded." not in browser.get(f"/incident/{incident}").text  # said once
    assert incident[-8:] in browser.get("/").text


@pytest.mark.long
def test_a_wrong_date_is_told_beside_what_was_typed(browser: Browser) -> None:
    browser.get("/entry")
    answer = browser.send(
        "/entry", who="A", what="questioning", when="soonish", sources="", line="<b>x</b>"
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "soonish" in answer.text
    assert "&lt;b&gt;x&lt;/b&gt;" in answer.text


@pytest.mark.long
def test_a_recorded_name_is_asked_about(browser: Browser) -> None:
    quick(browser)
    browser.get("/entry")
    given = {"who": "Tarvin Oskelde", "what": "arrest", "when": "2031-06-01", "line": "Again"}
    asked = browser.send("/entry", **given)
    assert asked.status_code == 409
    assert "Is it one of them?" in asked.text
    party = re.search(r'name="same.0" value="([0-9a-f-]{36})"', asked.text)
    assert party
    browser.send("/entry", **{"same.0": party[1]})
    with browser.access.desk.reading() as workspace:
        names = [p for p in workspace.casebook.all("party") if "Tarvin" in str(p)]
        assert len(names) == 1


def drafted(browser: Browser) -> str:
    browser.get("/entry")
    answer = browser.send("/entry/draft", text=TEXT, context_date="2031-05-03")
    assert answer.status_code == 200, answer.text
    return answer.url.path


def test_nothing_enters_unseen(browser: Browser) -> None:
    there = drafted(browser)
    assert "<mark" in browser.text
    assert '<span class="unclaimed">' in browser.text
    assert 'role="alert"' in browser.send(f"{there}/store").text
    with browser.access.desk.reading() as workspace:
        assert workspace.casebook.all("incident") == ()


@pytest.mark.long
def test_a_draft_is_decided_field_by_field_and_recorded(browser: Browser) -> None:
    there = drafted(browser)
    rows = re.findall(r'<li id="f(\d+)"', browser.text)
    assert len(rows) > 3
    browser.send(f"{there}/decide", decision="accept")
    assert "accepted" in browser.text
    browser.send(f"{there}/decide", decision="undo")
    browser.get(there)
    person = re.search(r'<li id="f(\d+)"(?:(?!</li>).)*Tarvin', browser.text, re.DOTALL)
    assert person
    changed = browser.client.post(
        f"{there}/change",
        data={
            "csrf": browser.token,
            "place": person[1],
            "value": "Tarvin Oskelda",
            "role": "victim",
        },
    )
    assert "Tarvin Oskelda" in changed.text
    browser.get(there)
    browser.client.post(
        f"{there}/decide", data={"csrf": browser.token, "place": rows[-1], "decision": "reject"}
    )
    browser.get(there)
    browser.client.post(f"{there}/decide", data={"csrf": browser.token, "decision": "accept-open"})
    browser.get(there)
    done = browser.send(f"{there}/store")
    assert done.url.path.startswith("/incident/"), done.text
    assert "Tarvin Oskelda" in done.text
    assert browser.get(there).status_code == 404  # a draft that is done is off the shelf
    assert "No draft was begun." in browser.get("/drafts").text


def test_a_draft_survives_and_is_sealed(browser: Browser, plain_root: Any) -> None:
    there = drafted(browser)
    files = list((plain_root / "drafts").iterdir())
    assert len(files) == 1
    assert b"Tarvin" not in files[0].read_bytes()
    again = Browser(browser.access)
    again.get("/unlock")
    again.send("/unlock")
    assert "Tarvin" in again.get(there).text
    again.get("/drafts")
    assert "Tarvin" in again.text
    again.send(f"/drafts/{there.split('/')[2]}/throw-away")
    assert list((plain_root / "drafts").iterdir()) == []


@pytest.mark.long
def test_a_draft_that_is_none_is_told(browser: Browser) -> None:
    for path in ("/drafts/nonsense/1", "/drafts/0123456789abcdef/1", "/drafts/..%2f..%2fx/1"):
        assert browser.get(path).status_code == 404, path
    there = drafted(browser)
    for wrong in ("0", "99", "x", "1" * 9):
        assert browser.get(f"{there.rpartition('/')[0]}/{wrong}").status_code == 404


@pytest.mark.long
def test_an_update_and_a_denial_stand_on_the_entry(browser: Browser) -> None:
    incident = quick(browser)
    here = f"/incident/{incident}"
    browser.send(f"{here}/update", note="Released on bail.", published="2031-05-04")
    assert "Released on bail." in browser.text
    browser.send(f"{here}/update", note="Nobody was summoned.", denial_by="Ministry of Fog")
    assert "Ministry of Fog" in browser.text
    assert "is-denial" in browser.text


@pytest.mark.long
def test_an_entry_stands_as_of_a_day(browser: Browser) -> None:
    incident = quick(browser)
    today = re.search(r'name="as_of" type="date" value="([0-9-]+)"', browser.text)
    assert today
    shown = browser.get(f"/incident/{incident}?as_of={today[1]}")
    assert "Questioned over a post" in shown.text
    assert "Add what is new" not in shown.text
    assert browser.get(f"/incident/{incident}?as_of=2001-01-01").status_code == 404
    assert browser.get(f"/incident/{incident}?as_of=nonsense").status_code == 422


@pytest.mark.long
def test_a_change_is_taken_back(browser: Browser) -> None:
    incident = quick(browser)
    browser.get(f"/record/{incident}?next=/incident/{incident}")
    browser.send(f"/record/{incident}", **{"field.title.en": "Another title"})
    assert "Another title" in browser.text
    offered = next(f for f in browser.forms() if f["action"] == "/undo")
    assert len(offered["fields"]["changes"].split()) == 1
    browser.send("/undo")
    assert "Taken back." in browser.text
    assert "<h1><bdi" in browser.text
    assert "Questioned over a post</bdi></h1>" in browser.text


def test_two_who_change_one_field_are_told_and_two_fields_both_stand(browser: Browser) -> None:
    incident = quick(browser)
    where = f"/record/{incident}"
    first, second = browser, Browser(browser.access)
    second.get("/unlock")
    second.send("/unlock")
    first.get(where)
    assert '<option value="active" selected>' in first.text  # what holds unless said otherwise
    second.get(where)
    first.send(where, **{"field.title.en": "First"})
    refused = second.send(where, **{"field.title.en": "Second", "field.verification": ""})
    assert refused.status_code == 409
    assert "First" in refused.text
    assert 'value="Second"' in refused.text  # what was typed is still there
    second.get(where)
    first.get(where)
    first.send(where, **{"field.title.en": "Third"})
    fine = second.send(where, **{"field.summary.en": "More words"})
    assert fine.status_code == 200
    second.get(f"/incident/{incident}")
    assert "Third" in second.text
    assert "More words" in second.text


@pytest.mark.long
def test_a_search_is_kept(browser: Browser) -> None:
    quick(browser)
    browser.get("/casebook?q=post")
    assert "Questioned over a" in browser.text
    browser.send("/casebook/keep", name="river")
    assert "river" in browser.text
    assert browser.get("/casebook?q=xyzzyx").text.count("Nothing is found.") == 1
    assert browser.get("/casebook?f=nonsense%3D1").status_code == 422
    assert browser.get("/casebook?page=99999999999").status_code == 200


def test_the_board_leads_to_whom_it_tells_of(browser: Browser) -> None:
    quick(browser, what="arrest", when="2020-05-02")
    board = browser.get("/").text.partition('id="board"')[2]
    found = re.findall(r'<li><a href="(/(?:incident|people)/[0-9a-f-]{36})">', board)
    assert any(path.startswith("/people/") for path in found)
    for path in found:
        assert browser.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("claim", {"speaker": "Ministry of Order", "stance": "denies", "about": "questioning"},
         "Ministry of Order denies: questioning"),
        ("claim", {"speaker": "Ilke Tarn", "stance": "asserts", "about": None},
         "Ilke Tarn asserts"),
        ("sentence", {"kind": "fine", "amount": 500, "unit": "AZN"}, "fine: 500 AZN"),
        ("sentence", {"kind": "life", "amount": None, "unit": None}, "life imprisonment"),
        ("quantity", {"what": "followers", "amount": 9000, "unit": "followers"},
         "followers: 9\u202f000"),
        ("takedown", {"accounts": 86, "reporter": "Platform P", "pages": None},
         "accounts: 86, reported by: Platform P"),
    ],
)  # fmt: skip
def test_what_is_proposed_is_said_in_words(kind: str, value: dict[str, Any], said: str) -> None:
    class Visit:
        words = Words("en")
        lang = "en"

    field = DraftField(kind=kind, value=value, start=0, end=1, rule="en.x", confidence=0.5)
    assert _said(Visit(), field).casefold() == said.casefold()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "said"), [(1, "1 час"), (2, "2 часа"), (5, "5 часов"), (1.5, "1,5 часа")]
)
def test_a_proposed_number_takes_the_form_that_it_asks_for(amount: float, said: str) -> None:
    class Visit:
        words = Words("ru")
        lang = "ru"

    value = {"what": "duration", "amount": amount, "unit": "hours"}
    field = DraftField(kind="quantity", value=value, start=0, end=1, rule="ru.x", confidence=0.5)
    assert _said(Visit(), field).endswith(f": {said}")  # type: ignore[arg-type]
