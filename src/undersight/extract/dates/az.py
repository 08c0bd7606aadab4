"""Azerbaijani dates, in Latin and Cyrillic letters."""

from __future__ import annotations

from typing import Final

from undersight.extract.dates import building as b
from undersight.extract.dates.language import Language, Rule, Words, listed

_MONTHS: Final = (
    "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr",
    "noyabr", "dekabr",
)  # fmt: skip
_WEEKDAYS: Final = (
    "bazar ertəsi", "çərşənbə axşamı", "çərşənbə", "cümə axşamı", "cümə", "şənbə", "bazar",
)  # fmt: skip
# "bazar" is also a market; names of two words are never anything else.
_WEEKDAY_ENDINGS: Final = {
    "bazar": "b", "bazar ertəsi": "w", "çərşənbə axşamı": "w", "cümə axşamı": "w",
}  # fmt: skip
# Case endings as they read when folded (ı = i, ə = e, ü = u), by what they mean for a range.
_NOUN_ENDINGS: Final = {
    "": "_",
    "g": "in un nin nun inin unun",
    "l": "da de ta te inda inde unda unde daki deki indaki indeki undaki undeki",
    "f": "dan den indan inden undan unden",
    "t": "a e ya ye ina ine una une",
    "u": "dek adek edek yadek yedek inadek inedek unadek unedek acan ecen yacan yecen",
    "a": "i u ni nu si su",
}
_NUMBER_ENDINGS: Final = {
    "o": "ci cu nci ncu inci uncu",
    "l": "da de inda inde unda unde sinda sinde cinda cinde cunda cunde daki deki "
    "indaki indeki undaki undeki",
    "f": "dan den indan inden undan unden sindan sinden",
    "t": "a e ya ye ne na ina ine una une sina sine",
    "u": "dek adek edek yadek yedek nedek nadek inadek inedek unadek unedek sinadek sinedek can "
    "cen acan ecen",
    "g": "in un nin nun sinin unun inin",
    "a": "i u si su ni nu",
    "d": "lar ler larda lerde larin lerin lardan lerden",
}
_UNIT_ENDINGS: Final = {
    "": "_",
    "g": "in un nin nun unun",
    "l": "da de unda inda inde unde daki deki unki inki undaki indeki",
    "f": "dan den undan indan inden unden",
    "t": "a e ya ye una une ine ina",
    "u": "edek adek yedek unedek",
    "a": "i u ni nu",
    "p": "ler lar lerde larda lerin larin lerini",
}
_UNITS: Final = {
    "saat": "HOURWORD",
    "gun": "DAYWORD",
    "sutka": "DAYWORD",
    "hefte": "WEEKWORD",
    "ay": "MONTHWORD",
    "il": "YEARWORD",
}
_ONES: Final = listed("bir iki üç dörd beş altı yeddi səkkiz doqquz on")
_TENS: Final = listed("iyirmi otuz qırx əlli altmış yetmiş səksən doxsan")
_ORDINALS: Final = {
    "birinci": 1, "ikinci": 2, "üçüncü": 3, "dördüncü": 4, "beşinci": 5, "altıncı": 6,
    "yeddinci": 7, "səkkizinci": 8, "doqquzuncu": 9, "onuncu": 10, "iyirminci": 20, "otuzuncu": 30,
}  # fmt: skip
_WORDS: Final = {
    "SEASON": "yazı=21, yazında=21, yazının=21, yayı=22, yayında=22, yayının=22, payız=23, "
    "payızı=23, payızda=23, payızın=23, payızında=23, payızının=23, qış=24, qışı=24, qışda=24, "
    "qışın=24, qışında=24, qışının=24, yaz=21, yazda=21, yay=22, yayda=22",
    "PART": "ilk günlərində=early, son günlərində=late, "
    "əvvəlində=early, əvvəlinde=early, əvvəllərində=early, əvvəlindən=early, "
    "başlanğıcında=early, başında=early, başlarında=early, ortasında=mid, ortalarında=mid, "
    "sonunda=late, sonlarında=late, axırında=late, sonu=late, əvvəli=early, ortası=mid, "
    "sonuna=late",
    "RELDAY": "dünən=-1, srağagün=-2, bugün=0, bu gün=0, sabah=1, birigün=2, dünənki=-1, "
    "bugünkü=0, bu səhər=0, bu axşam=0, bu gecə=0, sırağagün=-2",
    "LAST": "keçən=-1, ötən=-1, keçmiş=-1",
    "THIS": "bu=0, cari=0, hazırkı=0",
    "NEXT": "gələn=1, qarşıdan gələn=1",
    "FOLLOWING": "ertəsi, növbəti, səhərisi, sonrakı",
    "SAME": "həmin, elə həmin, eyni, o",
    "AGO": "əvvəl, öncə, qabaq, bundan əvvəl, bundan öncə, bundan qabaq",
    "EARLIER": "ondan əvvəl, bundan bir qədər əvvəl",
    "LATER": "sonra, ondan sonra, bundan sonra",
    "SINCE": "bəri, etibarən, başlayaraq",
    "UNTIL": "qədər, kimi, dək, cən",
    "BETWEEN": "arasında, aralığında, ərzində",
    "AND": "və, ilə",
    "NIGHT": "gecəsi",
    "NIGHTTO": "keçən gecə",
    "MONTHNAME": "ayı, ayının, ayında, ayından, ayına, ayınadək",
    "DAYNAME": "günü, günündə",
    "APPROX": "təxminən",
    "ADVERB": "tarixində",
    "HALF": "yarım",
    "DAYPART": "səhər, axşam, gecə",
    "ARTICLE": "maddə=after, maddəsi=after, maddəsinin=after, maddəsinə=after, maddəsi ilə=after, "
    "maddələri=after, maddələrinin=after, maddələri ilə=after, bənd=after, bəndi=after, "
    "madde=before, №=before, nömrə=before, nömrəli=after, versiya=before",
}
_ON_THE: Final = {
    "birində": 1, "ikisində": 2, "üçündə": 3, "dördündə": 4, "beşində": 5, "altısında": 6,
    "yeddisində": 7, "səkkizində": 8, "doqquzunda": 9, "onunda": 10, "iyirmisində": 20,
    "otuzunda": 30,
}  # fmt: skip
_ADJECTIVES: Final = {
    "günlük": "DAYWORD", "sutkalıq": "DAYWORD", "həftəlik": "WEEKWORD", "aylıq": "MONTHWORD",
    "illik": "YEARWORD", "saatlıq": "HOURWORD",
}  # fmt: skip
_CYRILLIC: Final = dict(
    zip(
        "абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹшйэцёюя",
        listed("a b v q ğ d e ə j z i ı y k g l m n o ö p r s t u ü f x h ç c ş y e ts yo yu ya"),
        strict=True,
    )
)


