"""Taking a person out, everywhere at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.integrity.canonical import Digest
from undersight.workbench import bundles, people, traces, updates

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace


def question(workspace: Workspace, party_id: str) -> str:
    """Return what whoever withdraws a person is asked before: who goes together with them.

    Args:
        workspace: Open.
        party_id: The person.
    """
    also = [f"{one['name']} ({one['party_id']})" for one in people.one_with(workspace, party_id)]
    if also:
        return f"Erase this person for good, also as {', '.join(also)}?"
    return "Erase this person for good?"


def withdraw(workspace: Workspace, party_id: str, *, why: str) -> dict[str, Any]:
    """Erase who a person is and say what was done, and what only people can do.

    Args:
        workspace: Open for writing.
        party_id: The person.
        why: The reason, which stays: it must not name the person.

    Raises:
        UndersightError: No such party, withdrawn before, or no reason.
    """
    updates.refuse_no_reason(why)
    # First what is beside the casebook: whoever is stopped in between can do it again.
    identity = workspace.casebook.known_by(party_id)
    found = traces.take_out(workspace, identity)
    n_bundles = bundles.let_go_naming(workspace, identity.mentions())
    report = workspace.casebook.withdraw(party_id, why)
    workspace.kept.clear()
    return {
        "party_ids": list(report.party_ids),
        "day": report.day,
        "records": len(report.record_ids),
        "changes": report.n_changes,
        "marks": report.n_marks,
        "evidence": [one for one in report.evidence if workspace.vault.contains(Digest(one))],
        **found.to_json(),
        "bundles": n_bundles,
    }
