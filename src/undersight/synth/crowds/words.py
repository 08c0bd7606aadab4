"""Invented words: what everybody says, what a crowd says, and sentences that only one says.

A text is a code: -1 is nothing, small codes are phrases of the lists below, larger ones are
sentences of eight words, six bits a word. Two sentences whose codes differ in the lowest six bits
differ in the last word only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from undersight.synth.crowds.rows import Ints


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_PHRASES: dict[str, tuple[str, ...]] = {
    "short": (
        "👏👏", "Afərin", "Düzdür", "Bravo!", "Təşəkkürlər", "Haha", "Вот это да", "Ужас",
        "So true", "Nə günə qaldıq", "Allah kömək olsun", "Молодцы", "Aynen öyle", "Yazıq",
        "No comment", "Günaydın", "Çox sağ ol", "Of", "Ayıbdır", "Правильно",
    ),
    "common": (
        "Allah hamımızın köməyi olsun inşallah", "Hər şeyin vaxtı var, görək nə olur",
        "Necə olub ki, heç kim bunu görməyib", "Çox doğru deyirsiniz, əlinizə sağlıq",
        "Bu ölkədə heç nə dəyişməyəcək, vəssalam", "Qiymətlər göyə qalxıb, maaş isə yerindədir",
        "Кто виноват и что теперь делать", "Каждый раз одно и то же, надоело уже",
        "Спасибо за новости, держите нас в курсе", "Ничего не меняется из года в год",
        "Nobody asked the people who live there", "Could you please post the full video",
        "I have been saying this for years now", "Where does all this money go, I wonder",
        "Herkes aynı şeyi söylüyor ama kimse bir şey yapmıyor",
        "Allah sonumuzu hayretsin ne diyelim",
        "Yollar bərbad gündədir, bunu da yazın", "İşıqlar yenə söndü, üçüncü gündür belədir",
        "Kənddə qaz yoxdur, bundan da yazın zəhmət olmasa", "Uşaqlar bu istidə necə oxusun axı",
    ),
    "chant": (
        "GOOOL! Sarnak, Sarnak, yalnız Sarnak!", "Qaravel çempiondur, buna heç kim çata bilməz",
        "Sarnak champions of all Qaravel tonight!", "Гол! Сарнак чемпион, мы ждали этого года",
        "Nə qol vurdu, ay Allah, bu nə qol idi",
    ),
    "solidarity": (
        "Azadlıq Tarvin Oskeldeyə! Jurnalistika cinayət deyil!",
        "Free Tarvin! Stay strong, we stand with you",
        "Свободу Тарвину Оскельде! Мы с тобой", "Tarvin'e özgürlük, yanındayız, yalnız değilsin",
        "Səninləyik, Tarvin, güclü ol, bu günlər keçəcək",
    ),
    "condolence": (
        "Allah rəhmət eləsin, ailəsinə səbir versin", "Başınız sağ olsun, məkanı cənnət olsun",
        "Светлая память, соболезнования родным", "Allah rahmet eylesin, mekanı cennet olsun",
        "Rest in peace, our condolences to the family",
    ),
    "slogan": (
        "Sarnak meydanı bizimdir, bu gün saat yeddidə hamımız oradayıq",
        "We want clean water for every village of Qaravel",
        "Хотим чистой воды каждому селу Каравеля", "Temiz su haktır, bu akşam meydanda buluşalım",
    ),
    "fans": (
        "Stream the new song of Nermin Aral on every platform now",
        "Nermin Aral səsi ilə hamını heyran etdi yenə",
        "Nermin Aral лучший голос страны навсегда",
        "Nermin Aral bu albüm ile herkesi şaşırttı",
        "Vote for Nermin Aral until midnight, everyone",
    ),
    "thanks": (
        "Təşəkkür edirik, Nazirliyin işi göz qabağındadır",
        "Müəllimlərə göstərilən qayğıya görə minnətdarıq",
        "Спасибо министерству за заботу о врачах",
    ),
    "script": (
        "Bu kanal xaricdən pul alır, onlara inanmayın, əziz vətəndaşlar",
        "Yalan xəbər yayırsınız, sizi heç kim oxumur artıq",
        "Xalq dövlətinin yanındadır, sizin yalanınız keçməyəcək",
        "Kimin sifarişi ilə yazırsınız, bunu hamı bilir burada",
        "Bütün bunlar xarici kəşfiyyatın yazdığı ssenaridir, oyanın",
        "Ölkəmiz çiçəklənir, siz isə yalnız qaranlıq axtarırsınız",
        "Satqınların yeri xalqın arasında deyil, bunu bilin",
        "Jurnalist adı altında nə işlər gördüyünüz məlumdur",
    ),
}  # fmt: skip
_FIRST = dict(zip(_PHRASES, np.cumsum([0, *map(len, _PHRASES.values())]).tolist(), strict=False))
_SENTENCES = 1 << 20
N_WORDS = 8
_BITS = 6
_VOCABULARY = _listed("""
    bazar yağış qonşu məktəb avtobus bulvar çörək dəniz hava külək kitab gəlir bahalı körpü söhbət
    xəstəxana bələdiyyə kartof müəllim qatar şəhər çay axşam səhər polis bina dərman kirayə uşaqlar
    idman rayon мост цена вода погода сосед школа рынок дорога врач зарплата street market winter
    garden doctor bridge ticket harbour teacher music village council yağmur pazar komşu okul deniz
    sabah akşam fiyat köprü çarşı pəncərə
