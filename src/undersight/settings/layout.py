"""Where everything of a workspace lies, and how it is found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from undersight.errors import WorkspaceNotFoundError

SETTINGS_NAME = "undersight.toml"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a workspace lies.

    Attributes:
        root: The workspace's folder.
    """

    root: Path

    @property
    def settings_file(self) -> Path:
        """undersight.toml; a folder with one is a workspace."""
        return self.root / SETTINGS_NAME

    @property
    def keyring(self) -> Path:
        """The wrapped keys."""
        return self.root / "keyring.json"

    @property
    def casebook(self) -> Path:
        """The casebook, unless a server holds it."""
        return self.root / "casebook.db"

    @property
    def vault(self) -> Path:
        """Original bytes and the custody log."""
        return self.root / "vault"

    @property
    def sources(self) -> Path:
        """Who the sources are, under a passphrase of its own; absent before the first."""
        return self.root / "sources.sealed"

    @property
    def corpus(self) -> Path:
        """Bulk posts and comments."""
        return self.root / "corpus"

    @property
    def runs(self) -> Path:
        """Detection runs."""
        return self.root / "runs"

    @property
    def exports(self) -> Path:
        """What was made for others, unless a command was given another place."""
        return self.root / "exports"

    @property
    def temporary(self) -> Path:
        """Files in the making, and what an engine spills."""
        return self.root / "tmp"

    def folders(self) -> tuple[Path, ...]:
        """The folders that a new workspace has."""
        return (self.vault, self.corpus, self.runs, self.exports, self.temporary)


def find_workspace(start: Path | None = None, *, named: Path | None = None) -> Layout:
    """The workspace around a folder, as git finds a repository.

    Args:
        start: Where to begin; the current folder by default.
        named: The folder given with --workspace: no other is looked at.

    Raises:
        WorkspaceNotFoundError: There is no undersight.toml.
    """
    first = (named or start or Path.cwd()).absolute()
    candidates = (first,) if named is not None else (first, *first.parents)
    for folder in candidates:
        if (folder / SETTINGS_NAME).is_file():
            return Layout(folder)
    raise WorkspaceNotFoundError(str(first))
