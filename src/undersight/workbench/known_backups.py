"""Which backup folders there are of a workspace, and which still hold what was erased since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.integrity.canonical import canonical_json

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.workbench.session import Workspace

_KNOWN_ITEM = "backups"
_ERASING = frozenset({"erase", "corpus-undo", "corpus-expire"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBackup:
    """A backup folder, as the workspace remembers it.

    Args:
        backup_id: Its random id.
        place: Where it was when it was last brought up to date.
        made_at_us: When that was, epoch µs UTC.
        n_erased_since: Withdrawals, erased objects and imports taken out since: that copy still
            holds them.
    """

    backup_id: str
    place: str
    made_at_us: int
    n_erased_since: int


def known_backups(workspace: Workspace) -> tuple[KnownBackup, ...]:
    """Every backup folder of this workspace, the one that is longest behind first."""
    known = _known(workspace)
    n_erased = _n_erased(workspace) if known else 0
    found = [
        KnownBackup(
            backup_id=backup_id,
            place=str(one["place"]),
            made_at_us=int(one["made_at_us"]),
            n_erased_since=n_erased - int(one["n_erased"]),
        )
        for backup_id, one in known.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.made_at_us, one.backup_id)))


def forget_backup(workspace: Workspace, backup_id: str) -> bool:
    """Forget a backup folder that was destroyed; return whether it was known."""
    known = _known(workspace)
    was_known = known.pop(backup_id, None) is not None
    if was_known:
        workspace.keyring.put_item(_KNOWN_ITEM, canonical_json(known))
    return was_known


def _known(workspace: Workspace) -> dict[str, dict[str, Any]]:
    raw = workspace.keyring.item(_KNOWN_ITEM)
    known: dict[str, dict[str, Any]] = {} if raw is None else json.loads(bytes(raw))
    return known


def remember_backup(workspace: Workspace, backup_id: str, target: Path) -> None:
    """Note that a backup folder is up to date now."""
    known = _known(workspace)
    known[backup_id] = {
        "place": str(target.resolve()),
        "made_at_us": workspace.now_us,
        "n_erased": _n_erased(workspace),
    }
    workspace.keyring.put_item(_KNOWN_ITEM, canonical_json(known))


def _n_erased(workspace: Workspace) -> int:
    """How often something was erased for good, by whatever clock: counts do not go back."""
    entries = workspace.vault.custody.entries()
    n_taken_out = sum(entry.action in _ERASING for entry in entries)
    return n_taken_out + workspace.casebook.n_withdrawn()
