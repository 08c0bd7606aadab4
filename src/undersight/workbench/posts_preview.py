"""Looking at a file of posts before anything is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from undersight.errors import NotATableError, UnknownImporterError
from undersight.model.corpus_rows import AccountRow, NoticeRow, PostRow, SamplingNote
from undersight.model.intake import Issue
from undersight.workbench import archives
from undersight.workbench.posts import post_importer, recognise_posts

if TYPE_CHECKING:
    from undersight.model.corpus_rows import ColumnChoice, CorpusRow, Moment
    from undersight.model.intake import PostImporter

MOST_SHOWN = 20
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPreview:
    """What would be loaded.

    Args:
        format_id: The format.
        reason: By which sign it was known.
        n_read: Records of the file.
        n_rejected: Records that cannot be read.
        rows: The first records as they were understood, by column.
        issues: The first things that cannot be read.
        notes: Why the file may not be the whole.
    """

    format_id: str
    reason: str
    n_read: int
    n_rejected: int
    rows: tuple[dict[str, Any], ...] = ()
    issues: tuple[Issue, ...] = ()
    notes: tuple[SamplingNote, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "format": self.format_id,
            "reason": self.reason,
            "read": self.n_read,
            "ready": self.n_read - self.n_rejected,
            "rejected": self.n_rejected,
            "rows": list(self.rows),
            "issues": [
                {"locator": one.locator, "column": one.column, "reason": one.reason}
                for one in self.issues
            ],
            "notes": [{"code": one.code, "sentence": one.sentence} for one in self.notes],
        }


def choose_format(head: bytes, name: str, format_id: str = "") -> type[PostImporter] | None:
    """The importer of bulk posts for a file; None if it is one for the casebook.

    Args:
        head: The file's first 64 KiB.
        name: What it is called.
        format_id: The format that a person named; empty to find it out.

    Raises:
        UnknownImporterError: No format has this id.
    """
    from undersight.importers import IMPORTERS, POST_IMPORTERS

    if not format_id:
        return recognise_posts(head, name)
    known = (
        *(one.importer_id for one in POST_IMPORTERS),
        *(one.importer_id for one in IMPORTERS),
    )
    if format_id not in known:
        raise UnknownImporterError(format_id, known)
    return post_importer(format_id)


def format_of(stream: BinaryIO, name: str, format_id: str = "") -> type[PostImporter] | None:
    """The importer of bulk posts for a whole file; workbooks and Parquet are looked into.

    Args:
        stream: The file, seekable; left at its beginning.
        name: What it is called.
        format_id: The format that a person named; empty to find it out.

    Raises:
        UnknownImporterError: No format has this id.
    """
    return (
        choose_format(b"", name, format_id) if format_id else archives.known_format(stream, name)
    )


def is_table(importer: type[PostImporter]) -> bool:
    """Whether an importer's files are tables: something can be said of all their rows."""
    from undersight.importers import POST_TABLES

    return importer in POST_TABLES


def check_choice(importer: type[PostImporter], choice: ColumnChoice) -> None:
    """Refuse what is said of all rows of a file that has none.

    Raises:
        NotATableError: Something is.
    """
    if choice.constants and not is_table(importer):
        raise NotATableError(importer.importer_id)


def preview_posts(
    stream: BinaryIO,
    importer: type[PostImporter],
    choice: ColumnChoice,
    *,
    most_read: int | None = None,
) -> PostPreview:
    """Read a file and say what would be loaded; nothing is stored.

    Args:
        stream: The file, at its beginning.
        importer: Its format.
        choice: What a person said about its columns.
        most_read: Look at so many records only; None to read to the end.

    Raises:
        InputError: The file is not of the format or is damaged.
    """
    n_read = n_rejected = 0
    rows: list[dict[str, Any]] = []
    issues: list[Issue] = []
    notes: list[SamplingNote] = []
    last = None
    for part in archives.reader_of(importer).parse(stream, choice):
        if isinstance(part, SamplingNote):
            notes.append(part)
            continue
        is_record, last = part.locator != last, part.locator
        if is_record and n_read == most_read:
            break
        n_read += is_record
        if isinstance(part, Issue):
            n_rejected += is_record
            issues += [part] if len(issues) < MOST_SHOWN else []
        elif len(rows) < MOST_SHOWN:
            rows.append(_shown(part))
    return PostPreview(
        format_id=importer.importer_id,
        reason=importer.reason,
        n_read=n_read,
        n_rejected=n_rejected,
        rows=tuple(rows),
        issues=tuple(issues),
        notes=tuple(notes),
    )


def _shown(part: CorpusRow) -> dict[str, Any]:
    if isinstance(part, PostRow):
        return {
            "where": part.locator,
            "kind": part.kind,
            "author": _name(part.author),
            "under": _name(part.target),
            "time": _time(part.published),
            "text": part.text,
            "shares": [one.value for one in part.shares],
        }
    if isinstance(part, NoticeRow):
        return {
            "where": part.locator,
            "kind": part.kind,
            "author": "",
            "under": _name(part.account),
            "time": _time(part.received),
            "text": part.text or part.reason,
            "shares": [],
        }
    return {
        "where": part.locator,
        "kind": part.kind,
        "author": _name(part),
        "under": "",
        "time": _time(part.observed or part.created),
        "text": "",
        "shares": [],
    }


def _name(account: AccountRow | None) -> str:
    if account is None:
        return ""
    return account.name or account.handle or account.native_id


def _time(moment: Moment | None) -> str:
    """The time in UTC; out of the calendar's range, its microseconds."""
    if moment is None:
        return ""
    try:
        return (_EPOCH + dt.timedelta(microseconds=moment.us)).isoformat()
    except OverflowError:
        return str(moment.us)
