"""Which column of a table of actions says what: exact or well-known names, or as told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.errors import AmbiguousColumnError, MissingColumnError, UnknownColumnError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROLES: Final = ("account", "object", "time", "post", "target")
NEEDED: Final = ("account", "object", "time")

KNOWN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "account": (
        *("account", "account_id", "user_id", "author_id", "userid", "channel_id", "from_id"),
        *("account.id", "user", "author", "username", "user_name", "screen_name", "handle"),
    ),
    "object": (
        *("object", "object_id", "url", "urls", "url_id", "link", "expanded", "hashtag"),
        *("repost_id", "retweet_id", "reply_id", "parent_id"),
    ),
    "time": (
        *("time", "time_us", "time_ms", "time_s", "timestamp", "timestamp_share", "ts"),
        *("published_us", "published", "published_at", "created_at", "created_time"),
        *("datetime", "date", "posted_at"),
    ),
    "post": (
        *("post", "post_id", "content_id", "message_id", "comment_id", "tweet_id", "status_id"),
        "id",
    ),
    "target": ("target", "target_id", "page_id", "page"),
}
"""Names that other tools give, by meaning; the first that is there counts."""


def choose_columns(names: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each meaning.

    Args:
        names: The table's columns.
        given: Columns by meaning, as the user said; they go before known names.

    Raises:
        UnknownColumnError: A meaning or column that does not exist.
        MissingColumnError: Nothing says who, what or when.
        AmbiguousColumnError: Several columns could be the object.
    """
    for role, column in given.items():
        if role not in ROLES:
            raise UnknownColumnError(role, ROLES, is_role=True)
        if column not in names:
            raise UnknownColumnError(column, tuple(names), is_role=False)
    chosen = dict(given)
    folded = {_folded(name): name for name in reversed(names)}
    for role in ROLES:
        if role in chosen:
            continue
        fitting = [folded[known] for known in KNOWN_NAMES[role] if known in folded]
        fitting = [name for name in fitting if name not in given.values()]
        is_certain = len(fitting) < 2 or _folded(fitting[0]) in {role, f"{role}_id"}
        if role == "object" and not is_certain:
            raise AmbiguousColumnError(role, tuple(fitting))
        if fitting:
            chosen[role] = fitting[0]
        elif role in NEEDED:
            raise MissingColumnError(role, tuple(names))
    return {role: chosen[role] for role in ROLES if role in chosen}


MESSAGE_COLUMNS: Final = (
    *("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp"),
    "urls",
)
"""A table of whole messages, as the coordination network toolkit has it, in its order."""
_NEEDED_OF_MESSAGES: Final = ("message_id", "user_id", "timestamp")


def choose_message_columns(names: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each part of a message: as told, by name, or all eight by place.

    Args:
        names: The table's columns.
        given: Columns by part, as the user said.

    Raises:
        UnknownColumnError: A part or column that does not exist.
        MissingColumnError: Nothing says which message, who or when.
    """
    for part, column in given.items():
        if part not in MESSAGE_COLUMNS:
            raise UnknownColumnError(part, MESSAGE_COLUMNS, is_role=True)
        if column not in names:
            raise UnknownColumnError(column, tuple(names), is_role=False)
    folded = {_folded(name): name for name in reversed(names)}
    chosen = {part: folded[part] for part in MESSAGE_COLUMNS if part in folded} | dict(given)
    is_by_place = len(names) == len(MESSAGE_COLUMNS)
    if is_by_place and not all(part in chosen for part in _NEEDED_OF_MESSAGES):
        chosen = dict(zip(MESSAGE_COLUMNS, names, strict=True)) | dict(given)
    for part in _NEEDED_OF_MESSAGES:
        if part not in chosen:
            raise MissingColumnError(part, tuple(names))
    return chosen


def _folded(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")
