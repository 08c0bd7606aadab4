"""Two deposits compared: what is a change, what is none, what cannot be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.model.deposit import (
    AccountState,
    DepositedPost,
    DepositPart,
    FollowerCount,
    SeenLogin,
    SeenRole,
)
from undersight.model.derived.deposit_changes import compare, overlay
from undersight.model.derived.stays import Spell

DAY_US = 86_400_000_000
MAY = int(dt.datetime(2031, 5, 1, tzinfo=dt.UTC).timestamp()) * 1_000_000
BOTH: frozenset[DepositPart] = frozenset({"posts", "comments", "roles", "logins", "facts"})


def post(day: int, text: str = "a", **given: Any) -> DepositedPost:
    return DepositedPost(
        locator=f"#/{day}", kind="post", at_us=MAY + day * DAY_US, text=text, **given
    )


def state(day: int, *posts: DepositedPost, **given: Any) -> AccountState:
    made = AccountState(at_us=MAY + day * DAY_US, parts=BOTH, posts=posts)
    return replace(made, **given)


def test_vanished_appeared_changed_and_new_are_told_apart() -> None:
    earlier = state(10, post(1), post(2), post(3, "x"), post(4))
    later = state(20, post(1), post(3, "y"), post(5, "older"), post(15), post(4))
    found = compare(earlier, later)
    assert [one.at_us for one in found.vanished] == [MAY + 2 * DAY_US]
    assert [one.text for one in found.changed] == ["y"]
    assert [one.text for one in found.appeared] == ["older"]
    assert found.n_new == 1
    assert found.windows == ((earlier.at_us, later.at_us),)


def test_posts_before_the_later_archive_begins_are_not_said_to_have_vanished() -> None:
    found = compare(state(10, post(1), post(5), post(6)), state(20, post(5)))
    assert [one.at_us for one in found.vanished] == [MAY + 6 * DAY_US]
    assert [one.at_us for one in found.before_later] == [MAY + 1 * DAY_US]
    empty = compare(state(10, post(1)), state(20))
    assert (len(empty.vanished), len(empty.before_later)) == (0, 1)


def test_a_part_that_one_lacks_is_no_change() -> None:
    later = state(20, parts=frozenset({"facts"}))
    roles = (SeenRole(locator="#/0", who="Mira Toval"),)
    found = compare(state(10, post(1), roles=roles), later)
    assert not found.has_changes
    assert found.cannot_tell == ("posts", "comments", "roles", "logins", "followers")


def test_several_posts_of_one_second_are_compared_as_a_group() -> None:
    found = compare(state(10, post(1, "a"), post(1, "b"), post(1, "b")), state(20, post(1, "b")))
    assert sorted(one.text for one in found.vanished) == ["a", "b"]
    renamed = compare(
        state(10, post(1, "a", native_id="7")), state(20, post(2, "b", native_id="7"))
    )
    assert (len(renamed.vanished), len(renamed.changed)) == (0, 1)


def test_people_logins_particulars_and_followers() -> None:
    old = SeenLogin(locator="#/0", at_us=MAY, device="Firefox on Windows", place="Sarnak, Qaravel")
    same = replace(old, at_us=MAY + 12 * DAY_US)
    new = replace(old, at_us=MAY + 13 * DAY_US, device="Chrome on Android")
    moved = replace(old, at_us=MAY + 14 * DAY_US, place="Oltash, Qaravel")
    before_deposit = replace(new, at_us=MAY + 9 * DAY_US)
    earlier = state(
        10,
        roles=(SeenRole(locator="#/0", who="Mira Toval"),),
        logins=(old,),
        facts={"email": ("a@example.org",), "name": ("Third Bank",)},
        followers=(FollowerCount(locator="#", n_followers=212),),
    )
    later = state(
        20,
        roles=(SeenRole(locator="#/0", who="Page Support", at_us=MAY + 12 * DAY_US),),
        logins=(old, before_deposit, same, new, moved),
        facts={"email": ("b@example.org",), "category": ("News",)},
        followers=(
            FollowerCount(locator="#", n_followers=180, at_us=MAY + 19 * DAY_US),
            FollowerCount(locator="#", n_followers=1, at_us=MAY + 30 * DAY_US),
        ),
    )
    found = compare(earlier, later)
    assert found.new_logins == (new, moved)
    assert (len(found.roles_appeared), len(found.roles_gone)) == (1, 1)
    assert found.facts_changed == ("email",)
    assert found.followers == (212, 180)
    assert (MAY + 12 * DAY_US, MAY + 12 * DAY_US) in found.windows


def spell(first: int | None, last: int | None, **given: Any) -> Spell:
    day = dt.date(2031, 5, 1)
    start = None if first is None else day + dt.timedelta(days=first)
    end = None if last is None else day + dt.timedelta(days=last)
    made = Spell(
        party="p", incident="i", act="a", involvement="v", act_type="arrest",
        start=(start, start), end=(end, end), end_basis="stated",
    )  # fmt: skip
    return replace(made, **given)


@pytest.mark.parametrize(
    ("spells", "told"),
    [
        ((spell(5, 25),), "certain"),
        ((spell(10, 20),), "certain"),
        ((spell(5, 15), spell(15, 25)), "certain"),
        ((spell(5, 14), spell(16, 25)), "possible"),
        ((spell(11, 25),), "possible"),
        ((spell(5, 12),), "possible"),
        ((spell(5, 25, is_certain=False),), "possible"),
        ((spell(5, None),), "possible"),
        ((spell(1, 9),), "no"),
        ((spell(21, 30),), "no"),
        ((spell(5, 25, is_at_home=True),), "cannot-tell"),
        ((), "cannot-tell"),
        (None, "cannot-tell"),
    ],
)
def test_custody_laid_over_a_window(spells: tuple[Spell, ...] | None, told: str) -> None:
    windows = ((MAY + 10 * DAY_US, MAY + 20 * DAY_US),)
    assert overlay(windows, spells) == (told, (told,))


def test_all_is_certain_only_where_each_is() -> None:
    windows = ((MAY + 10 * DAY_US, MAY + 10 * DAY_US), (MAY + 40 * DAY_US, MAY + 40 * DAY_US))
    assert overlay(windows, (spell(5, 25),)) == ("possible", ("certain", "no"))
    assert overlay((), (spell(5, 25),)) == ("cannot-tell", ())


POSTS = st.lists(st.builds(post, st.integers(0, 9), st.sampled_from("abc")), max_size=8)


@given(POSTS, POSTS)
def test_every_post_is_accounted_for_whatever_the_order(
    old: list[DepositedPost], new: list[DepositedPost]
) -> None:
    found = compare(state(10, *old), state(20, *new))
    n_gone = len(found.vanished) + len(found.before_later)
    n_came = len(found.appeared) + found.n_new
    assert len(old) - n_gone == len(new) - n_came
    turned = compare(state(10, *reversed(old)), state(20, *reversed(new)))
    assert [one.at_us for one in turned.vanished] == [one.at_us for one in found.vanished]
    assert not compare(state(10, *old), state(20, *old)).has_changes
