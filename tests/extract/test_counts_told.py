"""What English sentences count, and the numbers in them that count nothing of the matter."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from undersight.extract import draft

PLACE = Path(__file__).parent / "quantities" / "told_en.txt"
LINES = PLACE.read_text(encoding="utf-8").splitlines()
WAYS = [line.split(": ", 1) for line in LINES if not line.startswith("#")]
DAY = dt.date(2024, 12, 20)


def counted(text: str) -> set[str]:
    """Return the quantities of a text as ``what/amount/unit``."""
    entries = draft(text, context_date=DAY, lang="en").entries
    values = [f.value for e in entries for f in e.fields if f.kind == "quantity"]
    return {f"{value['what']}/{value['amount']}/{value['unit']}" for value in values} or {"none"}


def misread(ways: list[list[str]]) -> list[str]:
    """Return the sentences of which something else is counted."""
    return [
        f"{text} {sorted(counted(text))}"
        for told, text in ways
        if set(told.split()) != counted(text)
    ]


@pytest.mark.parametrize("start", range(4))
def test_what_a_sentence_counts(start: int) -> None:
    assert misread(WAYS[start::4]) == []


def test_a_miscount_is_seen() -> None:
    assert misread([["none", "Five people were detained."]]) != []
    assert misread([["people_detained/4/people", "Five people were detained."]]) != []
