"""Pictures, redaction and proofs on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.archives.built import FIRST, Saved, warc
from tests.cli.conftest import Run
from tests.media import shown


def seal(program: Run, path: Path, data: bytes) -> str:
    path.write_bytes(data)
    ran = program("seal", path, "--json")
    assert ran.code == 0, ran.err
    found: str = ran.json["files"][0]["object"]
    return found


def test_a_picture_is_shown_with_its_caution(program: Run, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(shown.telling_jpeg())
    ran = program("media", "show", photo)
    assert ran.code == 0, ran.err
    assert "it says, device: model LW-7" in ran.out
    assert "nothing here is proved" in ran.out
    assert program("media", "show", photo, "--json").json["place"]["latitude"] == "-12.500000"
    photo.write_bytes(shown.text_pdf("Held in Sarnak"))
    assert "--- page 1\nHeld in Sarnak" in program("media", "show", photo).out
    photo.write_bytes(b"From: a@example.qv\nSubject: Order\n\nRemoved.")
    assert "Subject: Order" in program("media", "show", photo).out
    photo.write_bytes("Held at the station, s\u0259h\u0259r".encode())
    assert "s\u0259h\u0259r" in program("media", "show", photo).out
    photo.write_bytes("<!DOCTYPE html><title>Sarnak</title><p>Səhər".encode())
    assert "Səhər" in program("media", "show", photo).out
    for data, kind in ((b"\x00\x01neither", "octet-stream"), (b"PK\x03\x04" + b"\0" * 40, "zip")):
        photo.write_bytes(data)
        refused = program("media", "show", photo)
        assert refused.code == 3
        assert refused.err.startswith("undersight: The file cannot be opened: it is application/")
        assert kind in refused.err


def test_the_same_picture_elsewhere(program: Run, log: Path, tmp_path: Path) -> None:
    scene = shown.scene(480, 320)
    original = seal(program, tmp_path / "a.png", shown.png(scene))
    copy = seal(program, tmp_path / "b.jpg", shown.jpeg(scene, quality=40))
    saved = Saved(
        "https://example.qv/c.jpg", body=shown.jpeg(scene, quality=60), mime="image/jpeg"
    )
    page = seal(program, tmp_path / "c.warc.gz", warc(FIRST, saved))
    seal(program, tmp_path / "d.png", shown.png(scene.rotate(90, expand=True)))
    found = program("media", "same", original[:16], "--json").json
    assert {one["object"] for one in found["candidates"]} == {copy, page}
    assert {one["place"] for one in found["candidates"]} == {"", f"@{len(warc(FIRST))}"}
    assert "2 candidates among 3 pictures" in program("media", "same", original).out


def test_redacting_and_proving(program: Run, log: Path, tmp_path: Path) -> None:
    text = "Held: Tarvin Oskelde, Sarnak"
    original = seal(program, tmp_path / "note.txt", text.encode())
    names, out = tmp_path / "names.txt", tmp_path / "copy.txt"
    names.write_text("Oskelde\nTarvin\n", "utf-8")
    # As `seal` prints it, and as the help shows it: nobody types 64 digits.
    shown = original[:16] + "…"
    made = program("redact", shown, "--terms-from", names, "--out", out, "--json")
    assert made.code == 0, made.err
    assert out.read_text("utf-8") == "Held: █████ █████, Sarnak"
    record = json.loads((tmp_path / "copy.txt.record.json").read_bytes())
    assert record["copy"] == made.json["copy"]
    assert original not in json.dumps(record)
    assert program("seal", "--pending").code == 0
    proof = tmp_path / "proof.json"
    assert program("prove", made.json["copy"][:12], "--out", proof, "--with-metadata").code == 0
    checked = program("prove", proof, "--file", out, "--json")
    assert checked.code == 0, checked.err
    assert checked.json["object"] == made.json["copy"]
    linked = checked.json["metadata"]["facts"]["redaction_record"]
    assert linked == made.json["record"], "the leaf of the copy names the record"
    assert "was sealed in seal-" in program("prove", proof).out
    (tmp_path / "note.txt").write_text("other", "utf-8")
    assert program("prove", proof, "--file", tmp_path / "note.txt").code == 4
    assert program("prove", "0" * 64, "--out", proof).code == 3
    assert "not a digest" in program("prove", original[:11], "--out", proof).err


def test_pictures_and_pdfs_are_redacted_by_boxes(program: Run, log: Path, tmp_path: Path) -> None:
    photo = seal(program, tmp_path / "a.jpg", shown.telling_jpeg())
    made = program("redact", photo, "--box", "1,2,30,40", "--out", tmp_path / "a.png")
    assert made.code == 0, made.err
    assert "MIND:" in made.out
    order = seal(program, tmp_path / "b.pdf", shown.text_pdf("Tarvin Oskelde"))
    words = ("redact", order, "--term", "Oskelde", "--box", "1:0,0,5,5", "--out")
    assert program(*words, tmp_path / "c.pdf").code == 0
    assert b"Oskelde" not in (tmp_path / "c.pdf").read_bytes()


@pytest.mark.parametrize(
    "words",
    [("--box", "1,2,3"), ("--span", "3"), ("--term", "Varo"), ("--box", "0,0,4,4"), ()],
)
def test_what_cannot_be_redacted_gets_one_line(
    program: Run, log: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    original = seal(program, tmp_path / "note.txt", b"Held: Tarvin Oskelde")
    ran = program("redact", original, *words, "--out", tmp_path / "copy.txt")
    assert ran.code == 3
    assert ran.err.startswith("undersight: ")
    assert not (tmp_path / "copy.txt").exists()
