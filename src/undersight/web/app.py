"""The workbench as one ASGI application: guard, static files, door, API, pages."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Router
from starlette.staticfiles import StaticFiles

from undersight.errors import UndersightError, UnknownPageError
from undersight.web import door, entrance
from undersight.web.failures import answer_in_json, answer_to, answer_to_bug
from undersight.web.guard import LOOPBACK_NAMES, Guard
from undersight.web.routing import Front, Later, routes_of
from undersight.web.visit import language_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from undersight.web.access import Access
    from undersight.web.page import Page

STATIC = Path(__file__).parent / "static"
_LOOK_EVERY_S = 10.0
_LOG = logging.getLogger(__name__)


def create_app(
    access: Access, *, port: int, names: tuple[str, ...] = (), at: tuple[str, ...] = LOOPBACK_NAMES
) -> Guard:
    """Return the application; all but the door is loaded when it is asked for.

    Args:
        access: The door.
        port: Where it will answer.
        names: Names under which browsers see it elsewhere, with a port if they see one.
        at: Its own addresses, which browsers see with the port.
    """
    cookie = cookie_name(port, is_behind_tls=access.is_behind_tls)

    def pages() -> ASGIApp:
        return Router(routes=routes_of(_registry(), access, cookie))

    def api() -> ASGIApp:
        from undersight.web.api import create_api

        return create_api(access, cookie)

    inside = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=STATIC)),
            *routes_of((door.page, entrance.page), access, cookie),
            Mount("/api", Later(api)),
            Mount("", Front(access, Later(pages))),
        ],
        exception_handlers={HTTPException: _answer_to_none, Exception: _answer_to_bug},
        lifespan=_locking(access),
    )
    inside.state.pages = _registry
    # Around all of it: Starlette answers for bugs outside its own middleware.
    hosts = frozenset((*names, *(f"{name}:{port}" for name in at)))
    return Guard(inside, hosts=hosts, is_behind_tls=access.is_behind_tls)


def _registry() -> tuple[Page, ...]:
    """Return the pages; they load what is heavy."""
    from undersight.web.pages import PAGES

    return PAGES


def cookie_name(port: int, *, is_behind_tls: bool = False) -> str:
    """Return the cookie's name; browsers keep cookies by host, whatever the port.

    Under ``__Host-`` no other name of the same domain can plant one.
    """
    return "__Host-undersight" if is_behind_tls else f"undersight-{port}"


async def _answer_to_none(request: Request, error: Exception) -> Response:
    """Answer for an address that no page has, or a method that it does not take."""
    told = UnknownPageError(request.url.path[:200])
    if request.url.path.startswith("/api/"):
        return answer_in_json(told, status=getattr(error, "status_code", 404))
    response = answer_to(told, lang=language_of(request))
    response.status_code = getattr(error, "status_code", 404)
    return response


async def _answer_to_bug(request: Request, bug: Exception) -> Response:
    is_api = request.url.path.startswith("/api/")
    return answer_to_bug(bug, lang=language_of(request), is_asked_in_json=is_api)


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
        try:
            await run_in_threadpool(access.note_seen)
            await run_in_threadpool(access.expire)
        except UndersightError as error:
            # A busy database: nobody asked for anything, and the next look is soon.
            _LOG.info("web.not-noted", extra={"code": error.code})
