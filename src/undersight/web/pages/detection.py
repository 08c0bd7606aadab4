"""Looking for groups: detectors in words, a window with its price, runs and what they told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from undersight.errors import UnreadableRequestError
from undersight.i18n import _
from undersight.web.jobs import table_of
from undersight.web.page import Page
from undersight.workbench import detection, findings, gaps, run_maps, run_views, runs

if TYPE_CHECKING:
    from undersight.web.visit import Visit

page = Page(
    "detection",
    title=_("Look for groups"),
    about=_("Groups that act together more than chance explains: look, read why, judge."),
    menu="/detection",
    key="g",
)
IN_WORDS: Final = {
    "co-share": _("Several accounts share the same link, or links to the same site, within "
                  "moments of each other, again and again."),
    "co-text": _("Several accounts post the same words, or nearly the same, within moments of "
                 "each other, again and again."),
    "co-comment": _("Several accounts comment under the same posts or pages within moments of "
                    "each other, again and again."),
    "co-repost": _("Several accounts repost the same posts within moments of each other, again "
                   "and again."),
}  # fmt: skip
_UNITS_US = {"ms": 1_000, "s": 1_000_000, "m": 60_000_000, "min": 60_000_000,
             "h": 3_600_000_000, "d": 86_400_000_000}  # fmt: skip
_SPAN = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|min|m|h|d)?")
_CHOICES = re.compile(r"one or more of (.+), separated by commas")
_MOST_WINDOWS = 5
_MOST_GROUPS = 200


@page.get("/detection")
def show(visit: Visit) -> Response:
    """Show detectors, the way to a window, and the runs there are."""
    with visit.reading() as workspace:
        listed = findings.list_runs(workspace)
        digest = workspace.corpus.digest()
        has_posts = bool(workspace.corpus.imports())
    counted = _counted(visit, digest)
    return visit.render(
        "detection.html",
        detectors=[_told(visit, one) for one in detection.known_detectors()],
        runs=listed,
        has_posts=has_posts,
        counted=counted,
        drawing=gaps.drawing(counted, visit.lang) if counted else "",
    )


@page.post("/detection/count", needs="inside")
def count(visit: Visit) -> Response:
    """Count distances and pairs, as a job."""
    detector, _dot, view = visit.form.text("what").partition("/")
    detection.asked([detector], assignments=[f"views={view}"])
    job = table_of(visit.access).add("count-gaps", {"detector": detector, "view": view}, visit.who)
    return visit.go(f"/jobs/{job.job_id}")


@page.post("/detection/run", needs="draft")
def run(visit: Visit) -> Response:
    """Look, as a job."""
    form = visit.form
    windows_us = [_span_us(one) for one in form.text("windows").replace(",", " ").split()]
    if len(windows_us) > _MOST_WINDOWS:
        raise UnreadableRequestError("windows", visit.t("five windows at most"))
    assignments = [one.strip() for one in form.raw("assignments").splitlines() if one.strip()]
    chosen = form.all("detectors")
    detection.asked(chosen, windows_us, assignments)
    job = table_of(visit.access).add(
        "detect",
        {"detectors": chosen, "windows_us": windows_us, "assignments": assignments},
        visit.who,
    )
    return visit.go(f"/jobs/{job.job_id}")


@page.get("/run/{run_id}")
def show_run(visit: Visit, run_id: str) -> Response:
    """Show what a run told."""
    with visit.reading() as workspace:
        shown = run_views.run_of(
            workspace, run_id, lang=visit.lang, page=_number(visit, "page", 1)
        )
        others = [one for one in runs.run_ids(workspace) if one != shown["run_id"]]
    return visit.render("run.html", **shown, others=list(reversed(others)))


@page.get("/run/{run_id}/compared")
def compare(visit: Visit, run_id: str) -> Response:
    """Show two runs beside one another."""
    with visit.reading() as workspace:
        compared = run_views.compare(workspace, run_id, visit.asked("with"))
    return visit.render("runs_compared.html", compared=compared)


@page.get("/run/{run_id}/report")
def download(visit: Visit, run_id: str) -> Response:
    """Send the run as one page to print."""
    with visit.reading() as workspace:
        made = run_views.report_of(workspace, run_id, lang=visit.lang)
    return _attached(made, "text/html; charset=utf-8", f"run-{run_id[:32]}.html")


@page.get("/run/{run_id}/network.svg")
def download_network(visit: Visit, run_id: str) -> Response:
    """Send the drawing."""
    with visit.reading() as workspace:
        made = run_views.network_svg(workspace, run_id, lang=visit.lang)
    return _attached(made, "image/svg+xml", f"network-{run_id[:32]}.svg")


@page.get("/run/{run_id}/map")
def give_map(visit: Visit, run_id: str) -> Response:
    """Give the groups as discs, or with ``n`` the accounts of several, for the script."""
    n = min(_number(visit, "n", 0), _MOST_GROUPS)
    first = _number(visit, "first", 0)
    with visit.reading() as workspace:
        if n:
            return JSONResponse(run_maps.clusters_of(workspace, run_id, first, n))
        return JSONResponse(run_maps.map_of(workspace, run_id, lang=visit.lang))


@page.get("/run/{run_id}/map/{place}")
def give_cluster(visit: Visit, run_id: str, place: str) -> Response:
    """Give one group's accounts by masked number, and their ties."""
    with visit.reading() as workspace:
        made = run_maps.cluster_of(workspace, run_id, _whole(visit, "place", place))
    return JSONResponse(made)


