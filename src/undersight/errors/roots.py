"""The root of the tree and its six families."""

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
