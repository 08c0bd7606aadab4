"""English: acts. The triggers stand in ``tables/en_acts_*.txt``, by what is done."""

from __future__ import annotations

from undersight.extract import tables
from undersight.extract.acts import ActWords

_PARTS = (
    *("custody", "law", "online", "pressure", "plain", "general", "network", "ordinary"),
    *("wide", "further", "manifold"),
)
_TABLES = tables.load("en_acts", *(f"en_acts_{part}" for part in _PARTS))
_AROUND = tables.only(_TABLES["around"])

ACTS = ActWords(
    lang="en",
    verbs=_TABLES["verbs"],
    before=_TABLES["before"],
    after=_TABLES["after"],
    either=_TABLES["either"],
    none=_TABLES["none"],
    nominal=_TABLES["nominal"],
    near=_TABLES["near"],
    idle=_TABLES["idle"],
    passive=_AROUND["passive"],
    follows_passive=_AROUND["follows_passive"],
    negation=_AROUND["negation"],
    unreal=_AROUND["unreal"],
    unreal_after=_AROUND["unreal_after"],
    alone=_AROUND["alone"],
    inner=_AROUND["inner"],
    attributive_before=_AROUND["attributive_before"],
    attributive_after=_AROUND["attributive_after"],
    kin_before=tables.filled(_AROUND["kin_before"], tables.macros(_TABLES["macros"])),
    kin_after=tables.filled(_AROUND["kin_after"], tables.macros(_TABLES["macros"])),
    employer=_AROUND["employer"],
    macros=tables.macros(_TABLES["macros"]),
)
