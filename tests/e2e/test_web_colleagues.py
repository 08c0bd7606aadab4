"""Two laptops in Chromium: bundles, both values, a decision; habits; the pages under axe."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.tabs import unlocked
from tests.e2e.test_web_accounts import violations
from tests.e2e.test_web_record import entered
from undersight.settings import Profile
from undersight.workbench.session import Workspace

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(300)]


def made(folder: Path, *, is_filled: bool) -> Path:
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en", "az"))
    with Workspace.create(folder, profile, passphrase=None) as workspace:
        workspace.casebook.all("incident")
        if is_filled:
            entered(workspace)
            entered(workspace, who=["نرگس"], line="دستگیری در فرودگاه", lang="fa")
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    command = [
        sys.executable, "-m", "undersight", "-w", str(folder),
        "serve", "--port", "0", "--no-browser",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield line.rpartition(" at ")[2].strip().rstrip("/")
        process.terminate()


@pytest.fixture(scope="module")
def laptops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Where the workbenches of two laptops answer; the first has two entries."""
    folder = tmp_path_factory.mktemp("laptops")
    here, there = made(folder / "a", is_filled=True), made(folder / "b", is_filled=False)
    with served(here) as first, served(there) as second:
        yield first, second


def share_with(tab: Any, address: str, line: str) -> None:
    tab.goto(f"{address}/share")
    tab.get_by_label("The line that a colleague gave you").fill(line)
    tab.get_by_role("button", name="Add", exact=True).click()
    tab.get_by_text("compare the digits by voice:").wait_for()


def carried(giver: Any, at: str, taker: Any, to: str, folder: Path) -> None:
    """Save a bundle here and choose it there; the preview is open afterwards."""
    giver.goto(f"{at}/share")
    with giver.expect_download() as saved:
        giver.get_by_role("button", name="Save the bundle").click()
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    taker.goto(f"{to}/share")
    taker.get_by_label("The file you were given").set_input_files(path)
    taker.get_by_role("button", name="Look at what it brings").click()
    taker.wait_for_url("**/share/bundle/**")


def verified_as(tab: Any, address: str, level: str) -> None:
    tab.goto(f"{address}/casebook?q=post")
    tab.locator("#found .list a").first.click()
    tab.wait_for_url("**/incident/**")
    tab.get_by_role("link", name="Change", exact=True).click()
    tab.get_by_label("How far verified").select_option(level)
    tab.get_by_role("button", name="Save").click()
    tab.get_by_text("Changed: How far verified.").wait_for()


@pytest.mark.parametrize("is_scripted", [True, False], ids=["scripts", "no-scripts"])
def test_two_laptops_meet_and_decide_where_they_differ(
    browser: Any, laptops: tuple[str, str], tmp_path: Path, *, is_scripted: bool
) -> None:
    here, there = laptops
    options = {"java_script_enabled": is_scripted, "accept_downloads": True}
    one, two = unlocked(browser, here, **options), unlocked(browser, there, **options)
    lines = []
    for tab, address in ((one, here), (two, there)):
        tab.goto(f"{address}/share")
        lines.append(tab.locator("#line-mine").input_value())
    share_with(one, here, lines[1])
    share_with(two, there, lines[0])
    carried(one, here, two, there, tmp_path)
    two.get_by_role("button", name="Let it in").click()
    two.get_by_text("changes came in").wait_for()
    mine, theirs = ("confirmed", "likely") if is_scripted else ("possible", "unlikely")
    verified_as(one, here, mine)
    verified_as(two, there, theirs)
    carried(two, there, one, here, tmp_path)
    assert one.get_by_text("Where you differ").count() == 1
    one.get_by_role("button", name="Let it in").click()
    one.wait_for_url("**/conflicts")
    one.locator("label.choice", has_text=re.compile(rf"\b{theirs}\b")).locator("input").check()
    one.get_by_role("button", name="This one stands").click()
    one.get_by_text("Nobody disagrees.").wait_for()
    for tab, address in ((one, here), (two, there)):
        assert [url for url in tab.asked if not url.startswith(address)] == []
        assert tab.complaints == []
        tab.context.close()


def test_a_form_survives_a_reload_keys_do_and_a_step_is_undone(
    browser: Any, laptops: tuple[str, str]
) -> None:
    tab = unlocked(browser, laptops[0])
    tab.keyboard.press("g")
    tab.keyboard.press("n")
    tab.wait_for_url("**/entry")
    tab.keyboard.press("f")
    tab.keyboard.type("نرگس Marlin")
    with tab.expect_response("**/keep"):
        tab.get_by_label("What happened, in one line").fill("Half a line")
    tab.reload()
    who = tab.get_by_label("Who was acted upon?")
    assert who.input_value() == "نرگس Marlin"
    assert who.evaluate("field => getComputedStyle(field).direction") == "rtl"
    tab.get_by_label("What was done?").fill("questioning")
    tab.get_by_label("When?").fill("2 May 2031")
    tab.get_by_role("button", name="Record", exact=True).click()
    tab.wait_for_url("**/incident/**")
    entry = tab.url
    tab.keyboard.press("?")
    own = tab.locator("#keys-here")
    own.get_by_text("Publish").wait_for()
    assert own.get_by_text("Undo").count() == 1
    tab.keyboard.press("Escape")
    tab.keyboard.press("z")
    tab.get_by_text("Taken back.").wait_for()
    assert tab.goto(entry).status == 404
    tab.goto(f"{laptops[0]}/casebook")
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/incident/**")
    assert [one for one in tab.complaints if "404" not in one] == []
    tab.context.close()


def test_axe_finds_nothing_where_many_entries_change_or_two_people_did(
    browser: Any, laptops: tuple[str, str]
) -> None:
    tab = unlocked(browser, laptops[0], bypass_csp=True, color_scheme="dark")
    tab.goto(f"{laptops[0]}/bulk")
    tab.get_by_role("button", name="Look at before and after").click()
    tab.get_by_role("region", name="Before and after").wait_for()
    found = {"preview": violations(tab)}
    tab.goto(f"{laptops[0]}/people")
    person = tab.locator("tbody a").first.get_attribute("href").rpartition("/")[2]
    first, second = tab.context.new_page(), tab.context.new_page()
    for one in (first, second):
        one.goto(f"{laptops[0]}/record/{person}")
    for one, name in ((first, "First"), (second, "Second")):
        one.get_by_label("Name as written").first.fill(name)
        one.get_by_role("button", name="Save").first.click()
        one.wait_for_load_state()
    second.get_by_role("alert").wait_for()
    found["clash"] = violations(second)
    tab.context.close()
    assert {what: wrong for what, wrong in found.items() if wrong} == {}
