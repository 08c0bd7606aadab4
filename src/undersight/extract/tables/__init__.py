"""Tables of patterns: plain text, one pattern a line, so that a table can be read and amended.

``[section]`` opens a section, ``value = pattern`` adds a pattern to a value (a value may have
many lines, in order), ``#`` begins a comment line.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

Table = Mapping[str, tuple[str, ...]]


def load(*names: str) -> Mapping[str, Table]:
    """Return the sections of table files: patterns by value, in order.

    Args:
        names: File names without ``.txt``, such as ``en_acts``; their sections are put together.
    """
    folder = resources.files("undersight.extract.tables")
    sections: dict[str, dict[str, tuple[str, ...]]] = {}
    section: dict[str, tuple[str, ...]] = {}
    texts = (folder.joinpath(f"{name}.txt").read_text(encoding="utf-8") for name in names)
    for line in (line for text in texts for line in text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = sections.setdefault(line[1:-1], {})
        elif line and not line.startswith("#"):
            value, _, pattern = line.partition(" = ")
            section[value] = (*section.get(value, ()), pattern)
    return sections


def only(table: Table) -> Mapping[str, str]:
    """Return a table in which each value has one pattern."""
    return {value: patterns[0] for value, patterns in table.items()}


def macros(table: Table) -> Mapping[str, str]:
    """Return a table's named parts of patterns, those they are written with written out.

    Args:
        table: By name; the order they stand in, and in which file, does not matter.
    """
    named = only(table)
    while (whole := {name: filled(pattern, named) for name, pattern in named.items()}) != named:
        named = whole
    return named


def words(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Return a value's words, where its lines are lists parted by ``; ``."""
    return tuple(word for line in patterns for word in line.split("; "))


def filled(pattern: str, macros: Mapping[str, str]) -> str:
    """Return a pattern with its ``<name>`` macros written out."""
    for name, macro in macros.items():
        pattern = pattern.replace(f"<{name}>", macro)
    return pattern
