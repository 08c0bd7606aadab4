"""Take back what a form just did, all of it or nothing; taking back can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.errors import UnreadableRequestError
from undersight.i18n import _
from undersight.web.page import Page
from undersight.web.said import Said
from undersight.workbench import change_sets

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "undo",
    title=_("Undo"),
    about=_("See what you wrote last and take it back; the history keeps both."),
)
_MOST_BYTES = 256 * 1024


@page.get("/undo", needs="write")
def show(visit: Visit) -> Response:
    """Show what the visitor wrote last."""
    with visit.reading() as workspace:
        return visit.render("undo.html", sets=change_sets.latest(workspace))


@page.post("/undo", needs="write", most_bytes=_MOST_BYTES)
def undo(visit: Visit) -> Response:
    """Take the changes of one form back."""
    form = visit.form
    ids = form.text("changes").split()[: change_sets.MOST_UNDONE]
    if not ids:
        raise UnreadableRequestError("changes", visit.t("the changes to be taken back"))
    why = form.text("why") or "taken back in the browser"
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        change_sets.take_back(workspace, ids, why=why)
    return visit.go(form.text("next", "/"), said=Said(visit.t("Taken back."), undo=written))
