"""What a corpus importer yields: one value per account, post, share, observation or notice.

Field names are the column names of `undersight.model.tables`; provenance other than the locator
is added by whoever stores them. Ids that an importer gives are native: it knows the platform's
ids only, the corpus makes `platform:native_id` (or a pseudonym) of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

AccountKind = Literal["profile", "page", "group", "channel", "bot", "unknown"]
PostKind = Literal["post", "comment", "reply", "repost"]
ShareKind = Literal["url", "domain", "hashtag", "mention", "media", "object"]
ZoneBasis = Literal["epoch", "offset", "utc", "named", "assumed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as a file gives it.

    Args:
        us: Microseconds since 1970 UTC.
        resolution_us: Its precision in µs (1_000_000 for whole seconds, 60_000_000 for minutes).
        zone_basis: How UTC was reached.
        text: As written.
    """

    us: int
    resolution_us: int
    zone_basis: ZoneBasis
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """An account as the file shows it.

    Args:
        locator: Where in the file.
        platform: Platform id.
        native_id: The platform's own id; empty where only a name is known.
        kind: What it is, if the file says so.
        name: Display name.
        handle: Without @.
        url: Its address.
        category: Category shown for a page.
        country: Country stated for its administrators.
        created: When it was made.
        observed: When the counts below were seen; None: not an observation.
        n_followers: Followers then.
        n_following: Followed then.
        n_posts: Posts then.
    """

    locator: str
    platform: str
    native_id: str = ""
    kind: AccountKind = "unknown"
    name: str = ""
    handle: str = ""
    url: str = ""
    category: str = ""
    country: str = ""
    created: Moment | None = None
    observed: Moment | None = None
    n_followers: int | None = None
    n_following: int | None = None
    n_posts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """A link, hashtag, mention or media item that a post carries, given by a field of the file.

    Links, hashtags and mentions that stand in the text are found by the corpus itself.

    Args:
        kind: Which.
        value: As written.
    """

    kind: ShareKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """A post, comment, reply or repost.

    Args:
        locator: Where in the file.
        platform: Platform id.
        native_id: The platform's own id; empty: the corpus gives one from digest and locator.
        kind: Which.
        author: Who posted, with what the row says about them; None where it does not say.
        parent_native_id: The post directly answered.
        root_native_id: The post at the top of the thread.
        target: The page, group or channel under which it stands.
        repost_of_native_id: The post that it repeats.
        published: When.
        text: As it stands in the file.
        lang: As stated by the file.
        url: Its address.
        n_likes: Likes or reactions shown.
        n_replies: Replies shown.
        n_shares: Shares shown.
        n_views: Views shown.
        shares: Links, hashtags, media given by fields.
    """

    locator: str
    platform: str
    native_id: str = ""
    kind: PostKind
    author: AccountRow | None = None
    parent_native_id: str = ""
    root_native_id: str = ""
    target: AccountRow | None = None
    repost_of_native_id: str = ""
    published: Moment | None = None
    text: str = ""
    lang: str = ""
    url: str = ""
    n_likes: int | None = None
    n_replies: int | None = None
    n_shares: int | None = None
    n_views: int | None = None
    shares: tuple[ShareRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A message of a platform to an account.

    Args:
        locator: Where in the file.
        platform: Platform id.
        native_id: The platform's own id; empty: from digest and locator.
        account: To whom.
        post_native_id: About which post.
        kind: removal, restriction, label, reinstatement or other.
        received: When.
        reason: The reason stated.
        text: As written.
    """

    locator: str
    platform: str
    native_id: str = ""
    account: AccountRow | None = None
    post_native_id: str = ""
    kind: str = "other"
    received: Moment | None = None
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingNote:
    """Why the file may not be the whole: "top comments", a cap, a filter, a missing page.

    Args:
        code: `top-comments`, `row-cap`, `date-filter`, `anonymised`, `damaged-ids`,
            `kind-unknown`, `platform-unknown` or `other`.
        sentence: One sentence for people, naming the number where there is one.
        locator: Where it is seen; empty for the whole file.
    """

    code: str
    sentence: str
    locator: str = ""


CorpusRow = AccountRow | PostRow | NoticeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChoice:
    """What a person said about a file's columns.

    Args:
        roles: Role by column name (`--map column=role`).
        platform: Platform where the file does not say (`--platform facebook`).
        zone: IANA zone of local times; empty: times without a zone are assumed UTC and said so.
        is_day_first: Whether 03/04/2031 is 3 April; None to learn it from the file.
        target: Page or post under which everything stands, if the file does not say.
        seen_us: When a copied page was seen (µs since 1970 UTC): relative times such as "3 h"
            count from it; None leaves them without a time.
        constants: Value by role, the same for every row whatever its cells say
            (`--set kind=comment`).
    """

    roles: dict[str, str] = field(default_factory=dict)
    platform: str = ""
    zone: str = ""
    is_day_first: bool | None = None
    target: str = ""
    seen_us: int | None = None
    constants: dict[str, str] = field(default_factory=dict)
