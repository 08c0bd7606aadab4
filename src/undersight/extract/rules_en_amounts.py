"""English: provisions, penalties, quantities, takedowns. See ``tables/en_amounts.txt``."""

from __future__ import annotations

from undersight.extract import tables
from undersight.extract.numbers import NumberWords
from undersight.extract.penalties import PenaltyWords
from undersight.extract.plain_counts import count_words
from undersight.extract.provisions import ProvisionWords
from undersight.extract.quantities import QuantityWords
from undersight.extract.takedowns import TakedownWords

_TABLES = tables.load("en_amounts_plain", "en_amounts")
_MACROS = tables.macros(_TABLES["macros"])
_UNITS = tables.only(_TABLES["units"])
_CURRENCIES = tables.only(_TABLES["currencies"])
_CITING = tables.only(_TABLES["provision.around"])
_SENTENCING = tables.only(_TABLES["penalty.around"])
_REMOVING = tables.only(_TABLES["takedown.around"])


def _parted(key: str) -> tuple[str, str]:
    what, _, unit = key.partition("/")
    return what, unit


NUMBERS = NumberWords(
    ones={
        **{word: i for i, word in enumerate(("one", "two", "three", "four", "five"), 1)},
        **{word: i for i, word in enumerate(("six", "seven", "eight", "nine", "ten"), 6)},
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "sixteen": 16,
        "seventeen": 17,
        "eighteen": 18,
        "nineteen": 19,
        **{word: 10 * i for i, word in enumerate(("twenty", "thirty", "forty", "fifty"), 2)},
        **{word: 10 * i for i, word in enumerate(("sixty", "seventy", "eighty", "ninety"), 6)},
        "a dozen": 12,
        "a hundred": 100,
        "a thousand": 1000,
        "a million": 1_000_000,
        "half a million": 500_000,
    },
    scales={
        "k": 1_000,
        "thousand": 1_000,
        "thousands": 1_000,
        "thousands of": 1_000,  # as whoever learned English later writes
        "m": 1_000_000,
        "million": 1_000_000,
        "millions of": 1_000_000,
        "hundred": 100,
        "dozen": 12,
    },
    half=" and (?:a )?half",
    joint="(?:(?<=hundred)|(?<=thousand)|(?<=million)),? and",
    article="an?",
)

PROVISIONS = ProvisionWords(
    lang="en",
    before=_TABLES["provision.before"]["article"],
    joints=_CITING["joints"],
    part_behind=_CITING["part_behind"],
    part_before=_CITING["part_before"],
    sequel=_CITING["sequel"],
    instruments=_TABLES["provision.instruments"],
)

PENALTIES = PenaltyWords(
    lang="en",
    numbers=NUMBERS,
    units=_UNITS,
    with_months=_SENTENCING["with_months"],
    kinds=_TABLES["penalty.kinds"],
    by_unit=tables.only(_TABLES["penalty.by_unit"]),
    bare=_TABLES["penalty.bare"]["bare"],
    money=_TABLES["penalty.money"],
    currencies=_CURRENCIES,
    fixed=_TABLES["penalty.fixed"],
    unreal=_SENTENCING["unreal"],
    served=_SENTENCING["served"],
    served_all_the_same=_SENTENCING["served_all_the_same"],
    unreal_after=_SENTENCING["unreal_after"],
    macros=_MACROS,
)

QUANTITIES = QuantityWords(
    lang="en",
    numbers=NUMBERS,
    time_units=_UNITS,
    currencies=_CURRENCIES,
    counted=tuple(
        (*_parted(key), pattern)
        for key, patterns in _TABLES["quantity.counted"].items()
        for pattern in patterns
    ),
    timed=tuple((w, p) for w, patterns in _TABLES["quantity.timed"].items() for p in patterns),
    paid=tuple((w, p) for w, patterns in _TABLES["quantity.paid"].items() for p in patterns),
    people=_TABLES["quantity.people"]["people"][0],
    people_acts=tables.only(_TABLES["quantity.people_acts"]),
    needs=tables.only(_TABLES["quantity.needs"]),
    idle=_TABLES["quantity.idle"],
    behind=tables.only(_TABLES["quantity.around"])["behind"],
    unreal=tables.only(_TABLES["quantity.around"])["unreal"],
    macros=_MACROS,
    counts=count_words("en"),
)

TAKEDOWNS = TakedownWords(
    lang="en",
    numbers=NUMBERS,
    assets=_TABLES["takedown.assets"],
    removal=_TABLES["takedown.words"]["removal"],
    findings=_TABLES["takedown.words"]["findings"],
    release=_TABLES["takedown.words"]["release"],
    reporters=_REMOVING["reporters"],
    attribution=_REMOVING["attribution"],
    unattributed=_REMOVING["unattributed"],
    macros=_MACROS,
)
