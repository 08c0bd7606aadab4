"""No such record, object or file."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import NotFoundError


class WorkspaceNotFoundError(NotFoundError):
    """No workspace here, nor in any folder above."""

    code: ClassVar[str] = "workspace-not-found"

    def __init__(self, start: str) -> None:
        self.start = start
        super().__init__(
            f"{start} is not in a workspace: no undersight.toml here or above.",
            "Make one with `undersight init DIR`, or name one with --workspace DIR.",
        )


class SlotNotFoundError(NotFoundError):
    """A key slot that the keyring does not have, or its last one."""

    code: ClassVar[str] = "slot-not-found"

    def __init__(self, slot: str, *, is_last: bool = False) -> None:
        self.slot, self.is_last = slot, is_last
        super().__init__(
            f"{slot} is the only key slot and stays."
            if is_last
            else f"The keyring has no key slot “{slot}”.",
            "Add another slot first." if is_last else "List the slots and name one of them.",
        )


class ObjectNotFoundError(NotFoundError):
    """A digest that the vault does not hold."""

    code: ClassVar[str] = "object-not-found"

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(
            f"The vault holds no object {digest}.",
            "Check the digest; `undersight verify` names objects that are missing.",
        )


class NothingBroughtInError(NotFoundError):
    """A file of which nothing stands in the casebook."""

    code: ClassVar[str] = "nothing-brought-in"

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(
            f"Nothing in the casebook came from the file {digest[:12]}.",
            "Entries confirmed from drafts are taken back by `undersight undo`, posts by "
            "`undersight corpus undo`.",
        )


class NotRecordedYetError(NotFoundError):
    """A record asked for as of a day on which it was not recorded yet."""

    code: ClassVar[str] = "not-recorded-yet"

    def __init__(self, record_id: str, day: str, first: str) -> None:
        self.record_id, self.day, self.first = record_id, day, first
        super().__init__(
            f"{record_id} was first recorded on {first}, so nothing of it stood here on {day}.",
            "--as-of asks what this log said on a day, not when something happened.",
        )


class SourceNotFoundError(NotFoundError):
    """An opaque id that the source-identity file does not have."""

    code: ClassVar[str] = "source-not-found"

    def __init__(self, source_id: str) -> None:
        self.source_id = source_id
        super().__init__(
            f"The source-identity file has no {source_id}.",
            "Check the id; removed sources cannot be brought back.",
        )


class NothingToUndoError(NotFoundError):
    """Undo was asked for and nothing was done yet."""

    code: ClassVar[str] = "nothing-to-undo"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to undo here.", "Changes of a record: undersight history ID."
        )


class UnknownRecordError(NotFoundError):
    """An id that no record has."""

    code: ClassVar[str] = "unknown-record"

    def __init__(self, record_id: str, field: str = "") -> None:
        self.record_id, self.field = record_id, field
        where = f" (field {field})" if field else ""
        super().__init__(
            f"There is no record {record_id}{where}.",
            "Look the record up with `undersight search` or `undersight incident list`.",
        )


class UnknownChangeError(NotFoundError):
    """An id that no change has."""

    code: ClassVar[str] = "unknown-change"

    def __init__(self, change_id: str) -> None:
        self.change_id = change_id
        super().__init__(
            f"There is no change {change_id}.",
            "The changes of a record are listed by `undersight incident history ID`.",
        )


class UnknownIncidentError(NotFoundError):
    """An id that no incident has, or a beginning that several have."""

    code: ClassVar[str] = "unknown-incident"

    def __init__(self, named: str, fitting: tuple[str, ...] = ()) -> None:
        self.named, self.fitting = named, fitting
        if fitting:
            said = f"“{named}” fits several incidents: {', '.join(fitting)}."
        else:
            said = f"There is no incident “{named}”."
        super().__init__(said, "`undersight incident list` prints the ids.")


class PartyNotIncidentError(NotFoundError):
    """The id of a party where that of an incident is wanted."""

    code: ClassVar[str] = "party-not-incident"

    def __init__(self, party_id: str) -> None:
        self.party_id = party_id
        super().__init__(
            f"{party_id} is a party, no incident.",
            f"`undersight party show {party_id}` lists the entries it is in.",
        )


class NotVisibleError(NotFoundError):
    """An entry that the chosen audience may not see."""

    code: ClassVar[str] = "not-visible"

    def __init__(self, record_id: str, audience: str) -> None:
        self.record_id, self.audience = record_id, audience
        super().__init__(
            f"The entry {record_id} is not visible to {audience} readers.",
            f"Publish it with `undersight incident publish {record_id}`, "
            "or give --audience internal.",
        )


class UnknownColleagueError(NotFoundError):
    """A staff id that nobody here carries."""

    code: ClassVar[str] = "unknown-colleague"

    def __init__(self, staff_id: str) -> None:
        self.staff_id = staff_id
        super().__init__(
            f"There is no colleague {staff_id}.",
            "`undersight staff list` prints them; add one with `undersight staff add LINE`.",
        )


class UnknownSearchError(NotFoundError):
    """A name that no kept search has."""

    code: ClassVar[str] = "unknown-search"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name, self.known = name, known
        have = ", ".join(known) if known else "none yet"
        super().__init__(f"No search is kept under “{name}”.", f"Kept searches: {have}.")


class SealNotFoundError(NotFoundError):
    """A seal, or an object under one, that is not there."""

    code: ClassVar[str] = "seal-not-found"

    def __init__(self, seal: str, digest: str = "") -> None:
        self.seal, self.digest = seal, digest
        super().__init__(
            f"Object {digest} is not under seal {seal}."
            if digest
            else f"There is no seal {seal}.",
            "`undersight seal --list` prints the seals.",
        )


class SigningKeyNotFoundError(NotFoundError):
    """A signing key that this workspace does not have."""

    code: ClassVar[str] = "signing-key-not-found"

    def __init__(self, named: str) -> None:
        self.named = named
        super().__init__(
            f"There is no signing key “{named}” in use."
            if named
            else "There is no signing key in use yet.",
            "`undersight key list` prints the keys; `undersight key new NAME` makes one.",
        )
