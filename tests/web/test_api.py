"""The API: typed, described, behind the same door."""

from __future__ import annotations

from tests.web.conftest import HERE, Browser

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
    assert [one["incident_id"] for one in client.get("/api/v1/entries").json()] == [incident]
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
    stranger = Browser(browser.access).client
    for path in ("session", "entries", "entries/x", "search"):
        told = stranger.get(f"/api/v1/{path}")
        assert told.status_code == 401, path
        assert told.json()["error"]["code"] == "locked"
    assert stranger.post("/api/v1/entries", json=NEW).status_code == 401


def test_it_says_what_it_takes_and_loads_nothing_from_elsewhere(browser: Browser) -> None:
    described = browser.client.get("/api/openapi.json").json()
    assert "/v1/entries" in described["paths"]
    assert browser.client.get("/api/docs").status_code == 404
    assert browser.client.get("/api/v1/entries?act=nonsense").status_code == 422
    assert browser.client.get("/api/v1/entries/nothing").status_code == 404
    assert browser.client.get("/api/v1/search?limit=0").status_code == 422
