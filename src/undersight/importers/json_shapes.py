"""Records of JSON in forms that only one source writes, under the names of their meanings.

What an interface or archive calls ``id`` may be unique within one chat only, and who wrote may
stand three objects deep. A record of a known form becomes one whose names are roles
(`undersight.importers.column_names`); any other stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from undersight.importers.chat_shapes import telegram_desktop, telethon
from undersight.importers.json_paths import at, first_of, listed, text_at
from undersight.importers.open_network_shapes import (
    activity,
    bluesky,
    bluesky_commit,
    mastodon,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Record = Mapping[str, Any]
    Shape = Callable[[Record, Record], dict[str, Any] | None]

_GROUP, _COMMENT = "group", "comment"
_TWEET_DATES: Final = "created_at"
_YOUTUBE_VIDEOS: Final = ("youtube#searchResult", "youtube#video", "youtube#playlistItem")
_GRAPH_ID: Final = re.compile(r"\d+_\d+")
_GRAPH_COMMENT: Final = frozenset(
    ("comment_count", "user_likes", "can_remove", "can_hide", "can_comment", "attachment",
     "is_hidden", "is_private", "can_reply_privately", "parent")
)  # fmt: skip
_GRAPH_POST: Final = frozenset(
    ("story", "status_type", "shares", "full_picture", "updated_time", "attachments", "type",
     "is_published", "link", "picture", "actions", "place", "to", "privacy")
)  # fmt: skip
_GRAPH_MEDIA: Final = frozenset(("caption", "media_type", "permalink", "media_product_type"))
_PLATFORMS: Final = {
    "twitter.com": "x", "x.com": "x", "tiktok.com": "tiktok", "instagram.com": "instagram",
    "threads.net": "threads", "threads.com": "threads", "facebook.com": "facebook",
    "youtube.com": "youtube", "linkedin.com": "linkedin", "tiktok-comments": "tiktok",
    "reddit.com": "reddit", "bsky.app": "bluesky",
}  # fmt: skip


def shaped(record: Record, told: Record) -> dict[str, Any]:
    """Return a record under the names of its meanings, where its form is known; else as it is.

    Args:
        record: One record.
        told: What the object around it says of all of them.
    """
    for shape in _SHAPES:
        found = shape(record, told)
        if found is not None:
            return found
    return {**record, **_only_told(told)}


def _only_told(told: Record) -> dict[str, Any]:
    return {key: one for key, one in told.items() if isinstance(one, str | int)}


def _zeeschuimer(record: Record, told: Record) -> dict[str, Any] | None:
    """What the browser saw, in its envelope."""
    if not isinstance(record.get("data"), dict) or "source_platform" not in record:
        return None
    source = str(record["source_platform"])
    inner = shaped(record["data"], told)
    inner.setdefault("platform", _PLATFORMS.get(source, source.partition(".")[0]))
    if "native_id" not in inner and not first_of(inner, "id", "pk", "cid"):
        inner["native_id"] = record.get("item_id", "")
    inner.setdefault("observed", record.get("timestamp_collected", ""))
    return inner


def _x_graph(record: Record, _told: Record) -> dict[str, Any] | None:
    """A post as X's own pages are sent it."""
    post = record.get("legacy")
    if not isinstance(post, dict) or "rest_id" not in record or "full_text" not in post:
        return None
    user = at(record, "core", "user_results", "result") or {}
    note = text_at(record, "note_tweet", "note_tweet_results", "result", "text")
    return _x_fields(post) | {
        "native_id": record["rest_id"],
        "account_id": user.get("rest_id") or post.get("user_id_str"),
        "account_handle": first_of(user.get("legacy", {}), "screen_name")
        or text_at(user, "core", "screen_name"),
        "account_name": first_of(user.get("legacy", {}), "name") or text_at(user, "core", "name"),
        "text": note or post["full_text"],
        "repost_of_id": text_at(post, "retweeted_status_result", "result", "rest_id"),
        "n_views": text_at(record, "views", "count"),
    }


def _x_old(record: Record, _told: Record) -> dict[str, Any] | None:
    """A post of X's interface before version 2, or of an account's own archive."""
    post = record.get("tweet") if isinstance(record.get("tweet"), dict) else record
    if not isinstance(post, dict) or "id_str" not in post or _TWEET_DATES not in post:
        return None
    text = first_of(post, "full_text", "text")
    user = post.get("user") if isinstance(post.get("user"), dict) else {}
    if not text or not isinstance(user, dict) or not (user or post is not record):
        return None
    extended = text_at(post, "extended_tweet", "full_text")
    return _x_fields(post) | {
        "native_id": post["id_str"],
        "account_id": first_of(user, "id_str", "id"),
        "account_handle": user.get("screen_name", ""),
        "account_name": user.get("name", ""),
        "n_followers": user.get("followers_count", ""),
        "account_created": user.get("created_at", ""),
        "text": extended or text,
        "repost_of_id": text_at(post, "retweeted_status", "id_str"),
    }


