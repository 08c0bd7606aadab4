"""Files sealed from a form, custody read, a package that checks itself, deposits compared."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import Browser
from tests.web.waiting import HOSTILE, finish
from undersight.errors import ObjectTooLargeError
from undersight.workbench import evidence_room
from undersight.workbench.session import Workspace

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def seal(browser: Browser, name: str = "shot.png", **fields: str) -> str:
    browser.get("/evidence")
    browser.send("/evidence/files", files={"files": (name, PNG, "text/html")}, **fields)
    return browser.text


def object_of(workspace_of: Callable[[], Any]) -> str:
    with workspace_of() as workspace:
        return [str(one.object) for one in workspace.vault.intakes()][-1]


def test_a_file_is_sealed_and_its_custody_is_read(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    text = seal(browser, note="before takedown", url="https://example.org/p/1")
    assert "1 file is under a new seal." in text
    assert "unstamped" in text
    assert "everything is under a seal" in text
    assert "image/png" in text, "by its content, whatever was claimed"
    shown = browser.get(f"/evidence/object/{object_of(workspace_of)}").text
    for word in ("shot.png", "before takedown", "https://example.org/p/1", "came in", "seal-"):
        assert word in shown


def test_a_file_that_is_too_large_is_told_in_the_readers_language(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(*_given: object, **_more: object) -> None:
        raise ObjectTooLargeError(10)

    monkeypatch.setattr("undersight.vault.intake_group.IntakeGroup.add", too_large)
    browser.get("/evidence")
    browser.send("/language", language="ru")
    text = seal(browser)
    assert "shot.png: Файл больше, чем разрешено в настройках." in text
    assert "the most that one object may have" not in text


@pytest.mark.parametrize(
    ("page", "to", "said"),
    [("/posts", "/posts/files", "the posts"), ("/case-files", "/case-files", "the casebook")],
)
def test_what_a_file_was_handed_in_for_is_said_in_words(
    browser: Browser, workspace_of: Callable[[], Any], page: str, to: str, said: str
) -> None:
    browser.get(page)
    browser.send(to, files={"files": ("cases.csv", b"title,date\nA,2031-01-02\n")})
    shown = browser.get(f"/evidence/object/{object_of(workspace_of)}").text
    assert f'<dt>Handed in for</dt><dd dir="auto">{said}</dd>' in shown
    assert "waits for" not in shown


def test_what_the_vault_holds_is_read_once_for_each_state_of_it(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    real = evidence_room._look

    def counted(workspace: Workspace, n_listed: int) -> evidence_room.Room:
        looked.append(n_listed)
        return real(workspace, n_listed)

    monkeypatch.setattr(evidence_room, "_look", counted)
    seal(browser)
    looked.clear()
    for _again in range(2):
        assert "shot.png" in browser.get("/evidence").text
    assert looked == []
    assert "other.png" in seal(browser, name="other.png")
    assert len(looked) == 1


def test_hostile_names_and_notes_stay_text(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    text = seal(browser, name=f"a{HOSTILE}.png", note=HOSTILE, url=f"https://x/{HOSTILE}")
    shown = browser.get(f"/evidence/object/{object_of(workspace_of)}").text
    for page in (text, shown):
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("fields", [{"captured_at": "yesterday"}, {"source": "Leyla Tarvin"}])
def test_what_is_not_a_time_or_an_id_is_told(
    browser: Browser, fields: dict[str, str], workspace_of: Callable[[], Any]
) -> None:
    browser.get("/evidence")
    answer = browser.send("/evidence/files", files={"files": ("a.png", PNG, "")}, **fields)
    assert answer.status_code == 422
    with workspace_of() as workspace:
        assert list(workspace.vault.intakes()) == []


def test_what_came_in_unsealed_is_told_and_sealed(browser: Browser) -> None:
    browser.get("/posts")
    browser.send("/posts/files", files={"files": ("a.csv", b"a,b\n1,2\n", "")})
    assert "1 intake under no seal" in browser.get("/evidence").text
    browser.send("/evidence/pending")
    assert "everything is under a seal" in browser.text


def test_a_handover_is_made_for_an_object_and_leaves_no_copy(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    seal(browser)
    digest = object_of(workspace_of)
    assert digest in browser.get(f"/handover?what={digest}").text
    answer = browser.send("/handover", what=digest)
    assert answer.headers["content-type"] == "application/zip", answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        names = package.namelist()
    assert any(name.endswith("verify.py") for name in names)
    assert any("objects/" in name for name in names)
    with workspace_of() as workspace:
        assert list(workspace.layout.temporary.glob("handover-*")) == []
    browser.get("/handover")
    assert browser.send("/handover", what="nothing-of-ours").status_code in (404, 422)
    browser.get("/handover")
    assert browser.send("/handover", what=digest, audience="everybody").status_code == 422
    browser.get("/handover")
    assert browser.send("/handover", what=digest, since="soon").status_code == 422


def test_an_object_is_erased_once_its_consequences_were_said(
    browser: Browser, workspace_of: Callable[[], Any]
) -> None:
    seal(browser)
    digest = object_of(workspace_of)
    with workspace_of() as workspace:
        source = workspace.casebook.create("source", title="Order", evidence=(digest,))
    shown = browser.get(f"/evidence/object/{digest}").text
    assert "1 record names it as evidence" in shown
    assert source.record_id in shown
    for fields in ({"why": "asked"}, {"sure": "yes"}, {}):
        browser.get(f"/evidence/object/{digest}")
        assert browser.send(f"/evidence/object/{digest}/erase", **fields).status_code == 422
    with workspace_of() as workspace:
        assert workspace.vault.contains(digest)
    browser.get(f"/evidence/object/{digest}")
    done = browser.send(f"/evidence/object/{digest}/erase", why="asked", sure="yes")
    assert done.status_code == 200
    assert "backup" in done.text
    assert source.record_id in done.text
    with workspace_of() as workspace:
        assert not workspace.vault.contains(digest)
    after = browser.get(f"/evidence/object/{digest}").text
    assert "were erased" in after
    assert "Erase it for good" not in after


def test_an_object_that_never_was_is_told(browser: Browser) -> None:
    for digest in ("0" * 64, "%2e%2e%2fetc"):
        assert browser.get(f"/evidence/object/{digest}").status_code == 404


def archive(n_posts: int) -> bytes:
    """A platform's own archive of a page with so many posts."""
    posts = [
        {"timestamp": 1_930_000_000 + n * 86_400, "data": [{"post": f"Post {n} of Sarnak Hour"}]}
        for n in range(n_posts)
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("posts/your_posts_1.json", json.dumps(posts))
    return buffer.getvalue()


def test_deposits_are_sealed_listed_and_compared(browser: Browser) -> None:
    browser.get("/deposits")
    browser.send("/deposits/code", name="Sarnak Hour")
    assert "show " in browser.text
    for n_posts in (5, 3):
        files = {"files": (f"archive-{n_posts}.zip", archive(n_posts), "")}
        answer = browser.send("/deposits", files=files, name="Sarnak Hour")
        assert answer.status_code == 200, answer.text
    assert "code not shown" in browser.text
    compared = browser.send("/deposits/compared")
    assert compared.status_code == 200
    assert "Deposits 1 and 2" in compared.text
    assert "2 posts" in compared.text
    browser.get("/deposits")
    refused = browser.send("/deposits", files={"files": ("a", b"x", "")}, name="../x")
    assert refused.status_code == 422


@pytest.mark.long
def test_what_a_check_notes_is_told_in_words(browser: Browser) -> None:
    seal(browser)
    browser.get("/evidence")
    browser.send("/evidence/verify")
    assert "Stamped by no time authority: " in finish(browser)
