"""Every error has a code of its own, builds its own sentence and says what to do."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from tests.contracts import source
from tools.reference import descendants, specimen
from undersight import errors
from undersight.cli.main import EXIT_CODES
from undersight.errors import UndersightError

CLASSES = tuple(descendants(UndersightError))
BRANCHES = tuple(cls for cls in UndersightError.__subclasses__() if cls in CLASSES)
LEAVES = tuple(cls for cls in CLASSES if cls not in BRANCHES)


def test_the_tree_is_one_module_or_package() -> None:
    assert {cls.__module__.split(".")[1] for cls in CLASSES} == {"errors"}
    defined = [
        f"{source.relative(path)}:{node.lineno}: {node.name}"
        for path in source.modules()
        if "errors" not in path.relative_to(source.SOURCE).with_suffix("").parts
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")  # a signal within one module never leaves it
        and any(re.search(r"(Error|Exception)$", ast.unparse(base)) for base in node.bases)
    ]
    assert defined == []


def test_every_branch_has_an_exit_code_and_no_leaf_hides_another() -> None:
    assert [cls for cls, _ in EXIT_CODES if cls in BRANCHES] == [cls for cls, _ in EXIT_CODES]
    assert set(BRANCHES) == {cls for cls, _ in EXIT_CODES}
    assert all(hasattr(errors, cls.__name__) for cls in CLASSES)


def test_codes_are_unique_and_kebab_case() -> None:
    codes = Counter(cls.code for cls in (UndersightError, *CLASSES))
    assert [code for code, n in codes.items() if n > 1] == []
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)] == []


@pytest.mark.parametrize("cls", LEAVES, ids=lambda cls: cls.code)
def test_an_error_is_named_after_its_code(cls: type[UndersightError]) -> None:
    words = re.findall(r"[A-Z][a-z0-9]*", cls.__name__.removesuffix("Error"))
    assert "-".join(words).lower() == cls.code
    assert cls.__name__.endswith("Error")
    assert cls.__doc__


@pytest.mark.parametrize("cls", LEAVES, ids=lambda cls: cls.code)
def test_an_error_builds_one_sentence_and_keeps_what_it_was_given(
    cls: type[UndersightError],
) -> None:
    error, given = specimen(cls)
    assert str(error) == error.sentence
    # A reason that was handed in ends the sentence itself.
    assert error.sentence.rstrip("”’)").endswith((".", "?", "!", "›")), error.sentence
    assert "\n" not in error.sentence.strip()
    assert "None" not in error.sentence
    assert error.hint == "" or error.hint.endswith((".", "?", ")", "'"))  # or a command to type
    assert {name: getattr(error, name, None) for name in given} == given


def test_every_error_is_raised_somewhere() -> None:
    used = {
        node.id if isinstance(node, ast.Name) else node.attr
        for path in source.modules()
        if "errors" not in path.relative_to(source.SOURCE).with_suffix("").parts
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    assert [cls.__name__ for cls in LEAVES if cls.__name__ not in used] == []


def test_every_error_is_explained_in_the_reference() -> None:
    reference = (source.ROOT / "docs/reference/errors.md").read_text(encoding="utf-8")
    assert [cls.code for cls in CLASSES if f"`{cls.code}`" not in reference] == [], "`make docs`"
