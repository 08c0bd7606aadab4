from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import MalformedChangeError
from undersight.model.change import (
    RETRACTION,
    Change,
    FoldedRecord,
    change_from_json,
    change_to_json,
    fold,
    known_to,
    latest_writes,
    more_erased,
)


def change(change_id: str, *parents: str, at_us: int, op: Any = "put", **fields: Any) -> Change:
    return Change(
        change_id=change_id,
        record_id="r",
        kind="incident",
        parents=parents,
        at_us=at_us,
        author="s-" + change_id[0],
        op=op,
        fields=fields,
    )


def folded(*changes: Change) -> FoldedRecord:
    found = fold(changes)
    assert found is not None
    return found


def test_nothing_adds_up_to_nothing() -> None:
    assert fold([]) is None


def test_a_later_write_replaces_what_it_knew_of() -> None:
    record = folded(
        change("a", at_us=1, lang="en", topics=["x"]), change("b", "a", at_us=2, lang="az")
    )
    assert record.fields == {"lang": "az", "topics": ["x"]}
    assert record.conflicts == ()
    assert record.heads == ("b",)
    assert (record.created_at_us, record.updated_at_us, record.n_changes) == (1, 2, 2)


def test_writes_that_did_not_know_of_each_other_stand_side_by_side() -> None:
    record = folded(
        change("a", at_us=1, lang="en"),
        change("b", "a", at_us=2, lang="az"),
        change("c", "a", at_us=3, lang="ru", topics=["y"]),
    )
    (conflict,) = record.conflicts
    assert conflict.field == "lang"
    assert [(c.change_id, c.value) for c in conflict.candidates] == [("b", "az"), ("c", "ru")]
    assert record.fields["lang"] == "ru"
    assert record.heads == ("b", "c")


def test_what_each_added_to_a_list_stands_together() -> None:
    first = change("a", at_us=1, sources=["s1"])
    one, other = (
        change("b", "a", at_us=2, sources=["s1", "s2"]),
        change("c", "a", at_us=3, sources=["s1", "s3"]),
    )
    both = folded(first, one, other)
    assert both.conflicts == ()
    assert both.fields["sources"] == ["s1", "s2", "s3"]
    again = (
        change("d", "b", "c", at_us=4, sources=["s1", "s2", "s3", "s4"]),
        change("e", "b", "c", at_us=5, sources=["s1", "s2", "s3", "s5"]),
    )
    third = folded(first, one, other, *again)
    assert third.conflicts == ()
    assert third.fields["sources"] == ["s1", "s2", "s3", "s4", "s5"]


def test_what_one_took_from_a_list_and_another_kept_is_a_conflict() -> None:
    record = folded(
        change("a", at_us=1, sources=["s1", "s2"]),
        change("b", "a", at_us=2, sources=["s1"]),
        change("c", "a", at_us=3, sources=["s1", "s2", "s3"]),
    )
    (conflict,) = record.conflicts
    assert [c.value for c in conflict.candidates] == [["s1"], ["s1", "s2", "s3"]]
    # And what only one of those who added knew to have been there was not taken out by the other.
    unknown = folded(
        change("a", at_us=1, sources=["s1"]),
        change("b", "a", at_us=2, sources=["s1", "s2"]),
        change("c", "a", at_us=3, sources=["s3"]),
    )
    assert len(unknown.conflicts) == 1


def test_who_may_see_a_record_is_what_the_more_careful_says_until_it_is_decided() -> None:
    made = change("a", at_us=1, visibility="public")
    narrowed = change("b", "a", at_us=2, visibility="internal")
    opened = change("c", "a", at_us=3, visibility="partner")
    record = folded(made, narrowed, opened)
    assert record.fields["visibility"] == "internal"
    (conflict,) = record.conflicts
    assert [c.value for c in conflict.candidates] == ["partner", "internal"]
    decided = change("d", "b", "c", at_us=4, visibility="partner")
    assert folded(made, narrowed, opened, decided).fields["visibility"] == "partner"


def test_equal_writes_are_no_conflict() -> None:
    record = folded(
        change("a", at_us=1, lang="en"),
        change("b", "a", at_us=2, lang="az"),
        change("c", "a", at_us=3, lang="az"),
    )
    assert record.conflicts == ()


def test_a_change_that_knows_both_settles_a_conflict() -> None:
    record = folded(
        change("a", at_us=1, lang="en"),
        change("b", "a", at_us=2, lang="az"),
        change("c", "a", at_us=3, lang="ru"),
        change("d", "b", "c", at_us=4, lang="az"),
    )
    assert record.conflicts == ()
    assert record.fields["lang"] == "az"


def test_equal_times_are_decided_by_id() -> None:
    record = folded(change("b", at_us=1, lang="az"), change("a", at_us=1, lang="en"))
    assert record.fields["lang"] == "az"


def test_retraction_and_its_return() -> None:
    made, out = change("a", at_us=1, lang="en"), change("b", "a", at_us=2, op="retract")
    assert folded(made, out).is_retracted
    assert folded(made, out).fields == {"lang": "en"}
    back = change("c", "b", at_us=3, op="restore")
    assert not folded(made, out, back).is_retracted


def test_one_takes_out_while_another_brings_back_is_a_conflict() -> None:
    record = folded(
        change("a", at_us=1),
        change("b", "a", at_us=2, op="retract"),
        change("c", "b", at_us=3, op="restore"),
        change("d", "b", at_us=4, op="retract"),
    )
    assert [conflict.field for conflict in record.conflicts] == [RETRACTION]
    assert record.is_retracted


