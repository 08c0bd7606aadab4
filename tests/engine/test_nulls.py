"""The nulls against enumeration: exact cases first, then random actions."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.permutations import (
    HOUR_US,
    MINUTE_US,
    WEEK_US,
    all_edges,
    edges_of,
    formula,
    n_co_actions,
    n_objects,
    position_pairs,
)
from undersight.engine import edge_tests, pair_sums
from undersight.engine.background import Background
from undersight.engine.calibration import permuted_accounts
from undersight.engine.coded_actions import CodedActions, order_actions
from undersight.engine.edge_tests import EdgeTester, edge_nulls
from undersight.engine.nulls import (
    is_led_by_others,
    n_pairs_by_object,
    p_of,
    presence,
    presence_within,
    synchrony,
)
from undersight.engine.strata import count_pairs, hour_of_week, label_strata

ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(-3 * HOUR_US, 9 * HOUR_US)),
    min_size=2,
    max_size=40,
)
WINDOWS = st.sampled_from([0, MINUTE_US, HOUR_US // 2, HOUR_US, 5 * HOUR_US, WEEK_US])


def one_stratum(actions: CodedActions) -> tuple[np.ndarray, int]:
    return np.zeros(actions.n_actions, np.int64), 1


def random_actions(seed: int, n_rows: int, n_accounts: int, n_things: int) -> CodedActions:
    chance = np.random.default_rng(seed)
    return order_actions(
        chance.integers(0, n_accounts, n_rows),
        chance.integers(0, n_things, n_rows),
        chance.integers(0, 20, n_rows) * MINUTE_US,
        n_accounts,
        n_things,
    )


# --- exact cases -------------------------------------------------------------------------------


def test_two_accounts_with_two_actions_each() -> None:
    actions = order_actions([0, 0, 1, 1], [0] * 4, [0, 10, 1000, 1010])
    found = presence_within(actions, edges_of({(0, 1): 0}), 10, one_stratum(actions))
    assert found.mu[0] == pytest.approx(4 / 3, rel=1e-15)
    labels = set(itertools.permutations([0, 0, 1, 1]))
    each = [n_co_actions(actions.by_accounts(np.array(one)), 10, 0, 1) for one in labels]
    assert sum(each) / len(each) == pytest.approx(4 / 3)


@pytest.mark.long
def test_every_permutation_of_eight_actions_gives_the_formula() -> None:
    actions = order_actions(
        [0, 0, 0, 1, 1, 2, 2, 3], [0, 0, 1, 0, 1, 1, 0, 1], [0, 4, 9, 3, 12, 7, 20, 5]
    )
    window_us = 6
    pairs = list(position_pairs(actions, window_us))
    totals = dict.fromkeys(itertools.combinations(range(4), 2), 0)
    for one in itertools.permutations(actions.account.tolist()):
        for i, j in pairs:
            if one[i] != one[j]:
                totals[min(one[i], one[j]), max(one[i], one[j])] += 1
    n_permutations = 40_320
    mu = presence_within(
        actions, edges_of(dict.fromkeys(totals, 0)), window_us, one_stratum(actions)
    ).mu
    assert mu.tolist() == pytest.approx([n / n_permutations for n in totals.values()], rel=1e-12)


def test_one_pair_across_two_strata() -> None:
    actions = order_actions([0, 2, 2, 1, 2], [0, 1, 2, 0, 3], [0, 1, 2, 10, 11])
    label = (actions.time_us >= 10).astype(np.int64)
    found = presence_within(actions, edges_of({(0, 1): 1}), 10, (label, 2))
    assert found.mu[0] == pytest.approx(1 / (3 * 2), rel=1e-15)


def test_a_stratum_with_one_row_expects_nothing() -> None:
    actions = order_actions([0, 1], [0, 0], [0, 10])
    found = presence_within(actions, edges_of({(0, 1): 1}), 5, (np.array([0, 1]), 2))
    assert found.mu.tolist() == [0.0]
    assert found.lambda_.tolist() == [0.0]
    assert found.p.tolist() == [0.0], "what chance never gives is no chance at all"


def test_fifty_actions_each_on_one_object_are_one_object() -> None:
    actions = order_actions([0, 1] * 50, [0] * 100, np.arange(100) * 1000)
    found = presence_within(actions, edges_of({(0, 1): 1}), 50_000, one_stratum(actions))
    assert found.mu[0] > 100
    assert found.lambda_[0] <= 1
    assert synchrony(actions, edges_of({(0, 1): 1}), 50_000).lambda_[0] <= 1


def test_two_accounts_alone_on_five_objects_cannot_be_tested_for_synchrony() -> None:
    actions = order_actions([0, 1] * 5, np.repeat(np.arange(5), 2), np.arange(10) * MINUTE_US)
    found = synchrony(actions, edges_of({(0, 1): 5}), MINUTE_US)
    assert not found.is_testable[0]
    assert found.p[0] == 1
    assert found.lambda_[0] == 5
    assert found.n_shared[0] == 5


def test_who_makes_half_of_every_object_is_never_said_to_be_in_step() -> None:
    """Five objects, two of four rows theirs, together by a minute: unlikely, and still no sign."""
    thing = np.repeat(np.arange(5), 4)
    times = np.tile([0, 0, 10, 20], 5) * HOUR_US
    actions = order_actions([0, 1, 2, 3] * 5, thing, times)
    found = synchrony(actions, edges_of({(0, 1): 5}), MINUTE_US)
    assert found.lambda_[0] == pytest.approx(5 / 6)
    assert p_of(np.array([5]), found.lambda_)[0] < 0.01
    assert not found.is_testable[0]
    assert found.p[0] == 1


def test_others_lead_where_they_make_more_than_half_and_two() -> None:
    #  others are accounts from 2 on: 1 of 2, 2 of 3, 1 of 1 and 2 of 4 rows
    thing = [0, 0, 1, 1, 1, 2, 3, 3, 3, 3]
    actions = order_actions([0, 2, 0, 2, 3, 2, 0, 1, 2, 3], thing, range(10))
    led = is_led_by_others(actions, actions.account >= 2)
    assert led.tolist() == [False, True, False, False]


def test_what_others_do_not_lead_expects_nothing_of_a_cluster() -> None:
    #  o0: three rows of others, two of them together; o1: two rows of others, together
    account = [0, 1, 2, 3, 4, 0, 1, 2, 3]
    hours = [5, 5, 5, 5, 50, 5, 5, 5, 5]
    actions = order_actions(account, [0] * 5 + [1] * 4, np.array(hours) * HOUR_US)
    found = synchrony(actions, edges_of({(0, 1): 1}), MINUTE_US, actions.account >= 2)
    assert found.lambda_.tolist() == [pytest.approx(1 / 3)]


def test_a_week_changes_nothing_for_hours_of_the_week() -> None:
    actions = random_actions(3, 60, 6, 3)
    edges = all_edges(actions, HOUR_US)
    later = order_actions(actions.account, actions.object, actions.time_us + 5 * WEEK_US)
    before, after = (presence(each, edges, HOUR_US) for each in (actions, later))
    assert before.mu.tolist() == after.mu.tolist()
    assert before.p.tolist() == after.p.tolist()


def test_monday_midnight_is_hour_zero() -> None:
    monday_us = 1_704_067_200_000_000  # 2024-01-01, a Monday
    hours = hour_of_week(np.array([monday_us, monday_us - 1, monday_us + 25 * HOUR_US]))
    assert hours.tolist() == [0, 167, 25]


def test_blocks_are_an_hour_or_ten_windows() -> None:
    actions = order_actions([0] * 3, [0] * 3, [0, HOUR_US - 1, HOUR_US])
    assert label_strata(actions, MINUTE_US, "block")[0].tolist() == [0, 0, 1]
    assert label_strata(actions, HOUR_US, "block")[0].tolist() == [0, 0, 0]


def test_too_few_to_speak_of_is_p_one() -> None:
    p = p_of(np.array([2, 2, 1, 5]), np.array([1.0, 1.01, 0.0, 0.5]))
    assert p[1] == 1
    assert p[0] == pytest.approx(1 - 2 * np.exp(-1))
    assert p[2] == 0
    assert 0 < p[3] < 1e-3
    assert p_of(np.array([2]), np.array([0.9]), most_p=0.01).tolist() == [1.0]


# --- properties --------------------------------------------------------------------------------


@given(ROWS, WINDOWS)
def test_pairs_are_counted_as_if_they_were_listed(
    rows: list[tuple[int, int, int]], window_us: int
) -> None:
    actions = order_actions(*zip(*rows, strict=True))
    label = hour_of_week(actions.time_us)
    expected: dict[tuple[int, int], int] = {}
    for i, j in position_pairs(actions, window_us):
        key = (min(label[i], label[j]), max(label[i], label[j]))
        expected[key] = expected.get(key, 0) + 1
    counts = count_pairs(actions, label, window_us)
    found = zip(counts.low.tolist(), counts.high.tolist(), counts.n_pairs.tolist(), strict=True)
    assert {(low, high): n for low, high, n in found} == expected
    assert int(n_pairs_by_object(actions, window_us).sum()) == sum(expected.values())


@pytest.mark.long
@given(ROWS, WINDOWS, st.sampled_from(["hour-of-week", "block"]))
def test_the_mean_is_that_of_the_formula_term_by_term(
    rows: list[tuple[int, int, int]], window_us: int, kind: str
) -> None:
    actions = order_actions(*zip(*rows, strict=True))
    pairs = list(itertools.combinations(range(actions.n_accounts), 2))
    if not pairs:
        return
    label, _ = label_strata(actions, window_us, kind)
    found = presence(actions, edges_of(dict.fromkeys(pairs, 1)), window_us, kind)
    expected = [formula(actions, label, window_us, pair) for pair in pairs]
    assert found.mu.tolist() == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert (found.lambda_ <= found.mu + 1e-12).all()


@pytest.mark.long
@given(ROWS, WINDOWS)
def test_synchrony_is_the_sum_over_shared_objects(
    rows: list[tuple[int, int, int]], window_us: int
) -> None:
    actions = order_actions(*zip(*rows, strict=True))
    pairs = list(itertools.combinations(range(actions.n_accounts), 2))
    if not pairs:
        return
    found = synchrony(actions, edges_of(dict.fromkeys(pairs, 1)), window_us)
    d = [0] * actions.n_objects
    for i, _ in position_pairs(actions, window_us):
        d[actions.object[i]] += 1
    for k, (a, b) in enumerate(pairs):
        lambda_, is_testable = 0.0, False
        for o in range(actions.n_objects):
            on = actions.account[actions.object == o].tolist()
            n_a, n_b, n_o = on.count(a), on.count(b), len(on)
            if n_a and n_b:
                lambda_ += min(1.0, n_a * n_b * d[o] / (n_o * (n_o - 1) / 2))
                is_testable |= 2 * (n_a + n_b) < n_o
        assert found.lambda_[k] == pytest.approx(lambda_)
        assert found.is_testable[k] == is_testable


@pytest.mark.long
def test_the_order_of_rows_and_edges_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    actions = random_actions(5, 400, 30, 12)
    edges = all_edges(actions, MINUTE_US)
    order = np.random.default_rng(0).permutation(actions.n_actions)
    again = order_actions(
        actions.account[order], actions.object[order], actions.time_us[order], 30, 12
    )
    shuffled = np.random.default_rng(1).permutation(edges.n_objects.size)
    one = edge_nulls(actions, edges, MINUTE_US).columns()
    monkeypatch.setattr(pair_sums, "_MOST_LOOKUPS", 7)
    monkeypatch.setattr(pair_sums, "_MOST_CELLS", 20)
    other = edge_nulls(again, edges.taking(shuffled), MINUTE_US).columns()
    for name, column in one.items():
        assert column.take(shuffled).equals(other[name]), name


@pytest.mark.long
@pytest.mark.parametrize("max_q", [0.001, 0.05, 0.1])
def test_what_is_left_aside_early_could_not_be_rejected(
    max_q: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edges whose q is over the bound are worked out no further; the others are the same bits."""
    actions = crew_among_many()
    edges = all_edges(actions, HOUR_US)
    whole = edge_nulls(actions, edges, HOUR_US)
    monkeypatch.setattr(edge_tests, "_PART_EDGES", 1500)  # two parts
    told: list[tuple[int, int]] = []
    tester = EdgeTester(Background(actions, HOUR_US), 1, lambda done, of: told.append((done, of)))
    early = tester.rejections(edges, max_q)
    assert early.n_tests == whole.n_tests
    assert 0 < (whole.q_presence <= max_q).sum() < whole.n_tests
    for q, shortened in ((whole.q_presence, early.q_presence),
                         (whole.q_synchrony, early.q_synchrony)):  # fmt: skip
        is_rejected = q <= max_q
        assert (shortened.are_at_most(max_q) == is_rejected).all()
        assert (shortened.of(is_rejected) == q[is_rejected]).all()
        assert (shortened.of(~is_rejected) > max_q).all()
    assert told == sorted(told)
    assert told[-1][0] == 3 * edges.n_objects.size
    assert {of for _done, of in told} == {3 * edges.n_objects.size}


