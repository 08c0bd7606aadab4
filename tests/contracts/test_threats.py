"""Every promise of THREATS.md names the tests that hold it, and they are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEAST_PROMISES = 25
TEST = re.compile(r"`(tests/[\w/.-]+)::(\w+)`")


def promises(text: str) -> list[tuple[str, str]]:
    """What is promised and what holds it, row by row."""
    part = text.partition("## Promised")[2].partition("## Not promised")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| ")]
    return [(row[1].strip(), row[2].strip()) for row in rows[1:]]


@cache
def names_in(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def missing(text: str) -> list[str]:
    """Promises without a test, and tests that are not there."""
    found = []
    for promise, held_by in promises(text):
        named = TEST.findall(held_by)
        if not named or TEST.sub("", held_by).strip(" ,"):
            found.append(promise)
        found += [f"{path}::{name}" for path, name in named if name not in names_in(path)]
    return found


def test_each_promise_is_held_by_a_test_that_exists() -> None:
    text = (ROOT / "THREATS.md").read_text(encoding="utf-8")
    assert len(promises(text)) >= LEAST_PROMISES
    assert missing(text) == []


def test_what_is_missing_is_found() -> None:
    here = "tests/contracts/test_threats.py"
    row = "## Promised\n| against | promise | held by |\n|---|---|---|\n| a | {} | {} |\n"
    assert missing(row.format("p", f"`{here}::test_what_is_missing_is_found`")) == []
    assert missing(row.format("p", f"`{here}::test_gone`")) == [f"{here}::test_gone"]
    assert missing(row.format("p", "`tests/gone.py::test_a`")) == ["tests/gone.py::test_a"]
    assert missing(row.format("p", "somebody")) == ["p"]
    assert missing(row.format("p", f"`{here}`")) == ["p"]
