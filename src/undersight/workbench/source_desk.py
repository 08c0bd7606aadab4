"""The source-identity file: made on first use, opened with its own passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.vault.source_identities import SourceIdentities, create_sources, open_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.workbench.session import Workspace


def identities(workspace: Workspace, passphrase: Callable[[bool], str]) -> SourceIdentities:
    """Open the file of source identities, or make it.

    Args:
        workspace: The workspace.
        passphrase: Gives the file's own passphrase; called with True where it is new.
    """
    path = workspace.layout.sources
    if path.exists():
        return open_sources(path, passphrase(False))  # noqa: FBT003 - whether it is new
    return create_sources(path, passphrase(True))  # noqa: FBT003
