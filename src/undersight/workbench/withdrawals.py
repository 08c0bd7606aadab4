"""Taking a person out, everywhere at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.model.records import Party
from undersight.workbench import drafts

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace


def withdraw(workspace: Workspace, party_id: str, *, why: str) -> dict[str, Any]:
    """Erase who a person is and say what was done, and what only people can do.

    Args:
        workspace: Open for writing.
        party_id: The person.
        why: The reason, which stays: it must not name the person.

    Raises:
        UndersightError: No such party, or withdrawn before.
    """
    names = _names(workspace, party_id)
    report = workspace.casebook.withdraw(party_id, why)
    drafts.forget(workspace, names)
    return {
        "party_ids": list(report.party_ids),
        "day": report.day,
        "records": len(report.record_ids),
        "changes": report.n_changes,
        "marks": report.n_marks,
        "evidence": list(report.evidence),
    }


def _names(workspace: Workspace, party_id: str) -> list[str]:
    """Every name of a person, and of the records that were decided to be the same person."""
    merged = workspace.casebook.merged_parties()
    kept = merged.get(party_id, party_id)
    same = {party_id, kept, *(one for one, into in merged.items() if into == kept)}
    people = [workspace.casebook.get(one) for one in sorted(same)]
    return [name.value for one in people if isinstance(one, Party) for name in one.names]
