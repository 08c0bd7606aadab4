"""Repetition and escalation: named people and accounts only, order only where dates allow."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.sample import rid, sample_dossier
from undersight.model.derived.repeat import (
    RUNGS,
    Ladder,
    Series,
    all_series,
    ladder_of,
    series_of,
)
from undersight.model.dossier import Dossier, Masthead
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import Sentence
from undersight.model.records import Account, Act, Incident, Involvement, Party, Record

TYPES = ("questioning", "official_warning", "charge", "arrest", "hijack_page", "other")


def dossier_of(*records: Record, kind: str = "individual") -> Dossier:
    return Dossier(
        masthead=Masthead(title={"en": "Log"}),
        records=(Party(record_id="p", party_kind=kind), *records),
        as_of=dt.date(2031, 12, 1),
        audience="public",
    )


def acts_on(*rows: tuple[str, str], incident: str = "") -> list[Record]:
    records: list[Record] = []
    for i, (act_type, start) in enumerate(rows):
        name, entry = f"a{i}", incident or f"in{i}"
        when = FuzzyDate.parse(start) if start else None
        records += [
            Incident(record_id=entry),
            Act(record_id=name, incident=entry, act_type=act_type, start=when),
            Involvement(record_id=f"i{i}", act=name, party="p"),
        ]
    return records


def climb(*rows: tuple[str, str]) -> Ladder | None:
    return ladder_of(series_of(dossier_of(*acts_on(*rows)), "p"))


def test_sample_climbs_from_questioning_to_an_attack() -> None:
    tarvin = ladder_of(series_of(sample_dossier(), rid("tarvin")))
    assert tarvin is not None
    assert [s.rung for s in tarvin.steps] == ["questioning", "custody", "attack"]
    assert tarvin.is_order_certain


@pytest.mark.parametrize(
    ("kind", "rung"),
    [("prison", "custody"), ("administrative_detention", "custody"), ("fine", "charge"),
     ("suspended", "charge"), ("", "charge")],
)  # fmt: skip
def test_a_verdict_is_custody_where_it_put_somebody_there(kind: str, rung: str) -> None:
    penalties = (Sentence(kind=kind, amount=30, unit="days"),) if kind else ()
    records = acts_on(("questioning", "2031-05-01"))
    records += [
        Act(record_id="s", incident="in0", act_type="sentence", start=FuzzyDate.parse("2031-06")),
        Involvement(record_id="is", act="s", party="p", sentences=penalties),
    ]
    found = ladder_of(series_of(dossier_of(*records), "p"))
    assert found is not None
    assert [step.rung for step in found.steps] == ["questioning", rung]


@pytest.mark.parametrize("attempt", ["attempted", "unknown", "threatened"])
def test_what_was_only_tried_or_feared_is_no_step(attempt: str) -> None:
    records = acts_on(("questioning", "2031-05-01"))
    when = FuzzyDate.parse("2031-06-01")
    records += [
        Act(record_id="s", incident="in0", act_type="arrest", start=when, attempt=attempt),
        Involvement(record_id="is", act="s", party="p"),
    ]
    assert ladder_of(series_of(dossier_of(*records), "p")) is None


def test_sample_repeats() -> None:
    people = {s.subject: s.incidents for s in all_series(sample_dossier())}
    assert [one for one, found in people.items() if len(found) > 1] == [rid("tarvin")]
    assert people[rid("tarvin")] == (rid("in1"), rid("in4"))


def test_two_acts_of_one_entry_are_no_repetition() -> None:
    records = acts_on(("questioning", "2031-05-01"), ("charge", "2031-05-03"), incident="in")
    assert series_of(dossier_of(*records), "p").incidents == ("in",)


def test_unnamed_groups_are_never_the_same_people() -> None:
    records = acts_on(("questioning", "2031-05-01"), ("charge", "2031-06-03"))
    assert series_of(dossier_of(*records, kind="group"), "p").n_acts == 0
    assert len(series_of(dossier_of(*records), "p").incidents) == 2


def test_only_what_grows_graver_is_a_step() -> None:
    found = climb(
        ("questioning", "2031-01-01"),
        ("questioning", "2031-02-01"),
        ("arrest", "2031-03-01"),
        ("official_warning", "2031-04-01"),
    )
    assert found is not None
    assert [s.rung for s in found.steps] == ["questioning", "custody"]
    assert climb(("arrest", "2031-01-01"), ("questioning", "2031-02-01")) is None
    assert climb(("questioning", "2031-01-01"), ("other", "2031-02-01")) is None


def test_order_is_not_certain_where_dates_overlap() -> None:
    found = climb(("questioning", "2031-03"), ("arrest", "2031-03-20"))
    assert found is not None
    assert not found.is_order_certain


def test_undated_acts_are_in_no_climb() -> None:
    assert climb(("questioning", ""), ("arrest", "2031-03-20")) is None


def test_an_attack_on_an_own_account_is_against_its_owner() -> None:
    hijack = Act(record_id="h", incident="x", act_type="hijack_page", target_accounts=("page",),
                 start=FuzzyDate.parse("2031-08"))  # fmt: skip
    account = Account(record_id="page", owner="p")
    records = [*acts_on(("arrest", "2031-05-01")), hijack, account, Incident(record_id="x")]
    found = series_of(dossier_of(*records), "p")
    assert [o.act_type for o in found.occurrences] == ["arrest", "hijack_page"]


def test_access_given_back_is_no_attack() -> None:
    acts = [
        Act(record_id=f"a{i}", incident="x", act_type=t, target_accounts=("page",))
        for i, t in enumerate(("hijack_page", "account_restored"))
    ]
    found = series_of(dossier_of(*acts, Account(record_id="page", owner="p")), "p")
    assert found.inputs == ("a0",)


DATES = st.sampled_from(["2031-01-01", "2031-03", "2031", "2031-06-01~", ""])


@given(st.lists(st.tuples(st.sampled_from(TYPES), DATES), max_size=7))
def test_a_ladder_rises_in_time(rows: Any) -> None:
    series: Series = series_of(dossier_of(*acts_on(*rows)), "p")
    found = ladder_of(series)
    if found is None:
        return
    grades = [RUNGS.index(s.rung) for s in found.steps]
    assert grades == sorted(set(grades))
    assert set(found.inputs) <= set(series.inputs)
