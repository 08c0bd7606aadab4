"""Builds a language from its tables: ``tables/<lang>_{acts,amounts,words,people}.txt``.

For languages whose names decline; how a name finds its dictionary form is given by the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from undersight.extract import (
    acts,
    claims,
    lexicon,
    listed_people,
    penalties,
    provisions,
    quantities,
    roles,
    tables,
    takedowns,
    told_acts,
)
from undersight.extract.acts import ActWords
from undersight.extract.claims import ClaimWords
from undersight.extract.engine import Finder, Language, Refiner, compile_pattern
from undersight.extract.inflected_names import finder
from undersight.extract.numbers import NumberWords
from undersight.extract.passing_dates import finder as dates_finder
from undersight.extract.penalties import PenaltyWords
from undersight.extract.plain_counts import count_words
from undersight.extract.prefilter import Patterns
from undersight.extract.provisions import ProvisionWords
from undersight.extract.quantities import QuantityWords
from undersight.extract.role_words import RoleWords
from undersight.extract.takedowns import TakedownWords

if TYPE_CHECKING:
    from undersight.extract.known_names import InflectedNames

_Tables = Mapping[str, tables.Table]
_STRETCH = re.compile(r"<w[235]>|\(\?:\[\^[^\]]*\]\+ \)\{0,\d\}")
# Verbs as stems, for any of their forms.
# verbs as stems, for any of their forms
_STEMS = {"az": ("az_stems",), "ru": ("ru_stems",), "tr": ("tr_stems",)}
_MANNERS = (("manner", 0.7), ("response", 0.65), ("tactic", 0.75), ("offence", 0.7))


def language(lang: str, fold: Callable[[str], str], names: InflectedNames) -> Language:
    """Return a language's rules.

    Args:
        lang: Code.
        fold: Lowers a text character by character.
        names: How names are found and what their dictionary form is.
    """
    words = tables.load(f"{lang}_words")
    act_tables = tables.load(f"{lang}_acts", *_STEMS.get(lang, ()))
    act_words = _acts(lang, act_tables)
    macros = tables.macros(words["macros"])
    told = (act_words.verbs, act_words.before, act_words.after, act_words.either, act_words.none)
    triggers = Patterns(
        compile_pattern(pattern, act_words.macros)
        for table in told
        for patterns in table.values()
        for pattern in patterns
    )
    dated = re.compile(words["splitting"]["dated"][0])
    generic = re.compile(words["splitting"]["generic"][0])
    amounts = tables.load(f"{lang}_amounts")
    is_removal = takedowns.telling(_takedowns(lang, amounts, numbers(amounts)))
    return Language(
        lang=lang,
        finders=(
            dates_finder(lang),
            lexicon.finder("platform", words["platform"], lang, macros=macros, confidence=0.9),
            *_amounts(lang),
            acts.finder(act_words),
            *(
                lexicon.finder(
                    kind,
                    words[kind],
                    lang,
                    macros=macros,
                    confidence=sure,
                    unreal=tables.only(words.get(f"{kind}.unreal", {})),
                )
                for kind, sure in _MANNERS
            ),
            finder(names),
        ),
        refiners=(told_acts.implied(lang, _SERVED[lang], *_GIVEN[lang]), *_refiners(lang)),
        fold=fold,
        is_generic=lambda low: bool(generic.search(low)),
        is_incident=lambda low: (
            bool(dated.search(low) and triggers.stand_in(low)) or is_removal(low)
        ),
    )


# Before a penalty that is only spoken of: it was pronounced at some other time.
_SERVED = {
    "az": r"(?!)",
    "ru": r"\b(?:отбы\w+|отсиде\w+|провёл|провел[аи]?|после|просил\w*|осталось)(?: \S+){0,3} $",
    "tr": r"(?!)",
}


# Plain verbs that give a penalty: before it, and behind it where verbs stand last.
_GIVEN_RU = (
    r"(?:назначил|получил|отправил|добавил|присудил|вынес|выписал|ограничил|обязал|заключил"
    r"|избрал|влепил)\w*|да(?:л|ли|ло|ла|н|на|но|ны)"
)
_GIVEN = {
    "az": ("(?!)", r"(?:ver|seç|kəs|çıxar|uzad|göndər)\w+|al\w{2,}|(?:təyin|tətbiq) \w+"),
    "ru": (_GIVEN_RU, "(?!)"),
    "tr": ("(?!)", r"(?:ver|çarptır|hükmet|kes|uygula|gönder|uzat)\w+|al\w{2,}"),
}


def _acts(lang: str, loaded: _Tables) -> ActWords:
    given: dict[str, Any] = {
        "lang": lang,
        "macros": tables.macros(loaded["macros"]),
        **{
            name: table if name == "near" else _cored(table)
            for name, table in loaded.items()
            if name not in ("around", "macros")
        },
        **tables.only(loaded["around"]),
    }
    return ActWords(**_whole(ActWords, given))


def _cored(table: tables.Table) -> dict[str, tuple[str, ...]]:
    """Mark the words behind a stretch of any words as a pattern's own.

    Dates, names and numbers may stand in the stretch, and an act's span must keep off them.
    """
    return {value: tuple(map(_core, patterns)) for value, patterns in table.items()}


def _core(pattern: str) -> str:
    if re.search(r"(?<!\\)\((?!\?)", pattern):
        return pattern
    stretches = [m for m in _STRETCH.finditer(pattern) if _is_outer(pattern[: m.start()])]
    if not stretches:
        return pattern
    end = stretches[-1].end()
    return f"{pattern[:end]}({pattern[end:]})"


def _is_outer(lead: str) -> bool:
    plain = re.sub(r"\\.|\[[^\]]*\]", "", lead)
    return plain.count("(") == plain.count(")") and "|" not in re.sub(r"\([^()]*\)", "", plain)


def _whole(shape: type, given: Mapping[str, Any]) -> dict[str, Any]:
    """Add an empty table, or a pattern that nothing fits, for what a language leaves out."""
    whole = dict(given)
    for field in fields(shape):
        if field.name not in whole and field.default is MISSING:
            kind = str(field.type)
            whole[field.name] = "(?!)" if kind == "str" else {} if "Mapping" in kind else ()
    return whole


def numbers(loaded: _Tables) -> NumberWords:
    """Return how a language writes numbers."""
    listed = loaded["numbers"]
    return NumberWords(
        ones={
            word: float(amount)
            for amount, lines in listed.items()
            if amount.replace(".", "").isdigit()
            for word in tables.words(lines)
        },
        scales={
            word: int(amount)
            for amount, lines in loaded["scales"].items()
            for word in tables.words(lines)
        },
        half=listed.get("half", ("",))[0],
        alone=listed.get("alone", ("",))[0],
    )


def _amounts(lang: str) -> tuple[Finder, ...]:
    loaded = tables.load(f"{lang}_amounts")
    written = numbers(loaded)
    return (
        provisions.finder(_provisions(lang, loaded)),
        penalties.finder(_penalties(lang, loaded, written)),
        takedowns.finder(_takedowns(lang, loaded, written)),
        quantities.finder(_quantities(lang, loaded, written)),
    )


def _provisions(lang: str, loaded: _Tables) -> ProvisionWords:
    citing = tables.only(loaded["provision.around"])
    return ProvisionWords(
        lang=lang,
        before=loaded["provision.before"].get("article", ("(?!)",)),
        behind=loaded.get("provision.behind", {}).get("article", ()),
        joints=citing["joints"],
        part_behind=citing["part_behind"],
        part_before=citing["part_before"],
        sequel=citing.get("sequel", ""),
        instruments=loaded["provision.instruments"],
        ordinals=tables.only(loaded.get("provision.ordinals", {})),
    )


def _penalties(lang: str, loaded: _Tables, written: NumberWords) -> PenaltyWords:
    around = tables.only(loaded["penalty.around"])
    return PenaltyWords(
        lang=lang,
        numbers=written,
        units=tables.only(loaded["units"]),
        with_months=around["with_months"],
        kinds=loaded["penalty.kinds"],
        by_unit=tables.only(loaded["penalty.by_unit"]),
        bare=loaded["penalty.bare"]["bare"],
        money=loaded["penalty.money"],
        currencies=tables.only(loaded["currencies"]),
        fixed=loaded["penalty.fixed"],
        unreal=around["unreal"],
        unreal_after=around["unreal_after"],
        macros=tables.macros(loaded["macros"]),
    )


def _quantities(lang: str, loaded: _Tables, written: NumberWords) -> QuantityWords:
    given: dict[str, Any] = dict(  # noqa: C408 - keywords read better here
        lang=lang,
        numbers=written,
        time_units=tables.only(loaded["units"]),
        currencies=tables.only(loaded["currencies"]),
        counted=tuple(
            (*key.split("/"), pattern)
            for key, patterns in loaded["quantity.counted"].items()
            for pattern in patterns
        ),
        timed=_pairs(loaded["quantity.timed"]),
        paid=_pairs(loaded["quantity.paid"]),
        people=loaded["quantity.people"]["people"][0],
        people_acts=tables.only(loaded["quantity.people_acts"]),
        needs=tables.only(loaded.get("quantity.needs", {})),
        macros=tables.macros(loaded["macros"]),
        counts=count_words(lang),
    )
    return QuantityWords(**_whole(QuantityWords, given))


def _pairs(table: tables.Table) -> tuple[tuple[str, str], ...]:
    return tuple((what, p) for what, patterns in table.items() for p in patterns)


def _takedowns(lang: str, loaded: _Tables, written: NumberWords) -> TakedownWords:
    words = loaded["takedown.words"]
    around = tables.only(loaded["takedown.around"])
    return TakedownWords(
        lang=lang,
        numbers=written,
        assets=loaded["takedown.assets"],
        removal=words["removal"],
        findings=words["findings"],
        release=words["release"],
        reporters=around["reporters"],
        attribution=around["attribution"],
        unattributed=around["unattributed"],
        macros=tables.macros(loaded["macros"]),
    )


def _refiners(lang: str) -> tuple[Refiner, ...]:
    loaded = tables.load(f"{lang}_people")
    macros = tables.macros(loaded["macros"])
    near = {k: tables.filled(p, macros) for k, p in tables.only(loaded["roles.around"]).items()}
    cast: dict[str, Any] = dict(
        before=_by_role(loaded["roles.before"], macros),
        after=_by_role(loaded["roles.after"], macros),
        acts_on_bodies=frozenset(tables.words(loaded["acts_on_bodies"]["act"])),
        **near,
    )
    casting = RoleWords(**_whole(RoleWords, cast))
    said = {k: tables.filled(p, macros) for k, p in tables.only(loaded["claims.around"]).items()}
    said_of: dict[str, Any] = dict(
        lang=lang,
        stances=loaded["claims.stances"],
        subjects=loaded["claims.subjects"],
        bodies=loaded["claims.bodies"]["body"],
        macros=macros,
        **said,
    )
    claiming = ClaimWords(**_whole(ClaimWords, said_of))
    return roles.refiner(casting), listed_people.tied, claims.refiner(claiming)


def _by_role(table: tables.Table, macros: Mapping[str, str]) -> dict[str, str]:
    return {role: tables.filled("|".join(ps), macros) for role, ps in table.items()}
