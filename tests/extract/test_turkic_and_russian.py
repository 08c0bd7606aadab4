"""Azerbaijani, Russian and Turkish: acts, negation, roles, penalties, names in their cases."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from undersight.extract import draft
from undersight.extract.rules_az import fold
from undersight.extract.russian_endings import nominative
from undersight.extract.russian_titles import phrase
from undersight.extract.turkic_endings import azerbaijani, turkish
from undersight.model.draft import DraftField

DAY = dt.date(2024, 6, 30)


def fields(text: str, lang: str | None) -> list[DraftField]:
    found = draft(text, context_date=DAY, lang=lang)
    return [field for entry in found.entries for field in entry.fields]


def values(text: str, lang: str | None, kind: str) -> list[object]:
    return [field.value for field in fields(text, lang) if field.kind == kind]


ACTS = (
    ("az", "Jurnalist Nigar Sarlı mayın 3-də saxlanılıb.", "detention"),
    ("az", "Bloger Nigar Sarlı mayın 3-də həbs edilib.", "arrest"),
    ("az", "Nigar Sarlını polisdə dindiriblər.", "questioning"),
    ("az", "Nigar Sarlı prokurorluğa çağırılıb.", "summons"),
    ("az", "Nigar Sarlı 500 manat cərimələnib.", "fine"),
    ("az", "Ҹурналист Нигар Сарлы мајын 3-дә сахланылыб.", "detention"),
    ("ru", "Журналистку Нину Оскельде задержали 3 мая.", "detention"),
    ("ru", "Нина Оскельде была арестована 3 мая.", "arrest"),
    ("ru", "Нину Оскельде оштрафовали на 500 рублей.", "fine"),
    ("ru", "Нину Оскельде вызвали на допрос.", "questioning"),
    ("tr", "Gazeteci Selin Odabaş 3 Mayıs'ta gözaltına alındı.", "detention"),
    ("tr", "Selin Odabaş 3 Mayıs'ta tutuklandı.", "arrest"),
    ("tr", "Selin Odabaş ifadeye çağrıldı.", "questioning"),
    ("tr", "Selin Odabaş serbest bırakıldı.", "release"),
)
UNREAL = (
    ("az", "Nigar Sarlı saxlanılmayıb."),
    ("az", "Nigar Sarlı saxlanılacaq."),
    ("az", "Nigar Sarlı saxlanıla bilər."),
    ("ru", "Нина Оскельде не была задержана."),
    ("ru", "Нину Оскельде могут задержать."),
    ("tr", "Selin Odabaş gözaltına alınmadı."),
    ("tr", "Selin Odabaş gözaltına alınabilir."),
    ("tr", "Selin Odabaş tutuklanacak."),
)


@pytest.mark.parametrize(("lang", "text", "act"), ACTS)
def test_an_act_is_told_with_its_victim(lang: str, text: str, act: str) -> None:
    found = fields(text, lang)
    assert act in [f.value for f in found if f.kind == "act"]
    victims = [f.value for f in found if f.role == "victim"]
    assert victims
    assert str(victims[0]).split()[0] in ("Nigar", "Нигар", "Нина", "Selin")


@pytest.mark.parametrize(("lang", "text"), UNREAL)
def test_what_did_not_happen_is_no_act(lang: str, text: str) -> None:
    assert values(text, lang, "act") == []


def test_the_police_of_a_town_take_the_town_and_leave_the_name() -> None:
    text = "Jurnalist Nigar Sarlı Sarnak şəhər Baş Polis İdarəsinə dəvət edilib."
    assert values(text, "az", "person") == ["Nigar Sarlı"]
    assert values(text, "az", "agency") == ["Sarnak şəhər Baş Polis İdarəsi"]


def test_the_head_of_a_project_is_no_official_and_who_deletes_it_himself_complies() -> None:
    text = "Суд назначил 15 суток ареста гендиректору проекта «Река» Денису Оскельде."
    assert [f.role for f in fields(text, "ru") if f.kind == "person"] == ["victim"]
    assert values("Нину Оскельде оштрафовали. Запись она удалила.", "ru", "act") == ["fine"]


@pytest.mark.parametrize(
    ("lang", "text", "people"),
    [
        ("ru", "Журналистку Петрову задержали.", {"Петрова"}),
        ("ru", "Активистку Петрову задержали. Анну Петрову отпустили.", {"Анна Петрова"}),
        ("ru", "Жителя Сарнака задержали.", set()),
        ("az", "Jurnalist Mirələmli saxlanılıb.", {"Mirələmli"}),
        ("tr", "Gazeteci Şardan gözaltına alındı.", {"Şardan"}),
    ],
)
def test_a_surname_alone_behind_who_somebody_is(lang: str, text: str, people: set[str]) -> None:
    assert set(values(text, lang, "person")) == people


def test_the_managing_editor_of_a_site_is_no_official() -> None:
    text = "Gazeteci Selin Boz alıkonuldu. Sitenin yazı işleri müdürü Zana Boz da tutuklandı."
    assert [f.role for f in fields(text, "tr") if f.kind == "person"] == ["victim", "victim"]


def test_a_charge_in_quotation_marks_is_no_outlet() -> None:
    text = (
        'Selin Boz hakkında TCK 299 kapsamında "Cumhurbaşkanına Hakaret" suçlamasıyla dava açıldı.'
    )
    assert values(text, "tr", "outlet") == []


def test_penalties_have_kind_amount_and_unit() -> None:
    suspended = values("Суд приговорил Нину Оскельде к двум годам условно.", "ru", "sentence")
    assert suspended == [{"kind": "suspended", "amount": 2, "unit": "years"}]
    days = values("Суд назначил ему 15 суток административного ареста.", "ru", "sentence")
    assert days == [{"kind": "administrative_detention", "amount": 15, "unit": "days"}]
    hours = values("Mahkeme ona 320 saat kamu hizmeti cezası verdi.", "tr", "sentence")
    assert hours == [{"kind": "community_service", "amount": 320, "unit": "hours"}]
    sutka = values("Məhkəmə ona 30 sutka inzibati həbs cəzası verib.", "az", "sentence")
    assert sutka == [{"kind": "administrative_detention", "amount": 30, "unit": "days"}]


def test_roles_are_read_from_words_beside_the_name() -> None:
    roles = {
        (f.value, f.role)
        for text, lang in (
            ("Vəkil Samir Oduncuzadə deyib ki, Nigar Sarlı saxlanılıb.", "az"),
            ("Адвокат Роман Велесьев рассказал, что Нину Оскельде избили.", "ru"),
            (
                "Avukat Kerem Taşova, Selin Odabaş'ın karakolda saatlerce dövüldüğünü anlattı.",
                "tr",
            ),
        )
        for f in fields(text, lang)
        if f.kind == "person"
    }
    assert ("Samir Oduncuzadə", "lawyer") in roles
    assert ("Nigar Sarlı", "victim") in roles
    assert ("Роман Велесьев", "lawyer") in roles
    assert ("Нина Оскельде", "victim") in roles
    assert ("Kerem Taşova", "lawyer") in roles
    assert ("Selin Odabaş", "victim") in roles


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Nigar Sarlıya", "Nigar Sarlı"),
        ("Tofiq Sarıbəyzadənin", "Tofiq Sarıbəyzadə"),
        ("Nərmin Oxçuqızına", "Nərmin Oxçuqızı"),
        ("Zaur Mirzəxanova", "Zaur Mirzəxanov"),
        ("Leyla Mirzəxanova", "Leyla Mirzəxanova"),
        ("Нигар Сарлыја", "Нигар Сарлы"),
        ("Kənan Uluxan", "Kənan Uluxan"),
    ],
)
def test_azerbaijani_names_lose_their_endings(written: str, name: str) -> None:
    assert azerbaijani(written, fold=fold) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Тимура Хашимкина", "Тимур Хашимкин"),
        ("Надежды Ахаяровой", "Надежда Ахаярова"),
        ("Захару Мирзаханову", "Захар Мирзаханов"),
        ("Илью Садыкова-Лапина", "Илья Садыков-Лапин"),
        ("Галина Росбейлина", "Галина Росбейлина"),
        ("Марией Торской", "Мария Торская"),
    ],
)
def test_russian_names_stand_in_the_nominative(written: str, name: str) -> None:
    assert nominative(written) == name


def test_russian_phrases_and_turkish_apostrophes() -> None:
    assert phrase("Нового ветра") == "Новый ветер"
    assert phrase("Синей линии") == "Синяя линия"
    assert turkish("Selin Odabaş'ın") == "Selin Odabaş"


def test_each_entry_of_a_mixed_log_is_read_in_its_own_language() -> None:
    log = (
        "Bloger saxlanılıb\n\nBloger Nigar Sarlı mayın 3-də saxlanılıb və dindirilib.\n\n\n"
        "Журналистку задержали\n\nЖурналистку Нину Оскельде задержали 2 мая, её допросили.\n\n\n"
        "Gazeteci gözaltında\n\nGazeteci Selin Odabaş 1 Mayıs'ta gözaltına alındı ve sonra "
        "serbest bırakıldı.\n"
    )
    drafted = draft(log, context_date=DAY)
    langs = [entry.fields[-1].rule.split(".")[0] for entry in drafted.entries]
    assert langs == ["az", "ru", "tr"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("lang", "piece"),
    [
        ("az", "saxlanılıb hesabı Nigar Sarlının "),
        ("ru", "не задержали Нину Оскельде страницу "),
        ("tr", "gözaltına alındı hesabı Selin Odabaş'ın "),
    ],
)
def test_time_grows_no_faster_than_the_text(lang: str, piece: str) -> None:
    def seconds(n: int) -> float:
        started = time.perf_counter()
        draft(piece * n + ".", context_date=DAY, lang=lang)
        return time.perf_counter() - started

    seconds(5)
    short, long = seconds(30), seconds(120)
    assert long < 40 * short + 2


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("az", "Vaqif Daşkəsən oğlu Meşəli saxlanılıb.", ["Vaqif Daşkəsən oğlu Meşəli"]),
        ("az", "Vaqif Daşkəsən oğlu Bakıda saxlanılıb.", ["Vaqif Daşkəsən oğlu"]),
        ("az", "Əli Vaqif oğlu Nərimanov rayonunda saxlanılıb.", ["Əli Vaqif oğlu"]),
        ("ru", "Полиция задержала Кирилла Подлужного.", ["Кирилл Подлужный"]),
        ("ru", "Тамаре Кулижной запретили выезд.", ["Тамара Кулижная"]),
        ("ru", "Ольгу Белую оштрафовали.", ["Ольга Белая"]),
    ],
)
def test_surnames_behind_a_patronymic_and_like_adjectives(
    lang: str, text: str, names: list[str]
) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 20), lang=lang).entries
    assert [f.value for e in entries for f in e.fields if f.kind == "person"] == names


def test_a_defender_of_rights_is_no_lawyer_of_the_case() -> None:
    text = "Hüquq müdafiəçisi Oktay Gülməz bildirib ki, onun Telegram hesabı ələ keçirilib."
    (entry,) = draft(text, context_date=dt.date(2031, 12, 20), lang="az").entries
    assert [f.role for f in entry.fields if f.kind == "person"] == ["victim"]


@pytest.mark.parametrize(
    ("lang", "text", "fields"),
    [
        ("az", "Bloger Elvin Qaraqan saxlanılıb. Videonu 230 min nəfər izləyib.",
         [("act", "detention"), ("quantity", ("views", 230000))]),
        ("az", "Jurnalist deyib ki, ona saxta məktub göndərilib.", [("act", "phishing")]),
        ("tr", "Nurlu, ona sahte bir mesaj gönderildiğini söyledi.", [("act", "phishing")]),
        ("ru", "Поводом стал пост о пытках. Журналиста избили.", [("act", "assault")]),
    ],
)  # fmt: skip
def test_what_is_watched_told_or_written_about(
    lang: str, text: str, fields: list[tuple[str, object]]
) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 20), lang=lang).entries
    told = [f for e in entries for f in e.fields if f.kind in ("act", "quantity")]
    values = [
        (f.kind, f.value if f.kind == "act" else (f.value["what"], f.value["amount"]))
        for f in sorted(told, key=lambda field: field.start)
    ]
    assert values == fields


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Partiya sədri Cəmil Dağlının qızı Aysunun şəxsi şəkilləri yayılıb.", ["Cəmil Dağlı"]),
        ("Aysel Vaqif qızı saxlanılıb.", ["Aysel Vaqif qızı"]),
        ("Bloger Mehman Sulduzun Sumqayıtdakı evinə basqın edilib.", ["Mehman Sulduz"]),
    ],
)
def test_a_daughter_and_a_town_are_no_part_of_a_name(text: str, names: list[str]) -> None:
    entries = draft(text, context_date=dt.date(2031, 12, 20), lang="az").entries
    assert [f.value for e in entries for f in e.fields if f.kind == "person"] == names
