"""SQL gives what the sweep gives, to the byte; every step is portable."""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.brute_force import Action, edges, to_table
from tests.engine.test_coaction import S, action_lists
from undersight.engine import coaction
from undersight.engine.bucket_join import LOADED, PLANNED, edge_steps
from undersight.engine.portable import Step, checked, rendered
from undersight.errors import UnportableStepError

STEPS = {
    f"{columns}-{step.name}": step
    for columns in ("basic", "full")
    for step in (*LOADED, *PLANNED, *edge_steps(columns))
}
VALUES = {"window_us": 7, "bucket_us": 7, "min_objects": 2}


def crowd(n_rows: int, seed: int) -> list[Action]:
    """A hot object, ties, repeats, posts with several objects, times before 1970."""
    chance = random.Random(seed)  # noqa: S311 - a made-up crowd
    return [
        Action(
            account=f"u{chance.randrange(12)}",
            object=chance.choice(["hot", "hot", "hot", f"o{chance.randrange(5)}"]),
            post=chance.choice([None, f"p{chance.randrange(n_rows)}"]),
            time_us=chance.randrange(-200, 200) * 500_000,
            target=chance.choice([None, "t", "u"]),
        )
        for _ in range(n_rows)
    ]


def same(actions: list[Action], window_us: int, min_objects: int, backend: str) -> None:
    found = coaction.find_edges(
        to_table(actions), window_us=window_us, min_objects=min_objects, backend=backend
    )
    assert found.edges.to_pylist() == edges(actions, window_us, min_objects)
    swept = coaction.find_edges(to_table(actions), window_us=window_us, min_objects=min_objects)
    assert found.edges == swept.edges
    counts, others = found.counts.to_json(), swept.counts.to_json()
    assert counts.pop("backend") == backend
    assert others.pop("backend") == "sweep"
    assert counts == others


def test_sql_is_the_sweep_on_a_crowd() -> None:
    same(crowd(300, 1), 3 * S, 2, "sql")


def test_sql_is_the_sweep_of_nothing() -> None:
    same([], 0, 1, "sql")


@pytest.mark.long
@given(action_lists, st.sampled_from([0, 1, 300_000, 90_000 * S]), st.integers(1, 3))
@settings(max_examples=40)
def test_sql_is_the_sweep_at_length(
    actions: list[Action], window_us: int, min_objects: int
) -> None:
    same(actions, window_us, min_objects, "sql")


@pytest.mark.long
def test_little_memory_changes_nothing() -> None:
    actions = to_table(crowd(6000, 2))
    tight = coaction.find_edges(
        actions, window_us=20 * S, backend="auto", memory_limit_bytes=100_000_000
    )
    small = coaction.find_edges(
        actions, window_us=20 * S, backend="sql", memory_limit_bytes=100_000_000
    )
    assert (tight.counts.backend, small.counts.backend) == ("sweep", "sql")
    assert tight.edges == small.edges


def test_what_does_not_fit_in_memory_goes_to_sql() -> None:
    actions = to_table(crowd(40, 3))
    found = [
        coaction.prepare(actions, windows_us=(S,), memory_limit_bytes=limit).backend
        for limit in (None, 10**9)
    ]
    assert found == ["sweep", "sweep"]
    assert coaction.chosen_backend(10_000_000, {"memory_limit_bytes": 10**8}) == "sql"


@pytest.mark.spark
def test_spark_is_the_sweep() -> None:
    pytest.importorskip("pyspark")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    same(crowd(300, 1), 3 * S, 2, "spark")
    same([], 0, 1, "spark")


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_every_step_is_portable(step: Step) -> None:
    checked(step)
    for dialect in ("duckdb", "spark"):
        text = rendered(step, VALUES, dialect)
        assert "$" not in text
        assert rendered(step, VALUES, dialect) == text


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT hash(a) FROM t",
        "SELECT random() FROM t",
        "SELECT a FROM t LIMIT 1",
        "SELECT date_diff('day', a, b) FROM t",
        "SELECT a // 2 FROM t",
        "SELECT a / 2 FROM t",
        "SELECT list(a) FROM t",
    ],
)
def test_what_engines_do_not_agree_on_is_refused(sql: str) -> None:
    with pytest.raises(UnportableStepError):
        checked(Step(name="bad", sql=sql))
