"""The demo's comment section: invented people, two operations among them, found, missed or false.

The truth lies in a file of its own and is read after the run, to compare.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.model.corpus_rows import ColumnChoice
from undersight.synth.crowds import FacadePages, LinkFarm, Scene, Size
from undersight.synth.crowds.files import write_scene
from undersight.workbench import detection, posts, run_reports, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from undersight.model.finding import Finding
    from undersight.workbench.session import Workspace

_SEED = 2025
_WEEKS = -270  # the demo's year is 2025: the first of them is Monday 3 November
_PLATFORM = "facebook"
_HALF = 0.5
REPORT_NAME = "report.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdTally:
    """What the run made of the comment section.

    Args:
        report: The report's page.
        n_posts: Posts, comments and reposts brought in.
        found: Names of the planted operations that a finding shows.
        missed: Names of those that none shows.
        n_false: Findings that are mostly of people who belong to no operation.
    """

    report: Path
    n_posts: int
    found: tuple[str, ...]
    missed: tuple[str, ...]
    n_false: int


def scene() -> Scene:
    """Return the comment section: two operations, and readers who stand with a jailed editor."""
    return Scene(
        _SEED,
        Size(n_rows=1500, n_days=14),
        gatherings=("solidarity",),
        operations=(FacadePages(share=0.2, n_accounts=12, n_posts=12), LinkFarm(n_accounts=8)),
        weeks=_WEEKS,
    )


def look_for_crowds(workspace: Workspace, folder: Path) -> CrowdTally:
    """Bring the comment section in, run every detector, write the report, compare with the truth.

    Args:
        workspace: Open for writing.
        folder: Where the table, the truth and the report go; made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = write_scene(scene(), folder / "posts.csv", folder / "truth.csv")
    importer = posts.post_importer("posts-table")
    if importer is None:
        raise LookupError("posts-table")
    options = posts.PostOptions(choice=ColumnChoice(platform=_PLATFORM))
    with written.posts.open("rb") as stream:
        posts.import_posts(workspace, stream, written.posts.name, importer, options)
    done = detection.detect(workspace, detection.asked())
    run_reports.write(workspace, done["run_id"], folder / REPORT_NAME)
    found = runs.read_run(workspace, done["run_id"]).findings
    return tally(found, read_truth(written.labels), folder / REPORT_NAME, written.n_rows)


def read_truth(labels: Path) -> dict[str, str]:
    """Return the operation by account id, of accounts that are planted."""
    with labels.open(encoding="utf-8", newline="") as file:
        return {
            f"{_PLATFORM}:{row['account_id']}": row["part"]
            for row in csv.DictReader(file)
            if row["is_planted"] == "true"
        }


def tally(
    findings: Iterable[Finding], planted: Mapping[str, str], report: Path, n_posts: int
) -> CrowdTally:
    """Compare findings with the truth: an operation is found where most of a finding is its own.

    Args:
        findings: Of the run.
        planted: Operation by account id.
        report: The report's page.
        n_posts: Rows brought in.
    """
    found: set[str] = set()
    n_false = 0
    for finding in findings:
        names = [planted.get(account, "") for account in finding.accounts]
        most = max(sorted(set(names)), key=lambda name: (names.count(name), name))
        if most and names.count(most) >= _HALF * len(names):
            found.add(most)
        else:
            n_false += 1
    everything = set(planted.values())
    return CrowdTally(
        report=report,
        n_posts=n_posts,
        found=tuple(sorted(found)),
        missed=tuple(sorted(everything - found)),
        n_false=n_false,
    )
