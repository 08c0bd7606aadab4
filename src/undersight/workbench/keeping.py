"""What an open workspace keeps in memory between requests: things read whole that never change.

A desk that is locked lets go of all of it with its keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from undersight.workbench.session import Workspace

Made = TypeVar("Made")
_MOST = 24


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
