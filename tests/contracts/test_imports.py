"""What loads what: the package is cheap to import, the model stands on nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import undersight
from tests.contracts import source

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAVY = {
    "alembic",
    "calamine",
    "charset_normalizer",
    "cryptography",
    "docx",
    "duckdb",
    "feedparser",
    "jinja2",
    "lxml",
    "numpy",
    "psycopg",
    "py3langid",
    "pyarrow",
    "pyrage",
    "python_calamine",
    "rapidfuzz",
    "rich",
    "sentencex",
    "sqlalchemy",
    "sqlcipher3",
    "typst",
    "yaml",
}
STANDARD_LIBRARY_ONLY = ("errors/*.py", "i18n.py", "model/**/*.py")


def loaded_after(code: str) -> set[str]:
    """Top-level modules in a fresh interpreter after some code, from ``sys.modules``."""
    tail = "import json as j, sys; print('\\n' + j.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tail}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    names: Iterable[str] = json.loads(done.stdout.splitlines()[-1])
    return {name.split(".")[0] for name in names}


def test_the_package_loads_nothing_heavy() -> None:
    assert loaded_after("import undersight") & (HEAVY | {"click"}) == set()


def test_the_check_sees_what_is_loaded() -> None:
    assert loaded_after("import sqlalchemy") & HEAVY == {"sqlalchemy"}


@pytest.mark.parametrize("words", [[], ["--help"], ["--version"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert loaded_after(f"from undersight.cli.main import run; run({words!r})") & HEAVY == set()


def test_groups_are_found_without_scipy() -> None:
    """graspologic-native has it installed; nothing of ours, nor what finds groups, loads it."""
    found = loaded_after(
        "import numpy as np\n"
        "from undersight.engine.groups import find_communities\n"
        "find_communities(np.array([0, 0, 1]), np.array([1, 2, 2]), np.ones(3))"
    )
    assert found & {"graspologic_native", "scipy"} == {"graspologic_native"}


def test_the_ground_floor_stands_on_the_standard_library() -> None:
    paths = [path for pattern in STANDARD_LIBRARY_ONLY for path in source.SOURCE.glob(pattern)]
    found = {
        source.relative(path): names
        for path in paths
        if (names := source.third_party(source.imported(source.tree(path))))
    }
    assert len(paths) > len(STANDARD_LIBRARY_ONLY)
    assert found == {}


def test_every_name_the_package_offers_is_there() -> None:
    for name in getattr(undersight, "__all__", ()):
        assert getattr(undersight, name) is not None
