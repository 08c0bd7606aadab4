"""The source as the contract tests see it: files, syntax trees, imports."""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator
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


def run_time(nodes: ast.AST) -> Iterator[ast.AST]:
    """Every node of a tree but those that only a type checker reads."""
    waiting = [nodes]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


def imported(nodes: ast.AST, package: str = "", *, is_run_time: bool = False) -> set[str]:
    """Every module a tree imports, anywhere in it; relative imports against ``package``."""
    found = set()
    for node in run_time(nodes) if is_run_time else ast.walk(nodes):
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


@functools.cache
def import_graph(*, is_run_time: bool = True) -> dict[str, set[str]]:
    """The modules of the program that each module imports."""
    names = {module_name(path) for path in modules()}
    graph: dict[str, set[str]] = {}
    for path in modules():
        name = module_name(path)
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        wanted = imported(tree(path), package, is_run_time=is_run_time) & names
        # `from undersight.cli import x` where x is a module: the package itself is no target.
        parents = {other for other in wanted if any(o.startswith(f"{other}.") for o in wanted)}
        graph[name] = wanted - parents - {name}
    return graph
