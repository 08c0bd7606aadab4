"""The workbench in Chromium: the record journey with scripts and without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.tabs import unlocked
from undersight.settings import Profile
from undersight.workbench import incidents, publishing, quick_entry, updates
from undersight.workbench.session import Workspace

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(300)]

TEXT = (
    "Tarvin Oskelde, a blogger, was questioned by police in Sarnak on 2 May 2031 over a post. "
    "He was released the same day. Nobody knows why the river is brown."
)
PASSPHRASE = "seven unrelated words for a browser"


def entered(workspace: Workspace, **changed: Any) -> str:
    given: dict[str, Any] = {
        "who": ["Tarvin Oskelde"], "what": "questioning", "when": "2031-05-02",
        "sources": ["Sarnak Press"], "line": "Questioned over a post", "lang": "en", **changed,
    }  # fmt: skip
    document = quick_entry.document(quick_entry.Answers(**given), today=workspace.today)
    return incidents.add(workspace, document, why="for the test").incident_id


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain workspace with a little of everything."""
    folder = tmp_path_factory.mktemp("web-e2e") / "log"
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en", "az"))
    with Workspace.create(folder, profile, passphrase=None) as workspace:
        first = entered(workspace)
        entered(workspace, who=["Tarvin Oskelda"], what="arrest", line="Arrested at the airport")
        entered(workspace, who=["Nurlan Verdan"], line="نقل عن الشاهد: لا أعرف", lang="ar")
        found = incidents.find_incident(workspace, first)
        denial = updates.Addition(
            note="Nobody was summoned.", kind="denial_added", published="2031-05-04",
            denial_by="Ministry of Fog", lang="en",
        )  # fmt: skip
        updates.append(workspace, found, denial)
        for finding in publishing.harm_findings(workspace, (first,), audience="public"):
            publishing.answer(workspace, finding, verdict="no_risk", note="invented")
        publishing.publish(workspace, found)
    return folder


@pytest.mark.parametrize("is_scripted", [True, False], ids=["scripts", "no-scripts"])
def test_from_a_pasted_text_to_a_published_entry(
    browser: Any, address: str, *, is_scripted: bool
) -> None:
    tab = unlocked(browser, address, java_script_enabled=is_scripted)
    tab.goto(f"{address}/entry")
    who = "Sevda Marlin" if is_scripted else "Rena Orlen"
    tab.get_by_label("Paste a post").fill(TEXT.replace("Tarvin Oskelde", who))
    tab.get_by_role("button", name="Propose entries").click()
    tab.wait_for_url("**/drafts/**")
    draft = tab.url
    assert tab.locator("mark").count() > 3
    if is_scripted:
        tab.keyboard.press("j")
        tab.keyboard.press("k")
        assert tab.locator("#f0").get_attribute("aria-current") == "true"
        tab.keyboard.press("a")
        tab.locator("#f0.is-accepted").wait_for()
        tab.keyboard.press("r")
        tab.locator("#f1.is-rejected").wait_for()
        tab.keyboard.press("u")
        tab.locator("#f1.is-open").wait_for()
        tab.locator('#f1 button[data-does="a"]').press("Enter")  # who goes by Tab goes on there
        tab.locator('#f2 button[data-does="a"]:focus').wait_for()
        tab.keyboard.press("?")
        tab.locator("dialog[open]").wait_for()
        tab.keyboard.press("Escape")
    else:
        tab.locator("#f0").get_by_role("button", name="Accept").click()
        tab.locator("#f0.is-accepted").wait_for()
    tab.get_by_role("button", name="Record this entry").click()
    tab.get_by_role("alert").wait_for()  # nothing enters that nobody has seen
    tab.goto(draft)
    tab.locator('button[value="accept-open"]').click()
    tab.locator('button[value="accept-open"]').wait_for(state="detached")
    tab.get_by_role("button", name="Record this entry").click()
    tab.wait_for_url("**/incident/**")
    tab.get_by_text(who).first.wait_for()
    tab.get_by_role("link", name="Publish", exact=True).last.click()
    tab.wait_for_url("**/publish/**")
    tab.get_by_role("link", name="Give it a title").click()  # readers would see "Untitled entry"
    tab.locator('[name="field.title.en"]').fill("Questioned in Sarnak")
    tab.get_by_role("button", name="Save").first.click()
    tab.wait_for_url("**/publish/**")
    for one in tab.locator('select[name^="answer."]').all():
        one.select_option("no_risk")
    for one in tab.locator('input[name^="note."]').all():
        one.fill("invented")
    tab.get_by_role("button", name="Open it").click()
    tab.wait_for_url("**/incident/**")
    tab.get_by_text("Opened as QV-").first.wait_for()
    assert [url for url in tab.asked if not url.startswith(address)] == []
    assert tab.missing == []
    assert [one for one in tab.complaints if "409" not in one] == []  # the refusal above
    tab.context.close()


def test_entries_are_found_while_typing_in_a_narrow_window(browser: Any, address: str) -> None:
    tab = unlocked(browser, address, viewport={"width": 320, "height": 640})
    tab.goto(f"{address}/casebook")
    tab.get_by_role("searchbox").fill("airport")
    tab.locator("#hits", has_text="1 entry").wait_for()
    assert [url for url in tab.asked if not url.startswith(address)] == []
    assert tab.complaints == []
    tab.context.close()
