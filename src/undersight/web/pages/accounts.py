"""Who may sign in, with which role; invitations, sessions, and what was taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.errors import LastAdminError, UnreadableRequestError
from undersight.i18n import _
from undersight.model.account import ROLES
from undersight.web.page import Page
from undersight.workbench import accounts

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "accounts",
    title=_("Accounts"),
    about=_("Say who may sign in and do what, invite, end sessions, see what was taken out."),
    menu="/accounts",
)
_MOST_TAKEN = 500
_MOST_HOURS = 24 * 30


@page.get("/accounts", needs="admin")
def show(visit: Visit) -> Response:
    """Show the accounts, invitations and sessions."""
    with visit.reading() as workspace:
        return visit.render(
            "accounts.html",
            everyone=accounts.listing(workspace),
            names=accounts.names(workspace),
            invitations=accounts.invitations(workspace),
            signed_in=accounts.sessions(workspace),
            roles=ROLES,
            is_shared=visit.access.is_shared,
        )


@page.post("/accounts/add", needs="admin")
def add(visit: Visit) -> Response:
    """Make an account; the first one is an admin's."""
    form = visit.form
    new = visit.typed_twice("new")
    role = form.text("role", "viewer")
    with visit.writing() as workspace:
        if role != "admin" and not accounts.have_been_made(workspace):
            raise LastAdminError(form.text("name"))
        made = accounts.add(workspace, form.text("name"), new, role=role)
    return visit.go("/accounts", said=visit.t("%(name)s may sign in.") % {"name": made.name})


@page.post("/accounts/invite", needs="admin")
def invite(visit: Visit) -> Response:
    """Make an invitation and show its code, once."""
    n_hours = max(1, min(visit.form.number("hours", 48), _MOST_HOURS))
    with visit.writing() as workspace:
        code, made = accounts.invite(workspace, visit.form.text("role"), n_hours=n_hours)
    address = f"{visit.origin}/join?code={code}"
    return visit.render("invited.html", code=code, address=address, invitation=made)


@page.post("/accounts/invitation/take-back", needs="admin")
def take_back(visit: Visit) -> Response:
    """Take an invitation back."""
    with visit.writing() as workspace:
        accounts.take_back(workspace, visit.form.text("invitation_id"))
    return visit.go("/accounts", said=visit.t("The invitation is taken back."))


@page.post("/accounts/role", needs="admin")
def set_role(visit: Visit) -> Response:
    """Give somebody another role."""
    with visit.writing() as workspace:
        accounts.set_role(workspace, visit.form.text("name"), visit.form.text("role"))
    return visit.go("/accounts", said=visit.t("The role is changed; their sessions ended."))


@page.post("/accounts/password", needs="admin")
def set_password(visit: Visit) -> Response:
    """Set a password for somebody who lost theirs."""
    form = visit.form
    with visit.writing() as workspace:
        accounts.set_password(
            workspace,
            form.text("name"),
            form.raw("new"),
            is_factor_dropped=form.has("is_factor_dropped"),
        )
    return visit.go("/accounts", said=visit.t("The password is set; their sessions ended."))


@page.post("/accounts/remove", needs="admin")
def remove(visit: Visit) -> Response:
    """Remove an account."""
    if visit.form.text("sure") != "yes":
        msg = "sure"
        raise UnreadableRequestError(msg, visit.t("a tick"))
    with visit.writing() as workspace:
        accounts.remove(workspace, visit.form.text("name"))
    return visit.go("/accounts", said=visit.t("The account is removed; what it wrote stays."))


@page.post("/accounts/session/end", needs="admin")
def end_session(visit: Visit) -> Response:
    """End anybody's session."""
    with visit.writing() as workspace:
        accounts.end_session(workspace, visit.form.text("session_id"))
    return visit.go("/accounts#sessions", said=visit.t("That session is ended."))


@page.get("/accounts/taken", needs="admin")
def show_taken(visit: Visit) -> Response:
    """Show who took what out."""
    with visit.reading() as workspace:
        found = accounts.taken(workspace)
        names = accounts.names(workspace)
    return visit.render("taken.html", taken=found[:_MOST_TAKEN], n_all=len(found), names=names)
