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

from undersight.errors.accounts import (
    AccountExistsError,
    AccountNameError,
    AccountsDamagedError,
    AccountsNeededError,
    InvitationSpentError,
    LastAdminError,
    NotSignedInError,
    SecondFactorError,
    SignInRefusedError,
    UnknownAccountError,
    UnknownAccountRoleError,
    UnknownSessionError,
    WeakPasswordError,
)
from undersight.errors.backend import (
    AuthorityUnreachableError,
    DatabaseFailedError,
    DiskFailedError,
    DiskFullError,
    DriverMissingError,
    LocalModelError,
    NoSecureDeleteError,
    PartnerCopyNotReadyError,
    ReadOnlyError,
    TypesettingFailedError,
)
from undersight.errors.backups import (
    BackupFormatError,
    BackupOfAnotherError,
    BackupPlaceError,
    BackupWouldLoseError,
    UnknownBackupError,
)
from undersight.errors.colleagues import (
    BulkChangeError,
    NoSuchDisagreementError,
    NothingChosenError,
    SecondPersonNeededError,
    UnknownBundleError,
)
from undersight.errors.compat import (
    OptionNotForToolError,
    SettingWithoutToolError,
    UnknownCompatError,
)
from undersight.errors.conflict import (
    AlreadyOnePartyError,
    AppendOnlyError,
    CannotUndoError,
    CannotWithdrawError,
    CasebookBusyError,
    ChangedSinceError,
    DecidedAgainError,
    DecidedApartError,
    FolderNotEmptyError,
    ForeignFolderError,
    JobStillOpenError,
    MergedRecordError,
    NotMergedError,
    RecordExistsError,
    RecordRetractedError,
    SamePartyError,
    SigningKeyGoneError,
    UnansweredHarmError,
    UntitledEntryError,
    WithdrawnRecordError,
    WorkspaceBusyError,
)
from undersight.errors.corpus import (
    CorpusDamagedError,
    QueryTooLargeError,
    UnknownImporterError,
    UnknownImportError,
)
from undersight.errors.detection import (
    EmptyCorpusError,
    InvalidParameterError,
    UnknownDetectorError,
    UnknownFindingError,
    UnknownParameterError,
    UnknownRunError,
    WindowBelowResolutionError,
)
from undersight.errors.engine import EngineFailedError, UnportableStepError
from undersight.errors.evidence import (
    ArchiveDamagedError,
    MediaUnreadableError,
    RedactionLeaksError,
    RedactionRefusedError,
)
from undersight.errors.handing_over import (
    DepositSingleError,
    EmptyHandoverError,
    HalfMismatchError,
    OwnerNotShownError,
    PartTakenError,
    UnknownDepositError,
    UnknownSelectionError,
)
from undersight.errors.input_actions import (
    AmbiguousColumnError,
    MissingColumnError,
    OneWindowError,
    OutputKindError,
    TooManyEdgesError,
    TooManyIdsError,
    TooManyPairsError,
    UnknownColumnError,
    WindowTooWideError,
)
from undersight.errors.input_files import (
    BlockHeaderUnreadableError,
    ColumnsUnclearError,
    DamagedFileError,
    DayOrderError,
    EditingInClearError,
    EditingStoppedError,
    EmptySealError,
    ExportedRecordsError,
    FixedFieldError,
    FormUnreadableError,
    ImportRefusedError,
    InternalExportError,
    MalformedChangeError,
    NoCaseError,
    NotAFileError,
    NotATableError,
    RecordRefusedError,
    RootUnreadableError,
    TableNotTextError,
    TokenUnmatchedError,
    TooManyFilesError,
    UnknownFormatError,
    UnknownFormatIdError,
    UnknownRoleError,
    UnmappedValueError,
    UnreadableAssignmentError,
    WrongReferenceError,
)
from undersight.errors.input_statistics import TooFewMembersError, TooShortSpanError
from undersight.errors.input_values import (
    AnswerNeededError,
    FileUnreadableError,
    InvalidDateError,
    InvalidDigestError,
    InvalidDraftError,
    InvalidStaffLineError,
    InvalidValueError,
    NotCanonicalError,
    NotForThisStaffError,
    ObjectTooLargeError,
    TextTooLongError,
    UnknownFieldError,
    UnknownKeyError,
    UnknownKindError,
    UnknownLanguageError,
    UnknownTermError,
    UnknownZoneError,
)
from undersight.errors.integrity import (
    BackupDamagedError,
    BundleDamagedError,
    CasebookBehindError,
    CasebookDamagedError,
    CustodyBrokenError,
    ForgedChangeError,
    KeyringDamagedError,
    ObjectDamagedError,
    RecordUnreadableError,
    RunDamagedError,
    SealDamagedError,
    SealedFileDamagedError,
    SignatureMismatchError,
    StampRejectedError,
    UnknownSenderError,
)
from undersight.errors.jobs import JobStoppedError, NothingSentError, UnknownJobError
from undersight.errors.not_found import (
    NothingBroughtInError,
    NothingToUndoError,
    NotRecordedYetError,
    NotVisibleError,
    ObjectNotFoundError,
    PartyNotIncidentError,
    SealNotFoundError,
    SigningKeyNotFoundError,
    SlotNotFoundError,
    SourceNotFoundError,
    UnknownChangeError,
    UnknownColleagueError,
    UnknownIncidentError,
    UnknownRecordError,
    UnknownSearchError,
    WorkspaceNotFoundError,
)
from undersight.errors.roots import (
    BackendError,
    ConflictError,
    InputError,
    IntegrityError,
    NotFoundError,
    SettingsError,
    UndersightError,
)
from undersight.errors.settings import (
    CasebookTooNewError,
    InvalidSettingError,
    MissingExtraError,
    PassphraseNeededError,
    PlainWorkspaceError,
    RemoteModelRefusedError,
    RootMissingError,
    ServerCasebookError,
    SettingsUnreadableError,
    UnknownAuthorityError,
    UnknownSettingError,
    WeakPassphraseError,
    WorkspaceTooNewError,
    WorkspaceTooOldError,
    WrongPassphraseError,
)
from undersight.errors.targets import NoCommentsError, PrivateTargetError, UnknownTargetError
from undersight.errors.web import (
    EditedMeanwhileError,
    ForbiddenError,
    ForeignHostError,
    ForeignRequestError,
    LockedError,
    NotTheSameTwiceError,
    PortTakenError,
    RequestTooLargeError,
    TooManyAttemptsError,
    UndecidedFieldsError,
    UnknownDraftError,
    UnknownPageError,
    UnreadableRequestError,
)

