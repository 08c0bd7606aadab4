"""Word documents (DOCX)."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.model.intake import Article, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.text.hyperlink import Hyperlink

_MOST_UNPACKED_BYTES = 256 * 1024 * 1024
# What the ZIP reader and the document reader raise on packages with missing or damaged parts.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class DocxDocument:
    """A Word document: paragraphs, headings and table cells as one text."""

    importer_id: ClassVar[str] = "docx-document"
    about: ClassVar[str] = _("A Word document (.docx).")
    suffixes: ClassVar[tuple[str, ...]] = (".docx",)

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """A ZIP file that is called .docx or names Word's main part."""
        return head.startswith(b"PK") and (name.lower().endswith(".docx") or b"word/" in head)

    def parse(self, stream: BinaryIO) -> Iterator[Article]:
        """Yield the whole document as one article.

        Raises:
            DamagedFileError: It is no Word document, or unpacks to more than 256 MiB.
        """
        from docx.exceptions import PythonDocxError
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError

        raw = io.BytesIO(stream.read())
        _refuse_bomb(raw)
        try:
            title, text, links = _title_text_and_links(raw)
        except (PythonDocxError, OpcError, LxmlError, *_DAMAGE) as error:
            raise DamagedFileError("document", "it is not a Word document") from error
        if text:
            yield Article(locator="document", title=title, text=text, links=links)


def _title_text_and_links(raw: io.BytesIO) -> tuple[str, str, tuple[Link, ...]]:
    from docx import Document
    from docx.table import Table

    document = Document(raw)
    found: list[Hyperlink]
    text, links = "", list[Link]()
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            rows = ("\t".join(cell.text for cell in row.cells) for row in block.rows)
            words, found = "\n".join(rows), []
        else:
            words, found = block.text, block.hyperlinks
        if words.strip():
            text += "\n\n" if text else ""
            links += _links(words, found, len(text))
            text += words
    return document.core_properties.title or "", text, tuple(links)


def _links(words: str, hyperlinks: Iterable[Hyperlink], before: int) -> Iterator[Link]:
    """Yield the links of a paragraph; `before` is how many characters stand in front of it."""
    place = 0
    for link in hyperlinks:
        start = words.find(link.text, place) if link.text else -1
        if start >= 0:
            place = start + len(link.text)
            yield Link(start=before + start, end=before + place, url=link.url)


def _refuse_bomb(raw: io.BytesIO) -> None:
    try:
        with zipfile.ZipFile(raw) as package:
            n_bytes = sum(entry.file_size for entry in package.infolist())
    except zipfile.BadZipFile as error:
        raise DamagedFileError("document", "it is not a ZIP file or is cut short") from error
    if n_bytes > _MOST_UNPACKED_BYTES:
        size = f"it would unpack to {n_bytes // 1024**2} MiB, more than 256"
        raise DamagedFileError("document", size)
    raw.seek(0)
