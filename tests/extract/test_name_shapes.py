"""What a name is by its look alone: capital articles, datelines, numbers of cases."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2024, 12, 20)


def named(text: str) -> set[tuple[str, str]]:
    """Return kind and value of the names in an English text."""
    kinds = ("outlet", "organisation", "person", "place")
    (entry,) = draft(text, context_date=DAY, lang="en").entries
    return {(f.kind, str(f.value)) for f in entry.fields if f.kind in kinds}


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("She had written for The Northern Lamp about the port.", "Northern Lamp"),
        ("A court ordered The Morning Kettle to pay 30,000 euros to the mayor.", "Morning Kettle"),
        ("Since 11 May the sites of The Ferry Bell cannot be opened.", "Ferry Bell"),
    ],
)
def test_a_capital_article_inside_a_sentence_leads_an_outlet(text: str, outlet: str) -> None:
    assert ("outlet", outlet) in named(text)


def test_a_place_in_capitals_behind_a_date_is_no_body() -> None:
    found = named("16 March 2024 – PORT ELA. Photographer Zaur Bel was punched by a guard.")
    assert ("place", "PORT ELA") in found
    assert not {kind for kind, _ in found} & {"outlet", "organisation"}


def test_the_number_of_a_case_is_no_name_and_no_count() -> None:
    text = "CW-21-044 Hijacked page\nThe page of a bookshop was hacked on 3 May 2024."
    assert named(text) == set()
    (entry,) = draft(text, context_date=DAY, lang="en").entries
    assert [f for f in entry.fields if f.kind == "quantity"] == []
