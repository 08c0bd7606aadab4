"""Publish: preview, whom it could harm, open it, and take the site or an export along."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from markupsafe import Markup
from starlette.responses import StreamingResponse

from undersight.errors import UnreadableRequestError
from undersight.i18n import _
from undersight.model.vocabulary import vocabulary
from undersight.web.jobs import table_of
from undersight.web.page import Page
from undersight.web.said import Said
from undersight.workbench import (
    change_sets,
    deliveries,
    incidents,
    outputs,
    publishing,
    showing,
)

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.model.naming import Audience
    from undersight.web.visit import Visit
    from undersight.workbench.session import Workspace

page = Page(
    "publish",
    title=_("Publish"),
    about=_("See an entry as readers would, answer whom it could harm, open it, take the site."),
    menu="/publish",
    key="b",
)
_LOG = logging.getLogger(__name__)
_MOST = 200
_ANSWER, _NOTE = "answer.", "note."
_AUDIENCES: Final[tuple[Audience, ...]] = ("public", "partner", "internal")
_ENTRY_FORMS = ("html", "markdown", "pdf")


@page.get("/publish", needs="publish")
def show(visit: Visit) -> Response:
    """List what is not public yet, and what can be taken along."""
    with visit.reading() as workspace:
        waiting = showing.listed(
            workspace, visibility=("internal",), part=(0, _MOST), lang=visit.lang
        )
        opened = showing.listed(
            workspace, visibility=("partner", "public"), part=(0, _MOST), lang=visit.lang
        )
    return visit.render(
        "publish.html",
        waiting=waiting[0],
        n_waiting=waiting[1],
        opened=opened[0],
        n_opened=opened[1],
        exports=deliveries.export_ids(),
    )


@page.get("/publish/{incident_id}", needs="publish")
def look(visit: Visit, incident_id: str) -> Response:
    """Show an entry as readers would see it, and the questions that are open."""
    audience = _audience(visit.asked("audience", "public"))
    with visit.reading() as workspace:
        return _looked(visit, workspace, incident_id, audience)


@page.post("/publish/{incident_id}", needs="publish")
def publish(visit: Visit, incident_id: str) -> Response:
    """Store the answers; open the entry once every question has one, and the entry a title."""
    form, audience = visit.form, _audience(visit.form.text("audience", "public"))
    with visit.writing() as workspace:
        found = incidents.find_incident(workspace, incident_id)
        ids = (found.record_id,)
        findings = publishing.harm_findings(workspace, ids, audience=audience)
        for finding in publishing.unanswered(workspace, findings):
            verdict = form.text(f"{_ANSWER}{finding.finding_id}")
            note = form.text(f"{_NOTE}{finding.finding_id}")
            if verdict and note:
                publishing.answer(workspace, finding, verdict=verdict, note=note)
        is_alone = publishing.second_person_needed(workspace, found.record_id)
        is_unready = is_alone or publishing.is_untitled(found)
        if is_unready or publishing.unanswered(workspace, findings):
            return _looked(visit, workspace, found.record_id, audience, is_refused=True)
        done = publishing.publish(workspace, found, audience=audience)
    _LOG.info("web.published", extra={"kind": audience})
    said = visit.t("Opened as %(label)s.") % {"label": done.public_id or done.incident_id}
    return visit.go(f"/incident/{done.incident_id}", said=said)


@page.post("/publish/{incident_id}/close", needs="publish")
def close(visit: Visit, incident_id: str) -> Response:
    """Take an entry back from readers."""
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        found = incidents.find_incident(workspace, incident_id)
        publishing.close(workspace, found)
    said = visit.t("It is internal again. Write the site again and tell whoever has a copy.")
    return visit.go(f"/publish/{found.record_id}", said=Said(said, undo=written))


@page.post("/publish/take/site", needs="publish")
def take_site(visit: Visit) -> Response:
    """Give the whole log as a zip of a static site; a long one is written as a job."""
    form = visit.form
    audience = _audience(form.text("audience", "public"))
    contact, base_url = form.text("contact"), form.text("base_url")
    with visit.reading() as workspace:
        if not deliveries.is_long(workspace, audience):
            return _sent(
                deliveries.site(workspace, audience=audience, contact=contact, base_url=base_url)
            )
    asked = {"audience": audience, "contact": contact, "base_url": base_url}
    return visit.go(f"/jobs/{table_of(visit.access).add('take-site', asked, visit.who).job_id}")


@page.post("/publish/take/export", needs="publish")
def take_export(visit: Visit) -> Response:
    """Give the casebook in a machine-readable format; a long one is written as a job."""
    audience = _audience(visit.form.text("audience", "public"))
    format_id = visit.form.text("format")
    outputs.check_format(format_id)
    with visit.reading() as workspace:
        if not deliveries.is_long(workspace, audience):
            return _sent(deliveries.export(workspace, format_id, audience=audience))
    asked = {"audience": audience, "format": format_id}
    return visit.go(f"/jobs/{table_of(visit.access).add('take-export', asked, visit.who).job_id}")


@page.get("/publish/taken/{job_id}", needs="publish")
def give(visit: Visit, job_id: str) -> Response:
    """Give the file that a job wrote; its address says what it is, for the log of exports."""
    job = table_of(visit.access).find(job_id)
    if (visit.asked("what"), visit.asked("audience")) != (job.kind, job.arguments.get("audience")):
        return visit.go(f"/jobs/{job_id}")
    with visit.reading() as workspace:
        made = deliveries.kept(workspace, job_id)
    if made is None:
        said = visit.t("The file is not kept any more. Have it written again.")
        return visit.go("/publish", said=said)
    return _sent(made)


@page.post("/publish/take/entry", needs="publish")
def take_entry(visit: Visit) -> Response:
    """Give one entry as HTML for WordPress, as Markdown or as a PDF."""
    form = visit.form
    as_form = form.text("form", "html")
    if as_form not in _ENTRY_FORMS:
        msg = "form"
        raise UnreadableRequestError(msg, ", ".join(_ENTRY_FORMS))
    with visit.reading() as workspace:
        found = incidents.find_incident(workspace, form.text("incident"))
        made = deliveries.entry(
            workspace,
            found.record_id,
            as_form=as_form,
            lang=visit.lang,
            audience=_audience(form.text("audience", "public")),
        )
    return _sent(made)


def _looked(
    visit: Visit,
    workspace: Workspace,
    incident_id: str,
    audience: Audience,
    *,
    is_refused: bool = False,
) -> Response:
    found = incidents.find_incident(workspace, incident_id)
    ids = (found.record_id,)
    opening = publishing.opening_of(workspace, ids, audience=audience)
    findings = publishing.harm_findings(workspace, ids, audience=audience, opening=opening)
    waiting = {one.finding_id for one in publishing.unanswered(workspace, findings)}
    shown = deliveries.preview(opening, found.record_id, lang=visit.lang)
    return visit.render(
        "looked.html",
        status=409 if is_refused else 200,
        is_refused=is_refused,
        is_alone=publishing.second_person_needed(workspace, found.record_id),
        is_untitled=publishing.is_untitled(found),
        incident=found,
        asks=publishing.asks,
        what=visit.words.harm,
        title=showing.title_of(found, visit.lang),
        audience=audience,
        preview=Markup(shown),  # noqa: S704 - the report escapes what it writes
        open=[one for one in findings if one.finding_id in waiting],
        answered=[one for one in findings if one.finding_id not in waiting],
        answers=[
            (term_id, term.in_language(visit.lang))
            for term_id, term in vocabulary("harm_answer").terms.items()
        ],
    )


def _audience(given: str) -> Audience:
    for one in _AUDIENCES:
        if one == given:
            return one
    msg = "audience"
    raise UnreadableRequestError(msg, ", ".join(_AUDIENCES))


def _sent(made: deliveries.Delivery) -> Response:
    """Give a file to save; the log notes that something left, and not what."""
    n_bytes = made.n_bytes
    _LOG.info("web.delivered", extra={"n_bytes": n_bytes})
    headers = {
        "content-disposition": f'attachment; filename="{made.name}"',
        "content-length": str(n_bytes),
    }
    return StreamingResponse(made.parts(), media_type=made.media_type, headers=headers)
