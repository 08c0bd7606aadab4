"""Colleagues without a server: signed, encrypted bundles between laptops."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from undersight.errors import AnotherColleagueError, UnknownColleagueError
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json
from undersight.model.change import change_to_json
from undersight.vault.bundle import seal_bundle
from undersight.vault.custody import now_us
from undersight.vault.staff import StaffPublic, parse_staff_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from undersight.workbench.session import Workspace

_COLLEAGUES = "colleagues"


def colleagues(workspace: Workspace) -> dict[str, StaffPublic]:
    """Return those whose bundles are accepted here, by staff id."""
    stored = workspace.keyring.item(_COLLEAGUES)
    lines: list[str] = json.loads(bytes(stored)) if stored else []
    found = (parse_staff_line(line) for line in lines)
    return {staff.staff_id: staff for staff in found}


def add_colleague(workspace: Workspace, line: str) -> StaffPublic:
    """Accept a colleague by the public line they gave you.

    Raises:
        InvalidStaffLineError: The line is none, or mistyped.
        AnotherColleagueError: Somebody is known by this id and other keys.
    """
    staff = parse_staff_line(line)
    known = colleagues(workspace)
    mine = workspace.staff.public
    if known.get(staff.staff_id, staff) != staff or (
        staff.staff_id == mine.staff_id and staff != mine
    ):
        raise AnotherColleagueError(staff.staff_id)
    _store(workspace, known | {staff.staff_id: staff})
    return staff


def remove_colleague(workspace: Workspace, staff_id: str) -> None:
    """Accept no further bundle of a colleague; what was merged stays.

    Raises:
        UnknownColleagueError: Nobody of this id.
    """
    known = colleagues(workspace)
    if staff_id not in known:
        raise UnknownColleagueError(staff_id)
    del known[staff_id]
    _store(workspace, known)


def _store(workspace: Workspace, known: dict[str, StaffPublic]) -> None:
    lines = [known[staff_id].line() for staff_id in sorted(known)]
    workspace.keyring.put_item(_COLLEAGUES, canonical_json(lines))


def share(workspace: Workspace, staff_ids: Sequence[str] = ()) -> tuple[bytes, int]:
    """Return a bundle of every change here, and how many there are.

    Args:
        workspace: The workspace.
        staff_ids: Who may open it; all colleagues if empty.

    Raises:
        UnknownColleagueError: Nobody of this id, or no colleague at all.
    """
    known = colleagues(workspace)
    for staff_id in staff_ids:
        if staff_id not in known:
            raise UnknownColleagueError(staff_id)
    recipients = [known[staff_id] for staff_id in (staff_ids or sorted(known))]
    if not recipients:
        raise UnknownColleagueError("to share with")
    changes = [change_to_json(change) for change in workspace.casebook.changes_since()]
    sealed = seal_bundle(changes, sender=workspace.staff, recipients=recipients, at_us=now_us())
    return sealed, len(changes)


def write(workspace: Workspace, out: Path, staff_ids: Sequence[str] = ()) -> dict[str, Any]:
    """Write a bundle of every change here to a file, whole or not at all; return both, as JSON.

    Args:
        workspace: The workspace.
        out: The file.
        staff_ids: Who may open it; all colleagues if empty.

    Raises:
        UnknownColleagueError: Nobody of this id, or no colleague at all.
        BackendError: The disk is full or read-only.
    """
    sealed, n_changes = share(workspace, staff_ids)
    with durable.disk_errors(out):
        durable.write_atomic(out, sealed)
    return {"file": str(out), "changes": n_changes}
