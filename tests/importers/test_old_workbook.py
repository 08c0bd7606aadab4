"""Old Excel workbooks are read as new ones are, and refused before they swell."""

from __future__ import annotations

import contextlib
import io
import os
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.post_files import read_posts
from tests.importers.workbooks import compound, old_workbook
from undersight.errors import DamagedFileError
from undersight.importers.old_workbook import _text_lengths, check_old_workbook
from undersight.importers.posts_table import PostsTable
from undersight.importers.workbook_rows import Foreseen, workbook_rows
from undersight.workbench.archives import known_format

ROWS = [
    ["comment_id", "username", "comment", "date"],
    ["c1", "mila", "çox gözəl", "2031-05-04 10:00:05"],
    ["c2", "rauf", "да", "2031-05-04 10:01:00"],
]


def test_an_old_workbook_of_comments_is_read() -> None:
    raw = old_workbook(ROWS)
    importer = known_format(io.BytesIO(raw), "comments.xls")
    assert importer is PostsTable
    found = read_posts(importer, raw)
    assert [(one.locator, one.native_id, one.text) for one in found.posts] == [
        ("Posts!row 2", "c1", "çox gözəl"),
        ("Posts!row 3", "c2", "да"),
    ]


def test_one_far_cell_is_not_opened() -> None:
    far = struct.pack("<2H", 0x0203, 14) + struct.pack("<3Hd", 65535, 255, 0, 1.0)
    with pytest.raises(DamagedFileError, match="cells; save it as CSV"):
        list(workbook_rows(io.BytesIO(old_workbook(ROWS, more=far))))


def test_one_long_text_shown_often_is_not_opened() -> None:
    long = ["x" * 30_000]
    again = b"".join(
        struct.pack("<2H", 0x00FD, 10) + struct.pack("<3HI", 1, 0, 0, 0) for _ in range(10_000)
    )
    with pytest.raises(DamagedFileError, match="repeats its texts"):
        check_old_workbook(old_workbook([long], more=again))


def test_a_text_that_goes_on_is_counted_once() -> None:
    first = struct.pack("<2I", 2, 2) + struct.pack("<HB", 5, 1) + "abc".encode("utf-16-le")
    second = b"\0de" + struct.pack("<HB", 2, 0) + b"xy"
    assert _text_lengths([first, second]) == [5, 2]


def test_another_office_document_is_named() -> None:
    raw = compound(b"x" * 4096).replace(
        "Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")
    )
    with pytest.raises(DamagedFileError, match="without a workbook"):
        list(workbook_rows(io.BytesIO(raw)))


@settings(max_examples=60)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8), st.integers(0, 6000))
def test_damage_is_one_line(place: int, change: bytes, n_kept: int) -> None:
    raw = old_workbook(ROWS)
    raw = (raw[:place] + change + raw[place + len(change) :])[: max(n_kept, 8)]
    with contextlib.suppress(DamagedFileError):
        list(workbook_rows(io.BytesIO(raw)))


def test_what_the_reader_did_not_foresee_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {})

    def load(_stream: io.BytesIO) -> None:
        raise panic

    monkeypatch.setattr("python_calamine.load_workbook", load)
    with pytest.raises(DamagedFileError):
        list(workbook_rows(io.BytesIO(old_workbook(ROWS))))


def test_what_the_reader_says_past_python_is_kept_back_with_its_panic_only(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    panic = type("PanicException", (BaseException,), {})

    def load(_stream: io.BytesIO) -> None:
        os.write(2, b"thread panicked\n")
        raise panic

    monkeypatch.setattr("python_calamine.load_workbook", load)
    with pytest.raises(DamagedFileError):
        list(workbook_rows(io.BytesIO(old_workbook(ROWS))))
    assert capfd.readouterr().err == ""
    with Foreseen():
        os.write(2, b"something else\n")
    assert capfd.readouterr().err == "something else\n"
