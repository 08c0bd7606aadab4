"""Histories and views of the past, of changes made up for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tests.casebook.entries import make_entry
from undersight.casebook.days import end_of
from undersight.casebook.history import folded_as_of, history_of
from undersight.model.change import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.casebook.conftest import Desk
    from undersight.model.change import Op

DAY = dt.date(2031, 2, 27)
NIGHT_US = end_of(DAY)


def change(change_id: str, at_us: int, *parents: str, op: Op = "put", **fields: Any) -> Change:
    return Change(
        change_id=change_id,
        record_id="p",
        kind="party",
        parents=parents,
        at_us=at_us,
        author="s-ada",
        op=op,
        fields=fields,
    )


def test_notes_of_the_log_are_no_history() -> None:
    made = change("a", 1, gender="f")
    note = change("n", 2, op="erase", bodies=[])
    assert [one.change_id for one in history_of([note, made])] == ["a"]


def test_a_day_ends_at_midnight() -> None:
    made = change("a", NIGHT_US - 2, gender="f")
    last = change("b", NIGHT_US - 1, "a", gender="m")
    next_day = change("c", NIGHT_US, "b", gender="f")
    then = folded_as_of([made, last, next_day], DAY)
    assert then is not None
    assert (then.fields["gender"], then.n_changes) == ("m", 2)
    assert folded_as_of([next_day], DAY) is None


def test_who_is_withdrawn_today_was_withdrawn_on_every_day() -> None:
    made = change("a", NIGHT_US - 1, gender="f")
    gone = change("w", NIGHT_US + 1, "a", op="withdraw", party_kind="individual")
    then = folded_as_of([made, gone], DAY)
    assert then is not None
    assert then.is_withdrawn
    assert "gender" not in then.fields


def test_every_past_day_is_the_same_on_each_kind_of_database(
    desk: Desk, plain_desk: Callable[[str], Desk]
) -> None:
    told = plain_desk("told")
    here = told.open()
    entry = make_entry(here)
    first = here.today
    for n in range(4):
        told.clock.pass_days(1)
        here.update(entry.incident, {"verification": ("likely", "confirmed")[n % 2]}, why="read")
        here.update(entry.involvement, {"status": "released"} if n == 2 else {"degree": ""})
    here.retract(entry.claim, why="not said")
    desk.clock.pass_days(9)
    there = desk.open("s-ben")
    there.apply(here.changes_since())
    for n in range(-1, 7):
        day = first + dt.timedelta(days=n)
        assert [*there.as_of(day)] == [*here.as_of(day)], day
        assert there.get_many([entry.incident], as_of=day) == here.get_many(
            [entry.incident], as_of=day
        )
    assert len([*there.as_of(first)]) > len([*there.as_of(first - dt.timedelta(days=1))]) == 0
