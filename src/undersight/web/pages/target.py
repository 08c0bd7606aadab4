"""The comment sheet: who stands under one post or page, in plain counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from undersight.errors import UndersightError
from undersight.i18n import _
from undersight.web.failures import status_of
from undersight.web.page import Page
from undersight.workbench import sheet_phrases, targets

if TYPE_CHECKING:
    from undersight.web.visit import Visit

page = Page(
    "target",
    title=_("Comments under one post or page"),
    about=_("Who commented, since when, saying what, in plain counts; nobody is named."),
)
_MOST_TOP = 100_000


@page.get("/target")
def ask(visit: Visit) -> Response:
    """Ask for a post or page."""
    return visit.render("target.html", named="", n_top=targets.N_TOP, sheet=None, error=None)


@page.post("/target", needs="inside")
def show(visit: Visit) -> Response:
    """Count what stands under it; sent as a form, so that no address holds it."""
    named, n_top = visit.form.text("named"), _n_top(visit)
    try:
        with visit.reading() as workspace:
            made = targets.sheet(workspace, named, n_top=n_top)
    except UndersightError as error:
        return visit.render(
            "target.html", named=named, n_top=n_top, sheet=None, error=error,
            status=status_of(error),
        )  # fmt: skip
    phrases, weeks = sheet_phrases.phrases(made, visit.lang)
    return visit.render(
        "target.html", named=named, n_top=n_top, sheet=made, words=phrases, weeks=weeks,
        error=None,
    )  # fmt: skip


@page.post("/target/page", needs="inside")
def download(visit: Visit) -> Response:
    """Send the sheet as one page to print."""
    with visit.reading() as workspace:
        made = targets.sheet(workspace, visit.form.text("named"), n_top=_n_top(visit))
    return Response(
        targets.page(made, visit.lang),
        media_type="text/html; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="comment-sheet.html"'},
    )


def _n_top(visit: Visit) -> int:
    return min(max(visit.form.number("n_top", targets.N_TOP), 1), _MOST_TOP)
