"""What stops a backup before it touches the one there is."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import ConflictError, NotFoundError


class BackupOfAnotherError(ConflictError):
    """A backup folder that another workspace's backup is in."""

    code: ClassVar[str] = "backup-of-another"

    def __init__(self, folder: str, workspace_id: str) -> None:
        self.folder, self.workspace_id = folder, workspace_id
        super().__init__(
            f"{folder} holds the backup of another workspace ({workspace_id}).",
            "Name another folder; nothing was changed in this one.",
        )


class BackupFormatError(ConflictError):
    """A backup folder in a form that this version restores and does not continue."""

    code: ClassVar[str] = "backup-format"

    def __init__(self, folder: str, found: int, known: int) -> None:
        self.folder, self.found, self.known = folder, found, known
        super().__init__(
            f"The backup in {folder} is of format {found}; this undersight writes format {known}.",
            "Back up to a new folder; then delete this one, for it keeps what was erased since."
            if found < known
            else "Install the newer undersight; nothing was changed.",
        )


class BackupPlaceError(ConflictError):
    """A backup inside the workspace that it is of."""

    code: ClassVar[str] = "backup-place"

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(
            f"{folder} lies inside the workspace and would be lost together with it.",
            "Name a folder outside, best on another disk.",
        )


class BackupWouldLoseError(ConflictError):
    """A workspace that misses something which its backup still has."""

    code: ClassVar[str] = "backup-would-lose"

    def __init__(self, folder: str, missing: str) -> None:
        self.folder, self.missing = folder, missing
        super().__init__(
            f"The backup in {folder} was left as it is: the workspace misses {missing}.",
            "Run `undersight verify`. If something was damaged, restore from this backup; to "
            "replace it all the same, add --replace.",
        )


class UnknownBackupError(NotFoundError):
    """A backup that this workspace does not know of."""

    code: ClassVar[str] = "unknown-backup"

    def __init__(self, backup_id: str) -> None:
        self.backup_id = backup_id
        super().__init__(
            f"This workspace knows of no backup {backup_id}.",
            "`undersight backup --list` prints those it knows.",
        )