def crew_among_many() -> CodedActions:
    """Six accounts that meet on thirty objects, among sixty that meet on few hot ones."""
    chance = np.random.default_rng(3)
    crew = np.tile(np.arange(6), 30)
    others = chance.integers(6, 66, 1500)
    objects = np.concatenate([np.repeat(np.arange(30), 6), chance.integers(28, 32, 1500)])
    times = np.concatenate([np.repeat(np.arange(30), 6) * 9 * HOUR_US,
                            chance.integers(0, 300 * HOUR_US, 1500)])  # fmt: skip
    return order_actions(np.concatenate([crew, others]), objects, times)


def test_no_edges_are_no_trouble() -> None:
    nulls = edge_nulls(random_actions(1, 10, 3, 2), edges_of({}), MINUTE_US)
    assert nulls.q_presence.size == 0
    assert edge_nulls(order_actions([], [], []), edges_of({}), MINUTE_US).n_tests == 0


def test_hot_objects_saturate_by_themselves() -> None:
    """Two hot objects: λ is the sum of 1-exp(-μ_o) over each, with the rates of all rows."""
    actions = order_actions([0, 1] * 40, [0] * 40 + [1] * 40, [*range(40), *range(40)])
    whole = presence_within(actions, edges_of({(0, 1): 4}), 10**6, one_stratum(actions))
    mu_o = 40 * 39 / 2 * 2 / (80 * 79) * 40 * 40
    assert whole.mu[0] == pytest.approx(2 * mu_o)
    assert whole.lambda_[0] == pytest.approx(2 * (1 - np.exp(-mu_o)))
    few = presence_within(actions, edges_of({(0, 1): 2}), 10**6, one_stratum(actions))
    assert few.p.tolist() == [1.0], "the second object need not be looked at"
    assert whole.lambda_[0] <= few.lambda_[0] <= few.mu[0]


