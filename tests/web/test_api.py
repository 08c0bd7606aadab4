"""The API: typed, described, behind the same door."""

from __future__ import annotations

import json
import time
from typing import Any, get_args

import opentelemetry.trace
import pytest

from tests.web.conftest import HERE, Browser
from undersight.i18n import LANGUAGES
from undersight.web.api.caller import Language

NEW = {
    "who": ["Tarvin Oskelde"], "what": "questioning", "when": "2031-05-02",
    "sources": ["Sarnak Press"], "line": "Questioned over a post", "lang": "en",
}  # fmt: skip


def test_an_entry_is_recorded_listed_found_and_shown(browser: Browser) -> None:
    client = browser.client
    token = client.get("/api/v1/session").json()["form_token"]
    headers = {"x-csrf-token": token, "origin": HERE}
    made = client.post("/api/v1/entries", json=NEW, headers=headers)
    assert made.status_code == 201, made.text
    incident = made.json()["incident_id"]
    listed = client.get("/api/v1/entries").json()
    assert [one["incident_id"] for one in listed["entries"]] == [incident]
    assert listed["total"] == 1
    assert client.get(f"/api/v1/entries/{incident}").json()["records"][0]["kind"] == "incident"
    assert client.get("/api/v1/search?text=post").json()["total"] >= 1
    wrong = client.post("/api/v1/entries", json={**NEW, "when": "soonish"}, headers=headers)
    assert wrong.status_code == 422
    assert wrong.json()["error"]["code"] == "invalid-date"


def test_it_is_behind_the_same_door(browser: Browser) -> None:
    client = browser.client
    assert client.post("/api/v1/entries", json=NEW).status_code == 403
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.post("/api/v1/entries", json=NEW, headers=foreign).status_code == 403


