"""Tables of tools whose columns mean something else there than everywhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undersight.importers.column_sense import TableSense

    Cell = Callable[[Sequence[str]], str]

_FACEPAGER: Final = frozenset({"object_id", "object_type", "query_status", "query_type"})
_WALL: Final = frozenset({"from_id", "owner_id", "id", "date"})
_NUMBER: Final = re.compile(r"-?\d+")
_MOST_NODES: Final = 1_000_000


def settle_tools(sense: TableSense, names: Sequence[str]) -> None:
    """Put right what single names cannot tell in tables of known tools.

    Args:
        sense: What is known of the table so far.
        names: Names of its columns, folded.
    """
    _facepager(sense, names)
    _wall(sense, names)
    if {"entities_str", "created_at", "time"} <= set(names):  # TAGS: ``time`` is day-first there
        sense.roles["time"] = names.index("created_at")
    _channel_of_author(sense, names)
    _numbered_replies(sense, names)


def _facepager(sense: TableSense, names: Sequence[str]) -> None:
    """A tree of nodes numbered by the program; the platform's own ids are its objects."""
    if not set(names) >= _FACEPAGER:
        return
    roles, own = sense.roles, names.index("object_id")
    for role in ("object", "parent_id"):
        roles.pop(role, None)
    roles["post_id"] = own
    if "id" in names and "parent_id" in names and "root_id" not in roles:
        node, above = names.index("id"), names.index("parent_id")
        sense.add("root_id", _object_above(node, above, own), node, above)
    asked = names.index("query_type")
    sense.add("kind", lambda cells: "comment" if "comment" in cells[asked].lower() else "", asked)


def _object_above(node: int, above: int, own: int) -> Cell:
    """Look up what the node above is; nodes stand in the file before those under them."""
    objects: dict[str, str] = {}

    def told(cells: Sequence[str]) -> str:
        if len(objects) < _MOST_NODES:
            objects[cells[node]] = cells[own]
        return objects.get(cells[above], "")

    return told


def _wall(sense: TableSense, names: Sequence[str]) -> None:
    """VK: the owner is the wall, not who wrote, and ids are unique within one wall only."""
    if not set(names) >= _WALL:
        return
    owner, writer, own = (names.index(one) for one in ("owner_id", "from_id", "id"))
    if not sense.all_are(_NUMBER, owner, writer, own):
        return
    roles = sense.roles
    roles |= {"account_id": writer, "target_id": owner}

    def within(place: int) -> Cell:
        return lambda cells: f"{cells[owner]}_{cells[place]}" if cells[place] else ""

    for role, name in (
        ("post_id", "id"),
        ("root_id", "post_id"),
        ("parent_id", "reply_to_comment"),
    ):
        if name in names:
            sense.add(role, within(names.index(name)), names.index(name))
        else:
            roles.pop(role, None)
    sense.add(
        "account_kind", lambda cells: "group" if cells[writer].startswith("-") else "profile"
    )
    sense.known_platform = "vk"


def _channel_of_author(sense: TableSense, names: Sequence[str]) -> None:
    """``channelId`` is who wrote, not where, if several stand under one video."""
    if "channel_id" not in names or "account_id" in sense.roles:
        return
    channel, video = names.index("channel_id"), sense.roles.get("root_id", -1)
    if not 0 <= video < len(names):
        return
    channels: dict[str, set[str]] = {}
    for cells in sense.seen:
        channels.setdefault(cells[video], set()).add(cells[channel])
    if any(len(found) > 1 for at, found in channels.items() if at):
        sense.roles["account_id"] = channel


def _numbered_replies(sense: TableSense, names: Sequence[str]) -> None:
    """A reply's own id may stand beside that of the comment which it answers."""
    if not {"comment_id", "reply_id"} <= set(names):
        return
    comment, reply = names.index("comment_id"), names.index("reply_id")
    tops = {cells[comment] for cells in sense.seen if cells[comment] and not cells[reply]}
    answers = [cells for cells in sense.seen if cells[reply]]
    if answers and all(cells[comment] in tops for cells in answers):
        sense.add("post_id", lambda cells: cells[reply] or cells[comment], comment, reply)
        sense.add("parent_id", lambda cells: cells[comment] if cells[reply] else "")
