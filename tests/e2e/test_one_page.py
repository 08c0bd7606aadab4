"""The comment sheet and the run's report in a real browser, from disk, alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.tabs import watched
from tests.model.comment_sheets import ATTACK, a_sheet
from tests.reports.run_pictures import a_picture
from undersight.i18n import LANGUAGES
from undersight.reports.run_report import RunReport
from undersight.reports.target_sheet import TargetSheet

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(300)]

PAGES = ("sheet.html", "report.html", "attacked-sheet.html", "attacked-report.html", "az.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pages")
    made = {
        "sheet.html": TargetSheet().page(a_sheet()),
        "report.html": RunReport().page(a_picture()),
        "attacked-sheet.html": TargetSheet().page(a_sheet(ATTACK)),
        "attacked-report.html": RunReport().page(a_picture(ATTACK)),
        "az.html": RunReport(lang="az").page(a_picture()),
    }
    for name, page in made.items():
        (place / name).write_text(page, encoding="utf-8")
    return place


def opened(browser: Any, path: Path, **options: Any) -> Any:
    """Open a page from disk."""
    tab = watched(browser, **options)
    tab.on("dialog", lambda dialog: (tab.complaints.append("dialog"), dialog.dismiss()))
    tab.goto(path.as_uri())
    return tab


@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        # What 200 % leaves of a window of 1280 by 900.
        {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
        {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    ],
    ids=["light", "dark", "twice-as-large", "narrow"],
)
def test_axe_finds_nothing(browser: Any, folder: Path, options: dict[str, Any]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = {}
    for name in PAGES:
        tab = opened(browser, folder / name, bypass_csp=True, **options)
        results = Axe().run(tab)
        if results.violations_count:
            found[name] = [
                (one["id"], [node["html"] for node in one["nodes"]][:3])
                for one in results.response["violations"]
            ]
        tab.context.close()
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_itself_only_and_its_policy_holds(
    browser: Any, folder: Path, name: str
) -> None:
    tab = opened(browser, folder / name)
    tab.wait_for_timeout(200)
    assert tab.asked == [(folder / name).as_uri()]
    assert tab.complaints == []
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert tab.evaluate(width)
    tab.context.close()
    narrow = opened(browser, folder / name, viewport={"width": 320, "height": 640})
    assert narrow.evaluate(width), "nothing is wider than a narrow window"
    narrow.context.close()


def test_the_network_is_worked_with_the_keyboard(browser: Any, folder: Path) -> None:
    tab = opened(browser, folder / "report.html")
    told = tab.locator("#told")
    assert told.inner_text() == "30 ties shown"
    tab.locator("#group").focus()
    tab.keyboard.press("ArrowDown")
    assert told.inner_text() == "15 ties shown"
    tab.locator("#least").focus()
    tab.keyboard.press("End")
    fewer = int(told.inner_text().split()[0])
    assert 0 < fewer < 15
    before = tab.locator(".network svg").get_attribute("viewBox")
    tab.locator("#closer").press("Enter")
    assert tab.locator(".network svg").get_attribute("viewBox") != before
    tab.locator("#all").press("Enter")
    assert told.inner_text() == "30 ties shown"
    assert tab.locator(".network svg").get_attribute("viewBox") == before
    tab.locator(".node").nth(3).click()
    assert told.inner_text().endswith(": 5 ties shown")
    tab.context.close()


def test_without_scripts_the_drawing_stands_and_controls_are_gone(
    browser: Any, folder: Path
) -> None:
    tab = opened(browser, folder / "report.html", java_script_enabled=False)
    assert tab.locator(".network .node").count() == 12
    assert tab.locator(".network svg").is_visible()
    assert not tab.locator("#network-controls").is_visible()
    tab.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_prints_on_one_page(browser: Any, tmp_path: Path, lang: str) -> None:
    import pypdfium2

    page = tmp_path / "sheet.html"
    page.write_text(TargetSheet(lang=lang).page(a_sheet()), encoding="utf-8")
    tab = opened(browser, page)
    tab.pdf(path=str(tmp_path / "sheet.pdf"), format="A4")
    tab.context.close()
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as printed:
        assert len(printed) == 1
