"""The posts behind the groups of one look, read from the corpus for all groups at once.

Of millions of rows a reading takes seconds: one for what the accounts did, one for what everybody
did with the objects that they shared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from undersight.detectors.group import split_actions
from undersight.engine.coaction import evidence
from undersight.model.finding import PostPair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from undersight.detectors.group import Group
    from undersight.detectors.view_actions import ViewActions

MOST_PER_EDGE = 50
"""Pairs of posts kept for each tie, the nearest in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """A group without its posts.

    Args:
        group: The group.
        ties: Its pairs of accounts that are tied, by id; None where nothing of it is told.
    """

    group: Group
    ties: tuple[tuple[str, str], ...] | None


def with_posts(
    found: Sequence[Tied],
    view_actions: ViewActions,
    window_us: int,
    progress: Callable[[str], object] = id,
) -> tuple[Group, ...]:
    """Give the groups that may be told their posts, and everybody's on what they shared.

    Args:
        found: Groups in order.
        view_actions: The view's, to look them up.
        window_us: Window, µs.
        progress: Called with how many groups have theirs.

    Returns:
        The groups in the same order.
    """
    told = {place: one for place, one in enumerate(found) if one.ties is not None}
    groups = [one.group for one in found]
    if not told:
        return tuple(groups)
    accounts = {account for one in told.values() for account in one.group.accounts}
    theirs = view_actions.of_accounts(accounts, window_us)
    for n_done, (place, one) in enumerate(told.items(), 1):
        pairs = _pairs(_of(theirs, "account", one.group.accounts), one.ties or (), window_us)
        groups[place] = replace(groups[place], pairs=pairs)
        progress(f"posts of {n_done:,} of {len(told):,} groups read")
    del theirs
    objects = {pair.object for place in told for pair in groups[place].pairs}
    shared = view_actions.on_objects(objects, window_us)
    for place in told:
        group = groups[place]
        here = _of(shared, "object", {pair.object for pair in group.pairs})
        own, audience = split_actions(here, group.accounts)
        groups[place] = replace(group, own=own, audience=audience)
    return tuple(groups)


def _of(actions: pa.Table, column: str, ids: Iterable[str]) -> pa.Table:
    """The rows in which a column has one of some ids, in their order."""
    wanted = pa.array(sorted(set(ids)), pa.string())
    return actions.filter(pc.is_in(actions.column(column), value_set=wanted))


def _pairs(
    theirs: pa.Table, ties: Sequence[tuple[str, str]], window_us: int
) -> tuple[PostPair, ...]:
    """The posts behind the ties."""
    rows = evidence(theirs, list(ties), window_us, MOST_PER_EDGE).to_pylist()
    return tuple(
        PostPair(
            object=row["object"],
            post_a=row["post_a"],
            post_b=row["post_b"],
            account_a=row["account_a"],
            account_b=row["account_b"],
            delta_us=row["time_b_us"] - row["time_a_us"],
        )
        for row in rows
    )
