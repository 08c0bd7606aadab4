"""Which languages have rules, and which of them a text is in."""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersight.extract.engine import Language

CODES = ("en", "az", "ru", "tr")
_WORDS = re.compile(r"[^\W\d_]+")


@cache
def load_language(lang: str) -> Language | None:
    """Return a language's rules; None where there are none."""
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
    """Return the rules for a text: those asked for, else those whose frequent words it has.

    Args:
        part: The text.
        lang: A code, or None to tell it from the text; English where nothing speaks.
    """
    given = load_language(lang) if lang is not None else None
    if given is not None:
        return given
    known = [language for code in CODES if (language := load_language(code))]
    words = _WORDS.findall(part.lower())
    score = {language.lang: sum(w in language.markers for w in words) for language in known}
    return max(known, key=lambda language: score[language.lang])
