"""What of an X (Twitter) archive is read: posts, sessions of apps, particulars, followers.

Its files are JSON after an assignment (``window.YTD.tweets.part0 = [``). Fields have English names
in every language. Direct messages, contacts, telephone numbers and network addresses are not read.

Blind spots: the list of logins has times and network addresses only, so a new device shows only
where an app registered itself; deleted posts that X still keeps are left out, and a long post is
known by its beginning, as in the list of posts.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, Final

from undersight.model.deposit import (
    DepositedPost,
    FactName,
    FollowerCount,
    SeenFact,
    SeenLogin,
)
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from undersight.importers.facebook_archive_reading import Found

KINDS: Final = (
    ("posts", re.compile(r"(^|/)(tweets?|community-tweet)(-part\d+)?\.js$")),
    ("logins", re.compile(r"(^|/)device-token(-part\d+)?\.js$")),
    ("facts", re.compile(r"(^|/)account\.js$")),
    ("followers", re.compile(r"(^|/)followers?(-part\d+)?\.js$")),
)
OPENING: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*window\.YTD\.(\w+)\.part\d+\s*=\s*")
"""How each file of the archive begins."""
_FACTS: Final[Mapping[str, FactName]] = {
    "accountDisplayName": "name",
    "username": "username",
    "email": "email",
}
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_CREATED: Final = re.compile(
    r"\w{3} (\w{3}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{2})(\d{2}) (\d{4})", re.ASCII
)


def read_member(name: str, kind: str, raw: bytes) -> Iterator[Found]:
    """Yield what a file of the archive holds.

    Args:
        name: Its name, for locators.
        kind: Which part, of `KINDS`.
        raw: Its bytes.
    """
    try:
        value = json.loads(OPENING.sub(b"", raw, count=1))
    except (ValueError, RecursionError):
        yield Issue(locator=name, reason="The file is not as X writes it; it was not read.")
        return
    records = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    if kind == "followers":
        yield FollowerCount(locator=name, n_followers=len(records))
        return
    for i, wrapped in enumerate(records):
        inner = next((one for one in wrapped.values() if isinstance(one, dict)), wrapped)
        yield from _READERS[kind](f"{name}#/{i}", inner)


def _post(locator: str, one: Mapping[str, Any]) -> Iterator[Found]:
    at_us = _moment(one.get("created_at"))
    if at_us is None:
        yield Issue(locator=locator, reason="The post has no time that can be read.")
        return
    yield DepositedPost(
        locator=locator,
        kind="post",
        at_us=at_us,
        text=_text(one.get("full_text") or one.get("text")),
        native_id=_text(one.get("id_str") or one.get("id")),
        urls=tuple(_urls(one.get("entities"))),
    )


def _login(locator: str, one: Mapping[str, Any]) -> Iterator[Found]:
    at_us = _moment(one.get("createdAt"))
    if at_us is None:
        yield Issue(locator=locator, reason="The app has no time that can be read.")
        return
    device = re.sub(r"\s*\([^)]*\)\s*$", "", _text(one.get("clientApplicationName")))
    yield SeenLogin(locator=locator, at_us=at_us, device=device)


def _fact(locator: str, one: Mapping[str, Any]) -> Iterator[Found]:
    for field, name in _FACTS.items():
        value = _text(one.get(field))
        if value:
            yield SeenFact(locator=f"{locator}/{field}", name=name, value=value)


_READERS: Final[Mapping[str, Callable[[str, Mapping[str, Any]], Iterator[Found]]]] = {
    "posts": _post,
    "logins": _login,
    "facts": _fact,
}


def _moment(value: Any) -> int | None:
    """Read X's own times, in words (``Wed Oct 10 20:19:24 +0000 2018``) or ISO 8601."""
    text = _text(value)
    found = _CREATED.fullmatch(text)
    try:
        if found:
            month, day, hour, minute, second, zone_h, zone_min, year = found.groups()
            at = dt.datetime.fromisoformat(
                f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{hour}:{minute}:{second}"
                f"{zone_h}:{zone_min}"
            )
        else:
            at = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    return (at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)


def _urls(entities: Any) -> Iterator[str]:
    urls = entities.get("urls") if isinstance(entities, dict) else None
    for one in urls if isinstance(urls, list) else ():
        if isinstance(one, dict) and _text(one.get("expanded_url")):
            yield one["expanded_url"]


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""
