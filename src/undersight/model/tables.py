"""The corpus tables, declared once: name, columns, type, unit and meaning of each.

Storage, importers, detectors, exports and the reference read these declarations. Every row also
knows where it came from: the digest of its import and the locator within the sealed original.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["string", "int64", "bool"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a corpus table.

    Args:
        name: Its name; a unit is part of it (``_us``, ``n_``).
        type: ``string``, ``int64`` or ``bool``.
        meaning: One sentence.
        is_required: Whether a row without it is refused.
    """

    name: str
    type: ColumnType
    meaning: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One corpus table.

    Args:
        name: Its name in ``corpus.scan`` and in the SQL of detectors.
        meaning: What one row is.
        key: The columns by which two rows are the same record.
        columns: All columns, provenance last.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names in order."""
        return tuple(column.name for column in self.columns)


PROVENANCE = (
    Column("import_digest", "string", "SHA-256 of the sealed original (hex).", is_required=True),
    Column("locator", "string", "Where in it: line, sheet!row, JSON pointer.", is_required=True),
)

ACCOUNTS = Table(
    "accounts",
    "A profile, page, group or channel as one import shows it.",
    ("account_id",),
    (
        Column(
            "account_id",
            "string",
            "`platform:native_id`; `platform:~name` where only a name is known; "
            "`platform:#pseudonym` for people who only commented.",
            is_required=True,
        ),
        Column("platform", "string", "Vocabulary `platform`, or as written.", is_required=True),
        Column("kind", "string", "profile, page, group, channel, bot (declared) or unknown."),
        Column("name", "string", "Display name; null where pseudonymised."),
        Column("handle", "string", "Handle without @; null where pseudonymised."),
        Column("url", "string", "Address of the account; null where pseudonymised."),
        Column("category", "string", "Category that the platform shows for a page."),
        Column("country", "string", "Country that the platform states for its administrators."),
        Column("created_us", "int64", "When it was made: µs since 1970 UTC."),
        Column("is_name_only", "bool", "Known by name only: never merged with another."),
        Column("is_pseudonymous", "bool", "Its id is a keyed hash made at import."),
        *PROVENANCE,
    ),
)

POSTS = Table(
    "posts",
    "A post, comment, reply or repost.",
    ("post_id",),
    (
        Column("post_id", "string", "`platform:native_id`.", is_required=True),
        Column("platform", "string", "Vocabulary `platform`, or as written.", is_required=True),
        Column("kind", "string", "post, comment, reply or repost.", is_required=True),
        Column("account_id", "string", "Who posted; null where the file does not say."),
        Column("parent_id", "string", "The post directly answered."),
        Column("root_id", "string", "The post at the top of the thread."),
        Column("target_id", "string", "Account (page, group, channel) under which it stands."),
        Column("repost_of_id", "string", "The post that it repeats."),
        Column("published_us", "int64", "When: µs since 1970 UTC; null where unknown."),
        Column("resolution_us", "int64", "Precision of the time given, µs (60 s = minute data)."),
        Column(
            "zone_basis",
            "string",
            "How UTC was reached: epoch, offset, utc, named, assumed or unknown.",
        ),
        Column("published_text", "string", "The time as written in the file."),
        Column("text", "string", "The text as it stands in the file."),
        Column("text_key", "string", "Normalised form for matching; null where nothing is left."),
        Column("lang", "string", "Language, as stated or detected; null where undecided."),
        Column("url", "string", "Address of the post."),
        Column("n_likes", "int64", "Likes or reactions shown."),
        Column("n_replies", "int64", "Replies or comments shown."),
        Column("n_shares", "int64", "Shares or reposts shown."),
        Column("n_views", "int64", "Views shown."),
        *PROVENANCE,
    ),
)

SHARES = Table(
    "shares",
    "One thing that a post carries: a link, its domain, a hashtag, a mention or a media item.",
    ("post_id", "kind", "value"),
    (
        Column("post_id", "string", "The post.", is_required=True),
        Column("account_id", "string", "Who posted; as in `posts`."),
        Column(
            "kind",
            "string",
            "url, domain, hashtag, mention, media, or object (an id of a thing not named).",
            is_required=True,
        ),
        Column(
            "value",
            "string",
            "Canonical form (url canonicalised, hashtag folded).",
            is_required=True,
        ),
        Column("value_text", "string", "As written."),
        Column("start", "int64", "Character offset into the post's text; null if from a field."),
        Column("end", "int64", "Character offset after its last character."),
        Column("published_us", "int64", "As in `posts`."),
        *PROVENANCE,
    ),
)

ACCOUNT_OBSERVATIONS = Table(
    "account_observations",
    "What an account looked like at one moment.",
    ("account_id", "observed_us"),
    (
        Column("account_id", "string", "The account.", is_required=True),
        Column(
            "observed_us", "int64", "When it was seen so: µs since 1970 UTC.", is_required=True
        ),
        Column("n_followers", "int64", "Followers shown."),
        Column("n_following", "int64", "Accounts followed."),
        Column("n_posts", "int64", "Posts shown."),
        Column("name", "string", "Display name then; null where pseudonymised."),
        Column("category", "string", "Category then."),
        *PROVENANCE,
    ),
)

NOTICES = Table(
    "notices",
    "A message of a platform to an account: removal, restriction, label, reinstatement.",
    ("notice_id",),
    (
        Column(
            "notice_id",
            "string",
            "`platform:native_id`, else import digest and locator.",
            is_required=True,
        ),
        Column("platform", "string", "Vocabulary `platform`, or as written.", is_required=True),
        Column("account_id", "string", "To whom."),
        Column("post_id", "string", "About which post."),
        Column("kind", "string", "removal, restriction, label, reinstatement or other."),
        Column("received_us", "int64", "When: µs since 1970 UTC."),
        Column("reason", "string", "The reason that the platform states, as written."),
        Column("text", "string", "The message as written."),
        *PROVENANCE,
    ),
)

TABLES: tuple[Table, ...] = (ACCOUNTS, POSTS, SHARES, ACCOUNT_OBSERVATIONS, NOTICES)

ISSUES = Table(
    "issues",
    "What could not be read of one import, where, and why.",
    ("locator", "column", "reason"),
    (
        Column("column", "string", "The column or element concerned; null for the whole record."),
        Column("reason", "string", "One sentence.", is_required=True),
        *PROVENANCE,
    ),
)
"""Kept beside the tables of each import; no table of the corpus."""