@pytest.mark.long
def test_an_attack_does_not_explain_itself() -> None:
    """Ten accounts make nearly all of the co-actions; rates without their rows leave little."""
    chance = np.random.default_rng(2)
    n_others = 600
    account = np.concatenate([chance.integers(10, 110, n_others), np.tile(np.arange(10), 20)])
    thing = np.concatenate([chance.integers(0, 40, n_others), np.repeat(np.arange(20), 10)])
    time_us = np.concatenate(
        [chance.integers(0, 300 * MINUTE_US, n_others), np.repeat(np.arange(20), 10) * MINUTE_US]
    )
    actions = order_actions(account, thing, time_us)
    edges = edges_of({(0, 1): n_objects(actions, MINUTE_US, 0, 1)})
    others = ~actions.of(np.arange(10))
    with_them = presence(actions, edges, MINUTE_US)
    without = presence(actions, edges, MINUTE_US, baseline=others)
    assert without.lambda_[0] < with_them.lambda_[0] / 3
    assert without.p[0] < 1e-9


def test_a_baseline_that_never_paired_up_is_no_proof_that_nobody_does() -> None:
    """Four rows, six pairs, none together: three of the six may still be (rule of three)."""
    account, hours = [0, 1, 2, 3, 4, 5], [0, 0, 10, 20, 30, 40]
    actions = order_actions(account, [0] * 6, np.array(hours) * HOUR_US)
    found = presence_within(
        actions, edges_of({(0, 1): 1}), MINUTE_US, one_stratum(actions), actions.account >= 2
    )
    assert found.mu.tolist() == [0.0]
    assert found.lambda_.tolist() == [0.5]
    strata = (np.array([0, 0, 1, 1, 1, 1]), 2)
    bare = presence_within(actions, edges_of({(0, 1): 1}), MINUTE_US, strata, actions.account >= 2)
    assert bare.n_without_baseline == 2


