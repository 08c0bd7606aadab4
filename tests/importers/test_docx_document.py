"""Word documents: paragraphs and tables in order; bombs and broken packages refused."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from docx import Document

from tests.importers.files import importer_of, read, zipped
from undersight.errors import DamagedFileError
from undersight.importers.docx_document import DocxDocument
from undersight.model.intake import Article


def document(*paragraphs: str) -> bytes:
    made = Document()
    made.core_properties.title = "Log"
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    if paragraphs:
        table = made.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "5 May", "Vezrin"
        made.add_paragraph("After the table.")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_text_in_reading_order() -> None:
    raw = document("Blogger jailed", "Əli saxlanılıb.")
    (article,) = read(DocxDocument, raw)
    assert isinstance(article, Article)
    assert article.title == "Log"
    assert article.text.split("\n\n") == [
        "Blogger jailed",
        "Əli saxlanılıb.",
        "5 May\tVezrin",
        "After the table.",
    ]
    assert importer_of(raw, "log.docx") == "docx-document"


def test_an_empty_document_gives_nothing() -> None:
    assert read(DocxDocument, document()) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PK",
        document("x")[:-300],
        zipped({"word/document.xml": b"<w:document/>"}),
        zipped({"[Content_Types].xml": b"<broken", "word/document.xml": b"<x/>"}),
    ],
)
def test_a_broken_package_is_refused(raw: bytes) -> None:
    with pytest.raises(DamagedFileError):
        read(DocxDocument, raw)


def test_a_document_whose_parts_are_damaged_is_refused() -> None:
    raw = bytearray(document("x" * 400))
    for place in range(len(raw) // 3, len(raw) // 3 + 60):
        raw[place] ^= 0x55
    with pytest.raises(DamagedFileError):
        read(DocxDocument, bytes(raw))


def test_what_would_unpack_to_too_much_is_refused_unopened() -> None:
    raw = bytearray(zipped({"word/document.xml": b"x"}))
    place = raw.rfind(b"PK\x01\x02") + 24  # the size that the central directory states
    raw[place : place + 4] = struct.pack("<I", 600 * 1024 * 1024)
    with pytest.raises(DamagedFileError, match="256"):
        read(DocxDocument, bytes(raw))


def test_tracked_changes_controls_links_and_notes_are_read() -> None:
    made = Document()
    made.add_paragraph("HERE")
    stream = io.BytesIO()
    made.save(stream)
    body = (
        "<w:r><w:t>Blogger </w:t></w:r><w:del><w:r><w:delText>Old Name</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Ravin Dargaly</w:t></w:r></w:ins><w:r><w:tab/><w:t>fined</w:t></w:r>"
        "</w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent>"
        "</w:sdt><w:p>"
    )
    with zipfile.ZipFile(stream) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    here = b"<w:r><w:t>HERE</w:t></w:r>"
    assert here in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(here, body.encode())
    (article,) = read(DocxDocument, zipped(parts))
    assert isinstance(article, Article)
    assert article.text == "Blogger Ravin Dargaly\tfined\n\nIn a control."


def test_a_field_a_table_and_a_text_box_keep_their_links_and_lines() -> None:
    def field(address: str, words: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText> HYPERLINK "{address}" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'<w:r><w:t>{words}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    paper, mail = field("https://a.example/1", "paper"), field("mailto:a@b.example", "mail")
    body = (
        f"<w:r><w:t>The </w:t></w:r>{paper}{mail}</w:p><w:tbl><w:tr><w:tc><w:p>{paper}</w:p>"
        f"</w:tc><w:tc><w:p>{field('https://a.example/2', 'two')}</w:p></w:tc></w:tr></w:tbl><w:p>"
        "<w:r><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></w:r>"
        '<w:fldSimple w:instr=" DATE "><w:r><w:t>5 May</w:t></w:r></w:fldSimple>'
    )
    made = Document()
    made.add_paragraph("HERE")
    stream = io.BytesIO()
    made.save(stream)
    with zipfile.ZipFile(stream) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    here = b"<w:r><w:t>HERE</w:t></w:r>"
    parts["word/document.xml"] = parts["word/document.xml"].replace(here, body.encode())
    (article,) = read(DocxDocument, zipped(parts))
    assert isinstance(article, Article)
    assert article.text == "The papermail\n\npaper\ttwo\n\nBoxed\n5 May"
    shown = [(article.text[link.start : link.end], link.url) for link in article.links]
    first, second = "https://a.example/1", "https://a.example/2"
    assert shown == [("paper", first), ("paper", first), ("two", second)]
