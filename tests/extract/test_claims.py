"""Who speaks in a sentence: never the person of whom it is said."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from undersight.extract import draft

pytestmark = pytest.mark.long  # sentence by sentence; the default suite has some of each


RU = "Блогера Эльдара Мамедли вызвали 3 мая в полицию и допросили. "
EN = "Blogger Eldar Mammadli was summoned to the police on 3 May and questioned. "
AZ = "Bloger Eldar Məmmədli mayın 3-də polisə çağırılıb və dindirilib. "
TR = "Blogcu Erdal Korhanlı 3 Mayıs'ta emniyete çağrıldı ve ifadesi alındı. "
TOLD = {"ru": RU, "en": EN, "az": AZ, "tr": TR}


def fields(text: str, kind: str, lang: str) -> list[Any]:
    """The values of a kind that a text of one entry proposes."""
    entries = draft(text, context_date=dt.date(2031, 5, 10), lang=lang).to_json()["entries"]
    return [f["value"] for e in entries for f in e["fields"] if f["kind"] == kind]


@pytest.mark.parametrize(
    ("lang", "said", "speaker"),
    [
        ("ru", "Пресс-секретарь МВД отрицает, что Мамедли вызывали.", "МВД"),
        ("ru", "Адвокат Рена Садыхова сообщила, что Мамедли отпустили.", "Рена Садыхова"),
        ("ru", "Прокуратура отказалась комментировать вызов Мамедли.", "Прокуратура"),
        ("ru", "По его словам, следователь угрожал ему.", "Эльдар Мамедли"),
        ("ru", "Оператор «Рутелеком» вину отрицает.", "Рутелеком"),
        ("en", "The police told Mammadli that nobody had beaten him.", "The police"),
        ("en", "According to lawyer Rena Sadikhova, Mammadli was beaten.", "Rena Sadikhova"),
        ("en", "Officials deny Mammadli was ever detained.", "Officials"),
        ("en", "Mammadli denied insulting the minister Farid Gasimov.", "Eldar Mammadli"),
        ("az", "Polis Məmmədlinin çağırıldığını təkzib edib.", "Polis"),
        ("az", "Nazir Fərid Qasımov Məmmədlinin döyüldüyünü inkar edib.", "Fərid Qasımov"),
        ("az", "Vəkil Rəna Sadıqovanın sözlərinə görə, Məmmədli döyülüb.", "Rəna Sadıqova"),
        ("tr", "Savcılık, Korhanlı'nın ifadesinin alındığını yalanladı.", "Savcılık"),
        ("tr", "Avukat Rana Sadıkoğlu'na göre Korhanlı dövüldü.", "Rana Sadıkoğlu"),
        ("tr", "Bakan Ferit Kasımoğlu, Korhanlı'nın dövüldüğünü yalanladı.", "Ferit Kasımoğlu"),
    ],
)
def test_who_says_it_is_the_speaker(lang: str, said: str, speaker: str) -> None:
    claims = fields(f"{TOLD[lang]}{said}\n", "claim", lang)
    assert [one["speaker"] for one in claims] == [speaker]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ru", "Полиция заявила Мамедли, что жалоб не поступало."),
        ("az", "Polis bildirib ki, Məmmədli sənədi yazıb."),
        ("en", "The police said that Mammadli had come with his brother."),
    ],
)
def test_what_the_police_say_is_not_put_into_the_mouth_of_whom_they_questioned(
    lang: str, said: str
) -> None:
    claims = fields(f"{TOLD[lang]}{said}\n", "claim", lang)
    people = {"Эльдар Мамедли", "Eldar Məmmədli", "Eldar Mammadli"}
    assert not people & {one["speaker"] for one in claims}


def test_two_speakers_parted_by_a_semicolon_are_two() -> None:
    text = f"{EN}The ministry denies it; his mother, Zemfira Mammadli, says he was beaten.\n"
    speakers = [one["speaker"] for one in fields(text, "claim", "en")]
    assert speakers == ["The ministry", "Zemfira Mammadli"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Блогера Эльдара Мамедли вызвали 3 мая.", "Эльдар Мамедли"),
        ("Журналистку Севинч Османлы задержали 3 мая.", "Севинч Османлы"),
        ("Адвокат Нато Мдзинарашвили задержана 3 мая.", "Нато Мдзинарашвили"),
    ],
)
def test_surnames_that_russian_never_declines_stay(said: str, name: str) -> None:
    assert set(fields(f"{said}\n", "person", "ru")) == {name}


def test_a_name_in_the_same_letters_is_read_as_its_title_told_once() -> None:
    text = (
        "Журналиста Канана Тураева вызвали в полицию\n"
        "Канана Тураева, редактора газеты, вызвали 3 мая и допросили.\n"
    )
    assert set(fields(text, "person", "ru")) == {"Канан Тураев"}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ru", "На следующий день его оштрафовали. МВД отрицает, что Мамедли вызывали."),
        ("en", "The next day he was fined. The police denied that they had summoned him."),
        ("tr", "Ertesi gün serbest bırakıldı. Emniyet kimsenin çağrılmadığını açıkladı."),
    ],
)
def test_what_is_denied_is_what_the_words_deny(lang: str, said: str) -> None:
    claims = fields(f"{TOLD[lang]}{said}\n", "claim", lang)
    assert [(one["stance"], one["about"]) for one in claims] == [("denies", "summons")]


@pytest.mark.parametrize(
    ("lang", "said", "speaker"),
    [
        ("az", "Vəkil Rəna Sadıqovanın sözlərinə görə, polis onu döyüb.", "Rəna Sadıqova"),
        ("ru", "По словам адвоката Рены Садыховой, полиция сказала ждать.", "Рена Садыхова"),
        ("en", "In her words, the police told her mother to wait.", "Eldar Mammadli"),
        ("tr", "Onun anlattığına göre, polis kendisine bekle dedi.", "Erdal Korhanlı"),
    ],
)
def test_who_tells_what_the_police_said_is_who_speaks(lang: str, said: str, speaker: str) -> None:
    claims = fields(f"{TOLD[lang]}{said}\n", "claim", lang)
    assert [(one["speaker"], one["stance"]) for one in claims] == [(speaker, "asserts")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ru",
            "Блогера Эльдара Мамедли отпустили 3 мая. Полиция заявила, что его никто не бил.\n",
        ),
        ("en", "Eldar Mammadli was released on 3 May. The police denied that anyone hit him.\n"),
        ("az", "Eldar Məmmədli mayın 3-də azad edilib. Polis onun döyülmədiyini bildirib.\n"),
        ("tr", "Erdal Korhanlı 3 Mayıs'ta serbest kaldı. Polis onun dövülmediğini söyledi.\n"),
    ],
)
def test_a_denial_is_never_about_what_was_good(lang: str, text: str) -> None:
    assert [one["about"] for one in fields(text, "claim", lang)] == ["assault"]


def test_a_threat_that_a_victim_quotes_is_no_word_of_the_police() -> None:
    said = 'Onun sözlərinə görə, polis "postu silməsən, qardaşını işdən çıxararıq" deyib.'
    assert [one["speaker"] for one in fields(AZ + said, "claim", "az")] in ([], ["Eldar Məmmədli"])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("tr", "12 kişinin gözaltına alındığı belirtildi: Ali Kaya, Can Öz, Deniz Ak.\n"),
        ("az", "Aksiyada 4 nəfərin saxlanıldığı bildirilib: Ali Boz, Nigar Sarlı, Elçin Qara.\n"),
    ],
)
def test_one_of_a_list_does_not_speak(lang: str, text: str) -> None:
    assert fields(text, "claim", lang) == []


def test_a_lawyer_by_whose_words_it_is_told_is_no_victim() -> None:
    text = (
        "12 марта 2031 года поэта Данияра Бекова вызвали в полицию. "
        "По словам адвоката Алии Сарноевой, повестку прислали по телефону."
    )
    (entry,) = draft(text, context_date=dt.date(2031, 5, 10), lang="ru").entries
    assert {f.value for f in entry.fields if f.role == "victim"} == {"Данияр Беков"}


def test_who_refused_claims_nothing() -> None:
    text = "Марал Кулизаде вызвали в полицию и потребовали удалить пост. Она отказалась."
    (entry,) = draft(text, context_date=dt.date(2031, 12, 20), lang="ru").entries
    assert [f.value for f in entry.fields if f.kind == "response"] == ["refused"]
    assert [f.value for f in entry.fields if f.kind == "claim"] == []
