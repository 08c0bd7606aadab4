"""What is wrong with an account, or with who signs in."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import (
    ConflictError,
    InputError,
    IntegrityError,
    NotFoundError,
    SettingsError,
)


class SignInRefusedError(SettingsError):
    """A name, password or second factor that does not fit; which of them is not said."""

    code: ClassVar[str] = "sign-in-refused"

    def __init__(self) -> None:
        super().__init__(
            "Name, password or code do not fit.",
            "Type them again; an admin can set a new password.",
        )


class NotSignedInError(ConflictError):
    """Something asked for by a browser in which nobody signed in."""

    code: ClassVar[str] = "not-signed-in"

    def __init__(self) -> None:
        super().__init__("Nobody is signed in here; nothing was done.", "Sign in and try again.")


class UnknownAccountError(NotFoundError):
    """A name that no account has."""

    code: ClassVar[str] = "unknown-account"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is no account “{name}”.", "`undersight account list` shows those there are."
        )


class AccountExistsError(ConflictError):
    """A name that an account has already."""

    code: ClassVar[str] = "account-exists"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"There is an account “{name}” already.", "Choose another name.")


class AccountNameError(InputError):
    """A name that nobody could type to sign in."""

    code: ClassVar[str] = "account-name"

    def __init__(self, n_most: int) -> None:
        self.n_most = n_most
        super().__init__(
            f"A name to sign in with has 1 to {n_most} printable characters.",
            "It need not be a real name; only those with an account see it.",
        )


class WeakPasswordError(SettingsError):
    """A password that is guessed soon."""

    code: ClassVar[str] = "weak-password"

    def __init__(self, n_least: int) -> None:
        self.n_least = n_least
        super().__init__(
            f"The password has fewer than {n_least} characters, or repeats a few.",
            "Take four or five unrelated words.",
        )


class UnknownAccountRoleError(InputError):
    """A role that no account can have."""

    code: ClassVar[str] = "unknown-account-role"

    def __init__(self, role: str, known: tuple[str, ...]) -> None:
        self.role, self.known = role, known
        super().__init__(f"There is no role “{role}”.", f"There are: {', '.join(known)}.")


class LastAdminError(ConflictError):
    """A change after which nobody could manage the accounts."""

    code: ClassVar[str] = "last-admin"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"“{name}” is the last admin; nothing was changed.", "Make somebody else admin first."
        )


class InvitationSpentError(NotFoundError):
    """An invitation that was used, taken back, or is too old."""

    code: ClassVar[str] = "invitation-spent"

    def __init__(self) -> None:
        super().__init__(
            "This invitation does not hold (any more).",
            "Ask whoever invited you for a new one; each makes one account.",
        )


class UnknownSessionError(NotFoundError):
    """A session that ended already."""

    code: ClassVar[str] = "unknown-session"

    def __init__(self) -> None:
        super().__init__("That session has ended already.", "The list shows those that go on.")


class SecondFactorError(InputError):
    """A code or device that does not fit, where somebody sets up a second factor."""

    code: ClassVar[str] = "second-factor"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The second factor was not taken: {reason}.", "Begin it again.")


class AccountsDamagedError(IntegrityError):
    """Rows about accounts that somebody changed behind the program's back."""

    code: ClassVar[str] = "accounts-damaged"

    def __init__(self, table: str, row: str) -> None:
        self.table, self.row = table, row
        super().__init__(
            f"Row {row} of {table} was changed by another program, or is another workspace's.",
            "Ask who else reaches the database; remove the account and make it again.",
        )


class AccountsNeededError(SettingsError):
    """A workbench that others could reach, in which nobody has an account."""

    code: ClassVar[str] = "accounts-needed"

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(
            f"Nobody has an account, and {host} can be reached from other computers.",
            "Make the first one by `undersight account add NAME --role admin`.",
        )
