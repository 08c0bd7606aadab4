from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.text.language import UNKNOWN, detect_language


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("az", "Fəal Sarnakda saxlanılıb, 30 sutka həbs verilib"),
        ("az", "Sarnakda jurnalist saxlanilib, 30 sutka hebs olunub"),
        ("az", "polis onu evinden aparib, hec kim bilmir harada"),
        ("az", "sikayet etdik amma cavab gelmedi"),
        ("az", "cox sag olun qardas allah sizi qorusun"),
        ("az", "Siz kimsiniz?? Xalqin pulunu yeyirsiniz"),
        ("az", "Mehkeme qerar verdi: 3 il azadliqdan mehrum"),
        ("az", "Журналист Әлијев һәбс олунуб"),
        ("tr", "Gazeteci Sarnak'ta gözaltına alındı"),
        ("tr", "gazeteci serbest birakildi ama sorusturma suruyor"),
        ("tr", "bu adam vatan haini, tutuklanmalı"),
        ("tr", "Allah razı olsun kardeşim"),
        ("tr", "Mahkeme tutuklama kararı verdi"),
        ("tr", "Yalan konuşma, herkes biliyor"),
        ("ru", "Журналист задержан в Сарнаке"),
        ("ru", "враг народа, позор"),
        ("ru", "суд назначил административный арест"),
        ("uk", "Журналіста затримали у столиці, суд обрав арешт"),
        ("en", "The activist was detained in Sarnak on 4 March"),
        ("en", "shame on you, traitor"),
        ("en", "the activist and his men were detained"),
        ("de", "Der Journalist wurde gestern verhaftet"),
        ("fr", "Le journaliste a été arrêté hier"),
        ("ka", "ჟურნალისტი"),
        ("hy", "Լրագրողը ձերբակալվել է"),
        ("fa", "گزارشگر در تهران بازداشت شد"),
        ("ar", "اعتقال الصحفي في القاهرة"),
        ("he", "העיתונאי נעצר"),
        ("el", "συνελήφθη δημοσιογράφος"),
        ("kk", "Журналист қамауға алынды"),
    ],
)
def test_language(lang: str, text: str) -> None:
    assert detect_language(text).lang == lang


@pytest.mark.parametrize("text", ["", "salam", "ok", "👍👍👍", "123 456", "да, нет", "hə yox"[3:]])
def test_too_little_says_nothing(text: str) -> None:
    guess = detect_language(text)
    assert guess.lang == UNKNOWN
    assert guess.confidence == 0.0


def test_a_schwa_is_enough() -> None:
    assert detect_language("hə").lang == "az"


@given(st.text(max_size=80))
def test_any_text_has_one_answer(text: str) -> None:
    guess = detect_language(text)
    assert guess == detect_language(text)
    assert 0.0 <= guess.confidence <= 1.0
    assert (guess.lang == UNKNOWN) == (guess.confidence == 0.0)
