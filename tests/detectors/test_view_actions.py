"""The actions of a view: codes for the tests, rows by name only for what is told."""

from __future__ import annotations

import duckdb
import pytest

from tests.detectors.cases import detector_of
from undersight.detectors import view_actions
from undersight.detectors.looking import look_at
from undersight.detectors.view_actions import ViewActions

MINUTE_US = 60_000_000
ROWS = """
SELECT * FROM (VALUES
    ('vask', 'one', 'p1', 1000000, 'page', 1000000),
    ('tirren', 'one', 'p2', 120000000, 'page', 60000000),
    ('orla', 'two', 'p3', 2000000, NULL, NULL),
    (NULL, 'two', 'p4', 3000000, 'page', 1000000),
    ('orla', 'one', 'p5', NULL, 'page', 86400000000)
) AS given(account, object, post, time_us, target, resolution_us)
WHERE object <> $left_out
"""


@pytest.fixture
def actions() -> ViewActions:
    return ViewActions(duckdb.connect(), ROWS, {"left_out": "three"}, can_share_post=True)


@pytest.mark.parametrize(("window_us", "n_fine", "n_coarse"), [
    (0, 1, 4), (1_000_000, 2, 2), (MINUTE_US, 3, 1), (10 * MINUTE_US, 3, 1),
])  # fmt: skip
def test_rows_take_part_whose_times_are_fine_enough(
    actions: ViewActions, window_us: int, n_fine: int, n_coarse: int
) -> None:
    assert actions.coded(window_us)[0].n_actions == n_fine
    assert actions.counts(window_us) == {
        "n_rows": 5,
        "n_rows_without_account": 1,
        "n_rows_without_time": 1,
        "n_rows_too_coarse": n_coarse,
    }


@pytest.mark.parametrize(("bytes_a_row", "outcome"), [
    (128, "not-enough-data"), (1 << 50, "too-many-rows"),
])  # fmt: skip
def test_more_rows_than_the_memory_holds_are_refused_before_they_are_read(
    actions: ViewActions, monkeypatch: pytest.MonkeyPatch, bytes_a_row: int, outcome: str
) -> None:
    monkeypatch.setattr(view_actions, "_BYTES_A_ROW", bytes_a_row)
    said: list[str] = []
    detector = detector_of("co-comment")
    looked = look_at(detector, "post", MINUTE_US, actions, said.append, said.append)
    assert looked.look.outcome == outcome
    assert said == ([] if outcome == "too-many-rows" else ["3 actions, 0 pairs"])


def test_windows_for_which_the_same_rows_are_fine_enough_share_one_reading(
    actions: ViewActions,
) -> None:
    one = actions.coded(MINUTE_US)
    assert actions.coded(10 * MINUTE_US)[0] is one[0]
    assert actions.coded(1_000_000)[0] is not one[0]


def test_what_is_told_is_looked_up_by_account_or_object(actions: ViewActions) -> None:
    assert actions.finest_us == 1_000_000
    assert actions.of_accounts(["orla", "nobody"], MINUTE_US)["post"].to_pylist() == ["p3"]
    told = actions.on_objects(["one"], MINUTE_US).to_pylist()
    assert [(row["account"], row["time_us"]) for row in told] == [
        ("vask", 1_000_000), ("tirren", 120_000_000)
    ]  # fmt: skip
    assert actions.on_objects(["one"], 1_000_000)["account"].to_pylist() == ["vask"]


def test_no_rows_have_no_resolution() -> None:
    nothing = ViewActions(
        duckdb.connect(), f"{ROWS} AND false", {"left_out": "three"}, can_share_post=False
    )
    assert nothing.finest_us is None
    assert nothing.counts(MINUTE_US)["n_rows"] == 0
    assert nothing.coded(MINUTE_US)[0].n_actions == 0
