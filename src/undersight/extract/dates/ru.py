"""Russian dates."""

from __future__ import annotations

from typing import Final

from undersight.extract.dates import building as b
from undersight.extract.dates.language import Language, Rule, Words, listed

# Genitive ("4 марта"), nominative, prepositional ("в марте"), dative, instrumental; short.
_MONTHS: Final = (
    "января январь январе январю январем янв", "февраля февраль феврале февралю февралем фев февр",
    "марта март марте марту мартом мар", "апреля апрель апреле апрелю апрелем апр",
    "мая май мае маю маем", "июня июнь июне июню июнем июн", "июля июль июле июлю июлем июл",
    "августа август августе августу августом авг",
    "сентября сентябрь сентябре сентябрю сентябрем сен сент",
    "октября октябрь октябре октябрю октябрем окт",
    "ноября ноябрь ноябре ноябрю ноябрем ноя нояб",
    "декабря декабрь декабре декабрю декабрем дек",
)  # fmt: skip
_WEEKDAYS: Final = (
    "понедельник понедельника понедельнику", "вторник вторника вторнику",
    "среду среда среды среде", "четверг четверга четвергу", "пятницу пятница пятницы пятнице",
    "субботу суббота субботы субботе", "воскресенье воскресенья воскресенью",
)  # fmt: skip
_CARDINALS: Final = {
    1: "один одна одни одного одной одну одних одним", 2: "два две двух двум двумя",
    3: "три трех трем тремя",
    4: "четыре четырех", 5: "пять пяти", 6: "шесть шести", 7: "семь семи", 8: "восемь восьми",
    9: "девять девяти", 10: "десять десяти", 11: "одиннадцать одиннадцати",
    12: "двенадцать двенадцати", 13: "тринадцать тринадцати", 14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати", 16: "шестнадцать шестнадцати", 17: "семнадцать семнадцати",
    18: "восемнадцать восемнадцати", 19: "девятнадцать девятнадцати", 20: "двадцать двадцати",
    30: "тридцать тридцати", 40: "сорок сорока", 50: "пятьдесят пятидесяти",
    60: "шестьдесят шестидесяти", 90: "девяносто", 100: "сто ста",
}  # fmt: skip
_ORDINALS: Final = listed(
    "перв втор третх четверт пят шест седьм восьм девят десят одиннадцат двенадцат "
    "тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат "
    "двадцат"
)
_ORDINAL_ENDINGS: Final = ("ое", "ого", "ому", "ым", "ом")
_SOFT_ENDINGS: Final = ("е", "его", "ему", "им", "ем")
_NUMBER_STEMS: Final = {
    "одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7,
    "восьми": 8, "девяти": 9, "десяти": 10, "пятнадцати": 15, "двадцати": 20, "тридцати": 30,
    "сорока": 40,
}  # fmt: skip
_ADJECTIVES: Final = {
    "часов": "HOURWORD", "дневн": "DAYWORD", "суточн": "DAYWORD", "недельн": "WEEKWORD",
    "месячн": "MONTHWORD", "летн": "YEARWORD", "годичн": "YEARWORD", "годовал": "YEARWORD",
}  # fmt: skip
_ADJECTIVE_ENDINGS: Final = (
    "ый ого ому ым ом ой ая ую ое ые ых ыми ий его ему им ем ей яя юю ее ие их ими"
)
_UNITS: Final = {
    "HOURWORD": "час часа часов часам часами часу",
    "DAYWORD": "день дня дней дню днем сутки суток сутках суткам сутками дни днях днями",
    "WEEKWORD": "неделя недели недель неделю неделе неделей недель неделях",
    "MONTHWORD": "месяц месяца месяцев месяцу месяцем месяце месяцы мес месяцах",
    "YEARWORD": "год года лет году годом годе гг г годы годов годах годам",
}
_PLURALS: Final = frozenset(
    listed(
        "часов часами часам дней сутки суток сутках суткам сутками дни днях днями недель "
        "неделях месяцев месяцы месяцах лет гг годы годов годах годам"
    )
)
_WORDS: Final = {
    "SEASON": "весной=21, весна=21, весны=21, весну=21, летом=22, лето=22, осенью=23, осень=23, "
    "осени=23, зимой=24, зима=24, зимы=24, зиму=24",
    "PART": "первых числах=early, последних числах=late, первые дни=early, "
    "последние дни=late, "
    "начале=early, начала=early, начало=early, началу=early, начал=early, середине=mid, "
    "середины=mid, середина=mid, середину=mid, конце=late, конца=late, конец=late, концу=late",
    "RELDAY": "сегодня=0, вчера=-1, позавчера=-2, завтра=1, послезавтра=2, "
    "сегодня утром=0, сегодня вечером=0, вчера вечером=-1, вчера утром=-1, вчера днем=-1",
    "EVE": "накануне",
    "LAST": "прошлый=-1, прошлая=-1, прошлое=-1, прошлого=-1, прошлой=-1, прошлом=-1, "
    "прошлую=-1, прошлым=-1, минувший=-1, минувшего=-1, минувшей=-1, минувшем=-1, минувшую=-1, "
    "истекшего=-1",
    "THIS": "этот=0, эта=0, это=0, этого=0, этой=0, этом=0, эту=0, этим=0, нынешнего=0, "
    "нынешней=0, нынешнем=0, текущего=0, текущей=0, текущем=0, сего=0",
    "NEXT": "будущий=1, будущего=1, будущем=1, будущей=1, грядущий=1, грядущем=1, грядущего=1",
    "FOLLOWING": "следующий, следующего, следующем, следующую, следующей, следующая, "
    "следующее, следующим",
    "SAME": "тот, тот же, тот же самый, тем же, того же, той же, том же, ту же, том, ту, тем",
    "AGO": "назад, тому назад",
    "EARLIER": "до этого, до того, ранее, раньше",
    "LATER": "позже, позднее",
    "NIGHTTO": "в ночь на",
    "NIGHTFROM": "в ночь с",
    "ONEHALF": "полтора, полторы, полутора",
    "DAYPART": "утро, утром, вечер, вечером, ночь, ночью",
    "ARTICLE": "ст=before, статья=before, статьи=before, статье=before, статью=before, "
    "статьей=before, статьям=before, статьями=before, статей=before, ч=before, часть=before, "
    "части=before, п=before, пункт=before, пункта=before, пункту=before, версия=before, "
    "версии=before, номер=before",
}


