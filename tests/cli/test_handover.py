"""``undersight handover`` as a person runs it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.cli.conftest import Run


def test_handing_over(program: Run, log: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<!doctype html><p>a post")
    digest = program("seal", page, "--json").json["files"][0]["object"]
    out = tmp_path / "case.zip"
    made = program("handover", digest[:16], "--out", out)
    assert made.code == 0, made.err
    assert "objects 1, entries 0, findings 0" in made.out
    with zipfile.ZipFile(out) as file:
        assert {"case/verify.py", "case/VERIFY.txt", "case/bagit.txt"} <= set(file.namelist())
    assert program("verify", "--deep").code == 0
    again = program("handover", "seal-000001", "--out", out, "--metadata", "--json").json
    assert (again["objects"], again["withheld"], again["unsealed"]) == (1, 0, [])


def test_what_is_nothing_here_is_refused_in_one_line(
    program: Run, log: Path, tmp_path: Path
) -> None:
    for words in (("QV-2031-0009",), ("--since", "2041-01-01"), ()):
        done = program("handover", *words, "--out", tmp_path / "case.zip")
        assert done.code == 3
        assert done.err.startswith("undersight: ")
    assert not (tmp_path / "case.zip").exists()
