"""English. The model for other languages: tables in, one `LANGUAGE` out."""

from __future__ import annotations

import re

from undersight.extract import (
    acts,
    claims,
    lexicon,
    names,
    penalties,
    provisions,
    quantities,
    roles,
    tables,
    takedowns,
)
from undersight.extract.engine import Language, compile_any, fold_plain
from undersight.extract.passing_dates import finder as dates_finder
from undersight.extract.rules_en_acts import ACTS
from undersight.extract.rules_en_amounts import PENALTIES, PROVISIONS, QUANTITIES, TAKEDOWNS
from undersight.extract.rules_en_names import CLAIMS, NAMES, ROLES

_WORDS = tables.load("en_words")
_MACROS = tables.only(_WORDS["macros"])
_GENERIC = re.compile(
    r"\b(?:typically|we (?:remove|apply|define|work to|find)|if we|when we find|refers? to|is defined as"
    r"|networks where|where people work|there are two (?:tiers|kinds|types)|efforts to manipulate"
    r"|in general,|as a rule,|means that|is when|what is meant by)\b"
)
# What an entry has and a glossary has not: something done to someone, told in the past.
_INCIDENT = compile_any(
    (
        r"(?:was|were|been|is|are|being) (?:[\w'-]+ ){0,2}(?:detained|arrested|questioned|summoned|charged|fined"
        r"|sentenced|jailed|beaten|hacked|hijacked|blocked|suspended|removed|deleted|warned|released|convicted"
        r"|searched|threatened|called|taken|forced|told|locked|banned|barred|sued|expelled|deported|fired"
        r"|dismissed|restored|disabled|interrogated|remanded|abducted|attacked|targeted|flooded)",
        r"police (?:detain|arrest|question|summon)\w*",
        r"(?:detains?|arrests?|jails?|fines?|sentences?|questions?|charges?|blocks?|warns?|bans?|frees?) [\w'-]+",
        r"hack(?:ed|ers?)", r"hijack\w+", r"took over", r"lost (?:[\w'-]+ ){0,4}(?:followers|access)",
        r"filed a complaint", r"published a draft", r"announced", r"removed \d", r"took down \d",
        r"according to", r"told [\w'-]+",
    )
)  # fmt: skip
_TRIGGERS = compile_any(
    [pattern for table in (ACTS.before, ACTS.after) for p in table.values() for pattern in p],
    ACTS.macros,
)
_DATED = compile_any(
    (
        r"(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}",
        r"\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:january|february|march|april|may|june|july|august|september|october"
        r"|november|december)",
        r"\d{4}-\d\d-\d\d", r"\d{1,2}[./]\d{1,2}[./]\d{2,4}",
        r"(?:in|by|since) (?:early |late )?(?:january|february|march|april|may|june|july|august|september|october"
        r"|november|december)",
        r"yesterday|last (?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
    )
)  # fmt: skip


def _is_incident(low: str) -> bool:
    return bool(_DATED.search(low)) and bool(_INCIDENT.search(low) or _TRIGGERS.search(low))


def _is_generic(sentence: str) -> bool:
    return bool(_GENERIC.search(sentence))


LANGUAGE = Language(
    lang="en",
    markers=frozenset(
        "the of and to in was for that by with his on from he she has had were they after said".split()
    ),
    finders=(
        dates_finder("en"),
        lexicon.finder("platform", _WORDS["platform"], "en", confidence=0.9),
        provisions.finder(PROVISIONS),
        penalties.finder(PENALTIES),
        takedowns.finder(TAKEDOWNS),
        quantities.finder(QUANTITIES),
        acts.finder(ACTS),
        lexicon.finder("manner", _WORDS["manner"], "en", macros=_MACROS, confidence=0.7),
        lexicon.finder("response", _WORDS["response"], "en", macros=_MACROS, confidence=0.65),
        lexicon.finder("tactic", _WORDS["tactic"], "en", macros=_MACROS, confidence=0.75),
        lexicon.finder("offence", _WORDS["offence"], "en", macros=_MACROS, confidence=0.7),
        names.finder(NAMES),
    ),
    refiners=(roles.refiner(ROLES), claims.refiner(CLAIMS)),
    fold=fold_plain,
    is_generic=_is_generic,
    is_incident=_is_incident,
)
