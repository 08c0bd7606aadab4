"""What goes wrong between people who keep one casebook."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import ConflictError, InputError, NotFoundError


class UnknownBundleError(NotFoundError):
    """A bundle that is not kept here."""

    code: ClassVar[str] = "unknown-bundle"

    def __init__(self, bundle_id: str) -> None:
        self.bundle_id = bundle_id
        super().__init__(
            f"There is no bundle {bundle_id} that waits.",
            "It was let in or thrown away; take the file in again if it is still needed.",
        )


class AnotherColleagueError(ConflictError):
    """A line with the id of somebody who is known here by other keys."""

    code: ClassVar[str] = "another-colleague"

    def __init__(self, staff_id: str) -> None:
        self.staff_id = staff_id
        super().__init__(
            f"{staff_id} is known here already, with other keys than this line has.",
            "Whoever made the line could pass for them. If they tell you themselves that their "
            f"keys are new, take the old ones out first: `undersight staff remove {staff_id}`.",
        )


class NoSuchDisagreementError(ConflictError):
    """A field on which nobody disagrees any more."""

    code: ClassVar[str] = "no-such-disagreement"

    def __init__(self, record_id: str, field: str) -> None:
        self.record_id, self.field = record_id, field
        super().__init__(
            f"{field} of {record_id} does not stand with this value beside another.",
            "Somebody decided meanwhile; look again (`undersight history --conflicts`).",
        )


class SecondPersonNeededError(ConflictError):
    """An entry that whoever recorded or changed it last may not open to readers."""

    code: ClassVar[str] = "second-person-needed"

    def __init__(self, incident_id: str, staff_id: str) -> None:
        self.incident_id, self.staff_id = incident_id, staff_id
        super().__init__(
            f"{incident_id} was last worked on by {staff_id}, who may not be the one to open it.",
            "Ask somebody else to read and open it; undersight.toml says so: "
            "[publishing] needs_second_person = true.",
        )


class BulkChangeError(InputError):
    """A change of many entries that cannot be made."""

    code: ClassVar[str] = "bulk-change"

    def __init__(self, field: str, problem: str, advice: str) -> None:
        self.field, self.problem, self.advice = field, problem, advice
        super().__init__(f"{field} of these entries cannot be changed: {problem}.", f"{advice}.")


class NothingChosenError(InputError):
    """A change of many entries without an entry."""

    code: ClassVar[str] = "nothing-chosen"

    def __init__(self) -> None:
        super().__init__("No entry was chosen.", "Tick at least one entry, then go on.")
