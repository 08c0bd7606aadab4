"""Files, forms and imports that cannot be used."""

from __future__ import annotations

from typing import ClassVar

from undersight.errors.roots import InputError

_MOST_NAMES = 100


class InternalExportError(InputError):
    """Internal records on their way out of the workspace without anybody having said so."""

    code: ClassVar[str] = "internal-export"

    def __init__(self) -> None:
        super().__init__(
            "These are internal records: names, notes and sources that are not for others.",
            "Export for the audience public or partner, or ask for internal records explicitly.",
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


class MalformedChangeError(InputError):
    """A change from elsewhere that is not one."""

    code: ClassVar[str] = "malformed-change"

    def __init__(self, change_id: str, reason: str) -> None:
        self.change_id, self.reason = change_id, reason
        super().__init__(
            f"Change {change_id or '(without id)'} cannot be read: {reason}.",
            "Ask your colleague to share again; nothing was merged.",
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


class UnknownRoleError(InputError):
    """A column that the table lacks, or a meaning that no column can have."""

    code: ClassVar[str] = "unknown-role"

    def __init__(self, name: str, known: tuple[str, ...], *, is_column: bool) -> None:
        self.name, self.known, self.is_column = name, known, is_column
        what = "The table has no column" if is_column else "No column can mean"
        super().__init__(
            f"{what} “{name}”.", f"Choose among: {', '.join(known)}. Write --map COLUMN=MEANING."
        )


class NotATableError(InputError):
    """Something said of all rows of a file whose format tells by itself what its records are."""

    code: ClassVar[str] = "not-a-table"

    def __init__(self, format_id: str) -> None:
        self.format_id = format_id
        super().__init__(
            f"“{format_id}” tells by itself what its records are: --set is for tables.",
            "Leave out --set, or name another format by --as.",
        )


class NoCaseError(InputError):
    """A row of a table that tells no case: a total, a note, a line of another sheet."""

    code: ClassVar[str] = "no-case"

    def __init__(self, words: str, *, is_total: bool = False) -> None:
        self.words, self.is_total = words, is_total
        what = "is a total of others" if is_total else "tells neither what happened nor to whom"
        super().__init__(
            f"The row “{words[:60]}” {what}; it was left out.",
            "The others can be brought in without it; or mend the row.",
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


class UnknownFormatError(InputError):
    """A file that no importer recognises."""

    code: ClassVar[str] = "unknown-format"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name, self.known = name, known
        hint = f"Readable formats: {', '.join(known)}."
        if name.lower().endswith((".zst", ".7z", ".rar", ".bz2", ".xz", ".tar", ".lz4")):
            hint = "It is packed: unpack it, and bring in the files in it (.zip and .gz are read)."
        if name.lower().endswith((".rtf", ".doc", ".odt", ".pages")):
            hint = "Open it in a word processor and save it as .docx."
        if name.lower().endswith(".pdf"):
            hint = "Copy its words into a text file, and seal the PDF itself as evidence."
        super().__init__(f"The format of {name} is not known.", hint)


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


class EditingInClearError(InputError):
    """A form that an editor could only get as a readable file on the disk."""

    code: ClassVar[str] = "editing-in-clear"

    def __init__(self) -> None:
        super().__init__(
            "An editor needs a readable file, and this system keeps none in memory: the entry "
            "would lie on the disk in clear.",
            "Answer the questions (`undersight incident add` or its options), or write the file "
            "where you think it safe and give it with --yaml FILE.",
        )


class FixedFieldError(InputError):
    """A field of an entry that an update may not overwrite."""

    code: ClassVar[str] = "fixed-field"

    def __init__(self, field: str, allowed: tuple[str, ...]) -> None:
        self.field, self.allowed = field, allowed
        super().__init__(
            f"“{field}” cannot stand in an addition, only {', '.join(allowed)}.",
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


class RecordRefusedError(InputError):
    """A record of a file that cannot become an entry."""

    code: ClassVar[str] = "record-refused"

    def __init__(self, locator: str, reason: str) -> None:
        self.locator, self.reason = locator, reason
        super().__init__(
            f"{locator}: {reason}",
            "Nothing was stored. Correct it, or give the column another meaning with --map.",
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


class NotAFileError(InputError):
    """Something named as a file that is none, or cannot be read."""

    code: ClassVar[str] = "not-a-file"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path} was not taken in: {reason}.",
            "Name the file itself; the others were taken in.",
        )


class TooManyFilesError(InputError):
    """More files than one intake may have."""

    code: ClassVar[str] = "too-many-files"

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(
            f"There are more than {most} files.",
            "Take them in by parts, or raise vault.max_files in undersight.toml.",
        )


class TokenUnmatchedError(InputError):
    """A time stamp over nothing that the vault holds."""

    code: ClassVar[str] = "token-unmatched"

    def __init__(self, token: str) -> None:
        self.token = token
        super().__init__(
            f"The time stamp {token} is over no seal and no object of this vault.",
            "Seal the file that it was made over (an archiver's list of digests) first.",
        )


class RootUnreadableError(InputError):
    """A certificate or revocation list of a time authority that cannot be used."""

    code: ClassVar[str] = "root-unreadable"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path} cannot be used: {reason}.",
            "Get the authority's root certificate as a PEM file and compare its SHA-256 with the "
            "one that the authority publishes.",
        )


class BlockHeaderUnreadableError(InputError):
    """A file that was to be believed as a Bitcoin block's header and is none."""

    code: ClassVar[str] = "block-header-unreadable"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path} cannot be used: {reason}.",
            "Get the header's 160 hexadecimal digits from a node of your own or an explorer, and "
            "compare the block's hash with what several sources print.",
        )


class EmptySealError(InputError):
    """A seal over nothing."""

    code: ClassVar[str] = "empty-seal"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to seal.", "Name files, or seal what was imported: seal --pending."
        )


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    n_more = len(names) - _MOST_NAMES
    return f"{shown} and {n_more} more" if n_more > 0 else shown


class ColumnsUnclearError(InputError):
    """A table of posts whose columns do not tell what they hold."""

    code: ClassVar[str] = "columns-unclear"

    def __init__(self, columns: tuple[str, ...], missing: str, options: tuple[str, ...]) -> None:
        self.columns, self.missing, self.options = columns, missing, options
        super().__init__(
            f"No column tells {missing}. The columns are: {_listed(columns) or 'none'}.",
            f"Say it, such as: {' '.join(options)}.",
        )
