"""A group that may be a finding, with its own actions, its audience's, and its nearest posts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.model.finding import PostPair

HOURS_OF_WEEK = 168
_US_PER_HOUR = 3_600_000_000
_MONDAY = 72  # 1970 began on a Thursday, 72 hours after a Monday's midnight


class Action(NamedTuple):
    """One account acting on one object in one post."""

    account: str
    object: str
    post: str
    time_us: int
    target: str | None


NOBODYS = pa.schema(
    [(name, pa.int64() if name == "time_us" else pa.string()) for name in Action._fields]
).empty_table()
"""No actions at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group as one look shows it.

    Args:
        accounts: Sorted; at least five.
        n_ties: Pairs of its accounts that are tied.
        pairs: The posts behind the ties, nearest in time first within each tie.
        own: Its actions on the objects that it shared, ordered by time and post.
        audience: Everybody else's actions on the same objects, as an Arrow table.
        window_us: Window, µs.
        observed: Objects shared, summed over its pairs of accounts.
        expected: The same as chance would have it, the group itself left out.
        p: Chance of such a group anywhere in this look: by what it shared and, where it is
            co-timed, by when.
        p_choices: The same chance by what it shared alone.
        p_presence: How often as much is shared when its rows are laid down among everybody's.
        p_synchrony: The same on the same objects; None where that could not be tested.
        is_co_timed: Whether it is closer in time than the rhythm of its objects explains.
        is_testable: Whether that could be tested: it makes less than half of the actions there.
    """

    accounts: tuple[str, ...]
    n_ties: int
    pairs: tuple[PostPair, ...]
    own: tuple[Action, ...]
    audience: pa.Table
    window_us: int
    observed: int
    expected: float
    p: float
    p_choices: float
    p_presence: float
    p_synchrony: float | None
    is_co_timed: bool
    is_testable: bool

    @property
    def objects(self) -> tuple[str, ...]:
        """What it shared, most pairs of posts first, then by name."""
        return _by_count(pair.object for pair in self.pairs)

    @property
    def targets(self) -> tuple[str, ...]:
        """Under whom it stands, most posts first."""
        return _by_count(action.target for action in self.own if action.target)

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts behind its ties, each once, sorted."""
        found = {post for pair in self.pairs for post in (pair.post_a, pair.post_b)}
        return tuple(sorted(found))

    @property
    def n_days(self) -> int:
        """Distinct UTC days of its posts behind the ties."""
        posts = set(self.posts)
        return len({a.time_us // (24 * _US_PER_HOUR) for a in self.own if a.post in posts})

    @property
    def share_of_actions(self) -> float:
        """Its part of all actions on what it shared, 0 to 1."""
        n_all = len(self.own) + self.audience.num_rows
        return len(self.own) / n_all if n_all else 0.0

    @property
    def n_audience_accounts(self) -> int:
        """Accounts outside it that acted on the same objects."""
        return int(pc.count_distinct(self.audience.column("account")).as_py())

    def audience_actions(self) -> Iterator[Action]:
        """Yield everybody else's actions on the same objects."""
        columns = [self.audience.column(name).to_pylist() for name in Action._fields]
        for row in zip(*columns, strict=True):
            yield Action(*row)


def _by_count(found: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(found)
    return tuple(sorted(counted, key=lambda one: (-counted[one], one)))


def hours_of_week(times_us: Iterable[int]) -> tuple[int, ...]:
    """Count times by hour of the week, UTC.

    Args:
        times_us: µs since 1970 UTC.

    Returns:
        168 counts, Monday 00:00 first.
    """
    times = np.fromiter(times_us, dtype=np.int64)
    hours = (times // _US_PER_HOUR + _MONDAY) % HOURS_OF_WEEK
    return tuple(int(n) for n in np.bincount(hours, minlength=HOURS_OF_WEEK))


def overlap(counts: tuple[int, ...], others: tuple[int, ...]) -> float | None:
    """Return how much two distributions overlap, 0 to 1; None where one is empty.

    Source: the overlapping coefficient, the sum of the smaller share of each class (Weitzman,
    "Measures of overlap of income distributions", 1970).
    """
    n, n_others = sum(counts), sum(others)
    if not n or not n_others:
        return None
    shares = zip(counts, others, strict=True)
    return float(sum(min(one / n, other / n_others) for one, other in shares))


def split_actions(
    actions: pa.Table, accounts: Iterable[str]
) -> tuple[tuple[Action, ...], pa.Table]:
    """Part actions into those of a group and everybody else's.

    Args:
        actions: Columns as ``Action``.
        accounts: The group.

    Returns:
        The group's, ordered by time, post and object; the others', in the order they came.
    """
    members = pa.array(sorted(set(accounts)), type=pa.string())
    is_own = pc.is_in(actions.column("account"), value_set=members)
    columns = [actions.filter(is_own).column(name).to_pylist() for name in Action._fields]
    own = sorted(
        (Action(*row) for row in zip(*columns, strict=True)),
        key=lambda one: (one.time_us, one.post, one.object),
    )
    return tuple(own), actions.filter(pc.invert(is_own))
