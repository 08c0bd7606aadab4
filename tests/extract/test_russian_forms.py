"""Russian: one verb tells its act in every form, and tells none where nothing was done."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from undersight.extract import draft

pytestmark = pytest.mark.long  # sentence by sentence; the default suite has some of each


DAY = dt.date(2024, 12, 20)
PLACE = Path(__file__).parent / "quantities" / "told_ru.txt"
LINES = PLACE.read_text(encoding="utf-8").splitlines()
COUNTED = [line.split(": ", 1) for line in LINES if not line.startswith("#")]
TOLD = (
    ("detention", "Полиция увезла задержанную журналистку Нину Оскельде."),
    ("detention", "Сотрудники, задержавшие журналистку, были в масках."),
    ("arrest", "Вечером суд арестовывает редактора Захара Белова."),
    ("questioning", "О допросе журналистки стало известно 3 мая."),
    ("device_seizure", "Изъяв телефон журналистки, сотрудники уехали."),
    ("device_seizure", "Ноутбуки редакции поздно вечером 3 мая забрали."),
    ("dismissal", "После увольнения журналистки Нины Оскельде редакция закрылась."),
    ("site_blocking", "С 3 мая сайт издания «Речник» блокируется."),
    ("site_blocking", "Портал «Речник» в ночь на субботу заблокировало ведомство по связи."),
    ("suspension", "Это связано с блокировкой страницы газеты «Речник»."),
    ("content_removal", "3 мая публикация Нины Оскельде удалялась дважды."),
    ("hijack_page", "Телеграм-канал «Речник» после полуночи 3 мая захватили."),
    ("property_damage", "Машину журналистки ночью 3 мая подожгли."),
    ("appeal_decision", "После отмены приговора активистке дело вернули."),
    ("pretrial_extension", "Содержание под стражей Нине Оскельде продлено до 5 августа."),
    ("wanted_notice", "В розыск подали блогера Захара Белова."),
    ("pressure_on_relatives", "Брат журналиста допрошен следователем."),
)
NOT_DONE = (
    "Сайт издания «Речник» не заблокировали.",
    "Страница газеты «Речник» не была взломана.",
    "Телефон журналистки не изъяли.",
    "Если бы телеграм-канал «Речник» угнали, мы бы знали.",
    "Мобильный интернет не отключили.",
    "Дело против Нины Оскельде не возбудили.",
    "На следующей неделе страницу газеты приостановят.",
    "Завтра у редакции заберут компьютеры.",
    "Сайт «Речник» скоро заблокируют.",
    "Блогера доставят в отдел полиции.",
    "Её держат под угрозой увольнения.",
    "Правозащитники требуют освобождения журналистки.",
    "В возбуждении дела против чиновника отказали, отказ в возбуждении дела выдали на руки.",
)


def acts(text: str) -> set[object]:
    entries = draft(text, context_date=DAY, lang="ru").entries
    return {field.value for entry in entries for field in entry.fields if field.kind == "act"}


@pytest.mark.parametrize(("act", "text"), TOLD)
def test_every_form_tells_the_act(act: str, text: str) -> None:
    assert acts(text) == {act}


@pytest.mark.parametrize("text", NOT_DONE)
def test_what_was_not_done_is_no_act(text: str) -> None:
    assert acts(text) == set()


def counted(text: str) -> set[str]:
    """Return the quantities of a text as ``what/amount/unit``."""
    entries = draft(text, context_date=DAY, lang="ru").entries
    values = [f.value for e in entries for f in e.fields if f.kind == "quantity"]
    return {f"{value['what']}/{value['amount']}/{value['unit']}" for value in values} or {"none"}


@pytest.mark.parametrize("start", range(4))
def test_what_a_sentence_counts(start: int) -> None:
    wrong = [t for told, t in COUNTED[start::4] if set(told.split()) != counted(t)]
    assert wrong == []


def test_half_years_in_words_are_months() -> None:
    text = "Суд приговорил Захара Белова к пяти с половиной годам колонии."
    entries = draft(text, context_date=DAY, lang="ru").entries
    (term,) = [f.value for e in entries for f in e.fields if f.kind == "sentence"]
    assert term == {"kind": "prison", "amount": 66, "unit": "months"}


def test_frozen_property_is_no_arrest() -> None:
    assert "arrest" not in acts("Суд арестовал счета и имущество редактора Захара Белова.")


def test_who_is_led_away_is_no_account() -> None:
    assert acts("Корреспондентку полицейские увели с митинга в автозак.") == {"detention"}


def test_the_convict_is_no_second_sentence() -> None:
    assert acts("Осуждённый обжаловал приговор в областном суде.") == {"appeal"}
