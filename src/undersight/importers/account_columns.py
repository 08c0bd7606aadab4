"""What columns of tables of accounts are called: lists of pages, of bots, follower counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.importers.column_names import best_named, curated_roles, folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACCOUNT_TABLE_ROLES: Final[Mapping[str, str]] = {
    "account_id": "account_id user_id userid author_id page_id channel_id group_id profile_id id "
    "id_str did account uid bot_id facebook_id native_id user",
    "account_name": "account_name page_name group_name channel_name display_name displayname "
    "full_name user_display_name name title page channel username_full localized_title "
    "səhifə sayfa страница",
    "account_handle": "account_handle username handle screen_name user_screen_name acct "
    "user_name login unique_id",
    "account_url": "account_url page_url profile_url url page_or_account_url channel_url link",
    "account_kind": "account_kind account_type user_type page_type type",
    "account_category": "account_category page_category category kateqoriya kategori категория",
    "account_country": "account_country country page_admin_top_country manager_countries",
    "account_created": "account_created account_creation_date creation_date created_at created "
    "author_created_at user_created_at page_created published_at date_created joined",
    "n_followers": "n_followers followers followers_count follower_count subscribers "
    "subscriber_count subscribers_count members member_count fans page_followers page_likes "
    "public_metrics_followers_count statistics_subscriber_count izləyici takipçi подписчики",
    "n_following": "n_following following following_count friends_count friends "
    "public_metrics_following_count",
    "n_posts": "n_posts posts posts_count post_count statuses_count tweet_count tweets updates "
    "media_count video_count statistics_video_count public_metrics_tweet_count",
    "observed": "observed observed_at date day datetime timestamp ts time collected_at "
    "retrieved_at crawled scraped_at as_of snapshot_date tarix tarih дата",
    "metric": "metric measure",
    "value": "value count",
}
METRICS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("followers", "subscribers", "members", "fans"), "n_followers"),
    **dict.fromkeys(("following", "friends"), "n_following"),
    **dict.fromkeys(("posts", "tweets", "videos", "statuses"), "n_posts"),
}
COUNTS: Final = ("n_followers", "n_following", "n_posts")
_WHO: Final = frozenset({"account_id", "account_name", "account_handle", "account_url"})
_BY_ID: Final = frozenset({"account_id", "account_handle"})
_CONTAINERS: Final = frozenset(("subject", "snippet", "user", "account", "data", "attributes"))
# What a row of these says is a post, whatever else it tells of who wrote it.
_OF_POSTS: Final = frozenset(
    (
        *("text", "object", "hashtag", "repost_of_id", "parent_id", "root_id", "is_repost"),
        "domain",
    )
)
# Names of ids and addresses that may be of an account as well as of a post.
_OF_EITHER: Final = frozenset({"id", "id_str", "uri", "pk", "native_id", "platform_id", "link"})


def _by_name() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for role, names in ACCOUNT_TABLE_ROLES.items():
        for rank, name in enumerate(names.split()):
            found.setdefault(name, (role, rank))
            found.setdefault(name.replace("_", ""), (role, rank))
    return found


_BY_NAME: Final = _by_name()


def account_roles(columns: Sequence[str]) -> dict[str, int]:
    """Return the column of each role of a table of accounts, the best known name first.

    Args:
        columns: The header.
    """
    return best_named([folded(_bare(column)) for column in columns], _BY_NAME)


def are_accounts(columns: Sequence[str]) -> bool:
    """Whether a table lists accounts: who, and how many follow them or since when they exist.

    Args:
        columns: The header.
    """
    found, as_posts = account_roles(columns).keys(), curated_roles(columns)
    if as_posts.keys() & _OF_POSTS or not found & _WHO:
        return False
    told = {folded(columns[as_posts[role]]) for role in ("post_id", "link") if role in as_posts}
    if told - _OF_EITHER:
        return False
    is_counted = bool(found & {"n_followers", "n_following"}) or {"metric", "value"} <= found
    return is_counted or (bool(found & _BY_ID) and {"account_created", "n_posts"} <= found) or (
        bool(found & _BY_ID) and "account_kind" in found and "account_category" in found
    )  # fmt: skip


def _bare(column: str) -> str:
    parts = column.split(".")
    while len(parts) > 1 and folded(parts[0]) in _CONTAINERS:
        del parts[0]
    return ".".join(parts)
