"""Long work: what was asked for, how far it is, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.i18n import _
from undersight.web.jobs import CONTINUABLE, table_of
from undersight.web.page import Page
from undersight.web.work import KINDS

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.jobs import Job
    from undersight.web.visit import Visit

page = Page(
    "jobs",
    title=_("Work under way"),
    about=_(
        "Long work such as loading posts: how far it is, stop it, start it over after a restart."
    ),
)
STATES = {
    "waiting": _("waits for its turn"),
    "running": _("under way"),
    "done": _("done"),
    "failed": _("failed"),
    "stopped": _("stopped"),
    "interrupted": _("interrupted when the workspace was locked or closed"),
}


@page.get("/jobs")
def show_all(visit: Visit) -> Response:
    """List all jobs, latest first."""
    jobs = [_shown(visit, one) for one in table_of(visit.access).listing()]
    return visit.render("jobs.html", jobs=jobs)


@page.get("/jobs/{job_id}")
def show(visit: Visit, job_id: str) -> Response:
    """Show one job and what came of it."""
    job = table_of(visit.access).find(job_id)
    return visit.render("job.html", job=_shown(visit, job))


@page.get("/jobs/{job_id}/progress")
def show_progress(visit: Visit, job_id: str) -> Response:
    """Show how far a job is, as the part of a page that asks again by itself."""
    job = table_of(visit.access).find(job_id)
    return visit.render("job_progress.html", job=_shown(visit, job))


@page.post("/jobs/{job_id}/stop", needs="draft")
def stop(visit: Visit, job_id: str) -> Response:
    """Stop a job."""
    table_of(visit.access).stop(job_id)
    return visit.go(f"/jobs/{job_id}", said=visit.t("It stops as soon as it can."))


@page.post("/jobs/{job_id}/continue", needs="draft")
def carry_on(visit: Visit, job_id: str) -> Response:
    """Begin a job again."""
    table_of(visit.access).resume(job_id, visit.who)
    return visit.go(f"/jobs/{job_id}")


@page.post("/jobs/{job_id}/forget", needs="draft")
def forget(visit: Visit, job_id: str) -> Response:
    """Take a job out of the list."""
    table_of(visit.access).forget(job_id)
    return visit.go("/jobs")


def _shown(visit: Visit, job: Job) -> dict[str, Any]:
    kind = KINDS[job.kind]
    return {
        "id": job.job_id,
        "kind": job.kind,
        "title": visit.t(kind.title),
        "unit": visit.t(kind.unit),
        "state": job.state,
        "state_words": visit.t(STATES[job.state]),
        "made_us": job.made_us,
        "is_open": job.is_open,
        "can_continue": job.state in CONTINUABLE,
        "percent": job.percent,
        "n_done": job.n_done,
        "n_all": job.n_all,
        "told": job.told,
        "result": job.result,
        "failure": job.failure,
        "arguments": job.arguments,
    }
