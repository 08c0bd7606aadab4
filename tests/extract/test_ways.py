"""How monitors put an act: every wording of `ways/` is read, and what is none is not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from undersight.extract import draft

WAYS = Path(__file__).parent / "ways"
DAY = dt.date(2024, 12, 20)
LANGUAGES = sorted(place.stem for place in WAYS.glob("*.txt"))


def ways(lang: str) -> list[tuple[str, str]]:
    """Return acts and sentences that tell them; ``none`` for those that tell no act."""
    lines = (WAYS / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return [(act, sentence) for act, _, sentence in parts]


def misread(pairs: list[tuple[str, str]], lang: str) -> list[str]:
    """Return the sentences whose act is not found, or which are read as one they do not tell."""
    wrong = []
    for act, sentence in pairs:
        entries = draft(sentence, context_date=DAY, lang=lang).entries
        found = {f.value for entry in entries for f in entry.fields if f.kind == "act"}
        if found if act == "none" else act not in found:
            wrong.append(f"{act}: {sentence} {sorted(map(str, found))}")
    return wrong


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_ways_of_putting_an_act(lang: str) -> None:
    assert misread(ways(lang), lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_some_ways(lang: str) -> None:
    assert misread(ways(lang)[::70], lang) == []


def test_a_misread_way_is_seen() -> None:
    assert misread([("arrest", "A blogger was fined.")], "en") != []
    assert misread([("none", "Zaur Bel was fined.")], "en") != []


def test_a_name_in_full_stands_for_its_short_form() -> None:
    text = "Zaur Belgin, poet\nDetained on 3 May 2024. Zaur's lawyer was not let in."
    (entry,) = draft(text, context_date=DAY, lang="en").entries
    named = [text[f.start : f.end] for f in entry.fields if f.kind == "person"]
    assert named[:1] == ["Zaur Belgin"]
