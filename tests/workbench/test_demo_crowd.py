"""The demo's tally: an operation is found, missed, or somebody is accused wrongly."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from undersight.synth.crowds.files import write_scene
from undersight.workbench import demo_crowd

PLANTED = {"a": "farm", "b": "farm", "c": "farm", "x": "pages", "y": "pages"}


def tally(*groups: str) -> demo_crowd.CrowdTally:
    findings = [cast("Any", SimpleNamespace(accounts=tuple(group))) for group in groups]
    return demo_crowd.tally(findings, PLANTED, Path("report.html"), 10)


def test_what_is_mostly_an_operation_is_found_and_the_rest_is_false() -> None:
    done = tally("abc", "abz", "zzzx")
    assert (done.found, done.missed, done.n_false) == (("farm",), ("pages",), 1)


def test_nothing_found_is_everything_missed() -> None:
    done = tally()
    assert (done.found, done.missed, done.n_false) == ((), ("farm", "pages"), 0)


def test_the_truth_is_that_of_the_scene(tmp_path: Path) -> None:
    scene = demo_crowd.scene()
    written = write_scene(scene, tmp_path / "posts.csv", tmp_path / "truth.csv")
    truth = demo_crowd.read_truth(written.labels)
    assert sorted(set(truth.values())) == ["facade-pages", "link-farm"]
    assert len(truth) == sum(part.accounts.number.size for part in scene.parts if part.is_planted)
    assert "2025-11-0" in written.posts.read_text(encoding="utf-8")


@pytest.mark.parametrize("group", ["ab", "xy"])
def test_half_is_enough(group: str) -> None:
    assert tally(group + "zw").n_false == 0
