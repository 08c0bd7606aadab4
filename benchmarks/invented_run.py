"""A detection run that tells of invented groups: written down, not searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from undersight.model.detection_run import DetectionRun, Look, UsedDetector
from undersight.model.finding import BenignCheck, Finding, Interval, Reason
from undersight.workbench import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.workbench.session import Workspace

CORPUS_DIGEST = "ab" * 32
DETECTOR = UsedDetector(detector="co-share", version=1, parameters={"max_family_p": 0.05})
WINDOW_US = 60_000_000


def finding(number: int, accounts: tuple[str, ...]) -> Finding:
    """An invented finding."""
    return Finding(
        finding_id=f"f-{number:016x}", detector="co-share", detector_version=1, kind="group",
        view="url", window_us=WINDOW_US, accounts=accounts, objects=("https://sarnak.example/a",),
        targets=(), score=0.9, effect=Interval(name="observed/expected", value=9.0), p=0.001,
        q=0.002, verdict="co-timed", corpus_digest=CORPUS_DIGEST,
        n={"accounts": len(accounts), "objects": 12, "posts": 12, "pairs": 40, "edges": 20,
           "edges_co_timed": 20, "days": 3, "targets": 0},
        reasons=(Reason(code="pairs", number=40, sentence="They shared {n} links within moments.",
                        values={"n": 12}),),
        benign=(BenignCheck(code="breaking-news", outcome="does-not-explain", number=1.0,
                            sentence="It was not one day's news."),),
        blind_spots=("Who is behind an account.",), windows_us=(WINDOW_US,), views=("url",),
    )  # fmt: skip


def write_run(
    workspace: Workspace,
    found: Sequence[Finding],
    ties: Sequence[tuple[str, str, int]],
    corpus_digest: str = CORPUS_DIGEST,
) -> str:
    """Write down a run that found these groups; return its id.

    Args:
        workspace: Where.
        found: Its findings.
        ties: Both ends of each tie, and on how many objects.
        corpus_digest: Of what it looked at.
    """
    edges = pa.table({
        "detector": ["co-share"] * len(ties), "view": ["url"] * len(ties),
        "window_us": pa.array([WINDOW_US] * len(ties), pa.int64()),
        "account_a": [a for a, _b, _n in ties], "account_b": [b for _a, b, _n in ties],
        "n_objects": pa.array([n for _a, _b, n in ties], pa.int64()),
    })  # fmt: skip
    n_accounts = sum(len(one.accounts) for one in found)
    run = DetectionRun(
        digest=runs.run_digest(corpus_digest, [DETECTOR]), corpus_digest=corpus_digest,
        undersight_version="0", detectors=(DETECTOR,),
        looks=(Look(detector="co-share", view="url", window_us=WINDOW_US, outcome="looked",
                    findings=tuple(one.finding_id for one in found)),),
        counts={"n_looks": 1, "n_findings": len(found), "n_accounts": n_accounts, "n_posts": 12},
    )  # fmt: skip
    timing = {"started_us": 1_930_000_000_000_000, "n_earlier_runs": 0}
    return runs.write_run(workspace, run, found, edges, timing)
