"""Checking that nobody edited anything: history, custody, intakes, objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.workbench.session import Workspace


def verify(
    workspace: Workspace, *, is_deep: bool = False, progress: Callable[[int], object] = id
) -> dict[str, Any]:
    """Check the workspace and return what was found, each break told apart.

    Args:
        workspace: The workspace.
        is_deep: Read every object in the vault to its end.
        progress: Called with the number of objects read.
    """
    history = workspace.casebook.verify_history()
    breaks = [
        {
            "what": "history",
            "kind": b.kind,
            "place": b.seq,
            "record_id": b.record_id,
            "change_id": b.change_id,
        }
        for b in history.breaks
    ]
    custody = workspace.vault.custody.verify()
    if custody.first_break is not None:
        breaks.append({"what": "custody", "kind": str(custody.first_break), "place": None})
    digests = workspace.vault.digests()
    n_read = 0
    for n, digest in enumerate(digests, 1) if is_deep else ():
        try:
            workspace.vault.check(digest)
        except IntegrityError as error:
            breaks.append({"what": "object", "kind": error.code, "place": str(digest)})
        n_read = n
        progress(n)
    return {
        "is_whole": not breaks,
        "changes": history.n_changes,
        "erased": history.n_erased,
        "history_head": history.head.head,
        "custody_entries": custody.n_entries,
        "custody_head": custody.head.head,
        "objects": len(digests),
        "objects_read": n_read,
        "breaks": breaks,
    }
