"""What of an Instagram archive is read: posts, comments, logins, particulars, followers.

Instagram writes the names of its fields in the language of whoever asked for the archive, so
values are told by their form wherever one will do (an address by its ``@``, a browser's own
description, a time by its number), and by their name in the languages below elsewhere. Messages,
contacts, telephone numbers and network addresses are not read at all.

Blind spots: stories are gone after a day and are not compared; the HTML form is not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from undersight.importers.facebook_archive_reading import device_of
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

SIGNS: Final = re.compile(
    r"(^|/)(your_instagram_activity/|followers_and_following/|login_and_[a-z]+_creation/|"
    r"instagram_ads_and_businesses/)"
)
"""Folders that no other platform's archive has."""
KINDS: Final = (
    ("posts", re.compile(r"(^|/)(media|content)/(posts|reels|igtv_videos)(_\d+)?\.(json|html)$")),
    ("comments", re.compile(r"(^|/)comments/[a-z]*_?comments(_\d+)?\.(json|html)$")),
    ("logins", re.compile(r"(^|/)login_and_[a-z]+_creation/login_activity\.(json|html)$")),
    ("facts", re.compile(r"(^|/)personal_information/personal_information\.(json|html)$")),
    ("followers", re.compile(r"(^|/)followers_and_following/followers(_\d+)?\.(json|html)$")),
)  # fmt: skip
_COMMENT: Final = re.compile(r"comment|yorum|şərh|комментарий", re.IGNORECASE)
_NAMED: Final[Mapping[str, FactName]] = {
    "username": "username",
    "kullanıcı adı": "username",
    "istifadəçi adı": "username",
    "имя пользователя": "username",
    "name": "name",
    "ad": "name",
    "adı": "name",
    "isim": "name",
    "имя": "name",
}
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_AGENT: Final = re.compile(r"Mozilla/|Instagram \d|Barcelona \d")
_MOST_SECONDS: Final = 2**33


def read_member(name: str, kind: str, value: Any) -> Iterator[Found]:
    """Yield what a file of the archive holds.

    Args:
        name: Its name, for locators.
        kind: Which part, of `KINDS`.
        value: Its JSON.
    """
    yield from _READERS[kind](name, value)


def _objects(value: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of the lists in a file, each with its place."""
    lists = value.items() if isinstance(value, dict) else [("", value)]
    for name, inner in lists:
        for i, one in enumerate(inner if isinstance(inner, list) else ()):
            if isinstance(one, dict):
                yield f"{where}#{'/' + name if name else ''}/{i}", one


def _posts(where: str, value: Any) -> Iterator[Found]:
    for locator, one in _objects(value, where):
        media = [part for part in _list(one.get("media")) if isinstance(part, dict)]
        whole = [one, *media]
        at_us = next(filter(None, (_time(part.get("creation_timestamp")) for part in whole)), None)
        if at_us is None:
            yield Issue(locator=locator, reason="The post has no time that can be read.")
            continue
        text = next(filter(None, (_text(part.get("title")) for part in whole)), "")
        yield DepositedPost(locator=locator, kind="post", at_us=at_us, text=text)


def _comments(where: str, value: Any) -> Iterator[Found]:
    for locator, one in _objects(value, where):
        told = _told(one)
        times = [at for part in told.values() if (at := _time(part.get("timestamp")))]
        named = [part for name, part in told.items() if _COMMENT.search(name)]
        words = [text for part in named or told.values() if (text := _text(part.get("value")))]
        if not times:
            yield Issue(locator=locator, reason="The comment has no time that can be read.")
            continue
        text = words[0] if words else ""
        yield DepositedPost(locator=locator, kind="comment", at_us=times[0], text=text)


def _logins(where: str, value: Any) -> Iterator[Found]:
    for locator, one in _objects(value, where):
        told = list(_told(one).values())
        times = [at for part in told if (at := _time(part.get("timestamp")))]
        agents = [text for part in told if _AGENT.search(text := _text(part.get("value")))]
        if not times:
            yield Issue(locator=locator, reason="The login has no time that can be read.")
            continue
        yield SeenLogin(locator=locator, at_us=times[0], device=_device(agents))


def _device(agents: list[str]) -> str:
    """What a browser or the app says it runs on."""
    if not agents:
        return ""
    system = device_of(agents[0])
    is_app = agents[0].startswith("Instagram ")
    return " on ".join(filter(None, ("Instagram app" if is_app else "", system))) or system


def _facts(where: str, value: Any) -> Iterator[Found]:
    for locator, one in _objects(value, where):
        for label, part in _told(one).items():
            text = _text(part.get("value"))
            name = _NAMED.get(label.strip().replace("İ", "i").lower())
            if _ADDRESS.fullmatch(text):
                name = "email"
            if name and text:
                yield SeenFact(locator=f"{locator}/{label}", name=name, value=text)


def _followers(where: str, value: Any) -> Iterator[Found]:
    """Count them; who they are is not kept."""
    yield FollowerCount(locator=where, n_followers=sum(1 for _one in _objects(value, where)))


_READERS: Final[Mapping[str, Callable[[str, Any], Iterator[Found]]]] = {
    "posts": _posts,
    "comments": _comments,
    "logins": _logins,
    "facts": _facts,
    "followers": _followers,
}


def _told(one: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields of a record by the name that the platform shows."""
    found = one.get("string_map_data")
    if not isinstance(found, dict):
        return {}
    return {str(name): part for name, part in found.items() if isinstance(part, dict)}


def _time(value: Any) -> int | None:
    is_time = isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MOST_SECONDS
    return value * 1_000_000 if is_time else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
