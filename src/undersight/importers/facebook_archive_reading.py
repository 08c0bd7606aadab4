"""What of a Facebook archive is read: posts, comments, roles, logins, particulars, followers.

Members are known by their path, records by their fields; the wrapping differs between years
(``comments_v2``, ``account_activity_v2``), so every list of objects in a file is looked at.
Messages, contacts, telephone numbers and network addresses are not read at all.

Blind spots: archives of pages differ from those of profiles and change without notice; what no
rule here knows is counted as not read, never guessed. The HTML form has times in the reader's own
zone and words, and gives less of logins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import FileUnreadableError
from undersight.importers.archive_members import kind_of
from undersight.importers.moments import TimeReader
from undersight.model.deposit import (
    ArchivePart,
    DepositedPost,
    FactName,
    FollowerCount,
    SeenFact,
    SeenLogin,
    SeenRole,
)
from undersight.model.intake import Issue
from undersight.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from undersight.importers.archive_members import ArchiveMembers

Found = ArchivePart | Issue
_SECOND_US: Final = 1_000_000
KINDS: Final = (
    ("posts", re.compile(r"(^|/)posts/(your_|profile_)?posts?[^/]*\.(json|html)$")),
    ("posts", re.compile(r"(^|/)posts/your_[^/]*posts[^/]*\.(json|html)$")),
    ("comments", re.compile(
        r"(^|/)comments(_and_reactions)?/(your_)?comments[^/]*\.(json|html)$")),
    ("roles", re.compile(r"(^|/)[^/]*page[^/]*(role|admin|people|access)[^/]*\.json$")),
    ("logins", re.compile(r"(^|/)(account_activity|logins_and_logouts|where_you[^/]*logged_in|"
                          r"recognized_devices)\.(json|html)$")),
    ("facts", re.compile(r"(^|/)(profile_information|page_information|about_this_page)\.json$")),
    ("followers", re.compile(r"(^|/)[^/]*(followers|who_followed_you|followed_your)[^/]*\.json$")),
)  # fmt: skip
"""Which part of an archive a member is, by its path; the first that fits."""

SIGNS: Final = re.compile(
    r"(^|/)(your_facebook_activity/|security_and_login_information/|posts/your_posts|"
    r"profile_information/profile_information|comments_and_reactions/comments)"
)
"""Paths that Facebook's archives have."""

