"""Formats and ways of looking are read in words, not by ids alone."""

from __future__ import annotations

from typing import get_args

import pytest

from undersight.importers import POST_IMPORTERS
from undersight.model.corpus_rows import AccountKind, PostKind
from undersight.model.vocabulary import vocabulary
from undersight.web.format_words import FORMAT_REASONS, LOOK_WORDS, ROW_WORDS
from undersight.web.pages.finding import VERDICT_WORDS
from undersight.web.record_words import Words
from undersight.workbench import detection


def test_each_sign_of_a_format_has_words() -> None:
    assert {one.reason for one in POST_IMPORTERS} == FORMAT_REASONS


def test_each_thing_that_detectors_look_at_has_words() -> None:
    for detector in detection.known_detectors():
        told = next(one for one in detector["parameters"] if one["name"] == "views")["expected"]
        views = told.removeprefix("one or more of ").partition(", separated")[0].split(", ")
        assert views
        assert {f"{detector['detector']}/{view}" for view in views} <= LOOK_WORDS.keys()


def test_each_kind_of_a_row_has_words() -> None:
    assert {*get_args(PostKind), *get_args(AccountKind)} <= ROW_WORDS.keys()


def test_what_a_verdict_says_is_what_its_vocabulary_says() -> None:
    terms = vocabulary("judgement_verdict").terms.values()
    assert {one.term_id: one.definition for one in terms} == VERDICT_WORDS


@pytest.mark.parametrize("lang", ["en", "az"])
def test_a_format_is_told_by_what_it_is(lang: str) -> None:
    assert Words(lang).format("whatsapp-chat") not in ("", "whatsapp-chat")
    assert Words(lang).format("of-tomorrow") == "of-tomorrow"
