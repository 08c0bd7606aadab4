"""`undersight stamp --opentimestamps`: promised, completed, believed, over a loopback network."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.vault.block_calendar import HEIGHT, Calendar
from undersight.vault import block_proofs


@pytest.fixture
def calendar(log: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Calendar]:
    """A calendar on this machine, named in the settings beside one that nobody answers at."""
    monkeypatch.setattr(block_proofs, "LEAST_ZERO_BITS", 0)
    made = Calendar()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.answer(self.rfile.read(int(self.headers["Content-Length"])))

        def do_GET(self) -> None:
            self.answer(None)

        def answer(self, body: bytes | None) -> None:
            reply = made(made.url, self.path.lstrip("/"), body, timeout_s=1)
            self.send_response(404 if reply is None else 200)
            self.send_header("Content-Length", str(len(reply or b"")))
            self.end_headers()
            self.wfile.write(reply or b"")

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    toml = log / "undersight.toml"
    text = toml.read_text(encoding="utf-8")
    start = text.index("calendars = [")
    end = text.index("]", start) + 1
    named = json.dumps([made.url, "http://127.0.0.1:9"])
    toml.write_text(f"{text[:start]}calendars = {named}{text[end:]}", encoding="utf-8")
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_seal_is_promised_then_in_a_block_then_dated(
    program: Run, log: Path, calendar: Calendar, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html>a post", "utf-8")
    assert program("seal", page).code == 0
    promised = program("stamp", "--opentimestamps")
    assert promised.code == 0, promised.err
    assert "seal-000001: promised" in promised.out
    assert "did not answer" in promised.out, "the other calendar is told of"
    assert "UNSTAMPED, opentimestamps (pending)" in program("seal", "--list").out
    waiting = program("stamp", "--opentimestamps", "--json").json
    assert (waiting[0]["state"], waiting[0]["failures"]) == ("pending", [])
    calendar.is_mined = True
    assert f"in block {HEIGHT}; believe" in program("stamp", "--opentimestamps").out
    assert program("stamp", "--opentimestamps").out == "Every seal is stamped.\n"
    header = tmp_path / "header.hex"
    header.write_text(calendar.header().hex() + "\n", "utf-8")
    assert "2031-05-03T12:00:00Z" in program("stamp", "--header", header).out
    (listed,) = program("seal", "--list", "--json").json
    assert (listed["opentimestamps"], listed["is_stamped"]) == ("block", True)
    found = program("verify", "--deep", "--json")
    assert (found.code, found.json["stamps"], found.json["unstamped"]) == (0, 1, [])


def test_offline_the_seal_waits(program: Run, log: Path, calendar: Calendar) -> None:
    toml = log / "undersight.toml"
    toml.write_text(toml.read_text("utf-8").replace(calendar.url, "http://127.0.0.1:9"), "utf-8")
    assert program("seal", toml).code == 0
    done = program("stamp", "--opentimestamps")
    assert done.code == 5
    assert "no calendar took it" in done.out


def test_a_proof_that_an_archiver_made_is_brought_in(
    program: Run, log: Path, calendar: Calendar, tmp_path: Path
) -> None:
    hashes, proof = tmp_path / "hashes.txt", tmp_path / "hashes.txt.ots"
    hashes.write_bytes(b"digests of an archiver")
    made = block_proofs.NewProof(hashlib.sha256(hashes.read_bytes()).digest())
    made.add(calendar(calendar.url, "digest", made.commitment, timeout_s=1) or b"")
    proof.write_bytes(made.to_bytes())
    assert program("stamp", "--token", proof).code == 3, "over nothing that is here"
    assert program("seal", hashes).code == 0
    brought = program("stamp", "--token", proof, "--json")
    assert brought.code == 0, brought.err
    assert brought.json[0]["what"] == hashlib.sha256(hashes.read_bytes()).hexdigest()
    proof.write_bytes(made.to_bytes()[:-3])
    assert program("stamp", "--token", proof).code == 4
