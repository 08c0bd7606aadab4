"""What of a Telegram export is read: a channel's posts, sessions, particulars.

The export of one channel, or of a whole account (``result.json``, by Telegram Desktop). Fields
have English names in every language. Of a whole account only its channels are read: what others
wrote in groups and private chats, contacts, telephone numbers and network addresses are not.

Blind spots: an export says neither who administers a channel nor how many follow it; in a whole
account's export a channel that is only read by its owner cannot be told from one of their own.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, Final

from undersight.model.deposit import DepositedPost, SeenFact, SeenLogin
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undersight.importers.facebook_archive_reading import Found

MEMBER: Final = re.compile(r"(^|/)result\.json$")
SIGNS: Final = re.compile(
    rb'"type"\s*:\s*"(public|private)_(channel|supergroup|group)"|'
    rb'"personal_information"\s*:\s*\{\s*"user_id"'
)
"""What stands near the beginning of an export, of one chat or of an account."""
_MOST_SECONDS: Final = 2**33


def read_export(name: str, raw: bytes) -> Iterator[Found]:
    """Yield what an export holds.

    Args:
        name: Of the file, for locators.
        raw: Its bytes.
    """
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        yield Issue(locator=name, reason="The file is not JSON; it was not read.")
        return
    if not isinstance(value, dict):
        yield Issue(locator=name, reason="The file is no Telegram export.")
        return
    if "messages" in value:
        yield from _chat(f"{name}#", value, is_alone=True)
        return
    about = value.get("personal_information")
    if isinstance(about, dict):
        yield from _particulars(f"{name}#/personal_information", about)
    yield from _sessions(f"{name}#/sessions", value.get("sessions"))
    for place in ("chats", "left_chats"):
        for i, chat in _listed(value.get(place)):
            yield from _chat(f"{name}#/{place}/list/{i}", chat, is_alone=False)


def _chat(where: str, chat: Mapping[str, Any], *, is_alone: bool) -> Iterator[Found]:
    if not str(chat.get("type", "")).endswith("channel"):
        if is_alone:
            reason = "It is a group or a private chat; what others wrote there is not read."
            yield Issue(locator=where, reason=reason)
        return
    if is_alone and _text(chat.get("name")):
        yield SeenFact(locator=f"{where}/name", name="name", value=_text(chat.get("name")))
    messages = chat.get("messages")
    for i, one in enumerate(messages if isinstance(messages, list) else ()):
        if isinstance(one, dict) and one.get("type") == "message":
            yield _post(f"{where}/messages/{i}", one, _text(chat.get("id")))


def _post(locator: str, one: Mapping[str, Any], chat_id: str) -> Found:
    at_us, is_epoch = _moment(one)
    if at_us is None:
        return Issue(locator=locator, reason="The post has no time that can be read.")
    number = _text(one.get("id"))
    return DepositedPost(
        locator=locator,
        kind="post",
        at_us=at_us,
        text=_words(one.get("text")),
        native_id=f"{chat_id}/{number}" if number else "",
        is_epoch=is_epoch,
    )


def _moment(one: Mapping[str, Any]) -> tuple[int | None, bool]:
    """Read a message's time: exact in newer exports, in the exporter's own zone in older ones."""
    exact = _text(one.get("date_unixtime"))
    if exact.isascii() and exact.isdigit() and 0 < int(exact[:12]) < _MOST_SECONDS:
        return int(exact) * 1_000_000, True
    return _local(one.get("date")), False


def _local(value: Any) -> int | None:
    """Read a time without a zone as UTC."""
    try:
        at = dt.datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    us = (at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)
    return us if us > 0 else None


def _words(value: Any) -> str:
    """Join a text that may stand in pieces, some of them with a form of their own."""
    pieces = value if isinstance(value, list) else [value]
    return "".join(
        str(piece.get("text", "")) if isinstance(piece, dict) else piece
        for piece in pieces
        if isinstance(piece, dict | str)
    )


def _sessions(where: str, value: Any) -> Iterator[Found]:
    for i, one in _listed(value):
        at_us = _local(one.get("created"))
        if at_us is None:
            reason = "The session has no time that can be read."
            yield Issue(locator=f"{where}/list/{i}", reason=reason)
            continue
        program = _text(one.get("application_name"))
        system = _text(one.get("platform")) or _text(one.get("device_model"))
        yield SeenLogin(
            locator=f"{where}/list/{i}",
            at_us=at_us,
            device=" on ".join(filter(None, (program, system))),
            place=_text(one.get("last_country")),
        )


def _particulars(where: str, about: Mapping[str, Any]) -> Iterator[Found]:
    full = " ".join(filter(None, map(_text, (about.get("first_name"), about.get("last_name")))))
    if full:
        yield SeenFact(locator=f"{where}/first_name", name="name", value=full)
    if _text(about.get("username")):
        yield SeenFact(
            locator=f"{where}/username", name="username", value=_text(about["username"])
        )


def _listed(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of an export's list, which stands under ``list``."""
    inner = value.get("list") if isinstance(value, dict) else None
    for i, one in enumerate(inner if isinstance(inner, list) else ()):
        if isinstance(one, dict):
            yield i, one


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) and value is not True else ""
