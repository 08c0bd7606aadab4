"""Whose lawyer or relative somebody is, and who of them is the victim."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2031, 12, 20)


def roles(text: str, lang: str) -> dict[str, str | None]:
    """Return the roles of the people and officials of a text."""
    fields = [f for e in draft(text, context_date=DAY, lang=lang).entries for f in e.fields]
    return {str(f.value): f.role for f in fields if f.kind in ("person", "official")}


LAWYERS = (
    ("en", "The lawyer of the journalist Vahid Ramli, Petra Olm, said he was beaten on 8 May."),
    ("ru", "Адвокат журналиста Ивана Лодкина Пётр Семин сообщил, что его клиента избили 5 мая."),
    ("az", "Jurnalist Elvin Sarlının vəkili Rəna Duman bildirib ki, o, mayın 5-də döyülüb."),
    ("tr", "Gazeteci Selim Dur'un avukatı Aslı Köp, onun 5 Mayıs'ta darp edildiğini söyledi."),
)  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), LAWYERS[:1] + LAWYERS[2:])
def test_who_is_defended_is_the_victim_and_not_the_lawyer(lang: str, text: str) -> None:
    (victim, first), (_, second) = roles(text, lang).items()
    assert victim in ("Vahid Ramli", "Elvin Sarlı", "Selim Dur")
    assert (first, second) == ("victim", "lawyer")


@pytest.mark.parametrize(
    ("lang", "text", "victims"),
    [
        ("en", "The brother of blogger Rauf Temir was detained on 7 May.", {"Rauf Temir"}),
        ("en", "The sister of Rauf Temir, Lala Temir, was summoned on 7 May.", {"Rauf Temir"}),
        ("en", "Rauf Temir's mother, Lala Temir, was questioned on 7 May.", {"Rauf Temir"}),
        ("ru", "Брата журналиста Марка Фельта задержали 9 мая.", {"Марк Фельт"}),
        ("az", "Fəal Dəniz Purşovanın anası Olqa Purşova polisə çağırılıb.", {"Dəniz Purşova"}),
        ("tr", "Gazeteci Karo Ven'in kardeşi Lusi Ven ifadeye çağrıldı.", {"Karo Ven"}),
    ],
)
def test_pressure_on_a_relative_is_meant_for_whose_relative_it_is(
    lang: str, text: str, victims: set[str]
) -> None:
    assert {name for name, role in roles(text, lang).items() if role == "victim"} == victims


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Bahar Elgin and her mother Sema Elgin were summoned on 8 July."),
        ("ru", "Активистку Бахар Эльгин и её мать Сему Эльгин вызвали в полицию."),
        ("tr", "Bahar Elgin ve annesi Sema Elgin ifadeye çağrıldı."),
        ("en", "Sema Elgin, the mother of blogger Bahar Elgin, was dismissed on 8 July."),
    ],
)
def test_a_relative_who_bears_it_in_their_own_right_is_a_victim_too(lang: str, text: str) -> None:
    assert list(roles(text, lang).values()) == ["victim", "victim"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "The wife of Orhan Tan, Sema Tan, said he was beaten on 8 July.",
            {"Orhan Tan": "victim", "Sema Tan": "relative"},
        ),
        (
            "The son of businessman Orhan Tan beat journalist Nora Dag on 8 July.",
            {"Orhan Tan": None, "Nora Dag": "victim"},
        ),
        (
            "Lawyer Nora Dag was disbarred on 8 July.",
            {"Nora Dag": "victim"},
        ),
        (
            "The editor Nora Dag was fined at the request of the farmer Orhan Tan.",
            {"Nora Dag": "victim", "Orhan Tan": "complainant"},
        ),
    ],
)
def test_who_only_stands_beside_a_victim_in_english(
    text: str, people: dict[str, str | None]
) -> None:
    assert roles(text, "en") == people


def test_the_judge_of_a_sentence_is_no_victim_of_it_in_russian() -> None:
    found = roles("Судья Олег Царёв приговорил блогера Ильдара Сафина к трём годам.", "ru")
    assert found == {"Олег Царёв": "official", "Ильдар Сафин": "victim"}


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Police searched Both Shores reporter Nora Dag on 8 July.", "Both Shores"),
        ("Police searched the founder of Silk News Nora Dag on 8 July.", "Silk News"),
    ],
)
def test_an_outlet_that_only_tells_for_whom_somebody_works_is_no_victim(
    text: str, outlet: str
) -> None:
    (entry,) = draft(text, context_date=DAY, lang="en").entries
    assert {str(f.value) for f in entry.fields if f.role == "victim"} == {"Nora Dag"}
