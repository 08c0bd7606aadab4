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

    def __init__(self, kind: str, field: str, nearest: tuple[str, ...] = ()) -> None:
        self.kind, self.field, self.nearest = kind, field, nearest
        meant = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(
            f"{kind} has no field “{field}”.{meant}",
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


# --- disk ----------------------------------------------------------------------------------


class DiskFullError(BackendError):
    """The disk, or what a quota leaves of it, is full."""

    code: ClassVar[str] = "disk-full"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"There is no room left to write {path}.",
            "Free some space and run the command again; what was stored before is untouched.",
        )


class ReadOnlyError(BackendError):
    """A folder or disk that may not be written."""

    code: ClassVar[str] = "read-only"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path} may not be written.",
            "Check its permissions and whether the disk is write-protected; nothing was changed.",
        )


class DiskFailedError(BackendError):
    """The system refused to read or write a file of the workspace."""

    code: ClassVar[str] = "disk-failed"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"The system refused {path}: {reason}.",
            "Check that the disk is connected and healthy, then run the command again.",
        )


# --- canonical bytes, records --------------------------------------------------------------


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


class RecordUnreadableError(IntegrityError):
    """A sealed record that does not open: changed, moved, or under another key."""

    code: ClassVar[str] = "record-unreadable"

    def __init__(self) -> None:
        super().__init__(
            "A sealed record does not open with its key: it was changed or does not belong here.",
            "Run `undersight verify`, then restore the casebook from a backup.",
        )


# --- drafting ------------------------------------------------------------------------------


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


class LocalModelError(BackendError):
    """A model's server that does not answer as agreed."""

    code: ClassVar[str] = "local-model"

    def __init__(self, endpoint: str, reason: str) -> None:
        self.endpoint, self.reason = endpoint, reason
        super().__init__(
            f"The model at {endpoint} is of no use: {reason}.",
            "Check that the server runs and the address ends in /v1, or draft without a model.",
        )


# --- workspace, settings, keys -------------------------------------------------------------


class WorkspaceNotFoundError(NotFoundError):
    """No workspace here, nor in any folder above."""

    code: ClassVar[str] = "workspace-not-found"

    def __init__(self, start: str) -> None:
        self.start = start
        super().__init__(
            f"{start} is not in a workspace: no undersight.toml here or above.",
            "Make one with `undersight init DIR`, or name one with --workspace DIR.",
        )


class FolderNotEmptyError(ConflictError):
    """A folder that holds something cannot become a workspace."""

    code: ClassVar[str] = "folder-not-empty"

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(
            f"{folder} is not an empty folder, so no workspace was made in it.",
            "Name a folder that does not exist yet, or an empty one.",
        )


class WorkspaceBusyError(ConflictError):
    """Another process writes in the workspace."""

    code: ClassVar[str] = "workspace-busy"

    def __init__(self, folder: str, *, verb: str = "", pid: int = 0, host: str = "") -> None:
        self.folder, self.verb, self.pid, self.host = folder, verb, pid, host
        who = f"`undersight {verb}` (process {pid} on {host})" if verb else "another process"
        super().__init__(
            f"{folder} is being written by {who}.",
            "Wait until it ends, then run the command again; reading needs no waiting.",
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
    """A passphrase that does not open what it was given for."""

    code: ClassVar[str] = "wrong-passphrase"

    def __init__(self, path: str) -> None:
        self.path = path
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


class KeyringDamagedError(IntegrityError):
    """A keyring whose bytes are not the ones that were written."""

    code: ClassVar[str] = "keyring-damaged"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path} is damaged: {reason}.",
            "Put the copy of keyring.json from a backup in its place; without one the encrypted "
            "parts cannot be opened.",
        )


class SealedFileDamagedError(IntegrityError):
    """An encrypted file whose bytes are not the ones that were written."""

    code: ClassVar[str] = "sealed-file-damaged"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path} is damaged: {reason}.", "Put the copy from a backup in its place."
        )


# --- vault ---------------------------------------------------------------------------------


