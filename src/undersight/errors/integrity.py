"""Something sealed or chained no longer fits."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import IntegrityError


class RecordUnreadableError(IntegrityError):
    """A sealed record that does not open: changed, moved, or under another key."""

    code: ClassVar[str] = "record-unreadable"

    def __init__(self) -> None:
        super().__init__(
            "A sealed record does not open with its key: it was changed or does not belong here.",
            "Run `undersight verify`, then restore the casebook from a backup.",
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


class ObjectDamagedError(IntegrityError):
    """An object whose bytes no longer fit its digest."""

    code: ClassVar[str] = "object-damaged"

    def __init__(self, digest: str, reason: str) -> None:
        self.digest, self.reason = digest, reason
        super().__init__(
            f"Object {digest} is damaged: {reason}.",
            "Restore it from a backup; do not rely on what was read from it.",
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


class SignatureMismatchError(IntegrityError):
    """A signature that does not fit the bytes or the signer."""

    code: ClassVar[str] = "signature-mismatch"

    def __init__(self, signer: str) -> None:
        self.signer = signer
        super().__init__(
            f"The signature is not by {signer} over these bytes.",
            "Do not use the file; ask the sender for it again by another way.",
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


class CasebookDamagedError(IntegrityError):
    """A database file that is not whole."""

    code: ClassVar[str] = "casebook-damaged"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path} is damaged: {reason}.",
            "If it is a copy that was made while somebody wrote, copy the whole folder again with "
            "undersight closed; otherwise restore it from a backup. Keep the damaged file.",
        )


class CasebookBehindError(IntegrityError):
    """A database file that lacks changes that were stored in it."""

    code: ClassVar[str] = "casebook-behind"

    def __init__(self, path: str, n_missing: int, n_written: int, mark: str) -> None:
        self.path, self.n_missing, self.n_written, self.mark = path, n_missing, n_written, mark
        super().__init__(
            f"{path} lacks the last {n_missing} of {n_written} changes that were stored: an older "
            "file, or a copy made while undersight was open.",
            "Close undersight and copy the whole folder again, casebook.db-wal too, or restore a "
            f"backup. If nothing better is left: delete {mark} and go on without them.",
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
            f"The bundle is signed by {staff_id} ({fingerprint}), not among your colleagues.",
            "Compare these digits by voice, then add their line: undersight staff add LINE.",
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


class SealDamagedError(IntegrityError):
    """A seal, or a part of one, that is not as it was made."""

    code: ClassVar[str] = "seal-damaged"

    def __init__(self, seal_id: str, reason: str) -> None:
        self.seal_id, self.reason = seal_id, reason
        super().__init__(
            f"Seal {seal_id} does not hold: {reason}.",
            "Run `undersight verify` for the whole report; put back the copy from a backup.",
        )


class StampRejectedError(IntegrityError):
    """A time authority's reply that does not hold."""

    code: ClassVar[str] = "stamp-rejected"

    def __init__(self, authority: str, kind: str, reason: str) -> None:
        self.authority, self.kind, self.reason = authority, kind, reason
        super().__init__(
            f"The time stamp by {authority} is not accepted ({kind}): {reason}.",
            "Nothing was kept of it: ask again, ask another, or name who really made it.",
        )


class RunDamagedError(IntegrityError):
    """A file of a detection run that is not as it was written."""

    code: ClassVar[str] = "run-damaged"

    def __init__(self, run_id: str, name: str) -> None:
        self.run_id, self.name = run_id, name
        super().__init__(
            f"{name} of run {run_id} is missing or is not as it was written.",
            "Put the folder from a backup in its place, or run the detectors again.",
        )
