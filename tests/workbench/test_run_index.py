"""A run as numbers: the same as reading its edges one by one, whoever stands in several groups."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.model.finding import Finding, Interval
from undersight.workbench import run_index

NAMES = tuple("abcdefgh")
groups = st.lists(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), min_size=1, max_size=4
)
edges = st.lists(
    st.tuples(st.sampled_from([*NAMES, "x"]), st.sampled_from([*NAMES, "y"]), st.integers(1, 9)),
    max_size=25,
)


def table(rows: list[tuple[str, str, int]]) -> pa.Table:
    return pa.table(
        {
            "account_a": pa.array([a for a, _b, _n in rows], pa.string()),
            "account_b": pa.array([b for _a, b, _n in rows], pa.string()),
            "n_objects": pa.array([n for _a, _b, n in rows], pa.int64()),
        }
    )


def a_finding(finding_id: str, accounts: tuple[str, ...]) -> Finding:
    return Finding(
        finding_id=finding_id, detector="co-share", detector_version=1, kind="group", view="url",
        window_us=60, accounts=accounts, objects=(), targets=(), score=0.5,
        effect=Interval(name="x", value=2.0), p=0.1, q=0.1, n={}, verdict="co-timed", reasons=(),
        benign=(), blind_spots=(),
    )  # fmt: skip


def findings_of(found: list[list[str]]) -> list[Finding]:
    return [a_finding(f"f-{number:016x}", tuple(sorted(one))) for number, one in enumerate(found)]


def naive(rows: list[tuple[str, str, int]], some: set[str]) -> dict[tuple[str, str], int]:
    """Ties among some accounts: each pair once, where it shares most."""
    strongest: dict[tuple[str, str], int] = {}
    for a, b, n in rows:
        if a in some and b in some:
            pair = (min(a, b), max(a, b))
            strongest[pair] = max(strongest.get(pair, 0), n)
    return strongest


@settings(max_examples=25, deadline=None)
@given(found=groups, rows=edges)
def test_numbers_say_what_edges_say(
    found: list[list[str]], rows: list[tuple[str, str, int]]
) -> None:
    rows = [one for one in rows if one[0] != one[1]]
    made = findings_of(found)
    index = run_index.build(table(rows), made)
    own = run_index.own_rows(table(rows), made)
    assert own.tolist() == [any({a, b} <= set(one) for one in found) for a, b, _n in rows]
    for place, finding in enumerate(run_index.in_order(made)):
        members = index.members[place]
        assert [index.accounts[number] for number in members] == list(finding.accounts)
        for known in (None, place):
            a, b, n = index.ties_among(members, known)
            told = {
                (finding.accounts[one], finding.accounts[other]): int(shared)
                for one, other, shared in zip(a, b, n, strict=True)
            }
            assert told == naive(rows, set(finding.accounts))
            assert list(n) == sorted(n, reverse=True)
    ordered = [set(one.accounts) for one in run_index.in_order(made)]
    assert {(a, b): n for a, b, n in index.links} == {
        (a, b): len(ordered[a] & ordered[b])
        for b in range(len(ordered))
        for a in range(b)
        if ordered[a] & ordered[b]
    }


def test_the_most_tied_come_first_and_nobody_twice() -> None:
    rows = [("a", "b", 3), ("b", "c", 1), ("b", "a", 5)]
    index = run_index.build(table(rows), findings_of([["a", "b", "c", "d"]]))
    assert run_index.most_tied(index, ("a", "b", "c", "d"), 2) == ["b", "a"]
    assert index.n_ties().tolist() == [1, 2, 1, 0]
    assert index.numbers_of(["d", "a"]).tolist() == [3, 0]


def test_a_run_without_edges_has_no_ties() -> None:
    index = run_index.build(pa.table({"detector": []}), findings_of([["a", "b"]]))
    assert len(index.a) == 0
    assert index.ties_among(np.array([0, 1]))[0].tolist() == []