def _words() -> Words:
    words = Words()
    words.add_table(_WORDS)
    for number, names in enumerate(_MONTHS, 1):
        for place, name in enumerate(names.split()):
            ending = "p" if place == 2 else ("d" if place == 3 else "")
            words.add(name, "MONTH", number, ending)
    words.add_each(_WEEKDAYS, "WEEKDAY", 0)
    for concept, names in _UNITS.items():
        for name in names.split():
            words.add(name, concept, name, "p" if name in _PLURALS else "")
    _add_numbers(words)
    _add_adjectives(words)
    return words


def _add_numbers(words: Words) -> None:
    cardinals = {name: n for n, names in _CARDINALS.items() for name in names.split()}
    for name, value in cardinals.items():
        words.add(name, "NUMWORD", value)
    ordinals = {"тридцат" + ending: 30 for ending in _ORDINAL_ENDINGS}
    for value, stem in enumerate(_ORDINALS, 1):
        ordinals |= {stem + ending: value for ending in _ORDINAL_ENDINGS}
    ordinals |= {"треть" + ending: 3 for ending in _SOFT_ENDINGS}
    for name, value in ordinals.items():
        words.add(name, "ORDWORD", value)
    tens = {name: value for name, value in cardinals.items() if value in (20, 30, 40, 50)}
    words.add_compounds(tens, cardinals, 99)
    words.add_compounds({"двадцать": 20, "тридцать": 30}, ordinals, 31)


