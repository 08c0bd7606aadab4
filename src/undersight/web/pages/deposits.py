"""Deposits: what a newsroom leaves before anything is taken, and what vanished between two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.errors import NothingSentError
from undersight.i18n import _
from undersight.web.page import Page
from undersight.workbench import deposit_records, deposit_states, deposit_uploads, evidence_room

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "deposits",
    title=_("Deposits"),
    about=_("Keep what a newsroom leaves before its page is taken; see what vanished in between."),
)
UPLOAD_BYTES = 1024**3
MOST_FILES = 50


@page.get("/deposits")
def show(visit: Visit) -> Response:
    """List the deposits by name."""
    with visit.reading() as workspace:
        names = sorted({one.name for one in deposit_records.all_deposits(workspace)})
        found = [(name, deposit_records.deposits_of(workspace, name)) for name in names]
        has_passphrase = evidence_room.has_key_passphrase(workspace)
    return visit.render("deposits.html", found=found, has_key_passphrase=has_passphrase)


@page.post("/deposits", needs="draft", most_bytes=UPLOAD_BYTES, most_files=MOST_FILES)
def leave(visit: Visit) -> Response:
    """Take a deposit in."""
    form = visit.form
    sent = [(one.filename, one.file) for one in form.files.get("files", ()) if one.filename]
    if not sent:
        raise NothingSentError
    with visit.writing() as workspace:
        made = deposit_uploads.deposit_uploads(
            workspace,
            form.text("name"),
            sent,
            owner=form.text("owner"),
            passphrase=lambda: form.raw("key_passphrase"),
        )
    visit.refused(made.refused)
    if visit.session is not None:
        visit.session.said.extend(visit.t(one) for one in made.warnings)
    said = visit.t("Deposit {n} is under seal {seal}.")
    return visit.go("/deposits", said=said.format(n=made.deposit.number, seal=made.seal_id))


@page.post("/deposits/code", needs="draft")
def ask_for_code(visit: Visit) -> Response:
    """Make a code that the owner shows on the page."""
    name = visit.form.text("name")
    with visit.writing() as workspace:
        code = deposit_records.new_challenge(workspace, name)
    said = visit.t("Ask the owner to show {code} on the page, and to leave a copy that shows it.")
    return visit.go("/deposits", said=said.format(code=code))


@page.post("/deposits/compared", needs="inside")
def compare(visit: Visit) -> Response:
    """Compare every two deposits of a name; sent as a form, so that no address holds it."""
    name = visit.form.text("name")
    with visit.reading() as workspace:
        found = [
            {"told": one.to_json(visit.lang), "sentence": one.sentence(visit.lang),
             "lines": one.lines(visit.lang)}
            for one in deposit_states.differences(workspace, name)
        ]  # fmt: skip
    return visit.render("deposits_compared.html", name=name, found=found)
