"""Two things cannot both stand, or somebody else is writing."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import ConflictError

_MOST_NAMED = 20  # entries that one sentence names


class FolderNotEmptyError(ConflictError):
    """A folder that holds something cannot become a workspace."""

    code: ClassVar[str] = "folder-not-empty"

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(
            f"{folder} is not an empty folder, so no workspace was made in it.",
            "Name a folder that does not exist yet, or an empty one.",
        )


class FileThereError(ConflictError):
    """A file that is never replaced stands where a new one was to be written."""

    code: ClassVar[str] = "file-there"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path} exists already, and it was left as it is.",
            "Name a file that does not exist yet, such as one with today's date in it.",
        )


class WorkspaceBusyError(ConflictError):
    """Another process writes in the workspace."""

    code: ClassVar[str] = "workspace-busy"

    def __init__(self, folder: str, *, verb: str = "", pid: int = 0, host: str = "") -> None:
        self.folder, self.verb, self.pid, self.host = folder, verb, pid, host
        what = "a Python program" if verb == "python" else f"`undersight {verb}`"
        who = f"{what} (process {pid} on {host})" if verb else "another process"
        super().__init__(
            f"{folder} is being written by {who}.",
            "Wait until it ends, then run the command again; reading needs no waiting.",
        )


class NotOpenForWritingError(ConflictError):
    """Something that writes was asked of a workspace that is open for reading only."""

    code: ClassVar[str] = "not-open-for-writing"

    def __init__(self, verb: str) -> None:
        self.verb = verb
        super().__init__(
            f"{verb}() writes, and this workspace is open for reading; nothing was written.",
            "Open it with Workspace.open(folder, is_writing=True), and close it soon: nobody else "
            "can write until then.",
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


class UnansweredHarmError(ConflictError):
    """A publication with questions of the do-no-harm check still open."""

    code: ClassVar[str] = "unanswered-harm"

    def __init__(self, incident_ids: tuple[str, ...], n_questions: int) -> None:
        self.incident_ids, self.n_questions = incident_ids, n_questions
        entries = ", ".join(incident_ids[:_MOST_NAMED])
        if len(incident_ids) > _MOST_NAMED:
            entries += f" and {len(incident_ids) - _MOST_NAMED} more"
        super().__init__(
            f"{n_questions} question(s) of the do-no-harm check are not answered for {entries}.",
            "Answer them by `undersight incident publish` or in the browser; nothing went out.",
        )


class UntitledEntryError(ConflictError):
    """An entry that was to be opened to readers and has no title."""

    code: ClassVar[str] = "untitled-entry"

    def __init__(self, incident_id: str) -> None:
        self.incident_id = incident_id
        super().__init__(
            f"Entry {incident_id} has no title, so it was not opened to readers.",
            f"Run `undersight incident edit {incident_id} --set title=… --why untitled`.",
        )


class JobStillOpenError(ConflictError):
    """Long work that was to be taken out of the list and has not ended."""

    code: ClassVar[str] = "job-still-open"

    def __init__(self, job_id: str, state: str) -> None:
        self.job_id, self.state = job_id, state
        super().__init__(
            f"The work {job_id} is {state}, so it stays in the list.",
            "Stop it first, or wait until it has ended.",
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
            f"Use {kept_id}, or take the decision back first: "
            f"`undersight party separate {record_id}`.",
        )


class AlreadyOnePartyError(ConflictError):
    """Two parties to be merged that an earlier decision made one."""

    code: ClassVar[str] = "already-one-party"

    def __init__(self, kept_id: str, other_id: str, stands_id: str) -> None:
        self.kept_id, self.other_id, self.stands_id = kept_id, other_id, stands_id
        super().__init__(
            f"Parties {kept_id} and {other_id} are one already: {stands_id} stands for them.",
            f"Nothing is left to do; `undersight party separate {other_id}` makes them two again."
            if stands_id == kept_id
            else f"Nothing was changed. For {kept_id} to stand: `undersight party separate "
            f"{kept_id}`, then `undersight party merge {kept_id} {stands_id}`.",
        )


class NamesDifferError(ConflictError):
    """Two people to be merged whose names tell of two, by somebody who did not say they know."""

    code: ClassVar[str] = "names-differ"

    def __init__(self, kept_id: str, other_id: str, reasons: tuple[str, ...]) -> None:
        self.kept_id, self.other_id, self.reasons = kept_id, other_id, reasons
        super().__init__(
            f"The names of {kept_id} and {other_id} tell of two people ({'; '.join(reasons)}), "
            "so nothing was merged.",
            f"If they are one all the same: `undersight party merge {kept_id} {other_id} --same` "
            "--why, with what shows it.",
        )


class DecidedApartError(ConflictError):
    """Two parties to be merged that an earlier decision keeps apart."""

    code: ClassVar[str] = "decided-apart"

    def __init__(self, kept_id: str, other_id: str, apart: tuple[str, str]) -> None:
        self.kept_id, self.other_id, self.apart = kept_id, other_id, apart
        super().__init__(
            f"Parties {kept_id} and {other_id} cannot be one: {apart[0]} and {apart[1]}, whom "
            "that would make one person, were decided to be two.",
            f"If they are one: `undersight party merge {apart[0]} {apart[1]} --unsure` takes "
            "that decision back; then merge again.",
        )


class DecidedAgainError(ConflictError):
    """A decision to be brought back, on two parties that were decided on again since."""

    code: ClassVar[str] = "decided-again"

    def __init__(self, kept_id: str, other_id: str) -> None:
        self.kept_id, self.other_id = kept_id, other_id
        super().__init__(
            f"Parties {kept_id} and {other_id} were decided on again since, so the earlier "
            "decision was not brought back.",
            f"Decide anew: `undersight party merge {kept_id} {other_id}`, with --same, "
            "--different or --unsure.",
        )


class SamePartyError(ConflictError):
    """One party that was named as both of two."""

    code: ClassVar[str] = "same-party"

    def __init__(self, record_id: str) -> None:
        self.record_id = record_id
        super().__init__(
            f"Party {record_id} was named twice; it is one with itself.",
            "Name two parties, the one that stands for both first.",
        )


class NotMergedError(ConflictError):
    """A party to be separated that no decision made one with another."""

    code: ClassVar[str] = "not-merged"

    def __init__(self, record_id: str) -> None:
        self.record_id = record_id
        super().__init__(
            f"Party {record_id} is merged with nobody, so nothing was taken back.",
            "See what was decided: `undersight party show`, `undersight history`.",
        )


class WithdrawnRecordError(ConflictError):
    """A person who was withdrawn and may not come back."""

    code: ClassVar[str] = "withdrawn-record"

    def __init__(self, record_id: str, day: str) -> None:
        self.record_id, self.day = record_id, day
        super().__init__(
            f"Party {record_id} was withdrawn on {day}; it can be neither changed nor named.",
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


class CasebookBusyError(ConflictError):
    """Another process keeps writing the casebook."""

    code: ClassVar[str] = "casebook-busy"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"Another process is writing {path}.",
            "Wait until it ends and try again; nothing of yours was stored.",
        )


class SigningKeyGoneError(ConflictError):
    """A key that was replaced or revoked and does not sign any more."""

    code: ClassVar[str] = "signing-key-gone"

    def __init__(self, key_id: str, state: str) -> None:
        self.key_id, self.state = key_id, state
        super().__init__(
            f"{key_id} signs no more: it is {state}.",
            "Use the key in its place (`undersight key list`), or make one: "
            "undersight key new NAME.",
        )
