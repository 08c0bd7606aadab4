"""Hostile words in every field: shown as words, never as markup; nothing points outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.web.conftest import Browser
from tests.web.waiting import finish

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


@pytest.mark.long
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


def quoted(cells: list[str]) -> str:
    """A line of a table."""
    return ",".join('"' + one.replace('"', '""') + '"' for one in cells) + "\n"


def sent(browser: Browser, page: str, raw: str, name: str) -> str:
    """Hand a file in under a hostile name; return the address that shows it."""
    browser.get(page)
    action = "/posts/files" if page == "/posts" else page
    answer = browser.send(action, files={"files": (name, raw.encode())})
    assert answer.status_code == 200, answer.text[:300]
    return str(answer.url.path)


def stored(browser: Browser, here: str, action: str, **fields: str) -> str:
    """Press the button of the open page that stores; return the job's address."""
    form = next(one for one in browser.forms() if one["action"] == here)
    data = {name: value for name, value in {**form["fields"], **fields}.items() if name}
    browser.page = browser.client.post(f"{here}/{action}", data=data)
    assert browser.page.url.path.startswith("/jobs/"), browser.text[:9000]
    finish(browser)
    return str(browser.page.url.path)


@pytest.mark.long
def test_no_column_of_a_table_of_posts_is_markup(browser: Browser) -> None:
    from undersight.workbench import waiting_files

    roles = [one for one in waiting_files.meanings() if one != "rest"]
    plain = {"time": "2031-05-02T10:00:00Z", "observed": "2031-05-03T10:00:00Z", "age": "",
             "platform": "facebook", "kind": "comment", "account_created": "2030-01-01",
             "is_reply": "no", "is_repost": "no", "parent_id": "", "repost_of_id": "",
             "root_id": "p1"}  # fmt: skip
    lines = [quoted([f"{HOSTILE} {role}" for role in roles])]
    for n in range(3):
        cells = [
            plain.get(role, str(n) if role.startswith("n_") else f"{HOSTILE} {role} {n}")
            for role in roles
        ]
        lines.append(quoted(cells))
    lines.append(quoted([HOSTILE for _role in roles]))  # no time in it: told, not stored
    here = sent(browser, "/posts", "".join(lines), f"{HOSTILE}.csv")
    given = {f"column-{n}": role for n, role in enumerate(roles)}
    browser.send(here, format="posts-table", **given)
    shown = browser.text
    assert "First rows as they would be loaded" in shown, shown[-3000:]
    assert Looked(shown).handlers == []
    job = stored(browser, here, "load")
    digest = here.rpartition("/")[2]
    paths = (here, job, "/posts", "/evidence", f"/evidence/object/{digest}", "/jobs", "/detection")
    assert sum(MARK in check(browser, path) for path in paths) >= 5
    for address in ("facebook:p1", f"facebook:{HOSTILE} target_id 0", HOSTILE, " "):
        browser.get("/target")
        text = browser.send("/target", named=address).text
        assert Looked(text).handlers == [], address
        assert f"<script>{MARK}" not in text


@pytest.mark.long
@pytest.mark.parametrize("shape", ["table", "feed", "page"])
def test_no_field_of_somebody_s_log_is_markup(browser: Browser, shape: str) -> None:
    from html import escape

    from undersight.workbench import case_files

    meanings = [meaning for meaning, _about in case_files.meanings() if meaning != "ignore"]
    more = {}
    if shape == "table":
        plain = {"date": "2031-05-02", "end": "2031-05-03", "victim_count": "", "country": "QV"}
        raw = quoted([f"{HOSTILE} {one}" for one in meanings])
        raw += quoted([plain.get(one, f"{HOSTILE} {one}") for one in meanings])
        raw += quoted([HOSTILE for _one in meanings])  # no day in it: told, not stored
        more = {"is_partial_allowed": "on"}
    elif shape == "feed":
        words = escape(f"Tarvin Oskelde was arrested on 2 May 2031. {HOSTILE}")
        raw = (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>{words}</title><item>'
            f"<title>{words}</title><link>{words}</link><author>{words}</author>"
            f"<category>{words}</category><description>{words}</description></item>"
            "</channel></rss>"
        )
        more = {"how": "text"}
    else:
        raw = f"<html><title>{escape(HOSTILE)}</title><p>2 May 2031: {escape(HOSTILE)}</p></html>"
    here = sent(browser, "/case-files", raw, f"{HOSTILE}.{'csv' if shape == 'table' else 'html'}")
    if shape == "table":
        fields = next(one["fields"] for one in browser.forms() if one["action"] == here)
        columns = {name: value for name, value in fields.items() if name.startswith("name-")}
        given = {
            name.replace("name", "column"): value.split()[-1] for name, value in columns.items()
        }
        assert len(given) == len(meanings)
        browser.send(here, **given)
    assert Looked(browser.text).handlers == []
    assert MARK in browser.text
    job = stored(browser, here, "bring-in", **more)
    paths = {here, job, "/case-files", "/drafts", *PAGES}
    for place in ("/casebook", "/people", "/drafts"):
        kind = "drafts/[0-9a-f]+/1" if place == "/drafts" else "(?:incident|people)/[0-9a-f-]{36}"
        paths |= set(re.findall(rf'href="(/{kind})"', browser.get(place).text))
    paths |= {f"/publish/{p.rpartition('/')[2]}" for p in paths if p.startswith("/incident/")}
    paths |= {f"/record/{p.rpartition('/')[2]}" for p in paths if p.startswith("/incident/")}
    assert sum(MARK in check(browser, path) for path in sorted(paths)) >= 3


@pytest.mark.parametrize("lang", ["../../etc/passwd", "en.x", "x\0", "EN"])
def test_a_language_that_is_none_is_told_and_names_no_module(browser: Browser, lang: str) -> None:
    browser.get("/entry")
    answer = browser.send("/entry/draft", text="Detained on 2 May 2031.", text_language=lang)
    assert answer.status_code == 422
    assert "bug" not in browser.text.lower()
