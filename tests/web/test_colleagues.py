"""Two laptops: bundles made, looked at and let in; what both changed, decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.conftest import Browser
from tests.web.test_record_journey import quick
from undersight.settings import Profile
from undersight.web.access import Access
from undersight.workbench.session import Workspace


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Browser]:
    """A browser before a colleague's laptop."""
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en", "az"))
    with Workspace.create(tmp_path / "other", profile, passphrase=None) as made:
        made.casebook.all("incident")
    found = Browser(Access(tmp_path / "other"))
    found.get("/unlock")
    found.send("/unlock")
    yield found
    found.access.lock()


def line_of(browser: Browser) -> str:
    found = re.search(r"undersight-staff1:staff-[^<]+", browser.get("/share").text)
    assert found
    return found[0].strip()


def acquainted(one: Browser, two: Browser) -> None:
    for this, that in ((one, two), (two, one)):
        line = line_of(that)
        this.get("/share")
        assert "compare the digits" in this.send("/share/colleague", line=line).text


def bundle_of(browser: Browser) -> bytes:
    browser.get("/share")
    to = re.findall(r'name="to" value="(staff-[^"]+)"', browser.text)
    made = browser.send("/share/bundle", to=to)
    assert made.headers["content-disposition"].endswith('.undersight"')
    return made.content


def taken(browser: Browser, bundle: bytes) -> str:
    browser.get("/share")
    shown = browser.send("/share/take", files={"file": ("b.undersight", bundle)})
    assert shown.status_code == 200, shown.text
    found = re.search(r"/share/bundle/([0-9a-f]{32})/let-in", shown.text)
    assert found
    return found[1]


def test_what_a_bundle_brings_is_seen_before_it_comes_in(browser: Browser, other: Browser) -> None:
    quick(browser, line="دستگیر شد <b>در سارناک</b>")
    acquainted(browser, other)
    bundle_id = taken(other, bundle_of(browser))
    assert "<bdi>دستگیر شد &lt;b&gt;در سارناک&lt;/b&gt;</bdi>" in other.text
    assert "new" in other.text
    assert "0 entries" in other.get("/casebook").text
    other.get(f"/share/bundle/{bundle_id}")
    done = other.send(f"/share/bundle/{bundle_id}/let-in")
    assert "changes came in" in done.text
    assert "1 entry" in other.get("/casebook").text
    assert other.get(f"/share/bundle/{bundle_id}").status_code == 404


@pytest.mark.long
def test_what_both_changed_stands_side_by_side_until_somebody_decides(
    browser: Browser, other: Browser
) -> None:
    incident = quick(browser)
    acquainted(browser, other)
    let = taken(other, bundle_of(browser))
    other.send(f"/share/bundle/{let}/let-in")
    for one, level in ((browser, "confirmed"), (other, "likely")):
        one.get(f"/record/{incident}")
        one.send(f"/record/{incident}", **{"field.verification": level})
    let = taken(browser, bundle_of(other))
    assert "Where you differ" in browser.text
    browser.send(f"/share/bundle/{let}/let-in")
    assert "1 change came in. Decide where you differ." in browser.text
    assert "shown meanwhile" in browser.text
    side = r'value="([0-9a-f-]{36})" required>.*?class="as-typed">([^<]*)<'
    sides = {words: change for change, words in re.findall(side, browser.text, re.DOTALL)}
    assert set(sides) == {"confirmed", "likely"}
    browser.send("/conflicts", change=sides["confirmed"], why="he was seen")
    assert "Nobody disagrees." in browser.text
    browser.send("/undo")  # the button beside the sentence that tells of it
    assert "Taken back." in browser.text
    assert "likely" in browser.get(f"/incident/{incident}").text
    let = taken(other, bundle_of(browser))
    other.send(f"/share/bundle/{let}/let-in")
    assert "Nobody disagrees." in other.get("/conflicts").text


@pytest.mark.long
def test_what_is_no_bundle_or_by_a_stranger_is_not_kept(browser: Browser, other: Browser) -> None:
    quick(browser)
    acquainted(browser, other)
    bundle = bundle_of(browser)
    other.get("/share")
    staff = re.search(r'name="staff_id" value="([^"]+)"', other.text)
    assert staff
    other.send("/share/colleague/remove", staff_id=staff[1])
    other.get("/share")
    assert other.send("/share/take", files={"file": ("b", bundle)}).status_code == 409
    other.get("/share")
    assert other.send("/share/take", files={"file": ("b", b"no bundle")}).status_code >= 400
    other.get("/share")
    assert "Not decided yet" not in other.text
    assert other.get("/share/bundle/..%2f..%2fcasebook.db").status_code == 404


@pytest.mark.long
def test_a_bundle_can_be_thrown_away(browser: Browser, other: Browser) -> None:
    quick(browser)
    acquainted(browser, other)
    bundle_id = taken(other, bundle_of(browser))
    assert "Not decided yet" in other.get("/share").text
    other.get(f"/share/bundle/{bundle_id}")
    assert "Thrown away" in other.send(f"/share/bundle/{bundle_id}/throw-away").text
    assert "0 entries" in other.get("/casebook").text
