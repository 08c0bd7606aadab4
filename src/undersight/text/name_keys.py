"""How a name sounds, whatever alphabet it was written in: keys for search and for blocking.

``Əliyev``, ``Алиев``, ``Aliyev`` and ``Eliyev`` have one key. The rules merge what the habits of
transliteration between Azerbaijani, Russian, Turkish and English mix up (``x``/``kh``,
``q``/``g``/``k``, ``c``/``j``/``dzh``, ``a``/``ə``/``e``, ``o``/``u``, glides), and nothing else.
Two keys that are equal are one spelling, not one person.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SPELLINGS = {
    "shch": "s",
    "tsch": "c",
    "dzh": "c",
    "sch": "s",
    "kh": "h",
    "gh": "g",
    "sh": "s",
    "ch": "c",
    "zh": "c",
    "dj": "c",
    "tz": "ts",
    "ph": "f",
    "th": "t",
    "ck": "k",
    "oo": "u",
    "ee": "i",
    "ou": "u",
    "w": "v",
    "x": "h",
    "j": "c",
    "q": "k",
}
_SPELLING = re.compile("|".join(_SPELLINGS))
_X_IS_KS = re.compile(r"(?<=^ale)x|(?<=^ma)x(?=im)|(?<=^feli)x|^x(?=eni)|(?<=^ro)x|(?<=^ale)ks")
_FINAL_J = re.compile(r"(?<=[aeiouy])j$")  # Sergej: the j of German and Polish
# y between vowels, y that softens a consonant (Гянджа), and the y of ye at the start
_GLIDE = re.compile(
    r"(?<=[aeiou])y(?=[aeiou])|(?<=[aeou])i(?=[aeou])|(?<=[^aeiouy])y(?=[aeou])|^[yi](?=e)"
)
_CLASSES = str.maketrans("eoyg", "auik")
_DOUBLED = re.compile(r"(.)\1+")
_DOUBLED_CONSONANT = re.compile(r"([^au])\1+")
_G_THAT_MAY_BE_H = re.compile(r"^g(?=[aeiouy])|(?<=[aeiou])g(?=[aeiou])")
_VOWELS = str.maketrans("", "", "aiu")
_OTHER_NAMES = {"baku": "baki"}  # another language's name for a place, not another spelling

_DEVOICED = {"b": "p", "p": "b", "d": "t", "t": "d"}


@lru_cache(maxsize=1 << 16)
def name_key(word: str) -> str:
    """Return the key of the sound of one folded word.

    Args:
        word: One word as ``fold`` returns it; what is not a letter is ignored.
    """
    letters = "".join(c for c in word if "a" <= c <= "z")
    letters = _OTHER_NAMES.get(letters, letters)
    letters = _X_IS_KS.sub("ks", _FINAL_J.sub("y", letters))
    letters = _SPELLING.sub(lambda match: _SPELLINGS[match[0]], letters)
    letters = _GLIDE.sub("", _DOUBLED.sub(r"\1", letters))
    return _DOUBLED_CONSONANT.sub(r"\1", letters.translate(_CLASSES))


def key_rules() -> dict[str, object]:
    """Return the steps of ``name_key`` as data, for a program in another language.

    The patterns are of the kind that JavaScript reads too (look-behind included).
    """
    return {
        "others": _OTHER_NAMES,
        "finalJ": _FINAL_J.pattern,
        "xIsKs": _X_IS_KS.pattern,
        "spellings": _SPELLINGS,
        "doubled": _DOUBLED.pattern,
        "glide": _GLIDE.pattern,
        "classes": {chr(code): chr(target) for code, target in _CLASSES.items()},
        "doubledConsonant": _DOUBLED_CONSONANT.pattern,
        "gOrH": _G_THAT_MAY_BE_H.pattern,
        "devoiced": _DEVOICED,
    }


@lru_cache(maxsize=1 << 16)
def name_keys(word: str) -> tuple[str, ...]:
    """Return all keys of one folded word, the plain one first.

    Russian writes both ``g`` and ``h`` as Г (``Гасанов`` is Həsənov, ``Рагимов`` is Rəhimov), so a
    ``g`` before a vowel is also read as ``h``.

    Args:
        word: One word as ``fold`` returns it.
    """
    plain = name_key(word)
    softened = name_key(_G_THAT_MAY_BE_H.sub("h", word))
    return (plain,) if softened == plain else (plain, softened)


def query_keys(word: str) -> tuple[str, ...]:
    """Return the keys to look a folded word up by, with both endings of ``Əhməd``/``Ahmet``.

    Args:
        word: One word as ``fold`` returns it.
    """
    keys = name_keys(word)
    other_ending = (k[:-1] + _DEVOICED[k[-1]] for k in keys if k and k[-1] in _DEVOICED)
    return (*keys, *other_ending)


def skeleton(key: str) -> str:
    """Return the consonants of a name key, with its first vowel if it begins with one.

    Args:
        key: What ``name_key`` returned.
    """
    return key[:1] + key[1:].translate(_VOWELS)
