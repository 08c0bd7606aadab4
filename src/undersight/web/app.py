"""The workbench as one ASGI application: guard, static files, door, API, pages."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Router
from starlette.staticfiles import StaticFiles

from undersight.errors import UnknownPageError
from undersight.web import door
from undersight.web.failures import answer_in_json, answer_to, answer_to_bug
from undersight.web.guard import LOOPBACK_NAMES, Guard
from undersight.web.routing import Later, routes_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from undersight.web.access import Access
    from undersight.web.page import Page

STATIC = Path(__file__).parent / "static"
_LOOK_EVERY_S = 10.0


def create_app(access: Access, *, port: int, hosts: tuple[str, ...] = LOOPBACK_NAMES) -> Guard:
    """Return the application; all but the door is loaded when it is asked for.

    Args:
        access: The door.
        port: Where it will answer.
        hosts: Names under which it answers.
    """
    cookie = cookie_name(port)

    def pages() -> ASGIApp:
        return Router(routes=routes_of(_registry(), access, cookie))

    def api() -> ASGIApp:
        from undersight.web.api import create_api

        return create_api(access, cookie)

    inside = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=STATIC)),
            *routes_of((door.page,), access, cookie),
            Mount("/api", Later(api)),
            Mount("", Later(pages)),
        ],
        exception_handlers={HTTPException: _answer_to_none, Exception: answer_to_bug},
        lifespan=_locking(access),
    )
    inside.state.pages = _registry
    # Around all of it: Starlette answers for bugs outside its own middleware.
    return Guard(inside, hosts=frozenset(f"{name}:{port}" for name in hosts))


def _registry() -> tuple[Page, ...]:
    """Return the pages; they load what is heavy."""
    from undersight.web.pages import PAGES

    return PAGES


def cookie_name(port: int) -> str:
    """Return the cookie's name; browsers keep cookies by host, whatever the port."""
    return f"undersight-{port}"


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
