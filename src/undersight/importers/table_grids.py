"""The tables of a web page or Word document as lines of cells, merged cells filled in.

A cell across several rows holds for each of them, or the cells beside it would stand under
another column's name; a cell across several columns stands once.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import DamagedFileError
from undersight.importers import word_text
from undersight.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

_MOST_COLUMNS: Final = 100
_MOST_ROWS: Final = 100_000  # that a cell may go over
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_LINES = frozenset({"br", "p", "div", "li", "tr", "ul", "ol"})
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a table at one place.

    Args:
        text: Its words.
        url: Where they lead to; empty where they do not.
        is_name: Whether the table itself calls it a heading.
        n_rows: How many rows it goes down.
        n_columns: How many columns it goes across.
    """

    text: str = ""
    url: str = ""
    is_name: bool = False
    n_rows: int = 1
    n_columns: int = 1


_NOTHING = Cell()


def page_tables(raw: bytes) -> list[list[list[Cell]]]:
    """Return the tables of a web page, each as lines; one that only holds others is none.

    Raises:
        DamagedFileError: It is no page with a table.
    """
    from lxml import etree, html

    if b"<tr" not in raw.lower():
        raise DamagedFileError("line 1", "it is a web page without a table")
    stated = _CHARSET.search(raw[:4096])
    source = decode(raw, declared=stated.group(1).decode("ascii") if stated else "")
    try:
        page = html.document_fromstring(
            source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, ValueError) as error:
        raise DamagedFileError("page", "it holds no HTML") from error
    tables: dict[Any, list[list[Cell]]] = {}
    for row in page.iter("tr"):
        table = next(row.iterancestors("table"), None)
        if table is None or table.find(".//table") is None:
            cells = [_page_cell(cell) for cell in row if cell.tag in ("td", "th")]
            tables.setdefault(table, []).append(cells)
    return [_grid(rows) for rows in tables.values()]


def _page_cell(cell: HtmlElement) -> Cell:
    links = [str(href).strip() for href in cell.xpath(".//a/@href")]
    return Cell(
        text="\n".join(filter(None, (" ".join(x.split()) for x in _said(cell).split("\n")))),
        url="\n".join(dict.fromkeys(url for url in links if _is_web(url))),
        is_name=cell.tag == "th",
        n_rows=_span(cell.get("rowspan"), _MOST_ROWS),
        n_columns=_span(cell.get("colspan"), _MOST_COLUMNS),
    )


def _said(element: HtmlElement) -> str:
    """Return the words of a cell; two paragraphs of it are two lines, not one long word."""
    parts = [" ".join((element.text or "").split("\n"))]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            inner = _said(child)
            parts.append(f"\n{inner}\n" if child.tag in _LINES else inner)
        parts.append(" ".join((child.tail or "").split("\n")))
    return "".join(parts)


def _span(written: str | None, most: int) -> int:
    """Return how far a cell goes; 0 is “to the end”."""
    if not written or not written.strip().isdecimal():
        return 1
    return min(int(written[:9]) or most, most)


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def document_tables(raw: bytes) -> list[list[list[Cell]]]:
    """Return the tables of a Word document, each as lines.

    Raises:
        DamagedFileError: It is no Word document, or one without a table.
    """
    from docx import Document
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    stream = io.BytesIO(raw)
    word_text.refuse_bomb(stream)
    try:
        document = Document(stream)
        links = word_text.addresses(document.part)
        found = [
            _grid([[*_document_row(row, links)] for row in table if word_text.local(row) == "tr"])
            for table in document.element.body.iter()
            if word_text.local(table) == "tbl" and not _holds_tables(table)
        ]
    except (PythonDocxError, OpcError, LxmlError, *word_text.DAMAGE) as error:
        raise DamagedFileError("document", "it is not a Word document") from error
    if not found:
        raise DamagedFileError("document", "it is a Word document without a table")
    return found


def _holds_tables(table: Any) -> bool:
    return any(word_text.local(one) == "tbl" for one in table.iterdescendants())


def _document_row(row: Any, links: dict[str, str]) -> Iterator[Cell]:
    """Yield the cells of a row; a cell that only goes on from above is marked by no rows."""
    is_name = any(word_text.local(one) == "tblHeader" for one in row.iter())
    for cell in row:
        if word_text.local(cell) not in ("tc", "sdt"):
            continue
        text, found = word_text.joined(
            (one for one in word_text.paragraphs(cell, links) if one[0].strip()), "\n"
        )
        signs = {word_text.local(one): one for one in cell.iter()}
        span = word_text.attribute(signs["gridSpan"], "val") if "gridSpan" in signs else ""
        goes_on = "vMerge" in signs and word_text.attribute(signs["vMerge"], "val") != "restart"
        yield Cell(
            text=text.strip(),
            url="\n".join(dict.fromkeys(link.url for link in found)),
            is_name=is_name,
            n_rows=0 if goes_on else 1,
            n_columns=_span(span, _MOST_COLUMNS),
        )


def _grid(rows: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    """Give every cell its column, and what goes down several rows to each of them."""
    lines: list[list[Cell]] = []
    going: dict[int, tuple[int, Cell]] = {}  # by column: rows to come, what stands in them
    for cells in rows:
        line: list[Cell] = []
        waiting = list(reversed(cells))
        fresh: dict[int, tuple[int, Cell]] = {}
        while waiting or any(column >= len(line) for column in going):
            column = len(line)
            if column in going:
                line.append(going[column][1])
            else:
                line += _placed(waiting.pop(), column, fresh, lines) if waiting else [_NOTHING]
        going = {c: (n - 1, one) for c, (n, one) in going.items() if n > 1} | fresh
        lines.append(line)
    return lines


def _placed(
    cell: Cell, column: int, going: dict[int, tuple[int, Cell]], lines: Sequence[Sequence[Cell]]
) -> list[Cell]:
    """Return what a cell puts into its line, and note what it puts into the next ones."""
    if cell.n_rows == 0:  # goes on from the line above
        above = lines[-1][column] if lines and column < len(lines[-1]) else _NOTHING
        cell = replace(above, n_columns=cell.n_columns)
    put = [cell, *(_NOTHING for _ in range(1, cell.n_columns))]
    if cell.n_rows > 1:
        going.update((column + n, (cell.n_rows - 1, one)) for n, one in enumerate(put))
    return put