def respell(word: str) -> str:
    """Return a word of Cyrillic Azerbaijani in Latin letters; others as they are."""
    if word.isascii():
        return word
    return "".join(_CYRILLIC.get(char, char) for char in word.lower())


def _words() -> Words:
    words = Words()
    words.add_table(_WORDS)
    for number, month in enumerate(_MONTHS, 1):
        words.add_forms(month, "MONTH", number, _NOUN_ENDINGS)
    for stem, concept in _UNITS.items():
        words.add_forms(stem, concept, stem, _UNIT_ENDINGS)
    for stem, concept in _ADJECTIVES.items():
        words.add(stem, concept, stem, "j")
    for day, weekday in enumerate(_WEEKDAYS):
        words.add(weekday, "WEEKDAY", day, _WEEKDAY_ENDINGS.get(weekday, ""))
    _add_numbers(words)
    return words


def _add_numbers(words: Words) -> None:
    words.add_each(_ONES, "NUMWORD", 1)
    tens = {"on": 10} | {name: 10 * ten for ten, name in enumerate(_TENS, 2)}
    ones = {name: value for value, name in enumerate(_ONES[:9], 1)}
    for name, value in tens.items():
        words.add(name, "NUMWORD", value)
    ordinals = {**_ORDINALS, **_ON_THE}
    for name, value in ordinals.items():
        words.add(name, "ORDWORD", value)
    words.add_compounds(tens, ones, 99)
    words.add_compounds(tens, ordinals, 31)


