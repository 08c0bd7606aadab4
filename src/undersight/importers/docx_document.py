"""Word documents (DOCX)."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.model.intake import Article, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Deleted or moved while changes were tracked; settings; the second form of one drawing.
_LEFT_OUT = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "Fallback"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
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
    """Read title, text and links from the XML itself, for the library leaves much out.

    What was inserted while changes were tracked, fields, controls and footnotes are text; what
    was deleted is none.
    """
    from docx import Document

    document = Document(raw)
    part = document.part
    addresses = {key: one.target_ref for key, one in part.rels.items() if one.is_external}
    text, links = "", list[Link]()
    for root in (document.element.body, *_notes(part)):
        for words, found in _paragraphs(root, addresses):
            if words.strip():
                text += "\n\n" if text else ""
                links += [
                    replace(x, start=len(text) + x.start, end=len(text) + x.end) for x in found
                ]
                text += words
    has_title = any(one.partname.endswith("/core.xml") for one in part.package.iter_parts())
    title = document.core_properties.title if has_title else ""
    return title or "", text, tuple(links)


def _notes(part: Any) -> Iterator[Any]:
    """Yield the roots of foot- and endnotes: a log's sources may stand there."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for key in sorted(part.rels):
        one = part.rels[key]
        if not one.is_external and one.reltype.rsplit("/", 1)[-1] in ("footnotes", "endnotes"):
            yield etree.fromstring(one.target_part.blob, parser)


def _paragraphs(
    element: Any, addresses: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Yield the words and links of each paragraph, and the rows of each table, in order."""
    for child in element.iterchildren():
        name = _local(child)
        if name == "p":
            yield _words(child, addresses)
        elif name == "tbl":
            rows = (row for row in child.iterchildren() if _local(row) == "tr")
            yield "\n".join(_row(row, addresses) for row in rows), ()
        elif name not in _LEFT_OUT:
            yield from _paragraphs(child, addresses)


def _row(row: Any, addresses: Mapping[str, str]) -> str:
    cells = (cell for cell in row.iterchildren() if _local(cell) in ("tc", "sdt"))
    return "\t".join(" ".join(w for w, _ in _paragraphs(c, addresses) if w) for c in cells)


def _words(paragraph: Any, addresses: Mapping[str, str]) -> tuple[str, tuple[Link, ...]]:
    text, links = "", list[Link]()

    def read(element: Any) -> None:
        nonlocal text
        for child in element.iterchildren():
            name = _local(child)
            if name == "t":
                text += child.text or ""
            elif name in _SIGNS:
                text += _SIGNS[name]
            elif name == "hyperlink":
                start = len(text)
                read(child)
                url = addresses.get(next((v for k, v in child.items() if k.endswith("}id")), ""))
                if url and text[start:].strip():
                    links.append(Link(start=start, end=len(text), url=url))
            elif name not in _LEFT_OUT:
                read(child)

    read(paragraph)
    return text, tuple(links)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


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
