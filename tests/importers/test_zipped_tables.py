"""A ZIP file of tables: every file as if it came alone, what is not read is listed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.files import zipped
from tests.importers.post_files import recognised
from tests.importers.test_telegram_html import GROUP as TELEGRAM
from tests.importers.workbooks import old_workbook
from undersight.errors import DamagedFileError, UndersightError
from undersight.importers import archive_members
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


def test_pages_and_old_workbooks_in_it_are_read() -> None:
    rows = [["comment_id", "username", "comment"], ["c1", "mila", "hi"]]
    found = parts({"messages.html": TELEGRAM.encode(), "c.xls": old_workbook(rows)})
    assert {one.locator for one in found if isinstance(one, PostRow)} >= {
        "c.xls!Posts!row 2", "messages.html!message7",
    }  # fmt: skip


def test_a_large_file_is_read_as_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = b"".join(b"u%d,hi %d,2031-05-04,3\n" % (n, n) for n in range(2_000))
    files = {"c.csv": TABLE + rows, "_chat.txt": CHAT, "p.parquet": b"PAR1" * 100}
    whole = [one for one in parts(files) if isinstance(one, PostRow)]
    monkeypatch.setattr(archive_members, "_MOST_HELD_BYTES", 10)
    monkeypatch.setattr(archive_members, "_MOST_BYTES", 300)
    found = parts(files)
    assert [one for one in found if isinstance(one, PostRow)] == whole
    assert len(whole) == 2_003
    reasons = {one.locator: one.reason for one in found if isinstance(one, Issue)}
    assert "Unpack the archive" in reasons["p.parquet"]


@pytest.mark.parametrize("n_rows", [0, 20_000])
def test_a_damaged_file_is_said_and_what_was_read_of_it_is_kept(
    n_rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_members, "_MOST_HELD_BYTES", 10)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        package.writestr(
            "a.csv", TABLE + b"u,hi,2031-05-04,3\n" * n_rows + b"last,x,2031-05-04,1\n"
        )
        package.writestr("b.csv", TABLE)
    raw = whole.getvalue().replace(b"last,x", b"last,y")
    found = list(archives.reader_of(ZippedTables).parse(io.BytesIO(raw), ColumnChoice()))
    issues = {one.locator: one.reason for one in found if isinstance(one, Issue)}
    assert "checksum" in issues["a.csv"]
    n_kept = sum(1 for one in found if isinstance(one, PostRow))
    assert n_kept >= 1 + n_rows // 2


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.integers(-50, 400)), max_size=8))
def test_a_member_reads_from_any_place_as_bytes_at_hand_do(moves: list[tuple[int, int]]) -> None:
    content = bytes(range(256))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(archive_members, "_MOST_HELD_BYTES", 10)
        members = archive_members.ArchiveMembers(io.BytesIO(zipped({"a.csv": content})))
        stream = members.open("a.csv")
    assert not isinstance(stream, Issue)
    known = io.BytesIO(content)
    for whence, place in moves:
        at = max(0, min(256, {0: 0, 1: known.tell(), 2: 256}[whence] + place))
        known.seek(at)
        stream.seek(at)
        assert (stream.tell(), stream.read(7)) == (at, known.read(7))
