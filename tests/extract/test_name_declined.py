"""Names of people and outlets in Azerbaijani, Turkish and Russian, in all their cases."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft
from undersight.extract.rules_az import NAMES
from undersight.extract.russian_endings import nominative

DAY = dt.date(2031, 12, 20)


def read(text: str, lang: str) -> tuple[set[str], set[str]]:
    """Return victims and outlets."""
    fields = [f for e in draft(text, context_date=DAY, lang=lang).entries for f in e.fields]
    return (
        {str(f.value) for f in fields if f.role == "victim"},
        {str(f.value) for f in fields if f.kind == "outlet"},
    )


@pytest.mark.parametrize(
    ("lang", "text", "victims", "outlets"),
    [
        ("tr", "RTÜK, Kanal Sarım'a para cezası kesti.", "Kanal Sarım", "Kanal Sarım"),
        (
            "tr",
            ("Kurul Ekran 1 kanalına para cezası verdi. Kanalın müdürü Metin Aral, Yeni Kapı'ya "
            "cezanın haksız olduğunu söyledi."),
            "Ekran 1",
            "Ekran 1; Yeni Kapı",
        ),
        (
            "tr",
            "Ufuk Ajans'a konuşan Sıla Bozkar, gözaltına alındığını söyledi.",
            "Sıla Bozkar",
            "Ufuk Ajans",
        ),
        (
            "tr",
            "Hâkimlik, Pusula Haber ve Yeni Kapı sitelerindeki 27 habere erişim engeli getirdi.",
            "Pusula Haber; Yeni Kapı",
            "Pusula Haber; Yeni Kapı",
        ),
        ("tr", "Köşe yazarı Yaşar Komanlı gözaltına alındı.", "Yaşar Komanlı", ""),
        ("tr", "Kızlıova Postası yazarı Veysel Karlan tutuklandı.", "Veysel Karlan",
         "Kızlıova Postası"),
        ("tr", "İçerik üreticisi Bora Can Tuzlar'a 62.000 TL para cezası kesildi.",
         "Bora Can Tuzlar", ""),
        ("tr", "Vatana yakın Yurt Gündemi sitesi de gazeteci Yasemin Gölge'yi hedef gösterdi.",
         "Yasemin Gölge", "Yurt Gündemi"),
        ("tr", "Yazar Elif Tanış'a 1 yıl hapis cezası verildi. Avukatı Kemal Arol itiraz etti.",
         "Elif Tanış", ""),
        ("tr", "Gazeteci Pelin Yavaşlı ölüm tehditleri alıyor. Yavaşlı suç duyurusunda bulundu.",
         "Pelin Yavaşlı", ""),
        ("tr", "Avukat Zeliha Ateşli hakkında savunması nedeniyle soruşturma açıldı.",
         "Zeliha Ateşli", ""),
        ("az", "“Hədə gəlib”, – bloger “Azad Efirə” deyib. Fəal Elçin Daşlı saxlanılıb.",
         "Elçin Daşlı", "Azad Efir"),
        ("az", "“Azad Efirdən” bildiriblər ki, jurnalist Elçin Daşlı saxlanılıb.", "Elçin Daşlı",
         "Azad Efir"),
        ("az", "“Azad Efirdə” dərc olunan yazıya görə Elçin Daşlı saxlanılıb.", "Elçin Daşlı",
         "Azad Efir"),
        ("az", "“Azad Efirin” müxbiri Elçin Daşlı saxlanılıb.", "Elçin Daşlı", "Azad Efir"),
        ("az", "“Azad Ölkə” yazır ki, fəal Elçin Daşlı saxlanılıb.", "Elçin Daşlı", "Azad Ölkə"),
        ("az", "Anası Səkinə Daşlı Toraca deyib ki, Elçin Daşlı saxlanılıb.", "Elçin Daşlı",
         "Torac"),
        ("az", "Bloger Elçin Daşlı İnzibati Xətalar Məcəlləsinin 535-ci maddəsi ilə həbs edilib.",
         "Elçin Daşlı", ""),
        ("az", "“Nəbz” saytına deyib ki, fəal Elçin Daşlı saxlanılıb.", "Elçin Daşlı", "Nəbz"),
        ("az", "Şikayəti deputat Fazil Ramlı vermişdi. Fəal Elçin Daşlı məhkum olunub.",
         "Elçin Daşlı", ""),
        ("az", "Fəal Elçin Daşlı həbs edilib. Vəkili Rüfət Dəmirli apellyasiya şikayəti verib.",
         "Elçin Daşlı", ""),
        ("tr", "Kurum, Kanal Deniz ve Radyo Sabır'a para cezası verdi.",
         "Kanal Deniz; Radyo Sabır", "Kanal Deniz; Radyo Sabır"),
        ("tr", "Hâkim Semih Akça, blogger Tolga Borali'yi tutukladı.", "Tolga Borali", ""),
        ("az", "“Vətən Yolu” telekanalı fəal Gülnar Asılını xain adlandırıb.", "Gülnar Asılı",
         "Vətən Yolu"),
        ("ru", "Задержали корреспондентку «Северного маяка» Лиду Пронину.", "Лида Пронина",
         "Северный маяк"),
        ("ru", "Редакцию «Прибоя» обыскали.", "Прибой", "Прибой"),
        ("ru", "Роман Хвощ, корреспондент «Вечерних огней», задержан.", "Роман Хвощ",
         "Вечерние огни"),
        ("ru", "Олеся Приход рассказала «Полдню», что её задержали.", "Олеся Приход", "Полдень"),
        ("ru", "Сайт «Вечернего Камнегорска» дидосят.", "Вечерний Камнегорск",
         "Вечерний Камнегорск"),
        ("ru", "Сайт «Речного листка» заблокирован.", "Речной листок", "Речной листок"),
        ("ru", "Неизвестные взломали страницу «Речника».", "Речник", "Речник"),
        ("ru", "Как сообщил телеканал «Первый Торский», активиста Петра Бойло задержали.",
         "Пётр Бойло", "Первый Торский"),
        ("ru", "Депутат Корней Благов потребовал проверить стендап Эмиля Смешко.", "Эмиль Смешко",
         ""),
        ("ru", "Адвокат журналиста Петра Бойло Анна Лунева сообщила, что его избили.",
         "Пётр Бойло", ""),
        ("ru", "Суд удовлетворил иск депутата Кайрата Досанного к изданию «Голос степи».",
         "Голос степи", "Голос степи"),
        ("ru", "Суд приговорил фельдшера Федота Калинкина-Лесного к трём годам колонии.",
         "Федот Калинкин-Лесной", ""),
        ("ru", "Задержания прошли в Малых Ключах и в Новой Сойке.", "", ""),
    ],
)  # fmt: skip
def test_victims_and_outlets_in_cases(lang: str, text: str, victims: str, outlets: str) -> None:
    assert read(text, lang) == (
        {name for name in victims.split("; ") if name},
        {name for name in outlets.split("; ") if name},
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Льва Толстого", "Лев Толстой"),
        ("Иваном Бережным", "Иван Бережной"),
        ("Ивану Донскому", "Иван Донской"),
        ("Ивана Ярового", "Иван Яровой"),
        ("Иван Яровой", "Иван Яровой"),
        ("Юрия Долгорукого", "Юрий Долгорукий"),
        ("Сергея Белого", "Сергей Белый"),
        ("Анну Толстую", "Анна Толстая"),
        ("Чолпонай Токторбековой", "Чолпонай Токторбекова"),
        ("Савве Коломнину-Заречному", "Савва Коломнин-Заречный"),
        ("Аглаи Сотниковой-Бург", "Аглая Сотникова-Бург"),
        ("Милицу Ставрову", "Милица Ставрова"),
        ("Данилы Кречетова", "Данила Кречетов"),
    ],
)
def test_russian_names_have_one_form(written: str, name: str) -> None:
    before = "у блогера " if written.startswith("Чолпонай") else ""
    assert nominative(written, before=before) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Nərmin Qumluğun", "Nərmin Qumluq"),
        ("İlkin Ağtorpağı", "İlkin Ağtorpaq"),
        ("Sona Çörəyin", "Sona Çörək"),
        ("Rauf Qızıldağın", "Rauf Qızıldağ"),
        ("Elçin Rüstəmbəyin", "Elçin Rüstəmbəy"),
        ("Ramil Qaradərə", "Ramil Qaradərə"),
        ("Tural Daşkəsən-Bağbanın", "Tural Daşkəsən-Bağban"),
        ("Yeganə Mustafalıdır", "Yeganə Mustafalı"),
        ("Orxan Bahadır", "Orxan Bahadır"),
        ("Aysu Bənövşənin", "Aysu Bənövşə"),
        ("Zaur Xurmanın", "Zaur Xurma"),
        ("Tural Üzümçünün", "Tural Üzümçü"),
        ("Oleq Karandin", "Oleq Karandin"),
    ],
)
def test_azerbaijani_names_have_one_form(written: str, name: str) -> None:
    assert NAMES.person(written, "", frozenset()) == name
