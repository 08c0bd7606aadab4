"""The comment sheet: plain counts of what stands under one post or page.

Nothing here is a probability of guilt: each number has its numerator and its denominator. People
are never in it by id or name; accounts that must be told apart appear by a label.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

LEAST_COMMENTS = 20
"""From so many comments up a sheet says more than its counts."""
LEAST_ACCOUNTS = 5
"""Nothing is said about fewer accounts than this (DESIGN §8.2)."""
LEAST_LETTERS = 8
"""Shorter texts are left out where texts are compared: everybody writes those."""

SheetKind = Literal["post", "page", "file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many.

    Args:
        n: Numerator.
        of: Denominator.
        low: Lower end of Wilson's 95 % interval, 0 to 1; None where all comments are there.
        high: Upper end; None likewise.
    """

    n: int
    of: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """One kind of account among the commenters.

    Args:
        kind: page, group, channel, bot, profile, unknown, owner (the target itself) or
            untold (no account).
        comments: Comments by accounts of the kind, of all comments.
        top: The same among the top comments; None where likes are not known.
        n_accounts: Accounts of the kind.
    """

    kind: str
    comments: Share
    top: Share | None
    n_accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers:
    """Who commented here and how they were known before.

    Args:
        never_here: Seen elsewhere in the corpus before, never under the target's earlier posts;
            of those seen before anywhere.
        n_not_seen: Accounts never seen in the corpus before.
        n_earlier_posts: The target's earlier posts that were looked at.
    """

    never_here: Share
    n_not_seen: int
    n_earlier_posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One text that several accounts wrote, word for word or nearly.

    Args:
        variants: Wordings, the most frequent first, masked; at most a few.
        n_wordings: Distinct wordings.
        n_comments: Comments that say it.
        n_accounts: Accounts that say it.
    """

    variants: tuple[str, ...]
    n_wordings: int
    n_comments: int
    n_accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """How far comments say the same.

    Args:
        exact: Comments whose text another account wrote too, of those with a text long enough.
        near: The same, small differences allowed; None where it was not looked for.
        wordings: What is repeated most.
    """

    exact: Share
    near: Share | None
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTarget:
    """Another page or post under which five or more of the commenters comment too.

    Args:
        label: Its masked label.
        name: Its name, of a page that two people agreed to name; otherwise empty.
        accounts: Commenters who comment there too, of all commenters that can be told apart.
    """

    label: str
    name: str
    accounts: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something counted by name.

    Args:
        name: What.
        n: How many.
    """

    name: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentSheet:
    """One post, page or file of comments, counted.

    Args:
        kind: What it is about.
        target: Masked label of the page or account under which it stands; empty if not known.
        target_name: Its name, of a page that two people agreed to name; otherwise empty.
        reference: Id of the post, where its target is a page, group or channel; otherwise empty.
        posted_us: When the post was made, µs since 1970 UTC; None if not known.
        corpus_digest: What was counted.
        n_comments: Comments and replies.
        n_replies: Replies among them.
        n_accounts: Commenters that can be told apart.
        n_without_account: Comments without an account.
        n_without_time: Comments without a time.
        n_shown: Comments that the platform says there are; None if not known.
        first_us: Time of the first comment, µs.
        last_us: Of the last.
        resolution_us: The coarsest precision among the times, µs; None without times.
        is_sample: Not all comments are there, or that cannot be excluded.
        n_top: Comments that count as top comments.
        kinds: Who commented, by kind of account.
        newcomers: Who was known before; None where that cannot be told.
        categories: Categories of pages among the commenters.
        created_months: Months in which commenting pages were made (``2031-05``).
        texts: What is repeated; None where there are no texts.
        hours: Comments by hour of week (168, Monday 0 h first, UTC); empty where not told.
        other_hours: The same under the target's other posts.
        elsewhere: How many accounts comment under 0, 1, 2-4, 5 and more other targets.
        others: Where five or more of them comment too.
        cannot_tell: English sentence by section, of what the data lack.
        notes: Why the data may not be the whole.
        reconciled: Numbers by name of the imports behind: read, records, duplicates, rejected.
    """

    kind: SheetKind
    target: str = ""
    target_name: str = ""
    reference: str = ""
    posted_us: int | None = None
    corpus_digest: str = ""
    n_comments: int
    n_replies: int = 0
    n_accounts: int = 0
    n_without_account: int = 0
    n_without_time: int = 0
    n_shown: int | None = None
    first_us: int | None = None
    last_us: int | None = None
    resolution_us: int | None = None
    is_sample: bool = False
    n_top: int = 0
    kinds: tuple[KindLine, ...] = ()
    newcomers: Newcomers | None = None
    categories: tuple[Named, ...] = ()
    created_months: tuple[Named, ...] = ()
    texts: Texts | None = None
    hours: tuple[int, ...] = ()
    other_hours: tuple[int, ...] = ()
    elsewhere: tuple[Named, ...] = ()
    others: tuple[OtherTarget, ...] = ()
    cannot_tell: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    reconciled: dict[str, int] = field(default_factory=dict)

    @property
    def is_enough(self) -> bool:
        """Whether there are comments enough to say more than counts."""
        return self.n_comments >= LEAST_COMMENTS

    def line(self, kind: str) -> KindLine | None:
        """The line of one kind of account; None if nobody of it commented."""
        return next((one for one in self.kinds if one.kind == kind), None)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {**asdict(self), "is_enough": self.is_enough}
