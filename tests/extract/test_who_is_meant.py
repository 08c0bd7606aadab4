"""Of the people and outlets that a sentence names, the one to whom something was done."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft

DAY = dt.date(2031, 12, 20)


def roles(text: str, lang: str) -> set[tuple[str, str, str | None]]:
    """Return kind, value and role of everybody named."""
    fields = [f for e in draft(text, context_date=DAY, lang=lang).entries for f in e.fields]
    kinds = ("person", "official", "outlet", "organisation", "account")
    return {(f.kind, str(f.value), f.role) for f in fields if f.kind in kinds}


@pytest.mark.parametrize(
    ("lang", "text", "victim"),
    [
        ("en", "The editor of Northern Lamp, Orvel Tazim, was detained.", "Orvel Tazim"),
        ("en", "The owner of the Harbour Voice website, Nils Crane, got threats.", "Nils Crane"),
        ("en", "Petra Olm – a photographer with a portal – was questioned.", "Petra Olm"),
        ("en", "Ulla Brandt (Harbour Voice) was arrested in the street.", "Ulla Brandt"),
        ("ru", "Суд арестовал администратора канала «Соль» Тимо Грелова.", "Тимо Грелов"),
        ("az", "Fəal Lena Bruskovanın Facebook səhifəsi ələ keçirilib.", "Lena Bruskova"),
        ("az", '"Duz TV"nin operatoru Yuri Pellovu polis saxlayıb.', "Yuri Pellov"),
        ("az", "Danil Voskov — jurnalist, 12 mart 2031-ci ildə saxlanılıb.", "Danil Voskov"),
        ("tr", "Petra Olm — Zarnia portalının fotoğrafçısı, ifadeye çağrıldı.", "Petra Olm"),
        ("tr", "Ruvin Halt beş yıla kadar hapis istemiyle yargılanacak.", "Ruvin Halt"),
    ],
)
def test_somebody_told_by_a_place_or_trade_is_the_victim(
    lang: str, text: str, victim: str
) -> None:
    assert ("person", victim, "victim") in roles(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Free Hill had its account suspended, the Open Line agency reported.", "Open Line"),
        ("en", "Lior Vance was arrested; his lawyer Ester Poll was not let in.", "Ester Poll"),
        ("ru", "Депутат Хорст Блемов подал жалобу на сайт «Вантаж».", "Хорст Блемов"),
        ("ru", "Заявитель Егор Сталин подал в суд на журналиста Ивана Лодкина.", "Егор Сталин"),
        ("az", "Nazir Qaspar Nunov Rita Kvellovanın döyüldüyünü təkzib edib.", "Qaspar Nunov"),
        ("tr", "Bakan Gaspar Nun, Rita Kvel'in dövüldüğünü yalanladı.", "Gaspar Nun"),
    ],
)
def test_who_reports_complains_defends_or_denies_is_no_victim(
    lang: str, text: str, name: str
) -> None:
    read = roles(text, lang)
    assert [role for _, value, role in read if value == name] not in ([], ["victim"])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Сайт zarnia.org заблокирован."),
        ("az", "zarnia.org saytı bloklanıb."),
        ("tr", "zarnia.org sitesine erişim engeli getirildi."),
    ],
)
def test_a_site_named_by_its_address_is_an_outlet(lang: str, text: str) -> None:
    assert ("outlet", "zarnia.org", "victim") in roles(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "victims"),
    [
        ("ru", "Заблокировали сайты «Лампа», «Река» и «Мост».", {"Лампа", "Река", "Мост"}),
        ("ru", "Блогера Катю Зорину оштрафовали 20 мая.", {"Катя Зорина"}),
        ("az", '"Çay", "Nöqtə" və "Sahil" saytları bloklanıb.', {"Çay", "Nöqtə", "Sahil"}),
        ("az", "Mühacir bloger Mark Feltin qardaşı mayın 9-da saxlanılıb.", {"Mark Felt"}),
        ("az", "Rəssam Yana Kostra mayın 9-da saxlanılıb.", {"Yana Kostra"}),
        ("az", '"Çaylaq"ın Facebook səhifəsi ələ keçirilib.', {"Çaylaq"}),
        ("tr", "Karo Ven'in kardeşi gözaltına alındı.", {"Karo Ven"}),
        ("tr", "Alin Dorn 17 Mayıs'ta ölümle tehdit edildi.", {"Alin Dorn"}),
        (
            "tr",
            "Yazar Sevda Moh, gazeteci Yuri Pank'ın işkence gördüğünü anlattı.",
            {"Yuri Pank"},
        ),
    ],
)
def test_victims_in_languages_that_decline_names(lang: str, text: str, victims: set[str]) -> None:
    assert {name for _, name, role in roles(text, lang) if role == "victim"} == victims


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Блогера, известного как «Тихая река», оштрафовали 20 мая."),
        ("tr", '"Sessiz Nehir" adıyla bilinen YouTuber Katya Zor gözaltına alındı.'),
        ("az", '"Sakit çay" kimi tanınan bloger Katya Zor cərimələnib.'),
    ],
)
def test_the_name_somebody_writes_under_is_no_outlet(lang: str, text: str) -> None:
    assert not [name for kind, name, _ in roles(text, lang) if kind == "outlet"]


@pytest.mark.parametrize(
    ("text", "people", "outlets"),
    [
        ("Ilva Tern, correspondent for the agency Norvel, was beaten.", ["Ilva Tern"], ["Norvel"]),
        ("Ilva Tern, opposition reporter for Norvel, was beaten.", ["Ilva Tern"], ["Norvel"]),
        (
            "Ilva Tern, editor of the news site Fanar Wind, was beaten.",
            ["Ilva Tern"],
            ["Fanar Wind"],
        ),
        ("Norvel's website was blocked.", [], ["Norvel"]),
        ("Norvel's reporter Mira Solt was questioned.", ["Mira Solt"], ["Norvel"]),
        ("Mira Solt was fined. Solt's website was blocked.", ["Mira Solt", "Mira Solt"], []),
        ("Access to Fanar Wind has been restricted.", [], ["Fanar Wind"]),
        ("Access to his lawyer was restricted.", [], []),
        ("The newspaper Morning Tide was fined.", [], ["Morning Tide"]),
        ("The site of the weekly Both Banks was blocked.", [], ["Both Banks"]),
        ("The site Norvel Live was hacked.", [], ["Norvel Live"]),
    ],
)
def test_who_writes_for_whom_in_english(text: str, people: list[str], outlets: list[str]) -> None:
    (entry,) = draft(f"5 May 2031 {text}", context_date=dt.date(2031, 5, 10)).entries
    assert [f.value for f in entry.fields if f.kind == "person"] == people
    assert [f.value for f in entry.fields if f.kind == "outlet"] == outlets


CLIENTS = """Open cases, 6 March 2031.

