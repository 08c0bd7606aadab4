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

from undersight.engine.background import (
    Background,
    Hot,
    Others,
    Strata,
    baseline_of,
    n_pairs_by_object,
)
from undersight.engine.pair_sums import (
    Profiles,
    count_profiles,
    expected_pairs,
    restrict,
    shared_sums,
)
from undersight.engine.tails import poisson_mean_at, poisson_upper_tail

if TYPE_CHECKING:
    import numpy.typing as npt

    from undersight.engine.coded_actions import CodedActions, CodedEdges, Codes, Flags, Ints
    from undersight.engine.strata import StrataKind

    Floats = npt.NDArray[np.float64]

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


def presence(
    actions: CodedActions,
    edges: CodedEdges,
    window_us: int,
    strata: StrataKind = "hour-of-week",
    baseline: Flags | None = None,
) -> PresenceNull:
    """Test which objects: account labels permuted within strata of time.

    Args:
        actions: All actions that the edges were found among.
        edges: Pairs with the number of distinct objects co-acted on.
        window_us: The window they were found with, µs, inclusive.
        strata: ``hour-of-week``, or ``block`` of one hour or ten windows, whichever is longer.
        baseline: bool by row: the rows that rates are taken from. An attack must not explain
            itself; pass the rows of other accounts, targets and times. None takes all.
    """
    background = Background(actions, window_us)
    others = None if baseline is None else background.without(np.flatnonzero(~baseline))
    return PresenceModel(background, edges, background.strata(strata), others).test(edges)


def presence_within(
    actions: CodedActions,
    edges: CodedEdges,
    window_us: int,
    strata: tuple[Codes, int],
    baseline: Flags | None = None,
) -> PresenceNull:
    """Test which objects, with strata of one's own.

    Args:
        actions: All actions that the edges were found among.
        edges: Pairs with the number of distinct objects co-acted on.
        window_us: The window they were found with, µs, inclusive.
        strata: Stratum by row, and how many there are.
        baseline: As for `presence`.
    """
    background = Background(actions, window_us)
    others = None if baseline is None else background.without(np.flatnonzero(~baseline))
    stratified = Strata(actions, *strata, window_us)
    return PresenceModel(background, edges, stratified, others).test(edges)


