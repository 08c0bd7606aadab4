"""The board and its deadlines."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.model.sample import rid, sample_dossier
from undersight.model.derived.board import _longest_first, board, quiet
from undersight.model.derived.custody import Custody
from undersight.model.derived.deadlines import deadline_rules, deadlines_of, open_deadlines
from undersight.model.derived.stays import Certainty
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import CaseStep, Deadline, Notice
from undersight.model.records import PlatformCase
from undersight.model.vocabulary import vocabulary

day = FuzzyDate.parse


def case(**fields: object) -> PlatformCase:
    given = {"platform": "facebook", "case_kind": "suspension", **fields}
    return PlatformCase(record_id="c", **given)  # type: ignore[arg-type]


def test_sample_board() -> None:
    found = board(sample_dossier("internal"))
    assert [c.party for c in found.inside] == [rid("ressa")]
    assert found.due_out == ()
    assert [(h.party, h.at[0]) for h in found.hearings] == [(rid("tarvin"), dt.date(2031, 12, 9))]
    assert [(d.earliest, d.is_computed) for d in found.deadlines] == [
        (dt.date(2031, 11, 25), False),
        (dt.date(2032, 5, 4), False),
    ]
    assert rid("in4") not in {q.incident for q in found.quiet}
    assert rid("in8") in {q.incident for q in found.quiet}


def test_longest_silence_first() -> None:
    rows = quiet(sample_dossier(), 30)
    assert list(rows) == sorted(rows, key=lambda q: (-(q.n_days or 10**6), q.incident))
    assert all((q.n_days or 0) > 30 for q in rows)


def test_due_out_within_the_horizon() -> None:
    far = board(sample_dossier(), n_days_ahead=500)
    assert [c.party for c in far.due_out] == [rid("ressa")]


def test_rules_are_whole() -> None:
    platforms, kinds = vocabulary("platform"), vocabulary("case_kind")
    for rule in deadline_rules().values():
        assert rule.basis
        assert rule.certainty
        assert rule.amount > 0
        assert rule.counts_from in ("notice", "step", "by_hand")
        assert set(rule.platforms) <= set(platforms.terms)
        assert set(rule.case_kinds) <= set(kinds.terms)


def test_suspension_counts_from_the_notice() -> None:
    found = deadlines_of(case(notice=Notice(received_on=day("2031-01-01/2031-01-03"))))
    assert [(d.rule, d.earliest, d.latest) for d in found] == [
        ("meta-suspension-review", dt.date(2031, 6, 30), dt.date(2031, 7, 2))
    ]
    assert found[0].is_computed
    assert found[0].basis


def test_a_recorded_deadline_stands_before_the_rule() -> None:
    recorded = Deadline(rule="meta-suspension-review", due=day("2031-05-01"))
    found = deadlines_of(case(notice=Notice(received_on=day("2031-01-01")), deadlines=(recorded,)))
    assert [(d.is_computed, d.earliest) for d in found] == [(False, dt.date(2031, 5, 1))]
    assert found[0].basis == deadline_rules()["meta-suspension-review"].basis


@pytest.mark.parametrize(("jurisdiction", "n"), [("DE", 2), ("QV", 1), ("", 1)])
def test_rules_of_the_union_hold_in_the_union(jurisdiction: str, n: int) -> None:
    given = case(notice=Notice(received_on=day("2031-01-01")))
    assert len(deadlines_of(given, jurisdiction=jurisdiction)) == n


def test_a_rule_does_not_reach_back_before_it_was_in_force() -> None:
    early = case(notice=Notice(received_on=day("2020-01-01")))
    assert {d.rule for d in deadlines_of(early, jurisdiction="DE")} == {"meta-suspension-review"}


def test_a_dispute_body_counts_from_the_message_to_it() -> None:
    asked = CaseStep(at=day("2031-03-01"), channel="ods_body")
    answered = CaseStep(at=day("2031-02-01"), channel="ods_body", is_from_platform=True)
    found = deadlines_of(case(steps=(answered, asked)), jurisdiction="DE")
    assert [(d.rule, d.earliest) for d in found] == [
        ("dsa-dispute-body-decision", dt.date(2031, 5, 30))
    ]


def test_cases_over_and_deadlines_met_are_not_open() -> None:
    cases = {d.case for d in open_deadlines(sample_dossier())}
    assert cases == {rid("pc1")}


def test_those_possibly_held_stand_behind_the_latest_taken_first() -> None:
    def held(certainty: Certainty, n_days_max: int | None) -> Custody:
        return Custody(
            party=f"{certainty}-{n_days_max}", spells=(), terms=(), n_days_min=0,
            n_days_max=n_days_max, held=certainty, due=None, overdue="no",
        )  # fmt: skip

    found = [
        held("possible", None), held("possible", 5000), held("certain", 10),
        held("possible", 3), held("certain", 400),
    ]  # fmt: skip
    order = [one.party for one in sorted(found, key=_longest_first)]
    assert order == ["certain-400", "certain-10", "possible-3", "possible-5000", "possible-None"]
