"""The controlled vocabularies: complete in four languages, unambiguous, and strict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from importlib import resources

import pytest

from undersight.errors import UnknownTermError
from undersight.model.vocabulary import label, vocabulary, vocabulary_ids

LANGS = ("en", "az", "ru", "tr")
SCHEMES = {
    "esf": r"\d{6,8}(\(\d\d\))?|MT\d\d( [a-z]+)?",
    "esf_nearest": r"\d{8}",
    "mmf": r"[A-Z][\w/ ]+",
    "dsa": r"[A-Z_]+",
    "disarm": r"T\d{4}(\.\d{3})?",
    "killchain": r"\d\.\d+\.\d+",
    "attack": r"T\d{4}(\.\d{3})?",
}
# Ids of these are codes of another scheme or of ISO 4217, kept as they are written there.
CODED = {"credibility", "reliability", "unit"}


def every_vocabulary(check: Callable[[str], None]) -> Callable[[], None]:
    """Return one test for all vocabularies: hundreds of their own took longer than the looking."""

    def test() -> None:
        for vocabulary_id in vocabulary_ids():
            try:
                check(vocabulary_id)
            except AssertionError as error:
                error.add_note(f"in the vocabulary {vocabulary_id}")
                raise

    return test


@every_vocabulary
def test_every_term_has_words_in_four_languages(vocabulary_id: str) -> None:
    for term in vocabulary(vocabulary_id).terms.values():
        assert set(term.label) >= set(LANGS), term.term_id
        assert all(words == words.strip() and words for words in term.label.values()), term


@every_vocabulary
def test_no_two_terms_share_their_words(vocabulary_id: str) -> None:
    terms = vocabulary(vocabulary_id).terms.values()
    for lang in LANGS:
        counts = Counter(term.in_language(lang).casefold() for term in terms)
        assert [words for words, n in counts.items() if n > 1] == []


@every_vocabulary
def test_no_label_strays_into_another_alphabet(vocabulary_id: str) -> None:
    cyrillic = re.compile("[а-яёА-ЯЁ]")
    for term in vocabulary(vocabulary_id).terms.values():
        assert not any(cyrillic.search(term.label[lang]) for lang in ("en", "az", "tr")), term
        assert "ə" not in term.label["tr"].casefold(), term


@every_vocabulary
def test_ids_are_snake_case_and_stand_once(vocabulary_id: str) -> None:
    listed = vocabulary(vocabulary_id)
    assert listed.about.endswith(".")
    raw = resources.files("undersight.model").joinpath("vocabularies", f"{vocabulary_id}.toml")
    written = re.findall(r'^id = "(.+)"$', raw.read_text(encoding="utf-8"), re.MULTILINE)
    assert written == list(listed.terms)
    if vocabulary_id not in CODED:
        assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", one) for one in listed.terms)


@every_vocabulary
def test_definitions_are_sentences(vocabulary_id: str) -> None:
    for term in vocabulary(vocabulary_id).terms.values():
        if term.definition:
            assert re.fullmatch(r'["A-Z].*\.', term.definition), term


@every_vocabulary
def test_crosswalks_carry_codes_of_known_schemes(vocabulary_id: str) -> None:
    for term in vocabulary(vocabulary_id).terms.values():
        for scheme, codes in term.crosswalk.items():
            assert codes, term
            assert len(set(codes)) == len(codes), term
            assert all(re.fullmatch(SCHEMES[scheme], code) for code in codes), term


def test_acts_are_crosswalked_as_published() -> None:
    acts = vocabulary("act_type")
    assert acts.term("house_arrest").crosswalk["esf"] == ("03010500",)
    assert acts.term("suspension").crosswalk["dsa"] == ("ACCOUNT_SUSPENDED",)
    assert acts.term("brigading").crosswalk["disarm"] == ("T0049.005", "T0048")
    assert "disarm" not in acts.term("phishing").crosswalk
    assert "esf" not in acts.term("questioning").crosswalk


def test_every_act_manner_response_and_tactic_is_defined() -> None:
    for vocabulary_id in ("act_type", "manner", "response", "tactic"):
        bare = [t.term_id for t in vocabulary(vocabulary_id).terms.values() if not t.definition]
        assert bare == []


def test_an_unknown_term_names_the_nearest() -> None:
    with pytest.raises(UnknownTermError) as caught:
        vocabulary("act_type").term("questionning", "act.type")
    assert caught.value.nearest[0] == "questioning"
    assert "questioning" in str(caught.value)
    assert "act.type" in str(caught.value)


def test_the_words_that_a_term_is_shown_as_name_its_id() -> None:
    for words in ("waiting", "beklemede", "В ожидании"):
        with pytest.raises(UnknownTermError, match="Did you mean pending"):
            vocabulary("monitoring_status").term(words)


def test_a_term_like_nothing_names_none() -> None:
    with pytest.raises(UnknownTermError) as caught:
        vocabulary("unit").term("zzzzzz")
    assert caught.value.nearest == ()


def test_words_fall_back_to_english_and_an_empty_id_has_none() -> None:
    assert label("act_type", "search", "az") == "axtarış"
    assert label("act_type", "search", "xx") == "search"
    assert label("act_type", "", "az") == ""
