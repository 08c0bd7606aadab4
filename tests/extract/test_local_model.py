from __future__ import annotations

import datetime as dt
import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from undersight.errors import LocalModelError, RemoteModelRefusedError
from undersight.extract import draft
from undersight.extract.local_model import CONFIDENCE, LocalModel

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Blogger Nuray Salamova was detained on May 3 in Sarnak over a poem about bread."
POEM = {"kind": "offence", "value": "poem about bread", "words": "poem about bread", "role": None}


@contextmanager
def serving(
    content: Any, status: int = 200, location: str = "", trickle_s: float = 0
) -> Iterator[tuple[str, list[Any]]]:
    """Run a server that answers every request alike; yield its address and what it was asked."""
    asked: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked.append(json.loads(self.rfile.read(length)))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            answer = {"choices": [{"message": {"content": content}}]}
            with suppress(OSError):  # who asked has gone
                for _ in range(40 if trickle_s else 0):
                    self.wfile.write(b" ")
                    time.sleep(trickle_s)
            self.wfile.write(json.dumps(answer).encode("utf-8"))

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def drafted(endpoint: str) -> list[Any]:
    source = LocalModel(endpoint, "small", timeout_s=5)
    made = draft(TEXT, context_date=dt.date(2024, 6, 1), lang="en", hints=[source])
    return [f for f in made.entries[0].fields if f.rule == "local-model"]


def test_a_model_adds_fields_of_low_confidence() -> None:
    with serving(json.dumps({"fields": [POEM]})) as (endpoint, asked):
        (field,) = drafted(endpoint)
    assert (field.value, field.confidence) == ("poem about bread", CONFIDENCE)
    assert TEXT[field.start : field.end] == "poem about bread"
    assert asked[0]["model"] == "small"
    assert asked[0]["messages"][1]["content"] == TEXT


def test_an_answer_in_a_code_fence_is_read() -> None:
    with serving("```json\n" + json.dumps({"fields": [POEM]}) + "\n```") as (endpoint, _):
        assert len(drafted(endpoint)) == 1


@pytest.mark.parametrize(
    "proposal",
    [
        {**POEM, "words": "words that are not there"},
        {**POEM, "words": ""},
        {**POEM, "kind": "rumour"},
        {
            **POEM,
            "kind": "quantity",
            "value": {"what": None, "amount": float("nan"), "unit": None},
        },
        {
            **POEM,
            "kind": "quantity",
            "value": {"what": None, "amount": float("inf"), "unit": None},
        },
        {**POEM, "kind": "act", "value": "poetry"},
        {"kind": "person", "value": "Somebody", "words": "Nuray Salamova", "role": None},
        "nonsense",
    ],
)
def test_what_breaks_the_contract_or_covers_a_rule_is_dropped(proposal: object) -> None:
    with serving(json.dumps({"fields": [proposal]})) as (endpoint, _):
        assert drafted(endpoint) == []


@pytest.mark.parametrize(
    "content", ["no JSON", "[]", '{"fields": 3}', "[" * 5_000, None, [{"type": "image"}], [3]]
)
def test_an_answer_that_is_not_as_agreed_is_an_error(content: Any) -> None:
    with serving(content) as (endpoint, _), pytest.raises(LocalModelError):
        drafted(endpoint)


def test_an_answer_in_parts_is_read() -> None:
    said = json.dumps({"fields": [POEM]})
    parts = [{"type": "text", "text": said[:20]}, {"type": "text", "text": said[20:]}]
    with serving(parts) as (endpoint, _):
        assert len(drafted(endpoint)) == 1


def test_an_answer_that_trickles_is_not_waited_for_for_ever() -> None:
    with serving("{}", trickle_s=0.02) as (endpoint, _), pytest.raises(LocalModelError):
        list(LocalModel(endpoint, "small", timeout_s=0.1)._proposals(TEXT))


def test_a_redirect_is_not_followed() -> None:
    answer = serving("{}", status=307, location="http://192.0.2.1/")
    with answer as (endpoint, _), pytest.raises(LocalModelError):
        drafted(endpoint)


def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    with serving("{}") as (endpoint, _):
        pass
    with pytest.raises(LocalModelError, match="no answer"):
        drafted(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://192.0.2.1/v1",
        "https://model.example/v1",
        "file:///etc/hosts",
        "127.0.0.1:80",
        "http://[::1",
    ],
)
def test_text_never_leaves_the_machine_unasked(endpoint: str) -> None:
    with pytest.raises(RemoteModelRefusedError):
        LocalModel(endpoint, "small")


def test_a_remote_model_can_be_allowed() -> None:
    LocalModel("https://192.0.2.1/v1", "small", allow_remote=True)
