"""The town of an airport or a station behind a whole name is no part of the name."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("az", "Redaktor Elvin Quşqar Sarnak hava limanında saxlanılıb.", "Elvin Quşqar"),
        ("az", "Bloger Nigar Sarlı Qaravel avtovağzalında saxlanılıb.", "Nigar Sarlı"),
        ("tr", "Gazeteci Ece Doruk Sarnak havalimanında gözaltına alındı.", "Ece Doruk"),
        ("tr", "Gazeteci Ali Can Boz emniyete çağrıldı.", "Ali Can Boz"),
    ],
)
def test_a_town_behind_a_name(lang: str, text: str, name: str) -> None:
    (entry,) = draft(text, context_date=dt.date(2031, 12, 20), lang=lang).entries
    assert {f.value for f in entry.fields if f.kind == "person"} == {name}
