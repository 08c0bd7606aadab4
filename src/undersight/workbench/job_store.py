"""Long work that was asked for, kept so that a restart forgets none of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from undersight.errors import RecordUnreadableError
from undersight.integrity import durable
from undersight.integrity.record_cipher import RecordCipher
from undersight.vault.keyring import KeyPurpose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.workbench.session import Workspace

JOBS_NAME = "jobs.json"
_BOUND_TO = b"jobs"


def read(workspace: Workspace) -> list[dict[str, Any]]:
    """Return the jobs as they were last kept, oldest first.

    They are a convenience: where the file cannot be read, there are none, and nothing is lost
    that cannot be asked for again.
    """
    path = workspace.layout.root / JOBS_NAME
    try:
        content = path.read_bytes()
        if not workspace.keyring.is_plain:
            content = RecordCipher.open(_key(workspace), content, _BOUND_TO)
        found = json.loads(content)
    except (OSError, ValueError, RecordUnreadableError):
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def write(workspace: Workspace, jobs: Sequence[dict[str, Any]]) -> None:
    """Keep the jobs, encrypted where the workspace is; no lock is needed.

    Raises:
        BackendError: The disk refused; what was kept before stands.
    """
    content = json.dumps(list(jobs), ensure_ascii=False, sort_keys=True).encode("utf-8")
    if not workspace.keyring.is_plain:
        content = RecordCipher.seal(_key(workspace), content, _BOUND_TO)
    path = workspace.layout.root / JOBS_NAME
    with durable.disk_errors(path):
        durable.write_atomic(path, content)


def _key(workspace: Workspace) -> bytes:
    return workspace.keyring.subkey(KeyPurpose.RUNS)
