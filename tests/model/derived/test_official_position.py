"""What authorities answered: by field, latest per office, silence never assent."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.sample import rid, sample_dossier
from undersight.model.derived.official_position import (
    Position,
    is_authority,
    official_position,
)
from undersight.model.dossier import Dossier, Masthead
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Act, Claim, Incident, Party, Record, Source

STANCES = (
    "asserts",
    "denies",
    "partly_denies",
    "acknowledges",
    "acknowledges_denies_responsibility",
    "gives_other_explanation",
    "declines_comment",
    "retracts",
)


def dossier_of(*records: Record) -> Dossier:
    return Dossier(
        masthead=Masthead(title={"en": "Log"}),
        records=(
            Act(record_id="act", incident="incident", manners=("no_letter",)),
            Incident(record_id="incident", sources=("s1", "s2")),
            Party(record_id="office", party_kind="public_body"),
            Party(record_id="other-office", party_kind="public_body"),
            Party(record_id="voice", member_of=("office",), position="spokesperson"),
            Party(record_id="member", member_of=("office",)),
            Source(record_id="s1"),
            Source(record_id="s2"),
            *records,
        ),
        as_of=dt.date(2031, 1, 1),
        audience="public",
    )


def claim(claim_id: str, stance: str, said: str = "2031-05-03", **fields: Any) -> Claim:
    fields = {"about": "act", "speaker": "office", **fields}
    return Claim(record_id=claim_id, stance=stance, said=FuzzyDate.parse(said), **fields)


def position_of(*claims: Claim) -> str:
    return official_position(dossier_of(*claims), "act").position


def test_sample_denial_of_one_detail() -> None:
    found = official_position(sample_dossier(), rid("asked"))
    assert found.position == "partly_denied"
    assert not found.covers_whole
    assert [a.field for a in found.answers] == ["manners"]
    assert found.answers[0].office == rid("ministry")
    assert found.answers[0].speaker == rid("speaker")
    assert found.n_sources == 4
    assert found.inputs == (rid("c1"),)
    assert "threatened_consequence" in found.silent_on
    assert "manners" not in found.silent_on
    assert found.unclear == (rid("c6"),)


def test_sample_network_is_denied_in_part() -> None:
    found = official_position(sample_dossier(), rid("td1"))
    assert found.position == "partly_denied"
    assert {a.field for a in found.answers} == {"attributed_to"}


@pytest.mark.parametrize(
    ("act", "position"),
    [("relatives", "none_known"), ("jailed", "other_explanation"), ("charged", "acknowledged")],
)
def test_positions_of_the_sample(act: str, position: str) -> None:
    assert official_position(sample_dossier(), rid(act)).position == position


def test_silence_is_none_known_not_assent() -> None:
    found = official_position(dossier_of(), "act")
    assert found.position == "none_known"
    assert found.silent_on == ("manners",)
    assert found.sources == ("s1", "s2")


def test_refusal_to_comment_is_not_assent() -> None:
    assert position_of(claim("c", "declines_comment")) == "declined_comment"


@pytest.mark.parametrize(
    ("stance", "position"),
    [
        ("denies", "denied"),
        ("acknowledges", "acknowledged"),
        ("asserts", "acknowledged"),
        ("partly_denies", "partly_denied"),
        ("acknowledges_denies_responsibility", "responsibility_denied"),
        ("gives_other_explanation", "other_explanation"),
    ],
)
def test_answer_about_the_whole(stance: str, position: str) -> None:
    found = official_position(dossier_of(claim("c", stance)), "act")
    assert (found.position, found.covers_whole, found.silent_on) == (position, True, ())


@pytest.mark.parametrize("stance", ["denies", "acknowledges", "asserts"])
def test_an_answer_in_words_leaves_the_rest_unanswered(stance: str) -> None:
    words = {"en": "that the parents were summoned"}
    found = official_position(dossier_of(claim("c", stance, statement=words)), "act")
    assert not found.covers_whole
    assert found.silent_on == ("manners",)
    # Who reads the code alone is not told that all of it was answered.
    assert found.position == ("partly_denied" if stance == "denies" else "partly_acknowledged")


def test_two_offices_that_say_opposite_things_in_words_contradict_each_other() -> None:
    words = {"en": "it happened, or it did not"}
    denial = claim("c", "denies", statement=words)
    police = {"speaker": "", "speaker_as_text": "The police", "connection": "authority"}
    other = claim("d", "acknowledges", statement=words, **police)
    assert official_position(dossier_of(denial, other), "act").position == "contradictory"


def test_a_denial_of_a_whole_entry_in_words_leaves_no_rest() -> None:
    denial = claim("c", "denies", about="incident", statement={"en": "nothing of this happened"})
    assert official_position(dossier_of(denial), "act").covers_whole


@pytest.mark.parametrize(
    ("stance", "position"),
    [("denies", "denied"), ("declines_comment", "declined_comment"), ("asserts", "none_known"),
     ("acknowledges", "none_known")],
)  # fmt: skip
def test_an_answer_about_the_entry_answers_its_acts_but_never_agrees_to_them(
    stance: str, position: str
) -> None:
    found = official_position(dossier_of(claim("c", stance, about="incident")), "act")
    assert found.position == position
    assert [a.is_entry_wide for a in found.answers] == [True] * (position != "none_known")


def test_a_field_acknowledged_is_not_the_act_acknowledged() -> None:
    assert position_of(claim("c", "acknowledges", field="start")) == "partly_acknowledged"


def test_latest_answer_of_an_office_counts() -> None:
    earlier, later = claim("c1", "denies", "2031-05-03"), claim("c2", "acknowledges", "2031-06")
    found = official_position(dossier_of(later, earlier), "act")
    assert found.position == "acknowledged"
    assert [(a.claim, a.is_latest) for a in found.answers] == [("c1", False), ("c2", True)]


def test_a_spokesperson_and_the_office_are_one_voice() -> None:
    later = claim("c2", "acknowledges", "2031-06", speaker="voice")
    assert position_of(claim("c1", "denies"), later) == "acknowledged"


def test_two_offices_that_differ_are_shown_as_contradictory() -> None:
    both = (claim("c1", "denies"), claim("c2", "acknowledges", speaker="other-office"))
    assert position_of(*both) == "contradictory"


def test_retraction_takes_back() -> None:
    assert position_of(claim("c1", "denies"), claim("c2", "retracts", "2031-06")) == "none_known"


def test_two_details_of_one_field_do_not_replace_each_other() -> None:
    first = claim("c1", "denies", field="manners", value="no_letter")
    second = claim("c2", "acknowledges", "2031-06", field="manners", value="at_night")
    found = official_position(dossier_of(first, second), "act")
    assert all(a.is_latest for a in found.answers)


@pytest.mark.parametrize("status", ["withdrawn", "superseded"])
def test_claims_taken_back_do_not_count(status: str) -> None:
    assert position_of(claim("c", "denies", status=status)) == "none_known"


def test_others_do_not_speak_for_the_authorities() -> None:
    assert position_of(claim("c", "denies", speaker="member")) == "none_known"
    assert position_of(claim("c", "denies", speaker="")) == "none_known"


def test_who_is_an_authority() -> None:
    dossier = dossier_of()
    assert is_authority(dossier, dossier.party("office"))
    assert is_authority(dossier, dossier.party("voice"))
    assert not is_authority(dossier, dossier.party("member"))
    assert not is_authority(dossier, None)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(STANCES),
            st.sampled_from(["", "start", "manners"]),
            st.sampled_from(["office", "other-office", "member"]),
            st.sampled_from(["2031-05-03", "2031-05", "2031-06-01"]),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_order_of_records_changes_nothing(rows: list[tuple[str, str, str, str]], rnd: Any) -> None:
    claims = [
        claim(f"c{i}", stance, said, field=field, speaker=speaker)
        for i, (stance, field, speaker, said) in enumerate(rows)
    ]
    shuffled = list(claims)
    rnd.shuffle(shuffled)
    found = official_position(dossier_of(*claims), "act")
    assert found == official_position(dossier_of(*shuffled), "act")
    assert found.position in get_args(Position)
    if not any(c.speaker != "member" for c in claims):
        assert found.position == "none_known"