class PresenceModel:
    """What presence needs of the data, once for all edges.

    Args:
        background: All actions that the edges were found among.
        edges: Any that may be tested: their accounts are known.
        strata: Strata of all actions.
        others: Whom rates are taken from: an attack must not explain itself. None takes all.
    """

    def __init__(
        self,
        background: Background,
        edges: CodedEdges,
        strata: Strata,
        others: Others | None = None,
    ) -> None:
        actions, label = background.actions, strata.label
        self._ranks = Ranks(edges, actions.n_accounts)
        # A group's edges are between few accounts: their rows are found without all others'.
        rows = background.rows_of(self._ranks.accounts) if others is not None else None
        is_theirs = self._ranks.is_there[actions.account] if rows is None else rows
        mine = self._ranks.of(actions.account[is_theirs])
        self._profiles = count_profiles(mine, label[is_theirs], self._ranks.n, strata.n_strata)
        base = baseline_of(strata, background, others)
        self._rates, self._hot = base.rates, base.hot
        self._n_actions: Floats | None = None
        self._least, self._n_bare = 0.0, 0
        if others is not None:
            n_rows = base.n_rows
            self._n_actions = np.bincount(mine, minlength=self._ranks.n).astype(np.float64)
            self._least = _UNSEEN / max(1.0, float((n_rows * (n_rows - 1) // 2).sum()))
            self._n_bare = int((n_rows[label[is_theirs]] < 2).sum())

    def test(self, edges: CodedEdges, most_p: float = 1.0) -> PresenceNull:
        """Test some of the edges.

        Args:
            edges: Between accounts that the model knows.
            most_p: What is over it for certain is worked out no further: its λ may be told too
                large, and its p is 1.
        """
        a, b = self._ranks.of(edges.account_a), self._ranks.of(edges.account_b)
        mu = expected_pairs(self._profiles, a, b, self._rates)
        most_lambda = np.maximum(edges.n_objects - 1.0, 0.0)  # over it p is 1
        open_mu = mu
        if most_p < 1:
            most_lambda = np.minimum(most_lambda, poisson_mean_at(edges.n_objects, most_p))
            open_mu = np.where(-np.expm1(-mu) > most_lambda, 0.0, mu)
        lambda_ = mu - _surplus(self._hot, self._profiles, (a, b), open_mu, most_lambda)
        if self._n_actions is not None:
            unseen = self._n_actions[a] * self._n_actions[b] * self._least
            lambda_ = np.maximum(lambda_, np.minimum(1.0, unseen))
        return PresenceNull(
            mu=mu,
            lambda_=lambda_,
            p=p_of(edges.n_objects, lambda_, most_p),
            n_without_baseline=self._n_bare,
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
    return SynchronyModel(actions, edges, window_us, others).test(edges)


class SynchronyModel:
    """What synchrony needs of the data, once for all edges.

    Args:
        actions: All actions that the edges were found among.
        edges: Any that may be tested: their accounts are known.
        window_us: The window they were found with, µs, inclusive.
        others: As for `synchrony`.
    """

    def __init__(
        self,
        actions: CodedActions,
        edges: CodedEdges,
        window_us: int,
        others: Flags | None = None,
    ) -> None:
        self._ranks = Ranks(edges, actions.n_accounts)
        is_theirs = self._ranks.is_there[actions.account]
        mine = self._ranks.of(actions.account[is_theirs])
        objects, column = ranked(actions.object[is_theirs], actions.n_objects)
        self._profiles = count_profiles(mine, column, self._ranks.n, objects.size)
        base = actions if others is None else actions.taking(others)
        rate, n_rows = object_rates(base, window_us)
        self._rate, self._n_rows = rate[objects], n_rows[objects].astype(np.float64)
        self._is_led = None
        if others is not None:
            self._is_led = is_led_by_others(actions, others)[objects]

    def test(self, edges: CodedEdges, most_p: float = 1.0) -> SynchronyNull:
        """Test some of the edges.

        Args:
            edges: Between accounts that the model knows.
            most_p: What is over it has a p of 1.
        """
        a, b = self._ranks.of(edges.account_a), self._ranks.of(edges.account_b)
        lambda_, n_open, n_shared = shared_sums(self._profiles, a, b, self._term, 3)
        is_testable = n_open > 0
        p = np.where(is_testable, p_of(edges.n_objects, lambda_, most_p), 1.0)
        return SynchronyNull(
            lambda_=lambda_, p=p, is_testable=is_testable, n_shared=n_shared.astype(np.int64)
        )

    def _term(self, column: Codes, one: Floats, other: Floats) -> tuple[Floats, ...]:
        is_shared = other > 0
        chance = np.minimum(1.0, one * other * self._rate[column])
        if self._is_led is None:
            is_open = is_shared & (2 * (one + other) < self._n_rows[column])
        else:
            is_open = is_shared & self._is_led[column]
            chance = chance * is_open
        return chance, is_open.astype(np.float64), is_shared.astype(np.float64)


class Ranks:
    """The accounts that have an edge, numbered from 0 in the order of their codes.

    Args:
        edges: The edges.
        n_accounts: Account codes there are.
    """

    def __init__(self, edges: CodedEdges, n_accounts: int) -> None:
        self.is_there = np.zeros(n_accounts, np.bool_)
        self.is_there[edges.account_a] = True
        self.is_there[edges.account_b] = True
        self.accounts: Ints = np.flatnonzero(self.is_there)
        self.n = self.accounts.size
        self._rank = np.cumsum(self.is_there, dtype=np.int32) - np.int32(1)

    def of(self, account: Codes) -> Codes:
        """Return the numbers of some accounts that have an edge, by their codes."""
        ranks: Codes = self._rank[account]
        return ranks


def ranked(codes: Codes, n_codes: int) -> tuple[Codes, Codes]:
    """Return the codes that occur, rising, and each one's place among them.

    Args:
        codes: Any, from 0.
        n_codes: Codes there are.
    """
    is_there = np.zeros(n_codes, np.bool_)
    is_there[codes] = True
    rank = np.cumsum(is_there, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(is_there), rank[codes]


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


def p_of(n_objects: Codes, lambda_: Floats, most_p: float = 1.0) -> Floats:
    """Compute P(Poisson(λ) >= x), and 1 where x < λ + 1: too few to speak of.

    Args:
        n_objects: x by edge, shape (n,).
        lambda_: λ by edge, shape (n,).
        most_p: What is over it is 1.
    """
    p = np.ones(lambda_.size)
    is_more = n_objects >= lambda_ + 1
    if most_p < 1:
        is_more &= lambda_ <= poisson_mean_at(n_objects, most_p)
    p[is_more] = poisson_upper_tail(n_objects[is_more], lambda_[is_more])
    return p


def _surplus(
    hot: Hot, profiles: Profiles, pairs: tuple[Codes, Codes], mu: Floats, most_lambda: Floats
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
