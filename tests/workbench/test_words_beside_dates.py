"""What a typed date says beside its day is kept or refused, never dropped."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.errors import InvalidDateError
from undersight.workbench.quick_entry import read_date

TODAY = dt.date(2031, 11, 23)


def _edtf(text: str, lang: str) -> str:
    return str(read_date(text, lang=lang, today=TODAY)["edtf"])


@pytest.mark.parametrize(
    ("lang", "text", "edtf"),
    [
        ("en", "around May 2031", "2031-05~"),
        ("en", "on or about 5 May 2031", "2031-05-05~"),
        ("en", "possibly around 5 May 2031", "2031-05-05%"),
        ("en", "5 May 2031?", "2031-05-05?"),
        ("en", "roughly mid-May 2031", "2031-05-11~/2031-05-20~"),
        ("en", "probably before 5 May 2031", "../2031-05-05?"),
        ("az", "təxminən 5 may 2031", "2031-05-05~"),
        ("az", "ehtimal ki, 5 may 2031", "2031-05-05?"),
        ("ru", "примерно 5 мая 2031 года", "2031-05-05~"),
        ("ru", "предположительно 5 мая 2031", "2031-05-05?"),
        ("tr", "5 Mayıs 2031 civarında", "2031-05-05~"),
        ("tr", "muhtemelen 5 Mayıs 2031", "2031-05-05?"),
    ],
)
def test_about_and_perhaps_stay_with_a_typed_date(lang: str, text: str, edtf: str) -> None:
    assert _edtf(text, lang) == edtf


@pytest.mark.parametrize(
    ("lang", "text", "edtf"),
    [
        ("en", "not before 5 May 2031", "2031-05-05/.."),
        ("en", "no later than 5 May 2031", "../2031-05-05"),
        ("ru", "не ранее 5 мая 2031", "2031-05-05/.."),
        ("ru", "не позднее 5 мая 2031", "../2031-05-05"),
    ],
)
def test_not_before_is_no_before(lang: str, text: str, edtf: str) -> None:
    assert _edtf(text, lang) == edtf


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "not 5 May 2031"),
        ("en", "5 May 2031 or later"),
        ("en", "the day after 5 May 2031"),
        ("en", "two days before 5 May 2031"),
        ("en", "the 2031 election"),
        ("ru", "накануне 5 мая 2031"),
        ("ru", "на следующий день после 5 мая 2031"),
        ("tr", "Mayıs 2031 sonunda"),
    ],
)
def test_a_word_that_is_not_understood_is_refused(lang: str, text: str) -> None:
    with pytest.raises(InvalidDateError, match="not understood"):
        _edtf(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "edtf"),
    [
        ("en", "on the evening of 5 May 2031, at 19:30", "2031-05-05"),
        ("en", "Monday 5 May 2031", "2031-05-05"),
        ("az", "5 may 2031-ci il tarixində, səhər", "2031-05-05"),
        ("ru", "утром 5 мая 2031 г.", "2031-05-05"),
        ("ru", "5 мая с.г.", "2031-05-05"),
        ("ru", "на прошлой неделе", "2031-11-10/2031-11-16"),
        ("tr", "5 Mayıs 2031 Pazartesi günü akşam", "2031-05-05"),
    ],
)
def test_the_dress_of_a_date_is_no_obstacle(lang: str, text: str, edtf: str) -> None:
    assert _edtf(text, lang) == edtf
