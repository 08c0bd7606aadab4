"""The fields of a record as inputs of a form, and what was typed into them read back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from undersight.errors import InvalidValueError
from undersight.model.schema import fields_of
from undersight.model.vocabulary import label, vocabulary
from undersight.workbench import quick_entry, references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.model.schema import FieldSpec
    from undersight.workbench.session import Workspace

Shape = Literal["line", "long", "term", "terms", "flag", "parts"]
YES = "yes"

_AS_YAML = ("value", "visibilities")
_AS_LINES = ("lines", "refs")
_PARTS = ("part", "parts")
_LONG = ("prose", *_AS_LINES, *_AS_YAML)
# What a line cannot hold stays in a part as it is.
_NOT_IN_PARTS = ("refs", "localised", "visibilities", "value", "part", "parts")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldInput:
    """One input of a record's form, or the inputs of its parts.

    Args:
        name: Name of the input: the field; with the language, or place and field of a part.
        field: The field.
        text: What it holds now, as text; JSON for parts.
        shape: How it is asked for.
        lang: Language of the words; empty where it is no text in a language.
        terms: Terms to choose from, with their words.
        rows: The inputs of each part, and of one to add.
        is_rare: Whether it is shown folded away.
        offered: What may be chosen in place of typing it.
    """

    name: str
    field: str
    text: str
    shape: Shape = "line"
    lang: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[FieldInput, ...], ...] = ()
    is_rare: bool = False
    offered: tuple[str, ...] = ()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The terms chosen now."""
        return tuple(self.text.split("\n")) if self.text else ()


def inputs_of(
    spec: FieldSpec, value: Any, languages: Iterable[str], lang: str
) -> list[FieldInput]:
    """Return the inputs of one field.

    Args:
        spec: The field.
        value: Its JSON value.
        languages: Languages in which texts are asked for.
        lang: Language of the words of vocabularies.
    """
    if spec.form == "localised":
        texts = value or {}
        codes = dict.fromkeys((*languages, *sorted(texts)))
        return [
            FieldInput(
                name=f"{spec.name}.{code}",
                field=spec.name,
                text=texts.get(code, ""),
                shape="line" if spec.name == "title" else "long",
                lang=code,
            )
            for code in codes
        ]
    if spec.form in _PARTS:
        return [_parts_input(spec, value, lang)]
    return [_input(spec, spec.name, value, lang)]


def text_of(spec: FieldSpec, value: Any) -> str:
    """Return a field's JSON value as the text of its input."""
    if value is None or value in ([], {}):
        return ""
    if spec.form == "date":
        return str(value.get("edtf", "")) if isinstance(value, dict) else str(value)
    if spec.form in (*_AS_LINES, "terms"):
        return "\n".join(map(str, value))
    if spec.form == "flag":
        return YES if value else ""
    if spec.form in _PARTS:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if spec.form in _AS_YAML:
        import yaml

        return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False)).strip()
    return str(value)


def value_text(spec: FieldSpec, value: Any, *, lang: str) -> str:
    """Return a field's JSON value for a reader: words for terms, texts by language.

    Args:
        spec: The field.
        value: Its JSON value.
        lang: Language of the words.
    """
    if spec.form in ("term", "terms") and value:
        ids = [value] if isinstance(value, str) else value
        return ", ".join(label(spec.vocabulary, str(one), lang) for one in ids)
    if spec.form in ("localised", "visibilities") and isinstance(value, dict):
        return "\n".join(f"{code}: {words}" for code, words in value.items())
    if spec.form in _PARTS and spec.part is not None and value:
        parts = [value] if isinstance(value, dict) else value
        return "\n".join(_part_text(spec.part, one, lang) for one in parts)
    return text_of(spec, value)


def read(workspace: Workspace, spec: FieldSpec, text: str) -> Any:
    """Return the JSON value that an input's text stands for.

    Raises:
        InputError: A value that the field does not take.
    """
    if spec.form == "date":
        today = workspace.today
        return quick_entry.read_date(text, lang=workspace.lang, today=today) if text else None
    if spec.form == "ref":
        return references.meant(workspace, spec, text) if text else ""
    if spec.form in (*_AS_LINES, "terms"):
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        is_refs = spec.form == "refs"
        return [references.meant(workspace, spec, one) for one in lines] if is_refs else lines
    if spec.form == "flag":
        return text.lower() in (YES, "on", "true", "1")
    if spec.form in ("count", "number"):
        return _number(spec, text)
    if spec.form in _PARTS:
        return _json(spec, text)
    if spec.form in _AS_YAML:
        return _yaml(spec, text)
    return text


