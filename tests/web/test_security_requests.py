"""What a hostile request could try, by class: names, paths, sizes, headers, other servers."""

from __future__ import annotations

import itertools
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import PORT, Browser, client_of
from tests.web.people import PASSWORD, made, quick_passwords, signed_in
from undersight.web import routing
from undersight.web.access import Access
from undersight.web.app import create_app
from undersight.web.pages import PAGES

CLIMBING = ("..%2f..%2fundersight.toml", "%2e%2e%2f%2e%2e%2fcasebook.db", "%2fetc%2fpasswd",
            "..\\..\\undersight.toml", "con", "x%00.txt")  # fmt: skip
ELSEWHERE = ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
             "/%0d%0aset-cookie:a=b", "\thttps://evil.example", "https:evil.example")  # fmt: skip


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


@pytest.fixture
def access(plain_root: Path) -> Iterator[Access]:
    found = Access(plain_root)
    found.unlock("")
    made(found)
    yield found
    found.lock()


# --- names (DNS rebinding, proxies) -----------------------------------------------------------


@pytest.fixture
def behind(plain_root: Path) -> Iterator[Any]:
    """A browser before a workbench behind a proxy that speaks TLS."""
    access = Access(plain_root, is_behind_tls=True)
    access.unlock("")
    made(access)
    app = create_app(access, port=PORT, names=("log.test",))
    yield client_of(app, "https://log.test")
    access.lock()


def test_behind_tls_it_answers_the_names_it_was_given(behind: Any) -> None:
    assert behind.get("/sign-in").status_code == 200
    for host in ("evil.example", "log.test.evil.example", "log.test:8443", "10.0.0.7", ""):
        told = {"host": host, "x-forwarded-host": "log.test", "forwarded": "host=log.test"}
        assert behind.get("/sign-in", headers=told).status_code == 421, host


