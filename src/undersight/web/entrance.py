"""The entrance where several people work: sign in, a second factor, an invitation, the way out.

No page of the registry: it answers whoever comes, once the workspace is unlocked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import JSONResponse, RedirectResponse

from undersight.errors import (
    AccountsNeededError,
    ForbiddenError,
    InvitationSpentError,
    LockedError,
    NotSignedInError,
    SignInRefusedError,
    UnreadableRequestError,
)
from undersight.i18n import _
from undersight.web.failures import status_of
from undersight.web.page import Page
from undersight.web.signing_in import way_in
from undersight.web.visit import local

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.signing_in import Halfway
    from undersight.web.visit import Visit
    from undersight.workbench.second_factors import Site

page = Page(
    "entrance", title=_("Sign in"), about=_("Sign in, join by an invitation, and sign out.")
)


@page.get("/sign-in", needs="enter")
def show(visit: Visit) -> Response:
    """Ask for name and password; make the first account where there is none."""
    from undersight.workbench import accounts

    there = local(visit.asked("next", "/"))
    if visit.access.is_locked:
        return visit.go("/unlock")
    if visit.session is not None or not visit.access.must_sign_in():
        return visit.go(there)
    with visit.access.desk.reading() as workspace:
        is_first = not accounts.have_been_made(workspace)
    return _asked(visit, there, is_first=is_first)


@page.post("/sign-in", needs="enter")
def sign_in(visit: Visit) -> Response:
    """Sign in, or go on to the second factor."""
    form = visit.form
    there = local(form.text("next", "/"))
    try:
        found = way_in(visit.access).by_password(
            visit.cookie,
            form.raw("name"),
            form.raw("password"),
            address=visit.address,
            browser=visit.browser,
        )
    except SignInRefusedError as error:
        return _asked(visit, there, error=error)
    if found is None:
        return visit.go(f"/sign-in/second?next={quote(there, safe='')}")
    visit.session = found
    return visit.go(there)


def _asked(
    visit: Visit, there: str, *, is_first: bool = False, error: SignInRefusedError | None = None
) -> Response:
    """Ask for name and password, also after they did not fit."""
    from undersight.workbench import starting

    return visit.render(
        "sign_in.html",
        status=status_of(error) if error else 200,
        next=there,
        is_first=is_first,
        place=starting.look(visit.access.root),
        error=error,
        name=visit.form.text("name"),
    )


@page.get("/sign-in/second", needs="enter")
def ask_second(visit: Visit) -> Response:
    """Ask for a code or a passkey."""
    try:
        half = way_in(visit.access).halfway(visit.cookie)
    except NotSignedInError:
        return RedirectResponse("/sign-in", status_code=303)
    return _asked_second(visit, local(visit.asked("next", "/")), half)


@page.post("/sign-in/second", needs="enter")
def by_code(visit: Visit) -> Response:
    """Sign in with a code of the app, or a recovery code."""
    form, there = visit.form, local(visit.form.text("next", "/"))
    way = way_in(visit.access)
    try:
        visit.session = way.by_code(
            visit.cookie, form.text("code"), address=visit.address, browser=visit.browser
        )
    except SignInRefusedError:
        # Whoever is here gave the right password: that it is the code need not be hidden.
        return _asked_second(visit, there, way.halfway(visit.cookie), is_refused=True)
    return visit.go(there)


def _asked_second(
    visit: Visit, there: str, half: Halfway, *, is_refused: bool = False
) -> Response:
    """Ask for a code or a passkey, also after one did not fit."""
    return visit.render(
        "second.html",
        status=403 if is_refused else 200,
        next=there,
        awaited=half.account,
        site=visit.site,
        is_refused=is_refused,
    )


@page.post("/sign-in/passkey/question", needs="enter")
def question(visit: Visit) -> Response:
    """Give a script what a passkey is asked to sign."""
    return JSONResponse(
        {"asked": way_in(visit.access).question(visit.cookie, passkey_site(visit))}
    )


@page.post("/sign-in/passkey", needs="enter")
def by_passkey(visit: Visit) -> Response:
    """Sign in with what a passkey signed; the script that asked is told where to go."""
    form = visit.form
    visit.session = way_in(visit.access).by_passkey(
        visit.cookie,
        form.raw("answer"),
        passkey_site(visit),
        address=visit.address,
        browser=visit.browser,
    )
    return JSONResponse({"next": local(form.text("next", "/"))})


@page.post("/sign-in/first", needs="enter")
def make_first(visit: Visit) -> Response:
    """Make the first account: whoever holds the passphrase may."""
    from undersight.workbench import accounts, starting

    form, access = visit.form, visit.access
    with access.desk.reading() as workspace:
        if accounts.have_been_made(workspace):
            raise ForbiddenError("admin")
    if starting.look(access.root).is_plain:
        raise AccountsNeededError(visit.request.url.hostname or "")
    new = visit.typed_twice("new")
    access.show_passphrase(form.raw("passphrase"))
    with access.desk.writing("serve first account") as workspace:
        if accounts.have_been_made(workspace):
            raise ForbiddenError("admin")
        made = accounts.add(workspace, form.text("name"), new, role="admin")
    visit.session = access.begin(made, visit.browser)
    return visit.go("/accounts", said=visit.t("You are the first admin. Invite the others here."))


@page.get("/join", needs="enter")
def show_invitation(visit: Visit) -> Response:
    """Show an invitation, or ask for its code."""
    from undersight.workbench import accounts

    if visit.access.is_locked:
        raise LockedError
    code = visit.asked("code")[:200]
    with visit.access.desk.reading() as workspace:
        found = accounts.invited(workspace, code) if code else None
        title = workspace.settings.workspace.title
    if code and found is None:
        raise InvitationSpentError
    return visit.render("join.html", code=code, invitation=found, title=title)


@page.post("/join", needs="enter")
def join(visit: Visit) -> Response:
    """Make the account that an invitation is for."""
    from undersight.workbench import accounts

    form, access = visit.form, visit.access
    new = visit.typed_twice("new")
    with access.desk.reading() as workspace:
        made = accounts.join(workspace, form.text("code"), form.text("name"), new)
    visit.session = access.begin(made, visit.browser)
    said = visit.t("Welcome. Add a second factor, so that a password alone lets nobody in.")
    return visit.go("/account", said=said)


@page.post("/sign-out", needs="enter")
def sign_out(visit: Visit) -> Response:
    """End this session; others go on."""
    if visit.session is not None:
        visit.access.sign_out(visit.session)
    visit.session, visit.cookie = None, visit.access.new_token()
    return visit.go("/sign-in")


def passkey_site(visit: Visit) -> Site:
    """Return the name a passkey holds for.

    Raises:
        UnreadableRequestError: The address is one of digits.
    """
    site = visit.site
    if site is None:
        msg = "address"
        raise UnreadableRequestError(msg, visit.t("a name: passkeys do not work for digits"))
    return site
