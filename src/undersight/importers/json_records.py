"""JSON records one after another: an object a line, one array of objects, or one object."""

from __future__ import annotations

import io
import json
import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from undersight.errors import DamagedFileError
from undersight.importers.byte_source import (
    HEAD_BYTES,
    MOST_LINE_BYTES,
    TextChunks,
    TextLines,
    head_text,
)
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCRIPT: Final = "window.YTD."
_MOST_DOCUMENT_BYTES: Final = 64 * 1024**2
FIRST: Final = "\0first"
"""In a piece of a large document: the place of its first record in the list."""
_N_IN_PIECE: Final = 500
# An object that says a few things of itself and then lists its records.
_LISTING = re.compile(
    r'\{\s*((?:"[^"\\]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)\s*,\s*)*)'
    r'"(\w+)"\s*:\s*\['
)


def json_records(stream: BinaryIO) -> Iterator[tuple[str, Any] | Issue]:
    """Yield (locator, value); the locator is ``line N`` or a JSON pointer (``/12``).

    Raises:
        DamagedFileError: The file is empty, is no JSON, or is one value of more than 64 MiB that
            is no plain list of records.
    """
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    head = source.read(HEAD_BYTES)
    source.seek(0)
    start = without_script(head_text(head))
    if start[:1] not in ("{", "["):
        TextLines(source)  # says what it is instead, where it is no text
        raise DamagedFileError("line 1", "it is not JSON")
    first, _, rest = start.partition("\n")
    is_lines = start[0] == "{" and (
        _is_whole(first) or (len(first) < HEAD_BYTES // 2 and rest.lstrip()[:2] == '{"')
    )
    if not rest and len(head) == HEAD_BYTES and _is_too_long(source) and _LISTING.match(start):
        yield from _of_listing(source)
    elif is_lines or (start[0] == "{" and not rest and len(head) == HEAD_BYTES):
        yield from _of_lines(source)
    else:
        yield from _of_document(source, is_array=start[0] == "[")


def _is_too_long(source: BinaryIO) -> bool:
    """Whether a file that may be of one line is longer than any line that is read."""
    n_bytes = source.seek(0, os.SEEK_END)
    source.seek(0)
    return n_bytes > MOST_LINE_BYTES


def without_script(text: str) -> str:
    """Return JSON without what makes a script of it, as archives of X begin.

    Args:
        text: The beginning of a file.
    """
    bare = text.lstrip("\ufeff \t\r\n")
    return bare.partition("=")[2].lstrip() if bare.startswith(_SCRIPT) else bare


def _is_whole(line: str) -> bool:
    return isinstance(_parsed(line), dict)


def _parsed(text: str) -> Any:
    """Return the value, or None where it is no JSON or nests too deeply."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_halved(source: str, value: Any) -> bool:
    """Whether a text in the value holds a lone surrogate, which no file can be written with."""
    if "\\ud" not in source and "\\uD" not in source:
        return False
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _of_lines(source: BinaryIO) -> Iterator[tuple[str, Any] | Issue]:
    lines = TextLines(source)
    for line in lines:
        number = lines.n_lines
        if lines.damaged:
            yield Issue(locator=f"line {number}", reason=lines.damaged.pop(number))
            continue
        if line.isspace():
            continue
        value = _parsed(line)
        if isinstance(value, dict | list) and not _is_halved(line, value):
            yield f"line {number}", value
        elif not lines.is_last_line_whole:
            reason = "The last line is cut short; the file was not saved to its end."
            yield Issue(locator=f"line {number}", reason=reason)
        else:
            reason = "The line is no JSON object, nests too deeply, or holds half a character."
            yield Issue(locator=f"line {number}", reason=reason)
    if lines.damage:
        place = f"after line {lines.n_lines}"
        yield Issue(locator=place, reason=f"{lines.damage.capitalize()}; what follows is missing.")


def _of_document(source: BinaryIO, *, is_array: bool) -> Iterator[tuple[str, Any] | Issue]:
    """Yield the members of an array as they come, or one object."""
    yield from _of_array(source) if is_array else _of_whole(source)


def _of_whole(source: BinaryIO) -> Iterator[tuple[str, Any] | Issue]:
    lines = TextLines(source)
    kept, n_bytes = [], 0
    for line in lines:
        if lines.damaged:
            reason = lines.damaged.popitem()[1]
            raise DamagedFileError(f"line {lines.n_lines}", reason.rstrip(".").lower())
        kept.append(line)
        n_bytes += len(line)
        if n_bytes > _MOST_DOCUMENT_BYTES:
            yield from _of_listing(source)
            return
    try:
        value = json.loads("".join(kept))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}"
        raise DamagedFileError(where, lines.damage or "the JSON ends or breaks there") from error
    except (ValueError, RecursionError) as error:
        raise DamagedFileError("line 1", "the JSON nests too deeply or is malformed") from error
    if isinstance(value, list):
        yield from ((f"/{place}", one) for place, one in enumerate(value))
    else:
        yield "/", value


def _of_array(source: BinaryIO) -> Iterator[tuple[str, Any] | Issue]:
    """Yield the members of an array, holding one of them at a time."""
    chunks = TextChunks(source)
    window = without_script(chunks.read(1)).removeprefix("[")
    for one in _members(chunks, window):
        yield one if isinstance(one, Issue) else (f"/{one[0]}", one[1])


def _of_listing(source: BinaryIO) -> Iterator[tuple[str, Any] | Issue]:
    """Yield a large object piece by piece, each with what the object says before its list."""
    source.seek(0)
    chunks = TextChunks(source)
    start = without_script(chunks.read(_MOST_DOCUMENT_BYTES // 1024))
    found = _LISTING.match(start)
    if found is None:
        size = "it is one JSON value of more than 64 MiB; write one record a line"
        raise DamagedFileError("line 1", size)
    told = json.loads(f"{{{found[1].rstrip().removesuffix(',')}}}")
    piece: list[Any] = []
    first = 0
    for one in _members(chunks, start[found.end() :]):
        if isinstance(one, Issue):
            yield replace(one, locator=f"/{found[2]}{one.locator}")
            continue
        piece.append(one[1])
        if len(piece) == _N_IN_PIECE:
            yield "/", {**told, found[2]: piece, FIRST: first}
            first, piece = first + len(piece), []
    if piece:
        yield "/", {**told, found[2]: piece, FIRST: first}


def _members(chunks: TextChunks, window: str) -> Iterator[tuple[int, Any] | Issue]:
    """Yield the members of an array with their places, from behind its bracket on."""
    place, read = 0, json.JSONDecoder().raw_decode
    while True:
        window = window.lstrip(" \t\r\n,")
        if window.startswith("]"):
            return
        try:
            value, end = read(window)
            if _is_halved(window[:end], value):
                value = "half a character"
        except RecursionError:
            value, end = None, -1
        except ValueError:
            value, end = None, 0
        if end > 0 and (end < len(window) or chunks.is_ended):
            yield place, value
            place, window = place + 1, window[end:]
            continue
        if end < 0 or chunks.is_ended or len(window) > MOST_LINE_BYTES:
            break
        window += chunks.read(len(window))
    if not place:
        raise DamagedFileError("record 1", chunks.damage or "the JSON ends or breaks there")
    reason = chunks.damage.capitalize() or "The JSON ends or breaks here"
    yield Issue(locator=f"/{place}", reason=f"{reason}; what follows was not read.")
