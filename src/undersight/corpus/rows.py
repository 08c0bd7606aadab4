"""From what an importer yields to the rows of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.corpus.carried import (
    Carried,
    canonical_hashtag,
    canonical_link,
    canonical_mention,
    text_key,
)
from undersight.corpus.languages import LanguageFinder
from undersight.corpus.people import UNKNOWN_PLATFORM, Identity, People
from undersight.model.corpus_rows import AccountRow, NoticeRow, PostRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.corpus_rows import Moment, ShareRow

Row = tuple[Any, ...]
_INT64_MAX = (1 << 63) - 1
_LEAST_TELLING = 4


class RowMaker:
    """Makes table rows of one import, each without its ``import_digest``.

    Args:
        import_digest: SHA-256 of the sealed original.
        people: Gives accounts their ids.
        target: What everything stands under, if a person said so and the file does not.
    """

    def __init__(self, import_digest: str, people: People, target: str = "") -> None:
        self.people = people
        self.languages = LanguageFinder()
        self._import_digest, self._target = import_digest, target

    def post(self, row: PostRow, carried: list[Carried]) -> Row:
        """The row of a post.

        Args:
            row: As the importer gave it.
            carried: What `carried_in` found in its text.
        """
        author = self.people.identity(row.author)
        target = self.people.identity(self.target_of(row))
        post_id = self._own_id(row.platform, row.native_id, row.locator)
        published = row.published
        return (
            post_id,
            row.platform or UNKNOWN_PLATFORM,
            row.kind,
            author.account_id if author else None,
            _reference(row.platform, row.parent_native_id),
            _reference(row.platform, row.root_native_id),
            target.account_id if target else None,
            _reference(row.platform, row.repost_of_native_id),
            published.us if published else None,
            published.resolution_us if published else None,
            published.zone_basis if published else "unknown",
            published.text if published else None,
            row.text,
            text_key(row.text, carried) if row.text else None,
            self.languages.language(row.text, row.lang),
            _post_url(row, author),
            row.n_likes,
            row.n_replies,
            row.n_shares,
            row.n_views,
            row.locator,
        )

    def shares(self, row: PostRow, carried: list[Carried], made: Row) -> Iterator[Row]:
        """The rows of what a post carries, each thing once.

        Args:
            row: As the importer gave it.
            carried: What `carried_in` found in its text.
            made: Its row in `posts`.
        """
        if not carried and not row.shares:
            return
        post_id, account_id, published_us = made[0], made[3], made[8]
        seen = set()
        for one in (*carried, *_given(row.shares)):
            value, value_text = self._shown(row, one)
            if not value or (one.kind, value) in seen:
                continue
            seen.add((one.kind, value))
            start, end = (one.start, one.end) if one.end else (None, None)
            yield (
                post_id, account_id, one.kind, value, value_text, start, end, published_us,
                row.locator,
            )  # fmt: skip

    def account(self, row: AccountRow, locator: str) -> Row | None:
        """The row of an account; None where nothing tells who it is."""
        identity = self.people.identity(row)
        if identity is None:
            return None
        is_hidden = identity.is_pseudonymous
        return (
            identity.account_id,
            row.platform or UNKNOWN_PLATFORM,
            row.kind,
            None if is_hidden else row.name or None,
            None if is_hidden else row.handle.lstrip("@") or None,
            None if is_hidden else row.url or None,
            row.category or None,
            row.country or None,
            row.created.us if row.created else None,
            not row.native_id and not row.handle,
            is_hidden,
            locator,
        )

    def observation(self, row: AccountRow, made: Row) -> Row | None:
        """What the account looked like; None if the file does not say when."""
        if row.observed is None:
            return None
        counts = (row.n_followers, row.n_following, row.n_posts)
        if counts == (None, None, None) and not row.category:
            return None
        return (made[0], row.observed.us, *counts, made[3], row.category or None, made[-1])

    def notice(self, row: NoticeRow) -> Row:
        """The row of a platform's message."""
        account = self.people.identity(row.account)
        return (
            self._own_id(row.platform, row.native_id, row.locator),
            row.platform or UNKNOWN_PLATFORM,
            account.account_id if account else None,
            _reference(row.platform, row.post_native_id),
            row.kind,
            row.received.us if row.received else None,
            row.reason or None,
            row.text or None,
            row.locator,
        )

    def target_of(self, row: PostRow) -> AccountRow | None:
        """What a post stands under: as the file says, else as the person said."""
        if row.target is not None or not self._target:
            return row.target
        return AccountRow(locator=row.locator, platform=row.platform, native_id=self._target)

    def _own_id(self, platform: str, native_id: str, locator: str) -> str:
        """A record's id; one without a native id is known by its place in the file."""
        native = native_id or f"@{self._import_digest[:12]}/{locator}"
        return f"{platform or UNKNOWN_PLATFORM}:{native}"

    def _shown(self, row: PostRow, one: Carried) -> tuple[str, str | None]:
        """A carried thing's value and wording; a pseudonym has no wording."""
        if one.kind != "mention":
            return one.value, one.value_text
        is_comment = row.kind in {"comment", "reply"}
        value, is_hidden = self.people.mention(row.platform, one.value, is_comment=is_comment)
        return value, None if is_hidden else one.value_text


def is_in_range(row: PostRow | AccountRow | NoticeRow) -> bool:
    """Whether every number of a record fits 64 bits and no count is negative."""
    if isinstance(row, PostRow):
        shown = (row.n_likes, row.n_replies, row.n_shares, row.n_views)
        return _are_counts(shown) and _is_moment(row.published)
    if isinstance(row, AccountRow):
        counts = (row.n_followers, row.n_following, row.n_posts)
        return _are_counts(counts) and _is_moment(row.created) and _is_moment(row.observed)
    return _is_moment(row.received)


def _are_counts(counts: tuple[int | None, ...]) -> bool:
    return all(one is None or 0 <= one <= _INT64_MAX for one in counts)


def _is_moment(moment: Moment | None) -> bool:
    return moment is None or abs(moment.us) <= _INT64_MAX


def _reference(platform: str, native_id: str) -> str | None:
    return f"{platform or UNKNOWN_PLATFORM}:{native_id}" if native_id else None


def _given(shares: tuple[ShareRow, ...]) -> Iterator[Carried]:
    """What fields of the file say that a post carries."""
    for share in shares:
        written = share.value.strip()
        if share.kind == "url":
            canonical, host = canonical_link(written)
            yield Carried("url", canonical or written, written, 0, 0)
            if host:
                yield Carried("domain", host, written, 0, 0)
        elif share.kind == "hashtag":
            yield Carried("hashtag", canonical_hashtag(written), written, 0, 0)
        elif share.kind == "mention":
            yield Carried("mention", canonical_mention(written), written, 0, 0)
        else:
            yield Carried(share.kind, written, written, 0, 0)


def _post_url(row: PostRow, author: Identity | None) -> str | None:
    """The post's address; none where it would tell who a pseudonym is."""
    if not row.url:
        return None
    if author is not None and author.is_pseudonymous and row.author is not None:
        telling = (row.author.native_id, row.author.handle.lstrip("@"), row.author.name)
        lowered = row.url.casefold()
        if any(len(one) >= _LEAST_TELLING and one.casefold() in lowered for one in telling):
            return None
    return row.url
