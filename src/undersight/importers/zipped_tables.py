"""A ZIP file of tables, JSON or chats of posts, each read as if it came alone."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Final

from undersight.errors import DamagedFileError, UndersightError
from undersight.i18n import _
from undersight.importers.archive_members import ArchiveMembers
from undersight.importers.byte_source import HEAD_BYTES
from undersight.model.corpus_rows import SamplingNote
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undersight.model.corpus_rows import ColumnChoice, CorpusRow
    from undersight.model.intake import PostImporter

    ChooseReader = Callable[[BinaryIO, str], type[PostImporter] | None]

_LOCAL_HEADER = b"PK\x03\x04"
_TABLES: Final = (
    *(".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".js", ".html", ".htm"),
    *(".xlsx", ".xls", ".parquet"),
    *(".csv.gz", ".tsv.gz", ".jsonl.gz", ".ndjson.gz", ".json.gz"),
)
# What is read from its end must be at hand as a whole.
_READ_FROM_END: Final = (".xlsx", ".xls", ".parquet")
_OFFICE: Final = (b"xl/", b"word/", b"ppt/", b"[Content_Types]", b"mimetype", b"META-INF/")
_PRIVATE: Final = ("/inbox/", "messages/", "direct-message", "message_requests/")
_PACKED: Final = (".zip", ".rar", ".7z", ".tar", ".tgz", ".zst", ".bz2", ".xz")
_LEFTOVERS: Final = ("__MACOSX/", ".")


class ZippedTables:
    """The files of a ZIP file whose format is known, each with its name in its places.

    Private messages of a platform's archive are left out; pictures and files of no known format
    are listed. Large files are unpacked as they are read, never to disk; a workbook or Parquet
    file of more than 256 MiB is not read.

    Args:
        choose: Tells which importer reads a file of the archive.
    """

    importer_id: ClassVar[str] = "zipped-tables"
    about: ClassVar[str] = _("A ZIP file of tables, JSON files or chats of posts.")
    suffixes: ClassVar[tuple[str, ...]] = (".zip",)
    version: ClassVar[int] = 2
    reason: ClassVar[str] = "it is a ZIP file with tables, JSON or chats in it"

    def __init__(self, choose: ChooseReader | None = None) -> None:
        self._choose = choose

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for a ZIP file whose first files are tables and that is no document."""
        if not head.startswith(_LOCAL_HEADER):
            return False
        names = list(_names_in(head))
        if any(one.startswith(_OFFICE) for one in names):
            return False
        suffixes = tuple(one.encode() for one in _TABLES)
        return name.lower().endswith(".zip") or any(n.lower().endswith(suffixes) for n in names)

    def parse(
        self, stream: BinaryIO, choice: ColumnChoice
    ) -> Iterator[CorpusRow | Issue | SamplingNote]:
        """Yield the posts and accounts of every file, by name.

        Raises:
            ArchiveDamagedError: It is no ZIP file that can be followed.
            DamagedFileError: No file in it is of a known format.
        """
        members = ArchiveMembers(stream)
        yield from members.issues()
        is_any_read = False
        for name in members.names:
            if name.startswith(_LEFTOVERS[0]) or name.rpartition("/")[2].startswith("."):
                continue
            if not name.lower().endswith(_TABLES) or any(one in f"/{name}" for one in _PRIVATE):
                is_private = any(one in f"/{name}" for one in _PRIVATE)
                what = "private messages" if is_private else "no table, JSON or text"
                if name.lower().endswith(_PACKED) and not is_private:
                    what = "packed itself: unpack the archive and bring it in alone"
                yield Issue(locator=name, reason=f"The file is {what}; it was not read.")
                continue
            held = _opened(members, name)
            if isinstance(held, Issue):
                yield held
                continue
            reader = self._reader_of(held, name)
            if isinstance(reader, Issue):
                yield reader
                continue
            is_any_read = True
            yield from _read(reader, held, name, choice)
        if not is_any_read:
            raise DamagedFileError("the archive", "no file in it is of a known format of posts")

    def _reader_of(self, held: BinaryIO, name: str) -> type[PostImporter] | Issue:
        """Who reads a file of the archive, or why nobody does."""
        try:
            reader = self._choose(held, name) if self._choose else None
        except UndersightError as error:
            return Issue(locator=name, reason=error.sentence)
        if reader is None or reader is ZippedTables:
            reason = "The file is of no format of posts known here; it was not read."
            return Issue(locator=name, reason=reason)
        return reader


def _opened(members: ArchiveMembers, name: str) -> BinaryIO | Issue:
    if not name.lower().endswith(_READ_FROM_END):
        return members.open(name)
    raw = members.read(name)
    return raw if isinstance(raw, Issue) else io.BytesIO(raw)


def _read(
    reader: type[PostImporter], held: BinaryIO, name: str, choice: ColumnChoice
) -> Iterator[CorpusRow | Issue | SamplingNote]:
    """Let an importer read one file; its places are then within that file."""
    try:
        for part in reader().parse(held, choice):
            yield _within(part, name)
    except UndersightError as error:
        yield Issue(locator=name, reason=error.sentence)


def _within(part: CorpusRow | Issue | SamplingNote, name: str) -> CorpusRow | Issue | SamplingNote:
    if isinstance(part, SamplingNote):
        return replace(part, sentence=f"{name}: {part.sentence}")
    if isinstance(part, Issue):
        return replace(part, locator=f"{name}!{part.locator}")
    return replace(part, locator=f"{name}!{part.locator}")


def _names_in(head: bytes) -> Iterator[bytes]:
    """The names of the files that begin within the first bytes of a ZIP file."""
    place = 0
    while (place := head.find(_LOCAL_HEADER, place)) >= 0 and place + 30 <= min(
        len(head), HEAD_BYTES
    ):
        n_name = int.from_bytes(head[place + 26 : place + 28], "little")
        yield head[place + 30 : place + 30 + n_name]
        place += 4
