"""One id everywhere: file ``co_share.py``, class ``CoShare``, id ``co-share``, test, docs."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

import click
import pytest

from tests.contracts import source
from undersight import detectors, exporters, importers, reports
from undersight.cli import COMMANDS
from undersight.cli.main import cli
from undersight.web.page import Page
from undersight.web.pages import PAGES

REGISTRIES: tuple[tuple[str, str, tuple[type[Any], ...]], ...] = (
    ("detectors", "detector_id", detectors.DETECTORS),
    ("importers", "importer_id", (*importers.IMPORTERS, *importers.POST_IMPORTERS)),
    ("exporters", "exporter_id", exporters.EXPORTERS),
    ("reports", "report_id", reports.REPORTS),
)
PLUGINS = [(package, key, plugin) for package, key, all_ in REGISTRIES for plugin in all_]


def snake(plugin_id: str) -> str:
    return plugin_id.replace("-", "_")


def mismatches(package: str, key: str, plugin: type[Any]) -> list[str]:
    """Where a plugin's file, class and id differ."""
    plugin_id = getattr(plugin, key, None)
    if not isinstance(plugin_id, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", plugin_id):
        return [f"{plugin.__name__}.{key} is not a kebab-case id: {plugin_id!r}"]
    camel = "".join(word.capitalize() for word in plugin_id.split("-"))
    home = f"undersight.{package}.{snake(plugin_id)}"
    found = []
    if plugin.__name__ != camel:
        found.append(f"class {plugin.__name__} should be {camel}")
    if plugin.__module__ != home and not plugin.__module__.startswith(f"{home}."):
        found.append(f"{plugin.__module__} should be {home}")
    return found


def home_of(module: str, package: str, ids: set[str]) -> str:
    """The plugin that owns a module; empty where several share it."""
    name = module.removeprefix(f"undersight.{package}.").partition(".")[0]
    return name if name in {snake(one) for one in ids} else ""


# What deposits read of whole archives, several platforms in one file: rows for no corpus.
DOORS = ("undersight.importers.account_archives",)


def strays(package: str, ids: set[str]) -> set[str]:
    """Modules of a plugin package that no plugin owns and none reads."""
    graph = source.import_graph(is_run_time=False)
    prefix = f"undersight.{package}."
    waiting = [name for name in graph if name.startswith(prefix) and home_of(name, package, ids)]
    waiting += [name for name in DOORS if name.startswith(prefix)]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [other for other in graph[name] if other.startswith(prefix)]
    return {name for name in graph if name.startswith(prefix)} - reached


def crossings(package: str, ids: set[str]) -> list[str]:
    """Imports from one plugin, or from what plugins share, into another plugin."""
    prefix = f"undersight.{package}."
    return [
        f"{name} imports {other}"
        for name, others in sorted(source.import_graph(is_run_time=False).items())
        for other in sorted(others)
        if name.startswith(prefix) and other.startswith(prefix)
        if (target := home_of(other, package, ids)) and target != home_of(name, package, ids)
    ]


@pytest.mark.parametrize(("package", "key", "plugin"), PLUGINS)
def test_file_class_and_id_are_one_name(package: str, key: str, plugin: type[Any]) -> None:
    assert mismatches(package, key, plugin) == []


@pytest.mark.parametrize(("package", "key", "plugin"), PLUGINS)
def test_a_plugin_says_what_it_is_for(package: str, key: str, plugin: type[Any]) -> None:
    assert inspect.getdoc(plugin)
    assert plugin.about.endswith(".")


@pytest.mark.parametrize(("package", "key", "plugin"), PLUGINS)
def test_a_plugin_has_a_test_and_a_page(package: str, key: str, plugin: type[Any]) -> None:
    plugin_id = getattr(plugin, key)
    assert (source.ROOT / f"tests/{package}/test_{snake(plugin_id)}.py").is_file()
    formats = (source.ROOT / "docs/reference/formats.md").read_text(encoding="utf-8")
    assert f"### `{plugin_id}`" in formats, "run `make docs`"


@pytest.mark.parametrize(("package", "key", "plugins"), REGISTRIES)
def test_a_registry_is_a_plain_tuple_of_everything_there_is(
    package: str, key: str, plugins: tuple[type[Any], ...]
) -> None:
    ids = [getattr(plugin, key) for plugin in plugins]
    assert isinstance(plugins, tuple)
    assert len(ids) == len(set(ids))
    assert strays(package, set(ids)) == set()


@pytest.mark.parametrize(("package", "key", "plugins"), REGISTRIES)
def test_plugins_do_not_know_each_other(
    package: str, key: str, plugins: tuple[type[Any], ...]
) -> None:
    assert crossings(package, {getattr(plugin, key) for plugin in plugins}) == []


# --- commands ------------------------------------------------------------------------------


def commands(group: click.Group = cli, above: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{above}{name} is listed but not there"
        yield f"{above}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")


def module_of(path: str) -> str:
    name = re.sub(r"[ -]", "_", path)
    return "import_" if name == "import" else name


def test_every_command_is_a_file_of_its_name() -> None:
    for path, command in commands():
        module = importlib.import_module(f"undersight.cli.{module_of(path)}")
        assert module.command is command


def test_every_command_is_run_by_a_test() -> None:
    folders = [source.ROOT / "tests" / name for name in ("cli", "docs", "e2e")]
    text = "\n".join(
        path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("*.py")
    )
    assert [path for path, one in commands() if not is_run(path, one, text)] == []


def is_run(path: str, command: click.Command, text: str) -> bool:
    """Whether a text holds a command's words as a call: ``"party", "add"`` or ``"party add``."""
    words = re.escape(path).replace(r"\ ", r'(?: |", ?"|\',\s*")')
    return isinstance(command, click.Group) or bool(re.search(rf'["`$ ]{words}["\s]', text))


def test_every_help_begins_with_a_sentence_and_holds_an_example() -> None:
    texts = {path: inspect.cleandoc(one.help or "") for path, one in commands()}
    groups = {path for path, one in commands() if isinstance(one, click.Group)}
    assert [path for path, text in texts.items() if not re.match(r"[A-Z].*\.", text)] == []
    assert [
        path
        for path, text in texts.items()
        if path not in groups and f"  undersight {path}" not in text
    ] == []


def test_an_example_keeps_its_lines_in_the_help() -> None:
    printed = {
        path: one.get_help(click.Context(one, help_option_names=["-h", "--help"]))
        for path, one in commands()
    }
    assert [path for path, text in printed.items() if "\\b" in text] == []
    lines = printed["search"].splitlines()
    assert any(line.startswith("    undersight search ") for line in lines)


def test_every_option_is_explained() -> None:
    silent = [
        f"{path} --{option.name}"
        for path, command in commands()
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden and not option.help
    ]
    assert silent == []


def test_no_file_of_the_command_line_is_left_over() -> None:
    folder = source.SOURCE / "cli"
    registered = {module_of(path) for path, _ in commands()} | {"main"}
    wanted = {
        name.rpartition(".")[2]
        for path in folder.glob("*.py")
        for name in source.imported(source.tree(path))
        if name.startswith("undersight.cli.")
    }
    assert {path.stem for path in folder.glob("*.py")} - registered - wanted == {"__init__"}


def test_commands_are_listed_once() -> None:
    assert isinstance(COMMANDS, tuple)
    assert len(COMMANDS) == len(set(COMMANDS))


# --- pages ---------------------------------------------------------------------------------


def page_mismatches(page: Page) -> list[str]:
    """What a page lacks: a file and a template of its name, words, addresses."""
    name = snake(page.page_id)
    folder = source.SOURCE / "web"
    found = [] if (folder / f"pages/{name}.py").is_file() else [f"pages/{name}.py is missing"]
    if not (folder / f"templates/{name}.html").is_file():
        found.append(f"templates/{name}.html is missing")
    if not re.fullmatch(r"[A-Z].*\.", page.about):
        found.append("about is no sentence")
    if page.menu and page.menu not in {one.path for one in page.actions}:
        found.append(f"the menu leads to {page.menu}, which it does not answer")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.page_id)
