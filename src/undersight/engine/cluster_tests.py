"""A cluster as a whole, tested against everybody else: an attack must not explain itself.

What its accounts do is compared with the life curves of the rows that are *not* theirs. Its own
rows are laid down anew at positions of the others, in the same stratum of time (presence) or on
the same object (synchrony), some hundred times; the statistic is the number of distinct (pair,
object) co-actions within the cluster, so that a crowd on one object counts once a pair, with all
that its members have in common. p counts the observed one in and is never 0.

An object of whose rows the cluster made half or more cannot be tested for synchrony: it is left
out on both sides and counted. A cluster without any other object is *not testable*, never
innocent.

Blind spots: the cluster was picked because it stands out, and these p-values do not know it:
`undersight.engine.multiplicity.holm` over all pairs looked at holds the chance of a false cluster.
Positions are drawn with replacement, and two rows laid on one position count as a pair as often as
two other positions of that stratum would: the mean is that of `undersight.engine.nulls`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from undersight.engine.coded_actions import CodedEdges, expand, window_ends
from undersight.engine.groups import MIN_MEMBERS
from undersight.engine.multiplicity import add_one_p
from undersight.engine.nulls import PresenceModel, is_led_by_others, object_rates, synchrony
from undersight.errors import TooFewMembersError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from undersight.engine.background import Background, Others
    from undersight.engine.coded_actions import CodedActions, Codes, Flags, Ints
    from undersight.engine.strata import StrataKind

    Floats = npt.NDArray[np.float64]

_KINDS: Final[tuple[StrataKind, StrataKind]] = ("hour-of-week", "block")
_DOMINATES = 0.5
_MOST_KEYS = 1 << 62  # a pair and an object in one number: sorting one column is much quicker


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterTest:
    """One null's verdict on a cluster.

    Attributes:
        n_co_actions: Distinct (pair, object) co-actions within the cluster.
        expected: Their mean when the rows are laid down as chance would.
        p: Share of the layings with as many, the observed one counted in; 1 if not testable.
        effect: Observed over expected, with one added to both: 1 is nothing out of the ordinary.
        is_testable: Whether there was anything to compare with.
    """

    n_co_actions: int
    expected: float
    p: float
    effect: float
    is_testable: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClusterTests:
    """Everything that is said about one cluster's timing.

    Attributes:
        presence: By hour of the week and by absolute block, the weaker of the two.
        presence_hour_of_week: Which objects, given hours of the week.
        presence_block: Which objects, given absolute blocks.
        synchrony: When, given the objects.
        n_actions: Rows of the cluster.
        n_objects: Distinct objects that it acted on.
        n_objects_dominated: Among them, those of whose rows it made half or more.
        largest_share: The largest such share, 0 to 1.
        edges: Pairs of members that co-acted.
        lambda_presence: float64 by edge, mean number of distinct objects by the others' rates:
            the larger of both strata.
        p_presence: float64 by edge, the larger of both strata.
        n_objects_open: int64 by edge, distinct objects co-acted on that others lead.
        lambda_synchrony: float64 by edge, their mean number by the others' rates.
        p_synchrony: float64 by edge; 1 where not testable.
        n_without_baseline: Rows of the cluster in hours where the others have fewer than two.
    """

    presence_hour_of_week: ClusterTest
    presence_block: ClusterTest
    synchrony: ClusterTest
    n_actions: int
    n_objects: int
    n_objects_dominated: int
    largest_share: float
    edges: CodedEdges
    lambda_presence: Floats
    p_presence: Floats
    n_objects_open: Ints
    lambda_synchrony: Floats
    p_synchrony: Floats
    n_without_baseline: int

    @property
    def presence(self) -> ClusterTest:
        """The presence test with the larger p: both must be small."""
        both = (self.presence_hour_of_week, self.presence_block)
        return max(both, key=lambda one: (one.p, one.expected))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How often rows are laid down anew.

    Args:
        n_draws: Permutations, 1 or more; p is at least 1/(n_draws + 1).
        seed: Of the generator; same seed, same p.
    """

    n_draws: int = 999
    seed: int = 0


