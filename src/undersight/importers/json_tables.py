"""JSON as a table: what interfaces answer and archives hold, with the records found in it.

Records may stand one a line, in one array, or somewhere inside one object (``items``,
``result.posts``, ``messages``). A record's fields become columns, those of objects in it as
``author.name``. Replies that stand inside a record are records of their own under it.
"""

from __future__ import annotations

import json
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import DamagedFileError
from undersight.importers.json_records import json_records
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    Cells = tuple[str, Sequence[str]]

_N_LEARNT = 200
_MOST_DEPTH = 5
_MOST_NESTED = 40
_RECORD_LISTS: Final = (
    *("messages", "posts", "comments", "items", "data", "statuses", "tweets", "records"),
    *("results", "feed", "entries", "response", "result", "thread"),
)
_REPLY_LISTS: Final = (
    *(("replies", "comments"), ("replies", "data"), ("comments", "data")),
    *(("replies",), ("comments",), ("children",), ("latest_comments",)),
)
PARENT: Final = "parent_id"
_ID_NAMES = ("id", "id_str", "comment_id", "commentId", "cid", "pk", "uri", "post.uri")


def open_json(source: BinaryIO) -> tuple[list[str], Iterator[Cells | Issue]]:
    """Return the column names and (locator, cells as text) or issues.

    Args:
        source: The file from its start.

    Raises:
        DamagedFileError: It is no JSON, or no object with fields stands in it.
    """
    found = _unfolded(json_records(source))
    first = list(islice(found, _N_LEARNT))
    names = list(
        dict.fromkeys(
            key for one in first if not isinstance(one, Issue) for key in flattened(one[1])
        )
    )
    if not names:
        raise DamagedFileError("line 1", "no JSON object with fields stands in it")
    return names, _rows(chain(first, found), names)


def flattened(value: Any, above: str = "", depth: int = 0) -> dict[str, str]:
    """Return a JSON object's fields as text, those of objects in it as ``author.name``."""
    found: dict[str, str] = {}
    if not isinstance(value, dict):
        return found
    for key, one in value.items():
        name = f"{above}{key}"
        if isinstance(one, dict) and depth < _MOST_DEPTH:
            found.update(flattened(one, f"{name}.", depth + 1))
        elif isinstance(one, dict | list):
            found[name] = _written(one) if one else ""
        elif isinstance(one, bool):
            found[name] = "true" if one else "false"
        else:
            found[name] = "" if one is None else str(one)
    return found


def _written(value: dict[str, Any] | list[Any]) -> str:
    """A list of pieces of one text as that text, as Telegram writes it; else JSON."""
    if isinstance(value, list):
        pieces = [
            one if isinstance(one, str) else one.get("text") if isinstance(one, dict) else None
            for one in value
        ]
        has_marks = any(isinstance(one, dict) and "type" in one for one in value)
        if has_marks and all(isinstance(piece, str) for piece in pieces):
            return "".join(piece for piece in pieces if piece)
    return json.dumps(value, ensure_ascii=False)


def _rows(
    found: Iterator[tuple[str, Any] | Issue], names: Sequence[str]
) -> Iterator[Cells | Issue]:
    for one in found:
        if isinstance(one, Issue):
            yield one
        elif isinstance(one[1], dict) and one[1]:
            flat = flattened(one[1])
            yield one[0], [flat.get(name, "") for name in names]
        else:
            yield Issue(locator=one[0], reason="The record is no JSON object with fields.")


def _unfolded(found: Iterator[tuple[str, Any] | Issue]) -> Iterator[tuple[str, Any] | Issue]:
    """Yield the records, those inside a wrapping object or under another record too."""
    for one in found:
        if isinstance(one, Issue):
            yield one
            continue
        locator, value = one
        for place, record in _inside(locator, value):
            yield from _with_replies(place, record, 0)


def _inside(locator: str, value: Any) -> list[tuple[str, Any]]:
    """The records of an object that only wraps them; else the value itself."""
    where, held, told = locator.rstrip("/"), value, dict[str, Any]()
    if not (isinstance(held, dict) and (locator == "/" or _is_wrapper(held))):
        return [(locator, value)]
    while isinstance(held, dict):
        key = next((one for one in _RECORD_LISTS if isinstance(held.get(one), dict | list)), "")
        if not key:
            break
        if key == "messages":
            told = {"chat_name": held.get("name") or "", "chat_id": held.get("id") or ""}
        inner = held[key]
        if isinstance(inner, list):
            if not any(isinstance(one, dict) for one in inner) or _is_record(held):
                break
            places = enumerate(inner)
            return [
                (f"{where}/{key}/{place}", one | told if isinstance(one, dict) else one)
                for place, one in places
            ]
        where, held = f"{where}/{key}", inner
    return [(where or "/", held)] if isinstance(held, dict) else [(locator, value)]


def _is_wrapper(value: Mapping[str, Any]) -> bool:
    """Whether an object on a line of its own holds records: it says nothing of one itself."""
    return not _is_record(value) and any(
        isinstance(value.get(key), list) and any(isinstance(one, dict) for one in value[key])
        for key in _RECORD_LISTS
    )


def _is_record(value: Mapping[str, Any]) -> bool:
    return any(key in value for key in ("text", "content", "message", "full_text", "body", "post"))


def _with_replies(locator: str, record: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield a record without its replies, then these, each knowing what it answers."""
    if not isinstance(record, dict) or depth > _MOST_NESTED:
        yield locator, record
        return
    for path in _REPLY_LISTS:
        replies: Any = record
        for key in path:
            replies = replies.get(key) if isinstance(replies, dict) else None
        if isinstance(replies, list) and replies and all(isinstance(o, dict) for o in replies):
            bare = {key: one for key, one in record.items() if key != path[0]}
            yield locator, bare
            own_id = _id_of(bare)
            for place, reply in enumerate(replies):
                answers = {} if reply.get(PARENT) or not own_id else {PARENT: own_id}
                where = f"{locator.rstrip('/')}/{'/'.join(path)}/{place}"
                yield from _with_replies(where, reply | answers, depth + 1)
            return
    yield locator, record


def _id_of(record: Mapping[str, Any]) -> Any:
    flat = flattened(record)
    return next((flat[name] for name in _ID_NAMES if flat.get(name)), "")
