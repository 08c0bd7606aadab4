"""Posts of the open networks as they give them away: Bluesky, Mastodon, ActivityPub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.importers.json_paths import at, first_of, text_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    Record = Mapping[str, Any]


def bluesky(record: Record, _told: Record) -> dict[str, Any] | None:
    """A post of Bluesky, with or without who wrote it.

    Args:
        record: One record.
        _told: Nothing of it is used.
    """
    inner = record.get("post")
    held: Record = inner if isinstance(inner, dict) else record
    told = at(record, "reason")
    by = at(told, "by") if isinstance(told, dict) else None
    if isinstance(by, dict) and "did" in by:
        return {
            "platform": "bluesky",
            "native_id": told.get("uri") or f"{held.get('uri', '')}#{by['did']}",
            "kind": "repost",
            "account_id": by["did"],
            "account_handle": by.get("handle", ""),
            "account_name": by.get("displayName", ""),
            "text": text_at(held, "record", "text"),
            "time": told.get("indexedAt", ""),
            "repost_of_id": held.get("uri", ""),
        }
    uri = str(held.get("uri") or "")
    body = first_of(held, "record", "value")
    if not uri.startswith("at://") or not isinstance(body, dict) or "text" not in body:
        return None
    author = held["author"] if isinstance(held.get("author"), dict) else {}
    parent = text_at(body, "reply", "parent", "uri")
    return {
        "platform": "bluesky",
        "native_id": uri,
        "kind": "reply" if parent else "post",
        "account_id": author.get("did") or uri[5:].partition("/")[0],
        "account_handle": author.get("handle", ""),
        "account_name": first_of(author, "displayName", "display_name"),
        "text": body["text"],
        "time": first_of(body, "createdAt", "created_at"),
        "parent_id": parent,
        "root_id": text_at(body, "reply", "root", "uri"),
        "lang": (body.get("langs") or [""])[0],
        "link": text_at(body, "embed", "external", "uri"),
        "n_likes": first_of(held, "likeCount", "like_count"),
        "n_replies": first_of(held, "replyCount", "reply_count"),
        "n_shares": first_of(held, "repostCount", "repost_count"),
    }


def bluesky_commit(record: Record, _told: Record) -> dict[str, Any] | None:
    """An act as Bluesky's stream tells it: a post or repost; likes and follows are none.

    Args:
        record: One record.
        _told: Nothing of it is used.
    """
    commit = record.get("commit")
    if "did" not in record or "time_us" not in record:
        return None
    made = at(commit, "record") if isinstance(commit, dict) else None
    kind = text_at(commit, "collection").rpartition(".")[2]
    if not isinstance(made, dict) or kind not in ("post", "repost"):
        return {"left_out": "It is no post: a like, a follow, a deletion or news of an account."}
    uri = f"at://{record['did']}/{text_at(commit, 'collection')}/{text_at(commit, 'rkey')}"
    if kind == "repost":
        return {
            "platform": "bluesky",
            "native_id": uri,
            "kind": "repost",
            "account_id": record["did"],
            "text": "",
            "time": made.get("createdAt", ""),
            "repost_of_id": text_at(made, "subject", "uri"),
        }
    return bluesky({"uri": uri, "record": made, "author": {"did": record["did"]}}, {})


def mastodon(record: Record, _told: Record) -> dict[str, Any] | None:
    """A post of Mastodon: its own fields are known by name; a repost is told here.

    Args:
        record: One record.
        _told: Nothing of it is used.
    """
    account = record.get("account")
    if not isinstance(account, dict) or "acct" not in account or "content" not in record:
        return None
    repeated = record["reblog"] if isinstance(record.get("reblog"), dict) else {}
    kept = {key: one for key, one in record.items() if key not in ("reblog", "account")}
    kind = "repost" if repeated else "" if record.get("in_reply_to_id") else "post"
    return kept | {
        "platform": "mastodon",
        "kind": kind,
        "account_id": account.get("id", ""),
        "account_handle": account["acct"],
        "account_name": account.get("display_name", ""),
        "account_created": account.get("created_at", ""),
        "account_kind": "bot" if account.get("bot") else "",
        "n_followers": account.get("followers_count", ""),
        "repost_of_id": repeated.get("id", ""),
        "content": record["content"] or repeated.get("content", ""),
    }


def activity(record: Record, _told: Record) -> dict[str, Any] | None:
    """An act of an ActivityPub outbox: something written, or something repeated.

    Args:
        record: One record.
        _told: Nothing of it is used.
    """
    if record.get("type") not in ("Create", "Announce") or "actor" not in record:
        return None
    made = record.get("object")
    note = made if isinstance(made, dict) else {}
    answers = note.get("inReplyTo") or ""
    kind = "repost" if record["type"] == "Announce" else "reply" if answers else "post"
    return {
        "platform": "mastodon",
        "native_id": note.get("id") or record.get("id", ""),
        "kind": kind,
        "account_id": record["actor"],
        "text": note.get("content", ""),
        "time": first_of(record, "published") or note.get("published", ""),
        "parent_id": answers,
        "repost_of_id": made if isinstance(made, str) else "",
        "url": note.get("url", ""),
    }
