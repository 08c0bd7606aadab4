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
    if urlsplit(url).scheme not in {"http", "https"}:
        raise AuthorityUnreachableError(name, "its address is neither http nor https")
    headers = {"Content-Type": "application/timestamp-query", "User-Agent": "undersight"}
    asked = urllib.request.Request(  # noqa: S310 - http or https, as checked
        url, data=request, headers=headers, method="POST"
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
        raise AuthorityUnreachableError(name, str(said) or type(reason).__name__) from reason
    if status != HTTPStatus.OK or len(reply) > _MOST_REPLY_BYTES:
        raise AuthorityUnreachableError(name, f"HTTP {status}, {len(reply)} bytes")
    return reply
