"""What chance would give: expected co-actions of each edge under two nulls, and their p-values.

Presence asks *which objects*: account labels are permuted within strata of time, positions stay.
Synchrony asks *when, given the objects*: they are permuted within each object. Both hold every
object's popularity and life curve and every account's activity exactly. A is reported with two
strata, hours of the week and absolute blocks; both must be unlikely before an edge is.

λ is the mean number of distinct objects: Σ_o p_o with p_o = 1-exp(-μ_o) on the hottest objects
and μ_o elsewhere, which is never less. p = P(Poisson(λ) >= x), and 1 where x < λ + 1.

Blind spots: alerts that reach an audience faster than any stratum; a group that fills a stratum;
a window near a stratum's length; a threshold chosen after looking; cropped samples; shared tastes
at wide windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from undersight.engine.coded_actions import CodedEdges, window_ends
from undersight.engine.multiplicity import benjamini_hochberg, n_possible_pairs
from undersight.engine.pair_sums import (
    Profiles,
    count_profiles,
    expected_pairs,
    restrict,
    shared_sums,
)
from undersight.engine.strata import (
    PairRates,
    StrataKind,
    count_pairs,
    label_strata,
    pair_rates,
    rates_of,
)
from undersight.engine.tails import poisson_mean_at, poisson_upper_tail

if TYPE_CHECKING:
    import numpy.typing as npt

    from undersight.engine.coded_actions import CodedActions, Flags, Ints

    Floats = npt.NDArray[np.float64]

_MOST_HOT = 32
_HOT_SHARE = 0.001  # of all position pairs, from which on an object may saturate
_SATURATES = 0.05  # below this mean, saturation moves λ by less than 2.5 %
_UNSEEN = 3.0  # pairs that a baseline without any may still stand for (rule of three, 95 %)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PresenceNull:
    """What permuting labels within strata of time would give.

    Args:
        mu: float64 by edge, mean number of co-acting position pairs.
        lambda_: float64 by edge, mean number of distinct objects co-acted on; where p is 1 it
            may stand higher, at most at ``mu``.
        p: float64 by edge.
        n_without_baseline: Rows of the edges' accounts in strata where the baseline has fewer
            than two rows; 0 without a baseline.
    """

    mu: Floats
    lambda_: Floats
    p: Floats
    n_without_baseline: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SynchronyNull:
    """What permuting labels within each object would give.

    Args:
        lambda_: float64 by edge, mean number of distinct objects co-acted on.
        p: float64 by edge; 1 where not testable.
        is_testable: bool by edge: on one shared object at least, others than the two made more
            than half of the actions. Where not, the edge is *not testable*, never innocent.
        n_shared: int64 by edge, objects that both accounts acted on at any time.
    """

    lambda_: Floats
    p: Floats
    is_testable: Flags
    n_shared: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EdgeNulls:
    """Both nulls of the edges of one run.

    Args:
        hour_of_week: Presence with hours of the week as strata.
        block: Presence with absolute blocks as strata.
        synchrony: Synchrony.
        n_tests: m, the pairs that were looked at; q counts those without an edge as p = 1.
    """

    hour_of_week: PresenceNull
    block: PresenceNull
    synchrony: SynchronyNull
    n_tests: int

    @property
    def p_presence(self) -> Floats:
        """The larger of the two presence p-values: both must be small."""
        return np.maximum(self.hour_of_week.p, self.block.p)

    @property
    def q_presence(self) -> Floats:
        """False discovery rate of presence over all pairs looked at."""
        return benjamini_hochberg(self.p_presence, self.n_tests)

    @property
    def q_synchrony(self) -> Floats:
        """False discovery rate of synchrony over all pairs looked at."""
        return benjamini_hochberg(self.synchrony.p, self.n_tests)

    def columns(self) -> dict[str, pa.Array]:
        """Return one Arrow column for each figure, in the order of the edges."""
        values = {
            "mu_presence_hour_of_week": self.hour_of_week.mu,
            "lambda_presence_hour_of_week": self.hour_of_week.lambda_,
            "p_presence_hour_of_week": self.hour_of_week.p,
            "mu_presence_block": self.block.mu,
            "lambda_presence_block": self.block.lambda_,
            "p_presence_block": self.block.p,
            "p_presence": self.p_presence,
            "q_presence": self.q_presence,
            "lambda_synchrony": self.synchrony.lambda_,
            "p_synchrony": self.synchrony.p,
            "q_synchrony": self.q_synchrony,
            "is_synchrony_testable": self.synchrony.is_testable,
        }
        return {name: pa.array(value) for name, value in values.items()}


def edge_nulls(
    actions: CodedActions,
    edges: CodedEdges,
    window_us: int,
    baseline: Flags | None = None,
    *,
    min_objects: int = 1,
    max_q: float = 1.0,
) -> EdgeNulls:
    """Test every edge under both nulls.

    Args:
        actions: All actions that the edges were found among.
        edges: Pairs with the number of distinct objects co-acted on.
        window_us: The window they were found with, µs, inclusive.
        baseline: bool by row of ``actions``: those not under suspicion, from which alone the
            presence null takes its rates; None takes all.
        min_objects: Edges with fewer distinct objects were not looked at.
        max_q: Which edges have a q of presence up to it is exact, and so is that q; what lies
            over it for certain is worked out no further, and its p may be told too large.
    """
    n_tests = n_possible_pairs(actions, min_objects)
    # Of n edges the largest p that Benjamini and Hochberg may reject is max_q · n / m.
    n_edges = edges.n_objects.size
    most_p = max_q * n_edges / max(n_tests, n_edges, 1) if max_q < 1 else 1.0
    return EdgeNulls(
        hour_of_week=presence(actions, edges, window_us, "hour-of-week", baseline, most_p=most_p),
        block=presence(actions, edges, window_us, "block", baseline, most_p=most_p),
        synchrony=synchrony(actions, edges, window_us),
        n_tests=n_tests,
    )


def presence(
    actions: CodedActions,
    edges: CodedEdges,
    window_us: int,
    strata: StrataKind = "hour-of-week",
    baseline: Flags | None = None,
    *,
    most_p: float = 1.0,
) -> PresenceNull:
    """Test which objects: account labels permuted within strata of time.

    Args:
        actions: All actions that the edges were found among.
        edges: Pairs with the number of distinct objects co-acted on.
        window_us: The window they were found with, µs, inclusive.
        strata: ``hour-of-week``, or ``block`` of one hour or ten windows, whichever is longer.
        baseline: bool by row: the rows that rates are taken from. An attack must not explain
            itself; pass the rows of other accounts, targets and times. None takes all.
        most_p: What is over it for certain is worked out no further: its λ and p may be told
            too large.
    """
    stratified = label_strata(actions, window_us, strata)
    return presence_within(actions, edges, window_us, stratified, baseline, most_p=most_p)


def presence_within(
    actions: CodedActions,
    edges: CodedEdges,
    window_us: int,
    strata: tuple[Ints, int],
    baseline: Flags | None = None,
    *,
    most_p: float = 1.0,
) -> PresenceNull:
    """Test which objects, with strata of one's own.

    Args:
        actions: All actions that the edges were found among.
        edges: Pairs with the number of distinct objects co-acted on.
        window_us: The window they were found with, µs, inclusive.
        strata: int64 stratum by row, and how many there are.
        baseline: As for `presence`.
        most_p: As for `presence`.
    """
    label, n_strata = strata
    accounts, a, b = _renumbered(edges)
    is_theirs = actions.of(accounts)
    mine = np.searchsorted(accounts, actions.account[is_theirs])
    profiles = count_profiles(mine, label[is_theirs], accounts.size, n_strata)
    rates = rates_of(actions, label, n_strata, window_us, baseline)
    mu = expected_pairs(profiles, a, b, rates)
    rows = np.flatnonzero(baseline) if baseline is not None else None
    base = actions if baseline is None else actions.taking(baseline)
    base_label = label if rows is None else label[rows]
    n_rows = np.bincount(base_label, minlength=n_strata)
    hot = _Hot(base, base_label, n_rows, window_us)
    most_lambda = np.maximum(edges.n_objects - 1.0, 0.0)  # over it p is 1
    open_mu = mu
    if most_p < 1:
        most_lambda = np.minimum(most_lambda, poisson_mean_at(edges.n_objects, most_p))
        open_mu = np.where(-np.expm1(-mu) > most_lambda, 0.0, mu)
    lambda_ = mu - _surplus(hot, profiles, (a, b), open_mu, most_lambda)
    if baseline is not None:
        n_actions = np.bincount(mine, minlength=accounts.size).astype(np.float64)
        least = _UNSEEN / max(1.0, float((n_rows * (n_rows - 1) // 2).sum()))
        lambda_ = np.maximum(lambda_, np.minimum(1.0, n_actions[a] * n_actions[b] * least))
    n_bare = int((n_rows[label[is_theirs]] < 2).sum()) if baseline is not None else 0
    return PresenceNull(
        mu=mu, lambda_=lambda_, p=p_of(edges.n_objects, lambda_), n_without_baseline=n_bare
    )


def synchrony(
    actions: CodedActions, edges: CodedEdges, window_us: int, others: Flags | None = None
) -> SynchronyNull:
    """Test when, given the objects: λ = Σ_{shared o} min(1, n_uo·n_vo·D_o / C(n_o, 2)).

    Args:
        actions: All actions that the edges were found among.
        edges: Pairs with the number of distinct objects co-acted on.
        window_us: The window they were found with, µs, inclusive.
        others: bool by row: those that D_o and n_o are taken from, for the edges of a cluster
            whose rows they leave out. An object of whose rows they are not more than half is
            then left out; ``n_objects`` of the edges must leave it out too. None takes all.
    """
    accounts, a, b = _renumbered(edges)
    is_theirs = actions.of(accounts)
    objects, column = np.unique(actions.object[is_theirs], return_inverse=True)
    mine = np.searchsorted(accounts, actions.account[is_theirs])
    profiles = count_profiles(mine, column.astype(np.int64), accounts.size, objects.size)
    rate, n_base = object_rates(actions if others is None else actions.taking(others), window_us)
    rate, n_rows = rate[objects], n_base[objects].astype(np.float64)
    is_led = is_led_by_others(actions, others)[objects] if others is not None else None

    def term(column: Ints, one: Floats, other: Floats) -> tuple[Floats, ...]:
        is_shared = other > 0
        chance = np.minimum(1.0, one * other * rate[column])
        if is_led is None:
            is_open = is_shared & (2 * (one + other) < n_rows[column])
        else:
            is_open = is_shared & is_led[column]
            chance = chance * is_open
        return chance, is_open.astype(np.float64), is_shared.astype(np.float64)

    lambda_, n_open, n_shared = shared_sums(profiles, a, b, term, 3)
    is_testable = n_open > 0
    p = np.where(is_testable, p_of(edges.n_objects, lambda_), 1.0)
    return SynchronyNull(
        lambda_=lambda_, p=p, is_testable=is_testable, n_shared=n_shared.astype(np.int64)
    )


def is_led_by_others(actions: CodedActions, others: Flags) -> Flags:
    """Say by object code whether others made more than half of its rows, and two at least.

    Where they did not, whoever dominates it would be compared with themselves.

    Args:
        actions: All actions.
        others: bool by row.
    """
    n_rows = np.bincount(actions.object, minlength=actions.n_objects)
    n_others = np.bincount(actions.object[others], minlength=actions.n_objects)
    return (2 * n_others > n_rows) & (n_others > 1)


def object_rates(actions: CodedActions, window_us: int) -> tuple[Floats, Ints]:
    """Return by object D_o / C(n_o, 2), the chance of two of its rows to pair up, and n_o.

    Args:
        actions: Rows in canonical order.
        window_us: Window, µs, inclusive.
    """
    n_rows = np.bincount(actions.object, minlength=actions.n_objects)
    n_pairs = n_pairs_by_object(actions, window_us).astype(np.float64)
    possible = n_rows * (n_rows - 1.0) / 2.0
    return np.divide(n_pairs, possible, out=np.zeros(n_rows.size), where=possible > 0), n_rows


def n_pairs_by_object(actions: CodedActions, window_us: int) -> Ints:
    """Count D_o, the position pairs within the window, by object code.

    Args:
        actions: Rows in canonical order.
        window_us: Window, µs, inclusive.
    """
    n_pairs = np.zeros(actions.n_objects, np.int64)
    for start, stop in actions.parts():
        part = actions.between(start, stop)
        n_after = window_ends(part, window_us) - np.arange(1, part.n_actions + 1)
        first = np.flatnonzero(np.diff(part.object, prepend=part.object[:1] - 1))
        n_pairs[part.object[first]] = np.add.reduceat(n_after, first)
    return n_pairs


def p_of(n_objects: npt.NDArray[np.int64], lambda_: Floats) -> Floats:
    """Compute P(Poisson(λ) >= x), and 1 where x < λ + 1: too few to speak of.

    Args:
        n_objects: x by edge, shape (n,).
        lambda_: λ by edge, shape (n,).
    """
    p = np.ones(lambda_.size)
    is_more = n_objects >= lambda_ + 1
    p[is_more] = poisson_upper_tail(n_objects[is_more], lambda_[is_more])
    return p


@dataclass(frozen=True, slots=True)
class _Hot:
    """What the rates of single objects are taken from."""

    actions: CodedActions
    label: Ints
    n_rows: Ints
    window_us: int

    def objects(self) -> list[int]:
        """The objects with the most position pairs, hottest first, ties by code."""
        n_pairs = n_pairs_by_object(self.actions, self.window_us)
        least = max(1.0, _HOT_SHARE * float(n_pairs.sum()))
        hot = np.argsort(-n_pairs, kind="stable")[:_MOST_HOT]
        return [int(each) for each in hot if n_pairs[each] >= least]

    def rates(self, object_code: int) -> PairRates:
        """Chance of two positions to pair up on this object."""
        start, stop = np.searchsorted(self.actions.object, [object_code, object_code + 1])
        here = self.actions.between(int(start), int(stop))
        counts = count_pairs(here, self.label[start:stop], self.window_us)
        return pair_rates(counts, self.n_rows)


def _surplus(
    hot: _Hot, profiles: Profiles, pairs: tuple[Ints, Ints], mu: Floats, most_lambda: Floats
) -> Floats:
    """What counting pairs instead of objects adds: Σ over hot objects of μ_o - (1-exp(-μ_o)).

    An edge is let go as soon as the rest of the objects cannot matter: their mean is small, or
    λ is over ``most_lambda`` already whatever they give.
    """
    surplus, rest, settled = np.zeros(mu.size), mu.copy(), np.zeros(mu.size)
    each = np.flatnonzero(mu > _SATURATES)
    for object_code in hot.objects() if each.size else ():
        rates = hot.rates(object_code)
        here = restrict(profiles, np.diff(rates.start) > 0)
        mu_o = expected_pairs(here, pairs[0][each], pairs[1][each], rates)
        p_o = -np.expm1(-mu_o)
        surplus[each] += mu_o - p_o
        settled[each] += p_o
        rest[each] -= mu_o
        least = settled[each] - np.expm1(-np.maximum(rest[each], 0.0))
        each = each[(rest[each] > _SATURATES) & (least <= most_lambda[each])]
        if not each.size:
            break
    return surplus


def _renumbered(edges: CodedEdges) -> tuple[Ints, Ints, Ints]:
    """The accounts that have an edge, and both ends of each edge as ranks among them."""
    accounts = np.unique(np.concatenate([edges.account_a, edges.account_b]))
    a = np.searchsorted(accounts, edges.account_a)
    return accounts, a, np.searchsorted(accounts, edges.account_b)
