"""The sizes and names of DESIGN section 7: small modules, small functions, words that say what."""

from __future__ import annotations

import ast
import re
import statistics
from typing import TYPE_CHECKING

import pytest

from tests.contracts import source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_MODULE_LINES = 450  # "about 400": a table or a registry may run over a little
MAX_FUNCTION_LINES = 60
MAX_MEDIAN_FUNCTION_LINES = 10
MAX_PARAMETERS = 6
MAX_NESTING = 4
EMPTY_NAMES = {"base", "common", "core", "helper", "helpers", "lib", "manager", "misc"} | {
    "mixins",
    "shared",
    "tools",
    "util",
    "utils",
}
EDGES = {"src/undersight/cli/main.py"}
# A path of one machine has no place in a project that others run.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|root|home|Users|opt)/\w|[A-Z]:\\\\Users")
BLOCKS = (ast.If, ast.For, ast.While, ast.Try, ast.With, ast.Match, ast.AsyncFor, ast.AsyncWith)
TEXT_SUFFIXES = {".cfg", ".css", ".html", ".in", ".ini", ".j2", ".js", ".json", ".md", ".mako"} | {
    ".po",
    ".py",
    ".sh",
    ".svg",
    ".toml",
    ".txt",
    ".typ",
    ".xml",
    ".yaml",
    ".yml",
}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def n_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, without the docstring: words are not size."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) and first.end_lineno:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def n_parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = function.args
    names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    is_command = any("command" in ast.unparse(one) for one in function.decorator_list)
    # Click hands a command its options by name: they are declared one by one above it.
    return 0 if is_command else len([name for name in names if name not in {"self", "cls"}])


def depth(node: ast.AST, level: int = 0, *, is_elif: bool = False) -> int:
    """The deepest block in a function; ``elif`` is no deeper than its ``if``."""
    here = level + (isinstance(node, BLOCKS) and not is_elif)
    deepest = here
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue  # counted on its own
        chained = isinstance(node, ast.If) and [child] == node.orelse and isinstance(child, ast.If)
        deepest = max(deepest, depth(child, here, is_elif=chained))
    return deepest


def too_large(path: Path, tree: ast.Module) -> list[str]:
    """Every size of one file that is over its limit."""
    n_module = len(path.read_text(encoding="utf-8").splitlines())
    found = [f"{n_module} lines"] if n_module > MAX_MODULE_LINES else []
    for function in functions(tree):
        checks = (
            (n_lines(function), MAX_FUNCTION_LINES, "lines"),
            (n_parameters(function), MAX_PARAMETERS, "parameters"),
            (depth(function), MAX_NESTING, "blocks deep"),
        )
        found += [
            f"{function.name} (line {function.lineno}): {size} {what}, at most {most}"
            for size, most, what in checks
            if size > most
        ]
    return found


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import each other in a ring (Tarjan 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    rings: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            start = stack.index(node)
            ring, stack[start:] = stack[start:], []
            if len(ring) > 1:
                rings.append(sorted(ring))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return rings


def handlers_of_everything(tree: ast.AST) -> list[int]:
    """Lines that catch every exception there is and do not hand it on."""
    broad = {"Exception", "BaseException"}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or broad & {one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)}
        )
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def bare_strings(tree: ast.AST) -> list[int]:
    """Lines that raise one of our own errors, or a generic one, with a sentence on the spot."""
    generic = {"Exception", "RuntimeError", "ValueError", "TypeError", "OSError", "KeyError"}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id in generic
        and any(isinstance(one, ast.JoinedStr) or is_text(one) for one in node.exc.args)
    ]


@pytest.mark.parametrize("path", source.modules(), ids=source.relative)
def test_module_is_small_and_so_is_everything_in_it(path: Path) -> None:
    assert too_large(path, source.tree(path)) == []


def test_what_goes_wrong_is_caught_only_where_it_is_understood() -> None:
    found = {
        source.relative(path): lines
        for path in source.modules()
        if source.relative(path) not in EDGES
        and (lines := handlers_of_everything(source.tree(path)))
    }
    assert found == {}