class ObjectNotFoundError(NotFoundError):
    """A digest that the vault does not hold."""

    code: ClassVar[str] = "object-not-found"

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(
            f"The vault holds no object {digest}.",
            "Check the digest; `undersight verify` names objects that are missing.",
        )


class ObjectDamagedError(IntegrityError):
    """An object whose bytes no longer fit its digest."""

    code: ClassVar[str] = "object-damaged"

    def __init__(self, digest: str, reason: str) -> None:
        self.digest, self.reason = digest, reason
        super().__init__(
            f"Object {digest} is damaged: {reason}.",
            "Restore it from a backup; do not rely on what was read from it.",
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


class CustodyBrokenError(IntegrityError):
    """A custody log that cannot be continued because it does not hold."""

    code: ClassVar[str] = "custody-broken"

    def __init__(self, path: str, i: int, reason: str) -> None:
        self.path, self.i, self.reason = path, i, reason
        super().__init__(
            f"{path} does not hold at entry {i}: {reason}",
            "Run `undersight verify` for the whole report; compare with a backup.",
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


class InvalidStaffLineError(InputError):
    """Text that is not a colleague's public line."""

    code: ClassVar[str] = "invalid-staff-line"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"This is not a colleague's public line: {reason}.",
            "Ask for the line that starts with undersight-staff1 again, and paste all of it.",
        )


class SignatureMismatchError(IntegrityError):
    """A signature that does not fit the bytes or the signer."""

    code: ClassVar[str] = "signature-mismatch"

    def __init__(self, signer: str) -> None:
        self.signer = signer
        super().__init__(
            f"The signature is not by {signer} over these bytes.",
            "Do not use the file; ask the sender for it again by another way.",
        )


class NotForThisStaffError(InputError):
    """An encrypted bundle that was not made for this staff key."""

    code: ClassVar[str] = "not-for-this-staff"

    def __init__(self, staff_id: str) -> None:
        self.staff_id = staff_id
        super().__init__(
            f"The bundle does not open with the key of {staff_id}.",
            "Give the sender your public line and ask for a bundle made for it.",
        )


# --- entries -------------------------------------------------------------------------------


class UnknownKeyError(InputError):
    """A local key in an entry document that nothing in it carries."""

    code: ClassVar[str] = "unknown-key"

    def __init__(self, where: str, key: str, known: tuple[str, ...] = ()) -> None:
        self.where, self.key, self.known = where, key, known
        have = f" It has: {', '.join(known)}." if known else ""
        super().__init__(
            f"{where} names “{key}”, but no record and no part of this entry is called that.{have}",
            "Give the other part a `key:`, or write the id of a record.",
        )


class NothingToUndoError(NotFoundError):
    """Undo was asked for and nothing was done yet."""

    code: ClassVar[str] = "nothing-to-undo"

    def __init__(self) -> None:
        super().__init__("There is nothing to undo here.", "Changes of a record: undersight history ID.")


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


# --- export --------------------------------------------------------------------------------


class InternalExportError(InputError):
    """Internal records on their way out of the workspace without anybody having said so."""

    code: ClassVar[str] = "internal-export"

    def __init__(self) -> None:
        super().__init__(
            "These are internal records: names, notes and sources that are not for others.",
            "Export for the audience public or partner, or ask for internal records explicitly.",
        )


class ForeignFolderError(ConflictError):
    """A folder with files that a report did not write and so must not replace."""

    code: ClassVar[str] = "foreign-folder"

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(
            f"{folder} holds files that were not written by a report, so nothing was written.",
            "Name a folder that does not exist yet, an empty one, or one written by a report.",
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


class TypesettingFailedError(BackendError):
    """The typesetter refused a document."""

    code: ClassVar[str] = "typesetting-failed"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The PDF could not be set: {reason}.",
            "Nothing was written. Please report this with the version of typst.",
        )


class UnansweredHarmError(ConflictError):
    """A publication with questions of the do-no-harm check still open."""

    code: ClassVar[str] = "unanswered-harm"

    def __init__(self, incident_ids: tuple[str, ...], n_questions: int) -> None:
        self.incident_ids, self.n_questions = incident_ids, n_questions
        entries = ", ".join(incident_ids)
        super().__init__(
            f"{n_questions} question(s) of the do-no-harm check are not answered for {entries}.",
            "Read and answer each question; nothing was published.",
        )


# --- casebook ------------------------------------------------------------------------------


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


class WrongReferenceError(InputError):
    """A reference to a record of a kind that the field does not take."""

    code: ClassVar[str] = "wrong-reference"

    def __init__(self, field: str, record_id: str, found: str, wanted: tuple[str, ...]) -> None:
        self.field, self.record_id, self.found, self.wanted = field, record_id, found, wanted
        super().__init__(
            f"{field} takes the id of a record of kind {' or '.join(wanted)}; "
            f"{record_id} is of kind {found}.",
            "Correct the id and try again; nothing was stored.",
        )


class RecordExistsError(ConflictError):
    """A record that is already there and was to be made."""

    code: ClassVar[str] = "record-exists"

    def __init__(self, record_id: str) -> None:
        self.record_id = record_id
        super().__init__(
            f"Record {record_id} exists already.", "Change it, or make one with another id."
        )


class RecordRetractedError(ConflictError):
    """A change to a record that was taken out."""

    code: ClassVar[str] = "record-retracted"

    def __init__(self, record_id: str) -> None:
        self.record_id = record_id
        super().__init__(
            f"Record {record_id} was retracted.", "Restore it first; it is still in the history."
        )


class MergedRecordError(ConflictError):
    """A party that was decided to be the same as another, which stands for both."""

    code: ClassVar[str] = "merged-record"

    def __init__(self, record_id: str, kept_id: str) -> None:
        self.record_id, self.kept_id = record_id, kept_id
        super().__init__(
            f"Party {record_id} was merged into {kept_id}.",
            f"Use {kept_id}, or take the decision back first.",
        )


class WithdrawnRecordError(ConflictError):
    """A person who was withdrawn and may not come back."""

    code: ClassVar[str] = "withdrawn-record"

    def __init__(self, record_id: str, day: str) -> None:
        self.record_id, self.day = record_id, day
        super().__init__(
            f"Party {record_id} was withdrawn on {day}; it can be neither changed nor named again.",
            "Record what happened with an unnamed party.",
        )


class CannotWithdrawError(ConflictError):
    """A withdrawal of something that is not a person."""

    code: ClassVar[str] = "cannot-withdraw"

    def __init__(self, record_id: str, found: str) -> None:
        self.record_id, self.found = record_id, found
        super().__init__(
            f"Only people can be withdrawn; {record_id} is of kind {found}.",
            "Retract the record instead.",
        )


class AppendOnlyError(ConflictError):
    """A change to something that is only ever added to."""

    code: ClassVar[str] = "append-only"

    def __init__(self, record_id: str, kind: str) -> None:
        self.record_id, self.kind = record_id, kind
        super().__init__(
            f"A record of kind {kind} is never overwritten ({record_id}).",
            "Add a new one that corrects it.",
        )


class ChangedSinceError(ConflictError):
    """An undo of a change whose fields were changed again later."""

    code: ClassVar[str] = "changed-since"

    def __init__(self, change_id: str, field: str, later_id: str) -> None:
        self.change_id, self.field, self.later_id = change_id, field, later_id
        super().__init__(
            f"Change {change_id} cannot be undone: {field} was changed again by {later_id}.",
            f"Undo {later_id} first, or write the value that is right now.",
        )


class CannotUndoError(ConflictError):
    """A change that has no way back."""

    code: ClassVar[str] = "cannot-undo"

    def __init__(self, change_id: str, op: str) -> None:
        self.change_id, self.op = change_id, op
        super().__init__(
            f"Change {change_id} ({op}) cannot be undone.",
            "What it erased is gone; what it added can be corrected by a new change.",
        )


class MalformedChangeError(InputError):
    """A change from elsewhere that is not one."""

    code: ClassVar[str] = "malformed-change"

    def __init__(self, change_id: str, reason: str) -> None:
        self.change_id, self.reason = change_id, reason
        super().__init__(
            f"Change {change_id or '(without id)'} cannot be read: {reason}.",
            "Ask your colleague to share again; nothing was merged.",
        )


class ForgedChangeError(IntegrityError):
    """Two changes under one id that say different things."""

    code: ClassVar[str] = "forged-change"

    def __init__(self, change_id: str) -> None:
        self.change_id = change_id
        super().__init__(
            f"Change {change_id} is known here with other content.",
            "One of the two copies was altered: run `undersight verify` on both. "
            "Nothing was merged.",
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


class CasebookBusyError(ConflictError):
    """Another process keeps writing the casebook."""

    code: ClassVar[str] = "casebook-busy"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"Another process is writing {path}.",
            "Wait until it ends and try again; nothing of yours was stored.",
        )


class CasebookDamagedError(IntegrityError):
    """A database file that is not whole."""

    code: ClassVar[str] = "casebook-damaged"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path} is damaged: {reason}.", "Restore it from a backup; keep the damaged file."
        )


