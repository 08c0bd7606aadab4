"""The workbench as one ASGI application: guard, static files, API, pages."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from undersight.errors import (
    ForbiddenError,
    ForeignRequestError,
    LockedError,
    UndersightError,
    UnknownPageError,
)
from undersight.web.failures import answer_in_json, answer_to, answer_to_bug
from undersight.web.guard import LOOPBACK_NAMES, Guard
from undersight.web.pages import PAGES
from undersight.web.posted import read_form
from undersight.web.visit import Visit, local

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from undersight.web.access import Access
    from undersight.web.page import Action, Page

STATIC = Path(__file__).parent / "static"
QUIET_SUFFIX = "/progress"
"""Addresses that a page asks by itself: they do not keep a session alive."""
_LOOK_EVERY_S = 10.0


def create_app(access: Access, *, port: int, hosts: tuple[str, ...] = LOOPBACK_NAMES) -> Guard:
    """Return the application.

    Args:
        access: The door.
        port: Where it will answer.
        hosts: Names under which it answers.
    """
    routes: list[Route | Mount] = [
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
        Mount("/api", _lazy_api(access, port)),
    ]
    for page in PAGES:
        for action in page.actions:
            endpoint = _endpoint(access, page, action, cookie_name(port))
            routes.append(Route(action.path, endpoint, methods=[action.method]))
    inside = Starlette(
        routes=routes,
        exception_handlers={HTTPException: _answer_to_none, Exception: answer_to_bug},
        lifespan=_locking(access),
    )
    # Around all of it: Starlette answers for bugs outside its own middleware.
    return Guard(inside, hosts=frozenset(f"{name}:{port}" for name in hosts))


def cookie_name(port: int) -> str:
    """Return the cookie's name; browsers keep cookies by host, whatever the port."""
    return f"undersight-{port}"


def _endpoint(
    access: Access, page: Page, action: Action, cookie: str
) -> Callable[[Request], object]:
    """Return what answers one address: session, form and rights, then the page in a thread."""

    async def endpoint(request: Request) -> Response:
        given = request.cookies.get(cookie, "")[:100]
        is_quiet = request.url.path.endswith(QUIET_SUFFIX)
        session = access.session(given, is_quiet=is_quiet)
        visit = Visit(
            request, access, cookie=given or access.new_token(), session=session, page=page
        )
        try:
            response = await _answer(visit, action)
        except UndersightError as error:
            response = answer_to(error, lang=visit.lang, is_fragment=visit.is_fragment)
        kept = visit.session.token if visit.session else visit.cookie
        if kept != given:
            response.set_cookie(cookie, kept, httponly=True, samesite="strict", path="/")
        return response

    return endpoint


async def _answer(visit: Visit, action: Action) -> Response:
    request, access = visit.request, visit.access
    if action.method == "POST":
        visit.form = await read_form(
            request, most_bytes=action.most_bytes, most_files=action.most_files
        )
        token = visit.form.raw("csrf") or request.headers.get("x-csrf-token", "")
        if not access.is_form_token(visit.cookie, token):
            raise ForeignRequestError("the form is older than this session, or not ours")
    if not access.may(visit.session, action.needs):
        if visit.session is not None:
            raise ForbiddenError(action.needs)
        if action.method == "POST" or visit.is_fragment:
            raise LockedError
        there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/unlock?next={quote(local(there), safe='')}", status_code=303)
    return await run_in_threadpool(action.handler, visit, **request.path_params)


def _lazy_api(access: Access, port: int) -> ASGIApp:
    """Return the API, which is loaded when somebody asks for it: pages start faster."""
    made: list[ASGIApp] = []

    async def api(scope: Scope, receive: Receive, send: Send) -> None:
        if not made:
            from undersight.web.api import create_api

            made.append(create_api(access, cookie_name(port)))
        await made[0](scope, receive, send)

    return api


async def _answer_to_none(request: Request, error: Exception) -> Response:
    """Answer for an address that no page has, or a method that it does not take."""
    told = UnknownPageError(request.url.path[:200])
    if request.url.path.startswith("/api/"):
        return answer_in_json(told)
    response = answer_to(told)
    response.status_code = getattr(error, "status_code", 404)
    return response


def _locking(
    access: Access,
) -> Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]:
    """Return what looks at the clock while the application runs, and locks at its end."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        watch = asyncio.create_task(_watch(access))
        try:
            yield
        finally:
            watch.cancel()
            access.lock()

    return lifespan


async def _watch(access: Access) -> None:
    while True:
        await asyncio.sleep(_LOOK_EVERY_S)
        access.expire()