def test_no_program_beside_it_is_told_what_is_asked_for(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the machine collects traces, measures and logs of its programs, not of this one."""
    told: list[str] = []

    class Collector(opentelemetry.trace.TracerProvider):
        def get_tracer(self, *_given: Any, **_named: Any) -> opentelemetry.trace.Tracer:
            told.append("asked for a tracer")
            return opentelemetry.trace.NoOpTracer()

    monkeypatch.setattr(opentelemetry.trace, "get_tracer_provider", Collector)
    assert browser.client.get("/api/v1/search?text=Tarvin").status_code == 200
    assert told == []


def test_whoever_shows_nothing_is_let_in_nowhere(browser: Browser) -> None:
    """Each operation without a session, and each that changes something without its token."""
    client, stranger = browser.client, Browser(browser.access).client
    for path, operations in client.get("/api/openapi.json").json()["paths"].items():
        for method, operation in operations.items():
            if operation["operationId"] == "begin_session":
                continue
            address = "/api" + path.replace("{", "").replace("}", "")
            told = stranger.request(method, address)
            assert told.status_code == 401, (method, path)
            assert told.json()["error"]["code"] == "not-signed-in"
            assert operation["security"][0]["session"] == []
            if method != "get":
                wrong = client.request(method, address, headers={"x-csrf-token": "0"})
                assert wrong.status_code == 403, (method, path)
                assert "token" in operation["security"][0]


def test_it_says_what_it_takes_and_loads_nothing_from_elsewhere(browser: Browser) -> None:
    described = browser.client.get("/api/openapi.json").json()
    assert "/v1/entries" in described["paths"]
    assert browser.client.get("/api/docs").status_code == 404
    assert browser.client.get("/api/v1/entries?act=nonsense").status_code == 422
    assert browser.client.get("/api/v1/entries/nothing").status_code == 404
    assert browser.client.get("/api/v1/search?limit=0").status_code == 422


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("limit=0", "The field “limit” should hold a value greater than or equal to 1."),
        ("limit=x", "The field “limit” should hold a valid integer"),
        ("foo=1", "The field “?foo” should hold one of the names described here: act, limit,"),
    ],
)
def test_a_refusal_reads_as_a_sentence(browser: Browser, asked: str, sentence: str) -> None:
    told = browser.client.get(f"/api/v1/entries?{asked}").json()["detail"]
    assert told.startswith(sentence)


def tokened(browser: Browser) -> dict[str, str]:
    token = browser.client.get("/api/v1/session").json()["form_token"]
    return {"x-csrf-token": token, "origin": HERE}


def recorded(browser: Browser) -> str:
    made = browser.client.post("/api/v1/entries", json=NEW, headers=tokened(browser))
    return str(made.json()["incident_id"])


def finished(browser: Browser, job: Any) -> Any:
    for _ in range(400):
        shown = browser.client.get(f"/api/v1/jobs/{job['job_id']}").json()
        if shown["state"] not in ("waiting", "running"):
            return shown
        time.sleep(0.02)
    raise AssertionError(job)


def test_an_entry_is_updated_changed_undone_and_read_as_of_a_day(browser: Browser) -> None:
    client, headers, incident = browser.client, tokened(browser), recorded(browser)
    path = f"/api/v1/entries/{incident}"
    new = {"note": "Nobody was summoned.", "denial_by": "Ministry of Fog"}
    assert client.post(f"{path}/updates", json=new, headers=headers).json() == {"number": 1}
    before = client.get(path).json()
    assert "Ministry of Fog" in json.dumps(before)
    changed = {"fields": {"title": {"en": "Questioned twice"}}, "why": "another source"}
    record = f"/api/v1/records/{incident}"
    assert client.patch(record, json=changed, headers=headers).status_code == 200
    assert client.get(record).json()["title"] == {"en": "Questioned twice"}
    last = client.get(f"{path}/history").json()[-1]
    assert last["why"] == "another source"
    undo = f"/api/v1/changes/{last['change_id']}/undo"
    assert client.post(undo, json={"why": "a slip"}, headers=headers).status_code == 200
    assert client.get(record).json()["title"] == {"en": NEW["line"]}
    assert client.get(f"{path}?as_of=2000-01-01").status_code == 404
    assert client.get(f"{record}/history").json()[-1]["why"] == "a slip"
    parties = client.get("/api/v1/parties?kind=individual").json()
    assert parties["total"] == 1
    party = client.get(f"/api/v1/parties/{parties['parties'][0]['party_id']}").json()
    assert party["entries"][0][0] == incident


def test_a_whole_document_is_recorded_or_nothing(browser: Browser) -> None:
    headers = tokened(browser)
    document = {"lang": "en", "title": "A search", "acts": [{"act_type": "search"}]}
    path = "/api/v1/documents"
    assert browser.client.post(path, json=document, headers=headers).status_code == 201
    wrong = browser.client.post(path, json={**document, "acts": [{"act_type": "?"}]},
                                headers=headers)  # fmt: skip
    assert wrong.status_code == 422
    assert browser.client.get("/api/v1/entries").json()["total"] == 1


def test_what_is_not_described_is_refused_by_name(browser: Browser) -> None:
    told = browser.client.get("/api/v1/entries?limt=3")
    assert told.status_code == 422
    assert "limt" in told.json()["error"]["sentence"]
    told = browser.client.post("/api/v1/entries", json={**NEW, "wher": 1},
                               headers=tokened(browser))  # fmt: skip
    assert told.status_code == 422
    assert "wher" in told.json()["error"]["sentence"]
    told = browser.client.put("/api/v1/runs")
    assert (told.status_code, told.headers["allow"]) == (405, "GET, POST")
    assert browser.client.get("/api/v1/nowhere").status_code == 404
    assert get_args(Language) == LANGUAGES


@pytest.mark.long
def test_posts_come_in_are_counted_and_go_out_again(browser: Browser) -> None:
    client, headers = browser.client, tokened(browser)
    rows = ["when,who,text,target_id,target_kind"] + [
        f"2031-05-{1 + n % 20:02d}T09:{n:02d}:00Z,user{n % 9},what {n} said,p1,page"
        for n in range(30)
    ]
    sent = client.post("/api/v1/files?name=../../comments.csv", content="\n".join(rows),
                       headers=headers)  # fmt: skip
    assert sent.status_code == 201, sent.text
    file = sent.json()
    assert file["name"] == "comments.csv"
    columns = {"roles": {"when": "time", "who": "account_id", "text": "text"},
               "platform": "facebook", "target": "p1"}  # fmt: skip
    path = f"/api/v1/files/{file['digest']}"
    seen = client.post(f"{path}/sample", json=columns, headers=headers).json()
    assert (seen["failure"], seen["format"]) == ("", "posts-table"), seen
    asked = {"digest": file["digest"], "format": "posts-table", "columns": columns}
    job = finished(browser, client.post("/api/v1/imports", json=asked, headers=headers).json())
    assert (job["state"], job["result"]["records"]) == ("done", 30), job
    assert client.get("/api/v1/files").json() == []
    (loaded,) = client.get("/api/v1/corpus").json()["imports"]
    gone = client.delete(f"/api/v1/imports/{loaded['import']}", headers=headers)
    assert gone.json()["n_records"] == 30
    assert client.post("/api/v1/files", headers=headers).status_code == 422


def test_what_all_rows_are_and_when_a_page_was_seen_can_be_said(browser: Browser) -> None:
    client, headers = browser.client, tokened(browser)
    table = "when,who,text\n2031-05-01T09:00:00Z,user1,no\n2031-05-01T09:00:00Z,user2,yes\n"
    copied = "".join(f"Mila {n}\nNo\n3 h\nLike\nReply\n" for n in range(3))
    files = [client.post("/api/v1/files", content=one, headers=headers) for one in (table, copied)]
    paths = [f"/api/v1/files/{one.json()['digest']}/sample" for one in files]
    columns: dict[str, Any] = {"platform": "vk", "constants": {"kind": "comment"}}
    seen = client.post(paths[0], json=columns, headers=headers).json()
    assert [row["kind"] for row in seen["preview"]["rows"]] == ["comment", "comment"]
    columns = {"seen": "2031-05-02T14:00:00"}
    seen = client.post(paths[1], json=columns, headers=headers).json()
    assert seen["format"] == "pasted-comments", seen
    assert seen["preview"]["rows"][0]["time"].startswith("2031-05-02T11:00")
    refused = {"digest": files[1].json()["digest"], "format": "pasted-comments",
               "columns": {"constants": {"kind": "comment"}}}  # fmt: skip
    told = client.post("/api/v1/imports", json=refused, headers=headers)
    assert told.status_code == 422, told.text


def test_evidence_is_listed_shown_and_verified(browser: Browser) -> None:
    client, headers = browser.client, tokened(browser)
    digest = client.post("/api/v1/files", content=b"a,b", headers=headers).json()["digest"]
    listed = client.get("/api/v1/evidence").json()
    assert (listed["latest"][0]["object"], listed["n_pending"]) == (digest, 1)
    assert client.get(f"/api/v1/evidence/{digest}").json()["is_here"]
    assert client.get(f"/api/v1/evidence/{'0' * 64}").status_code == 404
    asked = client.post("/api/v1/verification", json={"is_deep": True}, headers=headers)
    assert finished(browser, asked.json())["result"]["is_whole"]
    assert client.delete(f"/api/v1/files/{digest}", headers=headers).status_code == 204


def test_exports_come_as_files_and_the_session_can_end(browser: Browser) -> None:
    client, headers = browser.client, tokened(browser)
    recorded(browser)
    formats = [one["format"] for one in client.get("/api/v1/exports").json()]
    assert "stix" in formats
    sent = client.get("/api/v1/exports/stix?audience=internal")
    assert sent.headers["content-disposition"].startswith("attachment; filename=")
    assert client.get("/api/v1/exports/punchcards").status_code == 422
    assert client.delete("/api/v1/session", headers=headers).status_code == 204
    assert client.get("/api/v1/session").json()["error"]["code"] == "locked"
    again = client.post("/api/v1/session", json={"passphrase": ""})
    assert again.status_code == 201
    assert client.get("/api/v1/session").json() == again.json()


def test_a_form_of_another_page_begins_no_session(browser: Browser) -> None:
    stranger = Browser(browser.access).client
    foreign = {"sec-fetch-site": "cross-site"}
    shown = {"passphrase": ""}
    assert stranger.post("/api/v1/session", json=shown, headers=foreign).status_code == 403
    assert stranger.post("/api/v1/session", data=shown).status_code in (403, 422)
