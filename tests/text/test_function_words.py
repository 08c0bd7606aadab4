from __future__ import annotations

import pytest

from undersight.text.function_words import language_by_function_words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "they have been lying to you"),
        ("de", "das ist nicht wahr und sie wissen es"),
        ("ro", "nu mai sunt bani pentru toți"),
        ("id", "aku juga udah pakai ini tapi nggak cocok"),
        ("ru", "не верьте им, это всё ложь"),
        ("bg", "това не е така, те са лъжци"),
        ("", "Qaravel Sarnak 2031"),
        ("", ""),
    ],
)
def test_two_small_words_tell(lang: str, text: str) -> None:
    assert language_by_function_words(text) == lang


def test_words_of_several_languages_decide_nothing() -> None:
    assert language_by_function_words("la la la") == ""
