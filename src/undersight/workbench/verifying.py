"""Checking that nobody edited anything: history, logs, objects, seals, time stamps."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from undersight.vault.object_checks import check_objects, expected_objects
from undersight.vault.seal_checks import check_logs, check_seals

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.casebook.verification import HistoryReport
    from undersight.vault.seal_checks import SealReport
    from undersight.workbench.session import Workspace


def verify(
    workspace: Workspace, *, is_deep: bool = False, progress: Callable[[int], object] = id
) -> dict[str, Any]:
    """Check the workspace and return what was found, each break told apart.

    Nothing is asked of anyone: time stamps are checked with the roots that were pinned.

    Args:
        workspace: The workspace.
        is_deep: Read every object in the vault to its end.
        progress: Called with the number of objects looked at.
    """
    vault = workspace.vault
    seals = check_seals(vault)
    logs = check_logs(vault, seals)
    history = workspace.casebook.verify_history(seals.anchors.get("history", ()))
    expected = expected_objects(vault)
    objects = list(check_objects(vault, is_deep=is_deep, expected=expected, progress=progress))
    n_objects = len(expected)
    breaks = [*_history_breaks(history), *map(asdict, [*seals.faults, *objects])]
    return {
        "is_whole": not breaks,
        "changes": history.n_changes,
        "erased": history.n_erased,
        "history_head": history.head.head,
        "custody_entries": logs["custody"].n_entries,
        "custody_head": logs["custody"].head.head,
        "objects": n_objects,
        "objects_read": n_objects if is_deep else 0,
        "seals": seals.n_seals,
        "unstamped": _unstamped(seals),
        "stamps": seals.n_stamps,
        "breaks": breaks,
        "notes": [asdict(note) for note in seals.notes],
    }


def count_objects(workspace: Workspace) -> int:
    """How many objects `verify` will look at, for a progress bar."""
    return len(expected_objects(workspace.vault))


def _history_breaks(history: HistoryReport) -> list[dict[str, Any]]:
    """Where the casebook's history does not hold."""
    return [
        {
            "what": "history",
            "kind": found.kind,
            "place": found.seq,
            "detail": "",
            "record_id": found.record_id,
            "change_id": found.change_id,
        }
        for found in history.breaks
    ]


def _unstamped(seals: SealReport) -> list[str]:
    """Seals that no time authority vouches for yet."""
    return [note.place for note in seals.notes if note.kind == "unstamped"]
