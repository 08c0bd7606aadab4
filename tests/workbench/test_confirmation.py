"""A person's walk through a draft: nothing enters that was not kept, and all can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import InvalidDraftError, NothingToUndoError
from undersight.model.draft import DraftEntry, DraftField
from undersight.workbench.confirmation import Confirmation, suggestions

TEXT = "Ravin Dargaly was questioned in Vezrin."


def field(kind: str, value: object, start: int, end: int, **more: Any) -> DraftField:
    return DraftField(
        kind=kind, value=value, start=start, end=end, confidence=0.9, rule="test", **more
    )


def drafted() -> DraftEntry:
    return DraftEntry(
        headline="",
        start=0,
        end=len(TEXT),
        updated=None,
        fields=(
            field("person", "Ravin Dargaly", 0, 13, role="victim", of=1),
            field("act", "questioning", 18, 28),
            field("place", "Vezrin", 32, 38, of=1),
        ),
        not_captured=(),
    )


def test_untouched_everything_is_kept_as_proposed() -> None:
    walk = Confirmation(drafted())
    assert walk.kept() == dict(enumerate(drafted().fields))


def test_what_was_tied_to_a_rejected_act_stays_and_moves_to_no_other() -> None:
    walk = Confirmation(drafted())
    walk.move(1)
    walk.reject()
    kept = walk.kept()
    assert 1 not in kept
    assert kept[0].of == 1
    assert kept[2].of == 1
    assert walk.cursor == 2


def test_rejecting_twice_takes_it_back_in() -> None:
    walk = Confirmation(drafted())
    walk.reject()
    walk.move(-1)
    walk.reject()
    assert walk.states == ["proposed"] * 3
    walk.cursor = 0
    walk.change(value="Ravin D.")
    walk.reject()
    walk.move(-1)
    walk.reject()
    assert walk.states == ["changed", "proposed", "proposed"]
    assert walk.kept()[0].value == "Ravin D."


def test_a_wrong_change_changes_nothing() -> None:
    walk = Confirmation(drafted())
    for wrong in ({"role": "villain"}, {"of": 2}, {"of": 9}, {"value": 3}):
        with pytest.raises(InvalidDraftError):
            walk.change(**wrong)
    walk.move(1)
    with pytest.raises(InvalidDraftError):
        walk.change(value="no_such_act")
    assert walk.kept() == dict(enumerate(drafted().fields))
    with pytest.raises(NothingToUndoError):
        walk.undo()


def test_suggestions_offer_other_readings_first_and_never_the_value_itself() -> None:
    act = field("act", "detention", 0, 3, alternatives=("arrest", "detention"))
    found = suggestions(act, "deten")
    assert found[0] == "arrest"
    assert "detention" not in found
    assert "administrative_detention" in found
    assert suggestions(field("person", "A B", 0, 3), "A") == ()


@given(steps=st.lists(st.sampled_from(["next", "back", "reject", "change"]), max_size=12))
def test_undoing_everything_leads_back(steps: list[str]) -> None:
    walk = Confirmation(drafted())
    for step in steps:
        if step == "reject":
            walk.reject()
        elif step == "change" and walk.cursor == 0:
            walk.change(value="Somebody Else")
        else:
            walk.move(1 if step == "next" else -1)
        assert 0 <= walk.cursor < 3
    while walk.past:
        walk.undo()
    assert walk.kept() == dict(enumerate(drafted().fields))
