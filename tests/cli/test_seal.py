"""Files sealed, watched, stamped over a loopback network, verified; keys with a history."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from undersight.vault.demo_authority import DemoAuthority
from undersight.vault.stamps import new_request

MOMENT = dt.datetime(2031, 5, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text("<html>a post", "utf-8")
    return path


@pytest.fixture
def authority(log: Path) -> Iterator[DemoAuthority]:
    """A time authority on this machine, named in the settings, its root saved."""
    made = DemoAuthority("local", clock=lambda: MOMENT)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()
                return
            reply = made.answer(request)
            self.send_response(200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    settings = log / "undersight.toml"
    text = settings.read_text(encoding="utf-8")
    start = text.index("authorities = [")
    end = text.index("]", start) + 1
    names = [f"local {address}/ roots/local.pem", f"moved {address}/moved roots/local.pem"]
    mine = f"authorities = {json.dumps(names)}"
    settings.write_text(text[:start] + mine + text[end:], encoding="utf-8")
    (log / "roots").mkdir()
    (log / "roots" / "local.pem").write_bytes(made.root.pem)
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_file_is_sealed_stamped_and_verified(
    program: Run, log: Path, page: Path, authority: DemoAuthority
) -> None:
    sealed = program(
        "seal", page, "--url", "https://example.org/p", "--note", "gone soon", "--json"
    )
    assert sealed.code == 0, sealed.err
    assert sealed.json["items"] == 1
    assert sealed.json["files"][0]["type"] == "text/html"
    assert page.exists()
    assert "UNSTAMPED" in program("seal", "--list").out
    stamped = program("stamp", "--authority", "local", "--json")
    assert stamped.code == 0, stamped.out + stamped.err
    assert stamped.json[0]["at"] == "2031-05-02T12:00:00Z"
    (listed,) = program("seal", "--list", "--json").json
    assert listed["stamps"] == ["local"]
    found = program("verify", "--deep", "--json")
    assert found.code == 0, found.out
    assert (found.json["seals"], found.json["stamps"]) == (1, 1)
    assert program("seal", page, "--url", "https://example.org/p").code == 0
    assert program("stamp", "--authority", "local").code == 0
    said = program("verify").out
    assert said.count("No revocation list") == 1
    assert "stamp 2 times, first seal-000001/local-01: No revocation list" in said
    assert program("stamp", "--authority", "local").out == "Every seal is stamped.\n"


def test_an_authority_that_sends_elsewhere_is_not_followed(
    program: Run, log: Path, page: Path, authority: DemoAuthority
) -> None:
    assert program("seal", page).code == 0
    done = program("stamp", "--authority", "moved")
    assert done.code == 5
    assert "HTTP 302" in done.out


def test_a_stamp_made_elsewhere_is_brought_in(
    program: Run, log: Path, page: Path, authority: DemoAuthority, tmp_path: Path
) -> None:
    assert program("seal", page).code == 0
    token = tmp_path / "timestamp.tst"
    token.write_bytes(authority.answer(new_request(page.read_bytes())))
    brought = program("stamp", "--token", token, "--authority", "local", "--json")
    assert brought.code == 0, brought.err
    token.write_bytes(authority.answer(new_request(b"else")))
    refused = program("stamp", "--token", token, "--authority", "local")
    assert refused.code == 3
    assert program("stamp", "--token", token).code == 3  # whose is it?
    serial = authority.certificate.serial_number
    token.write_bytes(authority.root.revocation_list(serial, MOMENT - dt.timedelta(days=1)))
    assert program("stamp", "--crl", token).code == 0
    found = program("verify", "--json")
    assert found.code == 4
    assert {one["kind"] for one in found.json["breaks"]} == {"revoked"}


def test_without_a_root_nobody_is_asked(program: Run, log: Path, page: Path) -> None:
    assert program("seal", page).code == 0
    refused = program("stamp")
    assert refused.code == 2
    assert "root certificate" in refused.err


def test_what_cannot_be_taken_in_is_told_and_the_rest_is_sealed(
    program: Run, log: Path, page: Path, tmp_path: Path
) -> None:
    sealed = program("seal", page, tmp_path / "lost", "--json")
    assert sealed.code == 3
    assert len(sealed.json["refused"]) == 1
    assert sealed.json["items"] == 1
    for words in (("seal",), ("seal", page, "--pending"), ("seal", page, "--captured-at", "soon")):
        assert program(*words).code == 3, words


def test_pending_seals_what_an_import_brought(program: Run, log: Path, page: Path) -> None:
    assert program("seal", "--pending").out == "Nothing was waiting to be sealed.\n"
    Path("cases.csv").write_text("date,name\n2031-05-02,Nurlan Sarlı\n", "utf-8")
    brought = program("import", "cases.csv", "--set", "act=questioning", "--yes")
    assert brought.code == 0, brought.err
    assert program("seal", "--pending", "--json").json["items"] == 1


def test_a_drop_folder_is_sealed_once(program: Run, log: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "shot.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    words = ("watch", inbox, "--once", "--every", "0.05", "--json")
    first = program(*words)
    assert first.code == 0, first.err
    assert json.loads(first.out)["items"] == 1
    assert program(*words).out == ""
    (inbox / "voice.ogg").write_bytes(b"OggS\x00")
    assert json.loads(program(*words, "--done").out)["items"] == 1
    assert sorted(path.name for path in inbox.iterdir()) == ["done", "shot.png"]
    assert program("watch", tmp_path / "nowhere", "--once").code == 3


@pytest.mark.skipif(sys.platform != "linux", reason="others keep names in Unicode")
def test_a_name_that_is_no_unicode_is_written_out_and_stops_nothing(
    program: Run, log: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / os.fsdecode(b"latin\xe9.txt")).write_bytes(b"one")
    (inbox / "\u015f\u0259kil.txt").write_bytes(b"two")
    words = ("watch", inbox, "--once", "--every", "0.05", "--json")
    seen = program(*words)
    assert seen.code == 0, seen.err
    assert json.loads(seen.out)["items"] == 2
    assert program(*words).out == "", "both are known again"
    sealed = program("seal", inbox, "--recursive")
    assert sealed.code == 0, sealed.err
    assert "latin\\udce9.txt" in sealed.out
    lost = program("seal", tmp_path / os.fsdecode(b"lost\xe9"))
    assert lost.code == 3
    assert "lost\\udce9" in lost.out + lost.err


def test_keys_are_made_replaced_and_revoked(program: Run, log: Path, page: Path) -> None:
    made = program("key", "new", "desk", "--json")
    assert made.code == 0, made.err
    assert made.json["allowed_signers"].startswith(made.json["key"])
    assert program("key", "new", "desk").code == 3
    assert program("seal", page, "--key", "desk").code == 0
    replaced = program("key", "rotate", "desk", "--why", "once a year", "--json")
    assert replaced.code == 0, replaced.err
    assert program("seal", page, "--key", made.json["key"]).code == 3
    assert program("key", "revoke", "desk", "--why", "seized").code == 0
    assert program("key", "revoke", replaced.json["key"], "--why", "seized").code == 3
    states = [one["state"] for one in program("key", "list", "--json").json]
    assert states == ["replaced", "revoked"]
    told = program("key", "list")
    assert told.code == 0
    assert "ssh-ed25519 AAAA" in told.out
    assert program("verify").code == 0


@pytest.mark.long
def test_a_key_may_have_a_passphrase_of_its_own(
    program: Run, log: Path, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = program("key", "new", "desk", "--own-passphrase")
    assert refused.code == 3
    assert "UNDERSIGHT_KEY_PASSPHRASE_FILE" in refused.err
    secret = tmp_path / "secret"
    secret.write_text("seven lamps over sarnak\n", "utf-8")
    monkeypatch.setitem(os.environ, "UNDERSIGHT_KEY_PASSPHRASE_FILE", str(secret))
    assert program("key", "new", "desk", "--own-passphrase").code == 0
    assert program("seal", page).code == 0
    secret.write_text("another passphrase\n", "utf-8")
    assert program("seal", page).code == 2