_DAY: Final = "(DAY@n|DAY@o|ORDWORD)"
# After its month a bare number may count units ("martda 30 gün"); with an ending it cannot.
_NUMBERED: Final = "(DAY@n !UNIT|DAY@o|DAY@l|DAY@f|DAY@t|DAY@u|DAY@g|DAY@a|ORDWORD)"
_YEAR: Final = "YEAR (YEARWORD)?"
_MONTH: Final = "MONTH (MONTHNAME)?"
_NAMES: Final = (
    Rule("day-month-year", f"((WEEKDAY@n|WEEKDAY@w) ,?)? {_DAY} MONTH (,? {_YEAR})?", b.calendar),
    Rule("month-day", f"({_YEAR} ,?)? {_MONTH} {_NUMBERED}", b.calendar),
    Rule("month-day-year", f"{_MONTH} ANYDAY , {_YEAR}", b.calendar),
    Rule("year-day-month", f"YEAR YEARWORD {_DAY} MONTH", b.calendar),
    Rule("days-month-year", f"DAYRANGE MONTH ({_YEAR})? (NIGHT)?", b.days_of_month),
    Rule("month-days", f"({_YEAR})? {_MONTH} DAYRANGE", b.days_of_month),
    Rule("month-year", f"MONTH ,? {_YEAR}", b.calendar),
    Rule("year-month", f"{_YEAR} {_MONTH}", b.calendar),
    Rule("month-named", "MONTH MONTHNAME", b.calendar),
    Rule("this-year-month-day", f"(LAST|THIS|NEXT) YEARWORD {_MONTH} (ANYDAY)?", b.calendar),
    Rule("this-year-day-month", "(LAST|THIS|NEXT) YEARWORD ANYDAY MONTH", b.calendar),
    Rule("day-month-this-year", "ANYDAY MONTH (LAST|THIS|NEXT) YEARWORD", b.calendar),
    Rule("of-that-year", f"SAME YEARWORD {_MONTH} (ANYDAY !UNIT)?", b.of_that_year),
    Rule("of-that-year", "SAME YEARWORD (ANYDAY MONTH|PART|SEASON)", b.of_that_year),
    Rule("part-of-month", f"({_YEAR})? (MONTH@g|MONTH MONTHNAME) PART", b.calendar),
    Rule("part-of-year", f"{_YEAR} PART", b.calendar),
    Rule("part-of-last-year", "(LAST|THIS|NEXT) YEARWORD PART", b.calendar),
    Rule("year-season", f"{_YEAR} SEASON", b.calendar),
    Rule("season-of-last-year", "(LAST|THIS|NEXT) YEARWORD SEASON", b.calendar),
    Rule("last-season", "(LAST|THIS|NEXT) SEASON", b.calendar),
    Rule("last-weekday", "(LAST|THIS|NEXT) WEEKDAY DAYNAME?", b.calendar),
    Rule("each-weekday", "hər WEEKDAY DAYNAME?", b.nothing),
    Rule("weekday-day", "(WEEKDAY DAYNAME|WEEKDAY@w)", b.calendar),
    Rule("last-month-name", f"(LAST|NEXT) {_MONTH} !ANYDAY", b.calendar),
    Rule("day-word", "RELDAY", b.day_word),
    Rule("last-night", "LAST (DAYPART|NIGHT)", b.last_night),
    Rule("last-unit", "(LAST|NEXT) (UNIT@n|UNIT@g|UNIT@l|UNIT@f|UNIT@a)", b.unit_shift),
    Rule("this-unit", "THIS (WEEKWORD|MONTHWORD|YEARWORD)", b.unit_shift),
    Rule("ago", "COUNT UNIT AGO", b.counted(-1, from_either=True)),
    Rule("after-event", "OTHER@f >> COUNT UNIT LATER", b.nothing),
    Rule("before-event", "OTHER@f >> COUNT UNIT AGO", b.nothing),
    Rule("later", "COUNT UNIT LATER", b.counted(1, from_mention=True)),
    Rule("ago-from-that", "(EARLIER COUNT UNIT|COUNT UNIT EARLIER)",
         b.counted(-1, from_mention=True)),
    Rule("later-from-that", "LATER COUNT UNIT", b.counted(1, from_mention=True)),
    Rule("following-unit", "FOLLOWING (UNIT@n|UNIT@g|UNIT@l|UNIT@a)", b.from_last(1)),
    Rule("following-morning", "FOLLOWING (DAYPART|NIGHT)", b.next_day),
    Rule("that-unit", "SAME (UNIT@n|UNIT@g|UNIT@l|UNIT@a)", b.from_last(0)),
    Rule("same-evening", "SAME (DAYPART|NIGHT)", b.same_day),
    Rule("decade", "(YEAR@o|NUM@o|DAY@o|YEAR|NUM@d|YEAR@d) YEARWORD@p", b.decade),
    Rule("decade", "(NUM@d|YEAR@d)", b.decade),
    Rule("amount", "COUNT UNIT", b.duration),
    Rule("amounts", "(COUNT - COUNT|NUMRANGE|DAYRANGE) UNIT", b.duration),
    Rule("years-and-months", "COUNT YEARWORD (AND|,)? COUNT MONTHWORD", b.duration),
    Rule("amounts", "COUNT UNIT@f COUNT (UNIT@t|UNIT@u) UNTIL?", b.duration),
    Rule("and-a-half", "COUNT UNIT HALF", b.half),
    Rule("half-unit", "HALF UNIT", b.half),
    Rule("and-a-half-units", "COUNT HALF UNIT", b.half),
    Rule("decimal-units", "DECIMAL UNIT", b.half),
)  # fmt: skip
_FROM: Final = "(DATE@f|YEAR@f|YEAR YEARWORD@f|MONTH@f|DATE YEARWORD@f)"
_TO: Final = "(DATE@t|DAY@t|MONTH@t|YEAR@t|YEAR YEARWORD@t)"
_UNTIL: Final = "(DATE@u|DAY@u|MONTH@u|YEAR@u|YEAR YEARWORD@u)"
_SPELL: Final = "(DATE|MONTH|YEAR YEARWORD|YEAR|SEASON)"
_PHRASES: Final = (
    Rule("throughout", f"bütün {_SPELL} (boyu|boyunca|BETWEEN)?", b.throughout),
    Rule("throughout", f"{_SPELL} (boyu|boyunca)", b.throughout),
    Rule("from-to", f"{_FROM} ({_TO}|{_UNTIL}) (UNTIL)?", b.between("throughout")),
    Rule("from-to", "ANYDAY@f DATE (UNTIL)?", b.between("throughout")),
    Rule("dash", "(DATE|ANYDAY|MONTH) - DATE", b.between("throughout")),
    Rule("dash", "DATE - (DATE|ANYDAY) (UNTIL)?", b.between("throughout")),
    Rule("between", "(DATE|ANYDAY|MONTH) AND (DATE|ANYDAY|MONTH) (DAYNAME|ADVERB)? BETWEEN",
         b.between("at_least_once")),
    Rule("between", "DATE - DATE BETWEEN", b.between("at_least_once")),
    Rule("night-to", "DATE@f (DATE@t|DAY@t) NIGHTTO", b.between("at_least_once")),
    Rule("night-of", "DATE NIGHT", b.night),
    Rule("night-to", "DATE@t NIGHTTO", b.night_before),
    Rule("last-night", "NIGHTTO", b.last_night),
    Rule("since", f"{_FROM} (SINCE)?", b.open_end("throughout")),
    Rule("after", "(DATE@f|YEAR YEARWORD@f) LATER", b.open_end("at_least_once")),
    Rule("by", "(DATE@f|YEAR YEARWORD@f) AGO", b.open_start("at_least_once")),
    Rule("until", f"({_TO} UNTIL|{_UNTIL})", b.open_start("throughout")),
    Rule("until", "(DATE|YEAR YEARWORD) UNTIL", b.open_start("throughout")),
    Rule("in-month", "(MONTH@l)", b.calendar),
    Rule("year", "YEAR (YEARWORD|YEARWORD@l)", b.calendar),
    Rule("year", "(YEAR@l|YEAR@o)", b.calendar),
    Rule("bracketed-year", "LPAR >> YEAR << RPAR", b.calendar),
    Rule("years", "YEARRANGE (YEARWORD)?", b.years),
    Rule("listed", "ANYDAY (, ANYDAY)? (, ANYDAY)? (, ANYDAY)? AND DATE", b.listed),
    Rule("listed", "DATE AND (DAY@l|DAY@a|DAY@g)", b.listed),
    Rule("", "(DATE|SPAN)", b.alone),
)  # fmt: skip

LANGUAGE = Language(
    code="az",
    words=_words(),
    number_endings={
        suffix: ending for ending, forms in _NUMBER_ENDINGS.items() for suffix in forms.split()
    },
    names=_NAMES,
    phrases_over=_PHRASES,
    future=dict.fromkeys(["sabah", "gözlənilir", "keçiriləcək", "olacaq"], "strong")
    | dict.fromkeys(["planlaşdırılır", "təyin", "təxirə"], "weak"),
    respell=respell,
    source_case=("dan", "den"),
)
