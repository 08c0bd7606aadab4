"""A ZIP file of tables: every file as if it came alone, what is not read is listed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from tests.importers.files import zipped
from tests.importers.post_files import recognised
from undersight.errors import DamagedFileError, UndersightError
from undersight.importers.zipped_tables import ZippedTables
from undersight.model.corpus_rows import ColumnChoice, PostRow, SamplingNote
from undersight.model.intake import Issue
from undersight.workbench import archives

if TYPE_CHECKING:
    from undersight.model.corpus_rows import CorpusRow

TABLE = b"username,comment,date,likes\nmila,hi,2031-05-04,3\n"
CHAT = b"20/05/31, 11:25 - Mila: hello\n21/05/31, 11:26 - Rauf: yes\n"


def parts(files: dict[str, bytes]) -> list[CorpusRow | Issue | SamplingNote]:
    reader = archives.reader_of(ZippedTables)
    return list(reader.parse(io.BytesIO(zipped(files)), ColumnChoice()))


def test_every_file_is_read_under_its_name() -> None:
    files = {"a/c.csv": TABLE, "_chat.txt": CHAT, "pic.jpg": b"\xff\xd8", "__MACOSX/x.csv": b""}
    assert recognised(zipped(files), "x.zip") == "zipped-tables"
    found = parts(files)
    assert [one.locator for one in found if isinstance(one, PostRow)] == [
        "_chat.txt!line 1", "_chat.txt!line 2", "a/c.csv!line 2",
    ]  # fmt: skip
    assert [one.locator for one in found if isinstance(one, Issue)] == ["pic.jpg"]
    assert all(
        one.sentence.startswith(("a/c.csv: ", "_chat.txt: "))
        for one in found
        if isinstance(one, SamplingNote)
    )


def test_private_messages_and_unknown_or_broken_files_are_listed() -> None:
    files = {
        "your_activity/messages/inbox/m/message_1.json": b'{"messages": []}',
        "notes.txt": b"remember the milk\n",
        "odd.json": b'{"a": 1}',
        "c.csv": TABLE,
    }
    reasons = {one.locator: one.reason for one in parts(files) if isinstance(one, Issue)}
    assert "private messages" in reasons["your_activity/messages/inbox/m/message_1.json"]
    assert "no format of posts" in reasons["notes.txt"]
    assert "No column tells" in reasons["odd.json"]


def test_an_archive_without_anything_known_is_refused() -> None:
    with pytest.raises(DamagedFileError):
        parts({"a.txt": b"nothing\n"})
    with pytest.raises(UndersightError):
        list(ZippedTables().parse(io.BytesIO(b"PK\x03\x04 cut"), ColumnChoice()))


@pytest.mark.parametrize(
    "files",
    [{"[Content_Types].xml": b"", "xl/workbook.xml": b""}, {"mimetype": b"", "content.xml": b""}],
)
def test_documents_are_no_archives_of_tables(files: dict[str, bytes]) -> None:
    assert recognised(zipped(files), "x.zip") != "zipped-tables"
