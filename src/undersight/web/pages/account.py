"""Your own account: password, second factor, where you are signed in."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from undersight.errors import NotSignedInError
from undersight.i18n import _
from undersight.web.access import session_key
from undersight.web.entrance import passkey_site
from undersight.web.page import Page
from undersight.web.signing_in import way_in
from undersight.workbench import accounts, second_factors

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.model.account import Account
    from undersight.web.visit import Visit

page = Page(
    "account",
    title=_("Your account"),
    about=_("Change your password, add a second factor, and see where you are signed in."),
)
_SECRET, _CHALLENGE = "code-app", "passkey"


@page.get("/account", needs="read")
def show(visit: Visit) -> Response:
    """Show one's own account."""
    if visit.session is None or visit.session.account is None:
        return visit.render("account.html", own=None)
    own, secret = visit.session.account, visit.session.begun.get(_SECRET, "")
    with visit.accounts() as workspace:
        title = workspace.settings.workspace.title
        signed_in = accounts.sessions(workspace, own.name)
    address = second_factors.address_of(secret, name=own.name, title=title) if secret else ""
    return visit.render(
        "account.html",
        own=own,
        secret=secret,
        code_address=address,
        code_picture=second_factors.picture_of(address) if address else "",
        signed_in=signed_in,
        this_one=session_key(visit.session.token),
        site=visit.site,
    )


@page.post("/account/password", needs="read")
def change_password(visit: Visit) -> Response:
    """Change one's password; every session but this one ends."""
    own, new = _own(visit), visit.typed_twice("new")
    _show_password(visit, own)
    with visit.accounts() as workspace:
        changed = accounts.set_password(workspace, own.name, new)
    visit.session = visit.access.begin(changed, visit.browser)
    said = visit.t("The password is changed. Everywhere else you are signed out.")
    return visit.go("/account", said=said)


@page.post("/account/code-app/begin", needs="read")
def begin_code_app(visit: Visit) -> Response:
    """Make a secret for a code app; it counts once a code of it was given."""
    _show_password(visit, _own(visit))
    if visit.session is not None:
        visit.session.begun[_SECRET] = second_factors.new_secret()
    return visit.go("/account#code-app")


@page.post("/account/code-app", needs="read")
def add_code_app(visit: Visit) -> Response:
    """Turn the code app on, and show the recovery codes once."""
    own = _own(visit)
    begun = visit.session.begun if visit.session else {}
    secret = begun.get(_SECRET, "")
    if not secret:
        return visit.go("/account#code-app")
    with visit.accounts() as workspace:
        codes = second_factors.add_code_app(
            workspace, own.staff_id, secret, visit.form.text("code")
        )
    begun.pop(_SECRET, None)
    return visit.render("recovery.html", codes=codes)


@page.post("/account/code-app/drop", needs="read")
def drop_code_app(visit: Visit) -> Response:
    """Turn the code app off."""
    own = _own(visit)
    _show_password(visit, own)
    with visit.accounts() as workspace:
        second_factors.drop_code_app(workspace, own.staff_id)
    return visit.go("/account", said=visit.t("The code app is off."))


@page.post("/account/recovery", needs="read")
def renew_recovery(visit: Visit) -> Response:
    """Make new recovery codes, shown once; the old ones hold no longer."""
    own = _own(visit)
    _show_password(visit, own)
    if not own.has_second_factor:
        return visit.go("/account#code-app")
    with visit.accounts() as workspace:
        codes = second_factors.renew_recovery_codes(workspace, own.staff_id)
    return visit.render("recovery.html", codes=codes)


@page.post("/account/passkey/offer", needs="read")
def offer_passkey(visit: Visit) -> Response:
    """Give a script what a device is told to make."""
    own, site = _own(visit), passkey_site(visit)
    _show_password(visit, own)
    with visit.accounts() as workspace:
        title = workspace.settings.workspace.title
    challenge, asked = second_factors.passkey_offer(own, site, title)
    if visit.session is not None:
        visit.session.begun[_CHALLENGE] = challenge
    return JSONResponse({"asked": asked})


@page.post("/account/passkey", needs="read")
def add_passkey(visit: Visit) -> Response:
    """Keep the passkey that a device made."""
    own, site = _own(visit), passkey_site(visit)
    challenge = visit.session.begun.pop(_CHALLENGE, b"") if visit.session else b""
    if not challenge:
        raise NotSignedInError
    form = visit.form
    with visit.accounts() as workspace:
        second_factors.add_passkey(
            workspace,
            own.staff_id,
            form.raw("answer"),
            challenge=challenge,
            site=site,
            label=form.text("label"),
        )
    if visit.session is not None:
        visit.session.said.append(visit.t("The passkey is added. Make recovery codes as well."))
    return JSONResponse({"next": "/account"})


@page.post("/account/passkey/drop", needs="read")
def drop_passkey(visit: Visit) -> Response:
    """Forget a passkey."""
    own = _own(visit)
    _show_password(visit, own)
    with visit.accounts() as workspace:
        second_factors.drop_passkey(workspace, own.staff_id, visit.form.text("credential_id"))
    return visit.go("/account", said=visit.t("The passkey is forgotten."))


@page.post("/account/session/end", needs="read")
def end_session(visit: Visit) -> Response:
    """End one of one's own sessions."""
    own, ended = _own(visit), visit.form.text("session_id")
    with visit.accounts() as workspace:
        accounts.end_session(workspace, ended, staff_id=own.staff_id)
    return visit.go("/account#sessions", said=visit.t("That session is ended."))


@page.post("/account/sessions/end", needs="read")
def end_sessions(visit: Visit) -> Response:
    """End all of one's own sessions but this one."""
    own = _own(visit)
    this_one = session_key(visit.session.token) if visit.session else ""
    with visit.accounts() as workspace:
        for one in accounts.sessions(workspace, own.name):
            if not hmac.compare_digest(one.session_id, this_one):
                accounts.end_session(workspace, one.session_id, staff_id=own.staff_id)
    return visit.go("/account#sessions", said=visit.t("Everywhere else you are signed out."))


def _own(visit: Visit) -> Account:
    """Return the account of whoever asks.

    Raises:
        NotSignedInError: One person at one computer has none.
    """
    if visit.session is None or visit.session.account is None:
        raise NotSignedInError
    return visit.session.account


def _show_password(visit: Visit, own: Account) -> None:
    """Go on if the password is right: a screen left open must not be enough for this."""
    way_in(visit.access).show_password(own, visit.form.raw("password"), address=visit.address)
