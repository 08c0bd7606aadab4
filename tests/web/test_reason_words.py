"""Reasons that the program wrote are read in the reader's language; typed ones stay."""

from __future__ import annotations

import pytest

from undersight.model.vocabulary import label
from undersight.web.reason_words import REASON_WORDS
from undersight.web.record_words import Words


@pytest.mark.parametrize("stored", REASON_WORDS)
def test_what_the_program_wrote_has_words(stored: str) -> None:
    assert Words("en").reason(stored) == REASON_WORDS[stored]
    told = Words("en").reason(f"{stored}; last worked on by staff-1")
    assert told == f"{REASON_WORDS[stored]}; last worked on by staff-1"


def test_an_update_is_told_by_its_number_and_kind() -> None:
    assert Words("en").reason("update 2") == "update 2"
    assert (
        Words("en").reason("update 2: new_fact") == f"update 2: {label('update_kind', 'new_fact')}"
    )
    assert label("update_kind", "new_fact", "tr") in Words("tr").reason("update 2: new_fact")


@pytest.mark.parametrize("typed", ["", "he asked for it", "update: him", "update 3: no_such_kind"])
def test_what_a_person_typed_stays(typed: str) -> None:
    assert Words("en").reason(typed).replace(" ", "_") == typed.replace(" ", "_")
