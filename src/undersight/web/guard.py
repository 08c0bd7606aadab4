"""What every request meets first and every answer carries.

A page elsewhere can make a browser ask this address: by a name that was turned to point here
(DNS rebinding), by a form or a picture. Names other than this computer's own are refused, and so
is whatever the browser says another site has sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from undersight.errors import ForeignHostError, ForeignRequestError, RequestTooLargeError
from undersight.web.failures import answer_in_json, answer_to
from undersight.web.visit import language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
EVERY_ANSWER: Final = (
    ("content-security-policy", CONTENT_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    # Not no-referrer: with that, a browser's own forms come without their origin.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
_ONLY_TLS: Final = (("strict-transport-security", "max-age=31536000"),)
LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")
_CHANGES_NOTHING = ("GET", "HEAD")
_MOST_BYTES = 2 * 1024**3


class Guard:
    """The outermost part of the workbench.

    Args:
        app: What is guarded.
        hosts: Names, with port where browsers show one, under which it answers.
        is_behind_tls: Whether browsers see it by ``https``.
    """

    def __init__(
        self, app: ASGIApp, *, hosts: frozenset[str], is_behind_tls: bool = False
    ) -> None:
        self.app, self.hosts, self.is_behind_tls = app, hosts, is_behind_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on and sign the answer."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        more = _ONLY_TLS if self.is_behind_tls else ()
        signed = _signing(send, more, is_static=scope["path"].startswith("/static/"))
        headers = Headers(scope=scope)
        refusal = self.refusal(scope["method"], headers)
        if refusal is None:
            await self.app(scope, receive, signed)
        else:
            is_api = scope["path"].startswith("/api/")
            lang = language_of(Request(scope))
            answer = answer_in_json(refusal) if is_api else answer_to(refusal, lang=lang)
            await answer(scope, receive, signed)

    def refusal(
        self, method: str, headers: Headers
    ) -> ForeignHostError | ForeignRequestError | RequestTooLargeError | None:
        """Return why a request is refused; None for one that may go on."""
        host = headers.get("host", "")
        if host not in self.hosts:
            return ForeignHostError(host[:100])
        if _says_too_large(headers):
            return RequestTooLargeError(_MOST_BYTES)
        sender = headers.get("sec-fetch-site", "")
        if method in _CHANGES_NOTHING:
            is_opened = headers.get("sec-fetch-mode", "navigate") == "navigate"
            if sender in ("", "same-origin", "none") or is_opened:
                return None
            return ForeignRequestError("another page asked for it")
        if sender not in ("", "same-origin", "none"):
            return ForeignRequestError("another page sent it")
        ours = f"{'https' if self.is_behind_tls else 'http'}://{host}"
        if headers.get("origin", ours) != ours:
            return ForeignRequestError("another page sent it")
        return None


def _says_too_large(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    return not length.isdecimal() or int(length) > _MOST_BYTES


def _signing(send: Send, more: Sequence[tuple[str, str]], *, is_static: bool) -> Send:
    """Return a ``send`` that puts the headers on every answer."""

    async def signed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in (*EVERY_ANSWER, *more):
                headers[name] = value
            headers["cache-control"] = "no-cache" if is_static else "no-store"
        await send(message)

    return signed
