"""Word documents (DOCX)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.model.intake import Article, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_Linked = tuple[str, tuple[Link, ...]]
# Deleted or moved while changes were tracked; settings; the second form of one drawing.
_LEFT_OUT = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "Fallback"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HYPERLINK = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
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
    roots = ((document.element.body, part), *_notes(part))
    paragraphs = [one for root, of in roots for one in _paragraphs(root, _addresses(of))]
    text, links = _joined((one for one in paragraphs if one[0].strip()), "\n\n")
    has_title = any(one.partname.endswith("/core.xml") for one in part.package.iter_parts())
    title = document.core_properties.title if has_title else ""
    return title or "", text, links


def _addresses(part: Any) -> dict[str, str]:
    return {key: one.target_ref for key, one in part.rels.items() if one.is_external}


def _joined(parts: Iterable[_Linked], between: str) -> _Linked:
    """Join texts and move their links along."""
    text, links = "", list[Link]()
    for n, (words, found) in enumerate(parts):
        text += between if n else ""
        links += [replace(x, start=len(text) + x.start, end=len(text) + x.end) for x in found]
        text += words
    return text, tuple(links)


def _notes(part: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the roots of foot- and endnotes with their parts: sources may stand there."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for key in sorted(part.rels):
        one = part.rels[key]
        if not one.is_external and one.reltype.rsplit("/", 1)[-1] in ("footnotes", "endnotes"):
            loaded = one.target_part
            yield etree.fromstring(loaded.blob, parser), loaded


def _paragraphs(element: Any, addresses: Mapping[str, str]) -> Iterator[_Linked]:
    """Yield the words and links of each paragraph, and the rows of each table, in order."""
    for child in element.iterchildren():
        name = _local(child)
        if name == "p":
            yield _Words(addresses).of(child)
        elif name == "tbl":
            rows = (row for row in child.iterchildren() if _local(row) == "tr")
            yield _joined((_row(row, addresses) for row in rows), "\n")
        elif name not in _LEFT_OUT:
            yield from _paragraphs(child, addresses)


def _row(row: Any, addresses: Mapping[str, str]) -> _Linked:
    cells = (cell for cell in row.iterchildren() if _local(cell) in ("tc", "sdt"))
    return _joined(
        (_joined((one for one in _paragraphs(c, addresses) if one[0]), " ") for c in cells), "\t"
    )


class _Words:
    """The words of one paragraph, and where they lead to."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._addresses = addresses
        self._text = ""
        self._links: list[Link] = []
        self._fields: list[tuple[str, int]] = []  # instructions of open fields, where each shows

    def of(self, paragraph: Any) -> _Linked:
        self._read(paragraph)
        return self._text, tuple(self._links)

    def _read(self, element: Any) -> None:
        for child in element.iterchildren():
            name = _local(child)
            if name == "t":
                self._text += child.text or ""
            elif name in _SIGNS:
                self._text += _SIGNS[name]
            elif name == "hyperlink":
                self._read_linked(child, self._addresses.get(_attribute(child, "id"), ""))
            elif name == "fldSimple":
                self._read_linked(child, _field_address(_attribute(child, "instr")))
            elif name == "fldChar":
                self._turn_field(_attribute(child, "fldCharType"))
            elif name == "instrText":
                self._fields[-1:] = [(w + (child.text or ""), n) for w, n in self._fields[-1:]]
            elif name == "txbxContent":
                boxed, links = _joined(_paragraphs(child, self._addresses), "\n")
                self._break_line()
                self._links += [
                    replace(x, start=len(self._text) + x.start, end=len(self._text) + x.end)
                    for x in links
                ]
                self._text += boxed + "\n"
            elif name not in _LEFT_OUT:
                self._read(child)

    def _break_line(self) -> None:
        self._text += "\n" if self._text and not self._text.endswith("\n") else ""

    def _turn_field(self, sign: str) -> None:
        """Follow a field of several runs: its instruction, what it shows, its end."""
        if sign == "begin":
            self._fields.append(("", len(self._text)))
        elif sign == "end" and self._fields:
            written, start = self._fields.pop()
            self._link(start, _field_address(written))

    def _read_linked(self, element: Any, url: str) -> None:
        start = len(self._text)
        self._read(element)
        self._link(start, url)

    def _link(self, start: int, url: str) -> None:
        is_web = url.lower().startswith(("http://", "https://"))
        if is_web and self._text[start:].strip():
            self._links.append(Link(start=start, end=len(self._text), url=url))


def _field_address(instruction: str) -> str:
    found = _HYPERLINK.search(instruction)
    return found[1] if found else ""


def _attribute(element: Any, name: str) -> str:
    return next((str(v) for k, v in element.items() if k.rpartition("}")[2] == name), "")


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
