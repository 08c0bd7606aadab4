"""``undersight deposit`` as a person runs it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.cli.conftest import Run
from undersight.synth.page_archives import PAGE_NAME, page_archive

DAY = dt.date(2026, 1, 5)


def test_two_deposits_their_difference_and_the_dossier(
    program: Run, log: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "archive.zip"
    archive.write_bytes(page_archive(DAY, is_after=False))
    first = program("deposit", PAGE_NAME, archive)
    assert first.code == 0, first.err
    assert f"Deposit 1 of {PAGE_NAME}, seal-000001" in first.out
    assert "hand the archive over whole to nobody" in first.out
    archive.write_bytes(page_archive(DAY, is_after=True))
    second = program("deposit", "add", PAGE_NAME, archive, "--json")
    assert second.json["number"] == 2
    assert [one["number"] for one in program("deposit", "list", "--json").json] == [1, 2]
    assert "archive" in program("deposit", "list", PAGE_NAME).out
    assert "41 posts of 25 May 2025" in program("deposit", "diff", PAGE_NAME).out
    found = program("deposit", "diff", PAGE_NAME, "1", "2", "--json").json
    assert found["vanished"]["n"] == 41
    made = program("deposit", "dossier", PAGE_NAME, "--out", tmp_path / "recovery")
    assert made.code == 0, made.err
    assert (tmp_path / "recovery" / "recovery.json").is_file()
    assert program("verify", "--deep").code == 0


def test_a_half_and_a_challenge(program: Run, log: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.zip"
    mine.write_bytes(b"mine")
    done = program("deposit", PAGE_NAME, mine, "--half", "--json").json
    (opening,) = done["openings"]
    shown = program("deposit", "reveal", PAGE_NAME, mine, opening)
    assert "committed to in deposit 1" in shown.out
    mine.write_bytes(b"other")
    assert program("deposit", "reveal", PAGE_NAME, mine, opening).code == 4
    code = program("deposit", PAGE_NAME, "--challenge", "--json").json["code"]
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><p>{code}", "utf-8")
    assert program("deposit", PAGE_NAME, page, "--json").json["is_challenge_shown"]
    assert "shown" in program("deposit", "list").out


def test_what_is_missing_is_told_in_one_line(program: Run, log: Path, tmp_path: Path) -> None:
    for words in (
        (PAGE_NAME,), (PAGE_NAME, tmp_path / "x", "--challenge"), (PAGE_NAME, tmp_path / "x"),
        ("diff", PAGE_NAME), ("diff", PAGE_NAME, "1"), ("dossier", PAGE_NAME, "--out", tmp_path),
        ("reveal", PAGE_NAME, tmp_path / "x", tmp_path / "y"),
    ):  # fmt: skip
        done = program("deposit", *words)
        assert done.code == 3, words
        assert done.err.startswith("undersight: ")
    assert "No deposits yet" in program("deposit", "list").out
    assert program("deposit", "--help").code == 0
