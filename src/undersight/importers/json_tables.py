"""JSON as a table: what interfaces answer and archives hold, with the records found in it.

Records may stand one a line, in one array, or somewhere inside one object (``items``,
``result.posts``, ``messages``). A record's fields become columns, those of objects in it as
``author.name``. Replies that stand inside a record are records of their own under it.
"""

from __future__ import annotations

import json
import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import DamagedFileError
from undersight.importers.byte_source import head_text
from undersight.importers.json_paths import at, text_at
from undersight.importers.json_records import FIRST, json_records, without_script
from undersight.importers.json_shapes import shaped
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    Cells = tuple[str, Sequence[str]]

_JSON_NAME = re.compile(r'"([^"\\]{1,80})"\s*:')
_N_LEARNT = 1_000
_MOST_DEPTH = 5
_MOST_NESTED = 40
_RECORD_LISTS: Final = (
    *("messages", "posts", "comments", "items", "data", "statuses", "tweets", "records"),
    *(
        "follows",
        "followers",
        "users",
        "channels",
        "results",
        "feed",
        "entries",
        "response",
        "result",
        "thread",
        "children",
        "orderedItems",
        "videos",
    ),
)
_REPLY_LISTS: Final = (
    *(("replies", "comments"), ("replies", "data", "children"), ("replies", "data")),
    *(("comments", "data"), ("replies",), ("comments",), ("children",), ("latest_comments",)),
    *(("latestComments",), ("thread", "items")),
    ("answers",),
)
# What stands in these is under a post, not an answer to a comment.
_COMMENT_LISTS: Final = frozenset({"comments", "latest_comments", "latestComments"})
LEFT_OUT: Final = "left_out"
PARENT: Final = "parent_id"
ROOT: Final = "root_id"
NAMES: Final = "names"
_OWN_WORDS: Final = ("text", "content", "message", "full_text", "body", "caption", "uri")
_REDDIT_KINDS: Final = frozenset({"t1", "t3"})
# Private conversations of a whole export are nobody's post.
_PRIVATE_CHATS: Final = frozenset({"personal_chat", "bot_chat", "saved_messages"})
_TYPE_MARKS: Final = frozenset({"_", "$type", "@type", "_type", "__typename"})
_ID_NAMES = (
    *("native_id", "id", "id_str", "comment_id", "commentId", "cid", "pk", "uri", "post.uri"),
)


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
            key
            for one in first
            if not isinstance(one, Issue)
            for key in flattened(one[1])
            if key != LEFT_OUT
        )
    )
    if not names:
        raise DamagedFileError("line 1", "no JSON object with fields stands in it")
    return names, _rows(chain(first, found), names)


def columns_shown(head: bytes) -> tuple[str, ...]:
    """Return the names of fields that the beginning of JSON shows; empty where it is none.

    Fields of objects in it stand with what they are in where the first line is whole, and alone.

    Args:
        head: The first 64 KiB.
    """
    text = without_script(head_text(head))
    if text[:1] not in ("{", "["):
        return ()
    names = dict.fromkeys(_JSON_NAME.findall(text))
    try:
        return tuple(flattened(json.loads(text.partition("\n")[0])) | names)
    except (ValueError, RecursionError):
        return tuple(names)


def flattened(value: Any, above: str = "", depth: int = 0) -> dict[str, str]:
    """Return a JSON object's fields as text, those of objects in it as ``author.name``."""
    found: dict[str, str] = {}
    if not isinstance(value, dict):
        return found
    for key, one in value.items():
        if key in _TYPE_MARKS:
            continue
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
        elif isinstance(one[1], dict) and LEFT_OUT in one[1]:
            yield Issue(locator=one[0], reason=one[1][LEFT_OUT])
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
        for place, record, told in _inside(*one):
            yield from _with_replies(place, record, told, 0)


def _inside(locator: str, value: Any) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """The records of an object that only wraps them, and what it says of all; else the value."""
    where, told = locator.rstrip("/"), dict[str, Any]()
    held: Any = value
    if isinstance(held, dict) and isinstance(held.get("chats"), dict):
        yield from _of_chats(where, held["chats"].get("list"))
        return
    if not (isinstance(held, dict) and (locator == "/" or _is_wrapper(held))):
        yield locator, value, told
        return
    while isinstance(held, dict) and not _is_record(held):
        key = next((one for one in _RECORD_LISTS if isinstance(held.get(one), dict | list)), "")
        inner = held.get(key)
        told |= _told_by(held, key)
        if isinstance(inner, list) and any(isinstance(one, dict) for one in inner):
            for place, one in enumerate(inner, held.get(FIRST, 0)):
                yield f"{where}/{key}/{place}", one, told
            return
        if not isinstance(inner, dict):
            break
        where, held = f"{where}/{key}", inner
    if isinstance(held, dict):
        yield where or "/", held, told
    else:
        yield locator, value, told


