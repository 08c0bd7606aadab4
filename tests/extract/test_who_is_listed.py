"""A sentence that names those whom the one before it counted, and who is named alone."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2031, 12, 20)


def victims(text: str, lang: str) -> set[str]:
    """Return whoever something was done to."""
    entries = draft(text, context_date=DAY, lang=lang).entries
    return {str(f.value) for e in entries for f in e.fields if f.role == "victim"}


@pytest.mark.parametrize(
    ("lang", "text", "named"),
    [
        (
            "en",
            (
                "At least 18 journalists were detained. Among them: Timur Beish (Klyuch Media), "
                "Aida Usent (Radio Bulak) and Marat Joldan (Azan TV)."
            ),
            {"Timur Beish", "Aida Usent", "Marat Joldan"},
        ),
        (
            "en",
            (
                "The office warned six people, including two editors. The two editors are "
                "Zaur Mellik of Gundem.qv and Aytac Hajiz of Sahil Xeber."
            ),
            {"Zaur Mellik", "Aytac Hajiz"},
        ),
        (
            "en",
            (
                "The office issued warnings to nine users. The statement named two of them, "
                "Seymur Nagri and Zaur Abbas-Ell."
            ),
            {"Seymur Nagri", "Zaur Abbas-Ell"},
        ),
        (
            "az",
            (
                "Baş Prokurorluq beş nəfərə xəbərdarlıq edib. Onların arasında jurnalist "
                "Elnarə Qafar və “Günün səsi” saytının rəhbəri Vüsal Bədəl də var."
            ),
            {"Elnarə Qafar", "Vüsal Bədəl"},
        ),
        (
            "ru",
            (
                "Полиция задержала пятерых. Среди них Роман Хвощ, корреспондент «Маяка», и "
                "студентка Нина Рябинкина."
            ),
            {"Роман Хвощ", "Нина Рябинкина"},
        ),
        (
            "tr",
            (
                "Ekim'de yedi kişi gözaltına alındı. Aralarında gazeteci Defne Zilka ve "
                "öğrenci Alp Kuruçeş de var."
            ),
            {"Defne Zilka", "Alp Kuruçeş"},
        ),
    ],
)
def test_those_a_count_is_of(lang: str, text: str, named: set[str]) -> None:
    assert victims(text, lang) == named


@pytest.mark.parametrize(
    ("lang", "text", "named"),
    [
        ("en", "Levan Chikor was dismissed. Chikor filed a lawsuit against the town hall.",
         {"Levan Chikor"}),
        ("en", "Olga Brandt filed a lawsuit against a newspaper.", set()),
        ("tr", "Bakan Olcay Brandlı suç duyurusunda bulundu.", set()),
        ("ru", "Дело возбудили по заявлению вице-мэра Геннадия Мослова.", set()),
        ("tr", "Avukatı Zeliha Ateşli karara itiraz etti.", set()),
    ],
)  # fmt: skip
def test_who_is_named_alone(lang: str, text: str, named: set[str]) -> None:
    assert victims(text, lang) == named
