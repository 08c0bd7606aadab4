"""Entries as YAML: an empty form to fill in, and a recorded entry to read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import yaml

from undersight.errors import FormUnreadableError, InvalidValueError

_EMPTY = """\
# One entry. Delete what you do not need; a line that begins with # is not read.
# Vocabularies: docs/reference/vocabularies.md. Dates: 2031-05-02, 2031-05, 2031-05~, 2031-05-02/..
lang: {lang}
title: ""
summary: |

place: {{country: "", locality: "", precision: locality}}
acts:
  - act_type: questioning        # what was done
    start: ""                    # when it began
    manners: []                  # no_letter, plain_clothes, at_airport, threat_as_condition, ...
    stated_ground: ""            # what the authorities say
    believed_ground: ""          # what others believe
    people:
      - name: ""
        role: victim             # victim, official, complainant, lawyer, witness, relative, ...
        occupations: []
        status: unknown          # questioned_released, detained_held, convicted, ...
    citations: []                # articles: ["147.2"]
    claims: []                   # [{{speaker: Ministry, stance: denies, statement: ""}}]
sources:
  - publisher: {{name: "", party_kind: outlet}}
    url: ""
    published: ""
"""


def empty_form(lang: str) -> str:
    """Return a form with the commonest fields."""
    return _EMPTY.format(lang=lang)


def read_form(text: str) -> dict[str, Any]:
    """Read an entry document from YAML; empty values are left out.

    Raises:
        FormUnreadableError: It is not YAML, or not a group of fields; names the line.
    """
    try:
        raw = yaml.load(text, Loader=_Written)  # noqa: S506 - a SafeLoader that guesses no types
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise FormUnreadableError(
            line, getattr(error, "problem", "") or "it is not YAML"
        ) from error
    if not isinstance(raw, dict):
        raise FormUnreadableError(1, "an entry is a group of fields")
    try:
        read: dict[str, Any] = _without_empty(raw)
    except RecursionError as error:
        raise FormUnreadableError(1, "a group of fields contains itself") from error
    return read


def from_python(document: object) -> dict[str, Any]:
    """Return an entry document made of Python's values; days may be ``date``, empty is left out.

    Raises:
        InvalidValueError: It is not a group of fields.
    """
    if not isinstance(document, Mapping):
        found = f"a {type(document).__name__}"
        raise InvalidValueError("entry", "document", "a mapping of fields", found)
    read: dict[str, Any] = _without_empty(plain(document))
    return read


def plain(value: Any) -> Any:
    """Return values as YAML holds them: days as text, tuples as lists."""
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return value.isoformat() if is_day else value


def form_text(document: dict[str, Any]) -> str:
    """Write an entry document as YAML."""
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=96)


class _Written(yaml.SafeLoader):
    """Reads every value as the text that was written: 388.10 stays 388.10, NO stays Norway.

    A field that takes a number or yes/no reads it from the text. A name that stands twice in one
    group would lose the first value in silence: it is refused.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - the library's own
        """Build a group of fields."""
        seen: set[str] = set()
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in seen:
                twice = f"“{name}” stands twice in one group"
                raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
            seen |= {name} - {""}
        return super().construct_mapping(node, deep=deep)


_KEPT_TAGS = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
_Written.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag in _KEPT_TAGS]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _without_empty(value: Any) -> Any:
    """Leave out empty fields, empty groups, and people without a name or number."""
    if isinstance(value, dict):
        kept = {name: _without_empty(entry) for name, entry in value.items()}
        return {name: entry for name, entry in kept.items() if entry not in ("", None, [], {})}
    if isinstance(value, list):
        kept_entries = [_without_empty(entry) for entry in value]
        return [entry for entry in kept_entries if entry not in ("", None, [], {})]
    return value.strip() if isinstance(value, str) else value