def test_errors_build_their_own_sentence() -> None:
    found = {
        source.relative(path): lines
        for path in source.modules()
        if (lines := bare_strings(source.tree(path)))
    }
    assert found == {}


def test_names_say_what_a_module_holds() -> None:
    parts = {
        path: set(path.relative_to(source.SOURCE).with_suffix("").parts)
        for path in source.modules()
    }
    assert [source.relative(path) for path, words in parts.items() if words & EMPTY_NAMES] == []


def test_a_typical_function_fits_in_a_glance() -> None:
    sizes = [n_lines(one) for path in source.modules() for one in functions(source.tree(path))]
    assert statistics.median(sizes) <= MAX_MEDIAN_FUNCTION_LINES


def test_no_modules_import_each_other_in_a_ring() -> None:
    assert cycles(source.import_graph()) == []


def test_no_file_of_the_project_names_a_place_on_one_machine() -> None:
    folders = ("src", "tests", "tools", "benchmarks", "docs", ".ci")
    files = [path for folder in folders for path in (source.ROOT / folder).rglob("*")]
    files += [path for path in source.ROOT.iterdir() if path.name != "requirements.lock"]
    found = [
        f"{source.relative(path)}:{number}: {line.strip()}"
        for path in sorted(files)
        if path.is_file() and (path.suffix in TEXT_SUFFIXES or path.parent.name == ".ci")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


# --- the checks themselves can fail ----------------------------------------------------------


def test_sizes_over_the_limit_are_found(tmp_path: Path) -> None:
    deep = "def deep():\n if a:\n  for b in c:\n   with d:\n    while e:\n     if f:\n      pass\n"
    wide = "def wide(a, b, c, d, e, f, g): pass\n"
    long = "def long():\n" + "    x = 1\n" * MAX_FUNCTION_LINES
    path = tmp_path / "large.py"
    path.write_text(deep + wide + long + "\n" * MAX_MODULE_LINES, encoding="utf-8")
    found = too_large(path, ast.parse(path.read_text(encoding="utf-8")))
    assert [one.split(": ")[-1] for one in found] == [
        f"{len(path.read_text(encoding='utf-8').splitlines())} lines",
        "5 blocks deep, at most 4",
        "7 parameters, at most 6",
        "61 lines, at most 60",
    ]


def test_a_chain_of_elif_is_one_block() -> None:
    chain = ast.parse("if a:\n  x\nelif b:\n  y\nelif c:\n  z\nelif d:\n  w\nelif e:\n  v\n")
    assert depth(chain) == 1


def test_rings_are_found_and_lines_are_not() -> None:
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert cycles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.parametrize(
    "code",
    [
        "try: x\nexcept: y",
        "try: x\nexcept Exception: y",
        "try: x\nexcept (OSError, BaseException) as e: y",
    ],
)
def test_broad_handlers_are_found(code: str) -> None:
    assert len(handlers_of_everything(ast.parse(code))) == 1
    assert handlers_of_everything(ast.parse("try: x\nexcept OSError: y")) == []
    tidies = "try: x\nexcept BaseException:\n    tidy()\n    raise"
    assert handlers_of_everything(ast.parse(tidies)) == []


def test_sentences_on_the_spot_are_found() -> None:
    assert bare_strings(ast.parse('raise ValueError("no")\nraise RuntimeError(f"{x}")')) == [1, 2]
    assert bare_strings(ast.parse("raise KeyError(name)\nraise InvalidDateError(text)")) == []


@pytest.mark.parametrize("line", ["cd /ro" + "ot/x", "'/ho" + "me/me'", "see /wo" + "rk/main"])
def test_places_on_a_machine_are_found(line: str) -> None:
    assert MACHINE_PATH.search(line)
    assert not MACHINE_PATH.search("https://example.org/home/page and docs/work/x")
