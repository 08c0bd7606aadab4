"""English sentences that the program wrote and stored, in the language of whoever reads them.

What is stored stays as it was written: a sentence is matched against the texts it can have come
from, and its parts go along into the translation. What matches nothing is left as it is.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from undersight.i18n import translator

if TYPE_CHECKING:
    from collections.abc import Sequence

# Parts of these names are digits, so that no other words are taken for a number.
_NUMBERS = frozenset({"found", "i", "left", "n", "stated", "total"})
_PART = re.compile(r"%\\\((\w+)\\\)s")


class StoredSentences:
    """Sentences of one kind, each an English message with named parts such as ``%(n)s``.

    Args:
        messages: English, marked with ``_()``, as they are stored once their parts are filled in;
            parts called ``n`` and the like are digits.
        rules: Pairs of a pattern with named groups, and the message it is told by, where that
            leaves something out.
    """

    def __init__(self, messages: Sequence[str], rules: Sequence[tuple[str, str]] = ()) -> None:
        self._messages, self._rules = tuple(messages), tuple(rules)

    def told(self, sentence: str, lang: str) -> str:
        """Return a stored sentence in a language; empty where it is none of these.

        Args:
            sentence: As it is stored.
            lang: Language of the interface; English gives the sentence itself.
        """
        for pattern, message in self._patterns:
            if found := pattern.fullmatch(sentence):
                if lang == "en":
                    return sentence
                # Without parts the message is a text of its own, in which "%" means itself.
                parts, told = found.groupdict(), translator(lang).gettext(message)
                return told % parts if parts else told
        return ""

    @functools.cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        plain = [(_pattern_of(one), one) for one in self._messages]
        ruled = [(re.compile(pattern, re.DOTALL), message) for pattern, message in self._rules]
        return (*plain, *ruled)


def _pattern_of(message: str) -> re.Pattern[str]:
    def part(found: re.Match[str]) -> str:
        return rf"(?P<{found[1]}>{r'[0-9]+' if found[1] in _NUMBERS else '.+?'})"

    return re.compile(_PART.sub(part, re.escape(message)), re.DOTALL)
