from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft


def outlets(text: str) -> list[str]:
    read = draft(text, context_date=dt.date(2024, 6, 1))
    return [f.value for e in read.entries for f in e.fields if f.kind == "outlet"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "The ministry blocked the websites of Nasha Rech, Westfront and Media Polotno.",
            ["Nasha Rech", "Westfront", "Media Polotno"],
        ),
        ("Police raided the office of news site The Lantern in Sarnak.", ["Lantern"]),
        ("Nora Dag, a reporter with The Northern Post, was questioned.", ["Northern Post"]),
        ("Parliament adopted the Law on Electronic Media on 3 May.", []),
        ("Small newsrooms in Sarnak were searched.", []),
    ],
)
def test_outlets_in_lists_and_behind_articles(text: str, named: list[str]) -> None:
    assert outlets(text) == named


def test_a_name_with_a_capital_inside_is_no_person() -> None:
    read = draft("NetWatch Asia confirms the blocking.", context_date=dt.date(2024, 6, 1))
    assert [f.kind for e in read.entries for f in e.fields if f.value == "NetWatch Asia"] == [
        "organisation"
    ]
