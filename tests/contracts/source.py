"""The source as the contract tests see it: files, syntax trees, imports."""

from __future__ import annotations

import ast
import functools
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "undersight"


@functools.cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the program."""
    return tuple(sorted(SOURCE.rglob("*.py")))


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def relative(path: Path) -> str:
    """A file's name in messages."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path, source: Path = SOURCE) -> str:
    """The dotted name of a file, a package's by its folder."""
    parts = path.relative_to(source.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(nodes: ast.AST, package: str = "") -> set[str]:
    """Every module a tree imports, anywhere in it; relative imports against ``package``."""
    found = set()
    for node in ast.walk(nodes):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, node.module or ""]) if node.level else (node.module or "")
            found.add(base.rstrip("."))
            found.update(f"{base.rstrip('.')}.{alias.name}" for alias in node.names)
    return found


def third_party(names: set[str]) -> set[str]:
    """The distributions' top-level packages among imported modules."""
    tops = {name.split(".")[0] for name in names}
    return tops - set(sys.stdlib_module_names) - {"undersight", ""}
