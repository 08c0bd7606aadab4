"""The comment sheet: who stands under one post or page, in plain counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from undersight.errors import UndersightError
from undersight.i18n import _
from undersight.web.failures import status_of
from undersight.web.jobs import table_of
from undersight.web.page import Page
from undersight.workbench import sheet_phrases, targets

if TYPE_CHECKING:
    from undersight.model.comment_sheet import CommentSheet
    from undersight.web.visit import Visit

page = Page(
    "target",
    title=_("Comments under one post or page"),
    about=_("Who commented, since when, saying what, in plain counts; nobody is named."),
)
_MOST_TOP = 100_000
_LONGEST_NAMED = 2000  # characters; no address of a post is longer


@page.get("/target")
def ask(visit: Visit) -> Response:
    """Ask for a post or page, or show what a job has counted."""
    job_id = visit.asked("job")
    if not job_id:
        return _shown(visit, "", targets.N_TOP)
    asked = table_of(visit.access).find(job_id).arguments
    named, n_top = str(asked.get("named", "")), int(asked.get("n_top", targets.N_TOP))
    with visit.reading() as workspace:
        made = targets.counted_sheet(workspace, named, n_top=n_top)
    return _shown(visit, named, n_top, sheet=made, is_over=made is None)


@page.post("/target", needs="inside")
def show(visit: Visit) -> Response:
    """Count what stands under it; sent as a form, so that no address holds it."""
    named, n_top = _named(visit), _n_top(visit)
    try:
        made = _sheet(visit, named, n_top)
    except UndersightError as error:
        return _shown(visit, named, n_top, error=error)
    return made if isinstance(made, Response) else _shown(visit, named, n_top, sheet=made)


@page.post("/target/page", needs="inside")
def download(visit: Visit) -> Response:
    """Send the sheet as one page to print."""
    made = _sheet(visit, _named(visit), _n_top(visit))
    if isinstance(made, Response):
        return made
    return Response(
        targets.page(made, visit.lang),
        media_type="text/html; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="comment-sheet.html"'},
    )


def _sheet(visit: Visit, named: str, n_top: int) -> CommentSheet | Response:
    """The sheet, or the way to the job that counts it where nobody should wait for it."""
    with visit.reading() as workspace:
        made = targets.counted_sheet(workspace, named, n_top=n_top)
        if made is None and not targets.is_long(workspace):
            made = targets.sheet(workspace, named, n_top=n_top)
    if made is not None:
        return made
    asked = {"named": named, "n_top": n_top}
    job = table_of(visit.access).add("comment-sheet", asked, visit.who)
    return visit.go(f"/jobs/{job.job_id}")


def _shown(
    visit: Visit,
    named: str,
    n_top: int,
    *,
    sheet: CommentSheet | None = None,
    error: UndersightError | None = None,
    is_over: bool = False,
) -> Response:
    found: tuple[Any, ...] | None = ()
    if sheet is None and visit.may("inside"):
        with visit.reading() as workspace:
            is_at_hand = targets.is_commented_at_hand(workspace)
            found = targets.commented(workspace) if is_at_hand else None
    words, weeks = sheet_phrases.phrases(sheet, visit.lang) if sheet else (None, ())
    return visit.render(
        "target.html", named=named, n_top=n_top, sheet=sheet, words=words, weeks=weeks,
        error=error, is_over=is_over, commented=found, status=status_of(error) if error else 200,
    )  # fmt: skip


def _named(visit: Visit) -> str:
    return visit.form.text("named")[:_LONGEST_NAMED]


def _n_top(visit: Visit) -> int:
    return min(max(visit.form.number("n_top", targets.N_TOP), 1), _MOST_TOP)
