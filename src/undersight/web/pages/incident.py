"""One entry: acts, claims beside denials, updates, as of any day, history, undo."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from undersight.errors import UnreadableRequestError
from undersight.i18n import _
from undersight.model.vocabulary import vocabulary
from undersight.web.page import Page
from undersight.workbench import change_sets, form_shelf, history, incidents, updates, viewing

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "incident",
    title=_("Entry"),
    about=_("Read one entry as of any day, add what is new, correct it, take a change back."),
)


@page.get("/incident/{incident_id}", needs="read")
def show(visit: Visit, incident_id: str) -> Response:
    """Show an entry, now or at the end of a day."""
    day = _day(visit.asked("as_of"))
    with visit.reading() as workspace:
        found = incidents.find_incident(workspace, incident_id)
        viewed = viewing.view(workspace, found.record_id, lang=visit.lang, as_of=day)
        return visit.render(
            "incident.html",
            viewed=viewed,
            entry=viewed.entry,
            as_of=day,
            begun=form_shelf.take(workspace, f"update-{found.record_id}") if day is None else None,
            today=workspace.today,
            sets=change_sets.of_incident(workspace, found.record_id) if day is None else (),
            kinds=[
                (term_id, term.in_language(visit.lang))
                for term_id, term in vocabulary("update_kind").terms.items()
            ],
        )


@page.post("/incident/{incident_id}/update", needs="draft")
def update(visit: Visit, incident_id: str) -> Response:
    """Append what is new."""
    form = visit.form
    note = form.text("note")
    if not note:
        msg = "note"
        raise UnreadableRequestError(msg, visit.t("what is new"))
    denial_by = form.text("denial_by")
    with visit.writing() as workspace:
        found = incidents.find_incident(workspace, incident_id)
        addition = updates.Addition(
            note=note,
            kind="denial_added" if denial_by else form.text("kind", "new_fact"),
            published=form.text("published") or workspace.today.isoformat(),
            sources=form.text("sources").split("\n") if form.text("sources") else (),
            denial_by=denial_by,
            denial_of=form.text("denial_of"),
            lang=form.text("note_language") or workspace.lang,
        )
        appended = updates.append(workspace, found, addition)
        form_shelf.drop(workspace, f"update-{found.record_id}")
    said = visit.t("Update %(number)s added.") % {"number": appended.number}
    return visit.go(f"/incident/{found.record_id}", said=said)


@page.post("/incident/{incident_id}/undo")
def undo(visit: Visit, incident_id: str) -> Response:
    """Take one change back by a new one."""
    with visit.writing() as workspace:
        found = incidents.find_incident(workspace, incident_id)
        why = visit.form.text("why") or "taken back in the browser"
        history.undo(workspace, visit.form.text("change_id"), why=why)
    return visit.go(f"/incident/{found.record_id}#history", said=visit.t("Taken back."))


def _day(given: str) -> dt.date | None:
    if not given:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError as reason:
        msg = "as_of"
        raise UnreadableRequestError(msg, "a day such as 2031-05-02") from reason