def _number(visit: Visit, name: str, default: int) -> int:
    """A whole number of the address."""
    given = visit.asked(name)
    return _whole(visit, name, given) if given else default


def _whole(visit: Visit, name: str, given: str) -> int:
    if not given.isdecimal() or len(given) > 6:
        raise UnreadableRequestError(name, visit.t("a whole number"))
    return int(given)


def _attached(content: str, kind: str, name: str) -> Response:
    safe = re.sub(r"[^\w.-]", "", name, flags=re.ASCII)
    headers = {"content-disposition": f'attachment; filename="{safe}"'}
    return Response(content, media_type=kind, headers=headers)


def _told(visit: Visit, detector: dict[str, Any]) -> dict[str, Any]:
    views = next(one for one in detector["parameters"] if one["name"] == "views")
    return {
        **detector,
        "words": visit.t(IN_WORDS.get(detector["detector"], detector["about"])),
        "parameters": [
            {**one, "told": _expected(visit, one["expected"])} for one in detector["parameters"]
        ],
        "blind_spots": [visit.t(one) for one in detector["blind_spots"]],
        "views": views["default"].split(","),
    }


def _expected(visit: Visit, told: str) -> str:
    """What a parameter takes, in the reader's language."""
    if words := _CHOICES.fullmatch(told):
        return visit.t(_("One or more of %(words)s, separated by commas.")) % {"words": words[1]}
    least, to, most = told.partition(" to ")
    return (
        visit.t(_("From %(least)s to %(most)s.")) % {"least": least, "most": most} if to else told
    )


def _counted(visit: Visit, corpus_digest: str) -> dict[str, Any]:
    """The count asked for by its job, else the latest of this corpus; empty if there is none."""
    wanted = visit.asked("counted")
    for job in table_of(visit.access).listing():
        is_meant = job.job_id == wanted if wanted else True
        if is_meant and job.kind == "count-gaps" and job.state == "done":
            if job.result["corpus_digest"] == corpus_digest:
                return job.result
            if wanted:
                break
    return {}


def _span_us(word: str) -> int:
    """Read a span such as ``60s``; a bare number is seconds."""
    found = _SPAN.fullmatch(word.strip().lower())
    if found is None:
        raise UnreadableRequestError("windows", "spans such as 60s, 10m or 1h")
    return round(float(found[1]) * _UNITS_US[found[2] or "s"])
