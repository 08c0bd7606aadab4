"""Long work: what was asked for, how far it is, what came of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from undersight.web.api.caller import Drafter, Insider, answers
from undersight.web.jobs import Job

router = APIRouter(prefix="/v1", tags=["jobs"])
JobId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]


class JobView(BaseModel):
    """One piece of work."""

    job_id: str
    kind: str
    state: str = Field(
        json_schema_extra={
            "enum": ["waiting", "running", "done", "failed", "stopped", "interrupted"]
        }
    )
    made_us: int = Field(description="When it was asked for, µs since 1970 UTC.")
    finished_us: int = Field(description="When it ended; 0 before.")
    n_done: int
    n_all: int = Field(description="0 where that is not known.")
    percent: int
    told: str
    result: dict[str, Any]
    failure: dict[str, str]


def view_of(job: Job) -> JobView:
    """Return a job for programs; what it was asked with may hold names and is left out."""
    return JobView(
        job_id=job.job_id,
        kind=job.kind,
        state=job.state,
        made_us=job.made_us,
        finished_us=job.finished_us,
        n_done=job.n_done,
        n_all=job.n_all,
        percent=job.percent,
        told=job.told,
        result=dict(job.result),
        failure=dict(job.failure),
    )


@router.get("/jobs", responses=answers())
def list_jobs(caller: Insider) -> list[JobView]:
    """Return the jobs, latest first."""
    return [view_of(one) for one in caller.jobs.listing()]


@router.get("/jobs/{job_id}", responses=answers(404))
def show_job(caller: Insider, job_id: JobId) -> JobView:
    """Return one job; ask again until its state is none of waiting and running."""
    return view_of(caller.jobs.find(job_id))


@router.post("/jobs/{job_id}/stop", responses=answers(404))
def stop_job(caller: Drafter, job_id: JobId) -> JobView:
    """Ask a job to stop."""
    caller.jobs.stop(job_id)
    return view_of(caller.jobs.find(job_id))


@router.post("/jobs/{job_id}/continue", responses=answers(404))
def continue_job(caller: Drafter, job_id: JobId) -> JobView:
    """Begin a job again that was stopped, interrupted or failed."""
    caller.jobs.resume(job_id, caller.session.who)
    return view_of(caller.jobs.find(job_id))


@router.delete("/jobs/{job_id}", status_code=204, responses=answers(404, 409))
def forget_job(caller: Drafter, job_id: JobId) -> Response:
    """Take a job that ended out of the list; one that waits or runs is to be stopped first."""
    caller.jobs.forget(job_id)
    return Response(status_code=204)
