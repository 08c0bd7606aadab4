"""JSON records one after another: an object a line, one array of objects, or one object."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from undersight.errors import DamagedFileError
from undersight.importers.byte_source import HEAD_BYTES, TextLines, head_text, is_packed
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_DOCUMENT_BYTES: Final = 64 * 1024**2


def json_records(stream: BinaryIO) -> Iterator[tuple[str, Any] | Issue]:
    """Yield (locator, value); the locator is ``line N`` or a JSON pointer (``/12``).

    Raises:
        DamagedFileError: The file is empty, is no JSON, or is one value of more than 64 MiB.
    """
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    head = source.read(HEAD_BYTES)
    source.seek(0)
    start = head_text(head).lstrip()
    if start[:1] not in ("{", "["):
        TextLines(source)  # says what it is instead, where it is no text
        raise DamagedFileError("line 1", "it is not JSON")
    first, _, rest = start.partition("\n")
    is_lines = start[0] == "{" and (
        _is_whole(first) or (len(first) < HEAD_BYTES // 2 and rest.lstrip()[:2] == '{"')
    )
    if is_lines or (start[0] == "{" and not rest and len(head) == HEAD_BYTES):
        yield from _of_lines(source)
    else:
        yield from _of_document(source, is_array=start[0] == "[")


def _is_whole(line: str) -> bool:
    return isinstance(_parsed(line), dict)


def _parsed(text: str) -> Any:
    """Return the value, or None where it is no JSON or nests too deeply."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


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
        if isinstance(value, dict | list):
            yield f"line {number}", value
        elif not lines.is_last_line_whole:
            reason = "The last line is cut short; the file was not saved to its end."
            yield Issue(locator=f"line {number}", reason=reason)
        else:
            reason = "The line is no JSON object, or nests too deeply."
            yield Issue(locator=f"line {number}", reason=reason)
    if lines.damage:
        place = f"after line {lines.n_lines}"
        yield Issue(locator=place, reason=f"{lines.damage.capitalize()}; what follows is missing.")


def _of_document(source: BinaryIO, *, is_array: bool) -> Iterator[tuple[str, Any] | Issue]:
    """Yield the members of an array as they come, or one object."""
    if not is_array or is_packed(source.read(2)):
        source.seek(0)
        yield from _of_whole(source)
        return
    source.seek(0)
    yield from _of_array(source)


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
            size = "it is one JSON value of more than 64 MiB; write one record a line"
            raise DamagedFileError("line 1", size)
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
    import ijson

    place = 0
    try:
        for value in ijson.items(source, "item", use_float=True):
            yield f"/{place}", value
            place += 1
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
        if not place:
            raise DamagedFileError("record 1", "the JSON ends or breaks there") from error
        reason = "The JSON ends or breaks here; what follows was not read."
        yield Issue(locator=f"/{place}", reason=reason)
