"""A record as a form, and the form back: only what was changed, and never over somebody else.

A form carries what each field held when it was opened. What a field holds now is compared with
that before anything is written: two people who change different fields both succeed, and two who
change one field are told.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import EditedMeanwhileError
from undersight.model.codec import to_json
from undersight.model.records import Record
from undersight.model.schema import fields_of
from undersight.workbench import claimed_fields, field_inputs, references

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.model.schema import FieldSpec
    from undersight.workbench.field_inputs import FieldInput
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field that somebody else changed while a form was open.

    Args:
        name: Name of the input.
        field: The field.
        base: What it held when the form was opened.
        theirs: What it holds now.
        mine: What was typed.
        given: What was typed, as the input's text, to be sent again.
    """

    name: str
    field: str
    base: str
    theirs: str
    mine: str
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came back of a form.

    Args:
        given: What the inputs hold.
        was: What they held when the form was opened.
        theirs: Names of the inputs where what somebody else wrote shall stand.
        instead: Text by field that stands in place of what the inputs say.
    """

    given: Mapping[str, str]
    was: Mapping[str, str]
    theirs: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)


def form_of(workspace: Workspace, record_id: str, *, lang: str) -> tuple[str, list[FieldInput]]:
    """Return a record's kind and its fields as inputs, what every record has last.

    Raises:
        UnknownRecordError: No such record.
    """
    record = workspace.casebook.get(record_id)
    raw, common = to_json(record), fields_of(Record)
    languages = workspace.settings.workspace.languages
    found: list[FieldInput] = []
    specs = fields_of(type(record))
    for name in sorted(specs, key=lambda one: one in common):
        if name not in _NOT_HERE:
            spec = specs[name]
            default = getattr(record, name) if spec.form in ("term", "line") else None
            found += field_inputs.inputs_of(spec, raw.get(name, default), languages, lang)
    return record.kind, [_in_names(workspace, specs[one.field], one) for one in found]


def _in_names(workspace: Workspace, spec: FieldSpec, one: FieldInput) -> FieldInput:
    """Return an input whose references are read with names, in its parts too."""
    if spec.part is not None:
        subs = fields_of(spec.part)
        rows = tuple(
            tuple(_in_names(workspace, subs[sub.field], sub) for sub in row) for row in one.rows
        )
        return dataclasses.replace(one, rows=rows)
    if spec.form not in ("ref", "refs"):
        return one
    ids = [line for line in one.text.split("\n") if line]
    text = "\n".join(references.told(workspace, ids))
    return dataclasses.replace(one, text=text, offered=references.offered(workspace, spec))


def save(workspace: Workspace, record_id: str, typed: Typed, *, why: str) -> tuple[str, ...]:
    """Write the fields that were changed in a form and return their names.

    Args:
        workspace: Open for writing.
        record_id: The record.
        typed: What came back.
        why: The reason, for the history.

    Raises:
        EditedMeanwhileError: Somebody changed one of these fields since; nothing was written.
        InputError: A value that a field does not take.
    """
    record = workspace.casebook.get(record_id)
    specs, raw = fields_of(type(record)), to_json(record)
    changed, now = _changed(workspace, record_id, specs, typed)
    clashing = tuple(one for one in changed if _is_clashing(changed, typed, now, one))
    if clashing:
        raise EditedMeanwhileError(record_id, clashing)
    fields: dict[str, Any] = {}
    for name, text in changed.items():
        field_name, _, text_lang = name.partition(".")
        if specs[field_name].form == "localised":
            texts = dict(fields.get(field_name, raw.get(field_name) or {}))
            texts[text_lang] = text
            fields[field_name] = {code: words for code, words in texts.items() if words}
        else:
            fields[field_name] = field_inputs.read(workspace, specs[field_name], text)
    if fields:
        claimed_fields.check_edit(workspace, record, fields)
        workspace.casebook.update(record_id, fields, why)
    return tuple(fields)


def clashes(workspace: Workspace, record_id: str, typed: Typed, *, lang: str) -> tuple[Clash, ...]:
    """Return what two people made of one field, side by side, for whoever came second.

    Args:
        workspace: The workspace.
        record_id: The record.
        typed: What came back of the second form.
        lang: Language of the words of vocabularies.
    """
    specs = fields_of(type(workspace.casebook.get(record_id)))
    changed, now = _changed(workspace, record_id, specs, typed)

    def shown(spec: FieldSpec, text: str) -> str:
        if spec.form == "localised":
            return text
        value = field_inputs.read(workspace, spec, text.strip())
        return field_inputs.value_text(spec, value, lang=lang)

    return tuple(
        Clash(
            name=name,
            field=name.partition(".")[0],
            base=shown(specs[name.partition(".")[0]], typed.was.get(name, "")),
            theirs=shown(specs[name.partition(".")[0]], now[name]),
            mine=shown(specs[name.partition(".")[0]], text),
            given=text,
        )
        for name, text in changed.items()
        if _is_clashing(changed, typed, now, name)
    )


def _changed(
    workspace: Workspace, record_id: str, specs: Mapping[str, FieldSpec], typed: Typed
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a form changes by input, and what each input would hold now."""
    _, inputs = form_of(workspace, record_id, lang=workspace.lang)
    now = {one.name: one.text for one in inputs}
    changed: dict[str, str] = {}
    for one in inputs:
        was = typed.was.get(one.name, "").strip()
        text = typed.given.get(one.name)
        if one.shape == "parts":
            text = field_inputs.parts_typed(workspace, specs[one.field], typed.given, was)
        elif one.shape == "terms" and text is not None:
            text = _in_old_order(text, was)
        text = typed.instead.get(one.name, text)
        if text is not None and text.strip() != was and one.name not in typed.theirs:
            changed[one.name] = text.strip()
    return changed, now


def _is_clashing(
    changed: Mapping[str, str], typed: Typed, now: Mapping[str, str], name: str
) -> bool:
    return now[name].strip() not in (typed.was.get(name, "").strip(), changed[name])


def _in_old_order(text: str, was: str) -> str:
    """Boxes come back in the order of the page: terms that stay keep their places."""
    chosen = [one.strip() for one in text.split("\n") if one.strip()]
    before = [one.strip() for one in was.split("\n") if one.strip()]
    kept = [one for one in before if one in chosen]
    return "\n".join([*kept, *(one for one in chosen if one not in kept)])
