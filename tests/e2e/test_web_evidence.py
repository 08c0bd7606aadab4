"""Evidence and posts in Chromium: file to judgement with scripts and without, the network."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.detectors import crowds, loading
from tests.e2e.tabs import unlocked
from undersight.settings import Profile
from undersight.workbench import detection
from undersight.workbench.session import Workspace

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(300)]

HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain workspace with a crew in a corpus, and one run."""
    corpus = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=350)
    crowds.plant_crew(corpus, 2, n_accounts=7, n_posts=10, kind="page")
    for row in corpus.posts:
        row["text"] = f"Shame! {HOSTILE}"
    folder = tmp_path_factory.mktemp("web-e2e") / "log"
    profile = Profile(title="Qaravel log", jurisdiction="QV")
    with Workspace.create(folder, profile, passphrase=None) as workspace:
        loading.load(workspace, corpus)
        asked = detection.asked(["co-comment"], assignments=["co-comment.views=post"])
        detection.detect(workspace, asked)
    return folder


def table_of_posts(folder: Path) -> Path:
    """Comments as a collecting tool might save them, one column under a name of its own."""
    rows = [
        f"c{n},a{n % 9},what {n} <b>said</b>,2031-05-02T10:{n % 60:02d}:00Z,p1,page1"
        for n in range(40)
    ]
    path = folder / "comments.csv"
    path.write_text(
        "comment_id,author_id,their_words,created_time,post_id,page_id\n" + "\n".join(rows),
        encoding="utf-8",
    )
    return path


def archive(folder: Path, n_posts: int) -> Path:
    """A platform's own archive of a page."""
    posts = [
        {"timestamp": 1_930_000_000 + n * 86_400, "data": [{"post": f"Post {n} of Sarnak Hour"}]}
        for n in range(n_posts)
    ]
    path = folder / f"archive-{n_posts}.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("posts/your_posts_1.json", json.dumps(posts))
    return path


@pytest.mark.parametrize("is_scripted", [True, False], ids=["scripts", "no-scripts"])
def test_from_a_file_to_a_comment_sheet(
    browser: Any, address: str, tmp_path: Path, *, is_scripted: bool
) -> None:
    tab = unlocked(browser, address, java_script_enabled=is_scripted)
    tab.goto(f"{address}/posts")
    tab.set_input_files("#files", table_of_posts(tmp_path))
    tab.get_by_role("button", name="Seal and look at them").click()
    tab.wait_for_url("**/posts/file/**")
    tab.get_by_label("their_words").select_option("text")
    tab.get_by_label("Platform, where").fill("facebook" if is_scripted else "telegram")
    tab.get_by_role("button", name="Look again").click()
    tab.get_by_text("what 3 <b>said</b>").wait_for()
    tab.get_by_role("button", name="Load it like this").click()
    tab.wait_for_url("**/jobs/**")
    tab.get_by_text(re.compile("40 read = 40 records")).wait_for()
    tab.goto(f"{address}/target")
    tab.get_by_label("Address or id").fill("facebook:p1" if is_scripted else "telegram:p1")
    tab.get_by_role("button", name="Count", exact=True).click()
    tab.get_by_role("heading", name="Who commented").wait_for()
    assert [url for url in tab.asked if not url.startswith(address)] == []
    assert tab.complaints == []
    tab.context.close()


@pytest.mark.parametrize("is_scripted", [True, False], ids=["scripts", "no-scripts"])
def test_from_gaps_to_a_judgement(browser: Any, address: str, *, is_scripted: bool) -> None:
    tab = unlocked(browser, address, java_script_enabled=is_scripted)
    tab.goto(f"{address}/detection")
    tab.get_by_label("Acts", exact=True).select_option("co-comment/post")
    tab.get_by_role("button", name="Count gaps and pairs").click()
    tab.get_by_role("link", name="Choose a window").click()
    if is_scripted:
        tab.get_by_label("1 min").check()
        assert tab.locator("#windows").input_value() == "60s"
    else:
        tab.locator("#windows").fill("60s")
    tab.get_by_text("Parameters", exact=True).first.click() if is_scripted else None
    tab.locator("#assignments").fill("co-comment.views=post") if is_scripted else None
    tab.get_by_role("button", name="Look", exact=True).click()
    tab.get_by_role("link", name="Read the run").click()
    if is_scripted:
        tab.locator("canvas").wait_for()
        tab.locator("canvas").focus()
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("Enter")
        tab.locator(".network [role=status]", has_text="7 accounts, ").wait_for()
        tab.get_by_role("link", name="Open the group's page").click()
    else:
        assert tab.locator("figure svg").count() >= 1
        tab.get_by_role("link", name="Group 1", exact=True).click()
    tab.wait_for_url("**/finding/**")
    tab.get_by_role("radio", name="unclear").check()
    tab.get_by_label("Why: what you read").fill("Read all ten posts")
    tab.get_by_role("button", name="Store it").click()
    tab.get_by_text("Your judgement is stored.").wait_for()
    assert tab.title() != "taken"
    assert [url for url in tab.asked if not url.startswith(address)] == []
    assert tab.complaints == []
    tab.context.close()


def test_deposits_their_difference_and_a_handover(
    browser: Any, address: str, tmp_path: Path
) -> None:
    tab = unlocked(browser, address, java_script_enabled=False)
    for n_posts in (5, 3):
        tab.goto(f"{address}/deposits")
        tab.locator("#name").fill("Sarnak Hour")
        tab.set_input_files("#files", archive(tmp_path, n_posts))
        tab.get_by_role("button", name="Seal the deposit").click()
        tab.get_by_text("is under seal").wait_for()
    tab.get_by_role("button", name="What changed between them").click()
    tab.get_by_text("2 posts").first.wait_for()
    tab.goto(f"{address}/deposits")
    tab.get_by_role("link", name="archive-5.zip").click()
    tab.get_by_role("link", name="Hand over").click()  # an archive goes along by name only
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Make the package").click()
    assert zipfile.is_zipfile(download.value.path())
    tab.context.close()
