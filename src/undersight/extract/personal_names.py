"""What tells a person's name from another one: a given name in it, or a surname's ending."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from undersight.extract import tables
from undersight.text.folding import fold
from undersight.text.name_keys import name_keys
from undersight.text.name_tables import (
    SURE_SURNAME,
    given_name_keys,
    given_name_spellings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEADERS = frozenset(["director", "editor", "chairman", "chairwoman", "correspondent", "reporter"])
_LEAST_SURNAME = 5  # letters: "Dali" ends as surnames do, and is none


@functools.cache
def _given() -> frozenset[str]:
    listed = tables.words(tables.load("given_names")["given"]["name"])
    return given_name_keys() | {key for name in listed for key in name_keys(fold(name))}


@functools.cache
def _spelled() -> frozenset[str]:
    listed = tables.words(tables.load("given_names")["given"]["name"])
    return given_name_spellings() | {fold(name) for name in listed}


@functools.lru_cache(maxsize=1 << 14)
def is_given_name(word: str) -> bool:
    """Whether a word is a given name in one of its spellings."""
    folded = fold(word)
    keys = name_keys(folded) if folded.isalpha() else ()
    return bool(keys) and keys[0] in _given()


def is_plain_given_name(word: str) -> bool:
    """Whether a word is a given name letter for letter: "Sota" is none for sounding like one."""
    return fold(word) in _spelled()


def is_surname(word: str) -> bool:
    """Whether a word ends as only surnames do."""
    folded = fold(word)
    return len(folded) >= _LEAST_SURNAME and SURE_SURNAME.search(folded) is not None


def is_personal(words: Sequence[str]) -> bool:
    """Whether a run of words has a given name in it, or a surname's ending at its end."""
    return any(map(is_given_name, words)) or any(is_surname(part) for part in words[-1].split("-"))


def given_within(words: Sequence[str]) -> int:
    """Return where a person's name begins behind another name; 0 where it does not.

    >>> given_within(["Uzunqaya", "Bu", "Gün", "Nigar", "Boz"])
    3
    """
    if len(words) < 3 or fold(words[0]) in _spelled():
        return 0
    return next((i for i in range(1, len(words) - 1) if is_given_name(words[i])), 0)


def title_within(words: Sequence[str]) -> int:
    """Return where a title stands inside a run of folded words; 0 where none does.

    >>> title_within(["dan", "ulduzu", "director", "zahir", "boz"])
    2
    """
    return next((i for i in range(1, len(words) - 2) if words[i] in _LEADERS), 0)