def check_cluster(
    background: Background, members: Codes, *, drawing: Drawing | None = None
) -> ClusterTests:
    """Test a cluster against the rows of everybody else.

    Args:
        background: All actions, and the window of the edges.
        members: int64 account codes, five or more.
        drawing: How often rows are laid down; 999 times if not said.

    Raises:
        TooFewMembersError: Fewer than five accounts.
    """
    members = np.unique(members)
    if members.size < MIN_MEMBERS:
        raise TooFewMembersError(members.size, MIN_MEMBERS)
    drawing, window_us = drawing or Drawing(), background.window_us
    others = background.without(background.rows_of(members))
    edges = edges_within(background.actions.taking(others.theirs), window_us)
    nulls = [
        PresenceModel(background, edges, background.strata(kind), others).test(edges)
        for kind in _KINDS
    ]
    # When, given the objects: nothing but the rows on theirs can tell.
    near, is_theirs = others.near, others.is_theirs_near
    share = object_shares(near, is_theirs)
    is_open = is_led_by_others(near, ~is_theirs)[near.object]
    open_edges = _aligned(edges, edges_within(near.taking(is_theirs & is_open), window_us))
    timed = synchrony(near, open_edges, window_us, ~is_theirs)
    by_hour, by_block = (_presence(others, kind, drawing) for kind in _KINDS)
    return ClusterTests(
        presence_hour_of_week=by_hour,
        presence_block=by_block,
        synchrony=_synchrony(near, is_theirs & is_open, ~is_theirs & is_open, window_us, drawing),
        n_actions=others.theirs.size,
        n_objects=np.unique(near.object).size,
        n_objects_dominated=np.unique(near.object[is_theirs & (share >= _DOMINATES)]).size,
        largest_share=float(share[is_theirs].max(initial=0.0)),
        edges=edges,
        lambda_presence=np.maximum(nulls[0].lambda_, nulls[1].lambda_),
        p_presence=np.maximum(nulls[0].p, nulls[1].p),
        n_objects_open=open_edges.n_objects,
        lambda_synchrony=timed.lambda_,
        p_synchrony=timed.p,
        n_without_baseline=nulls[0].n_without_baseline,
    )


def edges_within(actions: CodedActions, window_us: int) -> CodedEdges:
    """List the edges of a few rows, such as a cluster's: pairs and their distinct objects.

    Args:
        actions: Rows in canonical order, few enough that their pairs fit in memory.
        window_us: Window, µs, inclusive.
    """
    n = max(actions.n_accounts, 1)
    pair, n_objects = np.unique(_co_actions(actions, window_us), return_counts=True)
    return CodedEdges(
        account_a=pair // n, account_b=pair % n, n_objects=n_objects.astype(np.int64)
    )


def _aligned(edges: CodedEdges, some: CodedEdges) -> CodedEdges:
    """Return the edges with the numbers of objects of some of them, 0 for the others."""
    n = int(edges.account_b.max(initial=0)) + 1
    key, given = edges.account_a * n + edges.account_b, some.account_a * n + some.account_b
    n_objects = np.zeros(key.size, np.int64)
    n_objects[np.searchsorted(key, given)] = some.n_objects
    return CodedEdges(account_a=edges.account_a, account_b=edges.account_b, n_objects=n_objects)


def object_shares(actions: CodedActions, is_theirs: Flags) -> Floats:
    """Return by row the share of its object's rows that a cluster made, 0 to 1.

    Args:
        actions: All actions.
        is_theirs: bool by row.
    """
    n_rows = np.bincount(actions.object, minlength=actions.n_objects)
    n_theirs = np.bincount(actions.object[is_theirs], minlength=actions.n_objects)
    return n_theirs[actions.object] / n_rows[actions.object]


def _presence(others: Others, kind: StrataKind, drawing: Drawing) -> ClusterTest:
    """Lay the cluster's rows down at others' positions in the same strata."""
    background, theirs = others.background, others.theirs
    actions, strata = background.actions, background.strata(kind)
    n_others = others.n_rows(strata)
    n_all = int(n_others.sum())
    wanted = strata.label[theirs]
    start, size = (np.cumsum(n_others) - n_others)[wanted], n_others[wanted]
    # Where the others never act, their whole time serves.
    is_bare = size == 0
    start, size = np.where(is_bare, 0, start), np.where(is_bare, n_all, size)
    seen = _n_co_actions(actions.taking(theirs), background.window_us)
    if not n_all:
        return _verdict(seen, np.empty(0))
    pairs = others.pairs(strata)
    is_within = pairs.low == pairs.high
    rate = np.zeros(strata.n_strata)
    n_base = n_others[pairs.low[is_within]].astype(np.float64)
    rate[pairs.low[is_within]] = 2.0 * pairs.n_pairs[is_within] / (n_base * (n_base - 1))
    laid = _Laid(
        actions=actions,
        ends=background.ends,
        account=actions.account[theirs],
        start=start,
        size=size,
        place_of=others.places(strata),
        rate_at=lambda place: rate[strata.label[place]],
    )
    return _verdict(seen, laid.counts(drawing))