class DatabaseFailedError(BackendError):
    """A database that refused."""

    code: ClassVar[str] = "database-failed"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"The database {path} refused: {reason}.",
            "Check that it can be reached and has room, then run the command again.",
        )


class DriverMissingError(BackendError):
    """A database driver that is not installed."""

    code: ClassVar[str] = "driver-missing"

    def __init__(self, driver: str, install: str) -> None:
        self.driver, self.install = driver, install
        super().__init__(
            f"This casebook needs the package {driver}, which is not installed.",
            f"Install it with: pip install '{install}'",
        )


class NoSecureDeleteError(BackendError):
    """A database library that cannot overwrite what is deleted."""

    code: ClassVar[str] = "no-secure-delete"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"The SQLite library would leave deleted text in {path}, so it was not opened.",
            "Install the package sqlcipher3, or a SQLite that knows PRAGMA secure_delete.",
        )


class DamagedFileError(InputError):
    """A file that is not of its format, or is cut or broken."""

    code: ClassVar[str] = "damaged-file"

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(
            f"The file cannot be read at {where}: {reason}.",
            "Save or export it again; nothing of it was stored.",
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


class UnknownRoleError(InputError):
    """A column that the table lacks, or a meaning that no column can have."""

    code: ClassVar[str] = "unknown-role"

    def __init__(self, name: str, known: tuple[str, ...], *, is_column: bool) -> None:
        self.name, self.known, self.is_column = name, known, is_column
        what = "The table has no column" if is_column else "No column can mean"
        super().__init__(
            f"{what} “{name}”.", f"Choose among: {', '.join(known)}. Write --map COLUMN=MEANING."
        )


class UnmappedValueError(InputError):
    """A cell that cannot be understood as what its column means."""

    code: ClassVar[str] = "unmapped-value"

    def __init__(self, column: str, value: str, expected: str) -> None:
        self.column, self.value, self.expected = column, value, expected
        super().__init__(
            f"“{value}” in {column} is not {expected}.",
            "Correct the cell, or give the column another meaning with --map COLUMN=rest.",
        )


class DayOrderError(InputError):
    """A date such as 03/04/2024, which two customs read as two days."""

    code: ClassVar[str] = "day-order"

    def __init__(self, column: str, value: str) -> None:
        self.column, self.value = column, value
        super().__init__(
            f"“{value}” in {column} can be two days, and no other row tells which is meant.",
            "Give --day-first or --month-first.",
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


class UnknownFormatError(InputError):
    """A file that no importer recognises."""

    code: ClassVar[str] = "unknown-format"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name, self.known = name, known
        super().__init__(
            f"The format of {name} is not known.", f"Readable formats: {', '.join(known)}."
        )


class TableNotTextError(InputError):
    """A table where a text was asked for."""

    code: ClassVar[str] = "table-not-text"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name} is a table, and a draft is made from text.",
            f"Bring its rows in with `undersight import {name}`.",
        )


