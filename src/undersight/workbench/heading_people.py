"""Lists of people: a heading for each and a few lines below it, or an item that begins so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from undersight.extract import Gazetteer

_MARKED = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_ITEM = re.compile(r"^- (.+?)(?:,|[.:](?=\s|$)| [—–-](?=\s)|$)", re.MULTILINE)
_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
# What stands small inside a name: whose child, of which house.
_SMALL: Final = frozenset(
    (
        "oğlu",
        "qızı",
        "oglu",
        "qizi",
        "oğlı",
        "kızı",
        "uulu",
        "kyzy",
        "uly",
        "оглы",
        "оғлу",
        "гызы",
        "кызы",
        "улы",
        "ибн",
        "ibn",
        "bin",
        "bint",
        "al",
        "el",
        "de",
        "da",
        "der",
        "den",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
    )
)
_LEAST_PEOPLE, _FEWEST_WORDS, _MOST_WORDS = 2, 2, 5
_LEAST_SHARE: Final = 0.8


def with_people_above(text: str, known: Gazetteer | None) -> Gazetteer | None:
    """Return the known names, and those that a text's headings are or its items begin with.

    A name that stands alone tells nothing of what it is the name of; a document nearly all of
    whose headings or items are full names is about people.

    Args:
        text: The text, its headings marked by ``#``.
        known: The names known before.
    """
    names = people_above(text)
    if not names:
        return known
    from undersight.extract import Gazetteer, Known

    before = known.to_json() if known else []
    told = [Known(name=name, kind="person").to_json() for name in names]
    return Gazetteer.from_json([*before, *told])


def people_above(text: str) -> tuple[str, ...]:
    """Return the names that a text's headings are, or its items begin with, where nearly all do.

    Headings of each level are judged apart.
    """
    by_level = {"-": [words.strip() for words in _ITEM.findall(text)]}
    for mark, words in _MARKED.findall(text):
        by_level.setdefault(mark, []).append(_NUMBER.sub("", words.strip()))
    found: list[str] = []
    for headings in by_level.values():
        names = [words for words in headings if is_full_name(words)]
        is_each_once = len(set(headings)) == len(headings)
        if len(names) >= max(_LEAST_PEOPLE, _LEAST_SHARE * len(headings)) and is_each_once:
            found += names
    return tuple(found)


def is_full_name(words: str) -> bool:
    """Return whether words are written as a full name is: capitals, no digits, no lone word."""
    parts = words.split()
    return (
        _FEWEST_WORDS <= len(parts) <= _MOST_WORDS
        and all(_WORD.fullmatch(part) for part in parts)
        and all(part[0].isupper() or part in _SMALL for part in parts)
    )
