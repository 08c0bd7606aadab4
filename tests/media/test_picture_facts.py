"""What a picture says is read, said to be unproved, and never asked of the network."""

from __future__ import annotations

import http.server
import io
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.media import shown
from undersight.errors import MediaUnreadableError, UndersightError
from undersight.media import pictures
from undersight.media.picture_facts import CAUTION, picture_facts

FEW = settings(max_examples=max(10, settings.default.max_examples // 4))


def test_place_device_and_times() -> None:
    facts = picture_facts(shown.telling_jpeg())
    assert facts.place == {"latitude": "-12.500000", "longitude": "45.260000"}
    assert facts.device == {
        "maker": "Lantern Works", "model": "LW-7", "serial number": "SN-20310504"}  # fmt: skip
    assert facts.times == {"taken": "2031:05:04 10:15:00", "zone when taken": "+04:00"}
    assert facts.others == {"author": "Tarvin Oskelde"}
    assert (facts.form, facts.width, facts.credentials.state) == ("jpeg", 240, "none")
    assert "proves nothing" in CAUTION


def test_content_credentials_that_fit_and_that_do_not() -> None:
    signed = shown.signed_jpeg()
    told = picture_facts(signed).credentials
    assert (told.state, told.signer, told.program) == ("fits", "Sarnak Optics", "Lantern camera")
    assert told.actions == ("c2pa.created",)
    assert told.codes == ("signingCredential.untrusted",)
    changed = signed[:-30] + bytes([signed[-30] ^ 1]) + signed[-29:]
    told = picture_facts(changed).credentials
    assert told.state == "does-not-fit"
    assert "assertion.dataHash.mismatch" in told.codes


def test_credentials_kept_elsewhere_are_not_asked_for() -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/manifest.c2pa"
        picture = shown.signed_jpeg(kept_at=address)
        assert address.encode() in picture
        assert picture_facts(picture).credentials.state == "elsewhere"
        server.shutdown()
    assert asked == []


def test_a_picture_without_anything() -> None:
    facts = picture_facts(shown.png(shown.scene()))
    assert (facts.place, facts.device, facts.times) == ({}, {}, {})


def test_what_is_no_picture_or_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    for raw in (
        b"",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"\xff\xd8\xff",
        shown.jpeg(shown.scene())[:40],
    ):
        with pytest.raises(MediaUnreadableError):
            picture_facts(raw)
    monkeypatch.setattr(pictures, "MAX_PIXELS", 100)
    with pytest.raises(MediaUnreadableError, match="240x160"):
        picture_facts(shown.png(shown.scene()))


def test_pictures_are_told_by_their_first_bytes() -> None:
    assert pictures.is_picture(shown.telling_jpeg()[:64])
    assert pictures.is_picture(shown.png(shown.scene())[:64])
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "WEBP")
    assert pictures.is_picture(out.getvalue()[:64])
    assert not pictures.is_picture(b"%PDF-1.4")


SEEDS = (shown.telling_jpeg(), shown.png(Image.new("RGB", (8, 8)), "x"))


@FEW
@given(data=st.data())
def test_whatever_the_bytes_only_our_errors_escape(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, min(len(raw) - 1, 700)))] = data.draw(st.integers(0, 255))
    try:
        picture_facts(bytes(raw))
    except UndersightError:
        return
