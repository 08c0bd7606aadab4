"""English. The model for other languages: tables in, one `LANGUAGE` out."""

from __future__ import annotations

from undersight.extract import (
    acts,
    claims,
    lexicon,
    listed_people,
    names,
    penalties,
    provisions,
    quantities,
    roles,
    tables,
    takedowns,
    told_acts,
)
from undersight.extract.engine import Language, compile_any, compile_pattern, fold_plain
from undersight.extract.passing_dates import finder as dates_finder
from undersight.extract.prefilter import Patterns
from undersight.extract.rules_en_acts import ACTS
from undersight.extract.rules_en_amounts import PENALTIES, PROVISIONS, QUANTITIES, TAKEDOWNS
from undersight.extract.rules_en_names import CLAIMS, NAMES, ROLES

_WORDS = tables.load("en_words")
_MACROS = tables.macros(_WORDS["macros"])
_ENTRY = _WORDS["entry"]
# Before a penalty that is only spoken of: it was pronounced at some other time.
_SERVED = r"\b(?:serv(?:ing|ed)|had been|after|remaining|of (?:his|her|their))(?: [\w'-]+){0,3} $"
_GIVEN = (
    r"placed|put|gave|given|gives|receiv\w+|got|gets|impos\w+|handed|order(?:ed|s)|issued|sent"
    r"|remanded|must|has to|had to|set|drew|escaped|face[ds]|chose|appli\w+|ruled|serve"
)
_GENERIC = compile_any(_ENTRY["generic"])
# What an entry has and a glossary has not: something done to someone, on some day.
_INCIDENT = compile_any(_ENTRY["incident"])
_DATED = compile_any(_ENTRY["dated"])
_TRIGGERS = Patterns(
    compile_pattern(pattern, ACTS.macros)
    for table in (ACTS.before, ACTS.after)
    for patterns in table.values()
    for pattern in patterns
)
_is_removal = takedowns.telling(TAKEDOWNS)


def _is_incident(low: str) -> bool:
    is_act = bool(_DATED.search(low)) and bool(_INCIDENT.search(low) or _TRIGGERS.stand_in(low))
    return is_act or _is_removal(low)


def _is_generic(sentence: str) -> bool:
    return bool(_GENERIC.search(sentence))


LANGUAGE = Language(
    lang="en",
    finders=(
        dates_finder("en"),
        lexicon.finder("platform", _WORDS["platform"], "en", confidence=0.9),
        provisions.finder(PROVISIONS),
        penalties.finder(PENALTIES),
        takedowns.finder(TAKEDOWNS),
        quantities.finder(QUANTITIES),
        acts.finder(ACTS),
        lexicon.finder("manner", _WORDS["manner"], "en", macros=_MACROS, confidence=0.7),
        lexicon.finder(
            "response",
            _WORDS["response"],
            "en",
            macros=_MACROS,
            confidence=0.65,
            unreal=tables.only(_WORDS["response.unreal"]),
        ),
        lexicon.finder("tactic", _WORDS["tactic"], "en", macros=_MACROS, confidence=0.75),
        lexicon.finder("offence", _WORDS["offence"], "en", macros=_MACROS, confidence=0.7),
        names.finder(NAMES),
    ),
    refiners=(
        told_acts.implied("en", _SERVED, _GIVEN),
        roles.refiner(ROLES),
        listed_people.tied,
        claims.refiner(CLAIMS),
    ),
    fold=fold_plain,
    is_generic=_is_generic,
    is_incident=_is_incident,
)
