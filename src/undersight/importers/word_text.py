"""The words of a Word document's parts, read from the XML itself: the library leaves much out."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import DamagedFileError
from undersight.model.intake import Link

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator, Mapping

Linked = tuple[str, tuple[Link, ...]]
# Deleted or moved while changes were tracked; settings; the second form of one drawing.
_LEFT_OUT = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "Fallback"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HYPERLINK = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_MOST_UNPACKED_BYTES = 256 * 1024 * 1024
DAMAGE: Final = (
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
"""What the ZIP reader and the document reader raise on packages with missing or damaged parts."""


def addresses(part: Any) -> dict[str, str]:
    """Return where the links of a part lead to, by their keys."""
    return {key: one.target_ref for key, one in part.rels.items() if one.is_external}


def joined(parts: Iterable[Linked], between: str) -> Linked:
    """Join texts and move their links along."""
    text, links = "", list[Link]()
    for n, (words, found) in enumerate(parts):
        text += between if n else ""
        links += [replace(x, start=len(text) + x.start, end=len(text) + x.end) for x in found]
        text += words
    return text, tuple(links)


def paragraphs(element: Any, addresses: Mapping[str, str]) -> Iterator[Linked]:
    """Yield the words and links of each paragraph, and the rows of each table, in order."""
    for child in element.iterchildren():
        name = local(child)
        if name == "p":
            yield _Words(addresses).of(child)
        elif name == "tbl":
            rows = (row for row in child.iterchildren() if local(row) == "tr")
            yield joined((_row(row, addresses) for row in rows), "\n")
        elif name not in _LEFT_OUT:
            yield from paragraphs(child, addresses)


def _row(row: Any, addresses: Mapping[str, str]) -> Linked:
    cells = (cell for cell in row.iterchildren() if local(cell) in ("tc", "sdt"))
    return joined(
        (joined((one for one in paragraphs(c, addresses) if one[0]), " ") for c in cells), "\t"
    )


class _Words:
    """The words of one paragraph, and where they lead to."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._addresses = addresses
        self._text = ""
        self._links: list[Link] = []
        self._fields: list[tuple[str, int]] = []  # instructions of open fields, where each shows

    def of(self, paragraph: Any) -> Linked:
        self._read(paragraph)
        return self._text, tuple(self._links)

    def _read(self, element: Any) -> None:
        for child in element.iterchildren():
            name = local(child)
            if name == "t":
                self._text += child.text or ""
            elif name in _SIGNS:
                self._text += _SIGNS[name]
            elif name == "hyperlink":
                self._read_linked(child, self._addresses.get(attribute(child, "id"), ""))
            elif name == "fldSimple":
                self._read_linked(child, _field_address(attribute(child, "instr")))
            elif name == "fldChar":
                self._turn_field(attribute(child, "fldCharType"))
            elif name == "instrText":
                self._fields[-1:] = [(w + (child.text or ""), n) for w, n in self._fields[-1:]]
            elif name == "txbxContent":
                boxed, links = joined(paragraphs(child, self._addresses), "\n")
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


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name without a namespace; empty where there is none."""
    return next((str(v) for k, v in element.items() if k.rpartition("}")[2] == name), "")


def local(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def refuse_bomb(raw: io.BytesIO) -> None:
    """Refuse what is no ZIP file, or would unpack to more than a document holds.

    Raises:
        DamagedFileError: So it is.
    """
    try:
        with zipfile.ZipFile(raw) as package:
            n_bytes = sum(entry.file_size for entry in package.infolist())
    except zipfile.BadZipFile as error:
        raise DamagedFileError("document", "it is not a ZIP file or is cut short") from error
    if n_bytes > _MOST_UNPACKED_BYTES:
        size = f"it would unpack to {n_bytes // 1024**2} MiB, more than 256"
        raise DamagedFileError("document", size)
    raw.seek(0)
