"""Handovers and deposits that cannot be made or compared as asked."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import ConflictError, InputError, IntegrityError, NotFoundError


class PartTakenError(ConflictError):
    """Two different files under one name in a package."""

    code: ClassVar[str] = "part-taken"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"Two different files of the package would be called {name}.",
            "Report this: names in a package are made from digests and ids.",
        )


class EmptyHandoverError(InputError):
    """A handover of nothing."""

    code: ClassVar[str] = "empty-handover"

    def __init__(self, n_withheld: int) -> None:
        self.n_withheld = n_withheld
        withheld = f"; {n_withheld} objects are not for this audience" if n_withheld else ""
        super().__init__(
            f"Nothing was selected that can be handed over{withheld}.",
            "Name entries, objects (digests), seals or findings, or give --since DAY; redact what "
            "is not for everyone (`undersight redact`).",
        )


class UnknownSelectionError(NotFoundError):
    """A word of a selection that is nothing here."""

    code: ClassVar[str] = "unknown-selection"

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(
            f"{word} is no entry, object, seal or finding of this workspace.",
            "See `undersight incident list`, `undersight seal --list`, `undersight findings`.",
        )


class UnknownDepositError(NotFoundError):
    """A deposit that is not there."""

    code: ClassVar[str] = "unknown-deposit"

    def __init__(self, name: str, known: tuple[str, ...], number: int | None = None) -> None:
        self.name, self.known, self.number = name, known, number
        which = f"deposit {number} of {name}" if number is not None else f"deposit of {name}"
        there = ", ".join(known[:10]) or "none"
        super().__init__(
            f"There is no {which}. Deposits here: {there}.",
            "See `undersight deposit list`.",
        )


class DepositSingleError(InputError):
    """One deposit where two are compared."""

    code: ClassVar[str] = "deposit-single"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is one deposit of {name}; a difference needs two.",
            f"Make another: `undersight deposit {name} FILE…`.",
        )


class HalfMismatchError(IntegrityError):
    """A file or opening that is not the one committed to."""

    code: ClassVar[str] = "half-mismatch"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"No commitment of {name} opens to this file with this opening.",
            "Take the opening that was written beside this very file; both must be unchanged.",
        )


class OwnerNotShownError(InputError):
    """A deposit without the person whose custody is to be laid over it."""

    code: ClassVar[str] = "owner-not-shown"

    def __init__(self, party_id: str) -> None:
        self.party_id = party_id
        super().__init__(
            f"{party_id} is no person or organisation of the casebook.",
            "See `undersight party list`; give its id with --owner.",
        )
