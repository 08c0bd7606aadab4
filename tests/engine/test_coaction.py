"""Edges equal those of looking at every pair, whatever the order of the rows."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.brute_force import Action, edges, matches, to_table
from undersight.engine import coaction, sweep
from undersight.errors import MissingColumnError, TooManyEdgesError, WindowTooWideError

S = 1_000_000

accounts = st.sampled_from(["a", "b", "B", "é", "\U0001f600", "", None])
objects = st.sampled_from(["o", "p", "q", "", None])
times = st.one_of(
    st.none(),
    st.integers(-5, 5).map(lambda n: n * 300_000),
    st.integers(-2, 2).map(lambda n: n * 86_400 * S - 1),
)
action_lists = st.lists(
    st.builds(
        Action,
        account=accounts,
        object=objects,
        post=st.sampled_from(["1", "2", "3", "4", "", None]),
        time_us=times,
        target=st.sampled_from(["t", "u", "", None]),
    ),
    max_size=40,
)


@given(
    action_lists,
    st.sampled_from([0, 1, 300_000, 600_000, 90_000 * S]),
    st.integers(1, 3),
    st.randoms(use_true_random=False),
)
def test_every_column_is_that_of_every_pair(
    actions: list[Action], window_us: int, min_objects: int, chance: random.Random
) -> None:
    expected = edges(actions, window_us, min_objects)
    shuffled = chance.sample(actions, len(actions))
    found = coaction.find_edges(to_table(shuffled), window_us=window_us, min_objects=min_objects)
    assert found.edges.to_pylist() == expected
    basic = coaction.find_edges(
        to_table(shuffled), window_us=window_us, min_objects=min_objects, columns="basic"
    )
    assert basic.edges == found.edges.select(basic.edges.column_names)


@given(action_lists, st.sampled_from([0, 600_000, 90_000 * S]))
def test_counts_reconcile(actions: list[Action], window_us: int) -> None:
    found = coaction.find_edges(to_table(actions), window_us=window_us, min_objects=1)
    counts = found.counts
    left_out = counts.n_same_account_pairs + counts.n_same_post_pairs
    n_pairs = sum(found.edges.column("n_pairs").to_pylist())
    assert n_pairs == sum(map(len, matches(actions, window_us).values()))
    assert counts.n_pairs_planned == n_pairs + left_out
    n_null = sum(not (one.account and one.object and one.time_us is not None) for one in actions)
    assert (counts.n_rows, counts.n_rows_null_key) == (len(actions), n_null)


def test_several_windows_at_once_are_each_as_if_alone() -> None:
    rows = [Action(name, "o", None, t * S) for t, name in enumerate("abcab")]
    both = coaction.find_edges_for_windows(to_table(rows), windows_us=(3 * S, S), min_objects=1)
    assert [one.edges for one in both] == [
        coaction.find_edges(to_table(rows), window_us=w, min_objects=1).edges for w in (3 * S, S)
    ]


@given(action_lists, st.integers(1, 5), st.randoms(use_true_random=False))
def test_evidence_is_the_nearest_pairs(
    actions: list[Action], most: int, chance: random.Random
) -> None:
    found = matches(actions, 600_000)
    expected = []
    for (account_a, account_b), pairs in sorted(found.items()):
        rows = [
            (abs(a.time_us - b.time_us), a.object, a.time_us, b.time_us, a.post or "",
             b.post or "", account_a, account_b)
            for (_, a), (_, b) in pairs
        ]  # fmt: skip
        expected += [row[1:] for row in sorted(rows)[:most]]
    shuffled = chance.sample(actions, len(actions))
    wanted = [chance.sample(pair, 2) for pair in found]
    table = coaction.evidence(to_table(shuffled), wanted, 600_000, most)
    assert [
        (row["object"], row["time_a_us"], row["time_b_us"], row["post_a"] or "",
         row["post_b"] or "", row["account_a"], row["account_b"])
        for row in table.to_pylist()
    ] == expected  # fmt: skip


def test_nothing_in_gives_nothing_out() -> None:
    found = coaction.find_edges(to_table([]), window_us=60 * S)
    assert found.edges.num_rows == 0
    assert coaction.evidence(to_table([]), [("a", "b")], 60 * S).num_rows == 0


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MissingColumnError, match="object"):
        coaction.find_edges(to_table([]).drop_columns(["object"]), window_us=1)


def test_a_window_beyond_64_bits_is_refused() -> None:
    rows = [Action("a", f"o{n}", None, n) for n in range(10)]
    with pytest.raises(WindowTooWideError):
        coaction.find_edges(to_table(rows), window_us=2**60)


@pytest.mark.long
@given(action_lists, st.sampled_from([0, 1, 300_000, 90_000 * S]), st.integers(1, 3))
@settings(max_examples=300)
def test_compiled_code_is_the_same(
    actions: list[Action], window_us: int, min_objects: int
) -> None:
    pytest.importorskip("numba")
    compiled(actions, window_us, min_objects)


def compiled(actions: list[Action], window_us: int, min_objects: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "_MANY_CANDIDATES", -1)
        for columns, most_cached in (("full", 1 << 16), ("basic", 1 << 16), ("basic", 0)):
            patch.setattr("undersight.engine.sweep_compiled._MOST_CACHED", most_cached)
            found = coaction.find_edges(
                to_table(actions), window_us=window_us, min_objects=min_objects, columns=columns
            )
            expected = edges(actions, window_us, min_objects)
            names = found.edges.column_names
            assert found.edges.to_pylist() == [{n: row[n] for n in names} for row in expected]


def test_blocks_and_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(4)  # noqa: S311 - a made-up crowd
    actions = [
        Action(f"u{chance.randrange(30)}", f"o{chance.randrange(4)}", None,
               chance.randrange(500) * S)
        for _ in range(400)
    ]  # fmt: skip
    found = coaction.find_edges(to_table(actions), window_us=20 * S)
    monkeypatch.setattr(sweep, "_BLOCK_PAIRS", 7)
    assert coaction.find_edges(to_table(actions), window_us=20 * S).edges == found.edges
    assert found.edges.num_rows > 50


def test_an_account_with_very_many_partners_is_taken_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actions = [Action(f"u{n:02}", "o", None, n * S) for n in range(60)]
    actions += [Action("a", "o", None, n * S) for n in range(60)] + actions[:5]
    expected = coaction.find_edges(to_table(actions), window_us=90 * S, min_objects=1).edges
    sizes, chunk = [], sweep.Sweep._chunk

    def noted(self: sweep.Sweep, left: sweep.Integers, right: sweep.Integers) -> object:
        sizes.append(left.size)
        return chunk(self, left, right)

    monkeypatch.setattr(sweep.Sweep, "_chunk", noted)
    monkeypatch.setattr(sweep, "_BLOCK_PAIRS", 150)
    monkeypatch.setattr(sweep, "_MOST_AT_ONCE", 300)
    found = coaction.find_edges(to_table(actions), window_us=90 * S, min_objects=1)
    assert found.edges == expected
    assert max(sizes) <= 300 + 120
    assert sum(sizes) == found.counts.n_pairs_planned - found.counts.n_same_account_pairs


def test_edges_that_memory_does_not_hold_are_refused() -> None:
    actions = [Action(f"u{n:03}", "o", None, n) for n in range(100)]
    with pytest.raises(TooManyEdgesError, match="more than"):
        coaction.find_edges(
            to_table(actions), window_us=S, min_objects=1, memory_limit_bytes=50_000,
            backend="sweep",
        )  # fmt: skip
