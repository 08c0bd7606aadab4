"""English dates."""

from __future__ import annotations

from typing import Final

from undersight.extract.dates import building as b
from undersight.extract.dates.language import Language, Rule, Words, listed

_MONTHS: Final = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
    "august aug", "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_WEEKDAYS: Final = (
    "monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri",
    "saturday sat", "sunday sun",
)  # fmt: skip
_ONES: Final = listed("one two three four five six seven eight nine")
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS: Final = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS: Final = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
    "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
    "nineteenth twentieth"
)
_ARTICLES: Final = (
    "article articles art section sections clause clauses paragraph item version v number "
    "chapter part"
)


def _words() -> Words:
    words = Words()
    words.add_each(_MONTHS, "MONTH", 1)
    words.add_each(_WEEKDAYS, "WEEKDAY", 0)
    words.add_each((*_ONES, *_TEENS), "NUMWORD", 1)
    words.add_each(_ORDINALS, "ORDWORD", 1)
    words.add("thirtieth", "ORDWORD", 30)
    tens = {name: 10 * ten for ten, name in enumerate(_TENS, 2)}
    for name, value in tens.items():
        words.add(name, "NUMWORD", value)
    words.add_compounds(tens, {name: value for value, name in enumerate(_ONES, 1)}, 99)
    words.add_compounds(tens, {name: value for value, name in enumerate(_ORDINALS[:9], 1)}, 31)
    for concept, (singular, plural) in _UNITS.items():
        words.add_forms("", concept, "", {"": singular, "p": plural})
    words.add_table(_CONCEPTS)
    return words


_UNITS: Final = {
    "HOURWORD": ("hour hour's", "hours hours' hrs"),
    "DAYWORD": ("day day's", "days days'"),
    "WEEKWORD": ("week week's", "weeks weeks'"),
    "MONTHWORD": ("month month's", "months months'"),
    "YEARWORD": ("year year's", "years years' yrs"),
}
_CONCEPTS: Final = {
    "SEASON": "spring=21, summer=22, autumn=23, fall=23, winter=24",
    "PART": "early=early, mid=mid, late=late, first days=early, last days=late, "
    "beginning=early, start=early, middle=mid, end=late",
    "RELDAY": "today=0, tonight=0, yesterday=-1, tomorrow=1, day before yesterday=-2, "
    "day after tomorrow=2, this morning=0, this afternoon=0, this evening=0",
    "LAST": "last=-1",
    "THIS": "this=0, current=0",
    "NEXT": "next=1, coming=1, upcoming=1",
    "TO": "to, through",
    "UNTIL": "until, till, til",
    "ARTICLE": ", ".join(f"{word}=before" for word in _ARTICLES.split()) + ", no=dotted",
    "DAYPART": "morning, afternoon, evening, noon, midday",
    "NIGHT": "night",
    "HALF": "half",
}
# A bare weekday ("Sunday. Police ...", "said Tuesday that ..."), not one that is part of a name.
_BEHIND_WEEKDAY = "STOP|,|-|RPAR|BREAK|SECTION|that|after|for|over|by|and|when|as|of|with|again"
_END = "(the? (DATE|ANYDAY|MONTH|YEAR))"
_THAT = "(that|the? same|that same|that very)"

