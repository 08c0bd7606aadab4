"""Text as pasted, read as it is meant: every span leads back to the text as given.

Decomposed letters (``i`` + dot above, as some systems paste them) become the one letter; marks
that nobody sees (where a browser may break a word) are left out; spaces that keep words together
are spaces.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from undersight.model.draft import Draft, DraftEntry, DraftField

_UNSEEN = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width spaces
_BINDING = "\u00a0\u2007\u202f"
_ODD = re.compile(f"[{_UNSEEN}{_BINDING}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A text in composed letters.

    Args:
        text: The composed text.
        starts: For each of its characters, the offset in the text as given; one more at the end.
    """

    text: str
    starts: tuple[int, ...]

    def back(self, draft: Draft) -> Draft:
        """Return a draft with its spans in the text as given."""
        return Draft(entries=tuple(self._entry(entry) for entry in draft.entries))

    def _entry(self, entry: DraftEntry) -> DraftEntry:
        at = self.starts
        return replace(
            entry,
            start=at[entry.start],
            end=at[entry.end],
            fields=tuple(self._field(field) for field in entry.fields),
            not_captured=tuple((at[a], at[b]) for a, b in entry.not_captured),
        )

    def _field(self, field: DraftField) -> DraftField:
        return replace(field, start=self.starts[field.start], end=self.starts[field.end])


def _plain(letter: str) -> str:
    """Return a letter as it is meant: nothing for an unseen mark, a space for any that binds."""
    return "" if letter in _UNSEEN else " " if letter in _BINDING else letter


def composed(text: str) -> Composed | None:
    """Compose a text letter by letter; None where it is composed already and holds no odd mark."""
    if unicodedata.is_normalized("NFC", text) and not _ODD.search(text):
        return None
    letters: list[str] = []
    starts: list[int] = []
    i = 0
    while i < len(text):
        j = i + 1
        while j < len(text) and unicodedata.combining(text[j]):
            j += 1
        whole = _plain(unicodedata.normalize("NFC", text[i:j]))
        letters.append(whole)
        # what does not compose to one character keeps its own places, as far as they go
        starts.extend(min(i + k, j - 1) for k in range(len(whole)))
        i = j
    return Composed(text="".join(letters), starts=(*starts, len(text)))
