"""The API's application: typed, described by OpenAPI, behind the same door as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight import __version__
from undersight.errors import UndersightError
from undersight.web.api import entries
from undersight.web.failures import answer_in_json

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

    from undersight.web.access import Access


def create_api(access: Access, cookie: str) -> FastAPI:
    """Return the API.

    Args:
        access: The door.
        cookie: Name of the session's cookie.
    """
    from fastapi import FastAPI

    api = FastAPI(
        title="undersight",
        version=__version__,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    api.state.access, api.state.cookie = access, cookie
    api.include_router(entries.router)

    @api.exception_handler(UndersightError)
    async def told(_request: Request, error: UndersightError) -> Response:
        return answer_in_json(error)

    return api
