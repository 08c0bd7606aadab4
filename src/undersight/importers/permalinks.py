"""What an address of a post tells: its id, the comment's, and whose page it stands on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from undersight.text.url import canonical_url

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLATFORMS: Final = (
    ("facebook", ("facebook.com", "fb.com", "fb.watch")),
    ("instagram", ("instagram.com",)),
    ("tiktok", ("tiktok.com",)),
    ("x", ("twitter.com", "x.com")),
    ("youtube", ("youtube.com", "youtu.be")),
    ("vk", ("vk.com",)),
    ("threads", ("threads.net", "threads.com")),
    ("telegram", ("t.me", "telegram.me")),
)
_MORE_PLATFORMS: Final = (
    *_PLATFORMS,
    ("reddit", ("reddit.com",)),
    ("bluesky", ("bsky.app",)),
    ("linkedin", ("linkedin.com",)),
    ("odnoklassniki", ("ok.ru",)),
)
_IDS = re.compile(
    r"/(?:posts|permalink|videos|photos(?:/[^/]+)?|reel|status|video|p|tv)/(?:[^/]+/)?"
    r"([A-Za-z0-9_.:-]+)/?$"
)
_PAGE_AND_POST = re.compile(r"^/((\d+)_\d+)/?$")
_WALL = re.compile(r"/(wall|photo|video|clip|topic)(-?\d+)_(\d+)")
_GROUP = re.compile(r"^/groups/([^/]+)")
_FIRST = re.compile(r"^/@?([^/+][^/]*)")
# What stands before the owner's name on some platforms.
_BEFORE_OWNER: Final = {
    "telegram": re.compile(r"^/[cs](?=/)"),
    "youtube": re.compile(r"^/(?:channel|c|user)(?=/)"),
}
_NOT_OWNERS: Final = frozenset(
    [
        "permalink.php",
        "story.php",
        "photo.php",
        "photo",
        "watch",
        "reel",
        "groups",
        "posts",
        "profile.php",
        "comment",
        "ufi",
        "a",
        "video.php",
        "p",
        "tv",
        "hashtag",
        "search",
        "login",
        "help",
        "policies",
        "events",
        "pages",
        "share",
        "sharer",
        "people",
        "joinchat",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permalink:
    """What an address tells; empty where it does not.

    Args:
        platform: Platform id.
        post_id: The post's native id.
        comment_id: The comment's.
        reply_id: The reply's, under that comment.
        owner_id: Native id of the page, group or profile whose post it is.
        owner: Its name in the address.
        is_group: Whether the owner is a group.
    """

    platform: str = ""
    post_id: str = ""
    comment_id: str = ""
    reply_id: str = ""
    owner_id: str = ""
    owner: str = ""
    is_group: bool = False


def permalink(address: str) -> Permalink:
    """Read the address of a post, comment or account.

    Args:
        address: As found.
    """
    try:
        parts = urlsplit(address.strip() if "//" in address else f"https://{address.strip()}")
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        host = (parts.hostname or "").lower()
    except ValueError:
        return Permalink()
    platform = next(
        (name for name, ends in _PLATFORMS if any(_is_under(host, end) for end in ends)), ""
    )
    if not platform:
        return Permalink()
    if platform == "vk" and (wall := _WALL.search(f"{parts.path}/{query.get('w', '')}")):
        kind, owner_id, number = wall.groups()
        return Permalink(
            platform="vk",
            post_id=f"{'' if kind == 'wall' else kind}{owner_id}_{number}",
            comment_id=f"{owner_id}_{query['reply']}" if query.get("reply") else "",
            owner_id=owner_id,
        )
    before = _BEFORE_OWNER.get(platform)
    path = before.sub("", parts.path) if before else parts.path
    group, owner, owner_id = _owner(path, query)
    if parts.path.startswith("/channel/") and path != parts.path:
        owner, owner_id = "", owner
    return Permalink(
        platform=platform,
        post_id=_post_id(parts.path, query),
        comment_id=query.get("comment_id", ""),
        reply_id=query.get("reply_comment_id", ""),
        owner_id=owner_id,
        owner=owner,
        is_group=group,
    )


def platform_of(address: str) -> str:
    """Return the platform of an address; empty for none known.

    Args:
        address: As found.
    """
    if "." not in address:
        return ""
    try:
        host = (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()
    except ValueError:
        return ""
    found = (name for name, ends in _MORE_PLATFORMS if any(_is_under(host, end) for end in ends))
    return next(found, "")


def root_id(address: str) -> str:
    """Return the id by which exports of one post agree: its native id, else its one address."""
    return permalink(address).post_id or canonical_url(address)


def _is_under(host: str, end: str) -> bool:
    return host == end or host.endswith(f".{end}")


def _post_id(path: str, query: Mapping[str, str]) -> str:
    for key in ("story_fbid", "fbid", "v", "ft_ent_identifier", "multi_permalinks"):
        if query.get(key):
            return query[key]
    found = _IDS.search(path) or _PAGE_AND_POST.match(path)
    return found[1] if found else ""


def _owner(path: str, query: Mapping[str, str]) -> tuple[bool, str, str]:
    group = _GROUP.match(path)
    if group:
        return True, "" if group[1].isdigit() else group[1], group[1] if group[1].isdigit() else ""
    if query.get("id", "").isdigit():
        return False, "", query["id"]
    if both := _PAGE_AND_POST.match(path):
        return False, "", both[2]
    first = _FIRST.match(path)
    if not first or first[1] in _NOT_OWNERS:
        return False, "", ""
    return (False, "", first[1]) if first[1].isdigit() else (False, first[1], "")
