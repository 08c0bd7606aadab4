"""A database, disk or engine refused."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import BackendError


class DiskFullError(BackendError):
    """The disk, or what a quota leaves of it, is full."""

    code: ClassVar[str] = "disk-full"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"There is no room left to write {path}.",
            "Free some space and run the command again; what was stored before is untouched.",
        )


class ReadOnlyError(BackendError):
    """A folder or disk that may not be written."""

    code: ClassVar[str] = "read-only"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path} may not be written.",
            "Check its permissions and whether the disk is write-protected; nothing was changed.",
        )


class OutdatedReadOnlyError(BackendError):
    """A casebook of an older version that may not be written, so cannot be brought up to date."""

    code: ClassVar[str] = "outdated-read-only"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path} was made by an older version, and it may not be written to bring it up to "
            "date.",
            "Copy the whole workspace folder to where it may be written, and open the copy.",
        )


class NotNotedError(BackendError):
    """What is taken out of a workspace is noted in it, and it may not be written."""

    code: ClassVar[str] = "not-noted"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"What leaves a workspace is noted in it, and {path} may not be written: nothing was "
            "taken out.",
            "Copy the whole workspace folder to where it may be written, and run the command "
            "there.",
        )


class DiskFailedError(BackendError):
    """The system refused to read or write a file of the workspace."""

    code: ClassVar[str] = "disk-failed"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"The system refused {path}: {reason}.",
            "Check that the disk is connected and healthy, then run the command again.",
        )


class LocalModelError(BackendError):
    """A model's server that does not answer as agreed."""

    code: ClassVar[str] = "local-model"

    def __init__(self, endpoint: str, reason: str) -> None:
        self.endpoint, self.reason = endpoint, reason
        super().__init__(
            f"The model at {endpoint} is of no use: {reason}.",
            "Check that the server runs and the address ends in /v1, or draft without a model.",
        )


class TypesettingFailedError(BackendError):
    """The typesetter refused a document."""

    code: ClassVar[str] = "typesetting-failed"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The PDF could not be set: {reason}.",
            "Nothing was written. Please report this with the version of typst.",
        )


class FontMissingError(BackendError):
    """Letters that no font on this computer has."""

    code: ClassVar[str] = "font-missing"

    def __init__(self, letters: str) -> None:
        self.letters = letters
        super().__init__(
            f"The PDF was not made: no font on this computer has the letters “{letters}”.",
            "Install a font that has them, such as one of the Noto fonts, and try again; nothing "
            "was written.",
        )


class DatabaseFailedError(BackendError):
    """A database that refused."""

    code: ClassVar[str] = "database-failed"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"The database {path} refused: {reason}.",
            "Check that it can be reached and has room, then run the command again.",
        )


class DriverMissingError(BackendError):
    """A database driver that is not installed."""

    code: ClassVar[str] = "driver-missing"

    def __init__(self, driver: str, install: str) -> None:
        self.driver, self.install = driver, install
        super().__init__(
            f"This casebook needs the package {driver}, which is not installed.",
            f"Install it with: pip install '{install}'",
        )


class NoSecureDeleteError(BackendError):
    """A database library that cannot overwrite what is deleted."""

    code: ClassVar[str] = "no-secure-delete"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"The SQLite library would leave deleted text in {path}, so it was not opened.",
            "Install the package sqlcipher3, or a SQLite that knows PRAGMA secure_delete.",
        )


class AuthorityUnreachableError(BackendError):
    """A time authority that does not answer."""

    code: ClassVar[str] = "authority-unreachable"

    def __init__(self, authority: str, reason: str) -> None:
        self.authority, self.reason = authority, reason
        super().__init__(
            f"The time authority {authority} did not answer: {reason}.",
            "The seal stays unstamped and valid; run `undersight stamp` again when online.",
        )


class PartnerCopyNotReadyError(BackendError):
    """What partners may see is still being put together from a large casebook."""

    code: ClassVar[str] = "partner-copy-not-ready"

    def __init__(self) -> None:
        super().__init__(
            "What partners may see is being put together from the casebook.",
            "Ask again in a few minutes; the page in a browser does so by itself.",
        )
