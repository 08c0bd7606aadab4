"""How courts put a penalty in four languages; what only threatens is none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from undersight.extract import draft

PLACE = Path(__file__).parent / "penalties" / "ways.txt"
DAY = dt.date(2024, 12, 20)
WAYS = [tuple(line.split("\t")) for line in PLACE.read_text(encoding="utf-8").splitlines()]


def penalties(text: str, lang: str) -> list[str]:
    """Return the penalties of a text as ``kind/amount/unit``."""
    entries = draft(text, context_date=DAY, lang=lang).entries
    values = [f.value for e in entries for f in e.fields if f.kind == "sentence"]
    return [f"{value['kind']}/{value['amount']}/{value['unit']}" for value in values]


def misread(ways: list[tuple[str, ...]]) -> list[str]:
    """Return the sentences of which another penalty is read, or none, or one too many."""
    wanted = [(lang, [] if told == "none" else [told], text) for lang, told, text in ways]
    return [text for lang, told, text in wanted if penalties(text, lang) != told]


@pytest.mark.long
def test_ways_of_putting_a_penalty() -> None:
    assert misread(WAYS) == []


def test_some_penalties() -> None:
    assert misread(WAYS[::12]) == []


def test_a_misread_penalty_is_seen() -> None:
    assert misread([("en", "fine/5/EUR", "Nora Dag was fined 500 manats.")]) != []


@pytest.mark.parametrize(
    ("lang", "text", "months", "days"),
    [
        ("tr", "Öğretmene 11 ay 20 gün hapis cezası verildi.", 11, 350),
        ("az", "Fəal 1 il 6 ay 15 gün həbs cezasına məhkum edilib.", 18, 555),
        ("en", "He was sentenced to 11 months and 20 days in prison.", 11, 350),
        ("en", "He was sentenced to two years and three months in prison.", 27, None),
    ],
)
def test_months_with_days_have_a_second_reading(
    lang: str, text: str, months: int, days: int | None
) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 20), lang=lang).entries
    (term,) = [f for entry in entries for f in entry.fields if f.kind == "sentence"]
    assert (term.value["amount"], term.value["unit"]) == (months, "months")
    others = [(other["amount"], other["unit"]) for other in term.alternatives]
    assert others == ([(days, "days")] if days else [])
