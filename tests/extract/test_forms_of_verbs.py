"""A verb tells its act in every form, and none where it was not done or lies ahead."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from undersight.extract import draft

DAY = dt.date(2024, 12, 20)
FORMS = Path(__file__).parent / "forms"
LANGUAGES = sorted(place.stem for place in FORMS.glob("*.txt"))


def forms(lang: str) -> list[tuple[str, str]]:
    """Return acts and sentences; ``none`` for those that tell no act."""
    lines = (FORMS / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.partition(": ") for line in lines if not line.startswith("#"))
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
def test_an_act_in_every_form_of_its_verb(lang: str) -> None:
    assert misread(forms(lang), lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_some_forms_of_verbs(lang: str) -> None:
    assert misread(forms(lang)[::45], lang) == []


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("az", "Redaktora 500 manat cərimə kəsilməyib."),
        ("az", "Redaksiyaya basqın edilə bilər."),
        ("az", "Blogerə beş il cəza veriləcək."),
        ("az", "Jurnalist saxlanılıbmı?"),
        ("tr", "Polis büroda arama yapmadı."),
        ("tr", "Gazeteciye yurt dışına çıkış yasağı konulabilir."),
        ("tr", "Yazara ev hapsi uygulanmamış."),
        ("tr", "Gazeteciye on ay hapis cezası verilmedi."),
        ("tr", "Gazeteci gözaltına alındı mı?"),
    ],
)
def test_what_was_not_done_is_no_act(lang: str, sentence: str) -> None:
    assert misread([("none", sentence)], lang) == []