def _add_adjectives(words: Words) -> None:
    for stem, concept in _ADJECTIVES.items():
        for ending in _ADJECTIVE_ENDINGS.split():
            words.add(stem + ending, concept, stem, "j")  # after a number: "30-дневный"
            for number_stem, number in _NUMBER_STEMS.items():
                unit = _UNIT_NAMES[concept]
                words.add(number_stem + stem + ending, "ADJECTIVE", (number, unit))
    for half, months in (("полугодов", 6), ("полуторагодов", 18)):
        for ending in _ADJECTIVE_ENDINGS.split():
            words.add(half + ending, "ADJECTIVE", (months, "months"))
    words.add("полгода", "ADJECTIVE", (6, "months"))
    words.add("полугода", "ADJECTIVE", (6, "months"))


_UNIT_NAMES: Final = {
    "HOURWORD": "hours", "DAYWORD": "days", "WEEKWORD": "weeks", "MONTHWORD": "months",
    "YEARWORD": "years",
}  # fmt: skip
_YEAR: Final = "(YEAR YEARWORD|YEAR)"
_NAMES: Final = (
    Rule("day-month-year", f"(WEEKDAY ,?)? ANYDAY MONTH@n (,? {_YEAR})?", b.calendar),
    Rule("days-month-year", f"DAYRANGE MONTH@n ({_YEAR})?", b.days_of_month),
    Rule("month-year", f"MONTH ,? {_YEAR}", b.calendar),
    Rule("part-of-month", f"PART MONTH {_YEAR}?", b.calendar),
    Rule("part-of-year", "PART YEAR YEARWORD?", b.calendar),
    Rule("part-of-last-year", "PART (LAST|THIS|NEXT) YEARWORD", b.calendar),
    Rule("month-of-last-year", "(ANYDAY? MONTH) (LAST|THIS|NEXT) YEARWORD", b.calendar),
    Rule("of-that-year", "ANYDAY? MONTH SAME YEARWORD@n", b.of_that_year),
    Rule("of-that-year", "(PART|SEASON) SAME YEARWORD@n", b.of_that_year),
    Rule("last-month-name", "(LAST|NEXT) MONTH", b.calendar),
    Rule("season-year", f"SEASON {_YEAR}", b.calendar),
    Rule("season-years", "SEASON YEARRANGE YEARWORD?", b.winter_years),
    Rule("season-of-last-year", "SEASON (LAST|THIS|NEXT) YEARWORD", b.calendar),
    Rule("last-season", "(LAST|THIS|NEXT) SEASON", b.calendar),
    Rule("last-weekday", "(LAST|THIS|NEXT) WEEKDAY", b.calendar),
    Rule("on-weekday", "(в|во) >> WEEKDAY", b.calendar),
    Rule("day-word", "RELDAY", b.day_word),
    Rule("eve", "EVE", b.eve),
    Rule("eve-of", "EVE OTHER", b.eve_of),
    Rule("last-night", "LAST DAYPART", b.last_night),
    Rule("last-unit", "(LAST|NEXT) UNIT@n", b.unit_shift),
    Rule("this-unit", "THIS (WEEKWORD@n|MONTHWORD@n|YEARWORD@n)", b.unit_shift),
    Rule("ago", "(COUNT)? UNIT AGO", b.counted(-1, from_mention=False)),
    Rule("later", "COUNT? UNIT (LATER|спустя)", b.counted(1, from_mention=True)),
    Rule("after", "(через|спустя) COUNT? UNIT", b.counted(1, from_mention=True)),
    Rule("after-event", "(через|спустя) COUNT? UNIT после !того !THIS", b.nothing),
    Rule("after-event", "COUNT? UNIT спустя после", b.nothing),
    Rule("ago-from-that", "(за)? COUNT? UNIT EARLIER", b.counted(-1, from_mention=True)),
    Rule("following-unit", "FOLLOWING UNIT@n", b.from_last(1)),
    Rule("following-morning", "FOLLOWING DAYPART", b.next_day),
    Rule("that-unit", "SAME UNIT@n", b.from_last(0)),
    Rule("same-evening", "SAME DAYPART", b.same_day),
    Rule("decade", "(YEAR@d|NUM@d|DAY@d|NUM@o) (YEARWORD)?", b.decade),
    Rule("amount", "COUNT UNIT", b.duration),
    Rule("adjective", "ADJECTIVE", b.duration),
    Rule("amounts", "(COUNT (-|до) COUNT|NUMRANGE|DAYRANGE) UNIT", b.duration),
    Rule("years-and-months", "COUNT YEARWORD (и|,)? COUNT MONTHWORD", b.duration),
    Rule("one-and-a-half", "ONEHALF UNIT", b.half),
    Rule("and-a-half-units", "COUNT (с|и) половиной UNIT", b.half),
    Rule("decimal-units", "DECIMAL UNIT", b.half),
)  # fmt: skip
_END: Final = "(DATE|ANYDAY|MONTH|YEAR YEARWORD|YEAR)"
_SPELL: Final = "(DATE|MONTH@n|YEAR YEARWORD|SEASON)"
_PHRASES: Final = (
    Rule("from-to", f"(с|со|от) {_END} (по|до) {_END}", b.between("throughout")),
    Rule("throughout", f"(весь|всю|все) {_SPELL}", b.throughout),
    Rule("throughout", f"(в течение|на протяжении) (всего|всей)? {_SPELL}", b.throughout),
    Rule("in-all-of", f"(за|через) (весь|всю|все) {_SPELL}", b.whole),
    Rule("between", f"между {_END} и {_END}", b.between("at_least_once")),
    Rule("dash", "(DATE|ANYDAY|MONTH) - DATE", b.between("throughout")),
    Rule("dash", "DATE - (DATE|ANYDAY)", b.between("throughout")),
    Rule("night-to", "NIGHTTO DATE", b.night_before),
    Rule("night-from-to", f"NIGHTFROM {_END} на {_END}", b.between("at_least_once")),
    Rule("since", "((начиная)? (с|со)) (DATE|YEAR YEARWORD|YEAR|MONTH)",
         b.open_end("throughout")),
    Rule("until", "(до|по) (DATE|YEAR YEARWORD|MONTH)", b.open_start("throughout")),
    Rule("by", "(к|ко) (DATE|YEAR YEARWORD|MONTH@d)", b.open_start("at_least_once")),
    Rule("no-later-than", "не LATER (DATE|YEAR YEARWORD|MONTH)", b.open_start("at_least_once")),
    Rule("after", "после (DATE|YEAR YEARWORD|MONTH)", b.open_end("at_least_once")),
    Rule("also-in", "также в >> MONTH", b.also),
    Rule("in-month", "(в|за|на|о|во) >> MONTH", b.calendar),
    Rule("year", "YEAR YEARWORD", b.calendar),
    Rule("year", "(YEAR@o|YEAR@l)", b.calendar),
    Rule("in-year", "(в|с|до|к|за) >> YEAR !OTHER", b.calendar),
    Rule("bracketed-year", "LPAR >> YEAR << RPAR", b.calendar),
    Rule("season", "SEASON@n !OTHER !все !всю !весь", b.calendar),
    Rule("years", "YEARRANGE (YEARWORD)?", b.years),
    Rule("listed", "ANYDAY (, ANYDAY)? (, ANYDAY)? (, ANYDAY)? и DATE", b.listed),
    Rule("", "(DATE|SPAN)", b.alone),
)  # fmt: skip

LANGUAGE = Language(
    code="ru",
    words=_words(),
    number_endings={
        "го": "o", "ого": "o", "его": "o", "му": "o", "ое": "o", "е": "o", "й": "o", "ый": "o",
        "м": "l", "ом": "l", "х": "d", "ых": "d", "ые": "d", "я": "o",
    },
    names=_NAMES,
    phrases_over=_PHRASES,
    abbreviations=frozenset(
        listed(
            "янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек г гг ст ч п мес"
        )
    ),
    future=dict.fromkeys(["завтра", "состоится", "пройдет", "будет", "предстоит"], "strong")
    | dict.fromkeys(["назначено", "назначен", "назначена", "запланировано",
                     "перенесено", "перенесен", "отложено", "отложен"], "weak"),
)  # fmt: skip