def parts_typed(
    workspace: Workspace, spec: FieldSpec, given: Mapping[str, str], was: str
) -> str | None:
    """Return what the inputs of a field's parts stand for, as JSON; None where none was sent.

    A part whose inputs were all emptied is gone; what has no input stays.

    Args:
        workspace: The workspace.
        spec: The field.
        given: What was typed, by name of the input.
        was: The field's JSON as the form was opened.

    Raises:
        InputError: A value that a field of the part does not take.
    """
    before = _json(spec, was) or []
    rows = [before] if isinstance(before, dict) else list(before)
    typed = _typed_rows(spec, given)
    if not typed or spec.part is None:
        return None
    subs, made = fields_of(spec.part), []
    for place in range(max(len(rows), max(typed) + 1)):
        row = dict(rows[place]) if place < len(rows) and isinstance(rows[place], dict) else {}
        inputs = typed.get(place, {})
        for name, text in inputs.items():
            if name in subs and text.strip() != text_of(subs[name], row.get(name)).strip():
                row[name] = read(workspace, subs[name], text.strip())
        is_emptied = bool(inputs) and not any(text.strip() for text in inputs.values())
        kept = {name: value for name, value in row.items() if value not in ("", None, [], {})}
        if kept and not is_emptied:
            made.append(kept)
    value = made if spec.form == "parts" else (made[0] if made else None)
    return text_of(spec, value)


def _typed_rows(spec: FieldSpec, given: Mapping[str, str]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for name, text in given.items():
        field, _, rest = name.partition(".")
        place, _, sub = rest.partition(".")
        if field == spec.name and sub and place.isdecimal() and len(place) < 4:
            found.setdefault(int(place), {})[sub] = text
    return found


def _input(spec: FieldSpec, name: str, value: Any, lang: str) -> FieldInput:
    shape: Shape = "long" if spec.form in _LONG else "line"
    terms: tuple[tuple[str, str], ...] = ()
    if spec.form in ("term", "terms"):
        shape = "term" if spec.form == "term" else "terms"
        known = vocabulary(spec.vocabulary).terms
        terms = tuple((term_id, term.in_language(lang)) for term_id, term in known.items())
    elif spec.form == "flag":
        shape = "flag"
    return FieldInput(
        name=name,
        field=spec.name,
        text=text_of(spec, value),
        shape=shape,
        terms=terms,
        is_rare=spec.form in _AS_YAML or (spec.form in ("ref", "refs") and not value),
    )


def _parts_input(spec: FieldSpec, value: Any, lang: str) -> FieldInput:
    rows = [value] if isinstance(value, dict) else list(value or [])
    is_one = spec.form == "part"
    shown = rows if is_one and rows else [*rows, {}]
    subs = fields_of(spec.part) if spec.part is not None else {}
    return FieldInput(
        name=spec.name,
        field=spec.name,
        text=text_of(spec, value),
        shape="parts",
        rows=tuple(
            tuple(
                _input(sub, f"{spec.name}.{place}.{name}", row.get(name), lang)
                for name, sub in subs.items()
                if sub.form not in _NOT_IN_PARTS
            )
            for place, row in enumerate(shown)
        ),
    )


def _part_text(part: type, value: Any, lang: str) -> str:
    if not isinstance(value, dict):
        return str(value)
    subs = fields_of(part)
    said = (value_text(subs[n], v, lang=lang) for n, v in value.items() if n in subs)
    return ", ".join(filter(None, said))


def _number(spec: FieldSpec, text: str) -> float | int | None:
    if not text:
        return None
    try:
        return int(text) if spec.form == "count" else float(text)
    except ValueError as reason:
        raise InvalidValueError("form", spec.name, "a number", text[:40]) from reason


def _json(spec: FieldSpec, text: str) -> Any:
    empty: Any = [] if spec.form == "parts" else None
    try:
        return json.loads(text) if text else empty
    except ValueError as reason:
        raise InvalidValueError("form", spec.name, "JSON", "something else") from reason


def _yaml(spec: FieldSpec, text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text) if text else None
    except yaml.YAMLError as reason:
        raise InvalidValueError("form", spec.name, "YAML", "something else") from reason
