"""What an open workspace keeps in memory between requests: things read whole that never change.

A desk that is locked lets go of all of it with its keys.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from undersight.workbench.session import Workspace

Made = TypeVar("Made")
_MOST = 48
"""More than reading ahead makes, or it would push out what it has just counted."""
_COUNTED = "counted-in-posts"
_LARGE = 100_000
"""With fewer rows everything is counted in a tenth of a second."""


def kept(workspace: Workspace, key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what was made for a key, or make it; the oldest goes where there are too many.

    Args:
        workspace: Open.
        key: Names the thing and the state of what it is made from.
        make: Makes it, the same every time.
    """
    shelf = workspace.kept
    if key not in shelf:
        made = make()
        while len(shelf) >= _MOST:
            shelf.pop(next(iter(shelf)), None)
        shelf[key] = made
        return made
    return cast("Made", shelf[key])


def counted(workspace: Workspace, name: str, make: Callable[[], Any]) -> Any:
    """Return a JSON value that was counted in the very posts that are read now, or count it.

    Args:
        workspace: Open.
        name: Of the value; a name of a file.
        make: Counts it, the same every time.
    """

    def read() -> Any:
        raw = workspace.corpus.counted(name)
        return make() if raw is None else json.loads(raw)

    return kept(workspace, (_COUNTED, name, workspace.corpus.state()), read)


def is_at_hand(workspace: Workspace, name: str) -> bool:
    """Whether `counted` answers at once: it was counted before, or little is loaded.

    Args:
        workspace: Open.
        name: Of the value.
    """
    if not is_large(workspace):
        return True
    key = (_COUNTED, name, workspace.corpus.state())
    return key in workspace.kept or workspace.corpus.counted(name) is not None


def is_large(workspace: Workspace) -> bool:
    """Whether counting in the posts takes so long that it is done before anybody asks.

    Args:
        workspace: Open.
    """
    tables = (one.tables.values() for one in workspace.corpus.imports())
    return sum(table.n_rows for some in tables for table in some) >= _LARGE


def keep_counted(workspace: Workspace) -> None:
    """Keep beside the posts what was counted in them, for whoever looks after the next start.

    Args:
        workspace: Open for writing.

    Raises:
        BackendError: The disk is full or read-only.
    """
    state = workspace.corpus.state()
    values = {
        key[1]: json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        for key, value in list(workspace.kept.items())
        if isinstance(key, tuple) and key[0] == _COUNTED and key[2] == state
    }
    workspace.corpus.keep_counted(values, state)
