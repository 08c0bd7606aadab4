"""Web archives, pictures and documents that cannot be read or made safe to show."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import InputError, IntegrityError


class ArchiveDamagedError(InputError):
    """A web archive that cannot be followed further."""

    code: ClassVar[str] = "archive-damaged"

    def __init__(self, problem: str, where: str, reason: str) -> None:
        self.problem, self.where, self.reason = problem, where, reason
        super().__init__(
            f"The web archive cannot be read at {where or 'its beginning'} ({problem}): {reason}.",
            "See everything that is wrong with `undersight archive check FILE`; keep the file.",
        )


class MediaUnreadableError(InputError):
    """A picture, PDF or message that cannot be opened."""

    code: ClassVar[str] = "media-unreadable"

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(
            f"{what} cannot be opened: {reason}.",
            "The sealed bytes stay as they are; try a copy from the source.",
        )


class RedactionRefusedError(InputError):
    """A redaction that cannot be carried out as asked."""

    code: ClassVar[str] = "redaction-refused"

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(
            f"{what} cannot be redacted so: {reason}.",
            "Correct the request; nothing was written.",
        )


class RedactionLeaksError(IntegrityError):
    """A redacted copy in which something of what was taken out can still be found."""

    code: ClassVar[str] = "redaction-leaks"

    def __init__(self, what: str, found: tuple[str, ...]) -> None:
        self.what, self.found = what, found
        super().__init__(
            f"The redacted copy of {what} still holds: {', '.join(found)}.",
            "It was thrown away; do not publish this file by other means, and report the case.",
        )
