"""Plain text: every character as given, in whatever encoding it came."""

from __future__ import annotations

import pytest

from tests.importers.files import importer_of, read
from undersight.errors import FileUnreadableError
from undersight.importers.plain_text import PlainText
from undersight.model.intake import Article

TEXT = "Блогера задержали.\r\n\r\nЕго отпустили 5 мая.\n"


def test_characters_stay_as_they_were() -> None:
    assert read(PlainText, TEXT.encode()) == [Article(locator="line 1", text=TEXT)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marked_encodings(encoding: str) -> None:
    raw = TEXT.encode(encoding)
    (article,) = read(PlainText, raw)
    assert isinstance(article, Article)
    assert article.text == TEXT
    assert importer_of(raw, "log.txt") == "plain-text"


def test_an_old_cyrillic_file() -> None:
    longer = TEXT * 20
    (article,) = read(PlainText, longer.encode("cp1251"))
    assert isinstance(article, Article)
    assert article.text == longer


def test_empty_text_gives_nothing_and_bytes_are_not_recognised() -> None:
    assert read(PlainText, b" \n\t\n") == []
    assert importer_of(b"\x00\x01\x02", "log.bin") == ""


def test_a_cut_utf_16_file_is_refused() -> None:
    with pytest.raises(FileUnreadableError):
        read(PlainText, b"\xff\xfea")


@pytest.mark.parametrize(
    "code", [b"{\\rtf1\\ansi \\u1055?", b"%PDF-1.4\n1 0 obj", b"\xef\xbb\xbf{\\rtf1"]
)
def test_the_code_of_another_document_is_no_text(code: bytes) -> None:
    assert not PlainText.recognises(code, "log.txt")
