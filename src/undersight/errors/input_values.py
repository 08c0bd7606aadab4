"""Values that cannot be used: dates, fields, terms."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import InputError


class InvalidDraftError(InputError):
    """A draft that does not keep the contract of drafts."""

    code: ClassVar[str] = "invalid-draft"

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(
            f"The draft cannot be read at {where}: {reason}.",
            "The form of a draft is described in docs/reference/formats.md; "
            "`undersight incident draft FILE --json` writes one.",
        )


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


class UnknownLanguageError(InputError):
    """A language that the interface does not speak."""

    code: ClassVar[str] = "unknown-language"

    def __init__(self, lang: str, languages: tuple[str, ...]) -> None:
        self.lang, self.languages = lang, languages
        super().__init__(
            f"There is no interface in “{lang}”.",
            f"Choose one of {', '.join(languages)}.",
        )


class UnknownFieldError(InputError):
    """A field that this kind of record does not have."""

    code: ClassVar[str] = "unknown-field"

    def __init__(self, kind: str, field: str, nearest: tuple[str, ...] = (), of: str = "") -> None:
        self.kind, self.field, self.nearest, self.of = kind, field, nearest, of
        meant = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        named = f", which {of} names" if of else ""
        super().__init__(
            f"{kind} has no field “{field}”{named}.{meant}",
            "The fields of every kind of record are listed in docs/reference/records.md.",
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


class NotCanonicalError(InputError):
    """A value that canonical JSON cannot carry without loss."""

    code: ClassVar[str] = "not-canonical"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The value has no canonical form: {reason}.",
            "Use text, whole numbers within ±(2**53 - 1), finite numbers, lists and objects.",
        )


class InvalidDigestError(InputError):
    """Text that is not a SHA-256 digest."""

    code: ClassVar[str] = "invalid-digest"

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f"“{text}” is not a digest.", "A digest has 64 hexadecimal digits (SHA-256)."
        )


class ObjectTooLargeError(InputError):
    """More bytes than the vault takes in one object."""

    code: ClassVar[str] = "object-too-large"

    def __init__(self, cap_bytes: int, source_ref: str = "") -> None:
        self.cap_bytes, self.source_ref = cap_bytes, source_ref
        what = source_ref or "The input"
        super().__init__(
            f"{what} has more than {cap_bytes} bytes, the most that one object may have.",
            "Raise vault.max_object_bytes in undersight.toml; nothing was stored.",
        )


class TextTooLongError(InputError):
    """More text than drafts are made of at once."""

    code: ClassVar[str] = "text-too-long"

    def __init__(self, name: str, cap_bytes: int) -> None:
        self.name, self.cap_bytes = name, cap_bytes
        super().__init__(
            f"{name} has more than {cap_bytes // 1_000_000} MB, the most that is drafted at once.",
            "Give a part of it, such as a year of the log.",
        )


class InvalidStaffLineError(InputError):
    """Text that is not a colleague's public line."""

    code: ClassVar[str] = "invalid-staff-line"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"This is not a colleague's public line: {reason}.",
            "Ask for the line that starts with undersight-staff1 again, and paste all of it.",
        )


class NotForThisStaffError(InputError):
    """An encrypted bundle that was not made for this staff key."""

    code: ClassVar[str] = "not-for-this-staff"

    def __init__(self, staff_id: str) -> None:
        self.staff_id = staff_id
        super().__init__(
            f"The bundle does not open with the key of {staff_id}.",
            "It was made for others, or is damaged or cut off. Give the sender your public line "
            "and ask for the file once more.",
        )


class UnknownKeyError(InputError):
    """A local key in an entry document that nothing in it carries."""

    code: ClassVar[str] = "unknown-key"

    def __init__(self, where: str, key: str, known: tuple[str, ...] = ()) -> None:
        self.where, self.key, self.known = where, key, known
        have = f" It has: {', '.join(known)}." if known else ""
        super().__init__(
            f"{where} names “{key}”, but no record and no part here is called that.{have}",
            "Give the other part a `key:`, or write the id of a record.",
        )


class AnswerNeededError(InputError):
    """A question that only a person or an option can answer, and nobody is there."""

    code: ClassVar[str] = "answer-needed"

    def __init__(self, what: str, option: str) -> None:
        self.what, self.option = what, option
        super().__init__(f"This needs {what}, and there is no terminal to ask.", f"Give {option}.")


class FileUnreadableError(InputError):
    """A file that is not there or cannot be read."""

    code: ClassVar[str] = "file-unreadable"

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name} cannot be read: {reason}.", "Check the path and the file.")


class UnknownZoneError(InputError):
    """A time zone that does not exist."""

    code: ClassVar[str] = "unknown-zone"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is no time zone “{name}”.", "Write an IANA zone, such as Asia/Baku or UTC."
        )


class EmptyEntryError(InputError):
    """An entry in which nothing is filled in."""

    code: ClassVar[str] = "empty-entry"

    def __init__(self) -> None:
        super().__init__(
            "The entry says nothing yet.", "Give a title, an act, a summary or a source at least."
        )
