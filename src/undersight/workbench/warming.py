"""What takes seconds to count is counted when a large workspace is opened: nobody waits.

What is counted stays in memory, as when a page had asked for it first, and is brought up to date
by the log like all that is remembered. What is counted in posts is kept beside them as well.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from undersight.casebook import lists
from undersight.errors import CorpusDamagedError, UndersightError
from undersight.workbench import counting, keeping, looking_ahead, publishing

if TYPE_CHECKING:
    from undersight.workbench.desk import Desk
    from undersight.workbench.session import Workspace

_LARGE = 10_000
"""With fewer entries everything is counted in less than a second."""
_LOG = logging.getLogger(__name__)


def begin(desk: Desk) -> threading.Thread | None:
    """Begin to count in a thread of its own, where that takes long; locking the desk ends it.

    Args:
        desk: An unlocked workspace.
    """
    with desk.reading() as workspace:
        with workspace.casebook.unit() as work:
            newest, n_entries = lists.incident_page(work.connection, limit=1)
        if n_entries < _LARGE and not _has_many_posts(workspace):
            return None
    first = newest if n_entries >= _LARGE else []
    thread = threading.Thread(target=_count, args=(desk, first), name="warming", daemon=True)
    thread.start()
    return thread


def _has_many_posts(workspace: Workspace) -> bool:
    """Whether the posts are worth it; damaged ones are told by their page, not by the door."""
    try:
        return keeping.is_large(workspace)
    except CorpusDamagedError:
        return False


def _count(desk: Desk, newest: list[str]) -> None:
    try:
        if newest:
            _count_casebook(desk, newest)
        with desk.reading() as workspace:
            is_counted = looking_ahead.read(workspace)
        if is_counted:
            with desk.writing("serve count") as workspace:
                keeping.keep_counted(workspace)
            with desk.reading() as workspace:
                looking_ahead.draw(workspace)
        desk.settle()
    except UndersightError as error:
        # Locked meanwhile, or what a page tells better than a log.
        _LOG.info("desk.not-warmed", extra={"code": error.code})


def _count_casebook(desk: Desk, newest: list[str]) -> None:
    with desk.reading() as workspace:
        publishing.harm_findings(workspace, newest, audience="public")
    with desk.reading() as workspace:
        counting.counted(workspace, lang="en")