""")
_GIVEN = _listed("""
    Aysu Behnam Cavid Dilan Elnur Ferda Günel Hikmət İlqar Jalə Kamil Leyla Murad Nazlı Orxan
    Pərvin Qədir Röya Samir Turan Ülkər Vüsal Xəyal Yasəmən Zaur Anton Vera Maxim Deniz Ece
""")
_FAMILY = _listed("""
    Oskelde Tarvinli Sarnaklı Qoravov Beylerov Denar Ustalı Hazırov Miren Talışov Arvan Kesti
    Noravov Eldar Pasha Verdi Saral Qumlu Dağlı Bahar Imren Torel Zerin Qaşlı Alaz Yurdlu Çınar
    Okay Sumer Vardan
""")
_CATEGORIES = ("Blogger", "Shopping", "Just for fun", "Local business", "Public figure")


def phrases(topic: str) -> Ints:
    """Return the codes of the phrases of a topic, in their order.

    Args:
        topic: short, common, chant, solidarity, condolence, slogan, fans, thanks or script.
    """
    return np.arange(_FIRST[topic], _FIRST[topic] + len(_PHRASES[topic]))


def own_words(chance: np.random.Generator, n: int) -> Ints:
    """Draw sentences that hardly anybody says twice."""
    return _SENTENCES + chance.integers(0, 1 << (_BITS * N_WORDS), n)


def small_talk(chance: np.random.Generator, n: int) -> Ints:
    """Draw what people write: greetings, what everybody says, mostly words of their own."""
    text = own_words(chance, n)
    part = chance.random(n)
    short, common = phrases("short"), phrases("common")
    rank = (chance.random(n) ** 2 * common.size).astype(np.int64)
    text = np.where(part < 0.08, common[rank], text)
    picked: Ints = np.where(part > 0.7, short[chance.integers(0, short.size, n)], text)
    return picked


def varied(chance: np.random.Generator, text: Ints) -> Ints:
    """Change the last word of sentences; phrases of the lists stay."""
    last = chance.integers(0, 1 << _BITS, text.size)
    changed = ((text - _SENTENCES) >> _BITS << _BITS) + last + _SENTENCES
    picked: Ints = np.where(text >= _SENTENCES, changed, text)
    return picked


def spelled(text: Ints) -> npt.NDArray[np.object_]:
    """Return the words of codes; empty where there are none."""
    codes, place = np.unique(text, return_inverse=True)
    said = [phrase for topic in _PHRASES.values() for phrase in topic]
    words = [_spelled(int(code), said) for code in codes]
    return np.array(words, object)[place]


def _spelled(code: int, said: list[str]) -> str:
    if code < 0:
        return ""
    if code < _SENTENCES:
        return said[code]
    left, found = code - _SENTENCES, []
    for _ in range(N_WORDS):
        found.append(_VOCABULARY[left & ((1 << _BITS) - 1)])
        left >>= _BITS
    return " ".join(reversed(found)).capitalize()


def person_names(number: Ints) -> npt.NDArray[np.object_]:
    """Return an invented name for each number; several people have the same one."""
    mixed = (number * 2_654_435_761) % (1 << 32)
    given, family = np.array(_GIVEN, object), np.array(_FAMILY, object)
    names: npt.NDArray[np.object_] = (
        given[mixed % given.size] + " " + family[(mixed >> 12) % family.size]
    )
    return names


def categories(number: Ints) -> npt.NDArray[np.object_]:
    """Return the category that the platform shows for a page."""
    shown: npt.NDArray[np.object_] = np.array(_CATEGORIES, object)[
        (number * 40_503 >> 4) % len(_CATEGORIES)
    ]
    return shown