def test_hours_that_the_baseline_misses_take_the_average_and_are_counted() -> None:
    day_us = np.arange(60) * MINUTE_US
    account = np.concatenate([np.tile([2, 3], 30), [0, 1]])
    thing = np.zeros(62, np.int64)
    actions = order_actions(account, thing, np.concatenate([day_us, [30 * HOUR_US] * 2]))
    baseline = actions.account >= 2
    found = presence(actions, edges_of({(0, 1): 1}), MINUTE_US, baseline=baseline)
    assert found.n_without_baseline == 2
    assert found.mu[0] == pytest.approx(59 / (60 * 59 / 2))


@pytest.mark.long
def test_ten_thousand_permutations_stay_within_binomial_bounds() -> None:
    actions = random_actions(11, 120, 12, 6)
    label = (actions.time_us >= 10 * MINUTE_US).astype(np.int64)
    pairs = list(itertools.combinations(range(12), 2))
    mu = presence_within(actions, edges_of(dict.fromkeys(pairs, 1)), MINUTE_US, (label, 2)).mu
    listed = np.array(list(position_pairs(actions, MINUTE_US)))
    n_times = 10_000
    total, squares = np.zeros((12, 12)), np.zeros((12, 12))
    for seed in range(n_times):
        account = permuted_accounts(actions, label, seed)
        ends = np.sort(account[listed], axis=1)
        count = np.bincount(ends[:, 0] * 12 + ends[:, 1], minlength=144).reshape(12, 12)
        total += count
        squares += count**2
    a, b = np.array(pairs).T
    mean = total[a, b] / n_times
    error = np.sqrt((squares[a, b] / n_times - mean**2) / n_times)
    z = (mean - mu) / error
    assert np.abs(z).max() < 4.5
    assert 0.6 < (z**2).mean() < 1.6
