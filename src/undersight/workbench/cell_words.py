"""What words in a cell of somebody's table say: acts, states of liberty, names, numbers of people.

Only words known whole decide; what drafting reads inside longer words is a proposal for a person.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import UnmappedValueError
from undersight.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEVERAL_ACTS = re.compile(r"\s*[;,\n+/]\s*")
_LETTER = re.compile(r"[^\W\d_]")
_COUNTED = re.compile(
    r"(?<![\w.,-])(\d{1,6})(?:\s*(?:nəfər|kişi|чел\.?|человека?))?\s+"
    r"(?:people|persons?|individuals?|journalists?|reporters?|activists?|bloggers?|users?|"
    r"students?|protesters?|wom[ae]n|m[ae]n|kişi|nəfər|gazeteci|jurnalist|fəal|aktivist|öğrenci|"
    r"tələbə|bloqer|человека?|чел\.?|журналист(?:а|ов|ка)?|активист(?:а|ов|ка)?|"
    r"блогер(?:а|ов)?|студент(?:а|ов|ка)?|пользовател(?:я|ей|ь)|участник(?:а|ов)?|женщина?|"
    r"мужчина?)?(?!\w)",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    word: number
    for number, words in enumerate(
        (
            "one | bir | один | одна",
            "two | iki | два | двое | две | двух",
            "three | üç | три | трое | трёх | трех",
            "four | dörd | dört | четыре | четверо | четырёх | четырех",
            "five | beş | пять | пятеро | пяти",
            "six | altı | шесть | шестеро",
            "seven | yeddi | yedi | семь | семеро",
            "eight | səkkiz | sekiz | восемь",
            "nine | doqquz | dokuz | девять",
            "ten | on | десять",
        ),
        1,
    )
    for word in words.split(" | ")
}
_NUMBER_OF_PEOPLE = re.compile(r"(\d+)(?:\.0+)?(?:\s*[-–—]\s*(\d+)|\s*(\+))?")
_TOTAL = re.compile(
    r"(?:grand |sub-?|genel |ara |ümumi )?(?:total|totals|sum|toplam|toplamı|cəmi|yekun|cəm|"
    r"итого|всего|всього|усього|разом|სულ|ընդամենը|المجموع|الإجمالي|مجموع|جمع|جمع کل)"
    r"(?: по [\w ]+)?\s*[:=\-–—]?\s*[\d ,.]*"
    r"(?:people|persons|cases|entries|nəfər|kişi|gazeteci|jurnalist|dava|человека?|чел\.?|случа\w+)?",
    re.IGNORECASE,
)

# How people write that nothing is known; the words stay in the remark.
UNSAID: Final = frozenset(
    fold(words)
    for words in (
        *(
            "unknown",
            "not known",
            "unclear",
            "unspecified",
            "not specified",
            "n/a",
            "none",
            "null",
        ),
        *("no data", "no information", "not applicable", "-", "—", "?", "various"),
        *("anonymous", "unnamed", "not named", "name withheld", "имя не указано", "аноним"),
        *("имя не называется", "anonim", "adı açıqlanmır", "isim verilmedi", "ismi açıklanmadı"),
        *("məlum deyil", "naməlum", "yoxdur", "bilinmiyor", "belirsiz", "yok"),
        *("неизвестно", "неизвестен", "нет данных", "не указано", "нет"),
    )
)
# Written where a name should stand: nobody's name, or all of them would be one person.
UNNAMED: Final = UNSAID | {
    fold(words)
    for words in (
        *("anonymous", "unnamed", "unidentified", "name withheld", "withheld", "not named"),
        *("неизвестный", "неизвестная", "неизвестные", "неизвестно", "не установлен", "аноним"),
        *("имя не названо", "имя не указано", "анонимно", "adı açıqlanmır", "adı məlum deyil"),
        *("naməlum", "naməlum şəxs", "anonim", "isimsiz", "bilinmiyor", "adı açıklanmadı"),
        *("adı bilinmiyor", "kimliği bilinmiyor", "имя скрыто"),
    )
}
# Where no place is told: everywhere, or on no map.
NO_PLACE: Final = UNSAID | {
    fold(words)
    for words in (
        *("nationwide", "national", "countrywide", "country-wide", "whole country", "all"),
        *("online", "internet", "online/digital", "digital", "the internet", "cyberspace"),
        *("по всей стране", "вся страна", "онлайн", "интернет", "в интернете", "сеть"),
        *("bütün ölkə", "ölkə üzrə", "onlayn", "ülke geneli", "tüm ülke", "çevrimiçi"),
    )
}
# And that there is no day to write.
NO_DAY: Final = UNSAID | {
    fold(words)
    for words in (
        *("ongoing", "on-going", "still ongoing", "present", "current", "to date", "until now"),
        *("tbc", "tbd", "to be confirmed", "уточняется", "dəqiqləşdirilir"),
        *("na", "nan", "davam edir", "hazırda", "devam ediyor", "sürüyor"),
        *("продолжается", "по настоящее время"),
    )
}
# How sure somebody is of a motive, in the column of motives: no motive.
_VERDICTS: Final = frozenset(
    fold(words)
    for words in (
        *("confirmed", "unconfirmed", "not confirmed", "disputed", "yes", "no"),
        *("подтверждено", "подтверждён", "не подтверждено", "да", "нет"),
        *("təsdiqlənib", "təsdiqlənməyib", "bəli", "xeyr"),
        *("doğrulandı", "doğrulanmadı", "teyit edildi", "teyit edilmedi", "evet", "hayır"),
    )
)
STATES: Final[Mapping[str, str]] = {
    "questioned_released": (
        "questioned, released | released after questioning | отпущен после допроса | "
        "ifadəsi alınıb buraxılıb | ifadesi alınıp serbest bırakıldı"
    ),
    "detained_held": (
        "pre-trial detention | pretrial detention | remanded in custody | под арестом | "
        "арестован | арестована | заключен под стражу | заключена под стражу | содержится под "
        "стражей | həbs edilib | həbs olunub | tutuklu yargılanıyor | "
        "in custody | in detention | detained | in prison | imprisoned | jailed | в сизо | "
        "в заключении | в колонии | həbsdə | həbsdədir | həbsdə saxlanılır | tutuklu | "
        "tutuklandı | cezaevinde | gözaltında"
    ),
    # Why somebody was let out is another fact: these words do not tell it.
    "released": (
        "arrested and released | detained and released | "
        "freed | set free | at liberty | free | was released | has been released | свободен | "
        "свободна | освобождена | на свободе | вышел на свободу | вышла на свободу | отпущен | "
        "отпущена | azad olunub | azad edildi | azaddır | azadlıqda | azadlıqdadır | azadlığa "
        "çıxıb | azadlığa buraxılıb | buraxılıb | serbest | tahliye | tahliye edildi | tahliye "
        "oldu | serbest kaldı"
    ),
    "released_pending": (
        "released on bail | released pending trial | on bail | под подпиской о невыезде | "
        "под подпиской | под залогом | polis nəzarətində | adli kontrol | "
        "adli kontrolle serbest | adli kontrol şartıyla serbest | tutuksuz yargılanıyor"
    ),
    "house_arrest": "house arrest | домашний арест | ev dustaqlığı | ev hapsi",
    "convicted": (
        "sentenced | serving sentence | serving a sentence | осужден | осуждена | приговорен | "
        "приговорена | отбывает наказание | məhkum | məhkumdur | məhkum olunub | cəza çəkir | "
        "hüküm giydi | hükümlü | mahkum"
    ),
    "acquitted": "оправдана | bəraət | beraat",
    "case_dropped": (
        "case closed | charges dropped | case dismissed | дело закрыто | "
        "производство прекращено | iş bağlanıb | takipsizlik | takipsizlik kararı"
    ),
    "fugitive": "объявлен в розыск | axtarışa verilib",
    "in_exile": "exiled | в изгнании | уехал | mühacirət",
}
"""Further words of monitors' sheets that say where an act left somebody."""


