"""How counts of people, accounts, comments, views, money and time are put, in four languages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from undersight.extract import draft

PLACE = Path(__file__).parent / "quantities" / "ways.txt"
DAY = dt.date(2021, 12, 1)
WAYS = [tuple(line.split("\t")) for line in PLACE.read_text(encoding="utf-8").splitlines()]


def quantities(text: str, lang: str) -> list[str]:
    """Return the quantities of a text as ``what/amount/unit``."""
    entries = draft(text, context_date=DAY, lang=lang).entries
    values = [f.value for e in entries for f in e.fields if f.kind == "quantity"]
    return [f"{value['what']}/{value['amount']}/{value['unit']}" for value in values]


def misread(ways: list[tuple[str, ...]]) -> list[str]:
    """Return the sentences of which another quantity is read, or none, or one too many."""
    return [text for lang, told, text in ways if quantities(text, lang) != [told]]


@pytest.mark.long
def test_ways_of_putting_a_quantity() -> None:
    assert misread(WAYS) == []


def test_some_quantities() -> None:
    assert misread(WAYS[::12]) == []


def test_a_misread_quantity_is_seen() -> None:
    assert misread([("en", "people_detained/5/people", "Four bloggers were arrested.")]) != []


def test_a_video_that_was_watched_is_no_surveillance() -> None:
    (entry,) = draft("Video 45 bin kez izlendi.", context_date=DAY, lang="tr").entries
    assert "act" not in {field.kind for field in entry.fields}


def test_who_is_named_is_not_counted_too() -> None:
    told = "Two activists jailed\n\nA court jailed Zaur Bel and Nora Dag on 3 May."
    assert quantities(told, "en") == []
    more = "Two activists jailed\n\nA court jailed two activists on 3 May."
    assert set(quantities(more, "en")) == {"people_affected/2/people"}


def test_what_a_prosecutor_asks_for_is_no_sentence() -> None:
    asked = "The prosecutor asked the court to sentence Zaur Bel to five years in prison."
    (entry,) = draft(asked, context_date=DAY, lang="en").entries
    assert {field.kind for field in entry.fields} & {"act", "sentence"} == set()


def test_who_runs_a_platform_is_no_victim_of_it() -> None:
    (entry,) = draft("Meta rejected her request for a badge.", context_date=DAY).entries
    assert [field.role for field in entry.fields] == [None] * len(entry.fields)


@pytest.mark.parametrize(
    ("report", "reporter", "whose"),
    [
        (
            "Meta Q2 report: 1,037 accounts, 216 Pages, 38 Groups. Behind it stands Bright Road.",
            "Meta",
            "Bright Road",
        ),
        (
            "Twitter archive: 277 accounts, attributed to the youth wing of the party.",
            "Twitter",
            "the youth wing of the party",
        ),
        (
            "A network of 41 accounts gone from TikTok, operated by individuals in Qaravel.",
            "TikTok",
            "individuals in Qaravel",
        ),
    ],
)
def test_a_report_of_counts_is_a_takedown_without_a_verb(
    report: str, reporter: str, whose: str
) -> None:
    (entry,) = draft(report, context_date=DAY, lang="en").entries
    (told,) = [field.value for field in entry.fields if field.kind == "takedown"]
    assert told["reporter"] == reporter
    assert whose in told["attributed_to"]


@pytest.mark.parametrize(
    ("lang", "text", "n_hours"),
    [
        ("ru", "Блогера Заура Бела вызвали в полицию. Беседа шла три часа.", 3),
        ("ru", "3 мая отключили интернет: связи не было девятнадцать часов.", 19),
        ("tr", "Pazar günü ilçede mobil internet sekiz saat kesildi.", 8),
        ("en", "Blogger Zaur Bel was stopped at the border. 31 hours in custody.", 31),
        ("en", "Questioned 06.04.2021 w/o lawyer for 7 hrs.", 7),
        ("ru", "За шесть часов под постом появилось 549 комментариев, Заура Бела вызвали.", None),
        ("tr", "Paylaşıma bir saat içinde 1.200 şikâyet geldi.", None),
        ("tr", "Duyurunun altına altı saatte 549 yorum yağdı.", None),
        ("az", "Rəsminə bir saatda 1200 şikayət göndərilib.", None),
        (
            "en",
            "Zaur Bel was questioned at 3 hours before midnight and filmed every 2 hours.",
            None,
        ),
    ],
)
def test_hours_that_something_lasted(lang: str, text: str, n_hours: int | None) -> None:
    found = [
        field.value["amount"]
        for entry in draft(text, context_date=DAY, lang=lang).entries
        for field in entry.fields
        if field.kind == "quantity" and field.value["what"] == "duration"
    ]
    assert found == ([] if n_hours is None else [n_hours])
