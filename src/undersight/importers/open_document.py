"""What the library leaves out of an OpenDocument sheet (.ods): merged cells, lines, links."""

from __future__ import annotations

import io
import re
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
_HIDDEN: Final = frozenset({"collapse", "filter"})
_LINKED: Final = f"{_TEXT}a"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_FORMULA = re.compile(r"HYPERLINK\(\s*\"([^\"]+)\"", re.IGNORECASE)
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})

Place = tuple[int, int]


@dataclass(slots=True)
class Missed:
    """What is missed of one sheet; rows and columns are counted from 0.

    Attributes:
        merged: The first and the last place of cells merged downwards.
        texts: The words of cells that have several lines.
        links: Where the words of cells lead to.
        hidden_rows: Spans of rows that are hidden or filtered out.
        hidden_columns: Spans of columns that are hidden.
        without_result: Formulas whose result is not in the file, or is an error.
    """

    merged: list[tuple[Place, Place]] = field(default_factory=list)
    texts: dict[Place, str] = field(default_factory=dict)
    links: dict[Place, str] = field(default_factory=dict)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    without_result: list[Place] = field(default_factory=list)


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
                content,
                tag=(f"{_TABLE}table-row", f"{_TABLE}table-column"),
                resolve_entities=False,
                no_network=True,
            )
            n_rows: dict[str, int] = {}
            n_columns: dict[str, int] = {}
            for _, row in steps:
                table = next(row.iterancestors(f"{_TABLE}table"), None)
                if table is None:
                    continue
                name = table.get(f"{_TABLE}name") or ""
                into = found.setdefault(name, Missed())
                is_row = row.tag == f"{_TABLE}table-row"
                counted, kind = (n_rows, "rows") if is_row else (n_columns, "columns")
                first = counted.get(name, 0)
                counted[name] = first + _number(row, f"number-{kind}-repeated")
                if row.get(f"{_TABLE}visibility") in _HIDDEN:
                    hidden = into.hidden_rows if is_row else into.hidden_columns
                    hidden.append(range(first, counted[name]))
                if is_row:
                    _note(row, first, into)
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
        if url := _address(cell):
            into.links[number, column] = url
        column += _number(cell, "number-columns-repeated")


def _address(cell: Any) -> str:
    """Return where the words of a cell lead to, one address to a line; empty where nowhere."""
    formula = _FORMULA.search(cell.get(f"{_TABLE}formula") or "")
    found = [formula[1]] if formula else []
    found += [one.get(_HREF) or "" for one in cell.iter(_LINKED)]
    web = (one for one in found if one.lower().startswith(("http://", "https://")))
    return "\n".join(dict.fromkeys(web))


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
