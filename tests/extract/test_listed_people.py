"""People listed behind a count are tied to the act that the list explains."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2031, 12, 20)


def tied(text: str, lang: str) -> set[tuple[str, object]]:
    """Return the people who are victims with the act that each is tied to, if any."""
    fields = [
        (f, entry.fields)
        for entry in draft(text, context_date=DAY, lang=lang).entries
        for f in entry.fields
    ]
    return {
        (str(f.value), None if f.of is None else all_of[f.of].value)
        for f, all_of in fields
        if f.kind == "person" and f.role == "victim"
    }


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "Five people were detained: Orvel Tazim and Petra Olm.", "Orvel Tazim; Petra Olm"),
        (
            "en",
            "Four reporters were detained on 3 May, among them Anar Belin and Kamil Tash.",
            "Anar Belin; Kamil Tash",
        ),
        (
            "en",
            "Two people were detained: the editor Orvel Tazim and the driver Petra Olm.",
            "Orvel Tazim; Petra Olm",
        ),
        ("ru", "Задержали двоих: Тимо Грелова и Захара Белова.", "Тимо Грелов; Захар Белов"),
        (
            "az",
            "Mayın 5-də iki nəfər saxlanılıb: Danil Voskov və Lena Pello.",
            "Danil Voskov; Lena Pello",
        ),
        (
            "tr",
            "5 Mayıs'ta iki kişi gözaltına alındı: Anar Belin ve Kamil Taş.",
            "Anar Belin; Kamil Taş",
        ),
    ],
)
def test_a_list_names_whom_an_act_was_done_to(lang: str, text: str, names: str) -> None:
    assert tied(text, lang) == {(name, "detention") for name in names.split("; ")}


def test_each_list_has_its_own_act() -> None:
    text = "Two were released: Orvel Tazim and Petra Olm. Two were fined: Nils Crane, Ulla Brandt."
    assert tied(text, "en") == {
        ("Orvel Tazim", "release"),
        ("Petra Olm", "release"),
        ("Nils Crane", "fine"),
        ("Ulla Brandt", "fine"),
    }


def test_whom_a_lawyer_defends_is_on_no_list() -> None:
    text = "Two activists were detained: the lawyer of Orvel Tazim, Petra Olm, said so."
    assert ("Orvel Tazim", "detention") not in tied(text, "en")


def test_who_only_speaks_behind_a_list_is_no_victim() -> None:
    text = "One activist was detained: Orvel Tazim, Petra Olm said."
    assert ("Petra Olm", "detention") not in tied(text, "en")
