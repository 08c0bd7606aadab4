"""The API does what its description says, whatever is sent (Schemathesis, all its checks)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from tests.web.served import free_port, serving
from undersight.web.access import Access
from undersight.web.api import create_api
from undersight.web.app import cookie_name
from undersight.workbench import incidents, quick_entry
from undersight.workbench.session import Workspace

pytestmark = [pytest.mark.enable_socket]
GOES_OUT = "^lock_"
"""Ends the session that all others need; tested by hand."""

# What no schema can say (dates in words, terms, ids of records) is refused by sentence.
STATUSES = ["2xx", 400, 403, 404, 409, 413, 422]
ACCEPTED: dict[str, Any] = {
    "checks": {"positive_data_acceptance": {"expected-statuses": STATUSES}}
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, empty_root: Path) -> Path:
    """A workspace with an entry."""
    found = Path(shutil.copytree(empty_root, tmp_path_factory.mktemp("described") / "log"))
    with Workspace.open(found, verb="test") as workspace:
        answers = quick_entry.Answers(
            who=["Tarvin Oskelde"], what="questioning", when="2031-05-02",
            sources=["Sarnak Press"], line="Questioned over a post", lang="en",
        )  # fmt: skip
        document = quick_entry.document(answers, today=workspace.today)
        incidents.add(workspace, document, why="for the test")
    return found


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[requests.Session]:
    """Somebody who came in by the API."""
    with came_in(folder) as client:
        yield client


@contextmanager
def came_in(folder: Path) -> Iterator[requests.Session]:
    """A workbench and somebody who came in by its API."""
    access = Access(folder, idle_s=0)
    with serving(access, PORT) as address, requests.Session() as client:
        shown = client.post(f"{address}/api/v1/session", json={"passphrase": ""}, timeout=10)
        assert shown.status_code == 201, shown.text
        client.headers["x-csrf-token"] = shown.json()["form_token"]
        yield client
    access.lock()


def description() -> Any:
    """What the API says of itself, for the session at hand: who may come in is tested below."""
    found = create_api(Access(None), cookie_name(PORT)).openapi()
    for operations in found["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return found


PORT = free_port()
# Only what is made up: the corners of each parameter are for the long test.
BRIEFLY = {**ACCEPTED, "phases": {"coverage": {"enabled": False}, "examples": {"enabled": False}}}
schema = schemathesis.openapi.from_dict(
    description(), config=SchemathesisConfig.from_dict(BRIEFLY)
).exclude(operation_id_regex=GOES_OUT)
quick = settings(
    max_examples=1, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@schema.parametrize()
@quick
def test_every_operation_answers_as_described(case: Any, session: Any) -> None:
    """Send what was made up, and check the answer in every way there is."""
    address = f"http://127.0.0.1:{PORT}/api"
    case.call_and_validate(base_url=address, session=session, timeout=30)


def test_whoever_shows_nothing_is_let_in_nowhere(session: Any) -> None:
    """Each operation without a session, and each that changes something without its token."""
    address = f"http://127.0.0.1:{PORT}/api"
    found = session.get(f"{address}/openapi.json", timeout=10).json()
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            if operation["operationId"] == "begin_session":
                continue
            url = address + path.replace("{", "").replace("}", "")
            told = requests.request(method, url, timeout=10)
            assert told.status_code == 401, (method, path)
            assert told.json()["error"]["code"] == "not-signed-in"
            assert operation["security"][0]["session"] == []
            if method != "get":
                wrong = session.request(method, url, headers={"x-csrf-token": "0"}, timeout=10)
                assert wrong.status_code == 403, (method, path)
                assert "token" in operation["security"][0]
