"""Settings, options or a passphrase are wrong."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import SettingsError


class RemoteModelRefusedError(SettingsError):
    """A model's address that is not on this machine."""

    code: ClassVar[str] = "remote-model-refused"

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(
            f"“{host}” is not on this machine, so no text is sent there.",
            "Give a loopback address such as http://127.0.0.1:8080/v1, "
            "or allow a remote model explicitly.",
        )


class WorkspaceTooNewError(SettingsError):
    """A workspace made by a newer undersight."""

    code: ClassVar[str] = "workspace-too-new"

    def __init__(self, path: str, found: int, known: int) -> None:
        self.path, self.found, self.known = path, found, known
        super().__init__(
            f"{path} has format {found}; this undersight knows formats up to {known}.",
            "Install the newer undersight; nothing was changed.",
        )


class SettingsUnreadableError(SettingsError):
    """A settings file that is missing or not TOML."""

    code: ClassVar[str] = "settings-unreadable"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path} cannot be read as settings: {reason}.",
            "Correct the line; docs/reference/settings.md shows every setting.",
        )


class UnknownSettingError(SettingsError):
    """A setting that does not exist."""

    code: ClassVar[str] = "unknown-setting"

    def __init__(self, path: str, setting: str, nearest: tuple[str, ...] = ()) -> None:
        self.path, self.setting, self.nearest = path, setting, nearest
        meant = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(
            f"{path}: there is no setting “{setting}”.{meant}",
            "docs/reference/settings.md shows every setting.",
        )


class InvalidSettingError(SettingsError):
    """A setting of the wrong type or out of its range."""

    code: ClassVar[str] = "invalid-setting"

    def __init__(self, path: str, setting: str, expected: str, found: str) -> None:
        self.path, self.setting, self.expected, self.found = path, setting, expected, found
        super().__init__(
            f"{path}: {setting} must be {expected}, not {found}.",
            "Correct the setting and run the command again.",
        )


class PassphraseNeededError(SettingsError):
    """Something encrypted, and no passphrase to open it."""

    code: ClassVar[str] = "passphrase-needed"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path} is encrypted and no passphrase was given.",
            "Type it when asked, or put it in a file and name that with --passphrase-file FILE.",
        )


class WrongPassphraseError(SettingsError):
    """A passphrase that does not open what it was given for, or keys that do not."""

    code: ClassVar[str] = "wrong-passphrase"

    def __init__(self, path: str, *, has_other_keys: bool = False) -> None:
        self.path, self.has_other_keys = path, has_other_keys
        if has_other_keys:
            super().__init__(
                f"{path} belongs to another workspace: it was made with other keys.",
                "A new workspace needs an empty database. To work in this one, use the browser of "
                "the computer where it was made, with an account for each person.",
            )
            return
        super().__init__(
            f"The passphrase does not open {path}.",
            "Check the keyboard layout and capital letters. Nobody can recover a lost passphrase.",
        )


class WeakPassphraseError(SettingsError):
    """A new passphrase that is too short to keep anyone out."""

    code: ClassVar[str] = "weak-passphrase"

    def __init__(self, n_characters: int, n_least: int) -> None:
        self.n_characters, self.n_least = n_characters, n_least
        super().__init__(
            f"The passphrase has {n_characters} characters; it needs at least {n_least}.",
            "Six or seven unrelated words are easy to remember and hard to guess.",
        )


class PlainWorkspaceError(SettingsError):
    """A plain workspace has no passphrase to change or slots to hold."""

    code: ClassVar[str] = "plain-workspace"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path} is plain: it was made without a passphrase and stays so.",
            "Make an encrypted workspace with `undersight init DIR` and move the records to it.",
        )


class MissingExtraError(SettingsError):
    """A feature whose optional packages are not installed."""

    code: ClassVar[str] = "missing-extra"

    def __init__(self, what: str, extra: str) -> None:
        self.what, self.extra = what, extra
        super().__init__(
            f"{what} needs packages that are not installed.",
            f"Install them with: pip install 'undersight[{extra}]'",
        )


class CasebookTooNewError(SettingsError):
    """A casebook made by a newer undersight."""

    code: ClassVar[str] = "casebook-too-new"

    def __init__(self, path: str, found: str, known: str) -> None:
        self.path, self.found, self.known = path, found, known
        super().__init__(
            f"{path} has schema {found}; this undersight knows schemas up to {known}.",
            "Install the newer undersight; nothing was changed.",
        )


class WorkspaceTooOldError(SettingsError):
    """A workspace of an older format that was not yet brought up to date."""

    code: ClassVar[str] = "workspace-too-old"

    def __init__(self, path: str, found: int, known: int) -> None:
        self.path, self.found, self.known = path, found, known
        super().__init__(
            f"{path} has format {found} and must be brought to format {known} first.",
            "Open it with a command that writes: it is backed up, migrated and verified.",
        )


class ServerCasebookError(SettingsError):
    """A backup of a casebook that is not in the workspace."""

    code: ClassVar[str] = "server-casebook"

    def __init__(self) -> None:
        super().__init__(
            "The casebook is on a PostgreSQL server and not in the workspace folder.",
            "Back the server up with its own tools (pg_dump), and keep keyring.json with it.",
        )


class RootMissingError(SettingsError):
    """A time authority whose root certificate nobody chose to believe yet."""

    code: ClassVar[str] = "root-missing"

    def __init__(self, authority: str, path: str) -> None:
        self.authority, self.path = authority, path
        super().__init__(
            f"There is no root certificate for the time authority {authority} at {path}.",
            "Get it from the authority, compare its SHA-256 with the published one, and save it "
            "there (PEM); nothing was asked.",
        )


class UnknownAuthorityError(SettingsError):
    """A time authority that undersight.toml does not name."""

    code: ClassVar[str] = "unknown-authority"

    def __init__(self, authority: str, known: tuple[str, ...]) -> None:
        self.authority, self.known = authority, known
        super().__init__(
            f"undersight.toml names no time authority “{authority}”.",
            f"It names: {', '.join(known) or 'none'}.",
        )
