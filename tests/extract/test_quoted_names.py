from __future__ import annotations

import datetime as dt

from undersight.extract import draft
from undersight.extract.russian_endings import nominative
from undersight.extract.russian_titles import quoted

TEXT = (
    "Роскомнадзор 11 октября ограничил доступ к сайтам изданий «Озёрск онлайн», «Люди и дороги» и "
    "«Полдень» на основании закона «Об информации». Редактор «Полдня» Анна Боз сообщила об этом. "
    "Сайт «Людей и дорог» уже блокировали."
)


def test_names_in_quotes_take_the_form_behind_the_word_for_what_they_are() -> None:
    read = draft(TEXT, context_date=dt.date(2024, 6, 1))
    fields = [f for e in read.entries for f in e.fields]
    named = [f.value for f in fields if f.kind == "outlet"]
    assert named[:3] == ["Озёрск онлайн", "Люди и дороги", "Полдень"]
    assert set(named) == set(named[:3])
    assert "Анна Боз" in [f.value for f in fields if f.kind == "person"]


def test_a_name_in_the_genitive_behind_its_staff() -> None:
    assert quoted("Голоса степи", 'журналистку "', ()) == "Голос степи"
    assert quoted("Голоса степи", 'издания "', ()) == "Голоса степи"


def test_names_of_central_asia() -> None:
    assert nominative("Алию Касымову", before='корреспондентку "голоса степи" ') == "Алия Касымова"
    assert nominative("Ерлана Сейткали", before="активиста ") == "Ерлан Сейткали"