def test_a_withdrawal_stands_against_everything_before_beside_and_after_it() -> None:
    record = folded(
        change("a", at_us=1, names=["x"]),
        change("w", "a", at_us=2, op="withdraw", party_kind="individual"),
        change("b", "a", at_us=3, names=["y"], gender="f"),
        change("c", "w", at_us=4, names=["z"]),
        change("d", "c", at_us=5, op="retract"),
    )
    assert record.fields == {"party_kind": "individual"}
    assert record.conflicts == ()
    assert record.withdrawn_at_us == 2
    assert record.is_withdrawn
    assert not record.is_retracted


def test_notes_of_erasure_say_nothing_of_the_record() -> None:
    made = change("a", at_us=1, lang="en")
    assert folded(made, change("n", at_us=9, op="erase", bodies=[])) == folded(made)


def test_a_forged_circle_makes_no_write_vanish() -> None:
    record = folded(change("a", "b", at_us=1, lang="en"), change("b", "a", at_us=2, lang="az"))
    assert record.fields["lang"] == "az"


def test_what_a_change_knew_of_and_what_stands() -> None:
    changes = [
        change("a", at_us=1, lang="en"),
        change("b", "a", at_us=2, topics=[]),
        change("c", "a", at_us=3, lang="az"),
        change("d", "b", at_us=4, lang="ru"),
    ]
    assert [c.change_id for c in known_to("d", changes)] == ["a", "b"]
    assert known_to("nobody", changes) == ()
    assert [c.change_id for c in latest_writes("lang", changes)] == ["c", "d"]


def test_of_two_versions_the_one_that_tells_less_is_taken() -> None:
    whole = change("a", at_us=1, lang="Aysel")
    erased = Change(
        **{
            **{n: getattr(whole, n) for n in Change.__dataclass_fields__},
            "fields": {"lang": "[withdrawn]"},
            "erased_for": ("w",),
        }
    )
    assert more_erased(whole, erased) is erased
    assert more_erased(erased, whole) is erased
    assert folded(whole, erased).fields == {"lang": "[withdrawn]"}


def test_the_version_that_was_erased_for_more_people_tells_less() -> None:
    twice = dataclasses.replace(change("a", at_us=1, lang="-"), erased_for=("v", "w"))
    marked = dataclasses.replace(
        change("a", at_us=1, lang="[withdrawn] [withdrawn]"), erased_for=("w",)
    )
    plain = dataclasses.replace(change("a", at_us=1, lang="wrote"), erased_for=("w",))
    assert more_erased(twice, marked) is twice
    assert more_erased(marked, twice) is twice
    assert more_erased(plain, marked) is marked
    assert more_erased(marked, plain) is marked


def test_of_two_withdrawals_the_first_dates_the_tombstone() -> None:
    record = folded(
        change("w", at_us=2, op="withdraw", party_kind="individual"),
        change("x", at_us=3, op="withdraw", party_kind="group"),
    )
    assert record.withdrawn_at_us == 2
    assert record.fields == {"party_kind": "individual"}


@given(st.data())
def test_json_carries_a_change_unaltered(data: st.DataObject) -> None:
    one = data.draw(histories()).pop()
    assert change_from_json(change_to_json(one)) == one


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {"change_id": 1},
        {"op": "merge"},
        {"parents": "a"},
        {"at_us": True},
        {"fields": []},
        {"erased_for": [1]},
        {"why": None},
    ],
)
def test_what_is_no_change_is_refused(broken: Any) -> None:
    raw: Any = change_to_json(change("a", at_us=1, lang="en"))
    if isinstance(broken, dict):
        raw |= broken
    else:
        raw = broken
    with pytest.raises(MalformedChangeError):
        change_from_json(raw)


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    """Histories as laptops make them: each change knows some set of heads."""
    changes: list[Change] = []
    for number in range(draw(st.integers(1, 9))):
        known = draw(st.lists(st.sampled_from(changes), max_size=3)) if changes else []
        op = draw(st.sampled_from(["put"] * 6 + ["retract", "restore"])) if number else "put"
        names = st.sampled_from(["lang", "topics", "public_id"])
        fields = draw(st.dictionaries(names, st.integers(0, 3), max_size=2)) if op == "put" else {}
        changes.append(
            change(
                f"{draw(st.sampled_from('abc'))}{number}",
                *sorted({c.change_id for c in known}),
                at_us=max([number // 2, *(c.at_us + 1 for c in known)]),
                op=op,
                **fields,
            )
        )
    return changes


@given(histories(), st.randoms(use_true_random=False))
def test_order_partition_and_repetition_change_nothing(
    changes: list[Change], chance: random.Random
) -> None:
    expected = fold(changes)
    shuffled = [*changes, *chance.choices(changes, k=len(changes))]
    chance.shuffle(shuffled)
    assert fold(shuffled) == expected


@given(histories())
def test_no_write_is_lost_unless_a_later_one_knew_of_it(changes: list[Change]) -> None:
    record = folded(*changes)
    for name in {name for c in changes for name in c.writes()}:
        standing = latest_writes(name, changes)
        assert standing, "some write always stands"
        values = {c.writes()[name] for c in standing}
        listed = {
            c.value
            for conflict in record.conflicts
            if conflict.field == name
            for c in conflict.candidates
        }
        assert values == (listed or values)
        assert len(values) == 1 or listed == values
        for c in changes:
            if name in c.writes() and c not in standing:
                assert any(
                    c in known_to(s.change_id, changes) for s in changes if name in s.writes()
                )


@given(histories())
def test_the_heads_are_what_nobody_knows_of(changes: list[Change]) -> None:
    known = {p.change_id for c in changes for p in known_to(c.change_id, changes)}
    assert set(folded(*changes).heads) == {c.change_id for c in changes} - known
