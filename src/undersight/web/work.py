"""The kinds of long work: each takes words, calls a verb of the workbench, gives back numbers."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import UndersightError
from undersight.i18n import _
from undersight.workbench import (
    case_files,
    deliveries,
    detection,
    gaps,
    keeping,
    looking_ahead,
    posts,
    publishing,
    targets,
    verifying,
    waiting_files,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersight.web.jobs import Task
    from undersight.workbench.session import Workspace

_MOST_TOLD = 200
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of work.

    Args:
        title: English, marked with ``_()``.
        unit: What its progress counts, English, marked with ``_()``.
        run: Does it.
    """

    title: str
    unit: str
    run: Callable[[Task], dict[str, Any]]


def _bring_in(task: Task) -> dict[str, Any]:
    """Load a file of posts that was handed in."""
    from undersight.integrity.canonical import Digest

    given = task.arguments
    importer = waiting_files.importer_named(given["format"])
    options = posts.PostOptions(
        choice=waiting_files.choice_of(given["choice"]),
        has_names=given["has_names"],
        expires_after_us=given["expires_after_us"],
    )
    with task.writing("serve import") as workspace:
        file = waiting_files.find(workspace, given["digest"])
        task.expect(file.n_bytes)
        report = posts.import_sealed(
            workspace, Digest(file.digest), file.name, importer, options, task.tell
        )
    _look_ahead(task)
    found = report.to_json()
    return {**found, "issues": found["issues"][:_MOST_TOLD]}


def _look_ahead(task: Task) -> None:
    """Count what the next pages show; others may write until it is kept."""
    try:
        with task.reading() as workspace:
            is_counted = looking_ahead.read(workspace)
        if is_counted:
            with task.writing("serve count") as workspace:
                keeping.keep_counted(workspace)
    except UndersightError as error:
        # What was to be done is done; whoever looks at the page counts, and is told what is wrong.
        _LOG.info("posts.not-counted", extra={"code": error.code})


def _count_posts(task: Task) -> dict[str, Any]:
    """Count what pages show of posts, after an import was taken out."""
    _look_ahead(task)
    return {}


def _bring_in_cases(task: Task) -> dict[str, Any]:
    """Store the entries of a file for the casebook, all or none."""
    given = task.arguments
    options = case_files.options_of(given["options"])
    with task.reading() as workspace:
        seen = case_files.look(workspace, given["digest"], options)
    task.expect(seen.n_ready)
    with task.writing("serve import") as workspace:
        done = case_files.bring_in(
            workspace,
            given["digest"],
            options,
            how=given["how"],
            is_partial_allowed=given["is_partial_allowed"],
            progress=task.tell,
        )
    return {
        "digest": given["digest"],
        "n_entries": done.n_entries,
        "n_drafts": done.n_drafts,
        "n_left": done.n_left,
        "n_differing": len(done.differing),
        "n_read": seen.n_read,
        "n_duplicates": seen.n_duplicates,
        "n_rejected": seen.n_rejected,
    }


def _count_gaps(task: Task) -> dict[str, Any]:
    """Count distances and pairs for one detector's view."""
    with task.reading() as workspace, task.stop.anywhere():
        return gaps.count(workspace, task.arguments["detector"], task.arguments["view"])


def _detect(task: Task) -> dict[str, Any]:
    """Run detectors; others may write meanwhile."""
    given = task.arguments
    asked = detection.asked(given["detectors"], given["windows_us"], given["assignments"])
    task.expect(sum(len(one.views) * len(one.windows_us) for one in asked))
    n_looks = 0

    def planned(line: str) -> None:
        nonlocal n_looks
        task.tell(n_looks, line)
        n_looks += 1

    with task.reading() as workspace, task.stop.anywhere():
        made = detection.make_run(
            workspace, asked, planned=planned, progress=lambda line: task.tell(n_looks - 1, line)
        )
    task.tell(n_looks)
    with task.writing("serve detect") as workspace:
        done = detection.keep_run(workspace, made)
    _look_ahead(task)
    return {"run_id": done["run_id"], "n_findings": len(done["findings"])}


def _count_sheet(task: Task) -> dict[str, Any]:
    """Count what stands under one post or page; the sheet stays in memory, its size is told."""
    given = task.arguments
    task.expect(targets.N_STEPS)
    with task.reading() as workspace, task.stop.anywhere():
        made = targets.sheet(workspace, given["named"], n_top=given["n_top"], progress=task.tell)
    return {"n_comments": made.n_comments}


def _take_site(task: Task) -> dict[str, Any]:
    """Write the site as a zip, checked for harm before; kept while the workspace is open."""
    given = task.arguments
    with task.reading() as workspace, task.stop.anywhere():
        task.expect(deliveries.n_steps(workspace, given["audience"]))
        made = deliveries.site(
            workspace,
            audience=given["audience"],
            contact=given["contact"],
            base_url=given["base_url"],
            progress=task.tell,
        )
        return _kept(workspace, task, made)


def _take_export(task: Task) -> dict[str, Any]:
    """Write an export, checked for harm before; kept while the workspace is open."""
    given = task.arguments
    with task.reading() as workspace, task.stop.anywhere():
        task.expect(len(publishing.open_to(workspace, given["audience"])))
        made = deliveries.export(
            workspace, given["format"], audience=given["audience"], progress=task.tell
        )
        return _kept(workspace, task, made)


def _kept(workspace: Workspace, task: Task, made: deliveries.Delivery) -> dict[str, Any]:
    deliveries.keep(workspace, task.job_id, made)
    return {"name": made.name, "n_bytes": made.n_bytes, "losses": list(made.losses)}


def _verify(task: Task) -> dict[str, Any]:
    """Check that nobody edited anything."""
    with task.reading() as workspace, task.stop.anywhere():
        task.expect(verifying.count_objects(workspace))
        found = verifying.verify(workspace, is_deep=task.arguments["is_deep"], progress=task.tell)
    return {
        **found,
        "n_breaks": len(found["breaks"]),
        "breaks": found["breaks"][:_MOST_TOLD],
        "notes": found["notes"][:_MOST_TOLD],
    }


KINDS: Mapping[str, Kind] = {
    "case-file": Kind(title=_("Bringing in entries"), unit=_("entries"), run=_bring_in_cases),
    "posts-import": Kind(title=_("Bringing in posts"), unit=_("bytes read"), run=_bring_in),
    "count-posts": Kind(title=_("Counting posts"), unit=_("steps"), run=_count_posts),
    "count-gaps": Kind(title=_("Counting pairs"), unit=_("steps"), run=_count_gaps),
    "comment-sheet": Kind(title=_("Counting comments"), unit=_("steps"), run=_count_sheet),
    "detect": Kind(title=_("Looking for groups"), unit=_("looks"), run=_detect),
    "take-site": Kind(title=_("Writing the site"), unit=_("steps"), run=_take_site),
    "take-export": Kind(title=_("Writing an export"), unit=_("entries"), run=_take_export),
    "verify": Kind(title=_("Verifying"), unit=_("objects"), run=_verify),
}