__all__ = [
    "AccountExistsError", "AccountNameError", "AccountsDamagedError", "AccountsNeededError",
    "AlreadyOnePartyError", "AmbiguousColumnError", "AnswerNeededError", "AppendOnlyError",
    "ArchiveDamagedError", "AuthorityUnreachableError", "BackendError", "BackupDamagedError",
    "BackupFormatError", "BackupOfAnotherError", "BackupPlaceError", "BackupWouldLoseError",
    "BlockHeaderUnreadableError", "BulkChangeError", "BundleDamagedError", "CannotUndoError",
    "CannotWithdrawError", "CasebookBehindError", "CasebookBusyError", "CasebookDamagedError",
    "CasebookTooNewError", "ChangedSinceError", "ColumnsUnclearError", "ConflictError",
    "CorpusDamagedError", "CustodyBrokenError", "DamagedFileError", "DatabaseFailedError",
    "DayOrderError", "DecidedAgainError", "DecidedApartError", "DepositSingleError",
    "DiskFailedError", "DiskFullError", "DriverMissingError", "EditedMeanwhileError",
    "EditingInClearError", "EditingStoppedError", "EmptyCorpusError", "EmptyHandoverError",
    "EmptySealError", "EngineFailedError", "ExportedRecordsError", "FileUnreadableError",
    "FixedFieldError", "FolderNotEmptyError", "ForbiddenError", "ForeignFolderError",
    "ForeignHostError", "ForeignRequestError", "ForgedChangeError", "FormUnreadableError",
    "HalfMismatchError", "ImportRefusedError", "InputError", "IntegrityError",
    "InternalExportError", "InvalidDateError", "InvalidDigestError", "InvalidDraftError",
    "InvalidParameterError", "InvalidSettingError", "InvalidStaffLineError", "InvalidValueError",
    "InvitationSpentError", "JobStillOpenError", "JobStoppedError", "KeyringDamagedError",
    "LastAdminError", "LocalModelError", "LockedError", "MalformedChangeError",
    "MediaUnreadableError", "MergedRecordError", "MissingColumnError", "MissingExtraError",
    "NoCaseError", "NoCommentsError", "NoSecureDeleteError", "NoSuchDisagreementError",
    "NotAFileError", "NotATableError", "NotCanonicalError", "NotForThisStaffError",
    "NotFoundError", "NotMergedError", "NotRecordedYetError", "NotSignedInError",
    "NotTheSameTwiceError", "NotVisibleError", "NothingBroughtInError", "NothingChosenError",
    "NothingSentError", "NothingToUndoError", "ObjectDamagedError", "ObjectNotFoundError",
    "ObjectTooLargeError", "OneWindowError", "OptionNotForToolError", "OutputKindError",
    "OwnerNotShownError", "PartTakenError", "PartnerCopyNotReadyError", "PartyNotIncidentError",
    "PassphraseNeededError", "PlainWorkspaceError", "PortTakenError", "PrivateTargetError",
    "QueryTooLargeError", "ReadOnlyError", "RecordExistsError", "RecordRefusedError",
    "RecordRetractedError", "RecordUnreadableError", "RedactionLeaksError",
    "RedactionRefusedError", "RemoteModelRefusedError", "RequestTooLargeError", "RootMissingError",
    "RootUnreadableError", "RunDamagedError", "SamePartyError", "SealDamagedError",
    "SealNotFoundError", "SealedFileDamagedError", "SecondFactorError", "SecondPersonNeededError",
    "ServerCasebookError", "SettingWithoutToolError", "SettingsError", "SettingsUnreadableError",
    "SignInRefusedError", "SignatureMismatchError", "SigningKeyGoneError",
    "SigningKeyNotFoundError", "SlotNotFoundError", "SourceNotFoundError", "StampRejectedError",
    "TableNotTextError", "TextTooLongError", "TokenUnmatchedError", "TooFewMembersError",
    "TooManyAttemptsError", "TooManyEdgesError", "TooManyFilesError", "TooManyIdsError",
    "TooManyPairsError", "TooShortSpanError", "TypesettingFailedError", "UnansweredHarmError",
    "UndecidedFieldsError", "UndersightError", "UnknownAccountError", "UnknownAccountRoleError",
    "UnknownAuthorityError", "UnknownBackupError", "UnknownBundleError", "UnknownChangeError",
    "UnknownColleagueError", "UnknownColumnError", "UnknownCompatError", "UnknownDepositError",
    "UnknownDetectorError", "UnknownDraftError", "UnknownFieldError", "UnknownFindingError",
    "UnknownFormatError", "UnknownFormatIdError", "UnknownImportError", "UnknownImporterError",
    "UnknownIncidentError", "UnknownJobError", "UnknownKeyError", "UnknownKindError",
    "UnknownLanguageError", "UnknownPageError", "UnknownParameterError", "UnknownRecordError",
    "UnknownRoleError", "UnknownRunError", "UnknownSearchError", "UnknownSelectionError",
    "UnknownSenderError", "UnknownSessionError", "UnknownSettingError", "UnknownTargetError",
    "UnknownTermError", "UnknownZoneError", "UnmappedValueError", "UnportableStepError",
    "UnreadableAssignmentError", "UnreadableRequestError", "UntitledEntryError",
    "WeakPassphraseError", "WeakPasswordError", "WindowBelowResolutionError", "WindowTooWideError",
    "WithdrawnRecordError", "WorkspaceBusyError", "WorkspaceNotFoundError", "WorkspaceTooNewError",
    "WorkspaceTooOldError", "WrongPassphraseError", "WrongReferenceError",
]  # fmt: skip