_NAMES: Final = (
    Rule("day-month-year", "(WEEKDAY ,?)? ANYDAY of? MONTH (,? YEAR)?", b.calendar),
    Rule("month-day-year", "(WEEKDAY ,?)? MONTH the? ANYDAY !UNIT (,? YEAR)?", b.calendar),
    Rule("part-of-month", "PART -? (of|in)? the? MONTH (,|of)? YEAR?", b.calendar),
    Rule("part-of-year", "PART -? (of|in)? the? YEAR", b.calendar),
    Rule("part-of-last-year", "PART -? (of|in)? (LAST|THIS|NEXT) YEARWORD", b.calendar),
    Rule("days-month-year", "DAYRANGE of? MONTH (,? YEAR)?", b.days_of_month),
    Rule("month-days-year", "MONTH DAYRANGE (,? YEAR)?", b.days_of_month),
    Rule("month-year", "MONTH (,|of)? YEAR", b.calendar),
    Rule("date-of-last-year", "ANYDAY? of? MONTH of? (LAST|THIS|NEXT) YEARWORD", b.calendar),
    Rule("month-day-of-last-year", "MONTH ANYDAY of? (LAST|THIS|NEXT) YEARWORD", b.calendar),
    Rule("of-that-year", f"(ANYDAY of?)? MONTH of? {_THAT} YEARWORD@n", b.of_that_year),
    Rule("of-that-year", f"MONTH ANYDAY of? {_THAT} YEARWORD@n", b.of_that_year),
    Rule("of-that-year", f"(PART|SEASON) of {_THAT} YEARWORD@n", b.of_that_year),
    Rule("season-year", "SEASON (,|of)? YEAR", b.calendar),
    Rule("season-years", "SEASON of? YEARRANGE", b.winter_years),
    Rule("season-of-last-year", "SEASON of? (LAST|THIS|NEXT) YEARWORD", b.calendar),
    Rule("last-season", "(LAST|THIS|NEXT) SEASON", b.calendar),
    Rule("last-month-name", "(LAST|THIS|NEXT) MONTH !DAY", b.calendar),
    Rule("last-weekday", "(LAST|THIS|NEXT) WEEKDAY", b.calendar),
    Rule("work-week", "WEEKDAY (TO|-) WEEKDAY", b.work_week),
    Rule("on-weekday", "on >> WEEKDAY", b.calendar),
    Rule("weekday-part", "WEEKDAY (DAYPART|NIGHT)", b.calendar),
    Rule("weekday", f"WEEKDAY << ({_BEHIND_WEEKDAY})", b.calendar),
    Rule("day-word", "the? RELDAY (DAYPART|NIGHT)?", b.day_word),
    Rule("last-night", "LAST (DAYPART|NIGHT)", b.last_night),
    Rule("following-day", "the? (following|NEXT) DAYWORD@n", b.from_last(1)),
    Rule("night-before", "the (DAYPART|NIGHT) before << (STOP|,|BREAK|SECTION)", b.day_before),
    Rule("last-unit", "(LAST|NEXT) UNIT@n|THIS (WEEKWORD@n|MONTHWORD@n|YEARWORD@n)", b.unit_shift),
    Rule("earlier-this-unit", "(earlier|later) (in the?)? (LAST|THIS) UNIT", b.earlier_in_unit),
    Rule("ago", "(COUNT|a|an) UNIT ago", b.counted(-1, from_mention=False)),
    Rule("later", "(COUNT|a|an) UNIT (later|after that|afterwards)",
         b.counted(1, from_mention=True)),
    Rule("units-before", "(COUNT|a) UNIT before << (STOP|,|BREAK|SECTION)",
         b.counted(-1, from_mention=True)),
    Rule("after-units", "(COUNT|a) UNIT (earlier|prior|before that|previously)",
         b.counted(-1, from_mention=True)),
    Rule("following-unit", "the? (following|NEXT) UNIT@n",
         b.from_last(1)),
    Rule("following-morning", "the (following|NEXT) (DAYPART|NIGHT)", b.next_day),
    Rule("that-week", "(that|the? same|that same|that very) WEEKWORD@n", b.nothing),
    Rule("units-after", "(COUNT|a) UNIT after << (STOP|,|and|BREAK|SECTION)",
         b.counted(1, from_mention=True)),
    Rule("that-unit", "(that|the? same|that same|that very) UNIT@n", b.from_last(0)),
    Rule("same-evening", "(that|the? same|that same) (DAYPART|NIGHT)", b.same_day),
    Rule("unit-before", "the UNIT@n (before|earlier)",
         b.from_last(-1)),
    Rule("previous-unit", "the? previous UNIT@n", b.from_last(-1)),
    Rule("to-this-day", "(TO|UNTIL) THIS DAYWORD", b.nothing),
    Rule("age", "COUNT -? YEARWORD -? old", b.nothing),
    Rule("decade", "(YEAR@d|NUM@d|DAY@d)", b.decade),
    Rule("amount", "COUNT (-)? UNIT", b.duration),
    Rule("amounts", "(COUNT (TO|or|-) COUNT|NUMRANGE|DAYRANGE) -? UNIT", b.duration),
    Rule("years-and-months", "COUNT YEARWORD (and|,)? COUNT MONTHWORD", b.duration),
    Rule("whole-unit", "(for|within|over|nearly|almost|about) >> (a|an) UNIT", b.duration),
    Rule("half-unit", "HALF (a|an) UNIT", b.half),
    Rule("and-a-half", "(COUNT|a) UNIT and a HALF", b.half),
    Rule("and-a-half-units", "COUNT and a HALF UNIT", b.half),
    Rule("decimal-units", "DECIMAL UNIT", b.half),
)  # fmt: skip
_TO: Final = "(TO|UNTIL|-)"
_UNIT: Final = "the? (MONTHWORD of)? (DATE|MONTH|YEAR|SEASON)"
_PHRASES: Final = (
    Rule("from-to", f"from {_END} {_TO} {_END} (,? YEAR)?", b.between("throughout")),
    Rule("to", f"(DATE|ANYDAY|MONTH) {_TO} {_END} (,? YEAR)?", b.between("throughout")),
    Rule("between", f"between {_END} and {_END} (,? YEAR)?", b.between("at_least_once")),
    Rule("night-of-to", f"NIGHT (of|from|between)? {_END} (TO|and|into|-) {_END} (,? YEAR)?",
         b.between("at_least_once")),
    Rule("night-of", "NIGHT of? the? DATE", b.night),
    Rule("throughout", f"(throughout|all (of|TO)|(the|for)? the? (whole|entire) of?) {_UNIT}",
         b.throughout),
    Rule("throughout", "all (MONTH|SEASON|DATE) !OTHER", b.throughout),
    Rule("in-all-of", f"in (all of|the (whole|entire) of?) {_UNIT}", b.whole),
    Rule("as-early-as", "as PART as >> (DATE|MONTH|YEAR)", b.calendar),
    Rule("since", "(since|starting|from) (from|on|in)? the? (DATE|YEAR|MONTH)",
         b.open_end("throughout")),
    Rule("until", "UNTIL the? (DATE|YEAR|MONTH)", b.open_start("throughout")),
    Rule("by", "(by|before) the? (DATE|YEAR|MONTH)", b.open_start("at_least_once")),
    Rule("after", "after the? (DATE|YEAR|MONTH)", b.open_end("at_least_once")),
    Rule("also-in", "also in >> MONTH", b.also),
    Rule("in-month-or-year", "(in|during|for|of|around|about) >> (MONTH|YEAR)", b.calendar),
    Rule("in-month-or-year", "(compared (TO|with)) >> (MONTH|YEAR)", b.calendar),
    Rule("and-year", "(YEAR and) >> YEAR", b.calendar),
    Rule("bracketed-year", "LPAR >> YEAR << RPAR", b.calendar),
    Rule("year-before-noun", "the >> YEAR << OTHER", b.calendar),
    Rule("in-season", "in >> SEASON", b.calendar),
    Rule("in-the-season", "in the >> SEASON", b.calendar),
    Rule("years", "YEARRANGE", b.years),
    Rule("listed", "ANYDAY (, ANYDAY)? (, ANYDAY)? (, ANYDAY)? ,? (and|or) the? DATE (,? YEAR)?",
         b.listed),
    Rule("listed", "DATE (and|or) ANYDAY !OTHER !UNIT", b.listed),
    Rule("", "(DATE|SPAN)", b.alone),
)  # fmt: skip

LANGUAGE = Language(
    code="en",
    words=_words(),
    number_endings={"st": "o", "nd": "o", "rd": "o", "th": "o", "s": "d"},
    names=_NAMES,
    phrases_over=_PHRASES,
    is_day_first=False,
    capitals=frozenset(
        {"may", "march", "mar", "august", "sat", "sun", "mon", "wed", "fri", "jan"}
    ),
    abbreviations=frozenset(
        listed(
            "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri "
            "no art hrs yrs"
        )
    ),
    future=dict.fromkeys(["will", "shall", "tomorrow", "upcoming", "enter", "enters"], "strong")
    | dict.fromkeys(
        listed("due scheduled expected planned set postponed adjourned deadline"),
        "weak",
    ),
)
