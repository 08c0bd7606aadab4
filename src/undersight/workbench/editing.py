"""A record as a form, and the form back: only what was changed, and never over somebody else.

A form carries what each field held when it was opened. What a field holds now is compared with
that before anything is written: two people who change different fields both succeed, and two who
change one field are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import EditedMeanwhileError, InvalidValueError
from undersight.model.codec import to_json
from undersight.model.schema import fields_of
from undersight.model.vocabulary import label, vocabulary
from undersight.workbench import quick_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.model.schema import FieldSpec
    from undersight.workbench.session import Workspace

# Decided on pages of their own, or by the program.
_NOT_HERE = frozenset(
    {
        "public_id",
        "visibility",
        "field_visibility",
        "consents",
        "naming_reason",
        "public_exposure",
        "evidence",
        "origin",
        "origin_locator",
        "incident",
        "act",
        "about",
        "number",
    }
)
_AS_YAML = ("part", "parts", "value", "visibilities")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldForm:
    """One input of a record's form.

    Args:
        name: Name of the input: the field, or field and language with a dot.
        about: What it holds, in English.
        text: What it holds now, as text.
        is_long: Whether it needs several lines.
        lang: Language of the words; empty where it is no text in a language.
        terms: Terms to choose from, with their words.
        is_rare: Whether it is shown folded away.
    """

    name: str
    about: str
    text: str
    is_long: bool = False
    lang: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    is_rare: bool = False


def form_of(workspace: Workspace, record_id: str, *, lang: str) -> tuple[str, list[FieldForm]]:
    """Return a record's kind and its fields as inputs.

    Raises:
        UnknownRecordError: No such record.
    """
    record = workspace.casebook.get(record_id)
    raw = to_json(record)
    found: list[FieldForm] = []
    for name, spec in fields_of(type(record)).items():
        if name not in _NOT_HERE:
            default = getattr(record, name) if spec.form in ("term", "line") else None
            found += _inputs(
                spec, raw.get(name, default), workspace.settings.workspace.languages, lang
            )
    return record.kind, found


def save(
    workspace: Workspace,
    record_id: str,
    given: Mapping[str, str],
    was: Mapping[str, str],
    *,
    why: str,
) -> tuple[str, ...]:
    """Write the fields that were changed in a form and return their names.

    Args:
        workspace: Open for writing.
        record_id: The record.
        given: What the inputs hold.
        was: What they held when the form was opened.
        why: The reason, for the history.

    Raises:
        EditedMeanwhileError: Somebody changed one of these fields since; nothing was written.
        InputError: A value that a field does not take.
    """
    record = workspace.casebook.get(record_id)
    _, inputs = form_of(workspace, record_id, lang=workspace.lang)
    now = {one.name: one.text for one in inputs}
    changed = {
        name: text.strip()
        for name, text in given.items()
        if name in now and text.strip() != was.get(name, "").strip()
    }
    clashing = tuple(
        name
        for name, text in changed.items()
        if now[name].strip() not in (was.get(name, "").strip(), text)
    )
    if clashing:
        raise EditedMeanwhileError(record_id, clashing)
    specs, raw = fields_of(type(record)), to_json(record)
    fields: dict[str, Any] = {}
    for name, text in changed.items():
        field, _, text_lang = name.partition(".")
        if specs[field].form == "localised":
            texts = dict(fields.get(field, raw.get(field) or {}))
            texts[text_lang] = text
            fields[field] = {code: words for code, words in texts.items() if words}
        else:
            fields[field] = _read(workspace, specs[field], text)
    if fields:
        workspace.casebook.update(record_id, fields, why)
    return tuple(fields)


def _inputs(spec: FieldSpec, value: Any, languages: tuple[str, ...], lang: str) -> list[FieldForm]:
    if spec.form == "localised":
        texts = value or {}
        codes = dict.fromkeys((*languages, *sorted(texts)))
        return [
            FieldForm(
                name=f"{spec.name}.{code}",
                about=spec.about,
                text=texts.get(code, ""),
                is_long=spec.name != "title",
                lang=code,
            )
            for code in codes
        ]
    terms: tuple[tuple[str, str], ...] = ()
    if spec.form == "term":
        known = vocabulary(spec.vocabulary).terms
        terms = tuple((term_id, term.in_language(lang)) for term_id, term in known.items())
    return [
        FieldForm(
            name=spec.name,
            about=spec.about,
            text=_text(spec, value),
            is_long=spec.form in ("prose", "lines", "terms", "refs", *_AS_YAML),
            terms=terms,
            is_rare=spec.form in (*_AS_YAML, "ref", "refs"),
        )
    ]


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
    return _text(spec, value)


def _text(spec: FieldSpec, value: Any) -> str:
    """Return a field's JSON value as the text of its input."""
    if value is None or value in ([], {}):
        return ""
    if spec.form == "date":
        return str(value.get("edtf", "")) if isinstance(value, dict) else str(value)
    if spec.form in ("lines", "terms", "refs"):
        return "\n".join(map(str, value))
    if spec.form == "flag":
        return "yes" if value else ""
    if spec.form in _AS_YAML:
        import yaml

        return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False)).strip()
    return str(value)


def _read(workspace: Workspace, spec: FieldSpec, text: str) -> Any:
    """Return the JSON value that an input's text stands for."""
    if spec.form == "date":
        today = workspace.today
        return quick_entry.read_date(text, lang=workspace.lang, today=today) if text else None
    if spec.form in ("lines", "terms", "refs"):
        return [line.strip() for line in text.split("\n") if line.strip()]
    if spec.form == "flag":
        return text.lower() in ("yes", "on", "true", "1")
    if spec.form in ("count", "number"):
        return _number(spec, text)
    if spec.form in _AS_YAML:
        return _yaml(spec, text)
    return text


def _number(spec: FieldSpec, text: str) -> float | int | None:
    if not text:
        return None
    try:
        return int(text) if spec.form == "count" else float(text)
    except ValueError as reason:
        raise InvalidValueError("form", spec.name, "a number", text[:40]) from reason


def _yaml(spec: FieldSpec, text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text) if text else ([] if spec.form == "parts" else None)
    except yaml.YAMLError as reason:
        raise InvalidValueError("form", spec.name, "YAML", "something else") from reason