def test_a_page_is_a_file_a_template_and_a_line(page: Page) -> None:
    assert page_mismatches(page) == []
    module = importlib.import_module(f"undersight.web.pages.{snake(page.page_id)}")
    assert module.page is page


def test_no_page_is_left_over_and_none_answers_for_another() -> None:
    folder = source.SOURCE / "web" / "pages"
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == {
        snake(page.page_id) for page in PAGES
    }
    addresses = [(one.method, one.path) for page in PAGES for one in page.actions]
    assert len(addresses) == len(set(addresses))
    keys = [page.key for page in PAGES if page.key]
    assert len(keys) == len(set(keys))


# --- the checks themselves can fail ----------------------------------------------------------


def test_a_plugin_under_two_names_is_refused() -> None:
    good = type("CoShare", (), {"its_id": "co-share", "__module__": "undersight.x.co_share"})
    inner = type("CoShare", (), {"its_id": "co-share", "__module__": "undersight.x.co_share.a"})
    assert mismatches("x", "its_id", good) == mismatches("x", "its_id", inner) == []
    for name, plugin_id, home in (
        ("Coshare", "co-share", "undersight.x.co_share"),
        ("CoShare", "co_share", "undersight.x.co_share"),
        ("CoShare", "co-share", "undersight.x.share"),
    ):
        bad = type(name, (), {"its_id": plugin_id, "__module__": home})
        assert mismatches("x", "its_id", bad) != []


def test_a_stray_module_and_a_crossing_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = {
        "undersight.x.one": {"undersight.x.shared"},
        "undersight.x.one.page": set(),
        "undersight.x.two": {"undersight.x.one.page", "undersight.model"},
        "undersight.x.shared": {"undersight.x.two"},
        "undersight.x.left": {"undersight.x.one"},
    }
    monkeypatch.setattr(source, "import_graph", lambda **_: graph)
    assert strays("x", {"one", "two"}) == {"undersight.x.left"}
    assert crossings("x", {"one", "two"}) == [
        "undersight.x.left imports undersight.x.one",
        "undersight.x.shared imports undersight.x.two",
        "undersight.x.two imports undersight.x.one.page",
    ]


def test_a_page_without_its_parts_is_found() -> None:
    page = Page("no-such-page", title="No", about="no sentence", menu="/nowhere")
    assert len(page_mismatches(page)) == 4


def test_a_command_that_no_test_runs_is_found() -> None:
    command = click.Command("add")
    assert is_run("party add", command, 'run("party", "add", "x")')
    assert is_run("party add", command, "$ undersight party add x")
    assert not is_run("party add", command, 'run("party", "list", "add")')
    assert not is_run("party add", command, "party address")
