"""Invented posts and accounts as columns of numbers; ids and words come when they are written."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

NONE = -1
COMMENT, POST, REPOST = 0, 1, 2
PROFILE, PAGE = 0, 1
DAY_S, HOUR_S = 86_400, 3_600
START_S = 1_925_424_000
"""Monday 6 January 2031, 00:00 UTC."""
ZONE_S = 4 * HOUR_S
"""Qaravel's clocks are four hours ahead of UTC."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Posts, comments and reposts; every column int64, shape (n,), -1 where there is nothing.

    Args:
        account: Number of the account.
        time_s: When, seconds since 1970 UTC.
        kind: 0 comment, 1 post, 2 repost.
        post: Number of the post itself, if others may refer to it.
        root: Number of the post commented.
        page: Number of the page under which it stands.
        repost_of: Number of the post repeated.
        link: Number of the article linked.
        site: Number of the site that has the article.
        tag: Number of the hashtag.
        text: Code of the words; see ``words``.
    """

    account: Ints
    time_s: Ints
    kind: Ints
    post: Ints
    root: Ints
    page: Ints
    repost_of: Ints
    link: Ints
    site: Ints
    tag: Ints
    text: Ints

    @classmethod
    def of(cls, account: Ints, time_s: Ints, kind: int | Ints = COMMENT, **given: Any) -> Self:
        """Return rows with some columns; a number stands for a whole column."""
        columns = {"account": account, "time_s": time_s, "kind": kind, **given}
        return cls(**{
            name: np.broadcast_to(np.asarray(columns.get(name, NONE), np.int64), account.shape)
            for name in COLUMNS
        })  # fmt: skip

    @property
    def n(self) -> int:
        """How many."""
        return int(self.account.size)

    def taking(self, which: npt.NDArray[Any]) -> Self:
        """Return the rows of a mask or of places."""
        return type(self)(**{name: getattr(self, name)[which] for name in COLUMNS})


COLUMNS = tuple(one.name for one in fields(Rows))


def joined(parts: Iterable[Rows]) -> Rows:
    """Return rows one after another."""
    kept = [*parts, Rows.of(np.empty(0, np.int64), np.empty(0, np.int64))]
    return Rows(**{name: np.concatenate([getattr(one, name) for one in kept]) for name in COLUMNS})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Accounts:
    """Invented accounts; int64 columns, shape (n,).

    Args:
        number: Number of each.
        kind: 0 profile, 1 page.
        made_s: When it was made, seconds since 1970 UTC.
        staff_of: Number of the site whose name it bears; -1 where it bears none.
    """

    number: Ints
    kind: Ints
    made_s: Ints
    staff_of: Ints

    @classmethod
    def of(
        cls, number: Ints, made_s: Ints, kind: int = PROFILE, staff_of: int | Ints = NONE
    ) -> Self:
        """Return accounts of one kind."""
        return cls(
            number=number,
            kind=np.full(number.size, kind),
            made_s=made_s,
            staff_of=np.broadcast_to(np.asarray(staff_of, np.int64), number.shape),
        )


def all_accounts(parts: Iterable[Accounts]) -> Accounts:
    """Return accounts one after another."""
    kept = list(parts)
    names = (one.name for one in fields(Accounts))
    return Accounts(
        **{name: np.concatenate([getattr(one, name) for one in kept]) for name in names}
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """What one crowd or operation adds to a corpus.

    Args:
        name: Of the crowd or operation; goes to the labels, never to the data.
        is_planted: Whether it is an operation, to be found, and no crowd.
        accounts: Its accounts.
        rows: What they and the pages concerned post.
        others: Accounts that come with it and are no part of it, such as the page attacked.
    """

    name: str
    is_planted: bool
    accounts: Accounts
    rows: Rows
    others: tuple[Accounts, ...] = ()


def made_over_years(chance: np.random.Generator, n: int) -> Ints:
    """Draw when ordinary accounts were made: over twelve years before the corpus begins."""
    return START_S - chance.integers(30 * DAY_S, 12 * 365 * DAY_S, n)


def local(day: Any, hour: Any) -> Ints:
    """Return the time of an hour of the day by Qaravel's clocks, seconds since 1970 UTC."""
    seconds: Ints = np.rint(np.asarray(day) * DAY_S + np.asarray(hour) * HOUR_S).astype(np.int64)
    return seconds + START_S - ZONE_S
