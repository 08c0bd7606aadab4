"""Looking for groups: detectors, gaps, runs, findings, judgements."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from undersight.web.api.caller import Asked, Drafter, Insider, Language, Writer, answers
from undersight.web.api.findings import FindingView, Judged, Opinion, RunLine, RunView
from undersight.web.api.jobs import JobView, view_of
from undersight.workbench import detection, findings, judgements, run_views

router = APIRouter(prefix="/v1", tags=["detection"])
_US = 1_000_000
RunId = Annotated[str, Path(min_length=1, max_length=100, pattern=r"^[\w.-]+$")]
FindingId = Annotated[str, Path(min_length=4, max_length=100, pattern=r"^[\w-]+$")]


class ParameterView(BaseModel):
    """A parameter of a detector."""

    name: str
    default: str
    about: str
    expected: str


class DetectorView(BaseModel):
    """A detector with its parameters and blind spots."""

    detector: str
    version: int
    about: str
    tables: list[str]
    blind_spots: list[str]
    parameters: list[ParameterView]


class AskedGaps(Asked):
    """Whose gaps are counted."""

    detector: str = Field(max_length=50)
    view: str = Field(max_length=50)


class NewRun(Asked):
    """What to look with; every detector, view and window counts against chance."""

    detectors: list[Annotated[str, Field(max_length=50)]] = Field(default=[], max_length=20)
    windows_s: list[Annotated[float, Field(gt=0, le=31_536_000)]] = Field(default=[], max_length=5)
    set: list[Annotated[str, Field(max_length=200)]] = Field(
        default=[], max_length=50, description="Such as co-share.min_accounts=8."
    )


class Compared(BaseModel):
    """Two runs beside one another."""

    run_ids: list[str]
    has_same_corpus: bool
    parameters: list[dict[str, Any]]
    groups: list[dict[str, Any]]


@router.get("/detectors", responses=answers())
def list_detectors(caller: Insider) -> list[DetectorView]:
    """Return the detectors there are."""
    _ = caller
    return [DetectorView(**one) for one in detection.known_detectors()]


@router.post("/gaps", status_code=202, responses=answers())
def count_gaps(caller: Insider, asked: AskedGaps) -> JobView:
    """Count distances between acts and the pairs of each window, as a job; nothing is tested."""
    detection.asked([asked.detector], assignments=[f"views={asked.view}"])
    return view_of(
        caller.jobs.add(
            "count-gaps", {"detector": asked.detector, "view": asked.view}, caller.session.who
        )
    )


@router.get("/runs", responses=answers())
def list_runs(caller: Insider) -> list[RunLine]:
    """Return the runs there are, latest first."""
    with caller.reading() as workspace:
        return [RunLine(**one) for one in findings.list_runs(workspace)]


@router.post("/runs", status_code=202, responses=answers(404))
def look_for_groups(caller: Drafter, new: NewRun) -> JobView:
    """Look, as a job; its result names the run."""
    windows_us = [round(one * _US) for one in new.windows_s]
    detection.asked(new.detectors, windows_us, new.set)
    given = {"detectors": new.detectors, "windows_us": windows_us, "assignments": new.set}
    return view_of(caller.jobs.add("detect", given, caller.session.who))


@router.get("/runs/{run_id}", responses=answers(404, 409))
def show_run(
    caller: Insider,
    run_id: RunId,
    lang: Language = "en",
    limit: Annotated[int, Query(ge=0, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> RunView:
    """Return a run and its findings, the most accounts first."""
    with caller.reading() as workspace:
        shown = run_views.listed(workspace, run_id, lang=lang, first=offset, n=limit)
    return RunView(**shown)


@router.get(
    "/runs/{run_id}/report",
    response_class=Response,
    responses={
        **answers(404, 409),
        200: {"content": {"text/html": {"schema": {"type": "string"}}}, "description": "A page."},
    },
)
def report_run(caller: Insider, run_id: RunId, lang: Language = "en") -> Response:
    """Return a run as one self-contained page."""
    with caller.reading() as workspace:
        made = run_views.report_of(workspace, run_id, lang=lang)
    return Response(made, media_type="text/html; charset=utf-8")


@router.get("/runs/{run_id}/compared/{other}", responses=answers(404, 409))
def compare_runs(caller: Insider, run_id: RunId, other: RunId) -> Compared:
    """Return two runs beside one another."""
    with caller.reading() as workspace:
        return Compared(**run_views.compare(workspace, run_id, other))


@router.get("/findings/{finding_id}", responses=answers(404, 409))
def show_finding(caller: Insider, finding_id: FindingId, lang: Language = "en") -> FindingView:
    """Return a finding, in the latest run that holds it."""
    with caller.reading() as workspace:
        return FindingView(**run_views.one_finding(workspace, finding_id, lang=lang))


@router.put("/findings/{finding_id}/judgement", responses=answers(404, 409))
def judge_finding(caller: Writer, finding_id: FindingId, opinion: Opinion) -> Judged:
    """Store what you make of a finding."""
    with caller.writing() as workspace:
        done = judgements.judge(workspace, finding_id, judgements.Opinion(**opinion.model_dump()))
    return Judged(**done)