def _x_fields(post: Record) -> dict[str, Any]:
    entities = post.get("entities") if isinstance(post.get("entities"), dict) else {}
    answers = first_of(post, "in_reply_to_status_id_str", "in_reply_to_status_id")
    return {
        "platform": "x",
        "kind": "" if answers else "post",
        "time": post.get(_TWEET_DATES, ""),
        "parent_id": answers,
        "root_id": post.get("conversation_id_str", "") if answers else "",
        "lang": post.get("lang", ""),
        "n_likes": post.get("favorite_count", ""),
        "n_shares": post.get("retweet_count", ""),
        "n_replies": post.get("reply_count", ""),
        "link": listed(entities, "urls", "expanded_url"),
        "hashtag": listed(entities, "hashtags", "text"),
        "mention": listed(entities, "user_mentions", "screen_name"),
    }


def _reddit(record: Record, _told: Record) -> dict[str, Any] | None:
    """A post or comment of Reddit, as its interface and its dumps have them."""
    if "subreddit" not in record or "created_utc" not in record:
        return None
    is_comment = "body" in record
    own = record.get("name") or f"{'t1' if is_comment else 't3'}_{record.get('id', '')}"
    author = str(record.get("author") or "")
    words = [str(record.get(key) or "") for key in ("title", "selftext")]
    parent, link = str(record.get("parent_id") or ""), str(record.get("url") or "")
    path = str(record.get("permalink") or "")
    return {
        "platform": "reddit",
        # Ids of posts and comments are told apart by what stands before them.
        "native_id": own,
        "kind": "post" if not is_comment else "reply" if parent.startswith("t1_") else _COMMENT,
        "account_handle": "" if author in ("[deleted]", "[removed]") else author,
        "text": record["body"] if is_comment else "\n\n".join(word for word in words if word),
        "time": record["created_utc"],
        "parent_id": parent if parent.startswith("t1_") else "",
        "root_id": record.get("link_id", "") if is_comment else "",
        "target_id": record.get("subreddit_id") or record["subreddit"],
        "target_name": f"r/{record['subreddit']}",
        "link": "" if is_comment or record.get("is_self") or path in link else link,
        "url": f"https://www.reddit.com{path}" if path.startswith("/") else path,
        "n_likes": record.get("score", "") if str(record.get("score", "")).isdigit() else "",
        "n_replies": record.get("num_comments", ""),
        "observed": record.get("retrieved_on", ""),
    }


def _youtube_comment(record: Record, _told: Record) -> dict[str, Any] | None:
    """A comment of YouTube's interface, or a thread with the comment on top of it."""
    kind, held = record.get("kind"), record.get("snippet")
    if kind not in ("youtube#commentThread", "youtube#comment") or not isinstance(held, dict):
        return None
    top = held.get("topLevelComment")
    one: Record = top if isinstance(top, dict) else record
    told: Any = one.get("snippet")
    told = told if isinstance(told, dict) else {}
    parent = record.get("parent_id") or told.get("parentId") or ""
    return {
        "platform": "youtube",
        "native_id": one.get("id") or record.get("id", ""),
        "kind": "reply" if parent else _COMMENT,
        "account_id": text_at(told, "authorChannelId", "value"),
        "account_name": told.get("authorDisplayName", ""),
        "text": first_of(told, "textOriginal", "textDisplay"),
        "time": told.get("publishedAt", ""),
        "parent_id": parent,
        "root_id": first_of(told, "videoId") or held.get("videoId", ""),
        "target_id": first_of(told, "channelId") or held.get("channelId", ""),
        "n_likes": told.get("likeCount", ""),
        "n_replies": held.get("totalReplyCount", ""),
    }


def _vk(record: Record, told: Record) -> dict[str, Any] | None:
    """A post or comment of a wall of VK; ids there are unique within one wall only."""
    if not isinstance(record.get("from_id"), int) or not isinstance(record.get("date"), int):
        return None
    wall, top = record.get("owner_id", ""), record.get("post_id", "")
    writer, answers = record["from_id"], record.get("reply_to_comment") or ""
    names = told.get("names", {})
    links = [text_at(one, "link", "url") for one in record.get("attachments") or []]
    return {
        "platform": "vk",
        "native_id": f"{wall}_{record.get('id', '')}",
        "kind": "reply" if answers else _COMMENT if top else "post",
        "account_id": writer,
        "account_name": names.get(writer, ""),
        "account_kind": _GROUP if writer < 0 else "profile",
        "text": record.get("text", ""),
        "time": record["date"],
        "parent_id": f"{wall}_{answers}" if answers else "",
        "root_id": f"{wall}_{top}" if top else "",
        "target_id": wall,
        "target_name": names.get(wall, ""),
        "link": [one for one in links if one],
        "n_likes": text_at(record, "likes", "count"),
        "n_replies": text_at(record, "comments", "count") or text_at(record, "thread", "count"),
        "n_shares": text_at(record, "reposts", "count"),
        "n_views": text_at(record, "views", "count"),
    }


