"""How counts of people, accounts, comments, views, money and time are put, in four languages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from undersight.extract import draft

PLACE = Path(__file__).parent / "quantities" / "ways.txt"
DAY = dt.date(2021, 12, 1)
WAYS = [tuple(line.split("\t")) for line in PLACE.read_text(encoding="utf-8").splitlines()]


def quantities(text: str, lang: str) -> list[str]:
    """Return the quantities of a text as ``what/amount/unit``."""
    entries = draft(text, context_date=DAY, lang=lang).entries
    values = [f.value for e in entries for f in e.fields if f.kind == "quantity"]
    return [f"{value['what']}/{value['amount']}/{value['unit']}" for value in values]


def misread(ways: list[tuple[str, ...]]) -> list[str]:
    """Return the sentences of which another quantity is read, or none, or one too many."""
    return [text for lang, told, text in ways if quantities(text, lang) != [told]]


@pytest.mark.long
def test_ways_of_putting_a_quantity() -> None:
    assert misread(WAYS) == []


def test_some_quantities() -> None:
    assert misread(WAYS[::12]) == []


def test_a_misread_quantity_is_seen() -> None:
    assert misread([("en", "people_detained/5/people", "Four bloggers were arrested.")]) != []


def test_a_video_that_was_watched_is_no_surveillance() -> None:
    (entry,) = draft("Video 45 bin kez izlendi.", context_date=DAY, lang="tr").entries
    assert "act" not in {field.kind for field in entry.fields}


def test_who_is_named_is_not_counted_too() -> None:
    told = "Two activists jailed\n\nA court jailed Zaur Bel and Nora Dag on 3 May."
    assert quantities(told, "en") == []
    more = "Two activists jailed\n\nA court jailed two activists on 3 May."
    assert set(quantities(more, "en")) == {"people_affected/2/people"}


def test_what_a_prosecutor_asks_for_is_no_sentence() -> None:
    asked = "The prosecutor asked the court to sentence Zaur Bel to five years in prison."
    (entry,) = draft(asked, context_date=DAY, lang="en").entries
    assert {field.kind for field in entry.fields} & {"act", "sentence"} == set()


def test_who_runs_a_platform_is_no_victim_of_it() -> None:
    (entry,) = draft("Meta rejected her request for a badge.", context_date=DAY).entries
    assert [field.role for field in entry.fields] == [None] * len(entry.fields)


@pytest.mark.parametrize(
    ("report", "reporter", "whose"),
    [
        (
            "Meta Q2 report: 1,037 accounts, 216 Pages, 38 Groups. Behind it stands Bright Road.",
            "Meta",
            "Bright Road",
        ),
        (
            "Twitter archive: 277 accounts, attributed to the youth wing of the party.",
            "Twitter",
            "the youth wing of the party",
        ),
        (
            "A network of 41 accounts gone from TikTok, operated by individuals in Qaravel.",
            "TikTok",
            "individuals in Qaravel",
        ),
    ],
)
def test_a_report_of_counts_is_a_takedown_without_a_verb(
    report: str, reporter: str, whose: str
) -> None:
    (entry,) = draft(report, context_date=DAY, lang="en").entries
    (told,) = [field.value for field in entry.fields if field.kind == "takedown"]
    assert told["reporter"] == reporter
    assert whose in told["attributed_to"]


@pytest.mark.parametrize(
    ("lang", "text", "n_hours"),
    [
        ("ru", "Блогера Заура Бела вызвали в полицию. Беседа шла три часа.", 3),
        ("ru", "3 мая отключили интернет: связи не было девятнадцать часов.", 19),
        ("tr", "Pazar günü ilçede mobil internet sekiz saat kesildi.", 8),
        ("en", "Blogger Zaur Bel was stopped at the border. 31 hours in custody.", 31),
        ("en", "Questioned 06.04.2021 w/o lawyer for 7 hrs.", 7),
        ("ru", "За шесть часов под постом появилось 549 комментариев, Заура Бела вызвали.", None),
        ("tr", "Paylaşıma bir saat içinde 1.200 şikâyet geldi.", None),
        ("tr", "Duyurunun altına altı saatte 549 yorum yağdı.", None),
        ("az", "Rəsminə bir saatda 1200 şikayət göndərilib.", None),
        (
            "en",
            "Zaur Bel was questioned at 3 hours before midnight and filmed every 2 hours.",
            None,
        ),
    ],
)
def test_hours_that_something_lasted(lang: str, text: str, n_hours: int | None) -> None:
    found = [
        field.value["amount"]
        for entry in draft(text, context_date=DAY, lang=lang).entries
        for field in entry.fields
        if field.kind == "quantity" and field.value["what"] == "duration"
    ]
    assert found == ([] if n_hours is None else [n_hours])


@pytest.mark.parametrize(
    ("lang", "text", "counts"),
    [
        ("en", "By evening two and a half thousand subscribers had walked away.",
         [("followers_lost", 2_500)]),
        ("en", ("480 comments appeared; we looked at the first 200: 188 of them came from "
         "accounts without a picture."),
         [("comments", 480), ("sampled_comments", 200), ("inauthentic_comments", 188)]),
        ("en", ("The court ordered Zaur Bel to pay the minister 30,000 euros for damage to his "
         "reputation."), [("damages", 30_000)]),
        ("en", "The site went down under 1.9 million requests a minute.", [("other", 1_900_000)]),
        ("en", "Nara Bel has taught for eighteen years and has two children.", []),
        ("en", "Zaur Bel wrote 3 posts about roads in 12 places.", []),
        ("en", "Hosting counted 2.3 million requests.", [("other", 2_300_000)]),
        ("en", "Traffic minus 45%.", [("reach_lost", 45)]),
        ("en", "More than 120,000 people watched the video.", [("views", 120_000)]),
        ("ru", "Две тысячи триста подписчиков ушли за ночь.", [("followers_lost", 2_300)]),
        ("ru", "Появилось 480 комментариев, 455 из них оставлены поддельными страницами.",
         [("comments", 480), ("inauthentic_comments", 455)]),
        ("ru", "Депутат подал иск о защите чести к Зауру Белу и хочет 300 тысяч рублей.",
         [("damages", 300_000)]),
        ("ru", "Сайт лежал под атакой: полтора миллиона запросов в минуту.",
         [("other", 1_500_000)]),
        ("ru", "Причиной стал комментарий Зура Бела, который он оставил дома.", []),
        ("az", "Səhifənin min beş yüz izləyicisi itib.", [("followers_lost", 1_500)]),
        ("az", "Nara Belin yazısına 480 şərh yazılıb, 455-i saxta hesablardan gəlib.",
         [("comments", 480), ("inauthentic_comments", 455)]),
        ("az", "Səhifə təxminən 5 min izləyicisini itirib.", [("followers_lost", 5_000)]),
        ("az", "Nara Beli bölmədə iki gün saxlayıblar.", [("duration", 2)]),
        ("az", "Onun telefonu və ondan alınan səhifə qaytarılıb.", []),
        ("tr", "Bin beş yüz takipçi kaybedildi.", [("followers_lost", 1_500)]),
        ("tr", "480 yorum yapıldı, 455'i sahte hesaplardan geldi.",
         [("comments", 480), ("inauthentic_comments", 455)]),
        ("tr", "Polis üç ilde 18 kişiyi gözaltına aldı.", [("people_detained", 18)]),
        ("tr", "Hesabı binin üzerinde şikâyetle askıya alındı.", [("reports_filed", 1_000)]),
    ],
)  # fmt: skip
@pytest.mark.long
def test_a_plain_number_is_read_by_its_noun_and_what_is_told(
    lang: str, text: str, counts: list[tuple[str, float]]
) -> None:
    dated = {"en": "3 May 2024. Blogger Zaur Bel.", "ru": "3 мая 2024. Блогер Заур Бел.",
             "az": "3 may 2024. Bloger Zaur Bel.",
             "tr": "3 Mayıs 2024. Blog yazarı Zaur Bel."}  # fmt: skip
    found = [
        (field.value["what"], field.value["amount"])
        for entry in draft(f"{dated[lang]} {text}", context_date=DAY, lang=lang).entries
        for field in entry.fields
        if field.kind == "quantity"
    ]
    assert found == counts


@pytest.mark.parametrize(
    ("lang", "text", "whose"),
    [
        ("ru", ("Meta удалила 84 аккаунта и 33 страницы. По её данным, за сетью стояло рекламное "
               "агентство."), "рекламное агентство"),
        ("az", ("Facebook şəbəkəyə aid 84 hesab və 33 səhifəni silib. Şəbəkənin arxasında reklam "
               "agentliyi dayanırdı."), "reklam agentliyi"),
        ("tr", "Meta 84 hesabı ve 33 sayfayı kaldırdı. Ağın arkasında bir reklam ajansı vardı.",
         "reklam ajansı"),
        ("tr", ("Twitter eşgüdümlü paylaşım yapan 540 hesabı kapattığını duyurdu. Şirket, "
               "hesapların arkasında kimin olduğunu açıklamadı."), None),
    ],
)  # fmt: skip
def test_who_stood_behind_a_network(lang: str, text: str, whose: str | None) -> None:
    (entry,) = draft(text, context_date=DAY, lang=lang).entries
    (told,) = [field.value for field in entry.fields if field.kind == "takedown"]
    assert told["attributed_to"] == whose


def test_a_day_in_figures_may_stand_before_a_sentence() -> None:
    (entry,) = draft(
        "Zaur Dag. Sentenced 08.10.2024 to 5 years under Art. 221.3.", context_date=DAY, lang="en"
    ).entries
    given = [field.value for field in entry.fields if field.kind == "sentence"]
    assert given == [{"kind": "prison", "amount": 5, "unit": "years"}]
