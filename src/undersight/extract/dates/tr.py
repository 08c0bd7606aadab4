"""Turkish dates."""

from __future__ import annotations

from typing import Final

from undersight.extract.dates import building as b
from undersight.extract.dates.language import Language, Rule, Words, listed

_MONTHS: Final = (
    "ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim",
    "kasım", "aralık",
)  # fmt: skip
_SOFTENED: Final = {"ocağ": 1, "aralığ": 12}
_WEEKDAYS: Final = ("pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar")
# Case endings as they read when folded (ı = i, ü = u), by what they mean for a range.
_NOUN_ENDINGS: Final = {
    "": "_",
    "g": "in un nin nun",
    "l": "da de ta te inda inde unda unde daki deki taki teki indaki indeki undaki undeki",
    "f": "dan den tan ten indan inden undan unden",
    "t": "a e ya ye ina ine una une",
    "a": "i u yi yu si su",
}
_NUMBER_ENDINGS: Final = {
    "o": "inci uncu nci ncu",
    "l": "da de ta te inda inde unda unde sinda sinde daki deki taki teki indaki indeki undaki "
    "undeki",
    "f": "dan den tan ten indan inden undan unden sindan sinden",
    "t": "a e ya ye ina ine una une sina sine",
    "g": "in un nin nun sinin unun inin",
    "a": "i u si su yi yu ini unu sini",
    "d": "lar ler larda lerde larin lerin lu li",
}
_UNIT_ENDINGS: Final = {
    "": "_",
    "g": "in un nin inin unun",
    "l": "da de ta te inda inde unda unde daki deki taki teki indaki indeki undaki undeki",
    "f": "dan den tan ten indan inden undan unden",
    "t": "a e ya ye ina ine una une",
    "a": "i u yi",
    "p": "lar ler larda lerde lari leri larin lerin larinda lerinde",
}
_UNITS: Final = {
    "saat": "HOURWORD", "gün": "DAYWORD", "hafta": "WEEKWORD", "ay": "MONTHWORD",
    "yıl": "YEARWORD", "sene": "YEARWORD",
}  # fmt: skip
_ADJECTIVES: Final = {
    "günlük": "DAYWORD", "haftalık": "WEEKWORD", "aylık": "MONTHWORD", "yıllık": "YEARWORD",
    "saatlik": "HOURWORD", "senelik": "YEARWORD",
}  # fmt: skip
_ONES: Final = listed("bir iki üç dört beş altı yedi sekiz dokuz on")
_TENS: Final = listed("yirmi otuz kırk elli altmış yetmiş seksen doksan")
_WORDS: Final = {
    "SEASON": "ilkbahar=21, ilkbaharı=21, ilkbaharında=21, ilkbaharda=21, baharında=21, "
    "bahar=21, baharda=21, yaz=22, yazı=22, yazında=22, yazın=22, sonbahar=23, sonbaharı=23, "
    "sonbaharında=23, sonbaharda=23, güz=23, güzünde=23, kış=24, kışı=24, kışında=24, kışın=24",
    "PART": "ilk günlerinde=early, son günlerinde=late, "
    "başında=early, başlarında=early, başı=early, başından=early, ortasında=mid, "
    "ortalarında=mid, ortası=mid, sonunda=late, sonlarında=late, sonu=late, sonuna=late",
    "RELDAY": "dün=-1, dünkü=-1, dün gece=-1, dün akşam=-1, bugün=0, bugünkü=0, bu sabah=0, "
    "bu akşam=0, bu gece=0, yarın=1, "
    "evvelsi gün=-2, evvelki gün=-2, önceki gün=-2, öbür gün=2, bu gün=0",
    "LAST": "geçen=-1, geçtiğimiz=-1, önceki=-1",
    "THIS": "bu=0, içinde bulunduğumuz=0",
    "NEXT": "gelecek=1, önümüzdeki=1",
    "FOLLOWING": "ertesi, bir sonraki, izleyen, takip eden",
    "SAME": "o, aynı, söz konusu",
    "AGO": "önce, evvel, öncesinde",
    "EARLIER": "öncesi, daha önce, daha evvel",
    "LATER": "sonra, sonrasında",
    "SINCE": "beri, bu yana, itibaren, başlayarak",
    "UNTIL": "kadar, dek, değin",
    "BETWEEN": "arasında, arası, aralığında, tarihleri arasında",
    "AND": "ve, ile",
    "TO": "ila",
    "NIGHT": "gecesi",
    "TYING": "bağlayan gece",
    "MONTHNAME": "ayı, ayının, ayında, ayından, ayına",
    "DAYNAME": "günü, gününde",
    "ADVERB": "tarihinde, tarihli, tarihi",
    "HALF": "yarım, buçuk",
    "DAYPART": "sabah, akşam, akşamı, gece, sabahı",
    "ARTICLE": "madde=before, maddesi=after, maddesinin=after, maddesine=after, "
    "maddesinden=after, "
    "maddeleri=after, maddelerinin=after, fıkra=after, fıkrası=after, bent=after, bendi=after, "
    "no=dotted, sürüm=before, numaralı=after, sayılı=after, esas=before",
}


