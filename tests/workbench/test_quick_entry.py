"""Five answers: days in words that no month has are refused with the reason."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.errors import InvalidDateError
from undersight.workbench import quick_entry

TODAY = dt.date(2031, 6, 1)


@pytest.mark.parametrize(
    ("words", "lang", "reason"),
    [
        ("31 February 2031", "en", "February 2031 has 28 days"),
        ("February 30th, 2031", "en", "February 2031 has 28 days"),
        ("31 апреля 2031", "ru", "April 2031 has 30 days"),
        ("30 fevral 2031", "az", "February 2031 has 28 days"),
        ("31 Nisan 2031", "tr", "April 2031 has 30 days"),
        ("31.02.2031", "en", "February 2031 has 28 days"),
        ("31/04/2031", "ru", "April 2031 has 30 days"),
        ("02/30/2031", "en", "February 2031 has 28 days"),
        ("31-06-2031", "az", "June 2031 has 30 days"),
        ("31 flowers", "en", "it is not year"),
    ],
)
def test_a_day_that_its_month_does_not_have(words: str, lang: str, reason: str) -> None:
    with pytest.raises(InvalidDateError, match=reason):
        quick_entry.read_date(words, lang=lang, today=TODAY)


def test_a_day_in_words() -> None:
    assert quick_entry.read_date("5 May 2031", lang="en", today=TODAY)["edtf"] == "2031-05-05"


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("5 Mayıs 2031'de", "2031-05-05"),  # English reads the year alone in it
        ("Mayıs 2031'de", "2031-05"),
        ("с 25 мая по 3 июня 2030", "2030-05-25/2030-06-03"),
        ("23:30 5 may 2031", "2031-05-05"),
    ],
)
def test_the_language_that_reads_most_of_the_words_is_believed(words: str, edtf: str) -> None:
    read = quick_entry.read_date(words, lang="en", today=TODAY)
    assert (read["edtf"], read["as_text"]) == (edtf, words)


@pytest.mark.parametrize(
    ("words", "lang", "edtf"),
    [
        ("throughout March 2031", "en", "2031-03"),
        ("весь март 2031 года", "ru", "2031-03"),
        ("в течение марта", "ru", "2031-03"),
        ("mart ayı boyunca", "az", "2031-03"),
        ("mart boyu", "az", "2031-03"),
        ("Mart ayı boyunca", "tr", "2031-03"),
        ("all of 2030", "en", "2030"),
    ],
)
def test_all_of_a_month_is_not_some_day_of_it(words: str, lang: str, edtf: str) -> None:
    read = quick_entry.read_date(words, lang=lang, today=TODAY)
    assert (read["edtf"], read["reading"]) == (edtf, "throughout")
    in_it = quick_entry.read_date("March 2031", lang="en", today=TODAY)
    assert in_it["reading"] == "at_least_once"


@pytest.mark.parametrize("words", ["5 Foo 2031", "3 or 5 things in May 2031"])
def test_a_day_that_nobody_could_read_is_not_dropped(words: str) -> None:
    with pytest.raises(InvalidDateError):
        quick_entry.read_date(words, lang="en", today=TODAY)
