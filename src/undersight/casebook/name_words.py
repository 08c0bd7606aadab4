"""The words of names and of texts in the forms in which they are compared.

A name keeps its *stems* in any case and spelling: the keys of its words without what endings
replace. A text's word can be any name's whose stem its key begins with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from undersight.text.folding import fold
from undersight.text.name_keys import name_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
HANDLE = re.compile(r"[\w.\-]+")
SHORTEST_JOINED = 8
_GLUED = re.compile(r"[^\W\d_]{6,}")
_TAG = re.compile(r"[#@](\w{8,64})")
_SHORTEST_INNER, _LONGEST_INNER = 4, 20
_PARTICLES = frozenset({"qizi", "oglu", "kizi", "bin", "ibn", "bint", "von", "van", "de", "al"})
_LONGEST_ENDING = 5
_SHORTEST_HANDLE = 4
_VOWELS = "aiu"
_LONGEST_NAME = 16  # words, those between counted; further from an initial nothing is looked up


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of a text can be, for looking up whom they may mean.

    Args:
        stems: Of each word in turn, the beginnings that it may have as a word of a name.
        handles: User names, and names written as one word.
        by_initial: Those of the beginnings that stand near an initial.
        initials: The initials.
    """

    stems: tuple[frozenset[str], ...]
    handles: frozenset[str]
    by_initial: frozenset[str]
    initials: frozenset[str]


def said_in(text: str) -> Said:
    """Return what the words of a text can be."""
    words = list(WORD.finditer(text))
    stems = [stems_before(match[0]) for match in words]
    by_initial: set[str] = set()
    initials: set[str] = set()
    for i, match in enumerate(words):
        if len(match[0]) == 1 and not match[0].islower():
            initials.add(name_keys(fold(match[0]))[0][:1])
            by_initial.update(*stems[max(0, i - _LONGEST_NAME) : i + _LONGEST_NAME + 1])
    stems += [stems_before(part) for _, part in humps_in(text)]
    stems += [frozenset(inner) for _, tag in tags_in(text) for inner in [inner_keys(tag)] * 2]
    handles = {
        form
        for match in HANDLE.finditer(text)
        for form in handle_forms(match[0].rstrip(".-"))
        if len(form) >= _SHORTEST_HANDLE
    }
    return Said(
        stems=tuple(stems),
        handles=frozenset(handles),
        by_initial=frozenset(by_initial),
        initials=frozenset(initials - {""}),
    )


def humps_in(text: str) -> list[tuple[int, str]]:
    """Return the words that are written as one with inner capitals ("#FreeAdaLorn")."""
    found = []
    for match in _GLUED.finditer(text):
        written = match[0]
        if written[1:].islower() or written.isupper() or written.islower():
            continue
        ends = [i for i in range(1, len(written)) if _is_hump(written, i)]
        starts = [0, *ends]
        parts = zip(starts, [*ends, len(written)], strict=True)
        if ends:
            found += [(match.start() + s, written[s:e]) for s, e in parts]
    return found


def tags_in(text: str) -> list[tuple[int, str]]:
    """Return the long words after # or @, in which names may stand without a sign of it."""
    return [(match.start(1), match[1]) for match in _TAG.finditer(text)]


@lru_cache(maxsize=1 << 10)
def inner_keys(written: str) -> tuple[str, ...]:
    """Return all beginnings of names that may stand anywhere inside a word, in order of place."""
    return tuple(
        dict.fromkeys(
            key[start:end]
            for key in name_keys(fold(written).replace("_", ""))
            for start in range(len(key))
            for end in range(start + _SHORTEST_INNER, min(len(key), start + _LONGEST_INNER) + 1)
        )
    )


def _is_hump(written: str, i: int) -> bool:
    return written[i].isupper() and not written[i - 1].isupper()


def folded_words(name: str) -> list[str]:
    """Return the words of a name that tell somebody."""
    words = [fold(word).replace("'", "") for word in _name_words(name)]
    return [word for word in words if word and word not in _PARTICLES]


def name_stems(words: Sequence[str]) -> list[tuple[int, str]]:
    """Return the beginnings that the words of a name keep in any case, with the word's place."""
    return [
        (i, stem)
        for i, word in enumerate(words)
        for stem in map(_stem, name_keys(word))
        if len(stem) > 1
    ]


def joined_forms(words: Sequence[str]) -> list[str]:
    """Return a name written as one word, either part first; nothing for what is too short."""
    forms = {"".join(words), "".join(reversed(words))} if len(words) > 1 else set()
    return sorted(form for form in forms if len(form) >= SHORTEST_JOINED)


def handle_key(value: str) -> str:
    """Return what a user name or address is looked up by; empty for what is too short."""
    last = value.rstrip("/").rsplit("/", 1)[-1].lstrip("@").lower()
    return last if len(last) >= _SHORTEST_HANDLE else ""


@lru_cache(maxsize=1 << 14)
def stems_before(written: str) -> frozenset[str]:
    """Return the beginnings of names whose word, with an ending, may be written like this."""
    return frozenset(
        key[:length]
        for key in name_keys(fold(written).replace("'", ""))
        for length in range(max(2, len(key) - _LONGEST_ENDING), len(key) + 1)
    )


def handle_forms(written: str) -> tuple[str, str]:
    """Return what a written word is looked up by as a user name."""
    return written.lower(), re.sub(r"[\W_]", "", fold(written))


def _stem(key: str) -> str:
    """A name's key without the vowel that case endings replace."""
    return key[:-1] if len(key) > 3 and key[-1] in _VOWELS else key


def _name_words(name: str) -> list[str]:
    """The words of a name; beside capitals, small words ("of", "the") name nobody."""
    words = WORD.findall(name)
    capital = [word for word in words if not word[0].islower()]
    return capital or words