def _words() -> Words:
    words = Words()
    words.add_table(_WORDS)
    for number, month in enumerate(_MONTHS, 1):
        words.add_forms(month, "MONTH", number, _NOUN_ENDINGS)
    for stem, number in _SOFTENED.items():
        words.add_forms(stem, "MONTH", number, {"g": "in", "t": "a e", "a": "i"})
    for stem, concept in _UNITS.items():
        words.add_forms(stem, concept, stem, _UNIT_ENDINGS)
    for stem, concept in _ADJECTIVES.items():
        words.add(stem, concept, stem, "j")
    for day, weekday in enumerate(_WEEKDAYS):
        words.add(weekday, "WEEKDAY", day, "b" if weekday == "pazar" else "")
    words.add_each(_ONES, "NUMWORD", 1)
    tens = {"on": 10} | {name: 10 * ten for ten, name in enumerate(_TENS, 2)}
    for name, value in tens.items():
        words.add(name, "NUMWORD", value)
    words.add_compounds(tens, {name: value for value, name in enumerate(_ONES[:9], 1)}, 99)
    return words


_DAY: Final = "(DAY@n|DAY@o)"
# After its month a bare number may count units ("martta 30 gün"); with an ending it cannot.
_NUMBERED: Final = "(DAY@n !UNIT|DAY@o|DAY@l|DAY@f|DAY@t|DAY@g|DAY@a)"
_YEAR: Final = "YEAR (YEARWORD)?"
_MONTH: Final = "MONTH (MONTHNAME)?"
_NAMES: Final = (
    Rule("day-month-year", f"(WEEKDAY@n ,?)? {_DAY} MONTH (,? {_YEAR})? (,? WEEKDAY DAYNAME?)?",
         b.calendar),
    Rule("month-day", f"({_YEAR} ,?)? MONTH@g {_NUMBERED}", b.calendar),
    Rule("month-named-day", f"({_YEAR} ,?)? MONTH MONTHNAME {_NUMBERED}", b.calendar),
    Rule("year-day-month", "YEAR YEARWORD DAY MONTH", b.calendar),
    Rule("days-month-year", f"DAYRANGE MONTH ({_YEAR})?", b.days_of_month),
    Rule("month-year", f"MONTH ,? {_YEAR}", b.calendar),
    Rule("year-month", f"{_YEAR} {_MONTH}", b.calendar),
    Rule("month-named", "MONTH MONTHNAME", b.calendar),
    Rule("this-year-month", f"(LAST|THIS|NEXT) YEARWORD {_MONTH} (ANYDAY)?", b.calendar),
    Rule("this-year-day-month", "(LAST|THIS|NEXT) YEARWORD DAY MONTH", b.calendar),
    Rule("of-that-year", f"SAME YEARWORD {_MONTH} (ANYDAY !UNIT)?", b.of_that_year),
    Rule("of-that-year", "SAME YEARWORD (ANYDAY MONTH|PART|SEASON)", b.of_that_year),
    Rule("part-of-month", f"({_YEAR})? (MONTH@g|MONTH@n|MONTH MONTHNAME) PART", b.calendar),
    Rule("part-of-year", f"{_YEAR} PART", b.calendar),
    Rule("part-of-last-year", "(LAST|THIS|NEXT) YEARWORD PART", b.calendar),
    Rule("year-season", f"{_YEAR} SEASON", b.calendar),
    Rule("season-of-last-year", "(LAST|THIS|NEXT) YEARWORD SEASON", b.calendar),
    Rule("last-season", "(LAST|THIS|NEXT) SEASON", b.calendar),
    Rule("last-weekday", "(LAST|THIS|NEXT) WEEKDAY DAYNAME?", b.calendar),
    Rule("each-weekday", "her WEEKDAY DAYNAME?", b.nothing),
    Rule("weekday-day", "WEEKDAY DAYNAME", b.calendar),
    Rule("last-month-name", f"(LAST|NEXT) {_MONTH} !ANYDAY", b.calendar),
    Rule("day-word", "RELDAY", b.day_word),
    Rule("last-night", "LAST DAYPART", b.last_night),
    Rule("last-unit", "(LAST|NEXT) (UNIT@n|UNIT@g|UNIT@l|UNIT@f|UNIT@a)", b.unit_shift),
    Rule("this-unit", "THIS (WEEKWORD|MONTHWORD|YEARWORD)", b.unit_shift),
    Rule("ago", "COUNT UNIT AGO", b.counted(-1, from_either=True)),
    Rule("ago-from-that", "COUNT UNIT EARLIER", b.counted(-1, from_mention=True)),
    Rule("after-event", "OTHER@f >> COUNT UNIT LATER", b.nothing),
    Rule("before-event", "OTHER@f >> COUNT UNIT AGO", b.nothing),
    Rule("later", "(COUNT UNIT|UNIT@f COUNT UNIT) LATER", b.counted(1, from_mention=True)),
    Rule("following-unit", "FOLLOWING (UNIT@n|UNIT@g|UNIT@l|UNIT@a)", b.from_last(1)),
    Rule("following-morning", "FOLLOWING (DAYPART|NIGHT)", b.next_day),
    Rule("that-unit", "SAME (UNIT@n|UNIT@g|UNIT@l|UNIT@a)", b.from_last(0)),
    Rule("same-evening", "SAME DAYPART", b.same_day),
    Rule("decade", "(YEAR@d|NUM@d) (YEARWORD@p)?", b.decade),
    Rule("amount", "COUNT UNIT", b.duration),
    Rule("amounts", "(COUNT (-|TO|AND)? COUNT|NUMRANGE|DAYRANGE) UNIT", b.duration),
    Rule("years-and-months", "COUNT YEARWORD (AND|,)? COUNT MONTHWORD", b.duration),
    Rule("amounts", "COUNT UNIT@f COUNT UNIT@t UNTIL?", b.duration),
    Rule("half-unit", "HALF UNIT", b.half),
    Rule("and-a-half-units", "COUNT HALF UNIT", b.half),
    Rule("decimal-units", "DECIMAL UNIT", b.half),
)  # fmt: skip
_FROM: Final = "(DATE@f|YEAR@f|YEAR YEARWORD@f|MONTH@f|DATE YEARWORD@f)"
_TO: Final = "(DATE@t|DAY@t|MONTH@t|YEAR@t|YEAR YEARWORD@t)"
_SPELL: Final = "(DATE|MONTH|YEAR YEARWORD|YEAR|SEASON)"
_PHRASES: Final = (
    Rule("throughout", f"(tüm|bütün) {_SPELL} boyunca?", b.throughout),
    Rule("throughout", f"{_SPELL} boyunca", b.throughout),
    Rule("from-to", f"({_FROM}|DAY@f) {_TO} (UNTIL)?", b.between("throughout")),
    Rule("from-to", "DAY@f DATE (UNTIL)?", b.between("throughout")),
    Rule("dash", "(DATE|DAY|MONTH) - DATE", b.between("throughout")),
    Rule("dash", "DATE - (DATE|DAY)", b.between("throughout")),
    Rule("between", "(DATE|DAY|MONTH) (AND|TO) (DATE|MONTH) (DAYNAME|ADVERB)? BETWEEN",
         b.between("at_least_once")),
    Rule("between", "DATE - DATE BETWEEN", b.between("at_least_once")),
    Rule("to", "(DATE|DAY) TO DATE", b.between("throughout")),
    Rule("night-to", "(DATE@a|DAY@a) (DATE@t|DAY@t) TYING", b.between("at_least_once")),
    Rule("night-of", "DATE NIGHT", b.night),
    Rule("since", f"{_FROM} SINCE", b.open_end("throughout")),
    Rule("since", "(DATE ADVERB SINCE)", b.open_end("throughout")),
    Rule("after", f"{_FROM} LATER", b.open_end("at_least_once")),
    Rule("by", f"{_FROM} AGO", b.open_start("at_least_once")),
    Rule("until", f"{_TO} UNTIL", b.open_start("throughout")),
    Rule("until", "(DATE ADVERB|DATE) UNTIL", b.open_start("throughout")),
    Rule("in-month", "MONTH@l", b.calendar),
    Rule("year", "(YEAR YEARWORD|YEAR@l)", b.calendar),
    Rule("bracketed-year", "LPAR >> YEAR << RPAR", b.calendar),
    Rule("years", "YEARRANGE (YEARWORD)?", b.years),
    Rule("listed", "DAY (, DAY)? (, DAY)? (, DAY)? AND DATE", b.listed),
    Rule("listed", "DATE AND (DAY@l|DAY@a|DAY@g)", b.listed),
    Rule("", "(DATE|SPAN)", b.alone),
)  # fmt: skip

LANGUAGE = Language(
    code="tr",
    words=_words(),
    number_endings={
        suffix: ending for ending, forms in _NUMBER_ENDINGS.items() for suffix in forms.split()
    },
    names=_NAMES,
    phrases_over=_PHRASES,
    future=dict.fromkeys(["yarın", "görülecek", "yapılacak", "olacak", "düzenlenecek"], "strong")
    | dict.fromkeys(listed("planlanıyor bekleniyor ertelendi bırakıldı"), "weak"),
    source_case=("dan", "den", "tan", "ten"),
)
