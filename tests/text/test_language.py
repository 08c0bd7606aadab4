from __future__ import annotations

import errno
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import DiskFailedError, DiskFullError, UndersightError
from undersight.text import language
from undersight.text.language import UNKNOWN, detect_language


@pytest.fixture
def unloaded() -> Iterator[None]:
    """The model as a new process finds it."""
    language._model.cache_clear()
    yield
    language._model.cache_clear()


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


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, DiskFullError), (errno.EROFS, DiskFailedError)]
)
def test_a_full_disk_under_the_model_is_said_in_one_line(
    number: int, error: type[UndersightError], monkeypatch: pytest.MonkeyPatch
) -> None:
    from py3langid.langid import LanguageIdentifier

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(LanguageIdentifier, "from_model_file", refuse)
    with pytest.raises(error):
        detect_language("The activist was released today without any charges")
