"""Entries in words: when, who, what is disputed, what was removed."""

from __future__ import annotations

import pytest

from tests.model.sample import rid, sample_dossier
from tests.presentation.snapshots import dossier_of, sample_with
from undersight.model import records as r
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Incident
from undersight.presentation.act_views import linked
from undersight.presentation.presenter import Presenter
from undersight.presentation.views import EntryView, Said, direction

WORDS = Presenter(sample_dossier(), "en")


def entry(name: str) -> EntryView:
    incident = WORDS.dossier.find(Incident, rid(name))
    assert incident is not None
    return WORDS.entry(incident)


def dated(*dates: str, published: str = "") -> str:
    acts = [
        r.Act(record_id=f"a{n}", incident="i", act_type="charge", start=FuzzyDate.parse(date))
        for n, date in enumerate(dates)
    ]
    network = r.Takedown(
        record_id="t", incident="i", published=FuzzyDate.parse(published) if published else None
    )
    incident = Incident(record_id="i")
    words = Presenter(dossier_of(incident, network, *acts), "en")
    return words.entry(incident).when.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ((), ""),
        (("2031-05-04",), "4 May 2031"),
        (("2031-05-06", "2031-05-04", "2031-05-05"), "4 to 6 May 2031"),
        (("2031", "2031-07-01", "2031-07"), "2031"),
        (("2030-03~", "2031-01-20"), "about March 2030 – 20 January 2031"),
        (("2031-05-04/..", "2031-05-06"), "on or after 4 May 2031"),
        (("XXXX-12-01",), "1 December (year not known)"),
    ],
)
def test_an_entry_covers_the_days_of_its_acts(dates: tuple[str, ...], words: str) -> None:
    assert dated(*dates) == words


def test_without_acts_the_day_of_the_report_counts() -> None:
    assert dated(published="2031-06-10") == "10 June 2031"


def test_an_entry_in_full() -> None:
    view = entry("in1")
    assert view.title.text == "Reporter questioned, jailed and charged over a post"
    assert view.act_labels == (
        "pressure on relatives", "questioning", "administrative detention", "charge",
    )  # fmt: skip
    assert [person.party.name for person in view.victims] == [
        "parents of the journalist", "Tarvin Oskelde",
    ]  # fmt: skip
    assert [update.number for update in view.updates] == [2, 1]
    assert view.custody == ("Tarvin Oskelde: held 30 days",)
    assert view.related == (
        ("retaliation for", "Page of Sarnak Hour hijacked twice", "entry/QV-2031-0004.html"),
    )
    assert [one.heading for one in view.proceedings] == ["against the person", "by the person"]
    assert len(view.vanished) == 1


def test_custody_is_told_only_where_it_belongs() -> None:
    assert entry("in4").custody == ()


def test_numbers_that_do_not_agree_stand_side_by_side() -> None:
    assert entry("in2").disagreements == (
        "people warned: 8 according to He was called in, whose own list has 6",
    )
    assert "accounts: 612 according to The youth network" in entry("in5").disagreements[0]


def test_an_act_has_its_claims_grounds_and_law() -> None:
    acts = {act.act_type: act for act in entry("in1").acts}
    jailed, charged = acts["administrative_detention"], acts["charge"]
    assert jailed.stated_ground.text == "disobeying the police"
    assert jailed.believed_ground.text == "the post about the bridge"
    assert jailed.victims[0].sentences[0].replace("\u00a0", " ") == (
        "administrative detention: 30 days, 4 May 2031"
    )
    assert [person.role_id for person in jailed.others] == ["alleged_perpetrator", "court"]
    assert jailed.related[0][0] == "pretext for"
    assert jailed.related[0][2] == charged.anchor
    assert charged.law[0].test[0] == ("prescribed by law", "unclear")
    stances = [(c.stance_id, c.is_denial) for c in acts["questioning"].claims]
    assert ("denies", True) in stances
    assert ("asserts", False) in stances


def test_a_speaker_who_is_not_clear_is_told_with_who_it_may_be() -> None:
    claims = {c.speaker.name: c for act in entry("in1").acts for c in act.claims}
    assert claims["a source at police"].may_be == (
        "Ministry of the Interior of Qaravel", "Orlan Besk",
    )  # fmt: skip
    assert claims["a source at police"].status == "disputed"


def test_silence_is_never_assent() -> None:
    assert {act.authorities for act in entry("in6").acts} == {"No response found"}


def test_a_removed_network_with_defanged_indicators() -> None:
    network = next(one for one in entry("in5").takedowns if one.reporter.name == "Facebook")
    assert ("accounts", "589") in network.counts
    assert ("pages", "7\u202f906") in network.counts
    assert ("advertising spend", "about 6\u202f600 USD") in network.counts
    values = [value for _, value in network.indicators]
    assert "forward-news[.]example" in values
    assert not any("https://" in value for value in values)


def test_anchors_stay_when_acts_are_added_before_them() -> None:
    act = entry("in1").acts[0]
    assert act.anchor == f"act-{act.act_id[-12:]}"
    assert entry("in1").updates[0].anchor == "update-2"


@pytest.mark.parametrize(
    ("lang", "dir_"),
    [("ar", "rtl"), ("fa-Arab", "rtl"), ("he", "rtl"), ("az", "ltr"), ("", "auto")],
)
def test_directions(lang: str, dir_: str) -> None:
    assert direction(lang) == dir_


@pytest.mark.parametrize(
    ("text", "lang", "runs"),
    [
        ("«لن أحذف المنشور.» (3)", "en", "rtl"),
        ("The line «لا شيء» was the reason.", "en", "ltr"),
        ("Written in Latin letters", "ar", "rtl"),
        ("چرا رودخانه قهوه‌ای است؟", "fa", "rtl"),
        ("2031: 300", "fa", "rtl"),
        ("2031: 300", "az", "ltr"),
        ("לא ידוע", "", "auto"),
    ],
)
def test_a_text_runs_as_its_letters_do(text: str, lang: str, runs: str) -> None:
    assert Said(text=text, lang=lang).dir == runs


def test_what_is_in_two_foreign_languages_is_shown_in_the_one_it_was_written_in() -> None:
    both = {"ar": "مرحبا", "fa": "سلام"}
    entry = r.Incident(record_id="e", visibility="public", lang="fa", title=both, summary=both)
    act = r.Act(record_id="a", incident="e", visibility="public", act_type="arrest", detail=both)
    words = Presenter(sample_with(entry, act), "en")
    shown = words.entry(entry)
    assert (shown.title.lang, shown.summary.lang, shown.acts[0].detail.lang) == ("fa", "fa", "fa")
    assert linked("e", words) == "سلام"