_FACT_FIELDS: Final[Mapping[str, FactName]] = {
    "full_name": "name",
    "page_name": "name",
    "category": "category",
    "categories": "category",
    "emails": "email",
    "email": "email",
    "username": "username",
}
_LOGIN: Final = re.compile(
    r"log|sign|session|giriş|gir|oturum|sessiya|seans|daxil|вход|вош[её]?л|сеанс|сессия"
)
_NO_LOGIN: Final = re.compile(
    r"log(ged)?[ -]?(out|off)|sign(ed)?[ -]?out|terminated|ended|"
    r"çıkış|kapat|sonland|çıxış|çıxdı|bağlan|выход|выш[её]?л|завершен|окончен|"
    r"pass(word|code)|parol|şifr|пароль|phone|telefon|телефон|e-?mail|e-posta|почт|"
    r"two-factor|card|kart|карт|name|\bad\b|имя|checkpoint|profile|profil|профил|fail|"
    r"uğursuz|başarısız|неудач"
)
"""Words of what was done, as the archive has them in the language of whoever asked for it."""
_PROGRAMS: Final = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FBAN", "Facebook app"),
    ("FBAV", "Facebook app"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Macintosh", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def read_members(members: ArchiveMembers, *, zone: str = "") -> Iterator[Found]:
    """Read an archive, member by member in the order of their names.

    Args:
        members: Its members.
        zone: IANA zone of the times in its HTML form; UTC where empty.
    """
    yield from members.issues()
    times = TimeReader(zone=zone)
    for name in members.names:
        kind = kind_of(name, KINDS)
        if not kind:
            continue
        yield from read_member(members, name, kind, times)


def read_member(
    members: ArchiveMembers, name: str, kind: str, times: TimeReader
) -> Iterator[Found]:
    """Read one file of an archive.

    Args:
        members: The archive.
        name: Which file.
        kind: Which part, of `KINDS`.
        times: Reads the times of the HTML form.
    """
    if name.endswith(".html"):
        yield from _html(members, name, kind, times)
        return
    value = members.read_json(name)
    if isinstance(value, Issue):
        yield value
    else:
        yield from _READERS[kind](name, value)


def device_of(user_agent: str) -> str:
    """Return program and system of a browser's own description, without its versions."""
    program = next((told for sign, told in _PROGRAMS if sign in user_agent), "")
    system = next((told for sign, told in _SYSTEMS if sign in user_agent), "")
    return " on ".join(filter(None, (program, system)))


def _objects(value: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of every list at the top of a file, each with its place."""
    if isinstance(value, list):
        for i, one in enumerate(value):
            if isinstance(one, dict):
                yield f"{where}#/{i}", one
    elif isinstance(value, dict):
        lists = [name for name, inner in value.items() if isinstance(inner, list)]
        for name in lists:
            for i, one in enumerate(value[name]):
                if isinstance(one, dict):
                    yield f"{where}#/{name}/{i}", one
        if not lists and value:
            yield f"{where}#", value


def _seconds(value: Any) -> int | None:
    is_time = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**33
    return value * _SECOND_US if is_time else None


def _posts(where: str, value: Any) -> Iterator[Found]:
    for locator, one in _objects(value, where):
        at_us = _seconds(one.get("timestamp"))
        if at_us is None:
            yield Issue(locator=locator, reason="The post has no time that can be read.")
            continue
        words = [part["post"] for part in _list(one.get("data")) if _is_text(part.get("post"))]
        yield DepositedPost(
            locator=locator,
            kind="post",
            at_us=at_us,
            text="\n".join(words),
            native_id=_text(one.get("fbid") or one.get("post_id")),
            urls=tuple(_urls(one)),
        )


def _comments(where: str, value: Any) -> Iterator[Found]:
    for locator, one in _objects(value, where):
        inner = [part.get("comment") for part in _list(one.get("data"))]
        comments = [comment for comment in inner if isinstance(comment, dict)]
        about = comments[0] if comments else {}
        at_us = _seconds(about.get("timestamp")) or _seconds(one.get("timestamp"))
        if at_us is None:
            yield Issue(locator=locator, reason="The comment has no time that can be read.")
            continue
        words = _text(about.get("comment"))
        yield DepositedPost(locator=locator, kind="comment", at_us=at_us, text=words)


def _logins(where: str, value: Any) -> Iterator[Found]:
    for locator, one in _objects(value, where):
        at_us = next(
            filter(None, map(_seconds, (one.get("timestamp"), one.get("created_timestamp"),
                                        one.get("updated_timestamp")))), None)  # fmt: skip
        if at_us is None:
            yield Issue(locator=locator, reason="The login has no time that can be read.")
            continue
        action = _text(one.get("action")).replace("İ", "i").lower()
        if _NO_LOGIN.search(action):
            continue  # a logout, a changed password or the like
        if action and not _LOGIN.search(action):
            reason = f"What was done, “{action[:60]}”, is in words that no rule here knows."
            yield Issue(locator=locator, reason=reason)
            continue
        place = ", ".join(filter(None, (_text(one.get("city")), _text(one.get("country")))))
        agent = _text(one.get("user_agent"))
        device = device_of(agent) or _text(one.get("device") or one.get("name"))
        yield SeenLogin(
            locator=locator, at_us=at_us, device=device, place=place or _text(one.get("location"))
        )


def _roles(where: str, value: Any) -> Iterator[Found]:
    for locator, one in _objects(value, where):
        who = _text(one.get("name") or one.get("user") or one.get("person"))
        if not who:
            yield Issue(locator=locator, reason="The role names nobody.")
            continue
        role = _text(one.get("role") or one.get("access") or one.get("title"))
        at_us = _seconds(one.get("timestamp") or one.get("added_timestamp"))
        yield SeenRole(locator=locator, who=who, role=role, at_us=at_us)


def _facts(where: str, value: Any) -> Iterator[Found]:
    """Yield particulars, however deep they stand; earlier and pending ones are left out."""
    yield from _facts_in(where, "", value, 0)


def _facts_in(where: str, place: str, value: Any, depth: int) -> Iterator[Found]:
    if not isinstance(value, dict) or depth > 4:
        return
    for name, inner in value.items():
        here = f"{place}/{name}"
        fact = _FACT_FIELDS.get(name)
        if fact is None and name == "name" and _is_text(inner):
            fact = "name"
        if fact is not None and not isinstance(inner, dict):
            for one in inner if isinstance(inner, list) else [inner]:
                if _is_text(one):
                    yield SeenFact(locator=f"{where}#{here}", name=fact, value=one)
        elif name not in ("previous_names", "other_names", "relationship", "family_members"):
            yield from _facts_in(where, here, inner, depth + 1)


def _followers(where: str, value: Any) -> Iterator[Found]:
    """Count them; who they are is not kept."""
    n_followers = sum(1 for _one in _objects(value, where))
    yield FollowerCount(locator=where, n_followers=n_followers)


_READERS: Final[Mapping[str, Callable[[str, Any], Iterator[Found]]]] = {
    "posts": _posts,
    "comments": _comments,
    "logins": _logins,
    "roles": _roles,
    "facts": _facts,
    "followers": _followers,
}


def _html(members: ArchiveMembers, name: str, kind: str, times: TimeReader) -> Iterator[Found]:
    """Yield the entries of a page of the HTML form: a block with words and a time."""
    from lxml import etree
    from lxml import html as lxml_html

    raw = members.read(name)
    if isinstance(raw, Issue):
        yield raw
        return
    try:
        root = lxml_html.document_fromstring(decode(raw, name=name).replace("\0", " "))
    except (etree.ParserError, ValueError, FileUnreadableError):
        yield Issue(locator=name, reason="The page holds no HTML; it was not read.")
        return
    blocks = root.xpath('//div[contains(concat(" ", @class, " "), " _a6-g ")]')
    for i, block in enumerate(blocks, 1):  # type: ignore[arg-type]
        yield _html_block(f"{name}#block {i}", block, kind, times)
    if not blocks:
        yield Issue(locator=name, reason="No entry can be told on the page; take the JSON form.")


def _html_block(locator: str, block: Any, kind: str, times: TimeReader) -> Found:
    stamps = block.xpath('.//div[contains(concat(" ", @class, " "), " _a72d ")]')
    moment = times.read(stamps[-1].text_content()) if stamps else None
    if moment is None:
        return Issue(locator=locator, reason="The entry has no time that can be read.")
    bodies = block.xpath('.//div[contains(concat(" ", @class, " "), " _a6-p ")]')
    words = "\n".join(" ".join(body.text_content().split()) for body in bodies)
    if kind == "logins":
        return SeenLogin(locator=locator, at_us=moment.us, device=device_of(words))
    return DepositedPost(
        locator=locator,
        kind="comment" if kind == "comments" else "post",
        at_us=moment.us,
        text=words,
        is_epoch=False,
    )


def _urls(one: Mapping[str, Any]) -> Iterator[str]:
    for attached in _list(one.get("attachments")):
        for part in _list(attached.get("data")):
            context = part.get("external_context")
            if isinstance(context, dict) and _is_text(context.get("url")):
                yield context["url"]


def _list(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""
