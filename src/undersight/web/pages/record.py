"""A record as a form: change its fields, and be told where somebody else did meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.errors import EditedMeanwhileError, InputError
from undersight.i18n import _
from undersight.web.page import Page
from undersight.web.visit import local
from undersight.workbench import editing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from undersight.errors import UndersightError
    from undersight.web.visit import Visit

page = Page(
    "record",
    title=_("Change a record"),
    about=_("Change any field; what stood there stays in the history."),
)
_WAS, _FIELD = "was.", "field."


@page.get("/record/{record_id}")
def show(visit: Visit, record_id: str) -> Response:
    """Show a record's fields."""
    return _form(visit, record_id, {})


@page.post("/record/{record_id}")
def save(visit: Visit, record_id: str) -> Response:
    """Write what was changed."""
    given, was = _named(visit, _FIELD), _named(visit, _WAS)
    try:
        with visit.writing() as workspace:
            why = visit.form.text("why") or "changed in the browser"
            changed = editing.save(workspace, record_id, given, was, why=why)
    except EditedMeanwhileError as error:
        return _form(visit, record_id, given, error=error, status=409, clashing=error.fields)
    except InputError as error:
        return _form(visit, record_id, given, error=error, status=422)
    said = visit.t("Changed: %(fields)s.") % {"fields": ", ".join(changed)}
    said = said if changed else visit.t("Nothing was changed.")
    return visit.go(local(visit.form.text("next") or f"/record/{record_id}"), said=said)


def _named(visit: Visit, beginning: str) -> dict[str, str]:
    """Return the fields of a form whose names begin alike, without that beginning."""
    return {
        name.removeprefix(beginning): visit.form.raw(name)
        for name in visit.form.fields
        if name.startswith(beginning)
    }


def _form(
    visit: Visit,
    record_id: str,
    given: Mapping[str, str],
    *,
    error: UndersightError | None = None,
    status: int = 200,
    clashing: tuple[str, ...] = (),
) -> Response:
    with visit.reading() as workspace:
        kind, inputs = editing.form_of(workspace, record_id, lang=visit.lang)
    return visit.render(
        "record.html",
        status=status,
        record_id=record_id,
        kind=kind,
        inputs=inputs,
        given=given,
        error=error,
        clashing=clashing,
        next=local(visit.form.text("next") or visit.asked("next", "/")),
    )
