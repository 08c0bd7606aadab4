"""What whoever looks first at millions of posts would wait for is counted when they change.

It is kept beside the posts. Where a page comes before it, the page counts.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from undersight.errors import UndersightError
from undersight.workbench import keeping, posts_summary, run_views, runs, targets

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace

_MOST_RUNS = 4
"""The latest runs whose pages are read ahead; each takes seconds with millions of posts."""
_LOG = logging.getLogger(__name__)


def read(workspace: Workspace) -> bool:
    """Count what the pages of posts and of the latest runs show; False where little is loaded.

    Args:
        workspace: Open.

    Raises:
        CorpusDamagedError: An import cannot be read.
        RunDamagedError: A run is not as it was written.
    """
    if not keeping.is_large(workspace):
        return False
    posts_summary.corpus_summary(workspace)
    targets.commented(workspace)
    for run_id in runs.run_ids(workspace)[-_MOST_RUNS:]:
        run_views.read_ahead(workspace, run_id)
    return True


def draw(workspace: Workspace) -> None:
    """Write the latest run's report, as whoever opens the workspace is likely to ask for it.

    In another language than English its drawing is at hand all the same.

    Args:
        workspace: Open.

    Raises:
        RunDamagedError: The run is not as it was written.
    """
    for run_id in runs.run_ids(workspace)[-1:]:
        run_views.report_of(workspace, run_id, lang="en")


def count(workspace: Workspace) -> None:
    """Count and keep it; what was done before stands, whatever hinders this.

    Args:
        workspace: Open for writing.
    """
    try:
        if read(workspace):
            keeping.keep_counted(workspace)
    except UndersightError as error:
        # Whoever looks at the page counts then, and is told what is wrong.
        _LOG.info("posts.not-counted", extra={"code": error.code})
