"""What the browser face refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from undersight.errors.roots import (
    BackendError,
    ConflictError,
    InputError,
    NotFoundError,
    SettingsError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP = 1024


class ForeignHostError(InputError):
    """A request under a name that is not this computer's."""

    code: ClassVar[str] = "foreign-host"

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(
            f"This workbench does not answer under the name “{host}”.",
            "Open the address that `undersight serve` prints.",
        )


class ForeignRequestError(InputError):
    """A request that another page sent, or a form older than the session."""

    code: ClassVar[str] = "foreign-request"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"Nothing was done: {reason}.",
            "Open the page again in this browser and send the form from there.",
        )


class RequestTooLargeError(InputError):
    """A request with more bytes than its page takes."""

    code: ClassVar[str] = "request-too-large"

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.at_most = _in_units(most_bytes)
        super().__init__(
            f"That is more than the {self.at_most} that this page takes.",
            "Send less at a time, or use the command line.",
        )


class UnreadableRequestError(InputError):
    """A form that does not hold what its page asks for."""

    code: ClassVar[str] = "unreadable-request"

    def __init__(self, field: str, expected: str) -> None:
        self.field, self.expected = field, expected
        super().__init__(
            f"The field “{field}” should hold {expected}.", "Correct it and send the form again."
        )


class NotTheSameTwiceError(InputError):
    """A new passphrase or password whose two entries differ."""

    code: ClassVar[str] = "not-the-same-twice"

    def __init__(self) -> None:
        super().__init__(
            "The new passphrase or password is not the same both times.",
            "Type it twice, slowly; look at the keyboard layout.",
        )


class TooManyAttemptsError(ConflictError):
    """A passphrase, password or code guessed too often in a row."""

    code: ClassVar[str] = "too-many-attempts"

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(
            f"It was wrong too often; the next try is in {wait_s} s.",
            "Wait, then type it slowly; look at the keyboard layout.",
        )


class LockedError(ConflictError):
    """A page of a workspace that is locked, or that this browser did not unlock."""

    code: ClassVar[str] = "locked"

    def __init__(self) -> None:
        super().__init__(
            "The workspace is locked; nothing was done.", "Unlock it with its passphrase."
        )


class EditedMeanwhileError(ConflictError):
    """A form about a record that somebody changed since the form was opened."""

    code: ClassVar[str] = "edited-meanwhile"

    def __init__(self, record_id: str, fields: tuple[str, ...]) -> None:
        self.record_id, self.fields = record_id, fields
        super().__init__(
            f"{', '.join(fields)} of {record_id} changed since you opened this form; "
            "nothing of yours was stored.",
            "Compare what stands there now with yours and send what is right.",
        )


class UnknownPageError(NotFoundError):
    """An address at which there is no page."""

    code: ClassVar[str] = "unknown-page"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"There is no page at {path}.", "Start again from the first page.")


class PortTakenError(BackendError):
    """A port at which another program answers."""

    code: ClassVar[str] = "port-taken"

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__(
            f"Another program already answers at port {port} of this computer.",
            "Name another one with --port, or 0 for any that is free.",
        )


class ForbiddenError(SettingsError):
    """Something that the one who asks may not do here."""

    code: ClassVar[str] = "forbidden"
    TOLD: ClassVar[Mapping[str, str]] = {
        "inside": "see what is internal",
        "draft": "add anything",
        "write": "change or decide anything",
        "publish": "let anything out",
        "admin": "look after accounts, keys and settings",
    }

    def __init__(self, right: str) -> None:
        self.right = right
        told = self.TOLD.get(right, right)
        super().__init__(f"Your account may not {told} here.", "Ask somebody who may.")


class UnknownDraftError(NotFoundError):
    """A draft that nobody began, or that is done."""

    code: ClassVar[str] = "unknown-draft"

    def __init__(self, draft_id: str) -> None:
        self.draft_id = draft_id
        super().__init__(
            f"There is nothing to decide under “{draft_id}”.",
            "The list of drafts shows what was begun; what is done is in the casebook.",
        )


class UndecidedFieldsError(ConflictError):
    """An entry with fields that nobody has looked at."""

    code: ClassVar[str] = "undecided-fields"

    def __init__(self, n_fields: int) -> None:
        self.n_fields = n_fields
        super().__init__(
            f"{n_fields} proposed field(s) are not decided yet; nothing was stored.",
            "Accept, change or reject each of them; nothing enters that nobody has seen.",
        )


def _in_units(n_bytes: int) -> str:
    """A number of bytes as people say it, in whole units."""
    units = ["bytes", "KiB", "MiB", "GiB"]
    while n_bytes >= _STEP and n_bytes % _STEP == 0 and len(units) > 1:
        n_bytes, units = n_bytes // _STEP, units[1:]
    return f"{n_bytes} {units[0]}"