class FormUnreadableError(InputError):
    """A form that is not YAML or not an entry."""

    code: ClassVar[str] = "form-unreadable"

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(
            f"The form cannot be read at line {line}: {reason}.",
            "Mind the indentation; put text with a colon in quotation marks.",
        )


class EditingStoppedError(InputError):
    """A form that was closed without saving."""

    code: ClassVar[str] = "editing-stopped"

    def __init__(self) -> None:
        super().__init__("The form was closed without saving.", "Nothing was recorded.")


class FixedFieldError(InputError):
    """A field of an entry that an update may not overwrite."""

    code: ClassVar[str] = "fixed-field"

    def __init__(self, field: str, allowed: tuple[str, ...]) -> None:
        self.field, self.allowed = field, allowed
        super().__init__(
            f"An update cannot set “{field}”; it can add {', '.join(allowed)}.",
            "Correct the entry itself with `undersight incident edit ID --set FIELD=VALUE`.",
        )


class UnreadableAssignmentError(InputError):
    """A word that is not ``field=value``."""

    code: ClassVar[str] = "unreadable-assignment"

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(f"“{word}” is not FIELD=VALUE.", "Such as verification=confirmed.")


class ImportRefusedError(InputError):
    """An import with rows that cannot be stored."""

    code: ClassVar[str] = "import-refused"

    def __init__(self, n_issues: int, n_read: int) -> None:
        self.n_issues, self.n_read = n_issues, n_read
        super().__init__(
            f"{n_issues} of {n_read} records cannot be stored, so none was.",
            "Mend them (the issues are listed above), or store the others with --allow-issues.",
        )