def _youtube(record: Record, _told: Record) -> dict[str, Any] | None:
    """A video as YouTube's interface lists it."""
    held = record.get("snippet")
    if not isinstance(held, dict):
        return None
    if record.get("kind") not in _YOUTUBE_VIDEOS or "title" not in held:
        return None
    own = record.get("id")
    video = text_at(record, "id", "videoId") if isinstance(own, dict) else own
    return {
        "platform": "youtube",
        "native_id": text_at(held, "resourceId", "videoId") or video,
        "kind": "post",
        "account_id": first_of(held, "videoOwnerChannelId", "channelId"),
        "account_name": first_of(held, "videoOwnerChannelTitle", "channelTitle"),
        "account_kind": "channel",
        "text": "\n\n".join(w for w in (held["title"], held.get("description", "")) if w),
        "time": held.get("publishedAt", ""),
        "n_likes": text_at(record, "statistics", "likeCount"),
        "n_replies": text_at(record, "statistics", "commentCount"),
        "n_views": text_at(record, "statistics", "viewCount"),
    }


def _graph(record: Record, _told: Record) -> dict[str, Any] | None:
    """A comment of Meta's interfaces, which one page of them does not call so."""
    own, at_time = str(record.get("id", "")), record.get("created_time") or record.get("timestamp")
    if not str(at_time or "").endswith(("+0000", "+00:00")):
        return None
    if _GRAPH_ID.fullmatch(own) and "created_time" in record:
        post, _, _number = own.partition("_")
        is_own = text_at(record, "from", "id") in ("", post)
        is_post = bool(record.keys() & _GRAPH_POST) or is_own
        if not record.keys() & _GRAPH_COMMENT and is_post:
            return None
        platform = "facebook"
    elif own.isdigit() and "text" in record and not record.keys() & _GRAPH_MEDIA:
        post, platform = text_at(record, "media", "id"), "instagram"
    else:
        return None
    answers = record.get("parent_id") or text_at(record, "parent", "id")
    return {
        **{key: one for key, one in record.items() if key not in ("parent", "media")},
        "platform": platform,
        "kind": record.get("kind") or ("reply" if answers else _COMMENT),
        "parent_id": answers,
        "root_id": record.get("root_id") or post,
    }


def _saved_video(record: Record, _told: Record) -> dict[str, Any] | None:
    """A video, or a comment under one, as yt-dlp saves them."""
    if "parent" in record and "author_id" in record and "text" in record:
        parent = record.get("parent") or ""
        return {
            "platform": "youtube",
            "native_id": record.get("id", ""),
            "kind": _COMMENT if parent == "root" else "reply",
            "account_id": record["author_id"],
            "account_name": record.get("author", ""),
            "text": record.get("text", ""),
            "time": record.get("timestamp") or "",
            "parent_id": "" if parent == "root" else parent,
            "root_id": record.get("root_id", ""),
            "n_likes": record.get("like_count", ""),
        }
    if "extractor" not in record or "webpage_url" not in record:
        return None
    return {
        "platform": str(record["extractor"]).partition(":")[0].lower(),
        "native_id": record.get("id", ""),
        "kind": "post",
        "account_id": first_of(record, "channel_id", "uploader_id"),
        "account_name": first_of(record, "channel", "uploader"),
        "account_kind": "channel",
        "text": "\n\n".join(w for w in (record.get("title"), record.get("description")) if w),
        "time": first_of(record, "timestamp", "upload_date"),
        "url": record["webpage_url"],
        "n_likes": record.get("like_count", ""),
        "n_replies": record.get("comment_count", ""),
        "n_views": record.get("view_count", ""),
    }


def _copied_comment(record: Record, _told: Record) -> dict[str, Any] | None:
    """A comment of YouTube as small downloaders write it; its time is an age.

    ``time_parsed`` is the downloader's own clock less that age: comments of one day would stand
    within seconds of each other, so it is not read.
    """
    if not {"cid", "votes", "author", "channel"} <= record.keys():
        return None
    own = str(record["cid"])
    return {
        "platform": "youtube",
        "native_id": own,
        "kind": "reply" if "." in own else _COMMENT,
        "account_id": record["channel"],
        "account_name": record["author"],
        "text": record.get("text", ""),
        "age": record.get("time", ""),
        "parent_id": own.partition(".")[0] if "." in own else "",
        "n_likes": record["votes"],
        "n_replies": record.get("replies", ""),
    }


_SHAPES: Final[tuple[Shape, ...]] = (
    _zeeschuimer,
    telegram_desktop,
    telethon,
    _x_graph,
    _x_old,
    _reddit,
    bluesky,
    bluesky_commit,
    mastodon,
    activity,
    _vk,
    _youtube,
    _youtube_comment,
    _graph,
    _saved_video,
    _copied_comment,
)
