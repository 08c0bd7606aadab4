"""Reasons for showing two names are said in the reader's language, and none is forgotten."""

from __future__ import annotations

import ast
from pathlib import Path

from undersight.text import names
from undersight.web.name_words import NAME_REASONS, reason_in


def _said() -> set[str]:
    """Every phrase that the comparison can give as a detail."""
    tree = ast.parse(Path(names.__file__).read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        is_detail = isinstance(node, ast.keyword) and node.arg == "detail"
        is_set = isinstance(node, ast.Assign) and "detail" in ast.unparse(node.targets[0])
        is_grade = isinstance(node, ast.FunctionDef) and node.name == "_grade"
        if is_detail or is_set or is_grade:
            body = node.body if isinstance(node, ast.FunctionDef) else [node]
            inside = (n for part in body for n in ast.walk(part) if isinstance(n, ast.Constant))
            found |= {n.value for n in inside if isinstance(n.value, str) and " " in n.value}
    return found


def test_every_reason_that_is_given_can_be_translated() -> None:
    assert len(_said()) > 15
    assert _said() == NAME_REASONS


def test_the_words_of_the_names_stay_as_they_are() -> None:
    told = reason_in("another order: Aysel / Two names", str.upper)
    assert told == "ANOTHER ORDER: Aysel / Two names"
    assert reason_in("Something else: x", str.upper) == "Something else: x"
