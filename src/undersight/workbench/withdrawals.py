"""Taking a person out, everywhere at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.errors import IntegrityError
from undersight.integrity.canonical import Digest
from undersight.vault.bundle import open_bundle
from undersight.workbench import bundles, sharing, traces

if TYPE_CHECKING:
    from undersight.casebook.mentions import Mentions
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
    # First what is beside the casebook: whoever is stopped in between can do it again.
    identity = workspace.casebook.known_by(party_id)
    found = traces.take_out(workspace, identity)
    n_bundles = _let_go_of_bundles(workspace, identity.mentions())
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


def _let_go_of_bundles(workspace: Workspace, find: Mentions) -> int:
    """Remove bundles that nobody decided on and that name somebody; return how many."""
    senders = sharing.colleagues(workspace).values()
    n_gone = 0
    for bundle_id in bundles.waiting(workspace):
        raw = bundles.content(workspace, bundle_id)
        try:
            opened = open_bundle(raw, reader=workspace.staff, colleagues=senders)
        except IntegrityError:
            is_named = True  # its sender is no colleague any more: it can never be let in
        else:
            is_named = traces.is_named([dict(one) for one in opened.changes], find)
        if is_named:
            bundles.throw_away(workspace, bundle_id)
            n_gone += 1
    return n_gone