===
CASE 1 – Velor Tanris-Od
Blogger, 33. Remanded for two months on 13 Oct 2030.

===
CASE 2 – Open Roads Group
NGO. Struck off the register in Dec 2030.

===
CASE 3 – Website Blocked Again
Providers closed access in Dec 2030.

===
CASE 4 – Mila Karvosh
Journalist, contributes to Free Tide. Fined AZN 2,000 on 19 Jan 2031.
"""


def test_who_stands_alone_on_the_first_line_of_a_lawyer_s_block_is_the_client() -> None:
    entries = draft(CLIENTS, context_date=dt.date(2031, 3, 6)).entries
    people = [[(f.value, f.role) for f in one.fields if f.kind == "person"] for one in entries]
    assert people == [[("Velor Tanris-Od", "victim")], [], [], [("Mila Karvosh", "victim")]]


@pytest.mark.parametrize(
    ("lang", "text", "role", "act"),
    [
        ("ru", "Журналист Иван Петров подал заявление в полицию.", "complainant", ""),
        ("ru", "На журналиста Ивана Петрова подали заявление в полицию.", "victim",
         "criminal_complaint"),
        ("ru", "По словам его брата, к Рауфу Вельмезли домой пришли четверо.", "victim", ""),
        ("tr", "Gazeteci Arzu Nurlu suç duyurusunda bulundu.", "complainant", ""),
        ("tr", "Bakan, gazeteci Arzu Nurlu için suç duyurusunda bulundu.", "victim",
         "criminal_complaint"),
    ],
)  # fmt: skip
def test_who_complains_and_whom_it_is_about(lang: str, text: str, role: str, act: str) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 20), lang=lang).entries
    fields = [f for entry in entries for f in entry.fields]
    assert [f.role for f in fields if f.kind == "person"] == [role]
    assert [f.value for f in fields if f.kind == "act"] == ([act] if act else [])


@pytest.mark.parametrize(
    ("text", "people", "outlets"),
    [
        ("Nermin Dashqin, the Berlin-based editor of the online outlet Free Shore, was fined.",
         {"Nermin Dashqin": "victim"}, {"Free Shore": None}),
        ("The head of the newspaper Free Shore, Nermin Dashqin, was detained.",
         {"Nermin Dashqin": "victim"}, {"Free Shore": None}),
        ("His number was taken over on 3 May, he told Open Coast Radio.",
         {}, {"Open Coast Radio": None}),
        ("The pro-government website Novosti-Yol called Arzu Nuriyeli a traitor.",
         {"Arzu Nuriyeli": "victim"}, {"Novosti-Yol": None}),
        ("She was detained during a rally marking International Women's Day.", {}, {}),
        ("The Ministry of Transport and High Technologies said internet access is restricted.",
         {}, {}),
        ("According to Provision 200 of the Code, court sessions were closed.", {}, {}),
        ("Reporter of Radio Kerege Aida Sanul was fined on 3 May.",
         {"Aida Sanul": "victim"}, {"Radio Kerege": None}),
        ("Someone reported that she was beaten.", {}, {}),
        ("The Bar decided to expel lawyer Samira Agalar. She has defended Mehman Huseynzad.",
         {"Samira Agalar": "victim", "Mehman Huseynzad": None}, {}),
        ("State television smeared the outlet Free Shore on 3 May.", {}, {"Free Shore": "victim"}),
    ],
)  # fmt: skip
def test_outlets_that_only_tell_and_words_that_are_nobody(
    text: str, people: dict[str, str | None], outlets: dict[str, str | None]
) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 20), lang="en").entries
    fields = [f for entry in entries for f in entry.fields]
    assert {f.value: f.role for f in fields if f.kind == "person"} == people
    assert {f.value: f.role for f in fields if f.kind == "outlet"} == outlets


def test_a_law_has_no_victim() -> None:
    read = roles("Депутат Тимо Грелов проголосовал за поправки об иностранных агентах.", "ru")
    assert "victim" not in {role for _, _, role in read}
