"""Who is found and who is not, on invented corpora whose truth is known."""

from __future__ import annotations

import pytest

from benchmarks.false_clusters import Look, look
from tests.engine.corpora import Rows, fans, group, organic

PLANTED = 10_000


@pytest.fixture(scope="module")
def base() -> Rows:
    return organic(100)


def n_pairs(seen: Look, *, is_timed: bool) -> tuple[int, int]:
    """Pairs found among the planted accounts, and elsewhere."""
    q = seen.nulls.q_synchrony if is_timed else seen.nulls.q_presence
    is_planted = (seen.edges.account_a >= PLANTED) & (seen.edges.account_b >= PLANTED)
    is_found = q <= 0.05
    return int((is_found & is_planted).sum()), int((is_found & ~is_planted).sum())


@pytest.mark.long
def test_a_group_that_acts_at_a_signal_is_co_timed(base: Rows) -> None:
    seen = look(base + group(1, base, PLANTED, sync_s=15), 60)
    assert n_pairs(seen, is_timed=False) == (105, 0)
    assert n_pairs(seen, is_timed=True) == (105, 0)
    assert seen.n_clusters(is_timed=True) == 1


@pytest.mark.long
def test_a_group_with_links_of_its_own_makes_the_same_choices_only(base: Rows) -> None:
    mine = group(1, base, PLANTED, sync_s=15)
    seen = look(base + Rows(mine.account, mine.thing + 10**6, mine.time_us), 60)
    assert n_pairs(seen, is_timed=False) == (105, 0)
    assert n_pairs(seen, is_timed=True) == (0, 0)
    assert seen.n_clusters(is_timed=True) == 0


@pytest.mark.long
def test_fans_of_a_page_are_the_same_choices_never_co_timed(base: Rows) -> None:
    """Presence alone would accuse a fan army; that is why it is never reported alone."""
    seen = look(base + fans(1, PLANTED), 600)
    assert n_pairs(seen, is_timed=False)[0] > 50
    assert n_pairs(seen, is_timed=True) == (0, 0)


@pytest.mark.long
def test_a_slow_group_is_missed_by_a_narrow_window_and_found_by_a_wide_one(
    base: Rows,
) -> None:
    rows = base + group(1, base, PLANTED, sync_s=600)
    assert look(rows, 60).n_clusters(is_timed=True) == 0
    assert look(rows, 600).n_clusters(is_timed=True) == 1


@pytest.mark.long
def test_organic_corpora_hold_no_cluster() -> None:
    """At most 5 % may; more than 5 of 40 would happen once in 100 at that rate."""
    corpora = [organic(seed, 1300, 20_000) for seed in range(40)]
    looks = [[look(rows, window_s) for window_s in (60, 600)] for rows in corpora]
    for is_timed in (False, True):
        assert sum(any(one.n_clusters(is_timed=is_timed) for one in each) for each in looks) <= 5
