"""Which posts stand as evidence where a group has more pairs than are shown."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from undersight.detectors.reasons import nearest_pairs, observed_over_expected
from undersight.model.finding import PostPair

if TYPE_CHECKING:
    from undersight.detectors.group import Group


def shown(*rows: tuple[str, str, str, int], most: int) -> list[int]:
    """The places of the pairs shown, of rows of object, two posts and seconds between them."""
    pairs = tuple(
        PostPair(
            object=one,
            post_a=post_a,
            post_b=post_b,
            account_a="a",
            account_b="b",
            delta_us=delta_s * 1_000_000,
        )
        for one, post_a, post_b, delta_s in rows
    )
    return list(nearest_pairs(cast("Group", SimpleNamespace(pairs=pairs)), most))


def test_the_nearest_come_first_whoever_was_first() -> None:
    rows = [("o", "1", "2", 9), ("p", "3", "4", -3), ("q", "5", "6", 0), ("r", "7", "8", 4)]
    assert shown(*rows, most=3) == [2, 1, 3]


def test_a_post_is_shown_twice_while_others_last() -> None:
    rows = [(f"o{n}", "same", f"{n}", n) for n in range(4)] + [("o9", "x", "y", 50)]
    assert shown(*rows, most=3) == [0, 1, 4]
    assert shown(*rows, most=5) == [0, 1, 4, 2, 3]


def test_an_object_is_shown_three_times_while_others_last() -> None:
    rows = [("same", f"a{n}", f"b{n}", n) for n in range(5)] + [("other", "x", "y", 50)]
    assert shown(*rows, most=4) == [0, 1, 2, 5]
    assert shown(*rows, most=6) == [0, 1, 2, 5, 3, 4]


def test_the_interval_is_the_same_to_the_last_bit_whatever_the_order_of_hashes() -> None:
    """What ties are counted in is a set: under other names the same ties come in other orders."""
    found = set()
    for n in range(60):
        pairs = tuple(
            PostPair(
                object=f"{n} thing {thing}",
                post_a="p",
                post_b="q",
                account_a=f"{n} a{tie}",
                account_b=f"{n} b{tie}",
                delta_us=0,
            )
            for thing in range(40)
            for tie in range(1 + 7919 * thing % 23)
        )
        group = SimpleNamespace(pairs=pairs, observed=190, expected=2.6713)
        found.add(observed_over_expected(cast("Group", group)))
    assert len(found) == 1
