"""Outlets called like plain words, people or offices: told by the company they keep."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2031, 12, 20)


def read(text: str) -> tuple[list[str], list[str]]:
    """Return the outlets and the people of an English text, by place."""
    fields = [f for e in draft(text, context_date=DAY, lang="en").entries for f in e.fields]
    outlets = [str(f.value) for f in fields if f.kind == "outlet"]
    return outlets, [str(f.value) for f in fields if f.kind == "person"]


@pytest.mark.parametrize(
    ("text", "outlets", "people"),
    [
        ("Police detained Lantern reporter Olga Brenk.", ["Lantern"], ["Olga Brenk"]),
        ("Lantern reported that Olga Brenk was detained.", ["Lantern"], ["Olga Brenk"]),
        ("Lantern's editor, Olga Brenk, was fined.", ["Lantern"], ["Olga Brenk"]),
        ("We at Lantern lost access to our page.", ["Lantern"], []),
        ("Lantern, whose website is hosted abroad, was blocked.", ["Lantern"], []),
        ("The publisher of Red Bell, Olga Brenk, was fined.", ["Red Bell"], ["Olga Brenk"]),
        ("Olga Brenk (Northern Voice) was fined.", ["Northern Voice"], ["Olga Brenk"]),
        ("Olga Brenk of Nordlys was fined.", ["Nordlys"], ["Olga Brenk"]),
        ("Police beat Blue Desk photographer Olga Brenk.", ["Blue Desk"], ["Olga Brenk"]),
        ("TV Meridian's website was blocked.", ["TV Meridian"], []),
        ("Correspondent of Radio Polis Olga Brenk was fined.", ["Radio Polis"], ["Olga Brenk"]),
        (
            "The websites Harbor Light, Sea Mail and Rosa Negra were blocked.",
            ["Harbor Light", "Sea Mail", "Rosa Negra"],
            [],
        ),
        ("Olga Brenk, editor of the magazine Lantern, was fined.", ["Lantern"], ["Olga Brenk"]),
        ("The journalist of Free Hour Olga Brenk was fined.", ["Free Hour"], ["Olga Brenk"]),
        ("She told Voice of Velm that Olga Brenk was fined.", ["Voice of Velm"], ["Olga Brenk"]),
    ],
)  # fmt: skip
def test_a_newsroom_is_told_by_its_company(
    text: str, outlets: list[str], people: list[str]
) -> None:
    assert read(text) == (outlets, people)


@pytest.mark.parametrize(
    "text",
    [
        "Freelance photographer Olga Brenk was fined.",
        "Radio host Olga Brenk was fined.",
        "Olga Brenk was fined. Brenk's editor was warned.",
        "In Velm, Velm reporter Olga Brenk was fined.",
        "Medical report: Olga Brenk was beaten.",
        "A member of the People's Voice party, Olga Brenk, was fined.",
        "The Criminal Judgeship of Peace arrested Olga Brenk.",
    ],
)
def test_what_only_looks_like_a_newsroom(text: str) -> None:
    assert read(text)[0] == []


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Olga Brenk (Sea Mail) and Lev Damir (freelance) were kept out.", 2),
        ("According to Olga Brenk, her colleague Lev Damir was kept out.", 1),
    ],
)
def test_without_an_act_that_is_known_those_named_together_are_meant(
    text: str, victims: int
) -> None:
    fields = [f for e in draft(text, context_date=DAY, lang="en").entries for f in e.fields]
    assert sum(f.role == "victim" for f in fields) == victims