class UnknownFormatIdError(InputError):
    """An export format that does not exist."""

    code: ClassVar[str] = "unknown-format-id"

    def __init__(self, format_id: str, known: tuple[str, ...], nearest: tuple[str, ...]) -> None:
        self.format_id, self.known, self.nearest = format_id, known, nearest
        meant = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(
            f"There is no export format “{format_id}”.{meant}", f"Formats: {', '.join(known)}."
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


class BundleDamagedError(IntegrityError):
    """A bundle of changes that is incomplete or none."""

    code: ClassVar[str] = "bundle-damaged"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The bundle cannot be used: {reason}.", "Ask for it again; nothing was merged."
        )


class UnknownSenderError(IntegrityError):
    """A bundle signed by somebody nobody here vouches for."""

    code: ClassVar[str] = "unknown-sender"

    def __init__(self, staff_id: str, fingerprint: str) -> None:
        self.staff_id, self.fingerprint = staff_id, fingerprint
        super().__init__(
            f"The bundle is signed by {staff_id} ({fingerprint}), who is not among your colleagues.",
            "Compare these digits by voice, then add their line: undersight staff add LINE.",
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


class BackupDamagedError(IntegrityError):
    """A backup that cannot be restored."""

    code: ClassVar[str] = "backup-damaged"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"The backup in {path} cannot be used: {reason}.",
            "Make a new one from the workspace as soon as you can: undersight backup FOLDER.",
        )


class ServerCasebookError(SettingsError):
    """A backup of a casebook that is not in the workspace."""

    code: ClassVar[str] = "server-casebook"

    def __init__(self) -> None:
        super().__init__(
            "The casebook is on a PostgreSQL server and not in the workspace folder.",
            "Back the server up with its own tools (pg_dump), and keep keyring.json with it.",
        )


class UnknownSearchError(NotFoundError):
    """A name that no kept search has."""

    code: ClassVar[str] = "unknown-search"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name, self.known = name, known
        have = ", ".join(known) if known else "none yet"
        super().__init__(f"No search is kept under “{name}”.", f"Kept searches: {have}.")


class ExportedRecordsError(InputError):
    """An export of ours with lines that cannot be read back."""

    code: ClassVar[str] = "exported-records"

    def __init__(self, issues: tuple[tuple[int, str], ...]) -> None:
        self.issues = issues
        listed = "; ".join(f"line {line}: {sentence}" for line, sentence in issues[:3])
        super().__init__(
            f"{len(issues)} lines of the export cannot be read, so nothing was stored ({listed}).",
            "Export it again, or ask for the file again.",
        )
