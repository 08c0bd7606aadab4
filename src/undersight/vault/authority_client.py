"""Asking a time authority over the network: the one thing here that leaves this computer.

Called by `undersight stamp` only, with an address from undersight.toml. What is sent is a digest.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit

from undersight.errors import AuthorityUnreachableError

_MOST_REPLY_BYTES = 1 << 20


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Whoever answers from another address is not who was asked."""

    def redirect_request(self, *_args: object) -> None:
        return None


def ask(name: str, url: str, request: bytes, *, timeout_s: float) -> bytes:
    """Send a request and return the reply, unchecked.

    Args:
        name: The authority's name, for the error.
        url: Its address, http or https; another kind of address is refused.
        request: The request, DER.
        timeout_s: How long to wait, seconds.

    Raises:
        AuthorityUnreachableError: No answer, another answer than a reply, or too long a one.
    """
    headers = {"Content-Type": "application/timestamp-query"}
    return _answer(name, url, headers, request, timeout_s)


def ask_calendar(url: str, path: str, body: bytes | None, *, timeout_s: float) -> bytes | None:
    """Ask a calendar of OpenTimestamps, and return its answer, unchecked; None: nothing yet.

    Args:
        url: The calendar's address.
        path: What is asked for, below the address.
        body: What is sent; None to ask only.
        timeout_s: How long to wait, seconds.

    Raises:
        AuthorityUnreachableError: No answer, or too long a one.
    """
    headers = {"Accept": "application/vnd.opentimestamps.v1"}
    try:
        return _answer(url, f"{url.rstrip('/')}/{path}", headers, body, timeout_s)
    except AuthorityUnreachableError as error:
        cause = error.__cause__
        if isinstance(cause, urllib.error.HTTPError) and cause.code == HTTPStatus.NOT_FOUND:
            return None
        raise


def _answer(
    name: str, url: str, headers: dict[str, str], body: bytes | None, timeout_s: float
) -> bytes:
    """Send a request, with a body where there is one, and return the answer's body."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise AuthorityUnreachableError(name, "its address is neither http nor https")
    asked = urllib.request.Request(  # noqa: S310 - http or https, as checked
        url,
        data=body,
        headers={**headers, "User-Agent": "undersight"},
        method="GET" if body is None else "POST",
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(asked, timeout=timeout_s) as answer:
            status, reply = answer.status, bytes(answer.read(_MOST_REPLY_BYTES + 1))
    except urllib.error.HTTPError as reason:
        reason.close()
        raise AuthorityUnreachableError(name, f"it answered HTTP {reason.code}") from reason
    except (OSError, HTTPException, ValueError) as reason:
        said = getattr(reason, "reason", None) or reason
        words = getattr(said, "strerror", None) or str(said) or type(reason).__name__
        raise AuthorityUnreachableError(name, words) from reason
    if status != HTTPStatus.OK or len(reply) > _MOST_REPLY_BYTES:
        raise AuthorityUnreachableError(name, f"HTTP {status}, {len(reply)} bytes")
    return reply
