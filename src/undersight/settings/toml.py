"""undersight.toml, read strictly and written with its comments."""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    InvalidSettingError,
    SettingsUnreadableError,
    UnknownSettingError,
    WorkspaceTooNewError,
    WorkspaceTooOldError,
)
from undersight.settings.schema import (
    CASEBOOK_URL_VARIABLE,
    SECTIONS,
    WORKSPACE_FORMAT,
    Settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from undersight.settings.layout import Layout

_LONG_CHARACTERS = 60
_EXPECTED = {
    "str": "text",
    "int": "a whole number",
    "bool": "true or false",
    "tuple[str, ...]": "a list of texts",
}


def load_settings(layout: Layout, *, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read undersight.toml.

    Args:
        layout: The workspace.
        environ: Environment variables; one may name the casebook's server.

    Raises:
        SettingsUnreadableError: Missing, or not TOML.
        WorkspaceTooNewError: A newer undersight made the workspace.
        WorkspaceTooOldError: It must be migrated first, see `migrate_workspace`.
        UnknownSettingError: A setting that does not exist, with the nearest that does.
        InvalidSettingError: A value of the wrong type or out of range.
    """
    path = str(layout.settings_file)
    document = read_toml(layout.settings_file)
    found = format_of(document, path)
    if found > WORKSPACE_FORMAT:
        raise WorkspaceTooNewError(path, found, WORKSPACE_FORMAT)
    if found < WORKSPACE_FORMAT:
        raise WorkspaceTooOldError(path, found, WORKSPACE_FORMAT)
    url = environ.get(CASEBOOK_URL_VARIABLE, "")
    if url and isinstance(document.setdefault("casebook", {}), dict):
        document["casebook"]["url"] = url
    _refuse_unknown(document, {"format", *SECTIONS}, path, "")
    sections = {
        name: read_section(section, document.get(name, {}), path, name)
        for name, section in SECTIONS.items()
    }
    return Settings(format=found, **sections)


def settings_text(settings: Settings) -> str:
    """undersight.toml with a comment above each setting."""
    lines = [f"format = {settings.format}"]
    for name, section in SECTIONS.items():
        lines += ["", f"[{name}]"]
        values = getattr(settings, name)
        for each in fields(section):
            lines.append(f"# {each.metadata['about']}")
            lines.append(f"{each.name} = {_toml_value(getattr(values, each.name))}")
    return "\n".join(lines) + "\n"


def read_toml(path: Path) -> dict[str, Any]:
    """The file as a dict."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as reason:
        raise SettingsUnreadableError(
            str(path), reason.strerror or type(reason).__name__
        ) from reason
    except ValueError as reason:
        raise SettingsUnreadableError(str(path), str(reason)) from reason


def format_of(document: Mapping[str, Any], path: str) -> int:
    """The format that a settings file names."""
    found = document.get("format")
    if type(found) is not int or found < 1:
        raise InvalidSettingError(path, "format", "a whole number from 1", _shown(found))
    return found


def read_section(section: type[Any], table: object, path: str, section_name: str) -> Any:
    """A table as its section."""
    if not isinstance(table, dict):
        raise InvalidSettingError(path, section_name, "a table", _shown(table))
    declared = {each.name: each for each in fields(section)}
    _refuse_unknown(table, set(declared), path, f"{section_name}.")
    values = {}
    for name, each in declared.items():
        if name in table:
            values[name] = _read_value(each, table[name], path, f"{section_name}.{name}")
        elif each.default is MISSING:
            raise InvalidSettingError(path, f"{section_name}.{name}", "given", "missing")
    return section(**values)


def _read_value(each: Field[Any], value: object, path: str, setting: str) -> object:
    """A value of the declared type, form and range."""
    rules = each.metadata
    expected = rules.get("expected", _EXPECTED[str(each.type)])
    given = tuple(value) if isinstance(value, list) and value else value
    texts = given if isinstance(given, tuple) else (given,)
    is_fit = _is_of_type(given, str(each.type))
    if "like" in rules:
        is_fit = is_fit and all(re.fullmatch(rules["like"], str(text)) for text in texts)
    if "least" in rules:
        expected = f"{expected} from {rules['least']}"
        is_fit = is_fit and isinstance(given, int) and given >= rules["least"]
    if not is_fit:
        found = "another text" if rules.get("is_secret") else _shown(value)
        raise InvalidSettingError(path, setting, expected, found)
    return given


def _is_of_type(given: object, declared: str) -> bool:
    """Whether a value has exactly the type that a section declares."""
    if declared == "tuple[str, ...]":
        return isinstance(given, tuple) and all(isinstance(item, str) for item in given)
    return type(given).__name__ == declared


def _refuse_unknown(table: Mapping[str, Any], known: set[str], path: str, prefix: str) -> None:
    """A setting that does not exist is a mistake, never ignored."""
    for name in table:
        if name not in known:
            nearest = tuple(
                prefix + near for near in difflib.get_close_matches(name, sorted(known), n=2)
            )
            raise UnknownSettingError(path, prefix + name, nearest)


def _toml_value(value: object) -> str:
    """A value as TOML writes it; JSON's strings are TOML's, but for DEL."""
    if isinstance(value, tuple) and sum(map(len, value)) > _LONG_CHARACTERS:
        return "[\n" + "".join(f"    {_toml_value(item)},\n" for item in value) + "]"
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml_value(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _shown(value: object) -> str:
    """A wrong value, short enough for one line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:40]}…"
