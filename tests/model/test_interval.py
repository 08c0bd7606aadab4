from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.errors import InvalidDateError
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.interval import (
    DayCount,
    Stretch,
    days_held,
    overdue,
    release_due,
    was_within,
)

TODAY = dt.date(2024, 6, 30)


def stretch(start: str, end: str | None = None) -> Stretch:
    return Stretch.between(FuzzyDate(start), FuzzyDate(end) if end else None)


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([("2024-03-04", "2024-03-09")], (6, 6)),
        ([("2024-03-04", "2024-03-04")], (1, 1)),
        ([("2024-03-04/2024-03-06", "2024-03-09")], (4, 6)),
        # The second term was handed down while the first still ran: days count once.
        ([("2024-03-04", "2024-03-10"), ("2024-03-08", "2024-03-20")], (17, 17)),
        ([("2024-03-04", "2024-03-10"), ("2024-05-01", "2024-05-02")], (9, 9)),
        ([("2024-06-01", None)], (30, 30)),
        ([("2024-06", None)], (1, 30)),
        ([("2024-07-01", None)], (0, 0)),
        ([("2024-06-25/2024-07-05", None)], (0, 6)),
        # Two questionings some day in March may have been on one day.
        ([("2024-03", "2024-03"), ("2024-03", "2024-03")], (1, 31)),
        ([("2024-03-01/2024-03-02", "2024-03-01/2024-03-02")] * 2, (1, 2)),
        ([("2024-03-01", "2024-03-01"), ("2024-03-02/2024-03-03", "2024-03-03")], (2, 3)),
        ([("/2024-03-04", "2024-03-09")], (6, None)),
        ([("2024-03-04", "2024-03-05/..")], (2, 119)),
        ([("2024-03-04", "2025-01-01")], (119, 119)),
        ([], (0, 0)),
    ],
)
def test_days_held(
    stretches: list[tuple[str, str | None]], expected: tuple[int, int | None]
) -> None:
    assert days_held([stretch(*ends) for ends in stretches], TODAY) == DayCount(*expected)


def test_a_reading_decides_what_one_date_says() -> None:
    held = FuzzyDate("2024-03-04/2024-03-09", reading="throughout")
    questioned = FuzzyDate("2024-03-04/2024-03-09", reading="at_least_once")
    assert days_held([Stretch.of_date(held)], TODAY) == DayCount(6, 6)
    assert days_held([Stretch.of_date(questioned)], TODAY) == DayCount(1, 6)
    month = FuzzyDate("2024-03", reading="throughout")
    assert days_held([Stretch.of_date(month)], TODAY) == DayCount(31, 31)
    since = FuzzyDate("2024-06-21/..", reading="throughout")
    assert days_held([Stretch.of_date(since)], TODAY) == DayCount(10, 10)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(InvalidDateError, match="before its start"):
        stretch("2024-03-09", "2024-03-04")


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2024-06-30", (0, 0)),
        ("2024-06-29", (1, 1)),
        ("2024-07-15", (0, 0)),
        ("2024-06", (0, 29)),
        ("2024-05", (30, 60)),
        ("../2024-06-20", (10, None)),
        ("2024-06-20/..", (0, 10)),
    ],
)
def test_overdue(due: str, expected: tuple[int, int | None]) -> None:
    assert overdue(FuzzyDate(due), TODAY) == DayCount(*expected)


def test_thirty_days_from_the_twelfth_of_november_end_on_the_twelfth_of_december() -> None:
    due = release_due(FuzzyDate("2022-11-12"), 30)
    assert due is not None
    assert due.edtf == "2022-12-12"
    fuzzy = release_due(FuzzyDate("2022-11-12/2022-11-14"), 30)
    assert fuzzy is not None
    assert fuzzy.edtf == "2022-12-12/2022-12-14"
    assert release_due(FuzzyDate("XXXX-11-12"), 30) is None


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-03-05", "certain"),
        ("2024-03-04/2024-03-12", "certain"),
        ("2024-03-01", "no"),
        ("2024-03-03", "possible"),
        ("2024-03", "possible"),
        ("2024-04-01", "no"),
    ],
)
def test_posts_that_vanished_in_custody(date: str, expected: str) -> None:
    terms = [
        stretch("2024-03-02/2024-03-04", "2024-03-08"),
        stretch("2024-03-09", "2024-03-12"),
    ]
    assert was_within(FuzzyDate(date), terms, TODAY) == expected


def test_within_an_open_stretch_reaches_to_the_day_of_asking() -> None:
    inside = [stretch("2024-06-01")]
    assert was_within(FuzzyDate("2024-06-30"), inside, TODAY) == "certain"
    assert was_within(FuzzyDate("2024-07-01"), inside, TODAY) == "no"


# --- against brute force -------------------------------------------------------------------

DAY_ONE = dt.date(2024, 1, 1).toordinal()
_day = st.integers(0, 7)
_bounds = st.tuples(_day, _day).map(lambda pair: tuple(sorted(pair)))


def _is_possible(ends: tuple[tuple[int, int], tuple[int, int] | None]) -> bool:
    return ends[1] is None or ends[0][0] <= ends[1][1]


_stretches = st.lists(
    st.tuples(_bounds, st.one_of(st.none(), _bounds)).filter(_is_possible), max_size=3
)


def _as_stretch(ends: tuple[tuple[int, int], tuple[int, int] | None]) -> Stretch:
    start, end = ends
    days = [[dt.date.fromordinal(DAY_ONE + n) for n in pair] for pair in (start, end or start)]
    return Stretch(
        start=(days[0][0], days[0][1]),
        end=(days[1][0], days[1][1]) if end else (None, None),
        is_open=end is None,
    )


def _coverings(
    ends: tuple[tuple[int, int], tuple[int, int] | None], now: int
) -> list[frozenset[int]]:
    """All sets of days that a stretch may have covered up to ``now``."""
    (a, b), end = ends
    c, d = end or (99, 99)
    return [
        frozenset(range(first, min(last, now) + 1))
        for first in range(a, b + 1)
        for last in range(c, d + 1)
        if first <= last
    ]


@settings(max_examples=300, deadline=None)
@given(_stretches, _day)
def test_days_held_is_what_trying_everything_gives(
    stretches: list[tuple[tuple[int, int], tuple[int, int] | None]], now: int
) -> None:
    counts = [
        len(frozenset().union(*chosen))
        for chosen in itertools.product(*(_coverings(ends, now) for ends in stretches))
    ]
    found = days_held(map(_as_stretch, stretches), dt.date.fromordinal(DAY_ONE + now))
    assert (found.fewest, found.most) == (min(counts), max(counts))


@settings(max_examples=200, deadline=None)
@given(_stretches, _bounds, _day)
def test_within_is_what_trying_everything_gives(
    stretches: list[tuple[tuple[int, int], tuple[int, int] | None]],
    when: tuple[int, int],
    now: int,
) -> None:
    worlds = [
        frozenset().union(*chosen)
        for chosen in itertools.product(*(_coverings(ends, now) for ends in stretches))
    ]
    answers = {day in world for world in worlds for day in range(when[0], when[1] + 1)}
    edtf = "/".join(dt.date.fromordinal(DAY_ONE + day).isoformat() for day in when)
    found = was_within(
        FuzzyDate(edtf), map(_as_stretch, stretches), dt.date.fromordinal(DAY_ONE + now)
    )
    expected = {frozenset({True}): "certain", frozenset({False}): "no"}
    assert found == expected.get(frozenset(answers), "possible")
