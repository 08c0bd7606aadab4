"""The first page comes at once: the door needs none of what the pages behind it load."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from undersight.web.access import Access
from undersight.web.routing import Front, Later


class LoadedError(Exception):
    """The pages were loaded."""


def load() -> ASGIApp:
    raise LoadedError


def test_a_locked_door_loads_no_pages(tmp_path: Path) -> None:
    front = TestClient(Front(Access(tmp_path, idle_s=0), Later(load)), follow_redirects=False)
    sent = front.get("/")
    assert (sent.status_code, sent.headers["location"]) == (303, "/unlock?next=%2F")
    for method, address in (("GET", "/people"), ("GET", "/?a=1"), ("POST", "/")):
        with pytest.raises(LoadedError):
            front.request(method, address)
