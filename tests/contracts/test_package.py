"""What is installed is what was written: the wheel holds every file the program reads."""

from __future__ import annotations

import email
import fnmatch
import os
import tomllib
import zipfile
from pathlib import Path

import pytest
from flit_core import buildapi

import undersight
from tests.contracts import source

PROJECT = tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LEFT_OUT = {"__pycache__"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    here = Path.cwd()
    os.chdir(source.ROOT)  # a build backend works where the project is
    try:
        return folder / buildapi.build_wheel(str(folder))
    finally:
        os.chdir(here)


def test_the_wheel_is_for_every_platform(wheel: Path) -> None:
    assert wheel.name == f"undersight-{undersight.__version__}-py3-none-any.whl"


def test_every_file_of_the_source_is_in_the_wheel(wheel: Path) -> None:
    written = {
        path.relative_to(source.SOURCE.parent).as_posix()
        for path in source.SOURCE.rglob("*")
        if path.is_file() and not LEFT_OUT & set(path.parts) and path.suffix != ".pyc"
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("undersight/")}
    assert packed == written


@pytest.mark.parametrize(
    "pattern",
    [
        "undersight/py.typed",
        "undersight/model/vocabularies/*.toml",
        "undersight/locale/*/LC_MESSAGES/undersight.mo",
        "undersight/casebook/migrations/versions/*.py",
        "undersight/*/templates/*.html",
    ],
)
def test_the_wheel_holds_what_is_no_module(wheel: Path, pattern: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert fnmatch.filter(archive.namelist(), pattern) != []


def test_the_metadata_say_how_to_start_it_and_under_which_licence(wheel: Path) -> None:
    folder = f"undersight-{undersight.__version__}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        metadata = email.message_from_bytes(archive.read(f"{folder}/METADATA"))
        entry_points = archive.read(f"{folder}/entry_points.txt").decode()
        licence = archive.read(f"{folder}/licenses/LICENSE").decode()
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert "undersight=undersight.cli.main:main" in entry_points
    assert licence == (source.ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT["version"] == undersight.__version__
    changelog = (source.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{undersight.__version__}]" in changelog or "## [Unreleased]" in changelog
