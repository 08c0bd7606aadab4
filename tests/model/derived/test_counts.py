"""Counts with their uncertainty: every act in exactly the months it can lie in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.model.sample import rid, sample_dossier
from undersight.model.derived import counts
from undersight.model.dossier import Dossier, Masthead
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Act, Citation, Involvement, Party, Record


def dossier_of(*records: Record) -> Dossier:
    return Dossier(
        masthead=Masthead(title={"en": "Log"}),
        records=records,
        as_of=dt.date(2031, 12, 1),
        audience="public",
    )


def months(*starts: str) -> dict[str, tuple[int, int]]:
    acts = [
        Act(record_id=f"a{i}", incident="in", start=FuzzyDate.parse(start) if start else None)
        for i, start in enumerate(starts)
    ]
    return {t.key: (t.n_min, t.n_max) for t in counts.by_month(dossier_of(*acts))}


def test_a_season_is_possible_in_three_months_and_certain_in_none() -> None:
    assert months("2031-21") == {"2031-03": (0, 1), "2031-04": (0, 1), "2031-05": (0, 1)}


def test_a_month_is_certain_in_itself() -> None:
    assert months("2031-05", "2031-05-03") == {"2031-05": (2, 2)}


def test_months_have_no_gaps_and_undated_come_last() -> None:
    assert list(months("2031-12-31", "2032-02-01", "")) == ["2031-12", "2032-01", "2032-02", ""]


def test_open_and_very_long_dates_count_as_undated() -> None:
    assert months("../2031-05-03", "19XX") == {"": (0, 2)}


def test_people_are_counted_once_and_groups_by_their_number() -> None:
    dossier = sample_dossier()
    warned = [a for a in dossier.all(Act) if a.record_id == rid("warned")]
    assert counts.n_people(dossier, warned) == (8, 8)
    in_first = dossier.acts(rid("in1"))
    assert counts.n_people(dossier, in_first) == (3, 3)


def test_outlets_and_offices_are_no_people() -> None:
    dossier = sample_dossier()
    hijacks = [a for a in dossier.all(Act) if a.act_type == "hijack_page"]
    assert counts.n_people(dossier, hijacks) == (0, 0)


def test_unknown_size_is_one_at_least() -> None:
    records = (
        Act(record_id="a", incident="in"),
        Party(record_id="p", party_kind="group", count_max=9),
        Involvement(record_id="i", act="a", party="p"),
    )
    dossier = dossier_of(*records)
    assert counts.n_people(dossier, dossier.all(Act)) == (1, 9)


def test_an_article_that_was_only_discussed_was_used_on_nobody() -> None:
    dossier = dossier_of(
        Act(record_id="a"),
        Involvement(record_id="i", act="a", party="p"),
        Party(record_id="p"),
        Citation(record_id="c1", act="a", provision="used", capacity="warned"),
        Citation(record_id="c2", act="a", provision="discussed", capacity="analysed"),
    )
    assert [tally.key for tally in counts.by_provision(dossier)] == ["used"]


def test_an_article_counts_those_it_was_used_against() -> None:
    dossier = dossier_of(
        *(Act(record_id=f"a{n}") for n in range(2)),
        *(Party(record_id=f"p{n}", party_kind="individual") for n in range(4)),
        *(Involvement(record_id=f"i{n}", act="a0", party=f"p{n}") for n in range(4)),
        Involvement(record_id="i4", act="a1", party="p0"),
        Citation(record_id="c1", act="a0", involvement="i1", provision="one"),
        Citation(record_id="c2", act="a0", involvement="i2", provision="one"),
        Citation(record_id="c3", act="a0", involvement="i3", provision="one", capacity="analysed"),
        Citation(record_id="c4", act="a1", provision="one"),
        Citation(record_id="c5", act="a0", involvement="i1", provision="all"),
        Citation(record_id="c6", act="a0", provision="all"),
    )
    found = {
        t.key: (t.n_min, t.n_people_min, t.n_people_max) for t in counts.by_provision(dossier)
    }
    assert found == {"one": (2, 3, 3), "all": (1, 4, 4)}
    whom = counts.used_on(c for c in dossier.all(Citation) if c.provision == "one")
    acts = [act for act in dossier.all(Act) if act.record_id in whom]
    assert [t.n_people_max for t in counts.by_month(dossier, acts, whom)] == [3]


def test_one_mistyped_year_draws_no_two_thousand_years() -> None:
    starts = {"a": "2031-05-04", "b": "0203-05-04", "c": "2031-07-01"}
    dossier = dossier_of(
        *(Act(record_id=one, start=FuzzyDate.parse(day)) for one, day in starts.items())
    )
    assert [t.key for t in counts.by_month(dossier)] == ["0203-05", "2031-05", "2031-07"]


def test_by_type_place_provision_platform() -> None:
    dossier = sample_dossier()
    by_type = {t.key: t.n_min for t in counts.by_act_type(dossier)}
    assert by_type["hijack_page"] == 2
    by_place = {t.key: t.n_min for t in counts.by_place(dossier)}
    assert by_place["Ormel"] == 1
    assert by_place["online"] == 3
    by_provision = {t.key: t.n_min for t in counts.by_provision(dossier)}
    assert by_provision[rid("a388")] == 2
    assert {t.key: t.n_min for t in counts.by_platform(dossier)}["telegram"] == 1


STARTS = st.one_of(
    st.just(""),
    st.dates(dt.date(2030, 1, 1), dt.date(2031, 12, 31)).map(str),
    st.dates(dt.date(2030, 1, 1), dt.date(2031, 12, 31)).map(lambda d: f"{d:%Y-%m}~"),
    st.sampled_from(["2031", "2030-24", "2030-11-20/2031-02-03"]),
)


@given(st.lists(STARTS, max_size=8))
def test_every_act_is_in_every_month_it_can_lie_in_and_certain_in_one_at_most(rows: Any) -> None:
    acts = [
        Act(record_id=f"a{i}", incident="in", start=FuzzyDate.parse(start) if start else None)
        for i, start in enumerate(rows)
    ]
    tallies = counts.by_month(dossier_of(*reversed(acts)))
    for act in acts:
        certain = [t.key for t in tallies if act.record_id in t.certain]
        possible = [t.key for t in tallies if act.record_id in t.possible]
        assert len(certain) + (len(possible) > 0) == 1
        assert set(certain or possible) == set(counts.months_of(act.start))
    assert sum(t.n_min for t in tallies) <= len(acts) <= sum(t.n_max for t in tallies)
