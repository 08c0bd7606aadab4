"""What the library leaves out of an OpenDocument sheet (.ods): merged cells, lines of a cell."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CONTENT: Final = "content.xml"
_MOST_ROWS: Final = 1_048_576  # of a sheet
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})

Place = tuple[int, int]


@dataclass(slots=True)
class Missed:
    """What is missed of one sheet; rows and columns are counted from 0.

    Attributes:
        merged: The first and the last place of cells merged downwards.
        texts: The words of cells that have several lines.
    """

    merged: list[tuple[Place, Place]] = field(default_factory=list)
    texts: dict[Place, str] = field(default_factory=dict)


def missed_of(raw: bytes) -> Mapping[str, Missed]:
    """Return what the library misses, by the name of the sheet; nothing for other workbooks.

    Args:
        raw: A workbook that was checked: it swells no more than is allowed.
    """
    from lxml import etree

    if not raw.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        if _CONTENT not in package.namelist():
            return {}
        found: dict[str, Missed] = {}
        with package.open(_CONTENT) as content:
            # Entities stay as they are and nothing is fetched: a file may ask for anything.
            steps = etree.iterparse(
                content, tag=f"{_TABLE}table-row", resolve_entities=False, no_network=True
            )
            n_rows: dict[str, int] = {}
            for _, row in steps:
                table = next(row.iterancestors(f"{_TABLE}table"), None)
                if table is None:
                    continue
                name = table.get(f"{_TABLE}name") or ""
                first = n_rows.get(name, 0)
                _note(row, first, found.setdefault(name, Missed()))
                n_rows[name] = first + _number(row, "number-rows-repeated")
                row.clear()
    return found


def _note(row: Any, number: int, into: Missed) -> None:
    """Note what is missed of one row."""
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        n_down = _number(cell, "number-rows-spanned")
        n_across = _number(cell, "number-columns-spanned")
        if n_down > 1:
            into.merged.append(((number, column), (number + n_down - 1, column + n_across - 1)))
        if cell.get(f"{_OFFICE}value-type") == "string":
            lines = [_words(part) for part in cell if part.tag == f"{_TEXT}p"]
            text = "\n".join(lines)
            if "\n" in text.strip():
                into.texts[number, column] = text
        column += _number(cell, "number-columns-repeated")


def _words(element: Any) -> str:
    """Return the words of a paragraph, its breaks as lines; notes beside it are left out."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag == f"{_TEXT}tab":
            parts.append(" ")
        elif child.tag == f"{_TEXT}s":
            parts.append(" " * min(_number(child, "c", _TEXT), 100))
        elif child.tag != f"{_OFFICE}annotation" and isinstance(child.tag, str):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _number(element: Any, name: str, space: str = _TABLE) -> int:
    written = element.get(f"{space}{name}") or ""
    return min(int(written), _MOST_ROWS) if written.isdecimal() and int(written) else 1
