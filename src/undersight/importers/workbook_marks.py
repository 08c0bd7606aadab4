"""What the library does not tell of an Excel sheet: what is hidden, links, missing results."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Final

from undersight.importers.open_document import Missed

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOOK: Final = "xl/workbook.xml"
_MOST_BYTES: Final = 64 * 1024**2  # of a sheet; a larger one is read without its marks
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^<>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b([^<>]*)>")
# =HYPERLINK("address", "words"): the words are the cell's value.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*>\s*HYPERLINK\(\s*(?:&quot;|\")"
    rb"((?:(?!&quot;|\")[^<>])+)(?:&quot;|\")"
)
# The library gives an error, and a formula that no program has computed yet, as an empty cell.
_COMPUTED = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(\s*<(?:\w+:)?v>[^<])?"
)
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^<>]*\bt\s*=\s*[\"']e[\"'][^<>]*)>")
_GIVEN = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::.*)?")
_TRUE: Final = frozenset({"1", "true"})


def marks_of(raw: bytes) -> Mapping[str, Missed]:
    """Return what the library misses, by the name of the sheet; nothing for other workbooks.

    Args:
        raw: A workbook that was checked: it swells no more than is allowed.
    """
    if not raw.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        names = set(package.namelist())
        if _BOOK not in names:
            return {}
        parts = _relations(package, _BOOK, names)
        found = {}
        for inner in _SHEET.findall(package.read(_BOOK)):
            given = _attributes(inner)
            part = parts.get(given.get("id", ""), "")
            if part in names and package.getinfo(part).file_size <= _MOST_BYTES:
                links = _relations(package, part, names)
                found[given.get("name", "")] = _marks(package.read(part), links)
    return found


def _marks(sheet: bytes, relations: Mapping[str, str]) -> Missed:
    found = Missed()
    number = 0
    for inner in _ROW.findall(sheet):
        given = _attributes(inner)
        number = int(given["r"]) if given.get("r", "").isdecimal() else number + 1
        if given.get("hidden") in _TRUE:
            found.hidden_rows.append(range(number - 1, number))
    for inner in _COLUMN.findall(sheet):
        given = _attributes(inner)
        first, last = given.get("min", ""), given.get("max", "")
        if given.get("hidden") in _TRUE and first.isdecimal() and last.isdecimal():
            found.hidden_columns.append(range(int(first) - 1, int(last)))
    for inner, address in _FORMULA.findall(sheet):
        _note(
            found,
            _attributes(inner).get("r", ""),
            html.unescape(address.decode("utf-8", "replace")),
        )
    found.without_result += _without_result(sheet)
    for inner in _LINK.findall(sheet):
        given = _attributes(inner)
        _note(found, given.get("ref", ""), relations.get(given.get("id", ""), ""))
    return found


def _without_result(sheet: bytes) -> list[tuple[int, int]]:
    """Return the places of formulas whose result is an error or not in the file."""
    # A result that is an empty text is one, and is told by the kind of its cell.
    unknown = [
        inner
        for inner, result in _COMPUTED.findall(sheet)
        if not result and _attributes(inner).get("t") != "str"
    ]
    named = (_attributes(inner).get("r", "") for inner in (*unknown, *_ERROR.findall(sheet)))
    places = (place_of(one) for one in named)
    return sorted({place for place in places if place is not None})


def place_of(named: str) -> tuple[int, int] | None:
    """Return row and column, counted from 0, of a cell named such as B3; None for no such name."""
    at = _PLACE.fullmatch(named)
    if at is None:
        return None
    column = 0
    for letter in at[1]:
        column = column * 26 + ord(letter) - 64
    return int(at[2]) - 1, column - 1


def _note(found: Missed, place: str, url: str) -> None:
    at = place_of(place)
    if at is not None and url.lower().startswith(("http://", "https://")):
        found.links[at] = url


def _relations(package: zipfile.ZipFile, part: str, names: set[str]) -> dict[str, str]:
    """Return what a part points at, by id: other parts of the package, or addresses."""
    folder, name = posixpath.split(part)
    stated = f"{folder}/_rels/{name}.rels"
    found = {}
    for inner in _RELATION.findall(package.read(stated)) if stated in names else ():
        given = _attributes(inner)
        target = given.get("Target", "")
        is_inside = given.get("TargetMode", "") != "External"
        inside = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        found[given.get("Id", "")] = posixpath.normpath(inside) if is_inside else target
    return found


def _attributes(inner: bytes) -> dict[str, str]:
    """Return the attributes of a tag, by name without what stands before a colon."""
    text = inner.decode("utf-8", "replace")
    return {
        name.rpartition(":")[2]: html.unescape(one or other)
        for name, one, other in _GIVEN.findall(text)
    }
