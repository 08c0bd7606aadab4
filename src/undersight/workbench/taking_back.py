"""Taking back what a file brought into the casebook: what somebody worked on since stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.errors import NothingBroughtInError
from undersight.workbench import imports

if TYPE_CHECKING:
    from undersight.model.change import Change
    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What was taken back.

    Args:
        n_entries: Entries taken back.
        n_kept: Entries that stay, since somebody worked on them.
    """

    n_entries: int
    n_kept: int


@dataclass(slots=True)
class _Standing:
    """How a file came in, and what became of it.

    Attributes:
        changes: The changes by which it came in and that were not taken back.
        touched: Records that something else was written to since.
    """

    changes: list[Change] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)


def take_back(workspace: Workspace, digest: str, *, why: str) -> TakenBack:
    """Take back what a file brought in, so that it can be brought in again.

    Entries that somebody worked on since stay as they are, and so do people, offices and sources
    on which something else has come to rest. Entries that were confirmed from drafts are a
    person's, and stay.

    Args:
        workspace: Open for writing.
        digest: Of the file, or its first characters (12 at least).
        why: The reason, for the history.

    Raises:
        NothingBroughtInError: Nothing that stands came from it.
    """
    standing = _standing(workspace, digest)
    made = {change.record_id for change in standing.changes if not change.parents}
    entries = [change.record_id for change in standing.changes if change.kind == "incident"]
    kept = set(standing.touched)
    n_kept = 0
    for incident_id in entries:
        family = set(workspace.casebook.family(incident_id))
        if not family <= made or family & standing.touched:
            kept |= family
            n_kept += 1
    kept |= _rested_on(workspace, made, kept)
    chosen = [change.change_id for change in standing.changes if change.record_id not in kept]
    if not chosen:
        raise NothingBroughtInError(digest)
    workspace.casebook.undo_together(chosen, f"{why} {imports.taken_back(digest)}")
    return TakenBack(n_entries=len(entries) - n_kept, n_kept=n_kept)


def _rested_on(workspace: Workspace, made: set[str], kept: set[str]) -> set[str]:
    """Return what was made and something that stays points at, in any number of steps."""
    pointing = {
        record_id: {one.record_id for one in workspace.casebook.referring(record_id)}
        for record_id in sorted(made)
    }
    found: set[str] = set()
    while more := {
        record_id
        for record_id, others in pointing.items()
        if record_id not in found and (others - made or others & (kept | found))
    }:
        found |= more
    return found


def _standing(workspace: Workspace, digest: str) -> _Standing:
    mine = _Standing()
    ids: set[str] = set()
    for change in workspace.casebook.changes_since():
        if change.why.endswith(imports.taken_back(digest)):
            mine, ids = _Standing(), set()
        elif change.op == "put" and change.why.endswith(imports.brought_in(digest)):
            mine.changes.append(change)
            ids.add(change.record_id)
        elif change.record_id in ids:
            mine.touched.add(change.record_id)
    return mine