def test_behind_tls_the_cookie_never_goes_in_clear(behind: Any) -> None:
    answer = behind.get("/sign-in")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-undersight=")
    for word in ("Secure", "HttpOnly", "SameSite=strict", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["strict-transport-security"]
    token = re.search(r'name="csrf" value="([0-9a-f]{64})"', answer.text)
    data = {"csrf": token[1] if token else "", "name": "viewer", "password": PASSWORD}
    for origin, status in (("http://log.test", 403), ("https://evil.example", 403),
                           ("https://log.test", 303)):  # fmt: skip
        sent = behind.post(
            "/sign-in", data=data, headers={"origin": origin}, follow_redirects=False
        )
        assert sent.status_code == status, origin


@pytest.mark.long
def test_behind_a_proxy_guesses_are_counted_by_who_is_behind_it(behind: Any) -> None:
    token = re.search(r'name="csrf" value="([0-9a-f]{64})"', behind.get("/sign-in").text)
    statuses = []
    for place in range(34):
        data = {"csrf": token[1] if token else "", "name": f"n{place}", "password": "wrong"}
        headers = {"x-forwarded-for": f"198.51.100.{place}, 203.0.113.9"}
        statuses.append(behind.post("/sign-in", data=data, headers=headers).status_code)
    assert statuses[-1] == 429  # what a client claims itself does not help it
    headers = {"x-forwarded-for": "203.0.113.10"}
    data |= {"name": "viewer", "password": PASSWORD}
    answer = behind.post("/sign-in", data=data, headers=headers, follow_redirects=False)
    assert answer.status_code == 303


@pytest.mark.long
def test_programs_behind_a_proxy_are_counted_each_by_itself(behind: Any) -> None:
    def shown(name: str, password: str, place: str) -> int:
        answer = behind.post(
            "/api/v1/session",
            json={"name": name, "password": password},
            headers={"x-forwarded-for": place},
        )
        return int(answer.status_code)

    wrong = [shown(f"n{place}", "wrong", "203.0.113.9") for place in range(34)]
    assert wrong[-1] == 429
    assert shown("viewer", PASSWORD, "203.0.113.10") == 201


@pytest.mark.long
def test_without_a_proxy_nobody_says_where_he_comes_from(access: Access) -> None:
    browser = Browser(access)
    statuses = []
    for place in range(32):
        browser.get("/sign-in")
        data = {"csrf": browser.token, "name": f"n{place}", "password": "wrong"}
        headers = {"x-forwarded-for": f"198.51.100.{place}"}
        statuses.append(browser.client.post("/sign-in", data=data, headers=headers).status_code)
    assert statuses[-1] == 429


# --- forms of others, planted cookies, other addresses ----------------------------------------


@pytest.mark.long
def test_no_account_form_is_taken_without_the_session_s_token(access: Access) -> None:
    admin = signed_in(access, "admin")
    stranger = Browser(access)
    stranger.get("/sign-in")
    posted = [a.path for page in PAGES for a in page.actions if a.method == "POST"]
    tried = [path for path in posted if path.startswith("/account")]
    assert len(tried) > 12
    for path, token in itertools.product(tried, ("", "0" * 64, stranger.token)):
        answer = admin.client.post(path, data={"csrf": token, "name": "viewer", "sure": "yes"})
        assert answer.status_code == 403, path
        assert "form is older" in answer.text, path


def test_a_planted_cookie_is_no_session_and_becomes_none(access: Access) -> None:
    victim = Browser(access)
    victim.client.cookies.set("undersight-8765", "planted")
    victim.get("/sign-in")
    data = {"csrf": victim.token, "name": "editor", "password": PASSWORD}
    answer = victim.client.post("/sign-in", data=data, follow_redirects=False)
    given = re.search(r"undersight-8765=([\w-]+)", answer.headers["set-cookie"])
    assert given is not None
    assert given[1] != "planted"
    assert access.session("planted") is None
    assert access.session(given[1]) is not None


@pytest.mark.long
@pytest.mark.parametrize("there", ELSEWHERE)
def test_nothing_leads_elsewhere(access: Access, there: str) -> None:
    browser = Browser(access)
    browser.get("/sign-in", params={"next": there})
    assert not re.search(r"(href|action|value)=\"(https?:|//|javascript:)", browser.text)
    data = {"csrf": browser.token, "name": "editor", "password": PASSWORD, "next": there}
    answer = browser.client.post("/sign-in", data=data, follow_redirects=False)
    assert answer.headers["location"].startswith("/")
    assert not answer.headers["location"].startswith(("//", "/\\"))
    assert "a=b" not in answer.headers.get("set-cookie", "")
    for path in ("/language", "/sign-out"):
        data = {"csrf": browser.get("/account") and browser.token, "next": there}
        led = browser.client.post(path, data=data, follow_redirects=False).headers["location"]
        assert led.startswith("/"), path
        assert not led.startswith(("//", "/\\")), path


# --- paths and files --------------------------------------------------------------------------


@pytest.mark.long
def test_no_address_climbs_to_a_file(access: Access) -> None:
    admin = signed_in(access, "admin")
    paths = [a.path for page in PAGES for a in page.actions if a.method == "GET" and "{" in a.path]
    assert len(paths) > 10
    for path, name in itertools.product([*paths, "/static/{file}"], CLIMBING):
        asked = "/".join(name if part.startswith("{") else part for part in path.split("/"))
        answer = admin.client.get(asked, follow_redirects=False)
        assert answer.status_code in (400, 403, 404, 405, 409, 422), asked
        assert "lock_after_min" not in answer.text, asked
        assert "root:" not in answer.text, asked
        assert "SQLite" not in answer.text, asked


@pytest.mark.long
def test_a_download_s_name_is_no_header(access: Access, plain_root: Path) -> None:
    settings = plain_root / "undersight.toml"
    text = settings.read_text("utf-8")
    hostile = 'title = "a\\r\\nset-cookie: b=c\\";"'
    settings.write_text(text.replace('title = "Qaravel log"', hostile), "utf-8")
    access.lock()
    access.unlock("")
    admin = signed_in(access, "admin")
    admin.get("/entry")
    entered = admin.send("/entry", who="A", what="questioning", when="2031", line="x")
    record = entered.url.path.rpartition("/")[2]
    answers = []
    asked: dict[str, dict[str, str]] = {
        "/publish/take/site": {},
        "/publish/take/export": {"format": "csv"},
        "/publish/take/entry": {"incident_id": record, "format": "html"},
    }
    for path, given in asked.items():
        data = {"csrf": admin.get("/publish") and admin.token, **given}
        answers.append(admin.client.post(path, data=data))
    for answer in answers:
        assert "b=c" not in answer.headers.get("set-cookie", "")
        named = answer.headers.get("content-disposition", "")
        assert re.fullmatch(r"(attachment; filename=\"[\w. -]+\")?", named), named


# --- sizes ------------------------------------------------------------------------------------


def test_what_somebody_sends_who_may_not_is_not_read(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    real = routing.read_form

    async def noted(request: Any, **limits: Any) -> Any:
        read.append(request)
        return await real(request, **limits)

    monkeypatch.setattr(routing, "read_form", noted)
    stranger, viewer = Browser(access), signed_in(access, "viewer")
    stranger.get("/sign-in")
    headers = {"content-type": "multipart/form-data; boundary=x"}
    for browser, status in ((stranger, 401), (viewer, 403)):
        read.clear()
        answer = browser.client.post("/posts/files", content=b"--x", headers=headers)
        assert (answer.status_code, read) == (status, [])
    editor = signed_in(access, "editor")
    editor.client.post("/posts/files", content=b"--x", headers=headers)
    assert read


@pytest.mark.long
def test_a_form_that_is_too_long_is_stopped(access: Access) -> None:
    editor = signed_in(access, "editor")
    editor.get("/entry")

    def long() -> Iterator[bytes]:
        yield f"csrf={editor.token}&line=".encode()
        for _ in range(12):
            yield b"x" * 1_000_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = editor.client.post("/entry", content=long(), headers=headers)
    assert answer.status_code == 413


# --- other servers ----------------------------------------------------------------------------


@pytest.mark.long
def test_no_address_that_somebody_types_is_asked(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def refused(*where: Any, **_: Any) -> None:
        asked.append(where)
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    inner = "http://169.254.169.254/latest/meta-data"
    editor = signed_in(access, "editor")
    editor.get("/entry")
    entered = editor.send("/entry", who="A", what="questioning", when="2031", sources=inner,
                          line=f"see {inner} and http://localhost:8765/lock")  # fmt: skip
    editor.get("/entry")
    editor.send("/entry/draft", text=f"Tarvin Oskelde was arrested on 2 May 2031, says {inner}.")
    here = entered.url.path
    editor.get(here)
    editor.send(f"{here}/update", note=inner, sources=inner)
    for path in (here, "/publish", "/evidence", f"/publish/{here.rpartition('/')[2]}"):
        editor.get(path)
    assert asked == []


def test_a_cell_that_begins_a_formula_is_harmless(access: Access) -> None:
    editor = signed_in(access, "editor")
    editor.get("/entry")
    editor.send("/entry", who="=cmd|calc", what="questioning", when="2031", line="=1+1",
                sources="@SUM(1)")  # fmt: skip
    charts = set(re.findall(r"/statistics/([\w-]+)\.csv", editor.get("/statistics").text))
    assert charts
    for chart in charts:
        table = editor.client.get(f"/statistics/{chart}.csv").text
        for cell in re.split(r"[,\n]", table):
            assert not cell.strip('"').startswith(("=", "+", "@", "\t")), (chart, cell)
