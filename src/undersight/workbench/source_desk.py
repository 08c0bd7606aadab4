"""The source-identity file: made on first use, opened with its own passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.vault.source_identities import (
    SourceIdentities,
    SourceIdentity,
    create_sources,
    open_sources,
)

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


def add(
    identities_file: SourceIdentities, *, name: str, contact: str, note: str, consent: str
) -> str:
    """Enter who a source is and return the id that stands for it everywhere else."""
    return identities_file.add(
        SourceIdentity(name=name, contact=contact, note=note, consent=consent)
    )
