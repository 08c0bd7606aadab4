"""Who says and denies what in Azerbaijani: bodies in the ablative, verbs that stand last."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

BEFORE = "Bloger Samir Qızılov mayın 3-də döyülüb. "


def claims(sentence: str) -> list[tuple[str, str]]:
    entries = draft(BEFORE + sentence, context_date=dt.date(2031, 6, 10), lang="az").entries
    found = [field.value for entry in entries for field in entry.fields if field.kind == "claim"]
    return [(claim["speaker"], claim["stance"]) for claim in found]


@pytest.mark.parametrize(
    ("sentence", "speaker", "stance"),
    [
        ("Nazirliyin mətbuat xidmətindən deyilib ki, belə hal olmayıb.",
         "mətbuat xidməti", "denies"),
        ("Baş Prokurorluqdan bildirilib ki, ona zor tətbiq olunmayıb.",
         "Baş Prokurorluq", "denies"),
        ("Prokurorluqdan bildiriblər ki, belə müraciət olmayıb.", "Prokurorluq", "denies"),
        ("DİN bunu təkzib edib.", "DİN", "denies"),
        ("Sərhəd Xidmətindən məsələyə münasibət almaq mümkün olmayıb.",
         "Sərhəd Xidməti", "declines_comment"),
        ("Redaktor Rəşad Əmirli hücumun gömrükdə rüşvətlə bağlı yazıdan sonra başladığını deyib.",
         "Rəşad Əmirli", "asserts"),
    ],
)  # fmt: skip
def test_who_says_it(sentence: str, speaker: str, stance: str) -> None:
    assert claims(sentence) == [(speaker, stance)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Direktor ona “yuxarıdan belə deyilib” deyib.",
        "Ailəsi deyir ki, onu polislər döyüb.",
        "Ona ölkədən çıxışına məhdudiyyət qoyulduğu bildirilib.",
    ],
)
def test_what_others_say_is_no_claim_of_the_person_named_before(sentence: str) -> None:
    assert "Samir Qızılov" not in [speaker for speaker, _ in claims(sentence)]
