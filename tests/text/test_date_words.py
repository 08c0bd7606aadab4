"""Dates in words: never more exact than what is known, in every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.model.fuzzy_date import FuzzyDate
from undersight.text.date_words import display, month_name, short_month

LANGUAGES = ("en", "az", "ru", "tr")


def shown(edtf: str, lang: str = "en", reading: str = "at_least_once") -> str:
    return display(FuzzyDate.parse(edtf, reading=reading), lang).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("edtf", "en", "az", "ru", "tr"),
    [
        ("2024-03-05", "5 March 2024", "5 mart 2024", "5 марта 2024 года", "5 Mart 2024"),
        ("2024-03", "March 2024", "mart 2024", "март 2024 года", "Mart 2024"),
        ("2024", "2024", "2024", "2024 год", "2024"),
        ("2024-23", "autumn 2024", "payız 2024", "осень 2024 года", "sonbahar 2024"),
        ("202X", "2020–2029", "2020–2029", "2020–2029", "2020–2029"),
        ("2024-03~", "about March 2024", "təxminən mart 2024", "около марта 2024 года",
         "yaklaşık Mart 2024"),
        ("2024-03?", "March 2024 (uncertain)", "mart 2024 (dəqiq deyil)",
         "март 2024 года (неточно)", "Mart 2024 (kesin değil)"),
        ("XXXX-12-01", "1 December (year not known)", "1 dekabr (ili məlum deyil)",
         "1 декабря (год неизвестен)", "1 Aralık (yılı bilinmiyor)"),
        ("[2024-03-05,2024-04]", "5 March 2024 or April 2024", "5 mart 2024 və ya aprel 2024",
         "5 марта 2024 года или апрель 2024 года", "5 Mart 2024 veya Nisan 2024"),
        ("2024-03-05T14:30", "5 March 2024, 14:30", "5 mart 2024, 14:30",
         "5 марта 2024 года, 14:30", "5 Mart 2024, 14:30"),
    ],
)  # fmt: skip
def test_single_dates(edtf: str, en: str, az: str, ru: str, tr: str) -> None:
    assert [shown(edtf, lang) for lang in LANGUAGES] == [en, az, ru, tr]


@pytest.mark.parametrize(
    ("edtf", "some_day", "every_day"),
    [
        ("2024-03-04/2024-03-09", "between 4 and 9 March 2024", "4 to 9 March 2024"),
        ("2024-02-28/2024-03-02", "between 28 February and 2 March 2024",
         "28 February to 2 March 2024"),
        ("2023-12-30/2024-01-02", "between 30 December 2023 and 2 January 2024",
         "30 December 2023 to 2 January 2024"),
        ("2024-03-05/..", "on or after 5 March 2024", "since 5 March 2024"),
        ("../2024-03-05", "by 5 March 2024", "until 5 March 2024"),
        ("2024-03-05/", "on or after 5 March 2024, end not known",
         "since 5 March 2024, end not known"),
        ("/2024", "by 2024, beginning not known", "until 2024, beginning not known"),
    ],
)  # fmt: skip
def test_a_range_says_whether_every_day_or_some_day_is_meant(
    edtf: str, some_day: str, every_day: str
) -> None:
    assert shown(edtf) == some_day
    assert shown(edtf, reading="throughout") == every_day


def test_ranges_in_the_grammar_of_each_language() -> None:
    assert shown("2024-03-04/2024-06-09", "ru") == "в один из дней с 4 марта по 9 июня 2024 года"
    assert shown("2024-21/2024-24", "ru", "throughout") == "с весны 2024 года по зиму 2024 года"
    assert shown("2024-03-05/..", "az", "throughout") == "5 mart 2024-dən bəri"
    assert shown("../2026-03-05", "az") == "5 mart 2026-dan gec olmayaraq"
    assert shown("2024/..", "tr", "throughout") == "2024'ten beri"
    assert shown("../2000-05", "tr", "throughout") == "Mayıs 2000'e kadar"


@pytest.mark.parametrize(
    ("year", "az", "tr"),
    [
        (1900, "dən", "den"), (2000, "dən", "den"), (2010, "dan", "dan"), (2016, "dan", "dan"),
        (2019, "dan", "dan"), (2020, "dən", "den"), (2023, "dən", "ten"), (2030, "dan", "dan"),
        (2040, "dan", "tan"), (2060, "dan", "tan"),
    ],
)  # fmt: skip
def test_endings_follow_the_spoken_number(year: int, az: str, tr: str) -> None:
    assert shown(f"{year}/..", "az", "throughout") == f"{year}-{az} bəri"
    assert shown(f"{year}/..", "tr", "throughout") == f"{year}'{tr} beri"


def test_a_language_without_words_here_gets_english() -> None:
    assert shown("2024-03", "de") == "March 2024"


def test_months_as_headings() -> None:
    assert [month_name("2031-05", lang) for lang in LANGUAGES] == [
        "May 2031", "May 2031", "Май 2031", "Mayıs 2031",
    ]  # fmt: skip
    assert [short_month("2031-10", lang) for lang in LANGUAGES] == ["Oct", "okt", "окт", "Eki"]


days = st.dates(min_value=FuzzyDate.parse("1900").earliest).map(str)


@given(
    first=days, last=days, lang=st.sampled_from(LANGUAGES), mark=st.sampled_from(("", "~", "?"))
)
def test_every_date_has_words_that_keep_its_years_and_its_doubt(
    first: str, last: str, lang: str, mark: str
) -> None:
    first, last = sorted((first, last))
    for edtf in (first + mark, f"{first}{mark}/{last}", f"{first[:7]}{mark}/..", f"../{last[:4]}"):
        text = shown(edtf, lang)
        assert "{" not in text
        assert all(year in text for year in {p[:4] for p in edtf.split("/") if p != ".."})
        if mark in edtf and mark:
            assert text != shown(edtf.replace(mark, ""), lang)
