"""What was changed, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.model.records import KINDS
from undersight.model.schema import fields_of
from undersight.presentation import field_words
from undersight.workbench import disagreements, field_inputs

if TYPE_CHECKING:
    from undersight.casebook import HistoryEntry
    from undersight.workbench.session import Workspace


def of_incident(workspace: Workspace, incident_id: str) -> list[dict[str, Any]]:
    """Return every change of an entry and what belongs to it, oldest first, as JSON."""
    return [_line(entry) for entry in workspace.casebook.history_of_incident(incident_id)]


def of_record(workspace: Workspace, record_id: str) -> list[dict[str, Any]]:
    """Return every change of one record, oldest first, as JSON."""
    found = workspace.casebook.find(record_id)
    return [_line(entry) for entry in workspace.casebook.history(found)]


def kind_words(workspace: Workspace, kind: str) -> str:
    """Return the word for a kind of record in the language of the workspace."""
    return field_words.kind_word(kind, workspace.words_lang)


def field_said(workspace: Workspace, kind: str, field: str, value: Any) -> tuple[str, str]:
    """Return a field and its value in the words of the workspace, on one line each.

    Args:
        workspace: For its language.
        kind: Kind of record.
        field: Its field; one that this version does not have stands as it is.
        value: The field's JSON value.
    """
    lang = workspace.words_lang
    spec = fields_of(KINDS[kind]).get(field) if kind in KINDS else None
    if spec is None or value is None:
        return field_words.field_word(field, lang), "" if value is None else str(value)
    said = field_inputs.value_text(spec, value, lang=lang)
    return field_words.field_word(field, lang), "; ".join(said.split("\n"))


def undo(workspace: Workspace, change_id: str, *, why: str) -> list[str]:
    """Take one change back by a new one; return the ids of the new changes.

    Raises:
        UndersightError: No such change, or its fields were changed again since.
    """
    return [change.change_id for change in workspace.casebook.undo(change_id, why)]


def conflicts(workspace: Workspace) -> list[dict[str, Any]]:
    """Return every field that colleagues set to different values, side by side."""
    return disagreements.to_json(workspace, workspace.casebook.conflicts())


def _line(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "change_id": entry.change_id,
        "record_id": entry.record_id,
        "kind": entry.kind,
        "op": entry.op,
        "at": entry.at.isoformat(timespec="seconds"),
        "author": entry.author,
        "why": entry.why,
        "is_erased": entry.is_erased,
        "fields": [{"field": c.field, "before": c.before, "after": c.after} for c in entry.fields],
    }
