"""The language of a text, for millions of texts."""

from __future__ import annotations

from functools import lru_cache

from undersight.text import detect_language
from undersight.text.function_words import language_by_function_words

MOST_CHARACTERS = 240
"""A text's language shows in its beginning."""

_UNKNOWN = "unknown"
_STATED_NOTHING = frozenset({"und", "unknown", "zxx", "qme", "qst", "art", "null", "none", "na"})


def language_of(text: str, stated: str) -> str | None:
    """Return the language as the file states it, else as rules tell; None where undecided.

    The model that drafting asks is not asked here: it takes half a millisecond a text and a
    hundred megabytes, and for counting languages the rules do.

    Args:
        text: The text as it stands in the file.
        stated: What the file says.
    """
    said = stated.strip().lower().replace("_", "-") if stated else ""
    if said and said not in _STATED_NOTHING:
        return said
    return _by_rules(text[:MOST_CHARACTERS]) if text else None


@lru_cache(maxsize=16384)
def _by_rules(text: str) -> str | None:
    """Small words first, which cost least; script, letters and endings where they are silent."""
    is_ascii = text.isascii()
    found = language_by_function_words(text) if is_ascii else ""
    if found:
        return found
    found = detect_language(text, is_model_asked=False).lang
    if found != _UNKNOWN:
        return found
    return None if is_ascii else language_by_function_words(text) or None
