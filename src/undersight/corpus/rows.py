"""From what an importer yields to the rows of the tables."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from undersight.corpus.carried import (
    Carried,
    canonical_hashtag,
    canonical_link,
    canonical_mention,
    text_key,
)
from undersight.corpus.languages import language_of
from undersight.corpus.people import UNKNOWN_PLATFORM, Identity, People
from undersight.model.corpus_rows import AccountRow, NoticeRow, PostRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.corpus.people import Mention
    from undersight.model.corpus_rows import Moment, ShareRow

Row = tuple[Any, ...]
Column = list[Any]
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
        self._import_digest, self._target = import_digest, target

    def posts(self, rows: Sequence[PostRow], carried: Sequence[list[Carried]]) -> list[Column]:
        """The columns of `posts` for some posts, `import_digest` left out.

        Args:
            rows: As the importer gave them.
            carried: What `carried_in` found in the text of each.
        """
        people = self.people.identities
        authors, targets = people([one.author for one in rows]), people(self._targets_of(rows))
        times = [one.published for one in rows]
        platforms = [one.platform or UNKNOWN_PLATFORM for one in rows]
        return [
            [self._own_id(one.platform, one.native_id, one.locator) for one in rows],
            platforms,
            [one.kind for one in rows],
            [one and one.account_id for one in authors],
            _references(platforms, [one.parent_native_id for one in rows]),
            _references(platforms, [one.root_native_id for one in rows]),
            [one and one.account_id for one in targets],
            _references(platforms, [one.repost_of_native_id for one in rows]),
            [None if one is None else one.us for one in times],
            [None if one is None else one.resolution_us for one in times],
            ["unknown" if one is None else one.zone_basis for one in times],
            [None if one is None else one.text for one in times],
            [one.text for one in rows],
            [
                text_key(one.text, found) if one.text else None
                for one, found in zip(rows, carried, strict=True)
            ],
            [language_of(one.text, one.lang) for one in rows],
            [
                _post_url(one, author) if one.url else None
                for one, author in zip(rows, authors, strict=True)
            ],
            [one.n_likes for one in rows],
            [one.n_replies for one in rows],
            [one.n_shares for one in rows],
            [one.n_views for one in rows],
            [one.locator for one in rows],
        ]

    def shares(
        self, rows: Sequence[PostRow], carried: Sequence[list[Carried]], made: Sequence[Column]
    ) -> tuple[list[Row], list[int]]:
        """The rows of what posts carry, each thing once a post, and the place of each one's post.

        Args:
            rows: As the importer gave them.
            carried: What `carried_in` found in the text of each.
            made: Their columns in `posts`.
        """
        held = [
            (place, one, (*found, *_given(one.shares)) if one.shares else found)
            for place, (one, found) in enumerate(zip(rows, carried, strict=True))
            if found or one.shares
        ]
        mentions = self.people.mentions({
            _mention_of(row, one)
            for _, row, found in held
            for one in found
            if one.kind == "mention"
        })  # fmt: skip
        shares: list[Row] = []
        places: list[int] = []
        post_ids, account_ids, times = made[0], made[3], made[8]
        for place, row, found in held:
            seen = set()
            for one in found:
                value: str = one.value
                value_text: str | None = one.value_text
                if one.kind == "mention":
                    value, is_hidden = mentions[_mention_of(row, one)]
                    # A pseudonym has no wording.
                    value_text = None if is_hidden else value_text
                if not value or (one.kind, value) in seen:
                    continue
                seen.add((one.kind, value))
                start, end = (one.start, one.end) if one.end else (None, None)
                shares.append((
                    post_ids[place], account_ids[place], one.kind, value, value_text, start, end,
                    times[place], row.locator,
                ))  # fmt: skip
                places.append(place)
        return shares, places

    def account(self, row: AccountRow, identity: Identity, locator: str) -> Row:
        """The row of an account.

        Args:
            row: As the importer gave it.
            identity: How it appears.
            locator: Where it stands.
        """
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
        account = self.people.identities([row.account])[0]
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

    def _targets_of(self, rows: Sequence[PostRow]) -> list[AccountRow | None]:
        return [self.target_of(one) for one in rows]

    def _own_id(self, platform: str, native_id: str, locator: str) -> str:
        """A record's id; one without a native id is known by its place in the file."""
        native = native_id or f"@{self._import_digest[:12]}/{locator}"
        return f"{platform or UNKNOWN_PLATFORM}:{native}"


def given_things(shares: tuple[ShareRow, ...]) -> str:
    """What the fields of a post say that it carries, in one text."""
    if len(shares) == 1:
        return f"{shares[0].kind} {shares[0].value}"
    return "\x1e".join(sorted(f"{one.kind} {one.value}" for one in shares))


def are_in_range(rows: Sequence[PostRow]) -> bool:
    """Whether every number of some posts fits 64 bits and no count is negative."""
    counts = [
        one
        for row in rows
        for one in (row.n_likes, row.n_replies, row.n_shares, row.n_views)
        if one is not None
    ]
    times = [row.published.us for row in rows if row.published is not None]
    return (
        min(counts, default=0) >= 0
        and max(counts, default=0) <= _INT64_MAX
        and min(times, default=0) >= -_INT64_MAX
        and max(times, default=0) <= _INT64_MAX
    )


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


def _references(platforms: Column, native_ids: Sequence[str]) -> Column:
    if not any(native_ids):
        return [None] * len(native_ids)
    return [
        f"{platform}:{one}" if one else None
        for platform, one in zip(platforms, native_ids, strict=True)
    ]


def _mention_of(row: PostRow, one: Carried) -> Mention:
    return row.platform, one.value, row.kind in {"comment", "reply"}


def _reference(platform: str, native_id: str) -> str | None:
    return f"{platform or UNKNOWN_PLATFORM}:{native_id}" if native_id else None


@lru_cache(maxsize=65536)
def _given(shares: tuple[ShareRow, ...]) -> tuple[Carried, ...]:
    """What fields of the file say that a post carries."""
    return tuple(_given_one_by_one(shares))


def _given_one_by_one(shares: tuple[ShareRow, ...]) -> Iterator[Carried]:
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
