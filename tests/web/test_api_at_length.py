"""The API under all that Schemathesis thinks of: corners, fuzzing, operations after another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.detectors import crowds, loading
from tests.web.served import free_port, serving
from undersight.settings import Profile
from undersight.web.access import Access
from undersight.web.api import create_api
from undersight.web.app import cookie_name
from undersight.workbench import detection, incidents, quick_entry
from undersight.workbench.session import Workspace

pytestmark = [pytest.mark.enable_socket, pytest.mark.long, pytest.mark.timeout(1800)]
# What no schema can say (dates in words, terms, ids of records) is refused by sentence.
SETTINGS = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 403, 404, 409, 413, 422]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with an entry, a small corpus and a run that found a group."""
    corpus = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=350)
    crowds.plant_crew(corpus, 2, n_accounts=7, n_posts=10, kind="page")
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en", "az"))
    with Workspace.create(tmp_path / "log", profile, passphrase=None) as made:
        answers = quick_entry.Answers(
            who=["Tarvin Oskelde"], what="questioning", when="2031-05-02",
            sources=["Sarnak Press"], line="Questioned over a post", lang="en",
        )  # fmt: skip
        document = quick_entry.document(answers, today=made.today)
        incidents.add(made, document, why="for the test")
        loading.load(made, corpus)
        asked = detection.asked(["co-comment"], assignments=["co-comment.views=post"])
        detection.detect(made, asked)
    return tmp_path / "log"


@pytest.fixture
def came_in(folder: Path) -> Iterator[tuple[str, requests.Session]]:
    """An address, and somebody who came in there."""
    access, port = Access(folder, idle_s=0), free_port()
    with serving(access, port) as address, requests.Session() as client:
        shown = client.post(f"{address}/api/v1/session", json={"passphrase": ""}, timeout=10)
        client.headers["x-csrf-token"] = shown.json()["form_token"]
        yield address, client
    access.lock()


def description(port: int) -> dict[str, Any]:
    """What the API says of itself; who may come in is tested elsewhere."""
    found: dict[str, Any] = create_api(Access(None), cookie_name(port)).openapi()
    found["components"].pop("securitySchemes")
    for operations in found["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return found


def test_every_operation_stands_what_schemathesis_thinks_of(
    came_in: tuple[str, requests.Session], tmp_path: Path
) -> None:
    address, client = came_in
    told, config = tmp_path / "openapi.json", tmp_path / "schemathesis.toml"
    told.write_text(json.dumps(description(int(address.rpartition(":")[2]))), encoding="utf-8")
    config.write_text(SETTINGS, encoding="utf-8")
    cookies = "; ".join(f"{one.name}={one.value}" for one in client.cookies)
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", str(told),
        "--url", f"{address}/api", "--checks", "all", "--seed", "1", "--max-examples", "15",
        "--exclude-operation-id-regex", "^lock_", "--suppress-health-check", "all",
        "--request-timeout", "60", "--no-color",
        "-H", f"X-CSRF-Token: {client.headers['x-csrf-token']!s}", "-H", f"Cookie: {cookies}",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


def test_runs_and_findings_come_whole_and_masked(came_in: tuple[str, requests.Session]) -> None:
    """What the models say is all there is: nothing is dropped on the way."""
    address, client = came_in
    (run,) = client.get(f"{address}/api/v1/runs", timeout=30).json()
    shown = client.get(f"{address}/api/v1/runs/{run['run_id']}", timeout=30).json()
    assert shown["n_findings"] == len(shown["findings"]) == 1
    finding_id = shown["findings"][0]["finding_id"]
    finding = client.get(f"{address}/api/v1/findings/{finding_id}?lang=ru", timeout=30).json()
    assert len(finding["accounts"]) == 7
    assert finding["reasons"][0]["sentence"]
    assert "facebook:crew" not in json.dumps(shown)
    opinion = {"verdict": "unclear", "note": "Read all ten posts"}
    judged = client.put(
        f"{address}/api/v1/findings/{finding_id}/judgement", json=opinion, timeout=30
    )
    assert judged.json()["n_needed_to_unmask_pages"] == 2
    again = client.get(f"{address}/api/v1/findings/{finding_id}", timeout=30).json()
    assert again["judgements"][0]["note"] == "Read all ten posts"
    report = client.get(f"{address}/api/v1/runs/{run['run_id']}/report", timeout=60)
    assert report.headers["content-type"] == "text/html; charset=utf-8"