def _synchrony(
    actions: CodedActions, mine: Flags, others: Flags, window_us: int, drawing: Drawing
) -> ClusterTest:
    """Lay the cluster's rows down at others' positions on the same objects."""
    base = actions.taking(others)
    n_others = np.bincount(base.object, minlength=actions.n_objects)
    wanted, account = actions.object[mine], actions.account[mine]
    start, size = (np.cumsum(n_others) - n_others)[wanted], n_others[wanted]
    seen = _n_co_actions(actions.taking(mine), window_us)
    if not wanted.size or np.unique(account).size < MIN_MEMBERS:
        return _verdict(seen, np.empty(0))
    rate = object_rates(base, window_us)[0]
    laid = _Laid(
        actions=base,
        ends=window_ends(base, window_us),
        account=account,
        start=start,
        size=size,
        place_of=lambda rank: rank,
        rate_at=lambda place: rate[base.object[place]],
    )
    return _verdict(seen, laid.counts(drawing))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """Rows laid down at random: each at one of ``size`` places, which follow from ``start`` on."""

    actions: CodedActions
    ends: Codes
    account: Codes
    start: Ints
    size: Ints
    place_of: Callable[[Ints], Codes]
    rate_at: Callable[[Codes], Floats]  # chance of two rows laid on a place to be a pair

    def counts(self, drawing: Drawing) -> Floats:
        """Distinct (pair, object) co-actions of each laying."""
        chance = np.random.default_rng(drawing.seed)
        return np.array([self._count(chance) for _ in range(drawing.n_draws)], np.float64)

    def _count(self, chance: np.random.Generator) -> int:
        at = self.place_of(self.start + chance.integers(0, self.size))
        order = np.argsort(at, kind="stable")
        position, account = at[order], self.account[order]
        first, second = _listed(np.searchsorted(position, self.ends[position], side="left"))
        is_two = account[first] != account[second]
        is_same = position[first] == position[second]
        drawn = chance.random(int(is_same.sum())) < self.rate_at(position[first[is_same]])
        is_two[is_same] &= drawn
        first, second = first[is_two], second[is_two]
        objects, n_accounts = self.actions.object[position[first]], self.actions.n_accounts
        return int(_distinct(account[first], account[second], objects, n_accounts).size)


def _n_co_actions(actions: CodedActions, window_us: int) -> int:
    return int(_co_actions(actions, window_us).size)


def _co_actions(actions: CodedActions, window_us: int) -> Ints:
    """Return the pair of each distinct (pair, object), as low account x n_accounts + high."""
    first, second = _listed(window_ends(actions, window_us))
    is_two = actions.account[first] != actions.account[second]
    first, second = first[is_two], second[is_two]
    one, other = actions.account[first], actions.account[second]
    return _distinct(one, other, actions.object[first], actions.n_accounts)


def _listed(ends: Ints) -> tuple[Ints, Ints]:
    """List the pairs of rows: each with those after it up to its end."""
    n_after = ends - np.arange(1, ends.size + 1)
    first = np.repeat(np.arange(ends.size), n_after)
    return first, expand(np.arange(1, ends.size + 1), n_after)


def _distinct(one: Codes, other: Codes, objects: Codes, n_accounts: int) -> Ints:
    pair = np.minimum(one, other).astype(np.int64) * n_accounts + np.maximum(one, other)
    n_objects = int(objects.max(initial=0)) + 1
    if n_accounts * n_accounts * n_objects < _MOST_KEYS:
        key: Ints = np.unique(pair * n_objects + objects) // n_objects
        return key
    order = np.lexsort((objects, pair))
    pair, thing = pair[order], objects[order]
    is_first = (np.diff(pair, prepend=-1) != 0) | (np.diff(thing, prepend=-1) != 0)
    distinct: Ints = pair[is_first]
    return distinct


def _verdict(seen: int, laid: Floats) -> ClusterTest:
    if not laid.size:
        return ClusterTest(n_co_actions=seen, expected=0.0, p=1.0, effect=1.0, is_testable=False)
    mean = float(laid.mean())
    return ClusterTest(
        n_co_actions=seen,
        expected=mean,
        p=add_one_p(float(seen), laid),
        effect=(seen + 1) / (mean + 1),
        is_testable=True,
    )
