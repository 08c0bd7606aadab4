"""Taking a JSONL export of ours back in: the same records, the same casebook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from undersight.errors import DamagedFileError, ExportedRecordsError
from undersight.exporters.jsonl import FORMAT, read_jsonl
from undersight.workbench import incidents

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace


def is_ours(raw: bytes) -> bool:
    """Tell from the first line whether a file is a JSONL export of undersight."""
    first = raw.split(b"\n", 1)[0]
    return first.startswith(b"{") and FORMAT.encode("ascii") in first


def take_in(workspace: Workspace, raw: bytes) -> dict[str, int]:
    """Store every record of an export, all or none; records of the same id are left alone.

    Args:
        workspace: Open for writing.
        raw: The file.

    Returns:
        ``read``, ``stored`` and ``known``.

    Raises:
        ExportedRecordsError: A line is damaged, or the file is cut; the first lines are named.
        ConflictError: A record refers to something that is in neither place.
    """
    masthead, records, issues = read_jsonl(io.BytesIO(raw))
    if issues:
        raise ExportedRecordsError(tuple((i.line, i.sentence) for i in issues))
    if masthead is None:
        raise DamagedFileError("line 1", "it has no header")
    builder = incidents.entry_builder(workspace)
    fresh = tuple(record for record in records if not builder.known(record.record_id))
    changes = incidents.pending(fresh)
    if changes:
        workspace.casebook.write(*changes, why="taken in from an export")
    return {"read": len(records), "stored": len(fresh), "known": len(records) - len(fresh)}
