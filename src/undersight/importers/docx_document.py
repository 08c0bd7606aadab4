"""Word documents (DOCX)."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Final

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.word_text import DAMAGE, addresses, joined, paragraphs, refuse_bomb
from undersight.model.intake import Article, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(r"heading ([1-6])", re.IGNORECASE)
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


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
        refuse_bomb(raw)
        try:
            title, text, links = _title_text_and_links(raw)
        except (PythonDocxError, OpcError, LxmlError, *DAMAGE) as error:
            raise DamagedFileError("document", "it is not a Word document") from error
        if text:
            yield Article(locator="document", title=title, text=text, links=links)


def _title_text_and_links(raw: io.BytesIO) -> tuple[str, str, tuple[Link, ...]]:
    """Read title, text and links.

    What was inserted while changes were tracked, fields, controls and footnotes are text; what
    was deleted is none.
    """
    from docx import Document

    document = Document(raw)
    part = document.part
    _mark_headings(document)
    roots = ((document.element.body, part), *_notes(part))
    told = [one for root, of in roots for one in paragraphs(root, addresses(of))]
    text, links = joined((one for one in told if one[0].strip()), "\n\n")
    has_title = any(one.partname.endswith("/core.xml") for one in part.package.iter_parts())
    title = document.core_properties.title if has_title else ""
    return title or "", text, links


def _mark_headings(document: Any) -> None:
    """Show which paragraphs are headings, where several are alike, as pages do.

    A list of profiles or a log is parted by them, and plain text would not tell.
    """
    from docx.enum.style import WD_STYLE_TYPE

    by_level: dict[int, list[Any]] = {}
    for paragraph in document.element.body.iter(f"{_WORD}p"):
        style = document.styles.get_by_id(paragraph.style, WD_STYLE_TYPE.PARAGRAPH)
        named = _HEADING.fullmatch(style.name or "")
        first = next((t for t in paragraph.iter(f"{_WORD}t") if (t.text or "").strip()), None)
        if named and first is not None:
            by_level.setdefault(int(named[1]), []).append(first)
    for level, alike in by_level.items():
        for first in alike if len(alike) > 1 else ():
            first.text = "#" * level + " " + first.text.lstrip()


def _notes(part: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the roots of foot- and endnotes with their parts: sources may stand there."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for key in sorted(part.rels):
        one = part.rels[key]
        if not one.is_external and one.reltype.rsplit("/", 1)[-1] in ("footnotes", "endnotes"):
            loaded = one.target_part
            yield etree.fromstring(loaded.blob, parser), loaded
