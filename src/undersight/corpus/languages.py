"""The language of a text, for millions of texts."""

from __future__ import annotations

from functools import lru_cache

from undersight.text import detect_language

MOST_ASKED = 10_000
"""Texts per import that the model is asked about; it takes half a millisecond each."""

MOST_CHARACTERS = 240
"""A text's language shows in its beginning."""

_UNKNOWN = "unknown"
_STATED_NOTHING = frozenset({"und", "unknown", "zxx", "qme", "qst", "art", "null", "none", "na"})


class LanguageFinder:
    """Says which language a text is in: as the file states, else by rules, else by the model.

    Rules cost microseconds and decide where script, letters or endings do. The model is asked
    about the first `MOST_ASKED` others; what comes after stays undecided and is counted.
    """

    def __init__(self) -> None:
        self.n_not_asked = 0
        self._n_left = MOST_ASKED

    def language(self, text: str, stated: str) -> str | None:
        """The language; None where undecided.

        Args:
            text: The text as it stands in the file.
            stated: What the file says.
        """
        said = stated.strip().lower().replace("_", "-")
        if said and said not in _STATED_NOTHING:
            return said
        text = text[:MOST_CHARACTERS]
        if not text:
            return None
        guess = _by_rules(text)
        if guess == _UNKNOWN and self._n_left:
            guess = _by_model(text)
            self._n_left -= 1
        elif guess == _UNKNOWN:
            self.n_not_asked += 1
        return None if guess == _UNKNOWN else guess


@lru_cache(maxsize=4096)
def _by_rules(text: str) -> str:
    return detect_language(text, is_model_asked=False).lang


@lru_cache(maxsize=4096)
def _by_model(text: str) -> str:
    return detect_language(text).lang
