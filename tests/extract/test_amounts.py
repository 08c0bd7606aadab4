"""Numbers, penalties, quantities and takedowns in English."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from undersight.extract import draft, tabled, tables
from undersight.extract.numbers import NumberWords
from undersight.extract.rules_en_amounts import NUMBERS as ENGLISH_TABLE
from undersight.model.vocabulary import vocabulary

ENGLISH = NumberWords(
    ones={"two": 2, "twenty": 20, "five": 5, "a dozen": 12},
    scales={"k": 1000, "thousand": 1000, "million": 1_000_000},
    half=" and a half",
)


def values(text: str, kind: str) -> list[Any]:
    made = draft(text, context_date=dt.date(2024, 6, 30), lang="en")
    return [f.value for e in made.entries for f in e.fields if f.kind == kind]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("26k", 26_000),
        ("1.5k", 1_500),
        ("7,665", 7_665),
        ("130 000", 130_000),
        ("twenty-five", 25),
        ("two thousand", 2_000),
        ("five and a half", 5.5),
        ("a dozen", 12),
        ("1.2 million", 1_200_000),
        ("many", None),
    ],
)
def test_numbers(written: str, number: float | None) -> None:
    assert ENGLISH.value(written) == number


@pytest.mark.parametrize(
    ("lang", "written", "number"),
    [
        ("en", "two hundred and fifty", 250),
        ("en", "one hundred twenty", 120),
        ("en", "three thousand four hundred", 3_400),
        ("en", "two and a half thousand", 2_500),
        ("en", "a hundred and twelve", 112),
        ("en", "a thousand five hundred", 1_500),
        ("en", "two dozen", 24),
        ("en", "half a million", 500_000),
        ("en", "one million two hundred thousand and six", 1_200_006),
        ("en", "five seven", None),
        ("az", "min beş yüz", 1_500),
        ("az", "iki min beş yüz", 2_500),
        ("az", "üç yüz qırx beş", 345),
        ("az", "1 milyon 200 min", 1_200_000),
        ("az", "yarım milyon", 500_000),
        ("tr", "bin beş yüz", 1_500),
        ("tr", "beş bin iki yüz on", 5_210),
        ("tr", "iki buçuk milyon", 2_500_000),
        ("ru", "тысяча двести", 1_200),
        ("ru", "две тысячи пятьсот", 2_500),
        ("ru", "сто двадцать три", 123),
        ("ru", "две с половиной тысячи", 2_500),
        ("ru", "три сотни", 300),
        ("ru", "четыре десятка", 40),
    ],
)
def test_numbers_in_words(lang: str, written: str, number: float | None) -> None:
    numbers = ENGLISH_TABLE if lang == "en" else tabled.numbers(tables.load(f"{lang}_amounts"))
    assert numbers.value(written) == number
    whole = re.compile(numbers.pattern()).match(f"{written} ")
    assert whole is not None
    assert whole.group() == written


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("He was fined one hundred and fifty manats.", 150),
        ("She was fined three thousand five hundred manats.", 3_500),
        ("Onu min beş yüz manat cərimə ediblər.", 1_500),
        ("Его оштрафовали на тысячу двести рублей.", 1_200),
    ],
)
def test_no_fine_is_read_from_the_half_of_its_words(text: str, amount: float) -> None:
    made = draft(text, context_date=dt.date(2024, 6, 30))
    found = [f.value for e in made.entries for f in e.fields if f.kind == "sentence"]
    assert [one["amount"] for one in found] == [amount]


@pytest.mark.parametrize(
    ("text", "kind", "amount", "unit"),
    [
        ("He was sentenced to 30 days in administrative detention.",
         "administrative_detention", 30, "days"),
        ("A court sentenced her to 460hours of community service.",
         "community_service", 460, "hours"),
        ("She got a 3-year suspended sentence.", "suspended", 3, "years"),
        ("She was given two years, suspended.", "suspended", 2, "years"),
        ("He was fined 500 manat.", "fine", 500, "AZN"),
        ("The court fined him $1,200 on May 3.", "fine", 1200, "USD"),
        ("He was fined 2 million riels (US$490).", "fine", 2_000_000, "KHR"),
        ("He was fined 300 Belarusian roubles.", "fine", 300, "BYN"),
        ("He was sentenced to 5.5 years in prison.", "prison", 5.5, "years"),
        ("He was jailed for 6 years and 3 months.", "prison", 75, "months"),
        ("He was jailed for 1 year, 11 months and 10 days.", "prison", 23, "months"),
        ("She was placed under house arrest for two months.", "house_arrest", 2, "months"),
        ("The judge remanded him for four months.", "pretrial_detention", 4, "months"),
        ("He received 15 days’ arrest.", "administrative_detention", 15, "days"),
        ("She was sentenced to three years of probation.", "probation", 3, "years"),
    ],
)  # fmt: skip
def test_penalties(text: str, kind: str, amount: float, unit: str) -> None:
    assert values(text, "sentence") == [{"kind": kind, "amount": amount, "unit": unit}]


@pytest.mark.parametrize(
    ("text", "what", "amount", "unit"),
    [
        ("The page lost 26k of its followers.", "followers_lost", 26_000, "followers"),
        ("It lost two weeks’ worth of shared content.", "content_lost", 2, "weeks"),
        ("The post drew 549 comments in a day.", "comments", 549, "comments"),
        ("The notice gave her 180 days to appeal.", "time_to_appeal", 180, "days"),
        ("Seven other users were warned by the prosecutor.", "people_warned", 7, "people"),
        ("The profile has 130,000 followers.", "followers", 130_000, "followers"),
        ("About $6,600 had been spent on advertisements.", "ad_spend", 6_600, "USD"),
        ("An officer demanded 3,000 lari from him.", "bribe", 3_000, "GEL"),
        ("Reach fell by 85 percent in a week.", "reach_lost", 85, "percent"),
    ],
)
def test_quantities(text: str, what: str, amount: float, unit: str) -> None:
    assert {"what": what, "amount": amount, "unit": unit} in values(text, "quantity")


def test_a_sample_and_what_was_found_in_it_are_two_quantities() -> None:
    found = values("It found that 294 out of 300 comments were fake.", "quantity")
    assert {"what": "inauthentic_comments", "amount": 294, "unit": "comments"} in found
    assert {"what": "sampled_comments", "amount": 300, "unit": "comments"} in found


@pytest.mark.parametrize(
    ("text", "counts", "reporter", "attributed_to"),
    [
        (
            (
                "“We removed 589 Facebook accounts, 7,665 Pages, and 437 accounts on Instagram "
                "linked to the Youth League of the Unity Party,” Meta wrote."
            ),
            (589, 7665, None, 437),
            "Meta",
            "the Youth League of the Unity Party",
        ),
        (
            (
                "Facebook said it has removed “124 Facebook accounts, 15 Pages, six Groups "
                "and 30 Instagram accounts.” It tied them to the Ministry of Order."
            ),
            (124, 15, 6, 30),
            "Facebook",
            "the Ministry of Order",
        ),
        (
            "Meta disrupted a network run by the Ministry of Public Order.",
            (None, None, None, None),
            "Meta",
            "the Ministry of Public Order",
        ),
    ],
)
def test_takedowns(
    text: str, counts: tuple[int | None, ...], reporter: str, attributed_to: str
) -> None:
    (found,) = values(text, "takedown")
    assert tuple(found[n] for n in ("accounts", "pages", "groups", "instagram")) == counts
    assert (found["reporter"], found["attributed_to"]) == (reporter, attributed_to)


def test_the_counts_of_a_takedown_are_no_quantities_beside_it() -> None:
    text = "Meta removed 352 Facebook accounts, four Pages and 338 accounts on Instagram."
    assert values(text, "quantity") == []


def test_what_was_deleted_by_its_author_is_no_takedown() -> None:
    assert values("On Facebook she removed her two posts and three comments.", "takedown") == []


@pytest.mark.parametrize("lang", ["az", "en", "ru", "tr"])
def test_every_currency_is_a_unit_that_a_record_takes(lang: str) -> None:
    assert tables.load(f"{lang}_amounts")["currencies"].keys() <= vocabulary("unit").terms.keys()
