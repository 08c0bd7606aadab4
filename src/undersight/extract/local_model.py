"""An optional further source of proposals: a language model on this machine.

Off unless given to ``draft(hints=...)``. It speaks the chat interface that local model servers
share (``POST <endpoint>/chat/completions``), only to a loopback address unless told otherwise,
past no proxy and after no redirect. What comes back is held to the contract of drafts: the quoted
words must stand in the entry, the value must fit its kind; everything else is dropped. Proposals
only add fields, with a confidence below every rule's.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from undersight.errors import (
    InvalidDraftError,
    LocalModelError,
    RemoteModelRefusedError,
)
from undersight.extract.engine import Candidate
from undersight.model.draft import KINDS, ROLES, DraftEntry, check_value

CONFIDENCE = 0.3
_MOST_BYTES = 4_000_000
_ASK = (
    "You read one entry of a human rights monitor's log. Return JSON only: "
    '{"fields": [{"kind": ..., "value": ..., "words": ..., "role": ...}]}. '
    '"words" are copied exactly from the text. Propose nothing that the text does not say. '
    f"kind is one of: {', '.join(KINDS)}. role is null or one of: {', '.join(ROLES)}. "
    "Dates are EDTF; a sentence is {kind, amount, unit}; a quantity is {what, amount, unit}; "
    "a claim is {speaker, stance, about}."
)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer that sends us elsewhere is an error: elsewhere may not be this machine."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


class LocalModel:
    """A hint source that asks a model.

    Args:
        endpoint: Base address, such as ``http://127.0.0.1:8080/v1``.
        model: The server's name for the model.
        allow_remote: Whether an address outside this machine is meant.
        timeout_s: Seconds to wait for one entry.

    Raises:
        RemoteModelRefusedError: The endpoint is no loopback address and `allow_remote` is off.
    """

    def __init__(
        self, endpoint: str, model: str, *, allow_remote: bool = False, timeout_s: float = 60.0
    ) -> None:
        try:
            parts = urlsplit(endpoint)
        except ValueError as error:  # brackets that do not close
            raise RemoteModelRefusedError(endpoint) from error
        host = parts.hostname or ""
        is_web = parts.scheme in ("http", "https")
        if not is_web or not (allow_remote or _is_loopback(host)):
            raise RemoteModelRefusedError(host or endpoint)
        self._endpoint = endpoint.rstrip("/")
        self._model = model
        self._timeout_s = timeout_s
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())

    def __call__(self, text: str, entry: DraftEntry) -> Iterator[Candidate]:
        """Yield what the model proposes for an entry, checked against the text.

        Raises:
            LocalModelError: The server does not answer, or not as agreed.
        """
        part = text[entry.start : entry.end]
        for raw in self._proposals(part):
            candidate = _checked(raw, part, entry.start)
            if candidate is not None:
                yield candidate

    def _proposals(self, part: str) -> list[Any]:
        asked = {
            "model": self._model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": _ASK},
                {"role": "user", "content": part},
            ],
        }
        request = urllib.request.Request(  # noqa: S310 - the constructor checked the scheme
            f"{self._endpoint}/chat/completions",
            data=json.dumps(asked).encode("utf-8"),
            headers={"Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=self._timeout_s) as answer:
                body = json.loads(_read(answer, time.monotonic() + self._timeout_s))
            content = json.loads(_unfenced(_words(body["choices"][0]["message"]["content"])))
        except (OSError, http.client.HTTPException) as error:
            raise LocalModelError(self._endpoint, f"no answer ({error})") from error
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise LocalModelError(
                self._endpoint, "the answer is not the JSON asked for"
            ) from error
        fields = content.get("fields") if isinstance(content, Mapping) else None
        if not isinstance(fields, list):
            raise LocalModelError(self._endpoint, "the answer has no list of fields")
        return fields


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read(answer: http.client.HTTPResponse, until: float) -> bytes:
    """Read an answer as far as it may go; one that trickles is none.

    Raises:
        TimeoutError: It has not ended in time.
    """
    pieces = bytearray()
    while piece := answer.read1(_MOST_BYTES - len(pieces)):
        pieces += piece
        if time.monotonic() > until:
            msg = "timed out"
            raise TimeoutError(msg)
    return bytes(pieces)


def _words(content: Any) -> str:
    """Return what a message says; some servers give it in parts.

    Raises:
        TypeError: It is neither text nor parts of text.
    """
    parts = content if isinstance(content, list) else [{"text": content}]
    return "".join(part["text"] for part in parts)


def _unfenced(content: str) -> str:
    """Take an answer out of the code fence that models like to put around it."""
    lines = content.strip().splitlines()
    if lines and lines[0].startswith("```"):
        lines = lines[1:-1]
    return "\n".join(lines)


def _checked(raw: object, part: str, offset: int) -> Candidate | None:
    """Return a candidate where the proposal keeps the contract, else None."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("words"), str):
        return None
    words = raw["words"].strip()
    start = part.find(words) if words else -1
    if start < 0:
        return None
    try:
        check_value(str(raw.get("kind")), raw.get("value"))
    except InvalidDraftError:
        return None
    role = raw.get("role")
    return Candidate(
        kind=str(raw["kind"]),
        value=raw["value"],
        start=offset + start,
        end=offset + start + len(words),
        rule="local-model",
        confidence=CONFIDENCE,
        role=role if role in ROLES else None,
    )
