"""Write docs/reference/ from the code, so that it cannot say anything else.

Each page is a function from nothing to Markdown; ``main`` writes them, and
tests/docs/test_reference.py fails where a file differs from what would be written.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from undersight import detectors, errors, exporters, importers, reports
from undersight.cli.main import EXIT_CODES, cli
from undersight.model import parts
from undersight.model.records import RECORD_CLASSES
from undersight.model.schema import FieldSpec, fields_of
from undersight.model.vocabulary import vocabulary, vocabulary_ids
from undersight.settings.schema import SECTIONS

if typing.TYPE_CHECKING:
    from undersight.errors import UndersightError

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
WIDTH = 99
NOTE = "<!-- Written by tools/reference.py from the code: edit the code, then `make docs`. -->"


def cli_page() -> str:
    """Every command with its help, as the program prints it."""
    lines = [
        "# The command line",
        (
            "Exit codes: 0 done · 1 an explicit check found something · 2 usage, settings, "
            "passphrase · 3 input, not found, conflict · 4 integrity · 5 database or disk · "
            "70 a bug · 130 interrupted."
        ),
    ]
    for path, help_text in _helps(cli, "undersight", None):
        lines += [f"## {path}", f"```text\n{help_text}\n```"]
    return _page(lines)


def errors_page() -> str:
    """Every error: its code, when it comes, what it says and what to do."""
    lines = [
        "# Errors",
        (
            "Every error has a stable code, one sentence that names the fact, and where "
            "possible a hint. Words in ‹brackets› stand for what is named in a given case."
        ),
    ]
    for branch, exit_code in EXIT_CODES:
        lines += [f"## {branch.__name__} (exit {exit_code})", f"`{branch.code}`: {_first(branch)}"]
        for cls in sorted(descendants(branch), key=lambda one: one.code):
            error, _ = specimen(cls)
            says = f"> {error.sentence}" + (f"  \n> *{error.hint}*" if error.hint else "")
            lines += [f"### `{cls.code}`", _first(cls), says]
    return _page(lines)


def vocabularies_page() -> str:
    """Every vocabulary with its terms."""
    lines = [
        "# Vocabularies",
        (
            "Ids are what is stored and exported; labels are what people read. The last column "
            "holds the codes of other schemes."
        ),
    ]
    for vocabulary_id in vocabulary_ids():
        one = vocabulary(vocabulary_id)
        rows = [
            (
                f"`{term.term_id}`",
                term.in_language("en"),
                term.definition,
                "; ".join(f"{k}: {', '.join(v)}" for k, v in sorted(term.crosswalk.items())),
            )
            for term in one.terms.values()
        ]
        head = ("id", "label", "definition", "elsewhere")
        lines += [f"## {vocabulary_id}", one.about, _table(head, rows)]
    return _page(lines)


def records_page() -> str:
    """Every record kind and every nested part with its fields."""
    lines = [
        "# Records",
        (
            "The casebook's records and their fields. *Personal* fields are erased when a "
            "person is taken out; *internal* fields never leave the team."
        ),
    ]
    for record in RECORD_CLASSES:
        lines += [f"## {record.kind}", _first(record), _fields(fields_of(record))]
    lines += ["# Parts of records"]
    for name, part in sorted(inspect.getmembers(parts, inspect.isclass)):
        if part.__module__ == parts.__name__ and fields_of(part):
            lines += [f"## {name}", _first(part), _fields(fields_of(part))]
    return _page(lines)


def formats_page() -> str:
    """Every format that can be read and written."""
    lines = ["# Formats"]
    for title, kind, plugins in (
        ("Read by `undersight import`", "importer", importers.IMPORTERS),
        ("Read by `undersight import` as posts", "importer", importers.POST_IMPORTERS),
        ("Looked for by `undersight detect`", "detector", detectors.DETECTORS),
        ("Written by `undersight export`", "exporter", exporters.EXPORTERS),
        ("Written by `undersight report`", "report", reports.REPORTS),
    ):
        lines += [f"## {title}"]
        for plugin in plugins:
            lines += [
                f"### `{getattr(plugin, f'{kind}_id')}`",
                getattr(plugin, "about", "") or _first(plugin),
                _rest(plugin),
            ]
    return _page(lines)


def settings_page() -> str:
    """Every setting of undersight.toml."""
    lines = ["# Settings", "What `undersight.toml` may say; `undersight init` writes it."]
    for name, section in SECTIONS.items():
        rows = []
        for one in dataclasses.fields(section):
            has_default = one.default is not dataclasses.MISSING
            default = f"`{one.default!r}`" if has_default else "given by `undersight init`"
            about = str(one.metadata["about"]).replace("\n# ", " ")
            rows.append((f"`{one.name}`", about, one.metadata.get("expected", ""), default))
        lines += [f"## [{name}]", _table(("setting", "meaning", "form", "default"), rows)]
    return _page(lines)


PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "errors.md": errors_page,
    "formats.md": formats_page,
    "records.md": records_page,
    "settings.md": settings_page,
    "vocabularies.md": vocabularies_page,
}


def descendants(cls: type[UndersightError]) -> Iterator[type[UndersightError]]:
    """Every error below a class."""
    for child in cls.__subclasses__():
        if child.__module__.startswith(errors.__name__):
            yield child
            yield from descendants(child)


def specimen(cls: type[UndersightError]) -> tuple[UndersightError, dict[str, object]]:
    """Build an error from values that name their own parameter, and say which."""
    hints = typing.get_type_hints(cls.__init__)
    given: dict[str, Any] = {
        name: _sample(hints[name], name) for name in inspect.signature(cls).parameters
    }
    return cls(**given), given


def _sample(annotation: object, name: str) -> object:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return arguments[0]
    if origin in {tuple, list, set, frozenset, Sequence}:
        inside = [_sample(one, name) for one in arguments if one is not Ellipsis]
        return origin(inside) if callable(origin) and origin is not Sequence else tuple(inside)
    if origin in {dict, Mapping}:
        return {_sample(arguments[0], name): _sample(arguments[1], name)}
    if arguments:  # a union: the first that is something
        return _sample(next(one for one in arguments if one is not type(None)), name)
    plain: dict[object, object] = {bool: True, int: 7, float: 0.5, Path: Path(f"‹{name}›")}
    return plain.get(annotation, f"‹{name}›")


def _helps(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        # A context made by hand does not read the command's own settings.
        help_option_names=["-h", "--help"],
    )
    yield context.command_path, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for child_name in command.list_commands(context):
            child = command.get_command(context, child_name)
            if child is not None and not child.hidden:
                yield from _helps(child, child_name, context)


def _fields(specs: Mapping[str, FieldSpec]) -> str:
    rows = []
    for spec in specs.values():
        inside = spec.part.__name__ if spec.part else ""
        of = spec.vocabulary or ", ".join(spec.target) or inside
        marks = [word for word in ("personal", "internal") if getattr(spec, f"is_{word}")]
        unit = f" ({spec.unit})" if spec.unit else ""
        shape = f"{spec.form} of {of}" if of else f"{spec.form}{unit}"
        rows.append((f"`{spec.name}`", shape, spec.about, ", ".join(marks)))
    return _table(("field", "shape", "meaning", "care"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = ([cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _first(thing: type) -> str:
    return (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")


def _rest(thing: type) -> str:
    return (inspect.getdoc(thing) or "").partition("\n\n")[2].partition("Args:")[0].strip()


def _page(blocks: Sequence[str]) -> str:
    title, *others = (block for block in blocks if block)
    return "\n\n".join([title, NOTE, *others]) + "\n"


def main() -> int:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
