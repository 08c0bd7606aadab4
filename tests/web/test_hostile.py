"""Hostile words in every field: shown as words, never as markup; nothing points outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.web.conftest import Browser

MARK = "zqx"
HOSTILE = (
    f'"><script>{MARK}()</script><img src=x onerror={MARK}()>'
    f"'-{MARK}()-'</textarea></title><svg onload={MARK}()>{{{{7*7}}}}<a href=javascript:{MARK}()>"
)
PAGES = (
    "/", "/entry", "/drafts", "/casebook", "/casebook?q=zqx", "/people", "/people/same",
    "/statistics", "/publish", "/settings", "/help",
)  # fmt: skip


class Looked(HTMLParser):
    """What a browser would run or fetch in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.handlers += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.handlers += [f"{tag} style" for name in given if name == "style"]
        if tag == "script":
            self.scripts.append(given.get("src", "inline"))
        if tag in {"img", "script", "link", "iframe", "source", "object", "embed", "use"}:
            self.loads.append(given.get("src") or given.get("href") or "")
        if tag == "form":
            self.loads.append(given.get("action", ""))
        self.handlers += [value for value in given.values() if value.startswith("javascript:")]


def check(browser: Browser, path: str) -> str:
    """Open a page and look for what would run or leave; return its text."""
    text = browser.get(path).text
    seen = Looked(text)
    assert seen.handlers == [], path
    assert all(one.startswith("/static/") for one in seen.scripts), path
    outside = [one for one in seen.loads if one and (one[0] != "/" or one[1:2] == "/")]
    assert outside == [], path
    assert f"<script>{MARK}" not in text, path
    assert "49" not in re.findall(r"'</textarea></title>(\d+)", text)
    return text


def planted(browser: Browser) -> str:
    """An entry with hostile words wherever words go; returns its address."""
    browser.get("/entry")
    answer = browser.send(
        "/entry", who=HOSTILE, what="questioning", when="2031-05-02", sources=HOSTILE, line=HOSTILE
    )
    here = answer.url.path
    assert here.startswith("/incident/"), answer.text
    browser.send(f"{here}/update", note=HOSTILE, denial_by=f"Ministry {HOSTILE}", sources=HOSTILE)
    browser.get("/casebook?q=zqx")
    browser.send("/casebook/keep", name=HOSTILE, q=HOSTILE)
    browser.get("/entry")
    browser.send("/entry/draft", text=f"Tarvin Oskelde was arrested on 2 May 2031. {HOSTILE}")
    return str(here)


def test_hostile_words_are_words_on_every_page(browser: Browser) -> None:
    here = planted(browser)
    draft = browser.page.url.path if browser.page else ""
    assert draft.startswith("/drafts/")
    record = here.rpartition("/")[2]
    people = set(re.findall(r'href="(/people/[0-9a-f-]{36})"', browser.get("/people").text))
    parts = set(re.findall(r'href="(/record/[0-9a-f-]{36})', browser.get(here).text))
    shown = [
        check(browser, path)
        for path in (*PAGES, here, draft, f"/publish/{record}", f"/record/{record}",
                     *sorted(people), *sorted(parts))
    ]  # fmt: skip
    assert sum(MARK in text for text in shown) > 8  # the words are there, as words


@pytest.mark.long
@pytest.mark.parametrize(
    "path",
    [
        "/casebook?q={}", "/people?q={}", "/unlock?next={}", "/incident/{}", "/record/{}",
        "/people/{}", "/publish/{}", "/drafts/{}/1", "/statistics/{}.csv", "/{}", "/casebook?f={}",
        "/incident/x?as_of={}",
    ],
)  # fmt: skip
def test_hostile_addresses_are_words(browser: Browser, path: str) -> None:
    from urllib.parse import quote

    check(browser, path.format(quote(HOSTILE, safe="")))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..%2f..%2fundersight.toml", "x\x00y", "con"]
)
def test_a_name_that_climbs_reaches_no_file(browser: Browser, name: str) -> None:
    from urllib.parse import quote

    for path in (f"/static/{quote(name, safe='')}", f"/drafts/{quote(name, safe='')}/1"):
        assert browser.client.get(path).status_code in (404, 422), path


def test_a_hostile_file_name_is_no_path(browser: Browser, plain_root: object) -> None:
    browser.get("/entry")
    text = b"Tarvin Oskelde was arrested in Sarnak on 2 May 2031."
    answer = browser.send("/entry/draft", files={"file": (f"../../{HOSTILE}.txt", text)})
    assert answer.url.path.startswith("/drafts/")


def test_a_header_is_not_split(browser: Browser) -> None:
    browser.get("/unlock")
    data = {"csrf": browser.token, "next": "/casebook\r\nset-cookie: a=b"}
    answer = browser.client.post("/unlock", data=data, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert "a=b" not in answer.headers["set-cookie"]
