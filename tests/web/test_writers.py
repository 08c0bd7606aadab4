"""Five people write at once through the browser: nothing is lost, nobody is told to wait."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.web.conftest import Browser
from undersight.model.records import Incident, Update
from undersight.settings import Profile
from undersight.web.access import Access
from undersight.workbench.session import Workspace

N_PEOPLE, N_ROUNDS = 5, 2


def write_together(access: Access) -> None:
    """Five people record entries of their own and add to one that all follow; check both."""
    first = opened(access)
    first.get("/entry")
    first.send("/entry", what="arrest", when="2031-05-01", line="Followed by all of us")
    shared = str(first.page.url.path).rpartition("/")[2] if first.page else ""

    def work(number: int) -> None:
        browser = opened(access)
        for n in range(N_ROUNDS):
            browser.get("/entry")
            made = browser.send(
                "/entry", who=f"Person {number} {n}", what="questioning", when="2031-05-02",
                sources="Sarnak Press", line=f"Line {number}-{n}",
            )  # fmt: skip
            assert made.status_code == 200, made.text
            browser.get(f"/incident/{shared}")
            added = browser.send(f"/incident/{shared}/update", note=f"Note {number}-{n}")
            assert added.status_code == 200, added.text

    with ThreadPoolExecutor(N_PEOPLE) as people:
        list(people.map(work, range(N_PEOPLE)))
    wanted = {f"{number}-{n}" for number in range(N_PEOPLE) for n in range(N_ROUNDS)}
    with access.desk.reading() as workspace:
        entries = [i for i in workspace.casebook.all("incident") if isinstance(i, Incident)]
        lines = {
            text for entry in entries for text in (*entry.title.values(), *entry.summary.values())
        }
        assert {f"Line {word}" for word in wanted} <= lines
        updates = [u for u in workspace.casebook.all("update") if isinstance(u, Update)]
        assert {f"Note {word}" for word in wanted} == {v for u in updates for v in u.note.values()}
        assert sorted(u.number or 0 for u in updates) == list(range(1, len(wanted) + 1))
        assert workspace.casebook.verify_history().is_whole


def opened(access: Access) -> Browser:
    browser = Browser(access)
    browser.get("/unlock")
    assert browser.send("/unlock").status_code == 200
    return browser


@pytest.mark.long
def test_five_people_on_one_file(plain_root: Path) -> None:
    access = Access(plain_root)
    try:
        write_together(access)
    finally:
        access.lock()


@pytest.mark.postgres
def test_five_people_on_a_server(tmp_path: Path, postgres_database_url: str) -> None:
    profile = Profile(title="Log", jurisdiction="QV", casebook_url=postgres_database_url)
    with Workspace.create(tmp_path / "team", profile, passphrase=None):
        pass
    access = Access(tmp_path / "team")
    try:
        write_together(access)
    finally:
        access.lock()
