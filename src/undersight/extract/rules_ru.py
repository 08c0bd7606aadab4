"""Russian: names are put back into the nominative. The words stand in ``tables/ru_*.txt``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.engine import fold_plain
from undersight.extract.known_names import InflectedNames
from undersight.extract.russian_bodies import bodies
from undersight.extract.russian_endings import nominative
from undersight.extract.russian_titles import phrase, quoted
from undersight.extract.tabled import language

if TYPE_CHECKING:
    from collections.abc import Container

_CASE = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ою|ой|ей|ую|юю|ая|яя|ым|им|ом|ем|ём|[аеёийоуыэюяь])$"
)


_PLACE_ENDINGS = (
    ("ии", "ия"), ("ию", "ия"), ("ией", "ия"), ("ом", ""), ("ем", ""), ("ой", "а"), ("ы", "а"),
    ("у", ""), ("е", ""), ("а", ""),
)  # fmt: skip


def _stem(low: str) -> str:
    return _CASE.sub("", low) if len(low) > 3 else low


def _person(name: str, before: str, seen: Container[str]) -> str:
    return nominative(name, before=before, seen=seen)


def _place(name: str, seen: Container[str]) -> str:
    first, *rest = name.split()
    if rest:
        return phrase(name, seen=seen)
    low = first.lower()
    for ending, back in _PLACE_ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) > 2:
            lemma = low[: -len(ending)] + back
            other = lemma + "а"
            if not back and other != low and other in seen and lemma not in seen:
                lemma = other
            return first[:1] + lemma[1:]
    return first


NAMES = InflectedNames(
    lang="ru",
    person=_person,
    phrase=lambda name, seen: phrase(name, seen=seen),
    place=_place,
    ending="",
    stem=_stem,
    bodies=bodies,
    quoted=quoted,
)

LANGUAGE = language("ru", fold_plain, NAMES)
