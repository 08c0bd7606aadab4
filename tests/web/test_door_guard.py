"""The guard at its edges: what only one header, one method or one cookie's flag holds back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import HERE, PORT, Browser, client_of
from undersight.errors import ForeignHostError
from undersight.web.access import Access
from undersight.web.app import create_app

COOKIE = f"undersight-{PORT}"


# --- tokens -----------------------------------------------------------------------------------


def test_a_form_token_is_of_one_browser_and_of_one_start_of_the_workbench() -> None:
    first, second = Access(None), Access(None)
    token = first.form_token("cookie")
    assert first.is_form_token("cookie", token)
    assert not first.is_form_token("another", token)
    assert not second.is_form_token("cookie", token)
    assert first.form_token("cookie") != second.form_token("cookie")


def test_without_a_cookie_no_token_is_right() -> None:
    access = Access(None)
    assert not access.is_form_token("", access.form_token(""))


def test_a_script_of_ours_shows_its_token_in_a_header(browser: Browser) -> None:
    browser.get("/unlock")
    headers = {"x-csrf-token": browser.token, "origin": HERE}
    answer = browser.client.post("/lock", headers=headers, follow_redirects=False)
    assert answer.status_code == 303
    assert browser.access.is_locked


# --- requests of others -----------------------------------------------------------------------


@pytest.mark.parametrize("sender", ["cross-site", "same-site"])
@pytest.mark.parametrize("mode", ["no-cors", "cors", "same-origin", "websocket"])
def test_another_program_of_this_computer_embeds_nothing_of_ours(
    browser: Browser, sender: str, mode: str
) -> None:
    asked = {"sec-fetch-site": sender, "sec-fetch-mode": mode}
    assert browser.client.get("/static/workbench.css", headers=asked).status_code == 403
    assert browser.client.get("/api/v1/session", headers=asked).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"},
        {"origin": "http://evil.example"},
    ],
)
def test_whatever_may_change_something_is_refused_from_elsewhere(
    browser: Browser, method: str, headers: dict[str, str]
) -> None:
    answer = browser.client.request(method, "/api/v1/session", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign-request"
    assert not browser.access.is_locked


def test_a_socket_is_closed_before_anything_is_heard() -> None:
    sent: list[Any] = []

    async def heard() -> Any:
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    guard = create_app(Access(None), port=PORT)
    scope = {"type": "websocket", "path": "/", "headers": [(b"host", HERE[7:].encode())]}
    asyncio.run(guard(scope, heard, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("length", ["-1", "x", "", "1e3", str(2 * 1024**3 + 1)])
def test_a_length_that_is_none_is_refused(browser: Browser, length: str) -> None:
    answer = browser.client.post("/unlock", content=b"", headers={"content-length": length})
    assert answer.status_code == 413


# --- every answer -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/unlock", "/static/workbench.css", "/api/v1/session", "/no"])
def test_no_answer_is_framed_sniffed_told_elsewhere_or_shared(browser: Browser, path: str) -> None:
    told = browser.client.get(path).headers
    assert told["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in told["content-security-policy"]
    assert told["referrer-policy"] == "same-origin"
    assert told["cross-origin-opener-policy"] == "same-origin"
    assert told["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in told["permissions-policy"]
    assert "strict-transport-security" not in told, "it would bind what else this name serves"


# --- cookies ----------------------------------------------------------------------------------


@pytest.fixture
def behind(plain_root: Path) -> Iterator[Any]:
    access = Access(plain_root, is_behind_tls=True)
    assert access.unlock("") is None, "others can reach it: everybody signs in"
    yield client_of(create_app(access, port=PORT, names=("log.test",)), "https://log.test")
    access.lock()


def flags(answer: Any) -> set[str]:
    _, *rest = answer.headers["set-cookie"].lower().split("; ")
    return set(rest)


def test_every_cookie_is_kept_from_scripts_other_sites_and_the_clear(
    browser: Browser, behind: Any
) -> None:
    wanted = {"httponly", "path=/", "samesite=strict"}
    for client, more in ((browser.client, set[str]()), (behind, {"secure"})):
        shown = client.get("/unlock", follow_redirects=True)
        token = re.search(r'name="csrf" value="([0-9a-f]{64})"', shown.text)
        data = {"csrf": token[1] if token else "", "language": "az"}
        chosen = client.post("/language", data=data, follow_redirects=False)
        assert chosen.headers["set-cookie"].startswith("undersight-language=az")
        assert flags(chosen) == wanted | more


def test_the_interface_sets_the_same_cookie_with_the_same_flags(browser: Browser) -> None:
    answer = browser.client.post("/api/v1/session", json={"passphrase": ""})
    assert answer.status_code == 201
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=")
    assert flags(answer) == {"httponly", "path=/", "samesite=strict"}


def test_a_language_that_there_is_not_is_not_kept(browser: Browser) -> None:
    browser.get("/unlock")
    for language in ("xx", "", "az; domain=evil.example"):
        data = {"csrf": browser.token, "language": language}
        answer = browser.client.post("/language", data=data, follow_redirects=False)
        assert "set-cookie" not in answer.headers


# --- the first steps --------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["make", "demo", "open"])
def test_where_others_can_reach_it_nobody_chooses_a_folder(tmp_path: Path, step: str) -> None:
    browser = Browser(Access(None, is_shared=True))
    browser.get("/unlock")
    data = {"csrf": browser.token, "folder": str(tmp_path), "is_plain": "on"}
    assert browser.client.post(f"/workspace/{step}", data=data).status_code == 401
    assert browser.access.root is None


@pytest.mark.parametrize("step", ["make", "demo", "open"])
def test_nobody_turns_a_workbench_to_another_workspace(
    plain_root: Path, tmp_path: Path, step: str
) -> None:
    browser = Browser(Access(plain_root))
    browser.get("/unlock")
    data = {"csrf": browser.token, "folder": str(tmp_path), "is_plain": "on"}
    assert browser.client.post(f"/workspace/{step}", data=data).status_code == 401
    assert browser.access.root == plain_root


def test_a_plain_workspace_is_not_opened_to_others_by_a_first_account(plain_root: Path) -> None:
    access = Access(plain_root, is_shared=True)
    access.unlock("")
    browser = Browser(access)
    browser.get("/sign-in")
    word = "four unrelated words here"
    data = {"csrf": browser.token, "name": "Maya", "new": word, "again": word, "passphrase": ""}
    answer = browser.client.post("/sign-in/first", data=data)
    assert answer.status_code >= 400
    with access.desk.reading() as workspace:
        from undersight.workbench import accounts

        assert not accounts.have_been_made(workspace)
    access.lock()


def test_the_name_that_was_asked_for_is_told_short() -> None:
    assert len(ForeignHostError("a" * 100).sentence) < 200
