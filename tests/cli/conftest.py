"""The program run as a person runs it, in this process."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from undersight.cli.main import run


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program with words; standard input as bytes if given."""
    for name in [name for name in os.environ if name.startswith("UNDERSIGHT_")]:
        if name not in ("UNDERSIGHT_SHARED", "UNDERSIGHT_TEST_POSTGRES_URL"):
            monkeypatch.delenv(name)

    def ran(*words: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = run([str(word) for word in words])
        captured = capsys.readouterr()
        # Dates hold no-break spaces; a test reads words.
        return Ran(code, captured.out.replace("\u00a0", " "), captured.err)

    return ran


@pytest.fixture
def log(tmp_path: Path, program: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plain workspace, entered."""
    folder = tmp_path / "log"
    made = program("init", folder, "--plain", "--jurisdiction", "QV", "--title", "Qaravel log")
    assert made.code == 0, made.err
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def entry(log: Path, program: Run) -> str:
    """One recorded entry; returns its id."""
    added = program(
        "incident", "add", "--who", "Tarvin Oskelde", "--what", "questioning",
        "--when", "2031-05-02", "--source", "Sarnak Press",
        "--line", "Questioned over a post", "--json",
    )  # fmt: skip
    assert added.code == 0, added.err
    found: str = added.json[0]["id"]
    return found
