"""What is typed and not sent yet, kept by scripts while somebody types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.responses import Response as Sent

from undersight.errors import UnreadableRequestError
from undersight.i18n import _
from undersight.web.page import Page
from undersight.workbench import form_shelf

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "keep",
    title=_("Begun forms"),
    about=_("What you type is kept, encrypted, until you send the form or throw it away."),
)
_FORM_ID = re.compile(r"[a-z0-9-]{1,80}")
_OURS = frozenset({"csrf", "form_id", "next"})


@page.get("/begun", needs="draft")
def show(visit: Visit) -> Response:
    """List the forms that were begun and not sent."""
    with visit.reading() as workspace:
        found = form_shelf.listing(workspace)
    return visit.render("keep.html", found=[(one, _address(one.form_id)) for one in found])


@page.post("/keep", needs="draft", most_bytes=2 * form_shelf.MOST_BYTES)
def keep(visit: Visit) -> Response:
    """Keep a form as far as it is filled in."""
    form_id = _form_id(visit)
    fields = {name: values for name, values in visit.form.fields.items() if name not in _OURS}
    with visit.reading() as workspace:
        is_kept = form_shelf.keep(workspace, form_id, fields)
    return Sent(status_code=204 if is_kept else 413)


@page.post("/keep/drop", needs="draft")
def drop(visit: Visit) -> Response:
    """Throw a begun form away."""
    with visit.reading() as workspace:
        form_shelf.drop(workspace, _form_id(visit))
    return visit.go(visit.form.text("next", "/"))


def _address(form_id: str) -> str:
    """Return the page on which a form stands."""
    kind, _, record_id = form_id.partition("-")
    if kind == "update":
        return f"/incident/{record_id}#note"
    return f"/record/{record_id}" if kind == "record" else "/entry"


def _form_id(visit: Visit) -> str:
    given = visit.form.text("form_id")
    if not _FORM_ID.fullmatch(given):
        raise UnreadableRequestError("form_id", "the name of a form")
    return given
