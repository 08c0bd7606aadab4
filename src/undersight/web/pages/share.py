"""Colleagues on other laptops: who they are, a bundle for them, theirs looked at and let in."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.responses import Response as Sent

from undersight.errors import NothingSentError
from undersight.i18n import _
from undersight.web.page import Page
from undersight.workbench import bundles, sharing

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "share",
    title=_("Colleagues"),
    about=_("Give colleagues a sealed bundle of your changes, look at theirs, let them in."),
    menu="/share",
    key="l",
)
BUNDLE_BYTES = 256 * 1024**2
_LOG = logging.getLogger(__name__)


@page.get("/share", needs="inside")
def show(visit: Visit) -> Response:
    """Show who the colleagues are and which bundles wait."""
    with visit.reading() as workspace:
        return visit.render(
            "share.html",
            me=workspace.staff.public,
            colleagues=[one for _, one in sorted(sharing.colleagues(workspace).items())],
            waiting=bundles.waiting(workspace),
            n_conflicts=len(workspace.casebook.conflicts()),
            n_held=len(workspace.casebook.held()),
            refused=workspace.casebook.refused(),
        )


@page.post("/share/colleague", needs="admin")
def add(visit: Visit) -> Response:
    """Accept a colleague by the line they gave."""
    with visit.writing() as workspace:
        added = sharing.add_colleague(workspace, visit.form.text("line"))
    said = visit.t("Added. Now compare the digits by voice: %(digits)s")
    return visit.go("/share", said=said % {"digits": added.fingerprint()})


@page.post("/share/colleague/remove", needs="admin")
def remove(visit: Visit) -> Response:
    """Accept nothing more from a colleague."""
    with visit.writing() as workspace:
        sharing.remove_colleague(workspace, visit.form.text("staff_id"))
    return visit.go("/share", said=visit.t("Removed; what came from them stays."))


@page.post("/share/bundle", needs="publish")
def give(visit: Visit) -> Response:
    """Give a bundle for the colleagues chosen."""
    with visit.reading() as workspace:
        chosen = tuple(visit.form.all("to"))
        sealed, n_changes = sharing.share(workspace, chosen)
        name = f"for-colleagues-{workspace.today}.undersight"
    _LOG.info("web.shared", extra={"n": n_changes})
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Sent(sealed, media_type="application/octet-stream", headers=headers)


@page.post("/share/take", needs="write", most_bytes=BUNDLE_BYTES, most_files=1)
def take(visit: Visit) -> Response:
    """Take a colleague's bundle in, to look at it first."""
    sent = [one for one in visit.form.files.get("file", ()) if one.filename]
    if not sent:
        raise NothingSentError
    with visit.writing() as workspace:
        bundle_id = bundles.hold(workspace, sent[0].file.read())
    return visit.go(f"/share/bundle/{bundle_id}")


@page.get("/share/bundle/{bundle_id}", needs="write")
def look(visit: Visit, bundle_id: str) -> Response:
    """Show what a bundle would bring."""
    with visit.writing() as workspace:  # the merge is done and taken back, under the lock
        foreseen = bundles.foresee(workspace, bundle_id, lang=visit.lang)
    return visit.render("bundle.html", found=foreseen)


@page.post("/share/bundle/{bundle_id}/let-in", needs="write")
def let_in(visit: Visit, bundle_id: str) -> Response:
    """Merge a bundle."""
    with visit.writing() as workspace:
        done = bundles.let_in(workspace, bundle_id)
    said = visit.nt("%(num)d change came in.", "%(num)d changes came in.", done["applied"])
    if done["conflicts"]:
        to_decide = visit.t("Decide where you differ.")
        return visit.go("/conflicts", said=f"{said} {to_decide}")
    return visit.go("/share", said=said)


@page.post("/share/bundle/{bundle_id}/throw-away", needs="write")
def throw_away(visit: Visit, bundle_id: str) -> Response:
    """Remove a bundle without letting it in."""
    with visit.writing() as workspace:
        bundles.throw_away(workspace, bundle_id)
    return visit.go("/share", said=visit.t("Thrown away; nothing of it came in."))
