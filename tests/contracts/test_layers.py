"""The layers of pyproject.toml hold, and breaking one is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts import source

LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path, path: str) -> tuple[int, str]:
    done = subprocess.run(
        [str(LINT), "--config", str(folder / "pyproject.toml"), "--no-cache"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
    )
    return done.returncode, done.stdout + done.stderr


def test_the_layers_hold() -> None:
    code, said = lint(source.ROOT, str(source.ROOT / "src"))
    assert code == 0, said


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """A package with the rooms of undersight and nothing in them."""
    shutil.copy(source.ROOT / "pyproject.toml", tmp_path)
    for place in source.SOURCE.rglob("__init__.py"):
        copy = tmp_path / "undersight" / place.relative_to(source.SOURCE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text("", encoding="utf-8")
    for path in source.SOURCE.glob("*.py"):
        (tmp_path / "undersight" / path.name).write_text("", encoding="utf-8")
    return tmp_path


def test_empty_rooms_are_fine(skeleton: Path) -> None:
    code, said = lint(skeleton, str(skeleton))
    assert code == 0, said


@pytest.mark.parametrize(
    ("file", "code", "broken"),
    [
        ("model/bad.py", "import undersight.casebook", "Rooms import downwards only"),
        ("casebook/bad.py", "import undersight.vault", "Rooms import downwards only"),
        ("cli/bad.py", "import undersight.vault", "The faces reach storage"),
        ("importers/bad.py", "import undersight.casebook", "Plugins are handed"),
        ("importers/bad.py", "import sqlalchemy", "Plugins are handed"),
        ("somewhere_new/__init__.py", "", "Rooms import downwards only"),
    ],
)
def test_a_bad_import_breaks_the_contract_meant_for_it(
    skeleton: Path, file: str, code: str, broken: str
) -> None:
    path = skeleton / "undersight" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(code, encoding="utf-8")
    status, said = lint(skeleton, str(skeleton))
    assert status != 0
    assert any(line.startswith(broken) and "BROKEN" in line for line in said.splitlines()), said
