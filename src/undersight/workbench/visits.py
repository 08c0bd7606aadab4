"""When a member of staff looked last, to show what is new since: places in the log, no content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.workbench.session import Workspace

VISITS_NAME = "visits.json"


def begin(workspace: Workspace) -> int | None:
    """Return how long the casebook's log was at the last visit, and note how long it is now.

    None on the first visit. The note is a convenience: where it cannot be read, all is new.
    """
    path = workspace.layout.root / VISITS_NAME
    known = _read(path)
    before = known.get(workspace.staff_id)
    known[workspace.staff_id] = workspace.casebook.history_head().length
    with durable.disk_errors(path):
        durable.write_atomic(path, canonical_json(known) + b"\n")
    return before if isinstance(before, int) else None


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
