"""Which languages have rules, and which of them a text is in."""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import TYPE_CHECKING

from undersight.errors import UnknownLanguageError

if TYPE_CHECKING:
    from undersight.extract.engine import Language

_CODE = re.compile("[a-z]{2,3}")
CODES = ("en", "az", "ru", "tr")
# What part of a text's letters tells its language; names from elsewhere bring a few of them.
_ALPHABETS = (
    ("ru", re.compile("[а-яё]", re.IGNORECASE), 0.5),
    ("az", re.compile("[əƏ]"), 0.03),
    ("tr", re.compile("[ğışçöüĞİŞÇÖÜ]"), 0.04),
)
_ENGLISH = re.compile(r"\b(?:the|of|was|were|and|has|his|her|for)\b", re.IGNORECASE)
# "her" is a Turkish word, too
_SURELY_ENGLISH = re.compile(r"\b(?:the|of|was|were|and|has|his|by|for|with|to)\b", re.IGNORECASE)
_ENGLISH_SHARE = 0.12
_LETTER = re.compile(r"[^\W\d_]")


@cache
def load_language(lang: str) -> Language | None:
    """Return a language's rules; None where there are none."""
    if not _CODE.fullmatch(lang):  # it may come from a form, and names a module below
        return None
    name = f"undersight.extract.rules_{lang}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None
    language: Language = module.LANGUAGE
    return language


def language_of(part: str, lang: str | None = None) -> Language:
    """Return the rules for a text: those asked for, else those of the letters it is written in.

    Letters are enough for four languages, and only one language's rules need loading.

    Args:
        part: The text.
        lang: A code, or None to tell it from the text; English where nothing speaks.

    Raises:
        UnknownLanguageError: A code that has no rules.
    """
    code = lang or code_of(part)
    language = load_language(code)
    if language is not None:
        return language
    if lang is not None:
        raise UnknownLanguageError(lang, CODES)
    english = load_language("en")
    if english is None:
        raise UnknownLanguageError("en", CODES)
    return english


def code_within(part: str, whole: str) -> str:
    """Tell the language of a part; one without letters or words of its own is in the whole's.

    Args:
        part: A part of a text.
        whole: The language of the whole text.
    """
    code = code_of(part)
    return whole if code == "en" and not _ENGLISH.search(part) else code


def code_of(part: str) -> str:
    """Tell the language of a text by its letters.

    >>> code_of("Fəal mayın 3-də saxlanılıb")
    'az'
    """
    n_english = len(_SURELY_ENGLISH.findall(part))
    if n_english > 1 and n_english > _ENGLISH_SHARE * len(part.split()):
        return "en"  # whatever letters its names are written in
    n_letters = max(1, len(_LETTER.findall(part)))
    for code, alphabet, least in _ALPHABETS:
        if len(alphabet.findall(part)) / n_letters > least:
            return code
    return "en"
