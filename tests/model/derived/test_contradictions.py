"""Numbers that disagree stand side by side; numbers that agree are left alone."""

from __future__ import annotations

import datetime as dt

from tests.model.sample import rid, sample_dossier
from undersight.model.derived.contradictions import Contradiction, contradictions
from undersight.model.dossier import Dossier, Masthead
from undersight.model.parts import Quantity
from undersight.model.records import Act, Claim, Involvement, Party, Record


def found_in(*records: Record) -> tuple[Contradiction, ...]:
    return contradictions(
        Dossier(
            masthead=Masthead(title={"en": "Log"}),
            records=records,
            as_of=dt.date(2031, 12, 1),
            audience="public",
        )
    )


def act_with(*quantities: Quantity) -> Act:
    return Act(record_id="a", incident="in", quantities=quantities)


def test_sample() -> None:
    found = {(c.kind, c.what): c for c in contradictions(sample_dossier())}
    assert set(found) == {
        ("own_list", "people_warned"),
        ("reports", "accounts"),
        ("claims", "removed.accounts"),
    }
    assert [v.value for v in found["own_list", "people_warned"].values] == [8, 6]
    both = found["reports", "accounts"]
    assert {v.value: v.source for v in both.values} == {
        589: rid("s-report-a"),
        612: rid("s-report-b"),
    }
    assert set(both.inputs) == {rid("td1"), rid("td2")}


def test_rounded_numbers_and_ranges_that_touch_agree() -> None:
    q = Quantity
    assert found_in(act_with(q(what="comments", amount=500, is_rounded=True),
                             q(what="comments", amount=549))) == ()  # fmt: skip
    assert found_in(act_with(q(what="comments", amount=500, amount_max=600),
                             q(what="comments", amount=549))) == ()  # fmt: skip
    assert found_in(act_with(q(what="views", amount=10, unit="items"),
                             q(what="views", amount=20, unit="percent"))) == ()  # fmt: skip


def test_two_numbers_of_one_thing() -> None:
    found = found_in(
        act_with(Quantity(what="comments", amount=500), Quantity(what="comments", amount=549))
    )
    assert [(c.kind, c.what) for c in found] == [("quantities", "comments")]


def test_fewer_than_the_people_recorded() -> None:
    people = [
        record
        for i in range(3)
        for record in (
            Party(record_id=f"p{i}"),
            Involvement(record_id=f"i{i}", act="a", party=f"p{i}"),
        )
    ]
    two = act_with(Quantity(what="people_detained", amount=2))
    assert [c.kind for c in found_in(two, *people)] == ["people"]
    four = act_with(Quantity(what="people_detained", amount=4))
    assert found_in(four, *people) == ()


def test_claims_taken_back_contradict_nothing() -> None:
    def claim(name: str, value: int, status: str = "accepted") -> Claim:
        return Claim(record_id=name, about="a", field="n", value=value, status=status)

    assert [c.kind for c in found_in(claim("c1", 1), claim("c2", 2))] == ["claims"]
    assert found_in(claim("c1", 1), claim("c2", 2, "withdrawn")) == ()
    assert found_in(claim("c1", 1), claim("c2", 1)) == ()
