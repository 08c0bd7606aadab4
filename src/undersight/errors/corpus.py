"""Imports of the corpus that are not there, cannot be read or have no known format."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import BackendError, InputError, IntegrityError, NotFoundError


class UnknownImportError(NotFoundError):
    """An id that no import of the corpus has, or a beginning that several have."""

    code: ClassVar[str] = "unknown-import"

    def __init__(self, named: str, fitting: tuple[str, ...] = ()) -> None:
        self.named, self.fitting = named, fitting
        super().__init__(
            f"“{named}” fits several imports: {', '.join(fitting)}."
            if fitting
            else f"There is no import “{named}”.",
            "`undersight corpus` prints the ids of the imports.",
        )


class CorpusDamagedError(IntegrityError):
    """An import of the corpus that cannot be read."""

    code: ClassVar[str] = "corpus-damaged"

    def __init__(self, import_id: str, reason: str) -> None:
        self.import_id, self.reason = import_id, reason
        super().__init__(
            f"The import {import_id} of the corpus is damaged: {reason}.",
            "Move its folder out of corpus/ and import the file again; the original is sealed.",
        )


class QueryTooLargeError(BackendError):
    """A question to the corpus that needs more memory, or disk beside it, than there is."""

    code: ClassVar[str] = "query-too-large"

    def __init__(self, *, can_spill: bool) -> None:
        self.can_spill = can_spill
        super().__init__(
            "The corpus is too large to be looked at with the memory that is free here.",
            "Free some disk for the workspace's tmp folder, or close other programs."
            if can_spill
            else "Close other programs, or take a machine with more memory: an encrypted "
            "workspace never goes on on the disk. Imports that are not needed can be taken out "
            "(undersight corpus undo).",
        )


class UnknownImporterError(InputError):
    """A format of files that nobody here reads."""

    code: ClassVar[str] = "unknown-importer"

    def __init__(self, format_id: str, known: tuple[str, ...]) -> None:
        self.format_id, self.known = format_id, known
        super().__init__(
            f"There is no file format “{format_id}”.", f"Give --as one of: {', '.join(known)}."
        )