_ACT_OF_DATE: Final = {
    fold(words): act
    for act, listed in {
        "arrest": (
            "date of arrest | arrest date | date arrested | arrested on | дата ареста | "
            "imprisoned since | in prison since | under arrest since | под арестом с | həbs "
            "edildiyi tarix | həbs edilmə tarixi | tutuklandığı tarih | "
            "арестован | həbs tarixi | həbsin tarixi | həbs olunduğu tarix | tutuklama tarihi | "
            "tutuklanma tarihi | date of the arrest"
        ),
        "detention": (
            "date of detention | detention date | date detained | detained on | "
            "дата задержания | дата и время задержания | saxlanma tarixi | saxlanılma tarixi | "
            "detained since | tutulduğu tarix | saxlanıldığı gün | gözaltına alındığı tarih | "
            "tutulma tarixi | saxlanıldığı tarix | gözaltı tarihi | gözaltına alınma tarihi"
        ),
        "questioning": (
            "date of questioning | questioning date | дата допроса | dindirilmə tarixi | "
            "ifade tarihi"
        ),
        "search": "дата обыска | axtarış tarixi | date of raid | raid date",
    }.items()
    for words in listed.split(" | ")
}
# How long, where nothing is said but that: days counted as “суток” are days of detention.
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?")
_UNITS: Final[Mapping[str, str]] = {
    "hours": "hour | hours | час | часа | часов | saat",
    "days": "day | days | день | дня | дней | gün | сутки | суток | sutka",
    "months": "month | months | месяц | месяца | месяцев | мес | ay",
    "years": "year | years | yr | yrs | год | года | лет | il | yıl | yil",
}
_UNIT_OF: Final = {word: unit for unit, words in _UNITS.items() for word in words.split(" | ")}
_DETENTION_DAYS: Final = frozenset({"сутки", "суток", "sutka"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadActs:
    """Acts that drafting reads in a cell.

    Args:
        terms: Their terms, in order.
        is_whole: Whether nothing but one of them stands in the cell.
    """

    terms: tuple[str, ...] = ()
    is_whole: bool = False


@functools.lru_cache(maxsize=8192)
def read_acts(words: str, lang: str) -> ReadActs:
    """Return the acts that drafting reads in a cell, without a date to count from."""
    from undersight.extract import draft

    entries = draft(words, lang=lang, context_date=None).entries
    found = [one for entry in entries for one in entry.fields if one.kind == "act"]
    terms = tuple(dict.fromkeys(str(one.value) for one in found))
    rest = words
    for one in found:
        rest = rest[: one.start] + " " * (one.end - one.start) + rest[one.end :]
    is_sure = len(found) == 1 and not found[0].alternatives
    return ReadActs(terms=terms, is_whole=is_sure and not _LETTER.search(rest))


def act_of_date(column: str) -> str:
    """Return the act whose day a column asks by its name; empty where it asks another's."""
    plain = fold(re.sub(r"[\W_]+", " ", column).strip())
    return _ACT_OF_DATE.get(plain, "")


@functools.lru_cache(maxsize=4096)
def _read_penalties(cell: str, lang: str) -> tuple[tuple[tuple[str, object], ...], ...]:
    from undersight.extract import draft

    entries = draft(cell, lang=lang, context_date=None).entries
    found = [one.value for entry in entries for one in entry.fields if one.kind == "sentence"]
    read = [
        tuple(
            (name, one[name]) for name in ("kind", "amount", "unit") if one.get(name) is not None
        )
        for one in found
    ]
    length = _LENGTH.fullmatch(cell.strip())
    unit = _UNIT_OF.get(length[2].lower(), "") if length else ""
    if not read and length and unit:
        is_detention = length[2].lower() in _DETENTION_DAYS
        kind = (("kind", "administrative_detention"),) if is_detention else ()
        amount = float(length[1].replace(",", "."))
        read = [
            (*kind, ("amount", int(amount) if amount.is_integer() else amount), ("unit", unit))
        ]
    return tuple(dict.fromkeys(read))


def penalties(cell: str, lang: str) -> list[dict[str, object]]:
    """Return the penalties that a cell of penalties says, each with the words it was read from.

    Args:
        cell: Its words.
        lang: Their language.
    """
    read = _read_penalties(cell, lang) or ((),)
    return [{**dict(one), "as_text": cell} for one in read]


def parts_of_act(cell: str) -> list[str]:
    """Return what a cell of acts lists, by commas, semicolons, lines, plus signs and slashes."""
    return [part for part in _SEVERAL_ACTS.split(cell) if part]


@functools.cache
def states() -> Mapping[str, str]:
    """Return the terms of further words for states of liberty, by the words folded."""
    told = [(words, term) for term, listed in STATES.items() for words in listed.split(" | ")]
    return {fold(words): term for words, term in told}


def counted_people(cell: str) -> int:
    """Return how many people a cell names by number alone (“3 journalists”); 0 for a name."""
    first, _, rest = cell.partition(" ")
    found = _COUNTED.search(f"{_NUMBERS.get(first.lower(), first)} {rest}")
    has_noun = found is not None and _LETTER.search(found[0])
    return int(found[1]) if found and has_noun else 0


def number_of_people(text: str, left: dict[str, str]) -> dict[str, Any]:
    """Read how many people: a number, a range, or a number “and more”.

    Args:
        text: The cell.
        left: What the remark keeps in words; “about” and “over”, which have no field, go there.

    Raises:
        UnmappedValueError: It is no number.
    """
    written = re.sub(r"(?<=\d)[ \u00a0\u202f,](?=\d{3}(?!\d))", "", text).strip()
    if not written or fold(written) in NO_DAY:
        return {}
    found = _NUMBER_OF_PEOPLE.fullmatch(written.lstrip("~≈>≥ "))
    if not found:
        raise UnmappedValueError("victim_count", text, "a whole number")
    low, high = int(found[1]), int(found[2] or found[1])
    if written != found[0] or found[3]:
        left["victim_count"] = text  # “about”, “over” has no field
    if high == 0:
        return {}
    if low == high == 1 and not found[3]:
        return {"party_kind": "individual"}
    if found[3] or low != high:
        top = {} if found[3] else {"count_max": max(low, high)}
        return {"party_kind": "group", "count_min": min(low, high), **top}
    return {"count": low}


def is_verdict(cell: str) -> bool:
    """Return whether a cell only tells how sure its writer is."""
    return fold(cell) in _VERDICTS


def is_total(cell: str) -> bool:
    """Return whether a cell calls its row the total of the others."""
    return _TOTAL.fullmatch(cell.strip()) is not None


@functools.lru_cache(maxsize=4096)
def articles(value: str, lang: str) -> tuple[str, ...]:
    """Return the articles that a cell cites: as a text does ("art. 28, part 2"), else numbers."""
    from undersight.extract import draft
    from undersight.extract.provisions import NUMBER, normalise

    best: list[tuple[int, int, str]] = []
    for one in dict.fromkeys((lang, "ru", "az", "tr", "en")):
        entries = draft(value, lang=one, context_date=None).entries
        fields = [f for entry in entries for f in entry.fields if f.kind == "provision"]
        found = [(f.start, f.end, str(f.value)) for f in fields]
        if sum(e - s for s, e, _ in found) > sum(e - s for s, e, _ in best):
            best = found
    rest = value
    for start, end, _ in best:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    bare = [(m.start(), m.end(), normalise(m[0])[0]) for m in re.finditer(NUMBER, rest)]
    return tuple(dict.fromkeys(cited for _, _, cited in sorted((*best, *bare))))