def _of_chats(where: str, chats: Any) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """The messages of every chat of a whole export; private conversations are left out."""
    for place, chat in enumerate(chats if isinstance(chats, list) else ()):
        locator = f"{where}/chats/list/{place}"
        messages = chat.get("messages") if isinstance(chat, dict) else None
        if not isinstance(messages, list):
            continue
        if chat.get("type") in _PRIVATE_CHATS:
            reason = f"A private conversation of {len(messages)} messages was left out."
            yield locator, {LEFT_OUT: reason}, {}
            continue
        told = _told_by(chat, "messages")
        for number, message in enumerate(messages):
            yield f"{locator}/messages/{number}", message, told


def _told_by(held: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What an object says of the records in it: their chat, or the names of ids."""
    if key == "messages":
        names = {"chat_name": "name", "chat_id": "id", "chat_type": "type"}
        return {name: held.get(field) or "" for name, field in names.items()}
    people, groups = held.get("profiles"), held.get("groups")
    named: dict[Any, str] = {}
    for one in people if isinstance(people, list) else ():
        named[at(one, "id")] = f"{text_at(one, 'first_name')} {text_at(one, 'last_name')}".strip()
    for one in groups if isinstance(groups, list) else ():
        number = at(one, "id")
        named[-number if isinstance(number, int) else None] = text_at(one, "name")
    return {NAMES: named} if named else {}


def _is_wrapper(value: Mapping[str, Any], depth: int = 0) -> bool:
    """Whether an object on a line of its own holds records: it says nothing of one itself."""
    if value.get("kind") == "Listing":
        return True
    thread = value.get("thread")
    if isinstance(thread, dict) and isinstance(thread.get("post"), dict):
        return True
    return not _is_record(value) and any(
        (isinstance(held, list) and any(isinstance(one, dict) for one in held))
        or (depth < _MOST_DEPTH and isinstance(held, dict) and _is_wrapper(held, depth + 1))
        for held in map(value.get, _RECORD_LISTS)
    )


def _is_record(value: Mapping[str, Any]) -> bool:
    if "extractor" in value and "webpage_url" in value:
        return True
    return any(isinstance(value.get(key), str) and value[key] for key in _OWN_WORDS) or (
        isinstance(value.get("post"), dict)
    )


def _with_replies(
    locator: str, record: Any, told: Mapping[str, Any], depth: int
) -> Iterator[tuple[str, Any]]:
    """Yield a record without its replies, then these, each knowing what it answers."""
    if isinstance(record, dict) and record.get("kind") in _REDDIT_KINDS and "data" in record:
        record = record["data"]
    if not isinstance(record, dict) or depth > _MOST_NESTED or LEFT_OUT in record:
        yield locator, record
        return
    path, replies = _replies_in(record)
    bare = {key: one for key, one in record.items() if not path or key != path[0]}
    is_under = bool(path) and path[0] in _COMMENT_LISTS
    made = shaped(bare, told)
    words = next((made[key] for key in _OWN_WORDS if made.get(key)), "")
    if words and (is_under or depth):
        # A post and what stands under it may call their words differently.
        made["text"] = words
    if is_under:
        made["kind"] = made.get("kind") or "post"
    yield locator, made
    own_id = _id_of(made)
    for place, reply in enumerate(replies):
        where = f"{locator.rstrip('/')}/{'/'.join(path)}/{place}"
        key = ROOT if is_under else PARENT
        answers: dict[str, Any] = {} if reply.get(key) or not own_id else {key: own_id}
        if is_under:
            answers["kind"] = "comment"
        yield from _with_replies(where, reply | answers, told, depth + 1)


def _replies_in(record: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Any]]:
    """Where the replies of a record stand in it, and the replies."""
    for path in _REPLY_LISTS:
        replies = at(record, *path)
        if isinstance(replies, list) and replies and all(isinstance(o, dict) for o in replies):
            return path, replies
    return (), []


def _id_of(record: Mapping[str, Any]) -> Any:
    flat = flattened(record)
    return next((flat[name] for name in _ID_NAMES if flat.get(name)), "")
