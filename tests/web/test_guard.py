"""What every request meets: names, senders, tokens, the policy on every answer."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers

from tests.web.conftest import HERE, PORT, Browser
from undersight.errors import RequestTooLargeError
from undersight.web import door
from undersight.web.access import Access
from undersight.web.guard import CONTENT_POLICY, Guard
from undersight.web.pages import PAGES

OURS = f"127.0.0.1:{PORT}"
ACTIONS = [(page, action) for page in (door.page, *PAGES) for action in page.actions]


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory, empty_root: Path) -> Iterator[Browser]:
    """A browser before an opened workspace that every request of these tests leaves as it is."""
    root = Path(shutil.copytree(empty_root, tmp_path_factory.mktemp("guard") / "log"))
    found = Browser(Access(root))
    found.get("/unlock")
    found.send("/unlock")
    yield found
    found.access.lock()


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        f"127.0.0.1:{PORT}.evil.example",
        f"10.0.0.1:{PORT}",
        f"localhost:{PORT + 1}",
        "",
        "a" * 500,
    ],
)
def test_a_name_that_is_not_ours_is_refused(waiting: Browser, host: str) -> None:
    answer = waiting.client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Qaravel" not in answer.text


def test_a_refusal_is_told_in_the_visitor_s_language(waiting: Browser) -> None:
    answer = waiting.client.get(
        "/", headers={"host": "evil.example", "accept-language": "az,en;q=0.5"}
    )
    assert '<html lang="az">' in answer.text
    assert "Go back in your browser" not in answer.text


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"[::1]:{PORT}", f"127.0.0.1:{PORT}"])
def test_our_own_names_are_answered(waiting: Browser, host: str) -> None:
    assert waiting.client.get("/unlock", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/unlock", "/nowhere", "/static/workbench.css", "/api/v1/entries"]
)
def test_the_policy_is_on_every_answer(waiting: Browser, path: str) -> None:
    answer = waiting.client.get(path)
    assert answer.headers["content-security-policy"] == CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    wanted = "no-cache" if path.startswith("/static") else "no-store"
    assert answer.headers["cache-control"] == wanted


def test_a_refused_name_carries_the_policy_too(waiting: Browser) -> None:
    answer = waiting.client.get("/", headers={"host": "evil.example"})
    assert answer.headers["content-security-policy"] == CONTENT_POLICY


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},  # another port of this computer
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://localhost:{PORT + 1}"},
        {"sec-fetch-site": "same-origin", "origin": "http://evil.example"},
    ],
)
def test_a_form_of_another_page_is_refused(waiting: Browser, headers: dict[str, str]) -> None:
    waiting.get("/unlock")
    answer = waiting.client.post("/lock", data={"csrf": waiting.token}, headers=headers)
    assert answer.status_code == 403
    assert not waiting.access.is_locked


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_our_token_is_refused(waiting: Browser, token: str) -> None:
    answer = waiting.client.post("/lock", data={"csrf": token}, headers={"origin": HERE})
    assert answer.status_code == 403
    assert not waiting.access.is_locked


def test_another_browsers_token_is_refused(browser: Browser) -> None:
    browser.get("/unlock")
    token = browser.token
    other = Browser(browser.access)
    other.get("/unlock")
    answer = other.client.post("/unlock", data={"csrf": token}, headers={"origin": HERE})
    assert answer.status_code == 403


def test_every_form_is_refused_without_a_token(browser: Browser) -> None:
    posted = [action for _, action in ACTIONS if action.method == "POST"]
    assert posted
    for action in posted:
        path = action.path.replace("{", "").replace("}", "")
        assert browser.client.post(path, data={}).status_code == 403, action.path


def test_what_another_page_embeds_is_refused(browser: Browser) -> None:
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert browser.client.get("/", headers=embedded).status_code == 403
    opened = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert browser.client.get("/", headers=opened).status_code == 200


def test_a_request_that_is_too_long_is_refused(browser: Browser) -> None:
    browser.get("/unlock")
    answer = browser.client.post("/unlock", data={"csrf": browser.token, "x": "a" * 9_000_000})
    assert answer.status_code == 413
    said = browser.client.post("/unlock", content=b"", headers={"content-length": "99999999999"})
    assert said.status_code == 413


def test_a_request_that_is_no_form_is_refused(browser: Browser) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = browser.client.post("/lock", content=b"nonsense", headers=kind)
    assert answer.status_code in (403, 422)
    kind = {"content-type": "text/plain"}
    assert browser.client.post("/lock", content=b"csrf=1", headers=kind).status_code == 403


def test_nobody_who_has_not_unlocked_sees_a_page(plain_root: object, browser: Browser) -> None:
    stranger = Browser(browser.access)
    for _, action in ACTIONS:
        if action.method != "GET" or action.needs == "enter":
            continue
        path = action.path.replace("{", "").replace("}", "")
        answer = stranger.client.get(path, follow_redirects=False)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/unlock?next="), path


def test_an_address_without_a_page_is_told(browser: Browser) -> None:
    answer = browser.client.get("/nowhere")
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text
    assert browser.client.get("/api/nowhere").json()["error"]["code"] == "unknown-page"
    refused = browser.client.get("/api/v1/session", headers={"host": "evil.example"})
    assert refused.headers["content-type"] == "application/problem+json"
    told = refused.json()
    assert (told["status"], told["title"]) == (421, "foreign-host")
    assert told["detail"] == told["error"]["sentence"]
    assert browser.client.put("/lock").status_code == 404


def test_a_bug_is_told_without_content(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("Tarvin Oskelde")

    monkeypatch.setattr("undersight.workbench.news.since", broken)
    browser.client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
    answer = browser.client.get("/")
    assert answer.status_code == 500
    assert "Oskelde" not in answer.text
    assert "KeyError" in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_POLICY


def test_a_next_that_leads_elsewhere_leads_home(plain_root: object, browser: Browser) -> None:
    for there in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"):
        browser.get("/unlock", params={"next": there})
        browser.client.get("/unlock", params={"next": there})
        data = {"csrf": browser.token, "next": there}
        answer = browser.client.post("/unlock", data=data, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_the_door_of_nothing_is_closed() -> None:
    nowhere = Browser(Access(None))
    assert nowhere.get("/unlock").status_code == 200
    assert nowhere.client.get("/", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("length", ["-1", "1e3", "2, 2", " ", str(2 * 1024**3 + 1)])
def test_a_length_that_is_none_or_too_large_is_refused_before_anything_is_read(
    length: str,
) -> None:
    guard = Guard(none_of_ours, hosts=frozenset({OURS}))
    told = guard.refusal("POST", Headers({"host": OURS, "content-length": length}))
    assert isinstance(told, RequestTooLargeError)


def test_no_socket_is_opened() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    guard = Guard(none_of_ours, hosts=frozenset({OURS}))
    asyncio.run(guard({"type": "websocket", "path": "/", "headers": []}, none_of_ours, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


async def none_of_ours(*_given: Any) -> Any:
    raise AssertionError
