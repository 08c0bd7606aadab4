"""Titles, particles and endings of names, and look-ups into the list of given names."""

from __future__ import annotations

import re
from functools import lru_cache

from undersight.text.folding import fold
from undersight.text.given_names import GIVEN_NAMES, LOOKALIKES, NICKNAME_GROUPS, SPELLING_GROUPS
from undersight.text.name_keys import name_key, name_keys


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


TITLES = _words(
    """
    mr mrs ms miss mx dr prof professor sir madam mme monsieur madame mlle herr frau lord lady
    dame rev hon cənab cənabı bay bəy bey hanım xanım əfəndi efendi müəllim müəllimə kapitan
    polkovnik mayor general leytenant gospodin господин госпожа гражданин гражданка г-н г-жа гр
    товарищ доктор профессор sayın av avukat vəkil jurnalist gazeteci
    """
)
HONORIFICS = _words(
    """
    hacı haci haji hajji hacı kərbəlayi məşədi seyid sayyid seyyid sayed syed said-ül mullah
    molla mulla maulana maulavi mawlawi sheikh shaikh shaykh sheik şeyx qari mufti emir agha ağa
    khan xan
    """
)
"""Words that are a part of some names and a title before others: missing, they cost nothing."""

PARTICLES = _words("al el ul bin ibn ben bint de da di del della der den van von la le du dos das")
HYPHEN_PARTICLES = _words("al el ul ad as ash ar at an az ed es er ud ur us")
FILIAL_PARTICLES = _words("bin ibn ben bint")
SON_OF = _words("oğlu oglu ogly oglı oglou oghlu oghly огли оглы оглу uulu ulı")
DAUGHTER_OF = _words("qızı qizi kızı kizi gizi gizy gyzy qyzy kyzy кызы гызы qzi")

TWO_LETTER_INITIALS = _words("yu ya ye yo kh ch sh zh gh dj dz dzh ts ph th")

ABD = re.compile(r"^[ae]bd(?:[aeiou]{1,2}(?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)|d(?=d)|sh(?=sh)))?")
ABD_ALONE = _words("abd abdul abdel abdal abdol əbdül əbdəl abdoul abdool")
PATRONYMIC_MAN = re.compile(r"(?<=..)[oe]v(?:ich?|ych?|itch|icz)$")
PATRONYMIC_WOMAN = re.compile(r"(?<=..)(?:[oei]v|ini?ch?|ich?)na$")

SURNAME_SUFFIX = re.compile(
    r"(?<=..)(?P<suffix>y?ev[ao]?|i?ova?|y?eff|off|zad[eao]h?|beyl[iy]|beyova?|ogl[uiy]|l[iuy]"
    r"|ski[yi]?|sk[yi]{1,2}|skaya|ska|enko|y?an|ian|s?hvili|svili|a?dze)$"
)
SURE_SURNAME = re.compile(
    r"(?<=..)(?:y?ev[ao]?|ova?|eff|off|zad[eao]h?|beyl[iy]|ogl[uiy]|ski[yi]?|sky[iy]?|skaya|enko"
    r"|s?hvili|svili|adze|idze)$|(?<=....)l[iuy]$|(?<=....)[iy]an$"
)
FEMININE_SURNAME = re.compile(r"(?:[oe]v|sk(?:ay|i)?|in)a$")


@lru_cache(maxsize=1)
def given_name_spellings() -> frozenset[str]:
    """Return the common given names and their variants, folded."""
    return frozenset(fold(f"{GIVEN_NAMES} {SPELLING_GROUPS} {NICKNAME_GROUPS}").split())


@lru_cache(maxsize=1)
def given_name_keys() -> frozenset[str]:
    """Return the keys of the common given names and of their variants."""
    return frozenset(key for name in given_name_spellings() for key in name_keys(name))


@lru_cache(maxsize=2)
def _groups(table: str) -> dict[str, frozenset[int]]:
    """Return, for the key of each name of ``table``, the numbers of the lines it stands in."""
    lines: dict[str, set[int]] = {}
    for number, line in enumerate(fold(table).strip().splitlines()):
        for name in line.split():
            lines.setdefault(name_key(name), set()).add(number)
    return {key: frozenset(numbers) for key, numbers in lines.items()}


def spelling_groups(key: str) -> frozenset[int]:
    """Return the numbers of the groups of spellings that a name key belongs to.

    Args:
        key: A name key.
    """
    return _groups(SPELLING_GROUPS).get(key, frozenset())


def are_spellings(key: str, other: str) -> bool:
    """Return whether two keys are spellings of one given name that letters do not show.

    Args:
        key: A name key.
        other: Another name key.
    """
    return not spelling_groups(key).isdisjoint(spelling_groups(other))


def is_nickname(key: str, other: str) -> bool:
    """Return whether one key is a short or home form of the other.

    Args:
        key: A name key.
        other: Another name key.
    """
    groups = _groups(NICKNAME_GROUPS)
    return not groups.get(key, frozenset()).isdisjoint(groups.get(other, frozenset()))


@lru_cache(maxsize=1)
def _lookalikes() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(line.split()) for line in fold(LOOKALIKES).strip().splitlines())


def are_lookalikes(left: str, right: str) -> bool:
    """Return whether two folded words have one key and are two given names all the same.

    Args:
        left: A folded word.
        right: Another.
    """
    return frozenset((left, right)) in _lookalikes()
