"""The door: make, open, unlock and lock a workspace; choose a language.

No page of the registry: it answers before anything heavy is loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from undersight.errors import (
    BackendError,
    ConflictError,
    InputError,
    LockedError,
    NotFoundError,
    SettingsError,
    TooManyAttemptsError,
    UndersightError,
    WrongPassphraseError,
)
from undersight.i18n import LANGUAGES, _
from undersight.web.failures import status_of
from undersight.web.page import Page
from undersight.web.visit import LANGUAGE_COOKIE, local

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "door",
    title=_("Open the workbench"),
    about=_("Make a workspace, unlock it, or look at an invented one first."),
)
_MENDED_HERE = (InputError, SettingsError, NotFoundError, ConflictError, BackendError)
"""What whoever stands at the door can mend at the same form."""


@page.get("/unlock", needs="enter")
def show(visit: Visit) -> Response:
    """Show the guide where there is no workspace, else the question for the passphrase."""
    there = local(visit.asked("next", "/"))
    if not visit.access.is_locked and visit.access.must_sign_in():
        return visit.go(f"/sign-in?next={quote(there, safe='')}")
    return _asked(visit, there)


def _asked(visit: Visit, there: str = "/", *, error: UndersightError | None = None) -> Response:
    """Show the form, after an error as it was filled in but for passphrases."""
    from undersight.workbench import starting

    if isinstance(error, LockedError | TooManyAttemptsError):
        raise error
    return visit.render(
        "door.html",
        status=status_of(error) if error else 200,
        place=starting.look(visit.access.root),
        next=there,
        error=error,
        given=visit.form,
    )


@page.post("/unlock", needs="enter")
def unlock(visit: Visit) -> Response:
    """Unlock with the passphrase; where several people work, they sign in next."""
    there = local(visit.form.text("next", "/"))
    try:
        visit.session = visit.access.unlock(visit.form.raw("passphrase"))
    except WrongPassphraseError as error:
        return _asked(visit, there, error=error)
    if visit.session is None:
        return visit.go(f"/sign-in?next={quote(there, safe='')}")
    return visit.go(there)


@page.post("/workspace/make", needs="enter")
def make(visit: Visit) -> Response:
    """Make a workspace and open it."""
    from undersight.workbench import starting

    _only_where_none_is(visit)
    form = visit.form
    languages = (form.text("language", "en"), *form.all("more_languages"))
    try:
        secret = None if form.has("is_plain") else visit.typed_twice("passphrase")
        made = starting.make(
            Path(form.text("folder")).expanduser(),
            title=form.text("title"),
            jurisdiction=form.text("jurisdiction").upper(),
            languages=tuple(dict.fromkeys(languages)),
            passphrase=secret,
        )
    except _MENDED_HERE as error:
        return _asked(visit, error=error)
    visit.session = visit.access.enter(made, secret)
    return visit.go("/", said=visit.t("Your workspace is ready. Paste your first entry."))


@page.post("/workspace/demo", needs="enter")
def demo(visit: Visit) -> Response:
    """Build the invented country's workspace and open it."""
    from undersight.workbench import starting

    _only_where_none_is(visit)
    made = starting.make_demo(Path.home())
    visit.session = visit.access.enter(made, None)
    return visit.go("/help#demo", said=visit.t("Everybody in this workspace is invented."))


@page.post("/workspace/open", needs="enter")
def open_folder(visit: Visit) -> Response:
    """Turn to a workspace that is there already; it is unlocked on the next page."""
    from undersight.workbench import starting

    _only_where_none_is(visit)
    try:
        visit.access.root = starting.find(Path(visit.form.text("folder")).expanduser())
    except _MENDED_HERE as error:
        return _asked(visit, error=error)
    return visit.go("/unlock")


@page.post("/lock", needs="enter")
def lock(visit: Visit) -> Response:
    """Lock: every session ends and the keys are let go."""
    if visit.may("admin"):
        visit.access.lock_for_all()
    visit.session = None
    return visit.go("/unlock")


@page.post("/language", needs="enter")
def choose_language(visit: Visit) -> Response:
    """Choose the language of the interface."""
    chosen = visit.form.text("language")
    response = visit.go(visit.form.text("next", "/"))
    if chosen in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            chosen,
            httponly=True,
            samesite="strict",
            path="/",
            secure=visit.access.is_behind_tls,
        )
    return response


def _only_where_none_is(visit: Visit) -> None:
    """Refuse to leave a workspace for another: nobody outside may choose what is open."""
    if visit.access.root is not None or visit.access.is_shared:
        raise LockedError
