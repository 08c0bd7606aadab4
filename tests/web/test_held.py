"""A form that came too late: it is given back whole, and nothing was done."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import HERE, Browser
from tests.web.test_hostile import HOSTILE
from undersight.model.records import Incident

OURS = {"origin": HERE, "sec-fetch-site": "same-origin"}
TYPED = {
    "who": f"Tarvin\n{HOSTILE}", "what": "arrest", "when": "2031-05-02", "line": "Half a line",
    "sources": "Sarnak Press",
}  # fmt: skip


def entries(browser: Browser) -> list[Any]:
    with browser.access.desk.reading() as workspace:
        return [one for one in workspace.casebook.all("incident") if isinstance(one, Incident)]


def test_what_was_typed_before_the_lock_is_sent_after_it(browser: Browser) -> None:
    browser.get("/entry")
    token = browser.token
    browser.access.lock()
    data = {"csrf": token, **TYPED}
    browser.page = browser.client.post("/entry", data=data, headers=OURS)
    assert browser.page.status_code == 401
    assert "<script>zqx" not in browser.text
    held = browser.forms()[0]
    browser.get("/unlock")
    browser.send("/unlock")
    assert not entries(browser)
    data = {**held["fields"]}
    browser.page = browser.client.post(held["action"], data=data, headers=OURS)
    assert browser.page.status_code == 403  # its token is older than the session
    assert not entries(browser)
    assert "Half a line" in browser.text
    assert browser.send("/entry").url.path.startswith("/incident/")
    (entry,) = entries(browser)
    assert entry.title or entry.summary


def test_a_pasted_text_with_a_file_field_is_given_back(browser: Browser) -> None:
    browser.get("/entry")
    browser.access.lock()
    data, files = {"csrf": browser.token, "text": "A line of the log"}, {"file": ("x.txt", b"y")}
    answer = browser.client.post("/entry/draft", data=data, files=files, headers=OURS)
    assert answer.status_code == 401
    assert "A line of the log" in answer.text
    assert "has to be chosen again" in answer.text


def test_secrets_and_what_others_sent_are_not_given_back(browser: Browser) -> None:
    browser.get("/entry")
    browser.access.lock()
    secret = {"csrf": browser.token, "old": "the words", "new": "other words"}
    assert (
        "the words"
        not in browser.client.post("/settings/passphrase", data=secret, headers=OURS).text
    )
    handover = {"csrf": browser.token, "what": "an object", "key_passphrase": "the words"}
    assert "the words" not in browser.client.post("/handover", data=handover, headers=OURS).text
    for headers in ({}, {"origin": HERE}, {**OURS, "hx-request": "true"}):
        answer = browser.client.post("/entry", data=TYPED, headers=headers)
        assert answer.status_code == 401
        assert "Half a line" not in answer.text
    long = {**TYPED, "line": "y" * 2**20}
    assert "yyyy" not in browser.client.post("/entry", data=long, headers=OURS).text
