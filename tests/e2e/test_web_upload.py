"""A large file is handed in with its progress shown, in Chromium; without scripts as ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.tabs import unlocked
from undersight.settings import Profile
from undersight.workbench.session import Workspace

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(300)]

HEAD = "comment_id,author_id,message,created_time,post_id,page_id\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty plain workspace."""
    folder = tmp_path_factory.mktemp("web-upload") / "log"
    with Workspace.create(
        folder, Profile(title="Qaravel log", jurisdiction="QV"), passphrase=None
    ):
        return folder


def large(folder: Path, name: str) -> Path:
    """Three megabytes of comments."""
    rows = (
        f"{name}{n},a{n % 90},{'said ' * 12},2031-05-02T10:00:00Z,p1,g1" for n in range(30_000)
    )
    path = folder / f"{name}.csv"
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_large_file_is_sent(
    browser: Any, address: str, tmp_path: Path, *, has_scripts: bool
) -> None:
    tab = unlocked(browser, address, java_script_enabled=has_scripts)
    tab.goto(f"{address}/posts")
    assert not tab.locator("#sending").is_visible()
    tab.locator("#files").set_input_files(large(tmp_path, f"c{has_scripts:d}"))
    if has_scripts:
        tab.route("**/posts/files", lambda route: _after(tab, route))
    tab.get_by_role("button", name="Seal and look at them").click()
    tab.wait_for_url(f"{address}/posts/file/*")
    assert tab.get_by_role("heading", level=1).is_visible()
    assert tab.complaints == []
    if has_scripts:
        assert tab.seen == [True]
        for _ in range(100):  # its scripts run, as on any page: nothing tells when they are loaded
            tab.keyboard.press("?")
            if tab.locator("#keys").is_visible():
                break
            tab.wait_for_timeout(100)
        assert tab.locator("#keys").is_visible()


def test_a_refusal_of_a_large_file_becomes_the_page(
    browser: Any, address: str, tmp_path: Path
) -> None:
    tab = unlocked(browser, address)
    tab.goto(f"{address}/posts")
    page = "<!doctype html><title>No</title><main><h1>Too large</h1></main>"
    refused = {"status": 413, "content_type": "text/html", "body": page}
    tab.route("**/posts/files", lambda route: route.fulfill(**refused))
    tab.locator("#files").set_input_files(large(tmp_path, "refused"))
    tab.get_by_role("button", name="Seal and look at them").click()
    tab.get_by_role("heading", name="Too large").wait_for()
    assert tab.title() == "No"


def _after(tab: Any, route: Any) -> None:
    """Let a request go on, and note whether its progress is shown."""
    tab.seen = [route.request.frame.locator("#sending").is_visible()]
    route.continue_()
