"""What was changed, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.workbench import disagreements

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
