"""Plain text: a pasted or saved running log."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.i18n import _
from undersight.model.intake import Article
from undersight.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # marks of UTF-16 and UTF-32
_CODES = (b"{\\rtf", b"%PDF-", b"%!PS")  # letters of other documents that are not their words


class PlainText:
    """A text file, read as one article; the drafting splits it into entries."""

    importer_id: ClassVar[str] = "plain-text"
    about: ClassVar[str] = _("Plain text or Markdown, as pasted or saved.")
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".md", ".text")

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Accept what has no NUL bytes and is no document's code: the last importer asked."""
        if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_CODES):
            return False
        return b"\x00" not in head or head.startswith(_WIDE)

    def parse(self, stream: BinaryIO) -> Iterator[Article]:
        """Yield the whole text as one article, its characters unchanged."""
        text = decode(stream.read())
        if text.strip():
            yield Article(locator="line 1", text=text)
