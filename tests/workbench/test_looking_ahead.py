"""Pages of millions of posts show after a start what was counted before it."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.detectors import crowds, loading
from tests.workbench.conftest import NOON
from undersight.corpus import Corpus
from undersight.errors import CorpusDamagedError
from undersight.settings import Profile
from undersight.workbench import (
    backups,
    detection,
    keeping,
    looking_ahead,
    posts_summary,
    run_views,
    runs,
    warming,
)
from undersight.workbench.desk import Desk
from undersight.workbench.session import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plain workspace with some posts."""
    ticks = itertools.count(NOON, 1_000_000)
    corpus = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=350)
    crowds.plant_crew(corpus, 2, n_accounts=7, n_posts=10)
    profile = Profile(title="Qaravel log", jurisdiction="QV")
    path = tmp_path / "log"
    with Workspace.create(path, profile, passphrase=None, clock=lambda: next(ticks)) as made:
        loading.load(made, corpus)
    return path


def refuse(*_given: Any, **_named: Any) -> Any:
    raise CorpusDamagedError("", "somebody asked the posts")


def test_little_is_counted_when_it_is_asked_for(folder: Path) -> None:
    with Workspace.open(folder, verb="import") as workspace:
        looking_ahead.count(workspace)
    assert not (folder / "corpus" / "counted").exists()


def test_much_is_counted_before_and_after_a_start_nobody_asks_the_posts(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LARGE", 1)
    with Workspace.open(folder, verb="import") as workspace:
        looking_ahead.count(workspace)
        before = posts_summary.corpus_summary(workspace)
        backups.back_up(workspace, tmp_path / "backup")
    backups.restore(tmp_path / "backup", tmp_path / "restored")
    assert (folder / "corpus" / "counted" / "sizes").is_file()
    assert not (tmp_path / "restored" / "corpus" / "counted").exists()
    with Workspace.open(folder) as workspace, monkeypatch.context() as patch:
        patch.setattr(Corpus, "connection", refuse)
        assert posts_summary.corpus_summary(workspace) == before
    (folder / "corpus" / "counted" / "sizes").write_bytes(b"")
    with Workspace.open(folder) as workspace:
        assert posts_summary.corpus_summary(workspace) == before


def test_what_nobody_counted_is_counted_at_the_opening_and_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LARGE", 1)
    desk = Desk(Workspace.open(folder))
    thread = warming.begin(desk)
    assert thread is not None
    thread.join(20)
    desk.lock()
    assert (folder / "corpus" / "counted" / "sizes").is_file()


def test_the_latest_run_is_drawn_and_told_when_the_workspace_is_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks at its page or takes its report meanwhile waits for neither."""
    told: list[str] = []
    monkeypatch.setattr(keeping, "_LARGE", 1)
    monkeypatch.setattr(runs, "run_ids", lambda _: ("one", "two"))
    monkeypatch.setattr(run_views, "read_ahead", lambda _, run_id: told.append(run_id))
    monkeypatch.setattr(
        run_views, "report_of", lambda _, run_id, lang: told.append(f"{run_id} {lang}")
    )
    desk = Desk(Workspace.open(folder))
    thread = warming.begin(desk)
    assert thread is not None
    thread.join(20)
    desk.lock()
    assert told == ["one", "two", "two en"]


def test_a_workspace_with_a_damaged_import_opens_all_the_same(folder: Path) -> None:
    (manifest,) = (folder / "corpus").glob("*/manifest.json")
    manifest.write_bytes(b"{")
    desk = Desk(Workspace.open(folder))
    assert warming.begin(desk) is None
    desk.lock()


def test_what_stands_in_the_way_of_counting_hinders_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LARGE", 1)
    monkeypatch.setattr(Corpus, "connection", refuse)
    with Workspace.open(folder, verb="import") as workspace:
        looking_ahead.count(workspace)
    assert not (folder / "corpus" / "counted").exists()


def test_reading_ahead_pushes_nothing_out_that_it_has_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LARGE", 1)

    def read_ahead(workspace: Workspace, run_id: str) -> None:
        for part in ("run", "masks", "index", "accounts", "texts", "days"):
            keeping.counted(workspace, f"{run_id}-{part}", lambda: 1)

    names = tuple(f"run{n}" for n in range(9))
    monkeypatch.setattr(runs, "run_ids", lambda _workspace: names)
    monkeypatch.setattr(run_views, "read_ahead", read_ahead)
    with Workspace.open(folder, verb="detect") as workspace:
        looking_ahead.count(workspace)
        assert workspace.corpus.counted("sizes") is not None
        assert workspace.corpus.counted("run8-days") == b"1"
        assert workspace.corpus.counted("run1-days") is None, "of the latest only"


@pytest.mark.long
def test_the_pages_of_a_run_are_the_same_and_ask_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LARGE", 1)
    with Workspace.open(folder, verb="detect") as workspace:
        asked = detection.asked(["co-comment"], assignments=["co-comment.views=post"])
        done = detection.detect(workspace, asked)
        found = done["findings"][0]["finding_id"]
        before = run_views.finding_of(workspace, found, lang="en")
        report = run_views.report_of(workspace, done["run_id"], lang="en")
        looking_ahead.count(workspace)
    with Workspace.open(folder) as workspace, monkeypatch.context() as patch:
        patch.setattr(Corpus, "connection", refuse)
        after = run_views.finding_of(workspace, found, lang="en")
        assert run_views.report_of(workspace, done["run_id"], lang="en") == report
        assert runs.run_ids(workspace) == (done["run_id"],)
    for name in ("words", "note"):
        del before[name], after[name]
    assert json.dumps(after, default=str) == json.dumps(before, default=str)
