"""Fields that colleagues set differently: both values side by side, a person decides each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.i18n import _
from undersight.web.page import Page
from undersight.web.said import Said
from undersight.workbench import change_sets, disagreements

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "conflicts",
    title=_("Set differently"),
    about=_("Where you and a colleague set one field to different values: decide each."),
)
_MOST = 100


@page.get("/conflicts", needs="inside")
def show(visit: Visit) -> Response:
    """Show what stands with several values."""
    with visit.reading() as workspace:
        found = disagreements.all_of(workspace, lang=visit.lang)
        me = workspace.staff_id
    return visit.render("conflicts.html", found=found[:_MOST], n_found=len(found), me=me)


@page.post("/conflicts", needs="write")
def decide(visit: Visit) -> Response:
    """Let one value stand."""
    form = visit.form
    why = form.text("why") or "decided between two values"
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        disagreements.decide(
            workspace, form.text("record"), form.text("field"), form.text("change"), why=why
        )
    told = Said(visit.t("Decided; the others stay in the history."), undo=written)
    return visit.go("/conflicts", said=told)
