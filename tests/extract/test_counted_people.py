"""Who is counted: those whom the entry tells something of, not everybody who is a number."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft


def _counts(sentence: str) -> list[tuple[str, float]]:
    entries = draft(sentence, context_date=dt.date(2031, 12, 20), lang="en").entries
    fields = [f for entry in entries for f in entry.fields if f.kind == "quantity"]
    return [(f.value["what"], f.value["amount"]) for f in fields]


@pytest.mark.parametrize(
    "sentence",
    [
        "Police detained Rauf Velmez on 3 May. He is married and has two children.",
        "Rauf Velmez, a father of three children, was arrested on 3 May.",
        "Rauf Velmez was detained on 3 May after 25 to 30 plain-clothed persons arrived.",
        "Rauf Velmez was questioned on 3 May. About 200 people came to the court that day.",
    ],
)
def test_people_to_whom_nothing_was_done(sentence: str) -> None:
    assert _counts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "what", "amount"),
    [
        ("He runs a Telegram group with 1,020 members and was detained.", "followers", 1020),
        ("He runs a group of 54 000 members and was detained.", "followers", 54000),
        ("She has a channel with 12,000 members and was summoned.", "followers", 12000),
        ("About 200 people came; 12 of them were detained.", "people_detained", 12),
        ("Police had a group of five activists detained on 3 May.", "people_detained", 5),
        ("On 3 May, nine members of the movement were arrested.", "people_detained", 9),
        ("Six current and former employees were arrested.", "people_detained", 6),
        ("Fourteen users were called in by the prosecutor.", "people_questioned", 14),
        ("Three children were detained with their mother.", "people_detained", 3),
    ],
)
def test_people_to_whom_something_was_done(sentence: str, what: str, amount: float) -> None:
    assert _counts(sentence) == [(what, amount)]


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("He has been involved in human rights work for nearly 20 years.", []),
        ("She headed the sub-committee of the union for five months.", []),
        ("He was held at the department for eleven days.", [("duration", 11)]),
    ],
)
def test_a_career_is_no_length_of_custody(sentence: str, counts: list[tuple[str, float]]) -> None:
    assert _counts(sentence) == counts


def test_of_them_means_what_was_counted_last() -> None:
    text = (
        "She was detained on 3 May. Her page got 870 comments; "
        "113 of them were written by accounts without friends."
    )
    assert _counts(text) == [("comments", 870), ("inauthentic_comments", 113)]


@pytest.mark.parametrize(
    ("lang", "sentence", "told"),
    [
        (
            "az",
            "Saxlanılanların 21-i həmin gün azad edilib, üç nəfər isə həbs olunub.",
            {("people_affected", 21), ("people_detained", 3)},
        ),
        (
            "az",
            "Mitinqdə 9 nəfər saxlanılıb. Onlardan dördü partiya üzvüdür.",
            {("people_detained", 9), ("people_detained", 4)},
        ),
        (
            "tr",
            "Eylemde 12 kişi gözaltına alındı, beşi tutuklandı, yedisi serbest bırakıldı.",
            {("people_detained", 12), ("people_detained", 5), ("people_affected", 7)},
        ),
        (
            "tr",
            "Dört kişi tutuklandı, üç kişi ise serbest bırakıldı.",
            {("people_detained", 4), ("people_affected", 3)},
        ),
        ("tr", "Polis onu serbest bıraktı.", set()),
    ],
)
def test_parts_of_a_group_are_counted_by_what_was_done(
    lang: str, sentence: str, told: set[tuple[str, float]]
) -> None:
    entries = draft(sentence, context_date=dt.date(2031, 12, 20), lang=lang).entries
    fields = [f for entry in entries for f in entry.fields if f.kind == "quantity"]
    assert {(f.value["what"], f.value["amount"]) for f in fields} == told
