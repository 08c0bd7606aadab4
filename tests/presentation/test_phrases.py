"""Numbers with what they count, penalties and losses, in the forms each language asks for."""

from __future__ import annotations

import pytest

from tests.model.sample import sample_dossier
from undersight.model import parts as p
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Provision
from undersight.presentation import phrases
from undersight.presentation.presenter import Presenter

WORDS = {lang: Presenter(sample_dossier(), lang) for lang in ("en", "az", "ru", "tr")}
EN = WORDS["en"]


@pytest.mark.parametrize(
    ("value", "en", "ru"),
    [
        (3, "3", "3"),
        (12000, "12\u202f000", "12\u202f000"),
        (1.5, "1.5", "1,5"),
        (0.25, "0.25", "0,25"),
    ],
)  # fmt: skip
def test_amounts(value: float, en: str, ru: str) -> None:
    assert phrases.amount(value) == en
    assert phrases.amount(value, "ru") == ru


@pytest.mark.parametrize(
    ("value", "unit", "en", "ru", "tr"),
    [
        (1, "days", "1 day", "1 день", "1 gün"),
        (30, "days", "30 days", "30 дней", "30 gün"),
        (3, "years", "3 years", "3 года", "3 yıl"),
        (21, "months", "21 months", "21 месяц", "21 ay"),
        (1.5, "years", "1.5 years", "1,5 года", "1,5 yıl"),
        (5, "hours", "5 hours", "5 часов", "5 saat"),
        (500, "AZN", "500 AZN", "500 AZN", "500 AZN"),
        (40, "percent", "40\u00a0%", "40\u00a0%", "40\u00a0%"),
        (7, "", "7", "7", "7"),
    ],
)
def test_units_take_the_form_of_their_number(
    value: float, unit: str, en: str, ru: str, tr: str
) -> None:
    found = [phrases.counted(value, unit, WORDS[lang]) for lang in ("en", "ru", "tr")]
    assert found == [en, ru, tr]


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (p.Quantity(what="people_warned", amount=8, unit="people", n_listed=6),
         "people warned: 8 (the source's own list has 6)"),
        (p.Quantity(what="people_warned", amount=8, unit="people", n_listed=8),
         "people warned: 8"),
        (p.Quantity(what="followers", amount=4000, unit="followers", is_rounded=True),
         "followers: about 4\u202f000"),
        (p.Quantity(what="ad_spend", amount=400, amount_max=500, currency="EUR"),
         "advertising spend: 400–500 EUR"),
        (p.Quantity(what="inauthentic_comments", amount=294, of_total=301, unit="comments"),
         "inauthentic comments: 294 of 301"),
        (p.Quantity(what="comments", as_text="hundreds"), "comments: hundreds"),
        (p.Quantity(amount=3, unit="pages"), "3 pages"),
    ],
)  # fmt: skip
def test_quantities(quantity: p.Quantity, words: str) -> None:
    assert phrases.quantity(quantity, EN) == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (p.Sentence(kind="administrative_detention", amount=30, unit="days"),
         "administrative detention: 30 days"),
        (p.Sentence(kind="fine", amount=500, unit="AZN", currency="AZN"), "fine: 500 AZN"),
        (p.Sentence(kind="community_service", amount=240, unit="hours"),
         "community service: 240 hours"),
        (p.Sentence(kind="prison", amount=1, unit="years", is_suspended=True),
         "prison: 1 year (suspended sentence)"),
        (p.Sentence(kind="life"), "life imprisonment"),
        (p.Sentence(as_text="a heavy penalty"), "a heavy penalty"),
        (p.Sentence(kind="prison", amount=2, unit="years", pronounced_on=FuzzyDate.parse("2031")),
         "prison: 2 years, 2031"),
    ],
)  # fmt: skip
def test_sentences(sentence: p.Sentence, words: str) -> None:
    assert phrases.sentence(sentence, EN) == words


def test_losses() -> None:
    assert phrases.loss(None, EN) == ()
    lost = p.Loss(
        followers_before=21000, posts_lost=5, posts_lost_since=FuzzyDate.parse("2027"),
        reach_lost_percent=40, observed_by="platform_statistics", days_down=1,
    )  # fmt: skip
    assert phrases.loss(lost, EN)[:3] == (
        "followers: 21\u202f000 before, unknown after", "posts lost: 5", "posts lost since 2027",
    )  # fmt: skip
    assert phrases.loss(lost, EN)[-1] == "1 day without access"


def test_a_citation_names_the_country_only_where_it_is_another() -> None:
    home = Provision(record_id="a", citation="388.1", instrument="Code", jurisdiction="QV")
    other = Provision(record_id="b", citation="10", instrument="Convention", jurisdiction="CoE")
    assert phrases.citation(home, "388-1", EN) == "388.1, Code"
    assert phrases.citation(other, "", EN) == "10, Convention, CoE"
    assert phrases.citation(None, "388-1", EN) == "388-1"


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [("inzibati", "az", "İnzibati"), ("ılıq", "tr", "Ilıq"), ("issue", "en", "Issue"),
     ("вызов", "ru", "Вызов"), ("", "en", ""), ("ჟურნალი", "en", "ჟურნალი")],
)  # fmt: skip
def test_capitals_keep_their_dots(text: str, lang: str, shown: str) -> None:
    assert phrases.capitalised(text, lang) == shown


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tr"])
def test_every_field_that_is_spoken_of_has_words(lang: str) -> None:
    assert phrases.field_name("stated_ground", WORDS[lang]) != "stated_ground"
    assert phrases.field_name("some_other", WORDS[lang]) == "some other"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (3600, "1 hour"), (5400, "90 minutes"), (60, "1 minute"), (0.5, "0.5 seconds"),
        (0, "0 seconds"), (604_800, "7 days"), (86_401, "86401 seconds"),
    ],
)  # fmt: skip
def test_a_span_is_said_in_the_largest_unit_that_fits(seconds: float, said: str) -> None:
    assert phrases.lasting(seconds, "en") == said


@pytest.mark.parametrize(
    ("written", "lang", "shown"),
    [
        ("2.67", "en", "2.67"),
        ("2.67", "ru", "2,67"),
        ("1.2e-05", "az", "1,2e-05"),
        ("41", "tr", "41"),
        ("page 2.1 of a.b", "ru", "page 2.1 of a.b"),
    ],
)
def test_a_point_is_decimal_in_english_only(written: str, lang: str, shown: str) -> None:
    assert phrases.in_figures(written, lang) == shown


def test_a_comma_parts_thousands_in_english_only() -> None:
    """“1,234” is one and a bit to who reads Russian."""
    assert phrases.in_thousands(69_592, "en") == "69,592"
    assert phrases.in_thousands(69_592, "ru") == "69\u202f592"
    assert phrases.lasting(1.5, "ru") == "1,5 секунды"
