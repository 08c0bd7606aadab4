"""Posts of X (Twitter) as its API gives them since version 2: pages, twarc's lines, flat lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.byte_source import head_text
from undersight.importers.doubts import Doubts
from undersight.importers.json_records import json_records
from undersight.importers.moments import TimeReader
from undersight.model.corpus_rows import AccountRow, PostKind, PostRow, SamplingNote, ShareRow
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undersight.importers.post_rows import Part
    from undersight.model.corpus_rows import ColumnChoice

_FLAT_SIGNS = ('"author_id"', '"edit_history_tweet_ids"', '"public_metrics"', '"conversation_id"')
_TEXT_FIELDS = ("text", "author_id")


class XApiV2:
    """Answers of the X API version 2, one page a file or a line, or one post a line.

    Posts that others refer to (``includes``) are context, not results; they are left out, so
    that a filter of the search stays what it was. Counts of followers belong to the moment of
    the collection, which the answer does not tell (twarc does, as ``__twarc.retrieved_at``).
    """

    importer_id: ClassVar[str] = "x-api-v2"
    about: ClassVar[str] = _("Posts of X (Twitter) from its API version 2, JSON or twarc's lines.")
    suffixes: ClassVar[tuple[str, ...]] = (".json", ".jsonl", ".ndjson", ".gz")
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "it holds posts with author_id and public_metrics or edit history"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for JSON with the fields of version 2."""
        text = head_text(head).lstrip()
        if text[:1] not in ("{", "["):
            return False
        n_signs = sum(1 for sign in _FLAT_SIGNS if sign in text)
        is_page = '"data"' in text and ('"includes"' in text or '"__twarc"' in text)
        return n_signs >= 3 or (n_signs >= 1 and is_page)

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield posts with their authors; what the API could not give is an issue.

        Raises:
            InputError: It is no JSON, or no record of it is of the API.
        """
        reader = _Reader(choice)
        n_read = 0
        for part in json_records(stream):
            if isinstance(part, Issue):
                reader.doubts.n_records += 1
                yield part
                continue
            n_read += 1
            yield from reader.record(*part)
        if n_read and not reader.n_posts and not reader.n_known:
            raise DamagedFileError("record 1", "no record of it is an answer of the X API")
        yield from reader.doubts.notes()
        yield from reader.notes()


class _Reader:
    def __init__(self, choice: ColumnChoice) -> None:
        self._times = TimeReader(zone=choice.zone)
        self.doubts = Doubts()
        self.n_posts = 0
        self.n_known = 0
        self._n_errors = 0

    def record(self, locator: str, value: Any) -> Iterator[Part]:
        if not isinstance(value, dict):
            self.doubts.n_records += 1
            yield Issue(locator=locator, reason="The record is no JSON object.")
            return
        listed = value.get("data")
        if isinstance(listed, list | dict):
            self.n_known += 1
            yield from self._page(locator, value, listed)
        elif "meta" in value or "errors" in value:
            self.n_known += 1
            yield from self._errors(locator, value)
        else:
            self.doubts.n_records += 1
            yield self._post(locator, value, _object(value.get("author")), value)

    def _page(self, locator: str, page: Mapping[str, Any], listed: Any) -> Iterator[Part]:
        """Yield the posts of one answer; a member's locator is the answer's and a pointer."""
        known = {
            user["id"]: user
            for user in _objects(_object(page.get("includes")).get("users"))
            if isinstance(user.get("id"), str)
        }
        is_list = isinstance(listed, list)
        for place, one in enumerate(listed if is_list else [listed]):
            end = f"/data/{place}" if is_list else "/data"
            self.doubts.n_records += 1
            if not isinstance(one, dict):
                yield Issue(locator=locator + end, reason="The member of data is no object.")
                continue
            author = _object(known.get(_text(one.get("author_id"))))
            yield self._post(locator + end, one, author, page)
        yield from self._errors(locator, page)

    def _errors(self, locator: str, page: Mapping[str, Any]) -> Iterator[Part]:
        self._n_errors += len(_objects(page.get("errors")))
        if not isinstance(page.get("data"), list | dict) and page.get("errors"):
            self.doubts.n_records += 1
            yield Issue(locator=locator, reason="The API answered with an error, without posts.")

    def _post(
        self, locator: str, post: Mapping[str, Any], author: Mapping[str, Any], page: Any
    ) -> PostRow | AccountRow | Issue:
        native_id = _text(post.get("id"))
        if native_id and isinstance(post.get("username"), str) and "text" not in post:
            self.n_posts += 1
            user = self._account(locator, native_id, post, page)
            if user is not None:
                return user
        if not native_id or not all(isinstance(post.get(key), str) for key in _TEXT_FIELDS):
            return Issue(locator=locator, reason="It has no id, author_id or text: no post.")
        self.n_posts += 1
        note = _object(post.get("note_tweet"))
        text = _text(note.get("text")) or _text(post["text"])
        self.doubts.text_seen(text, locator)
        referenced = {
            _text(one.get("type")): _text(one.get("id"))
            for one in _objects(post.get("referenced_tweets"))
        }
        counts = _object(post.get("public_metrics"))
        kind: PostKind = "post"
        if "retweeted" in referenced:
            kind = "repost"
        elif "replied_to" in referenced:
            kind = "reply"
        return PostRow(
            locator=locator,
            platform="x",
            native_id=self.doubts.id_kept(native_id, locator),
            kind=kind,
            author=self._account(locator, _text(post["author_id"]), author, page),
            parent_native_id=referenced.get("replied_to", ""),
            root_native_id=_text(post.get("conversation_id")),
            repost_of_native_id=referenced.get("retweeted", ""),
            published=self._times.read(_text(post.get("created_at"))),
            text=text,
            lang=_text(post.get("lang")).replace("und", ""),
            n_likes=_count(counts.get("like_count")),
            n_replies=_count(counts.get("reply_count")),
            n_shares=_count(counts.get("retweet_count")),
            n_views=_count(counts.get("impression_count")),
            shares=_shares(_object(post.get("entities")) | _object(note.get("entities"))),
        )

    def _account(
        self, locator: str, native_id: str, user: Mapping[str, Any], page: Any
    ) -> AccountRow | None:
        native_id = self.doubts.id_kept(native_id, locator)
        if not native_id:
            return None
        counts = _object(user.get("public_metrics"))
        handle = _text(user.get("username"))
        return AccountRow(
            locator=locator,
            platform="x",
            native_id=native_id,
            name=_text(user.get("name")),
            handle=handle,
            url=f"https://x.com/{handle}" if handle else "",
            created=self._times.read(_text(user.get("created_at"))),
            observed=self._times.read(_text(_object(page.get("__twarc")).get("retrieved_at"))),
            n_followers=_count(counts.get("followers_count")),
            n_following=_count(counts.get("following_count")),
            n_posts=_count(counts.get("tweet_count")),
        )

    def notes(self) -> Iterator[SamplingNote]:
        if self._n_errors:
            yield SamplingNote(
                code="other",
                sentence=f"The API left out {self._n_errors} items that are gone, private or "
                "withheld.",
            )


def _shares(entities: Mapping[str, Any]) -> tuple[ShareRow, ...]:
    found: list[ShareRow] = []
    for one in _objects(entities.get("urls")):
        address = _text(one.get("unwound_url")) or _text(one.get("expanded_url"))
        if address:
            found.append(ShareRow(kind="url", value=address))
    tags = (_text(one.get("tag")) for one in _objects(entities.get("hashtags")))
    found += [ShareRow(kind="hashtag", value=f"#{tag}") for tag in tags if tag]
    return tuple(dict.fromkeys(found))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _count(value: Any) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62
    return value if is_count else None
