"""From an address to a page: session, form and rights first, then the page in a thread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from undersight.errors import (
    ForbiddenError,
    ForeignRequestError,
    LockedError,
    NotSignedInError,
    UndersightError,
)
from undersight.web.failures import answer_to
from undersight.web.held import MOST_HELD_BYTES, can_be_held, give_back, holds_something
from undersight.web.posted import read_form
from undersight.web.visit import Visit, local

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from undersight.web.access import Access
    from undersight.web.page import Action, Page

QUIET_SUFFIX = "/progress"
"""Addresses that a page asks by itself: they do not keep a session alive."""


class Later:
    """A part of the application that is loaded when somebody asks for it.

    Args:
        load: Makes it; slow, so it runs in a thread.
    """

    def __init__(self, load: Callable[[], ASGIApp]) -> None:
        self._load = load
        self._made: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Load it the first time, and hand on."""
        if self._made is None:
            self._made = await run_in_threadpool(self._load)
        await self._made(scope, receive, send)


class Front:
    """The pages behind the door: who comes to a locked one is sent to it before they are loaded.

    Args:
        access: The door.
        pages: What answers otherwise.
    """

    def __init__(self, access: Access, pages: Later) -> None:
        self._access, self._pages = access, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for the first address alone; any other takes the usual way."""
        is_first = scope["path"] == "/" and not scope["query_string"]
        if is_first and scope["method"] in ("GET", "HEAD") and self._access.is_locked:
            await RedirectResponse("/unlock?next=%2F", status_code=303)(scope, receive, send)
        else:
            await self._pages(scope, receive, send)


def routes_of(pages: Iterable[Page], access: Access, cookie: str) -> list[Route]:
    """Return the routes of some pages.

    Args:
        pages: The pages.
        access: The door.
        cookie: Name of the session's cookie.
    """
    return [
        Route(action.path, endpoint_of(access, page, action, cookie), methods=[action.method])
        for page in pages
        for action in page.actions
    ]


def endpoint_of(
    access: Access, page: Page, action: Action, cookie: str
) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers one address: session, form and rights, then the page in a thread."""

    async def endpoint(request: Request) -> Response:
        given = request.cookies.get(cookie, "")[:100]
        is_quiet = request.url.path.endswith(QUIET_SUFFIX)
        session = await run_in_threadpool(access.session, given, is_quiet=is_quiet)
        visit = Visit(
            request, access, cookie=given or access.new_token(), session=session, page=page
        )
        try:
            response = await _answer(visit, action)
            if is_taken_out(response):
                await run_in_threadpool(note_taken, visit, response)
        except UndersightError as error:
            response = answer_to(error, lang=visit.lang, is_fragment=visit.is_fragment)
        finally:
            visit.form.close()
        kept = visit.session.token if visit.session else visit.cookie
        if kept != given:
            response.set_cookie(
                cookie,
                kept,
                httponly=True,
                samesite="strict",
                path="/",
                secure=access.is_behind_tls,
            )
        return response

    return endpoint


async def _answer(visit: Visit, action: Action) -> Response:
    request, access = visit.request, visit.access
    if not access.may(visit.session, action.needs):  # before a byte of what they send is read
        if visit.session is not None:
            raise ForbiddenError(action.needs)
        if action.method == "POST" or visit.is_fragment:
            return await _refused(visit, action, _nobody(access))
        there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/unlock?next={quote(local(there), safe='')}", status_code=303)
    if action.method == "POST":
        visit.form = await read_form(
            request, most_bytes=action.most_bytes, most_files=action.most_files
        )
        token = visit.form.raw("csrf") or request.headers.get("x-csrf-token", "")
        if not access.is_form_token(visit.cookie, token):
            told = ForeignRequestError("the form is older than this session, or not ours")
            return await _refused(visit, action, told)
    return await run_in_threadpool(action.handler, visit, **request.path_params)


def _nobody(access: Access) -> LockedError | NotSignedInError:
    return LockedError() if access.is_locked else NotSignedInError()


async def _refused(visit: Visit, action: Action, error: UndersightError) -> Response:
    """Give back what was typed where our own page sent it; else only say why not."""
    if visit.is_fragment or action.needs == "enter" or not can_be_held(visit.request):
        raise error
    if visit.session is None:
        visit.form = await read_form(
            visit.request, most_bytes=MOST_HELD_BYTES, most_files=action.most_files
        )
    if not holds_something(visit.form):
        raise error
    return await run_in_threadpool(give_back, visit, error)


def is_taken_out(response: Response) -> bool:
    """Return whether an answer is a file that leaves the workbench."""
    is_file = response.headers.get("content-disposition", "").startswith("attachment")
    return is_file and response.status_code == 200


def note_taken(visit: Visit, response: Response) -> None:
    """Note who took a file out; the file is not sent where that cannot be noted."""
    from undersight.workbench import accounts

    session, length = visit.session, response.headers.get("content-length", "")
    if session is None or session.account is None:
        return  # one person at one computer: there is nobody to tell
    asked = {**visit.request.query_params, **{n: v[0] for n, v in visit.form.fields.items() if v}}
    with visit.accounts() as workspace:
        accounts.note_taken(
            workspace,
            address=visit.request.url.path,
            what=" ".join(f"{n}={v[:60]}" for n, v in sorted(asked.items()) if not _UNTOLD(n)),
            n_bytes=int(length) if length.isdecimal() else -1,
        )


_UNTOLD = re.compile("csrf|pass|secret|code").search  # what people type to be let in
