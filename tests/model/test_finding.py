"""Findings and runs survive their JSON, whole."""

from __future__ import annotations

import json
from typing import Any

from undersight.model.detection_run import DetectionRun, Look, UsedDetector
from undersight.model.finding import (
    BenignCheck,
    Finding,
    Interval,
    Overlap,
    PostPair,
    Reason,
)

PAIR = PostPair(
    object="x:1", post_a="x:p1", post_b="x:p2", account_a="x:a", account_b="x:b", delta_us=-3
)


def a_finding(**changed: Any) -> Finding:
    given: dict[str, Any] = {
        "finding_id": "f-" + "1" * 16,
        "detector": "co-share",
        "detector_version": 1,
        "kind": "group",
        "view": "url",
        "window_us": 60_000_000,
        "accounts": ("x:a", "x:b", "x:c", "x:d", "x:e"),
        "objects": ("https://news.example/1",),
        "targets": (),
        "score": 0.9,
        "effect": Interval(name="observed-over-expected", value=10.0, low=5.0, high=20.0),
        "p": 0.001,
        "q": 0.002,
        "n": {"posts": 2, "accounts": 5},
        "verdict": "co-timed",
        "reasons": (
            Reason(code="posts", number=2.0, sentence="{n} posts.", values={"n": 2},
                   accounts=("x:a",), pairs=(PAIR, PAIR), series={"hours": (0, 1)}),
        ),
        "benign": (
            BenignCheck(code="one-feed", outcome="cannot-tell", number=None, sentence="No."),
        ),
        "blind_spots": ("Slow work.",),
        "parameters": {"objects": ("url", "domain"), "min_accounts": 5},
        "corpus_digest": "0" * 64,
        "posts": ("x:p1", "x:p2"),
        "windows_us": (60_000_000,),
        "views": ("url",),
        "overlaps": (Overlap(finding_id="f-2", n_posts=1, n_accounts=5),),
    }  # fmt: skip
    return Finding(**(given | changed))


def test_a_finding_survives_its_json() -> None:
    finding = a_finding()
    assert Finding.from_json(json.loads(json.dumps(finding.to_json()))) == finding


def test_a_pair_of_posts_counts_once() -> None:
    assert a_finding().pairs == (PAIR,)


def test_an_innocent_explanation_that_fits_is_told() -> None:
    fits = BenignCheck(code="one-feed", outcome="explains", number=1.0, sentence="Yes.")
    assert a_finding(benign=(fits,)).is_explained
    assert not a_finding().is_explained


def test_a_run_survives_its_json() -> None:
    run = DetectionRun(
        digest="1" * 64,
        corpus_digest="0" * 64,
        undersight_version="1",
        detectors=(
            UsedDetector(detector="co-share", version=1, parameters={"objects": ("url",)},
                         blind_spots=("Slow work.",)),
        ),
        looks=(
            Look(detector="co-share", view="url", window_us=1, outcome="looked",
                 counts={"n_actions": 3}, findings=("f-1",)),
        ),
        caveats=("Top comments only.",),
        counts={"n_findings": 1},
    )  # fmt: skip
    assert DetectionRun.from_json(json.loads(json.dumps(run.to_json()))) == run
