"""Every page of the workbench under axe: light, dark and at 200 %, and in narrow windows.

The pages are those of the registry: a new one is looked at without anybody writing it here, and
fails until this module knows a value for each part of its address.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.detectors import crowds, loading
from tests.e2e.tabs import unlocked
from undersight.settings import Profile
from undersight.web.pages import PAGES
from undersight.workbench import detection, findings, incidents, publishing, quick_entry, updates
from undersight.workbench.session import Workspace

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(900)]

TEXT = (
    "Tarvin Oskelde, a blogger, was questioned by police in Sarnak on 2 May 2031 over a post. "
    "He was released the same day. Nobody knows why the river is brown."
)
NO_PAGE = {
    "/statistics/{chart_id}.csv": "a table to save",
    "/run/{run_id}/report": "a page to save, under axe in test_one_page",
    "/run/{run_id}/network.svg": "a picture",
    "/run/{run_id}/map": "for a script",
    "/run/{run_id}/map/{place}": "for a script",
    "/jobs/{job_id}/progress": "a part of a page",
    "/share/bundle/{bundle_id}": "needs a second laptop: test_web_colleagues",
}
MORE = (
    "/casebook?q=post", "/incident/{incident_id}?as_of=2031-01-01", "/nowhere",
    "/run/{run_id}/compared?with={run_id}",
)  # fmt: skip
PICTURES = os.environ.get("UNDERSIGHT_PICTURES", "")
"""A folder for pictures of every page, to look at."""


def entered(workspace: Workspace, **changed: Any) -> str:
    given: dict[str, Any] = {
        "who": ["Tarvin Oskelde"], "what": "questioning", "when": "2031-05-02",
        "sources": ["Sarnak Press"], "line": "Questioned over a post", "lang": "en", **changed,
    }  # fmt: skip
    document = quick_entry.document(quick_entry.Answers(**given), today=workspace.today)
    return incidents.add(workspace, document, why="for the test").incident_id


@pytest.fixture(scope="module")
def values() -> dict[str, str]:
    """What stands for each part of an address; filled on the way."""
    return {}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory, values: dict[str, str]) -> Path:
    """A plain workspace with a little of everything."""
    corpus = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=350)
    crowds.plant_crew(corpus, 2, n_accounts=7, n_posts=10, kind="page")
    folder = tmp_path_factory.mktemp("pages-e2e") / "log"
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
        loading.load(workspace, corpus)
        asked = detection.asked(["co-comment"], assignments=["co-comment.views=post"])
        done = detection.detect(workspace, asked)
        values |= {
            "incident_id": first,
            "record_id": first,
            "party_id": workspace.casebook.all("party")[0].record_id,
            "run_id": findings.list_runs(workspace)[0]["run_id"],
            "finding_id": done["findings"][0]["finding_id"],
        }
    return folder


def fill(tab: Any, address: str, values: dict[str, str]) -> None:
    """Make what only a workbench makes: a draft, a file that waits, a job."""
    tab.goto(f"{address}/entry")
    tab.get_by_label("Paste a post").fill(TEXT)
    tab.get_by_role("button", name="Propose entries").click()
    tab.wait_for_url("**/drafts/**")
    values["draft_id"], values["number"] = tab.url.rpartition("/drafts/")[2].split("/")[:2]
    token = tab.request.get(f"{address}/api/v1/session").json()["form_token"]
    headers = {"x-csrf-token": token, "content-type": "text/csv"}
    table = "comment_id,author_id,their_words,created_time,post_id\n" + "\n".join(
        f"c{n},a{n % 9},what {n} said,2031-05-02T10:{n:02d}:00Z,p1" for n in range(40)
    )
    sent = tab.request.post(f"{address}/api/v1/files", data=table, headers=headers)
    values["digest"] = sent.json()["digest"]
    asked = {"detector": "co-comment", "view": "post"}
    tab.goto(f"{address}/case-files")
    own = "date,victim,act\n2031-05-02,Tarvin Oskelde,grilled\nsoon,Rena Orlen,arrest\n"
    sent_file = {"name": "log.csv", "mimeType": "text/csv", "buffer": own.encode()}
    tab.set_input_files("#files", sent_file)
    tab.get_by_role("button", name="Seal and look at them").click()
    tab.wait_for_url("**/case-files/**")
    values["case_digest"] = tab.url.rpartition("/")[2]
    headers["content-type"] = "application/json"
    job = tab.request.post(f"{address}/api/v1/gaps", data=json.dumps(asked), headers=headers)
    values["job_id"] = job.json()["job_id"]
    tab.goto(f"{address}/jobs/{values['job_id']}")
    tab.get_by_role("link", name="Choose a window").wait_for()


def addresses() -> list[str]:
    """Every address of the registry that shows a page."""
    found = [action.path for page in PAGES for action in page.actions if action.method == "GET"]
    return [path for path in found if path not in NO_PAGE] + list(MORE)


def violations(tab: Any) -> list[Any]:
    """What axe finds on the open page as it is shown now."""
    found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (one["id"], [node["html"][:160] for node in one["nodes"]][:3])
        for one in found["violations"]
    ]


def looked_at(tab: Any, name: str) -> dict[str, Any]:
    """What is wrong with the open page, by how it is shown."""
    wrong: dict[str, Any] = {}
    shows = {
        "light": ("light", 1280, 900), "dark": ("dark", 1280, 900),
        "200 %": ("dark", 640, 450), "narrow": ("light", 320, 640),
    }  # fmt: skip
    for shown, (scheme, width, height) in shows.items():
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size({"width": width, "height": height})
        if PICTURES:
            tab.screenshot(path=Path(PICTURES) / f"{name}-{shown[:3]}.png", full_page=True)
        if shown == "narrow":
            n_px = tab.evaluate("document.documentElement.scrollWidth")
            found = [f"{n_px} px wide"] if n_px > width else []
        else:
            found = violations(tab)
        if found:
            wrong[shown] = found
    return wrong


def test_every_page_of_the_registry_is_clean_however_it_is_shown(
    browser: Any, address: str, values: dict[str, str]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = unlocked(browser, address, reduced_motion="reduce")
    fill(tab, address, values)
    tab.context.add_init_script(Axe().axe_script)
    wrong = {}
    for place in addresses():
        tab.emulate_media(color_scheme="light")
        tab.set_viewport_size({"width": 1280, "height": 900})
        path = place.format(**values)
        tab.goto(f"{address}{path}")
        name = place.strip("/").replace("/", "-").translate(str.maketrans("", "", "{}?=&"))
        if found := looked_at(tab, name or "today"):
            wrong[place] = found
    assert [url for url in tab.asked if not url.startswith(address)] == []
    assert [one for one in tab.complaints if "404" not in one] == []
    tab.context.close()
    assert wrong == {}, json.dumps(wrong, ensure_ascii=False, indent=1)
