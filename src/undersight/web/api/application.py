"""The API's application: typed, described by OpenAPI, behind the same door as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight import __version__
from undersight.errors import UndersightError, UnknownPageError, UnreadableRequestError
from undersight.web.api import detection, entries, evidence, exports, jobs, posts, sessions
from undersight.web.failures import PROBLEM, answer_in_json

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import Response

    from undersight.web.access import Access

_ROUTERS = (sessions, entries, evidence, posts, detection, jobs, exports)
_ABOUT = (
    "Everything the pages do, for programs. Begin with `POST /v1/session`: it sets the cookie "
    "and returns the token that every request which changes something sends as `X-CSRF-Token`. "
    "Refused requests answer with a code, a sentence and a hint."
)


def create_api(access: Access, cookie: str) -> FastAPI:
    """Return the API.

    Args:
        access: The door.
        cookie: Name of the session's cookie.
    """
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException

    api = FastAPI(
        title="undersight",
        version=__version__,
        description=_ABOUT,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        # What is set on the machine for other programs must not send away what is asked for here.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    api.state.access, api.state.cookie = access, cookie
    for one in _ROUTERS:
        # Included, each operation would be made a second time, while whoever asks first waits.
        api.router.routes.extend(one.router.routes)
    api.add_exception_handler(UndersightError, _refused)  # type: ignore[arg-type]
    api.add_exception_handler(RequestValidationError, _not_as_described)  # type: ignore[arg-type]
    api.add_exception_handler(HTTPException, _no_address)  # type: ignore[arg-type]
    _describe(api, cookie)
    return api


async def _refused(_request: Request, error: UndersightError) -> Response:
    return answer_in_json(error)


async def _not_as_described(_request: Request, error: RequestValidationError) -> Response:
    """Answer for a request that its description does not allow; what was sent is not repeated."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    return answer_in_json(UnreadableRequestError(place[:200], _expected(str(first["msg"]))))


def _expected(message: str) -> str:
    """Return what should stand there, out of a library's sentence about what does not."""
    message = message.removeprefix("Value error, ")
    for opening, instead in (
        ("Input should be a", "a"),
        ("Input should be ", "a value "),
        ("String should have ", "a text with "),
        ("List should have ", "a list with "),
    ):
        if message.startswith(opening):
            return (instead + message.removeprefix(opening))[:200]
    return "a value" if message == "Field required" else f"something else ({message[:180]})"


async def _no_address(request: Request, error: HTTPException) -> Response:
    """Answer for an address that there is not, a method it does not take, a body that is none."""
    if error.status_code == 400:
        return answer_in_json(UnreadableRequestError("body", "JSON"))
    told = UnknownPageError(request.url.path[:200])
    response = answer_in_json(told, status=error.status_code)
    response.headers.update(error.headers or {})
    if error.status_code == 405:
        response.headers["allow"] = ", ".join(_methods(request))
    return response


def _methods(request: Request) -> list[str]:
    """The methods of every operation at an address; a route alone knows only its own."""
    from starlette.routing import compile_path

    asked = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    fitting = [path for path in paths if compile_path(path)[0].match(asked)]
    exact = [path for path in fitting if path == asked] or fitting
    return sorted({method.upper() for path in exact for method in paths[path]})


def _tell_refusals(schema: dict[str, Any]) -> None:
    """Say of each refusal how it is sent; FastAPI says of every answer that it is plain JSON."""
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, told in operation["responses"].items():
                if int(status) >= 400 and "application/json" in told.get("content", {}):
                    told["content"] = {PROBLEM: told["content"]["application/json"]}


def _describe(api: FastAPI, cookie: str) -> None:
    """Say in the description how a request shows who it is."""
    plain = api.openapi

    def described() -> dict[str, Any]:
        if api.openapi_schema is None:
            schema = plain()
            schema.setdefault("components", {})["securitySchemes"] = {
                "session": {"type": "apiKey", "in": "cookie", "name": cookie},
                "token": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
            }
            for operations in schema["paths"].values():
                for method, operation in operations.items():
                    if operation.get("operationId") == sessions.OPEN:
                        continue
                    needs: dict[str, list[str]] = {"session": []}
                    operation["security"] = [needs if method == "get" else {**needs, "token": []}]
            _tell_refusals(schema)
            api.openapi_schema = schema
        return api.openapi_schema

    api.openapi = described  # type: ignore[method-assign]
