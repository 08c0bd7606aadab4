"""Every exception that undersight raises.

The tree::

    UndersightError
    ├── InputError       what was given cannot be used (exit 3, HTTP 422)
    ├── IntegrityError   something sealed or chained no longer fits (exit 4, HTTP 409)
    ├── NotFoundError    no such record, object or file (exit 3, HTTP 404)
    ├── ConflictError    someone else is writing, or two facts cannot both stand (exit 3, HTTP 409)
    ├── SettingsError    settings, options or a passphrase are wrong (exit 2, HTTP 400)
    └── BackendError     a database, disk or engine refused (exit 5, HTTP 503)

A leaf names one fact. Its ``code`` is stable and has an entry in ``docs/reference/errors.md``;
its constructor takes typed values and builds the sentence; ``hint`` says what to do next.
The core never exits and never prints: the faces map classes to exit codes and HTTP status.
"""

from __future__ import annotations

from typing import ClassVar


class UndersightError(Exception):
    """Root of every error undersight raises on purpose.

    Args:
        sentence: What is wrong, naming the file, line or field.
        hint: What the reader can do about it; empty where nothing can be done.
    """

    code: ClassVar[str] = "undersight-error"

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class InputError(UndersightError):
    """What was given cannot be used."""

    code: ClassVar[str] = "input"


class IntegrityError(UndersightError):
    """Something sealed or chained no longer fits its digest."""

    code: ClassVar[str] = "integrity"


class NotFoundError(UndersightError):
    """No such record, object or file."""

    code: ClassVar[str] = "not-found"


class ConflictError(UndersightError):
    """Someone else is writing, or two facts cannot both stand."""

    code: ClassVar[str] = "conflict"


class SettingsError(UndersightError):
    """Settings, options or a passphrase are wrong."""

    code: ClassVar[str] = "settings"


class BackendError(UndersightError):
    """A database, disk or engine refused."""

    code: ClassVar[str] = "backend"


# --- input ---------------------------------------------------------------------------------


class InvalidDateError(InputError):
    """A date that no calendar has, or that is not of the accepted form."""

    code: ClassVar[str] = "invalid-date"

    def __init__(self, text: str, reason: str, field: str = "") -> None:
        self.text, self.reason, self.field = text, reason, field
        where = f" in {field}" if field else ""
        super().__init__(
            f"“{text}”{where} is not a date: {reason}.",
            "Write 2024-03-05, 2024-03, 2024, 2024-03~ (about), 2024-03-05? (doubtful), "
            "or a range such as 2024-03-05/2024-03-09.",
        )


class UnknownFieldError(InputError):
    """A field that this kind of record does not have."""

    code: ClassVar[str] = "unknown-field"

    def __init__(self, kind: str, field: str, nearest: tuple[str, ...] = ()) -> None:
        self.kind, self.field, self.nearest = kind, field, nearest
        meant = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(
            f"A {kind} has no field “{field}”.{meant}",
            f"The fields of a {kind} are listed in docs/reference/records.md.",
        )


class UnknownTermError(InputError):
    """An id that is not in the vocabulary of a field."""

    code: ClassVar[str] = "unknown-term"

    def __init__(
        self, vocabulary: str, term: str, nearest: tuple[str, ...] = (), field: str = ""
    ) -> None:
        self.vocabulary, self.term, self.nearest, self.field = vocabulary, term, nearest, field
        where = f" (field {field})" if field else ""
        meant = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(
            f"“{term}” is not in the vocabulary {vocabulary}{where}.{meant}",
            f"All terms of {vocabulary} are listed in docs/reference/vocabularies.md.",
        )


class InvalidValueError(InputError):
    """A value of the wrong shape for its field."""

    code: ClassVar[str] = "invalid-value"

    def __init__(self, kind: str, field: str, expected: str, found: str) -> None:
        self.kind, self.field, self.expected, self.found = kind, field, expected, found
        super().__init__(
            f"{kind}.{field} must be {expected}, not {found}.",
            "Correct the value and try again; nothing was stored.",
        )


class UnknownKindError(InputError):
    """A kind of record that does not exist."""

    code: ClassVar[str] = "unknown-kind"

    def __init__(self, kind: str, nearest: tuple[str, ...] = ()) -> None:
        self.kind, self.nearest = kind, nearest
        meant = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(
            f"There is no kind of record called “{kind}”.{meant}",
            "The kinds are listed in docs/reference/records.md.",
        )
