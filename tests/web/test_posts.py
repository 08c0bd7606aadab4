"""The wizard: a file in, how it was understood, mended, loaded as a job, reconciled, taken out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import HERE, Browser
from tests.web.waiting import HOSTILE, finish
from undersight.workbench import keeping

COMMENTS = (
    "comment_id,author_id,author_name,message,created_time,post_id,page_id,page_name\n"
    + "".join(
        f"c{n},a{n},Person {n} Sarnakli,{text},2031-05-02T10:00:{n:02d}Z,p1,page1,Sarnak Press\n"
        for n, text in enumerate(['"Shame on you"', '"""><script>alert(1)</script>"', '"Where?"'])
    )
)


def hand_in(browser: Browser, raw: bytes | str, name: str = "comments.csv") -> str:
    content = raw.encode() if isinstance(raw, str) else raw
    browser.get("/posts")
    answer = browser.send("/posts/files", files={"files": (name, content, "text/csv")})
    assert answer.status_code == 200, answer.text
    return str(answer.url.path)


def test_a_file_is_sealed_shown_mended_loaded_and_taken_out(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    raw = COMMENTS.replace("message", "what_was_said")
    address = hand_in(browser, raw)
    digest = address.rpartition("/")[2]
    assert "what_was_said" in browser.text
    column = re.search(r'name="name-(\d+)" value="what_was_said"', browser.text)
    assert column is not None
    mended = browser.send(address, **{f"column-{column[1]}": "text", "platform": "facebook"})
    assert "Shame on you" in mended.text
    assert "posts-table" in mended.text
    loaded = load(browser, address)
    assert loaded.url.path.startswith("/jobs/"), loaded.text
    text = re.sub(r"<[^>]+>", "", finish(browser))
    assert "3 read = 3 records + 0 duplicates + 0 rejected" in text
    browser.get("/posts")
    assert "3 = 3 + 0 + 0" in browser.text
    with workspace_of() as workspace:
        (manifest,) = workspace.corpus.imports()
        assert manifest.import_digest == digest
    browser.send(f"/posts/import/{manifest.import_id}/undo", why="wrong file")
    with workspace_of() as workspace:
        assert workspace.corpus.imports() == ()
        assert workspace.vault.contains(digest)


def test_what_all_rows_are_may_be_said_and_what_names_tell_is_shown(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    rows = "".join(f"2031-05-02 10:0{n},Person {n} Sarnakli,Where {n}?\n" for n in range(3))
    address = hand_in(browser, f"time,author,what_was_said\n{rows}")
    assert ">by its name: time<" in browser.text
    said = {"platform": "facebook", "kind": "comment", "column-2": "text"}
    shown = browser.send(address, **said)
    assert '<option value="comment" selected>' in shown.text
    load(browser, address)
    text = re.sub(r"<[^>]+>", "", finish(browser))
    assert "3 people who only commented" in text
    with workspace_of() as workspace:
        (manifest,) = workspace.corpus.imports()
        assert manifest.n_pseudonyms == 3


def test_what_was_changed_and_not_looked_at_is_shown_before_it_is_loaded(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    address = hand_in(browser, COMMENTS)
    again = load(browser, address, platform="telegram")
    assert again.url.path == f"{address}/load"
    assert 'value="telegram"' in again.text
    with workspace_of() as workspace:
        assert workspace.corpus.imports() == ()
    assert load(browser, address).url.path.startswith("/jobs/")
    finish(browser)


def test_a_file_that_is_erased_unloaded_leaves_its_custody(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    address = hand_in(browser, COMMENTS)
    browser.send(f"{address}/discard")
    digest = address.rpartition("/")[2]
    with workspace_of() as workspace:
        assert not workspace.vault.contains(digest)
    assert "erase" in browser.get(f"/evidence/object/{digest}").text
    assert browser.get(address).status_code == 404


def load(browser: Browser, address: str, **fields: str) -> Any:
    """Press the button that loads a file as it was shown."""
    form = next(one for one in browser.forms() if "seen" in one["fields"])
    headers = {"sec-fetch-site": "same-origin", "origin": HERE}
    browser.page = browser.client.post(
        f"{address}/load", data={**form["fields"], **fields}, headers=headers
    )
    return browser.page


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        *(
            pytest.param(n, marks=pytest.mark.long)
            for n in ("..\\..\\boot.ini", "/abs.csv", "a\x00b.csv")
        ),
    ],
)
def test_a_name_is_only_what_a_file_was_called(
    browser: Browser, name: str, workspace_of: Callable[[], Any]
) -> None:
    hand_in(browser, COMMENTS, name)
    with workspace_of() as workspace:
        (one,) = workspace.vault.intakes()
        assert "/" not in one.source_ref
        assert "\\" not in one.source_ref
        assert ".." not in one.source_ref
        names = {path.name for path in workspace.layout.root.rglob("*")}
    assert "passwd" not in names
    assert "boot.ini" not in names


def test_hostile_cells_names_and_columns_stay_text(browser: Browser) -> None:
    raw = COMMENTS.replace("page_name", HOSTILE.replace('"', '""').join('""'), 1)
    raw = COMMENTS.replace("Person 1 Sarnakli", "<b onclick=x>x</b>")
    hand_in(browser, raw, f"{HOSTILE}.csv")
    assert "<script>alert" not in browser.text
    assert "<b onclick" not in browser.text
    assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", browser.text)
    browser.get("/posts")
    assert "<img src=x" not in browser.text


@pytest.mark.long
def test_a_zip_bomb_is_told_and_nothing_is_loaded(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"<workbook/>")
        made.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    hand_in(browser, buffer.getvalue(), "bomb.xlsx")
    assert 'role="alert"' in browser.text
    assert "Load it like this" not in browser.text
    with workspace_of() as workspace:
        assert workspace.corpus.imports() == ()


def test_nothing_sent_is_told(browser: Browser) -> None:
    browser.get("/posts")
    answer = browser.send("/posts/files", files={"files": ("", b"", "text/csv")})
    assert answer.status_code == 422


def test_too_much_is_refused(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from undersight.web.pages import target

    browser.get("/target")
    answer = browser.send("/target", named="x" * 9_000_000)
    assert answer.status_code == 413
    assert "8 MiB" in answer.text
    assert target.page.actions


def test_the_comment_sheet_names_nobody(browser: Browser) -> None:
    address = hand_in(browser, COMMENTS)
    browser.get("/target")
    assert "No comments are loaded that say what they stand under." in browser.text
    browser.get(address)
    load(browser, address, has_names="on")
    finish(browser)
    browser.get("/target")
    assert 'name="named" value="other:p1"' in browser.text
    assert "Person 1" not in browser.text
    browser.send("/target", named="p1")
    assert "Not enough: with fewer than 20 comments" in browser.text
    assert "Person 1" not in browser.text
    printed = browser.client.post(
        "/target/page", data={"csrf": browser.token, "named": "p1"}, headers={"origin": HERE}
    )
    assert "attachment" in printed.headers["content-disposition"]
    browser.get("/target")
    assert browser.send("/target", named="nowhere").status_code == 404
    assert 'role="alert"' in browser.text


def test_where_much_is_loaded_nobody_waits_for_the_most_commented(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, workspace_of: Callable[[], Any]
) -> None:
    from undersight.workbench import targets

    load(browser, hand_in(browser, COMMENTS))
    finish(browser)
    monkeypatch.setattr(keeping, "_LARGE", 1)
    browser.get("/target")
    assert "are being counted: look again in a moment." in browser.text
    with workspace_of() as workspace:
        targets.commented(workspace)  # as the reading ahead does
    browser.get("/target")
    assert 'name="named" value="other:p1"' in browser.text


@pytest.mark.long
def test_a_long_sheet_is_counted_as_a_job_and_forgotten_with_its_posts(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from undersight.workbench import targets

    monkeypatch.setattr(targets, "_LONG_ROWS", 2)
    load(browser, hand_in(browser, COMMENTS))
    finish(browser)
    token = browser.client.get("/api/v1/session").json()["form_token"]
    program = {"json": {"named": "p1"}, "headers": {"x-csrf-token": token, "origin": HERE}}
    waiting = browser.client.post("/api/v1/target-sheet", **program)
    assert (waiting.status_code, waiting.json()["kind"]) == (202, "comment-sheet")
    browser.get(f"/jobs/{waiting.json()['job_id']}")
    finish(browser)
    counted = browser.client.post("/api/v1/target-sheet", **program)
    assert (counted.status_code, counted.json()["n_comments"]) == (200, 3)
    browser.get("/target")
    assert browser.send("/target", named="p1", n_top="7").url.path.startswith("/jobs/")
    address = re.search(r'"(/target\?job=\w+)"', finish(browser))
    assert address is not None
    assert "Not enough: with fewer than 20 comments" in browser.get(address[1]).text
    assert browser.send("/target", named="p1", n_top="7").url.path == "/target"
    browser.get("/target")
    assert browser.send("/target", named="nowhere").url.path.startswith("/jobs/")
    assert 'role="alert"' in finish(browser)
    load(browser, hand_in(browser, COMMENTS.replace("Where", "Who"), "more.csv"))
    finish(browser)
    assert "Count again" in browser.get(address[1]).text


COPIED = "Ravin Oltar\nShame on them!\n3 h\nLike\nReply\nMirel Dast\nPaid.\n2d\nLike\nReply\n"


@pytest.mark.long
def test_a_copied_comment_section_is_pasted_and_dated(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    browser.get("/posts")
    given = {"pasted": COPIED}
    address = str(browser.send("/posts/files", **given).url.path)
    assert "pasted-comments" in browser.text
    assert "Say at which moment the page was seen" in browser.text
    assert "--" not in re.sub(r"<!--.*?-->", "", browser.text)
    browser.send(address, page_seen="2031-05-02T14:00")
    assert "2031-05-02 11:00" in browser.text
    assert load(browser, address).url.path.startswith("/jobs/")
    assert "2 read" in re.sub(r"<[^>]+>", "", finish(browser))
    browser.get(address)
    assert browser.send(address, page_seen="soon").status_code == 422


@pytest.mark.long
def test_where_counting_takes_long_taking_out_leads_to_the_job_that_counts(
    browser: Browser, workspace_of: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LARGE", 1)
    for raw in (COMMENTS, COMMENTS.replace("Shame", "Same")):
        load(browser, hand_in(browser, raw))
        finish(browser)
    with workspace_of() as workspace:
        manifest, _other = workspace.corpus.imports()
        counted = workspace.layout.corpus / "counted"
    assert (counted / "sizes").is_file()
    browser.get("/posts")
    answer = browser.send(f"/posts/import/{manifest.import_id}/undo", why="wrong file")
    assert answer.url.path.startswith("/jobs/")
    assert "Counting posts" in finish(browser)
    assert (counted / "sizes").is_file()
    browser.get("/posts")
    assert "3 = 3 + 0 + 0" in browser.text
