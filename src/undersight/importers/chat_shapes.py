"""Messages of Telegram as its own program and its libraries save them.

A message's id is unique within its chat only, so it is written behind the chat's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from undersight.importers.json_paths import first_of, text_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    Record = Mapping[str, Any]

_KINDS: Final = {"channel": "channel", "user": "profile", "chat": "group"}
_PEERS: Final = (("user_id", "user"), ("channel_id", "channel"), ("chat_id", "chat"))


def telegram_desktop(record: Record, told: Record) -> dict[str, Any] | None:
    """A message of Telegram's own export.

    Args:
        record: The message.
        told: The chat's ``chat_id``, ``chat_name`` and ``chat_type``.
    """
    if record.get("type") not in ("message", "service") or "date_unixtime" not in record:
        return None
    if record["type"] == "service":
        return {"left_out": "It is a notice of Telegram itself, such as who joined."}
    chat, writer = _chat(told), str(record.get("from_id") or "")
    scope = f"{chat}/" if chat else ""
    answers = text_at(record, "reply_to_message_id")
    return {
        "platform": "telegram",
        "native_id": f"{scope}{record.get('id', '')}" if "id" in record else "",
        "kind": "post" if chat and writer == chat else "reply" if answers else "comment",
        "account_id": writer,
        "account_name": record.get("from") or "",
        "account_kind": _KINDS.get(writer.rstrip("0123456789"), ""),
        "text": record.get("text") or "",
        "time": record["date_unixtime"],
        "parent_id": f"{scope}{answers}" if answers else "",
        "target_id": chat,
        "target_name": told.get("chat_name", ""),
        "link": _links(record.get("text_entities") or record.get("text")),
    }


def _chat(told: Record) -> str:
    """The chat's id as that of an account, where the export says what the chat is."""
    number, kind = text_at(told, "chat_id"), text_at(told, "chat_type")
    if not number or not kind:
        return number
    sign = "channel" if kind.endswith(("channel", "supergroup")) else "chat"
    return f"{sign}{number}"


def _links(pieces: object) -> list[str]:
    """Addresses that stand behind words, not in the text."""
    if not isinstance(pieces, list):
        return []
    found = [text_at(one, "href") for one in pieces]
    return [one for one in found if one.startswith("http")]


def telethon(record: Record, _told: Record) -> dict[str, Any] | None:
    """A message as Telethon and Pyrogram write it.

    Args:
        record: The message.
        _told: Nothing of it is used.
    """
    if not isinstance(record.get("peer_id"), dict):
        return None
    if record.get("_", "Message") != "Message":
        return {"left_out": "It is a notice of Telegram itself, such as who joined."}
    chat, writer = _peer(record["peer_id"]), _peer(record.get("from_id"))
    answers = text_at(record, "reply_to", "reply_to_msg_id")
    author = writer or chat
    return {
        "platform": "telegram",
        "native_id": f"{chat}/{record.get('id', '')}",
        "kind": "post" if author == chat else "reply" if answers else "comment",
        "account_id": author,
        "account_kind": _KINDS.get(author.rstrip("0123456789"), ""),
        "text": first_of(record, "message", "text"),
        "time": record.get("date", ""),
        "parent_id": f"{chat}/{answers}" if answers else "",
        "target_id": chat,
        "n_views": record.get("views") or "",
        "n_shares": record.get("forwards") or "",
        "n_replies": text_at(record, "replies", "replies"),
        "link": text_at(record, "media", "webpage", "url"),
    }


def _peer(value: object) -> str:
    """One of Telegram's ids with what it is of: ``channel123``."""
    return next((f"{kind}{n}" for name, kind in _PEERS if (n := text_at(value, name))), "")
