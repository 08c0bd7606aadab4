"""Sentences about what was derived: no more than the records say, in every language."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.sample import rid, sample_dossier
from undersight.i18n import LANGUAGES
from undersight.model.derived.contradictions import contradictions
from undersight.model.derived.custody import Custody, custody
from undersight.model.derived.official_position import official_position
from undersight.model.derived.repeat import ladder_of, series_of
from undersight.model.derived.vanished import vanished_in_custody
from undersight.presentation import wording
from undersight.presentation.wording import Voice

DOSSIER = sample_dossier()


def name(record_id: str) -> str:
    party, source = DOSSIER.party(record_id), DOSSIER.source(record_id)
    if party is not None and party.names:
        return party.names[0].value
    return source.title if source is not None else ""


def voice(lang: str = "en") -> Voice:
    return Voice(lang=lang, date=lambda date: date.edtf, name=name)


def authorities(act: str, lang: str = "en") -> str:
    return wording.authorities_sentence(official_position(DOSSIER, rid(act)), voice(lang))


def test_denial_of_one_detail_and_silence_on_the_rest() -> None:
    assert authorities("asked") == (
        "denied by Ministry of the Interior of Qaravel (2031-05-03): that relatives were "
        "summoned; no response found on the rest in 4 sources; 1 statement by a speaker who is "
        "not clear is not counted"
    )


def test_silence_is_said_as_silence() -> None:
    assert authorities("relatives") == "no response found in 4 sources"
    assert authorities("watching") == "no response found"


def test_an_answer_about_the_whole_leaves_no_rest() -> None:
    assert authorities("charged") == "acknowledged by General Prosecutor of Qaravel (2031-05-06)"


def test_a_field_without_words_is_named() -> None:
    position = official_position(DOSSIER, rid("asked"))
    bare = dataclasses.replace(position.answers[0], statement={}, said=None)
    text = wording.authorities_sentence(
        dataclasses.replace(position, answers=(bare,), unclear=()), voice()
    )
    assert text.startswith(
        "denied by Ministry of the Interior of Qaravel: how it was done (together with relatives);"
    )


def test_a_statement_that_is_a_sentence_lends_no_second_full_stop() -> None:
    position = official_position(DOSSIER, rid("asked"))
    whole = dataclasses.replace(position.answers[0], statement={"en": "No such thing happened."})
    text = wording.authorities_sentence(
        dataclasses.replace(position, answers=(whole,), unclear=()), voice()
    )
    assert ": No such thing happened; no response" in text


def custody_words(**changes: object) -> str:
    found = custody(DOSSIER, rid("ressa"))
    assert isinstance(found, Custody)
    return wording.custody_sentence(dataclasses.replace(found, **changes), voice())  # type: ignore[arg-type]


DUE = (dt.date(2033, 3, 1), dt.date(2033, 3, 1))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"n_days_min": 3, "n_days_max": 3, "held": "no"}, "held 3 days"),
        ({"n_days_min": 1, "n_days_max": 1, "held": "no"}, "held 1 day"),
        ({"n_days_min": 0, "n_days_max": 0, "held": "no"}, "held less than a day"),
        ({"n_days_min": 3, "n_days_max": 9, "held": "no"}, "held between 3 and 9 days"),
        ({"n_days_min": 3, "n_days_max": None, "held": "no"}, "held at least 3 days"),
        (
            {"n_days_min": 0, "n_days_max": None, "held": "no"},
            "held; for how long is not known",
        ),
        (
            {"n_days_min": 3, "n_days_max": 3, "due": DUE},
            "held 3 days so far; the term ends: 2033-03-01",
        ),
        (
            {"n_days_min": 3, "n_days_max": 3, "due": DUE, "overdue": "certain"},
            "held 3 days so far; the term ended (2033-03-01), no release is recorded",
        ),
        (
            {"n_days_min": 0, "n_days_max": 9, "due": DUE, "held": "possible",
             "overdue": "possible"},
            "held between 0 and 9 days; no release is known; the term ended (2033-03-01)",
        ),
    ],
)  # fmt: skip
def test_days_held(changes: dict[str, object], words: str) -> None:
    assert custody_words(**changes) == words


def test_sample_custody_names_the_range_of_days() -> None:
    assert custody_words() == (
        "held between 610 and 640 days so far; the term ends: 2033-03-01/2033-03-31"
    )


def test_vanished_posts() -> None:
    words = [wording.vanished_sentence(row, voice()) for row in vanished_in_custody(DOSSIER)]
    assert sorted(words) == [
        "may have vanished (2031-05) while in custody: Tarvin Oskelde",
        "vanished (2031-05-10) while in custody: Tarvin Oskelde",
    ]
    owned = dataclasses.replace(vanished_in_custody(DOSSIER)[0], is_author_recorded=False)
    assert "(owner of the account; who wrote it is not" in wording.vanished_sentence(
        owned, voice()
    )


def test_ladder_with_dates() -> None:
    tarvin = ladder_of(series_of(DOSSIER, rid("tarvin")))
    assert tarvin is not None
    assert wording.ladder_sentence(tarvin, voice()) == (
        "questioned (2031-05-02) → held (2031-05-04) → account taken (2031-11-03)"
    )
    unsure = dataclasses.replace(tarvin, is_order_certain=False)
    assert wording.ladder_sentence(unsure, voice()).endswith("; order not certain")


def test_contradicting_numbers_stand_side_by_side() -> None:
    words = {c.kind: wording.contradiction_sentence(c, voice()) for c in contradictions(DOSSIER)}
    assert words["own_list"] == "8 according to He was called in, whose own list has 6"
    assert sorted(words["reports"].split("; ")) == [
        "589 according to Removals, spring",
        "612 according to The youth network",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_all_of_it(lang: str) -> None:
    for act in ("asked", "relatives", "jailed", "charged", "beaten", "watching"):
        assert authorities(act, lang)
    assert "2031-05-03" in authorities("asked", lang)


@given(st.sampled_from(LANGUAGES), st.integers(0, 2000), st.integers(0, 2000))
def test_numbers_are_never_lost(lang: str, fewest: int, more: int) -> None:
    found = custody(DOSSIER, rid("ressa"))
    assert found is not None
    changed = dataclasses.replace(
        found, n_days_min=fewest, n_days_max=fewest + more, held="no", due=None
    )
    text = wording.custody_sentence(changed, voice(lang))
    if more:
        assert str(fewest) in text
        assert str(fewest + more) in text
