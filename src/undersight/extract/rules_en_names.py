"""English: names, roles and claims. The words stand in ``tables/en_*.txt``."""

from __future__ import annotations

from undersight.extract import tables
from undersight.extract.claims import ClaimWords
from undersight.extract.name_words import NameWords
from undersight.extract.role_words import RoleWords

_NAMES = tables.load("en_names")
_NEAR_NAMES = tables.only(_NAMES["around"])
_TITLES = {kind: tables.words(lines) for kind, lines in _NAMES["titles"].items()}

NAMES = NameWords(
    lang="en",
    heads={kind: tables.words(lines) for kind, lines in _NAMES["heads"].items()},
    linked_heads=tables.words(_NAMES["linked_heads"]["linked"]),
    links=_NEAR_NAMES["links"],
    bodies=_NAMES["bodies"],
    kind_words={kind: tables.words(lines) for kind, lines in _NAMES["kind_words"].items()},
    kind_before=_NEAR_NAMES["kind_before"],
    apposition=_NEAR_NAMES["apposition"],
    titles=(*_TITLES["occupation"], *_TITLES["office"]),
    common=frozenset(tables.words(_NAMES["common"]["word"])),
    place_prepositions=_NEAR_NAMES["place_prepositions"],
    source_cues=_NEAR_NAMES["source_cues"],
    reports_after=_NEAR_NAMES["reports_after"],
    article_the=_NEAR_NAMES["article_the"],
    function_words=frozenset(tables.words(_NAMES["function_words"]["word"])),
    named_heads=_NEAR_NAMES["named_heads"],
    whole_heads=_NEAR_NAMES["whole_heads"],
    adjective=_NEAR_NAMES["adjective"],
    opening_adjective=_NEAR_NAMES["opening_adjective"],
    staff_after=_NEAR_NAMES["staff_after"],
    leads=_NEAR_NAMES["leads"],
    strict_place=_NEAR_NAMES["strict_place"],
    told=_NEAR_NAMES["told"],
    outlet_before=_NEAR_NAMES["outlet_before"],
    outlet_after=_NEAR_NAMES["outlet_after"],
)

_ROLES = tables.load("en_roles")
_MACROS = {
    **tables.macros(_ROLES["macros"]),
    "office": "|".join(sorted(_TITLES["office"], key=lambda title: (-len(title), title))),
}
_NEAR_ROLES = {
    name: tables.filled(pattern, _MACROS)
    for name, pattern in tables.only(_ROLES["around"]).items()
}

ROLES = RoleWords(
    before={
        role: tables.filled("|".join(patterns), _MACROS)
        for role, patterns in _ROLES["before"].items()
    },
    after={
        role: tables.filled("|".join(patterns), _MACROS)
        for role, patterns in _ROLES["after"].items()
    },
    not_office=_NEAR_ROLES["not_office"],
    speaks_before=_NEAR_ROLES["speaks_before"],
    speaks_after=_NEAR_ROLES["speaks_after"],
    source_before=_NEAR_ROLES["source_before"],
    joined=_NEAR_ROLES["joined"],
    barrier=_NEAR_ROLES["barrier"],
    acts_on_bodies=frozenset(tables.words(_ROLES["acts_on_bodies"]["act"])),
    pronoun_before=_NEAR_ROLES["pronoun_before"],
    doer_before=_NEAR_ROLES["doer_before"],
    thing_after=_NEAR_ROLES["thing_after"],
)

_CLAIMS = tables.load("en_claims")
_SAYING = tables.macros(_CLAIMS["macros"])
_NEAR_CLAIMS = {
    name: tables.filled(pattern, _SAYING)
    for name, pattern in tables.only(_CLAIMS["around"]).items()
}

CLAIMS = ClaimWords(
    lang="en",
    stances=_CLAIMS["stances"],
    speaker_before=_NEAR_CLAIMS["speaker_before"],
    speaker_after=_NEAR_CLAIMS["speaker_after"],
    listener_before=_NEAR_CLAIMS["listener_before"],
    subjects=_CLAIMS["subjects"],
    bodies=_CLAIMS["bodies"]["body"],
    pronoun=_NEAR_CLAIMS["pronoun"],
    negation=_NEAR_CLAIMS["negation"],
    explains=_NEAR_CLAIMS["explains"],
    opens_clause=_NEAR_CLAIMS["opens_clause"],
    opens_speech=_NEAR_CLAIMS["opens_speech"],
    body_speaks=_NEAR_CLAIMS["body_speaks"],
    macros=_SAYING,
)
