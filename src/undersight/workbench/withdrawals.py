"""Taking a person out, everywhere at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    report = workspace.casebook.withdraw(party_id, why)
    return {
        "party_ids": list(report.party_ids),
        "day": report.day,
        "records": len(report.record_ids),
        "changes": report.n_changes,
        "marks": report.n_marks,
        "evidence": list(report.evidence),
    }
