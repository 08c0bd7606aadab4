"""Who may ask for what: every address of pages and API, for nobody and for each role.

A new page or address of the API fails here until it stands in the table with its right.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from tests.web.conftest import Browser
from tests.web.people import made, quick_passwords, signed_in
from undersight.model.account import RIGHTS, ROLES, Right, Role
from undersight.model.records import Party
from undersight.web import door, entrance
from undersight.web.access import Access
from undersight.web.pages import PAGES
from undersight.workbench import incidents, publishing, quick_entry, updates

# Who the newcomers are: what anybody may ask for, for it lets nobody in who may not.
ENTER = """
GET /unlock | POST /unlock | POST /workspace/make | POST /workspace/demo | POST /workspace/open
POST /lock | POST /language | GET /sign-in | POST /sign-in | GET /sign-in/second
POST /sign-in/second | POST /sign-in/passkey/question | POST /sign-in/passkey
POST /sign-in/first | GET /join | POST /join | POST /sign-out
POST /api/v1/session
"""
# What viewers may ask for. Each shows the partners' copy, or one's own account.
READ = """
GET / | GET /casebook | GET /statistics | GET /statistics/{chart_id}.csv | GET /help
GET /incident/{incident_id}
GET /account | POST /account/password | POST /account/code-app/begin | POST /account/code-app
POST /account/code-app/drop | POST /account/recovery | POST /account/passkey/offer
POST /account/passkey | POST /account/passkey/drop | POST /account/session/end
POST /account/sessions/end
GET /api/v1/session | GET /api/v1/entries | GET /api/v1/entries/{named} | GET /api/v1/search
GET /api/v1/records/{record_id} | GET /api/v1/parties/{party_id} | GET /api/v1/parties
GET /api/v1/exports | GET /api/v1/formats | GET /api/v1/detectors
"""
INSIDE = """
GET /entry | GET /drafts | GET /drafts/{draft_id}/{number} | GET /people | GET /people/same
GET /people/{party_id} | GET /evidence | GET /evidence/object/{digest} | GET /handover
GET /posts | GET /posts/file/{digest} | GET /detection | POST /detection/count
GET /run/{run_id} | GET /run/{run_id}/compared | GET /run/{run_id}/report
GET /run/{run_id}/network.svg | GET /run/{run_id}/map | GET /run/{run_id}/map/{place}
GET /share | GET /settings | GET /record/{record_id} | GET /conflicts | GET /deposits
POST /deposits/compared | GET /jobs | GET /jobs/{job_id} | GET /jobs/{job_id}/progress
GET /target | POST /target | POST /target/page | GET /finding/{finding_id}
GET /case-files | GET /case-files/{case_digest}
"""
DRAFT = """
POST /entry | POST /entry/draft | POST /drafts/{draft_id}/{number}/decide
POST /drafts/{draft_id}/{number}/change | POST /drafts/{draft_id}/{number}/store
POST /drafts/{draft_id}/{number}/skip | POST /drafts/{draft_id}/throw-away
POST /casebook/keep | POST /evidence/files | POST /evidence/pending | POST /evidence/verify
POST /posts/files | POST /posts/file/{digest} | POST /posts/file/{digest}/load
POST /posts/file/{digest}/discard | POST /detection/run | POST /incident/{incident_id}/update
POST /keep | POST /keep/drop | GET /begun | POST /deposits | POST /deposits/code
POST /case-files | POST /case-files/{case_digest} | POST /case-files/{case_digest}/bring-in
POST /case-files/{case_digest}/discard
POST /jobs/{job_id}/stop | POST /jobs/{job_id}/continue | POST /jobs/{job_id}/forget
"""
WRITE = """
POST /casebook/forget | POST /people/same | POST /people/{party_id}/name
POST /people/{party_id}/separate | POST /posts/import/{import_id}/undo
POST /share/take | GET /share/bundle/{bundle_id} | POST /share/bundle/{bundle_id}/let-in
POST /share/bundle/{bundle_id}/throw-away | POST /incident/{incident_id}/undo
POST /record/{record_id} | GET /bulk | POST /bulk | POST /conflicts | POST /undo
GET /undo | POST /case-files/{case_digest}/take-back
POST /finding/{finding_id}/judge
"""
PUBLISH = """
POST /handover | GET /publish | GET /publish/{incident_id} | POST /publish/{incident_id}
POST /publish/take/site | POST /publish/take/export | POST /publish/take/entry
GET /publish/taken/{job_id}
POST /share/bundle | POST /publish/{incident_id}/close
"""
ADMIN = """
POST /people/{party_id}/withdraw | POST /share/colleague | POST /share/colleague/remove
GET /accounts | POST /accounts/add | POST /accounts/invite
POST /accounts/invitation/take-back | POST /accounts/role | POST /accounts/password
POST /accounts/remove | POST /accounts/session/end | GET /accounts/taken
POST /settings | POST /settings/passphrase | POST /evidence/object/{digest}/erase
"""


def _rows(right: Right, text: str) -> dict[str, Right]:
    return {row.strip(): right for row in text.replace("\n", "|").split("|") if row.strip()}


TABLE: dict[str, Right] = {
    **_rows("enter", ENTER), **_rows("read", READ), **_rows("inside", INSIDE),
    **_rows("draft", DRAFT), **_rows("write", WRITE), **_rows("publish", PUBLISH),
    **_rows("admin", ADMIN),
}  # fmt: skip


def page_rights() -> dict[str, Right]:
    """What the pages say."""
    pages = (door.page, entrance.page, *PAGES)
    return {f"{a.method} {a.path}": a.needs for page in pages for a in page.actions}


def api_rights() -> dict[str, Right]:
    """What the addresses of the API let in."""
    from undersight.web.api import create_api

    found: dict[str, Right] = {}
    for route in create_api(Access(None), "x").routes:
        if isinstance(route, APIRoute):
            given = [getattr(d.call, "right", None) for d in route.dependant.dependencies]
            rights: list[Right] = [right for right in given if right]
            for method in route.methods:
                found[f"{method} /api{route.path}"] = rights[0] if rights else "enter"
    return found


# Addresses of the API that viewers may ask for; each of the others needs to be inside at least.
API_FOR_VIEWERS = {row for row, right in TABLE.items() if " /api/" in row and right == "read"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


def test_every_page_stands_in_the_table_with_its_right() -> None:
    assert page_rights() == {row: right for row, right in TABLE.items() if " /api/" not in row}


def test_viewers_reach_no_other_address_of_the_api() -> None:
    found = api_rights()
    assert found
    assert {row for row, right in found.items() if right == "enter"} <= {"POST /api/v1/session"}
    assert {row for row, right in found.items() if right == "read"} <= API_FOR_VIEWERS
    for row, right in found.items():
        if not row.startswith("GET ") and row != "POST /api/v1/session":
            assert right != "read", row


def test_each_role_may_what_the_one_before_may_and_more() -> None:
    rights = [RIGHTS[role] for role in ROLES]
    assert all(less < more for less, more in itertools.pairwise(rights))
    assert RIGHTS["viewer"] == {"enter", "read"}


CANARY = "Zaphrel"
"""The word that only internal records hold."""


@pytest.fixture(scope="module")
def made_once(
    tmp_path_factory: pytest.TempPathFactory, empty_root: Path
) -> tuple[Path, dict[str, str]]:
    """A workspace with an account of each role and two entries, that is copied and never opened.

    One entry is public, with internal parts, and one is internal.
    """
    root = Path(shutil.copytree(empty_root, tmp_path_factory.mktemp("rights") / "log"))
    found = Access(root)
    found.unlock("")
    with pytest.MonkeyPatch.context() as patch:
        quick_passwords(patch)
        ids = two_entries(found)
        made(found)
    found.lock()
    return root, ids


@pytest.fixture
def access(tmp_path: Path, made_once: tuple[Path, dict[str, str]]) -> Iterator[Access]:
    found = Access(Path(shutil.copytree(made_once[0], tmp_path / "log")))
    found.unlock("")
    yield found
    found.lock()


@pytest.fixture
def ids(made_once: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return made_once[1]


def two_entries(access: Access) -> dict[str, str]:
    """Make what is asked for; return their ids."""

    def entered(workspace: Any, who: str, line: str) -> str:
        answers = quick_entry.Answers(
            who=[who], what="arrest", when="2031-05-02", sources=["Sarnak Press"], line=line,
            lang="en",
        )  # fmt: skip
        document = quick_entry.document(answers, today=workspace.today)
        return incidents.add(workspace, document, why=f"{CANARY} asked").incident_id

    with access.desk.writing("test") as workspace:
        opened = entered(workspace, "Tarvin Oskelde", "Arrested at the airport")
        kept = entered(workspace, f"{CANARY} Nurland", f"{CANARY} was asked about the river")
        found = incidents.find_incident(workspace, opened)
        addition = updates.Addition(
            note="He is back.", kind="new_fact", published="2031-05-04", lang="en"
        )
        updates.append(workspace, found, addition)
        for finding in publishing.harm_findings(workspace, (opened,), audience="public"):
            publishing.answer(workspace, finding, verdict="no_risk", note=f"{CANARY} looked")
        publishing.publish(workspace, found)
        late = updates.Addition(
            note=f"{CANARY} says otherwise.", kind="new_fact", published="2031-05-05", lang="en"
        )
        updates.append(workspace, found, late)
        party = next(
            one.record_id
            for one in workspace.casebook.all("party")
            if isinstance(one, Party) and CANARY in one.names[0].value
        )
        named = next(
            one.record_id
            for one in workspace.casebook.all("party")
            if isinstance(one, Party) and "Oskelde" in one.names[0].value
        )
        source = workspace.casebook.all("source")[0].record_id
    return {
        "opened": opened, "kept": kept, "party": party, "named": named, "source": source
    }  # fmt: skip


def paths(row: str, ids: dict[str, str]) -> list[str]:
    """The addresses of a row, with ids of records that are there."""
    found = [row.partition(" ")[2]]
    while any("{" in path for path in found):
        found = [
            path.replace(path[path.index("{") : path.index("}") + 1], value, 1)
            for path in found
            for value in (ids["opened"], ids["kept"], ids["party"], ids["named"], "acts")
        ]
    return found


def sent(browser: Browser, row: str, path: str, token: str) -> Any:
    method = row.partition(" ")[0]
    if method == "GET":
        return browser.client.get(path, follow_redirects=False)
    headers = {"x-csrf-token": token}
    if path.startswith("/api/"):
        return browser.client.request(method, path, json={}, headers=headers)
    return browser.client.request(
        method, path, data={"csrf": token}, follow_redirects=False, headers=headers
    )


@pytest.mark.long  # each address; the forms and pages of one kind are in test_guard
def test_nobody_reaches_anything(access: Access, ids: dict[str, str]) -> None:
    stranger = Browser(access)
    stranger.get("/sign-in")
    for row, right in {**page_rights(), **api_rights()}.items():
        if right == "enter":
            continue
        answer = sent(stranger, row, paths(row, ids)[0], stranger.token)
        assert answer.status_code == (303 if row.startswith("GET /") else 401) or (
            "/api/" in row and answer.status_code == 401
        ), row
        assert CANARY not in answer.text


@pytest.mark.parametrize(
    "role", [pytest.param(r, marks=() if r == "viewer" else pytest.mark.long) for r in ROLES]
)
def test_no_role_does_more_than_it_may(access: Access, ids: dict[str, str], role: Role) -> None:
    browser = signed_in(access, role)
    browser.get("/account")
    for row, right in {**page_rights(), **api_rights()}.items():
        is_allowed = right in RIGHTS[role]
        if right == "enter" or (is_allowed and not row.startswith("GET ")):
            continue
        answer = sent(browser, row, paths(row, ids)[0], browser.token)
        assert ("Your account may not" in answer.text) != is_allowed, row
        assert (answer.status_code == 403) != is_allowed, row


def test_what_is_internal_is_in_no_answer_to_a_viewer(access: Access, ids: dict[str, str]) -> None:
    assert CANARY in signed_in(access, "contributor").get("/casebook").text
    viewer, n_pages = signed_in(access, "viewer"), 0
    for row, right in {**page_rights(), **api_rights()}.items():
        if not row.startswith("GET ") or right != "read":
            continue
        for path in paths(row, ids):
            for more in ("", f"?q={CANARY}&text={CANARY}", "?as_of=2031-12-31", "?lang=az"):
                answer = viewer.client.get(path + more)
                shown = answer.text.replace(f"q={CANARY}", "").replace(f'value="{CANARY}"', "")
                assert CANARY not in shown, path + more
                assert ids["kept"] not in shown or ids["kept"] in path, path + more
                n_pages += answer.status_code == 200
    assert n_pages > 20
    assert "Arrested at the airport" in viewer.get("/casebook").text
    with access.desk.reading() as workspace:
        day = workspace.today.isoformat()
    assert "at the airport" in viewer.get(f"/incident/{ids['opened']}?as_of={day}").text


def test_an_internal_id_is_as_unknown_as_any(access: Access, ids: dict[str, str]) -> None:
    viewer = signed_in(access, "viewer")
    nothing = "0" * 8 + ids["kept"][8:]
    api = [row.partition(" ")[2] for row, right in api_rights().items() if right == "read"]
    named = [f"{path.partition('{')[0]}{{}}" for path in api if "{" in path]
    assert "/api/v1/entries/{}" in named
    for path in ("/incident/{}", "/incident/{}?as_of=2031-12-31", *named):
        answers = []
        for one in (ids["kept"], ids["party"], nothing):
            answer = viewer.client.get(path.format(one))
            answers.append((answer.status_code, answer.text.replace(one, "")))
        assert len(set(answers)) == 1, path
        assert answers[0][0] == 404


def test_what_is_taken_back_is_gone_from_a_viewer_at_once(
    access: Access, ids: dict[str, str]
) -> None:
    viewer = signed_in(access, "viewer")
    assert viewer.get(f"/incident/{ids['opened']}").status_code == 200
    with access.desk.writing("test") as workspace:
        workspace.casebook.update(ids["opened"], {"visibility": "internal"}, "taken back")
    assert viewer.get(f"/incident/{ids['opened']}").status_code == 404
    assert viewer.get(f"/incident/{ids['opened']}?as_of=2031-12-31").status_code == 404
    assert "airport" not in viewer.get("/casebook").text
    assert signed_in(access, "editor").get(f"/incident/{ids['opened']}").status_code == 200


def test_a_name_that_is_withheld_is_masked_for_a_viewer_at_once(
    access: Access, ids: dict[str, str]
) -> None:
    from undersight.workbench import people as parties

    viewer = signed_in(access, "viewer")
    with access.desk.writing("test") as workspace:
        parties.allow_naming(workspace, ids["named"], reason="public figure", risk="none")
    assert "Oskelde" in viewer.get(f"/incident/{ids['opened']}").text
    with access.desk.writing("test") as workspace:
        parties.withhold_name(workspace, ids["named"], why="asked for")
    for path in (
        f"/incident/{ids['opened']}",
        "/",
        "/casebook?q=Oskelde",
        "/api/v1/search?text=a",
    ):
        shown = viewer.get(path).text.replace('value="Oskelde"', "")
        assert "Oskelde" not in shown.replace("q=Oskelde", ""), path


def test_a_viewer_s_workspace_holds_no_way_out(access: Access, ids: dict[str, str]) -> None:
    from undersight.errors import ForbiddenError, UnknownRecordError
    from undersight.workbench.desk import Who

    outside = Who(staff_id="staff-" + "a" * 16, is_outside=True)
    with access.desk.reading(outside) as workspace:
        for closed in ("vault", "corpus", "staff"):
            with pytest.raises(ForbiddenError):
                getattr(workspace, closed)
        with pytest.raises(UnknownRecordError):
            workspace.casebook.get(ids["kept"])
        assert not hasattr(workspace.casebook, "write")
        assert list(workspace.casebook.changes_since()) == []
        assert workspace.casebook.history(ids["opened"]) == ()
    with pytest.raises(ForbiddenError), access.desk.writing("test", outside):
        pass
