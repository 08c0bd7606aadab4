"""Days held over fuzzy dates: edges kept, overlaps merged, terms and releases found."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.sample import rid, sample_dossier
from undersight.model.derived.board import board
from undersight.model.derived.custody import (
    Custody,
    all_custody,
    custody,
    days_held,
    due_out,
    overdue,
)
from undersight.model.derived.stays import Spell
from undersight.model.derived.term import end_of
from undersight.model.dossier import Dossier, Masthead
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import Sentence
from undersight.model.records import Act, Incident, Involvement, Party, Proceeding, Record

AS_OF = dt.date(2031, 12, 1)
day = FuzzyDate.parse


def dossier_of(*records: Record, as_of: dt.date = AS_OF) -> Dossier:
    base = (Party(record_id="p"), Incident(record_id="in", first_published=day("2031-05-20")))
    return Dossier(
        masthead=Masthead(title={"en": "Log"}),
        records=(*base, *records),
        as_of=as_of,
        audience="public",
    )


def stay(name: str, act_type: str, start: str, end: str = "", **fields: Any) -> tuple[Record, ...]:
    act = Act(
        record_id=name,
        incident=fields.pop("incident", "in"),
        act_type=act_type,
        start=day(start) if start else None,
        end=day(end) if end else None,
        attempt=fields.pop("attempt", "completed"),
    )
    return act, Involvement(record_id=f"i-{name}", act=name, party="p", **fields)


def of(*stays: tuple[Record, ...], as_of: dt.date = AS_OF) -> Custody:
    found = custody(dossier_of(*(r for s in stays for r in s), as_of=as_of), "p")
    assert found is not None
    return found


def days(*stays: tuple[Record, ...]) -> tuple[int, int | None]:
    found = of(*stays)
    return found.n_days_min, found.n_days_max


def test_exact_days() -> None:
    assert days(stay("a", "detention", "2031-05-04", "2031-05-06")) == (2, 2)
    assert days(stay("a", "detention", "2031-05-04", "2031-05-04")) == (0, 0)


def test_who_is_to_be_taken_in_was_not_held_yet() -> None:
    announced = stay("a", "arrest", "2032-02-01", status="detained_held")
    assert custody(dossier_of(*announced), "p") is None
    begun = stay("a", "arrest", "2031-11-01", "2031-11-04")
    assert days(begun, stay("b", "arrest", "2032-02-01")) == (3, 3)


@pytest.mark.parametrize("status", ["", "detained_held"])
def test_an_end_on_or_after_a_day_keeps_nobody_certainly_in(status: str) -> None:
    found = of(stay("a", "arrest", "2031-05-01", "2031-06-10/..", status=status))
    assert (found.n_days_min, found.n_days_max, found.held) == (40, 214, "possible")


def test_a_release_without_a_day_is_a_release() -> None:
    arrest = stay("a", "arrest", "2031-05-01", status="detained_held")
    found = of(arrest, stay("b", "release", ""))
    assert (found.held, found.n_days_min, found.n_days_max) == ("no", 0, 214)
    assert of(arrest, stay("b", "release", "", attempt="unknown")).held == "certain"
    assert of(arrest, stay("b", "release", "", incident="other")).held == "certain"


def test_a_month_gives_a_range() -> None:
    assert days(stay("a", "arrest", "2031-05", "2031-06-10")) == (10, 40)
    assert days(stay("a", "arrest", "2031-05", "2031-05")) == (0, 30)


def test_overlaps_count_once() -> None:
    first = stay("a", "detention", "2031-05-04", "2031-05-10")
    second = stay("b", "arrest", "2031-05-08", "2031-05-12")
    assert days(first, second) == (8, 8)


def test_throughout_range_is_a_stay() -> None:
    act = Act(record_id="a", incident="in", act_type="detention",
              start=day("2031-05-04/2031-05-09", reading="throughout"))  # fmt: skip
    part = Involvement(record_id="i", act="a", party="p")
    assert days((act, part)) == (5, 5)


def test_held_counts_to_the_day_of_the_snapshot() -> None:
    found = of(stay("a", "arrest", "2031-11-01", status="detained_held"))
    assert (found.n_days_min, found.n_days_max, found.held) == (30, 30, "certain")
    assert found.spells[0].end_basis == "held"


def test_no_news_of_release_is_possible_only() -> None:
    found = of(stay("a", "detention", "2031-11-01"))
    assert (found.n_days_min, found.n_days_max, found.held) == (0, 30, "possible")
    assert found.spells[0].end_basis == "unknown"


def test_an_end_before_the_beginning_is_a_slip_and_lets_nobody_out() -> None:
    found = of(stay("a", "arrest", "2031-11-10", "2030-11-20"))
    assert (found.held, found.n_days_min) == ("possible", 0)
    held = of(stay("a", "arrest", "2031-11-10", "2030-11-20", status="detained_held"))
    assert held.held == "certain"
    same_day = of(stay("a", "arrest", "2031-11-10", "2031-11-10"))
    assert same_day.held == "no"


@pytest.mark.parametrize("as_of", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar_are_days_like_others(as_of: dt.date) -> None:
    dossier = dossier_of(*stay("a", "arrest", "2031-11-10"), as_of=as_of)
    assert due_out(dossier, 30) == ()
    assert board(dossier, n_days_ahead=10**9, n_days_quiet=90).day == as_of


def test_release_ends_the_stay() -> None:
    found = of(
        stay("a", "arrest", "2031-05-04", status="detained_held"),
        stay("r", "release", "2031-06"),
    )
    assert (found.n_days_min, found.n_days_max, found.held) == (28, 57, "no")
    assert found.spells[0].end_basis == "release"
    assert "r" in found.inputs or "i-r" in found.inputs


def test_a_release_in_another_entry_ends_the_stay() -> None:
    arrest = stay("a", "arrest", "2031-05-04", status="detained_held")
    found = of(arrest, stay("r", "release", "2031-06-03", incident="in2"))
    assert (found.n_days_min, found.n_days_max, found.held) == (30, 30, "no")
    assert found.spells[0].end_basis == "release"
    assert {"a", "i-r"} <= set(found.inputs)


def test_an_unclear_stay_ended_at_the_latest_with_a_release_in_another_entry() -> None:
    found = of(
        stay("a", "detention", "2031-05-04"),
        stay("r", "release", "2031-06-03", incident="in2"),
    )
    assert (found.n_days_min, found.n_days_max, found.held) == (0, 30, "no")


@pytest.mark.parametrize(
    ("act_type", "fields"),
    [
        ("trial", {"status": "released_pending", "status_since": day("2031-06-03")}),
        ("other", {"status": "dead", "status_since": day("2031-06-03")}),
        ("house_arrest", {}),
    ],
)
def test_another_entry_may_tell_in_other_ways_that_somebody_is_out(
    act_type: str, fields: dict[str, Any]
) -> None:
    arrest = stay("a", "arrest", "2031-05-04", status="detained_held")
    found = of(arrest, stay("b", act_type, "2031-06-03", incident="in2", **fields))
    assert (found.held, found.spells[0].end) == ("no", (dt.date(2031, 6, 3), dt.date(2031, 6, 3)))


@pytest.mark.parametrize("incident", ["in", "in2"])
@pytest.mark.parametrize(
    ("act_type", "fields"),
    [
        ("acquittal", {"status": "acquitted"}),
        ("charge_dropped", {"status": "case_dropped"}),
        ("sentence", {"status": "released_served"}),
        ("death_in_custody", {}),
        ("killing", {"status": "dead"}),
        ("deportation", {}),
    ],
)
def test_a_verdict_a_death_or_a_deportation_ends_a_stay_on_its_day(
    act_type: str, fields: dict[str, Any], incident: str
) -> None:
    arrest = stay("a", "arrest", "2031-05-04", status="detained_held")
    found = of(arrest, stay("b", act_type, "2031-06-03", incident=incident, **fields))
    assert (found.held, found.n_days_min, found.n_days_max) == ("no", 30, 30)


def test_a_trial_that_goes_on_ends_a_stay_where_it_ended() -> None:
    arrest = stay("a", "arrest", "2031-05-04", status="detained_held")
    running = stay("b", "trial", "2031-06-03", incident="in2", status="acquitted")
    over = stay("b", "trial", "2031-06-03", "2031-07-03", incident="in2", status="acquitted")
    assert of(arrest, running).held == "certain"
    assert (of(arrest, over).held, of(arrest, over).n_days_max) == ("no", 60)


@pytest.mark.parametrize("incident", ["in", "in2"])
@pytest.mark.parametrize(
    ("act_type", "fields"),
    [
        ("acquittal", {}),
        ("charge_dropped", {}),
        ("sentence", {"status": "convicted", "sentences": (Sentence(kind="suspended"),)}),
        ("sentence", {"sentences": (Sentence(kind="prison", is_suspended=True),)}),
        ("sentence", {"sentences": (Sentence(kind="fine"), Sentence(kind="ban"))}),
    ],
)
def test_after_a_verdict_that_keeps_nobody_in_it_is_not_known(
    act_type: str, fields: dict[str, Any], incident: str
) -> None:
    arrest = stay("a", "arrest", "2031-05-04", status="detained_held")
    verdict = stay("b", act_type, "2031-06-03", incident=incident, **fields)
    found = of(arrest, verdict)
    assert (found.held, found.n_days_min) == ("possible", 30)
    # before the verdict it was certain, and a prison term leaves it so
    assert found.spells[0].on(dt.date(2031, 6, 1)) == "certain"
    prison = stay("b", "sentence", "2031-06-03", incident=incident,
                  sentences=(Sentence(kind="prison"), Sentence(kind="fine")))  # fmt: skip
    assert of(arrest, prison).held == "certain"
    earlier = stay("b", act_type, "2031-05-04", incident=incident, **fields)
    assert of(arrest, earlier).held == "certain"


@pytest.mark.parametrize(
    "status", ["questioned_released", "released", "acquitted", "dead", "released_early"]
)
def test_who_is_said_to_be_out_is_not_inside_though_nobody_knows_since_when(status: str) -> None:
    unpublished = stay("a", "detention", "2031-05-04", incident="in2", status=status)
    found = of(unpublished)
    assert (found.held, found.overdue, found.n_days_min) == ("no", "no", 0)
    assert found.spells[0].on(dt.date(2031, 5, 20)) == "possible"


def months(n: float, kind: str = "pretrial_detention") -> tuple[Sentence, ...]:
    return (Sentence(kind=kind, amount=n, unit="months"),)


@pytest.mark.parametrize("incident", ["in", "in2"])
def test_a_longer_remand_counts_from_the_end_of_the_last(incident: str) -> None:
    arrest = stay("a", "arrest", "2031-05-04", status="detained_held", sentences=months(2))
    longer = stay("b", "pretrial_extension", "2031-07-01", incident=incident, sentences=months(3))
    assert of(arrest, longer).due == (dt.date(2031, 10, 4), dt.date(2031, 10, 4))
    again = stay("c", "pretrial_extension", "2031-10-02", incident=incident, sentences=months(1))
    assert of(arrest, longer, again).due == (dt.date(2031, 11, 4), dt.date(2031, 11, 4))
    # a ruling between the two is missing in the record: from the day of this one
    late = stay("b", "pretrial_extension", "2031-09-01", incident=incident, sentences=months(3))
    assert of(arrest, late).due == (dt.date(2031, 12, 1), dt.date(2031, 12, 1))


@pytest.mark.parametrize("incident", ["in", "in2"])
def test_what_an_appeal_put_in_the_place_of_a_term_replaces_it(incident: str) -> None:
    arrest = stay("a", "arrest", "2031-05-04", status="detained_held")
    verdict = stay("b", "sentence", "2031-07-01", sentences=months(84, "prison"))
    shorter = stay("c", "appeal_decision", "2031-08-01", incident=incident,
                   sentences=months(48, "prison"))  # fmt: skip
    assert of(arrest, verdict, shorter).due == (dt.date(2035, 5, 4),) * 2
    last = stay("d", "appeal_decision", "2031-10-01", incident=incident,
                sentences=months(36, "prison"))  # fmt: skip
    assert of(arrest, verdict, shorter, last).due == (dt.date(2034, 5, 4),) * 2
    freed = stay("c", "appeal_decision", "2031-08-01", incident=incident,
                 sentences=months(36, "suspended"))  # fmt: skip
    assert (of(arrest, verdict, freed).due, of(arrest, verdict, freed).held) == (None, "possible")
    added = stay("c", "appeal_decision", "2031-08-01", incident=incident,
                 sentences=months(36, "ban"))  # fmt: skip
    assert of(arrest, verdict, added).due == (dt.date(2038, 5, 4),) * 2


def test_who_is_let_out_today_is_out_and_who_is_let_out_tomorrow_is_in() -> None:
    arrest = stay("a", "arrest", "2031-05-04", status="detained_held")
    release = stay("b", "release", "2031-06-03")
    assert of(arrest, release, as_of=dt.date(2031, 6, 3)).held == "no"
    assert of(arrest, release, as_of=dt.date(2031, 6, 2)).held == "certain"


@pytest.mark.parametrize(
    ("act_type", "start", "fields"),
    [
        ("release", "2031-05-03", {}),  # before
        ("release", "2031-05-04", {}),  # let out and taken again on one day
        ("release", "2031-05", {}),  # nobody knows whether before or after
        ("release", "", {}),
        ("release", "2031-06-03", {"attempt": "unknown"}),
        ("release", "2031-06-03", {"role": "witness"}),
        ("questioning", "2031-06-03", {"status": "questioned_released",
                                       "status_since": day("2031-06-03")}),
        ("trial", "2031-06-03", {"status": "released_pending"}),  # no day
    ],
)  # fmt: skip
def test_what_another_entry_leaves_open_lets_nobody_out(
    act_type: str, start: str, fields: dict[str, Any]
) -> None:
    arrest = stay("a", "arrest", "2031-05-04", status="detained_held")
    assert of(arrest, stay("b", act_type, start, incident="in2", **fields)).held == "certain"


def test_a_stay_at_home_is_not_ended_by_one_at_home() -> None:
    found = of(
        stay("a", "house_arrest", "2031-05-04", status="house_arrest"),
        stay("b", "house_arrest", "2031-06-03", incident="in2", status="house_arrest"),
    )
    assert {spell.end_basis for spell in found.spells} == {"held"}


def test_who_is_taken_again_after_a_release_is_inside() -> None:
    found = of(
        stay("a", "arrest", "2031-05-04", status="detained_held"),
        stay("r", "release", "2031-06-03", incident="in2"),
        stay("c", "arrest", "2031-11-01", incident="in3", status="detained_held"),
    )
    assert (found.n_days_min, found.n_days_max, found.held) == (60, 60, "certain")


def test_status_ends_the_stay() -> None:
    found = of(stay("a", "arrest", "2031-05-04", status="released_pending",
                    status_since=day("2031-05-09")))  # fmt: skip
    assert (found.n_days_min, found.n_days_max) == (5, 5)


def test_released_by_publication_at_the_latest() -> None:
    found = of(stay("a", "detention", "2031-05-04", status="questioned_released"))
    assert (found.n_days_min, found.n_days_max) == (0, 16)


def test_questioned_and_released_ends_no_other_stay() -> None:
    earlier = stay("q", "questioning", "2031-05-02", status="questioned_released",
                   status_since=day("2031-05-04"))  # fmt: skip
    found = of(earlier, stay("a", "arrest", "2031-05-04", status="detained_held"))
    assert found.held == "certain"


def test_served_term_gives_the_length() -> None:
    term = Sentence(kind="administrative_detention", amount=30, unit="days")
    found = of(stay("a", "administrative_detention", "2031-05", status="released_served",
                    sentences=(term,)))  # fmt: skip
    assert found.n_days_min == 30
    assert found.spells[0].end_basis == "term"
    assert found.n_days_max == 60


def test_tried_and_threatened_are_no_stay() -> None:
    for attempt in ("attempted", "threatened"):
        records = stay("a", "arrest", "2031-05-04", attempt=attempt)
        assert custody(dossier_of(*records), "p") is None


def test_unknown_whether_it_took_place_is_possible_only() -> None:
    records = stay("a", "arrest", "2031-05-04", "2031-05-09", attempt="unknown")
    assert days(records) == (0, 5)


def test_only_victims_are_held() -> None:
    records = stay("a", "arrest", "2031-05-04", role="official")
    assert custody(dossier_of(*records), "p") is None


def test_without_any_beginning_there_is_no_most() -> None:
    assert days(stay("a", "arrest", "", "2031-05-09")) == (0, None)


def test_home_is_told_apart() -> None:
    found = of(stay("a", "house_arrest", "2031-05-04", "2031-05-09"))
    assert (found.n_days_min, found.n_days_max, found.held) == (0, 0, "no")
    assert found.spells[0].is_at_home


def test_held_until_the_next_stay_began() -> None:
    first = stay("a", "detention", "2031-05-04", status="detained_held")
    second = stay("b", "arrest", "2031-05-08", "2031-05-10")
    assert days(first, second) == (6, 6)
    unsaid = stay("a", "detention", "2031-05-04")
    assert days(unsaid, second) == (2, 6)


def test_term_due_and_overdue() -> None:
    term = Sentence(kind="prison", amount=6, unit="months")
    held = stay("a", "arrest", "2031-05-04", status="detained_held")
    sentenced = stay("s", "sentence", "2031-06-01", status="detained_held", sentences=(term,))
    found = of(held, sentenced)
    assert found.due == (dt.date(2031, 11, 4), dt.date(2031, 11, 4))
    assert found.overdue == "certain"
    before = of(held, sentenced, as_of=dt.date(2031, 11, 1))
    assert before.overdue == "no"
    assert before.terms[0].from_basis == "custody"
    assert of(held, sentenced, as_of=dt.date(2031, 11, 4)).overdue == "no"
    assert of(held, sentenced, as_of=dt.date(2031, 11, 5)).overdue == "certain"


def test_who_may_still_be_within_the_term_is_not_overdue() -> None:
    days30 = Sentence(kind="administrative_detention", amount=30, unit="days")
    held = stay("a", "administrative_detention", "2031-10", status="detained_held",
                sentences=(days30,))  # fmt: skip
    found = of(held, as_of=dt.date(2031, 11, 15))
    assert found.due == (dt.date(2031, 10, 31), dt.date(2031, 11, 30))
    assert (found.held, found.overdue) == ("certain", "no")


def test_due_out_by_the_last_day_asked_for() -> None:
    days30 = Sentence(kind="administrative_detention", amount=30, unit="days")
    held = stay("a", "administrative_detention", "2031-11-11", status="detained_held",
                sentences=(days30,))  # fmt: skip
    dossier = dossier_of(*held)
    assert [c.due for c in due_out(dossier, 10)] == [(dt.date(2031, 12, 11),) * 2]
    assert due_out(dossier, 9) == ()


def test_nothing_after_the_snapshot_counts() -> None:
    found = of(stay("a", "detention", "2031-11-01", "2031-12-25"))
    assert (found.n_days_min, found.n_days_max, found.held) == (30, 30, "certain")


def test_a_served_term_of_what_may_not_have_been_is_no_certain_day() -> None:
    term = Sentence(kind="administrative_detention", amount=30, unit="days")
    found = of(stay("a", "administrative_detention", "2031-05", status="released_served",
                    attempt="unknown", sentences=(term,)))  # fmt: skip
    assert (found.n_days_min, found.n_days_max) == (0, 60)


def test_a_stated_end_stands_against_a_served_term() -> None:
    term = Sentence(kind="administrative_detention", amount=30, unit="days")
    found = of(stay("a", "administrative_detention", "2031-05-01", status="released_served",
                    status_since=day("2031-05-11"), sentences=(term,)))  # fmt: skip
    assert (found.n_days_min, found.n_days_max) == (10, 10)


def test_the_first_release_after_it_ends_a_stay_on_its_very_day_too() -> None:
    held = stay("a", "arrest", "2031-05-04", status="detained_held")
    later = stay("s", "release", "2031-06-03")
    assert of(held, stay("r", "release", "2031-05-10"), later).n_days_min == 6
    assert of(held, stay("r", "release", "2031-05-04"), later).n_days_max == 0


def test_a_release_takes_nobody_in() -> None:
    assert (
        custody(dossier_of(*stay("r", "release", "2031-05-04", status="house_arrest")), "p")
        is None
    )


def test_the_term_that_ends_last_and_of_this_stay_is_due() -> None:
    short = Sentence(kind="administrative_detention", amount=15, unit="days")
    years = Sentence(kind="prison", amount=1, unit="years")
    elsewhere = stay("b", "arrest", "2029-01-01", "2029-02-01", incident="in2",
                     sentences=(Sentence(kind="prison", amount=9, unit="years"),))  # fmt: skip
    held = stay("a", "arrest", "2031-11-20", status="detained_held", sentences=(years, short))
    assert of(elsewhere, held).due == (dt.date(2032, 11, 20),) * 2


def test_what_an_official_was_sentenced_to_is_no_term_of_a_victim() -> None:
    years = Sentence(kind="prison", amount=9, unit="years")
    held = stay("a", "arrest", "2031-11-20", status="detained_held")
    tried = stay("t", "trial", "2031-11-25", role="official", sentences=(years,))
    assert of(held, tried).terms == ()


def test_administrative_days_do_not_count_towards_prison() -> None:
    days30 = Sentence(kind="administrative_detention", amount=30, unit="days")
    found = of(
        stay("x", "detention", "2031-03-01", "2031-03-02"),
        stay("a", "administrative_detention", "2031-05-04", "2031-06-03", sentences=(days30,)),
    )
    assert found.terms[0].due == (dt.date(2031, 6, 3), dt.date(2031, 6, 3))


def test_appeal_replaces_the_term() -> None:
    held = stay("a", "arrest", "2031-01-01", status="detained_held")
    years3 = Sentence(kind="prison", amount=3, unit="years")
    years2 = Sentence(kind="prison", amount=2, unit="years")
    found = of(
        held,
        stay("s", "sentence", "2031-02-01", sentences=(years3,)),
        stay("t", "appeal_decision", "2031-06-01", sentences=(years2,)),
    )
    assert [t.sentence.amount for t in found.terms] == [2]


def test_a_term_pronounced_in_another_entry_counts_from_the_stay_it_fell_into() -> None:
    years3 = Sentence(kind="prison", amount=3, unit="years")
    sentence = stay("s", "sentence", "2031-06-01", incident="in2", sentences=(years3,))
    found = of(stay("a", "arrest", "2031-01-10", status="detained_held"), sentence)
    assert found.due == (dt.date(2034, 1, 10), dt.date(2034, 1, 10))
    assert of(stay("a", "detention", "2031-01-10"), sentence).due is None  # perhaps let out before
    over = of(stay("a", "detention", "2031-01-10", "2031-01-12"), sentence)
    assert over.due is None
    assert over.terms[0].due == (dt.date(2034, 6, 1), dt.date(2034, 6, 1))


def case_elsewhere(**sentence: Any) -> tuple[Record, ...]:
    told = Sentence(kind="prison", amount=2, unit="years", **sentence)
    return (Proceeding(record_id="c", incident="in2", party="p", sentences=(told,)),)


def test_a_case_kept_as_an_entry_of_its_own_is_due_out_too() -> None:
    """A monitor who keeps the trial in another entry than the arrest sees when it ends."""
    held = stay("a", "arrest", "2030-01-10", status="detained_held")
    told = case_elsewhere(pronounced_on=day("2030-06-01"))
    assert of(held, told).due == (dt.date(2032, 1, 10),) * 2
    assert of(held, told, as_of=dt.date(2032, 2, 1)).overdue == "certain"
    assert of(held, case_elsewhere(from_on=day("2030-06-01"))).due == (dt.date(2032, 6, 1),) * 2
    # before they were taken, or on no known day: of another stay, as far as is known
    assert of(held, case_elsewhere(pronounced_on=day("2029-06-01"))).due is None
    assert of(held, case_elsewhere()).due is None


def test_an_appeal_replaces_the_term_of_a_case_kept_elsewhere() -> None:
    held = stay("a", "arrest", "2030-01-10", status="detained_held")
    told = case_elsewhere(pronounced_on=day("2030-06-01"))
    shorter = (Sentence(kind="prison", amount=1, unit="years"),)
    appeal = stay("b", "appeal_decision", "2030-09-01", sentences=shorter)
    assert of(held, told, appeal).due == (dt.date(2031, 1, 10),) * 2
    before = stay("b", "appeal_decision", "2030-03-01", sentences=shorter)
    assert of(held, told, before).due == (dt.date(2032, 1, 10),) * 2


def test_suspended_and_by_the_person_are_no_terms() -> None:
    held = stay("a", "arrest", "2031-01-01", status="detained_held")
    suspended = Sentence(kind="prison", amount=1, unit="years", is_suspended=True)
    suit = Proceeding(record_id="c", incident="in", party="p", direction="by_victim",
                      sentences=(Sentence(kind="prison", amount=1, unit="years"),))  # fmt: skip
    assert (
        of(held, stay("s", "sentence", "2031-02-01", sentences=(suspended,)), (suit,)).due is None
    )


def test_a_proceeding_repeats_no_term() -> None:
    years = Sentence(kind="prison", amount=3, unit="years")
    case = Proceeding(record_id="c", incident="in", party="p", sentences=(years,))
    found = of(
        stay("a", "arrest", "2031-01-01", status="detained_held", sentences=(years,)), (case,)
    )
    assert len(found.terms) == 1
    assert len(of(stay("a", "arrest", "2031-01-01"), (case,)).terms) == 1


def test_life_has_no_end() -> None:
    life = Sentence(kind="life")
    short = Sentence(kind="prison", amount=1, unit="years")
    held = stay("a", "arrest", "2031-01-01", status="detained_held", sentences=(short, life))
    assert of(held).due is None


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        (dt.date(2031, 5, 4), 30, "days", dt.date(2031, 6, 3)),
        (dt.date(2031, 1, 31), 1, "months", dt.date(2031, 2, 28)),
        (dt.date(2032, 2, 29), 1, "years", dt.date(2033, 2, 28)),
        (dt.date(2031, 5, 4), 2, "weeks", dt.date(2031, 5, 18)),
        (dt.date(2031, 5, 4), 36, "hours", dt.date(2031, 5, 6)),
        (dt.date(2031, 5, 4), 1.5, "years", dt.date(2032, 11, 4)),
        (dt.date(2031, 5, 4), 5, "USD", None),
        (dt.date(2031, 5, 4), 99999, "years", None),
    ],
)
def test_end_of_term(start: dt.date, amount: float, unit: str, end: dt.date | None) -> None:
    assert end_of(start, amount, unit) == end


def test_sample() -> None:
    dossier = sample_dossier()
    by_party = {c.party: c for c in all_custody(dossier)}
    assert set(by_party) == {rid("tarvin"), rid("ressa")}
    tarvin = by_party[rid("tarvin")]
    assert (tarvin.n_days_min, tarvin.n_days_max, tarvin.held) == (30, 30, "no")
    assert tarvin.spells[0].on(dt.date(2031, 5, 20)) == "certain"
    ressa = by_party[rid("ressa")]
    assert ressa.held == "certain"
    assert ressa.due == (dt.date(2033, 3, 1), dt.date(2033, 3, 31))
    assert ressa.n_days_max is not None
    assert ressa.n_days_max - ressa.n_days_min == 30
    assert due_out(dossier, 30) == ()
    assert [c.party for c in due_out(dossier, 500)] == [rid("ressa")]
    assert overdue(dossier) == ()


DAYS = st.dates(dt.date(2031, 1, 1), dt.date(2031, 3, 1))


@st.composite
def real_stays(draw: st.DrawFn) -> tuple[list[Spell], list[tuple[dt.date, dt.date]]]:
    """Stays as recorded, with edges, and what really happened inside those edges."""
    spells, truth = [], []
    for i in range(draw(st.integers(1, 4))):
        begun, ended = sorted((draw(DAYS), draw(DAYS)))
        loose = st.integers(0, 20).map(dt.timedelta)
        spells.append(
            Spell(
                party="p", incident="in", act=f"a{i}", involvement=f"i{i}", act_type="detention",
                start=(begun - draw(loose), begun + draw(loose)),
                end=(ended - draw(loose), ended + draw(loose)),
                end_basis="stated",
            )
        )  # fmt: skip
        truth.append((begun, ended))
    return spells, truth


@given(real_stays(), st.randoms(use_true_random=False))
def test_the_truth_lies_between_fewest_and_most(drawn: Any, rnd: Any) -> None:
    spells, truth = drawn
    until = dt.date(2031, 12, 1)
    n_min, n_max = days_held(spells, until)
    held = {begun + dt.timedelta(n) for begun, ended in truth for n in range((ended - begun).days)}
    assert n_max is not None
    assert n_min <= len(held) <= n_max
    shuffled = list(spells)
    rnd.shuffle(shuffled)
    assert days_held(shuffled, until) == (n_min, n_max)
    assert days_held([*spells, spells[0]], until) == (n_min, n_max)


@given(real_stays())
def test_one_more_stay_never_takes_days_away(drawn: Any) -> None:
    spells, _ = drawn
    until = dt.date(2031, 12, 1)
    fewer, more = days_held(spells[1:], until), days_held(spells, until)
    assert fewer[0] <= more[0]
    assert (fewer[1] or 0) <= (more[1] or 0)


@given(real_stays(), DAYS)
def test_certain_days_are_possible_days(drawn: Any, when: dt.date) -> None:
    spells, truth = drawn
    for spell, (begun, ended) in zip(spells, truth, strict=True):
        if spell.on(when) == "certain":
            assert begun <= when <= ended
        if begun <= when <= ended:
            assert spell.on(when) != "no"
