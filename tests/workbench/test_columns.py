"""Columns of a stranger's table: told, or of exactly a known name, never guessed by likeness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import UnknownRoleError
from undersight.workbench.columns import IGNORE, REST, ROLES, map_columns


def test_known_names_in_four_languages() -> None:
    found = map_columns(["Дата", "Ad Soyad", "şəhər", "link", "colour"], {})
    assert dict(found.roles) == {
        "Дата": "date",
        "Ad Soyad": "victim",
        "şəhər": "place",
        "link": "url",
        "colour": REST,
    }
    assert found.guessed == {"Дата", "Ad Soyad", "şəhər", "link"}


@pytest.mark.parametrize(
    ("name", "role"),
    [("ПІБ", "victim"), ("დაკავების თარიღი", "date"), ("Անուն Ազգանուն", "victim"),
     ("تاريخ الاعتقال", "date"), ("نام و نام خانوادگی", "victim"), ("حکم", "sentence")],
)  # fmt: skip
def test_the_commonest_names_of_the_neighbourhood(name: str, role: str) -> None:
    assert map_columns([name], {}).roles[name] == role


def test_likeness_is_not_enough() -> None:
    found = map_columns(["victims name?", "judge name", "dates"], {})
    assert set(found.roles.values()) == {REST}


def test_of_two_columns_of_one_meaning_the_first_keeps_it() -> None:
    found = map_columns(["name", "victim"], {})
    assert dict(found.roles) == {"name": "victim", "victim": REST}


def test_what_is_told_wins_and_may_repeat() -> None:
    found = map_columns(["name", "judge"], {"NAME": IGNORE, "judge": "agency"})
    assert dict(found.roles) == {"name": IGNORE, "judge": "agency"}
    assert not found.guessed
    assert found.columns("agency") == ("judge",)


@pytest.mark.parametrize(
    ("given", "is_column", "word"),
    [({"name": "villain"}, False, "villain"), ({"nmae": "victim"}, True, "nmae")],
)
def test_a_wrong_name_is_answered_with_the_choice(
    given: dict[str, str],
    is_column: bool,  # noqa: FBT001 - a case of the table above
    word: str,
) -> None:
    with pytest.raises(UnknownRoleError) as raised:
        map_columns(["name"], given)
    assert raised.value.is_column is is_column
    assert word in raised.value.sentence
    assert ("name" if is_column else "victim") in raised.value.hint


@given(columns=st.lists(st.text(max_size=8), unique=True, max_size=8))
def test_every_column_gets_exactly_one_known_meaning(columns: list[str]) -> None:
    found = map_columns(columns, {})
    assert list(found.roles) == columns
    assert set(found.roles.values()) <= set(ROLES)
    guessed = [role for role in found.roles.values() if role != REST]
    assert len(guessed) == len(set(guessed))


def test_what_stands_beside_a_heading_counts_for_nothing() -> None:
    found = map_columns(["Date (approx.)", "Case #", "What happened?", "(2031)", "ФИО*"], {})
    assert list(found.roles.values()) == ["date", "id", "summary", REST, "victim"]


def test_names_that_people_put_together_and_names_in_two_languages() -> None:
    found = map_columns(
        [
            "1. Дата события",
            "Фамилия, имя, отчество задержанного",
            "Müdahale türü",
            "Qərarı verən orqan",
            "Город / район",
            "Срок / наказание",
            "Status / Vəziyyət",
            "Kaynak | Link",
            "name of judge",
        ],
        {},
    )
    assert list(found.roles.values()) == [
        "date", "victim", "act", "agency", "place", "sentence", "status", REST, REST,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "role"),
    [("ماذا حدث", "summary"), ("شرح واقعه", "summary"), ("Source links", "url")],
)
def test_what_was_told_and_where_it_stands(heading: str, role: str) -> None:
    assert map_columns([heading, "Name"], {}).roles[heading] == role
