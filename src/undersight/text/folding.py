"""One spelling for all spellings: the fold space for search and matching, with offsets.

``fold`` brings text to lower-case ASCII so that ``şikayət``, ``sikayet``, ``ŞİKAYƏT`` and
``шикајәт`` meet. It works letter by letter: what depends on neighbours (the Russian ``е`` that
sounds ``ye``, ``дж``, Cyrillic look-alikes inside a Latin word) is first replaced one for one, so
that every folded character keeps the place it came from and a match in folded text can be shown
in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyascii import anyascii

from undersight.text.letters import CYRILLIC_TWIN, LATIN_TWIN, LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST_CYRILLIC, _LAST_CYRILLIC = "\u0400", "\u052f"
_CYRILLIC = re.compile(f"[{_FIRST_CYRILLIC}-{_LAST_CYRILLIC}]")
_SCRIPT_SEAM = re.compile(
    "[A-Za-z\u00c0-\u02af][\u0400-\u052f]|[\u0400-\u052f][A-Za-z\u00c0-\u02af]"
)
_AZERBAIJANI_CYRILLIC = re.compile(r"[әғҝөүҹһӘҒҜӨҮҸҺ]")
_LETTERS_RUN = re.compile("(?:[^\\W\\d_]+[\u0300-\u036f]*)+")
_VOWEL = "[аеёиоуыэюяъьАЕЁИОУЫЭЮЯЪЬ]"
_MARK = "[\u0300-\u036f]"
_E = "[еёЕЁ]"
# The letter first and what stands before it after: it is sought for as fast as letters are.
_YE = re.compile(
    f"{_E}(?:(?<![^\\W\\d_]{_E})(?<!{_MARK}{_E})|(?<={_VOWEL}{_E})|(?<={_VOWEL}{_MARK}{_E}))"
)
_DJ = ("дж", "Дж", "дЖ", "ДЖ")
# a decomposed й, ї, ў or ё is another letter, not one with an accent that may be dropped
_DECOMPOSED = re.compile("[иИуУ]\u0306|[іІеЕ]\u0308")
_COMPOSE_FIRST = {
    "и\u0306": "й\u0306",
    "И\u0306": "й\u0306",
    "у\u0306": "ў\u0306",
    "У\u0306": "ў\u0306",
    "і\u0308": "ї\u0308",
    "І\u0308": "ї\u0308",
    "е\u0308": "ё\u0308",
    "Е\u0308": "ё\u0308",
}
_VOWEL_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")


def fold(text: str) -> str:
    """Return ``text`` in the fold space: lower-case ASCII, one spelling for all spellings.

    Idempotent, and ``fold(a + " " + b) == fold(a) + " " + fold(b)``.

    Args:
        text: Any text; it need not be normalised.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    return _settle_neighbours(text).translate(_TABLE)


def rounded(text: str) -> str:
    """Return Russian text with ``ё`` read as the ``ö`` it stands for in Turkic names.

    Args:
        text: Any text; letters other than ``ё`` stay.
    """
    return text.replace("ё", "ө").replace("Ё", "Ө")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedText:
    """A folded string that knows where each of its characters came from.

    Args:
        text: The folded string.
        starts: For each folded character, where its source begins in the original (code points).
        ends: For each folded character, where its source ends, combining marks included.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that folded to ``text[start:end]``.

        Args:
            start: First folded character, 0 <= start <= end.
            end: One past the last folded character, end <= len(text).

        Raises:
            IndexError: The span reaches outside the folded text.
        """
        if not 0 <= start <= end <= len(self.text):
            msg = f"folded span {start}:{end} of {len(self.text)} characters"
            raise IndexError(msg)
        if start == end:
            place = self.starts[start] if start < len(self.text) else self._length_original()
            return place, place
        return self.starts[start], self.ends[end - 1]

    def _length_original(self) -> int:
        return self.ends[-1] if len(self.ends) else 0


def fold_with_offsets(text: str) -> FoldedText:
    """Fold ``text`` and keep, for each folded character, its span in ``text``.

    Args:
        text: Any text; offsets count its code points.
    """
    n_text = len(text)
    if text.isascii():
        return FoldedText(text=fold(text), starts=range(n_text), ends=range(1, n_text + 1))
    pieces = [_TABLE[ord(character)] for character in _settle_neighbours(text)]
    if all(len(piece) == 1 for piece in pieces):
        return FoldedText(text="".join(pieces), starts=range(n_text), ends=range(1, n_text + 1))
    starts: list[int] = []
    ends: list[int] = []
    for place, piece in enumerate(pieces):
        if piece:
            starts.extend([place] * len(piece))
            ends.extend([place + 1] * len(piece))
        elif ends and ends[-1] == place and unicodedata.category(text[place])[0] == "M":
            _extend_over_mark(starts, ends)
    return FoldedText(text="".join(pieces), starts=tuple(starts), ends=tuple(ends))


def _extend_over_mark(starts: list[int], ends: list[int]) -> None:
    """Let the last source character take in the mark that follows it."""
    source = starts[-1]
    new_end = ends[-1] + 1
    i = len(starts) - 1
    while i >= 0 and starts[i] == source:
        ends[i] = new_end
        i -= 1


def _settle_neighbours(text: str) -> str:
    """Replace, one for one, every letter whose fold depends on its neighbours."""
    if not _CYRILLIC.search(text):
        return text
    if "\u0306" in text or "\u0308" in text:
        text = _DECOMPOSED.sub(lambda match: _COMPOSE_FIRST[match[0]], text)
    if _SCRIPT_SEAM.search(text):
        text = _LETTERS_RUN.sub(_unmask_twins, text)
    if _AZERBAIJANI_CYRILLIC.search(text):
        return _LETTERS_RUN.sub(_settle_word, text)
    return _as_russian(text)


def _as_russian(text: str) -> str:
    text = _YE.sub("ѥ", text)
    for pair in _DJ:
        text = text.replace(pair, "ҹь")
    return text


def _settle_word(match: re.Match[str]) -> str:
    """Read a word as Azerbaijani if it has an Azerbaijani letter, else as Russian."""
    word = match[0]
    if _AZERBAIJANI_CYRILLIC.search(word):
        return word.replace("г", "ԛ").replace("Г", "ԛ")
    return _as_russian(word) if "ј" not in word.lower() else word


def _unmask_twins(match: re.Match[str]) -> str:
    """Put a word that mixes Latin and Cyrillic look-alikes back into one script."""
    word = match[0]
    if not _SCRIPT_SEAM.search(word):
        return word
    cyrillic = [c for c in word if _FIRST_CYRILLIC <= c <= _LAST_CYRILLIC]
    latin = [c for c in word if c < _FIRST_CYRILLIC]
    is_cyrillic_masked = all(c in LATIN_TWIN for c in cyrillic)
    is_latin_masked = all(c in CYRILLIC_TWIN for c in latin)
    if is_cyrillic_masked and (not is_latin_masked or len(latin) >= len(cyrillic)):
        return "".join(LATIN_TWIN.get(c, c) for c in word)
    if is_latin_masked:
        return "".join(CYRILLIC_TWIN.get(c, c) for c in word)
    return word


class _FoldTable(dict[int, str]):
    """Code point to folded string, filled as letters are met."""

    def __missing__(self, code_point: int) -> str:
        folded = _fold_character(chr(code_point))
        self[code_point] = folded
        return folded


def _fold_character(character: str) -> str:
    """Fold one character without looking at its neighbours."""
    if character.isascii():
        return character.lower().replace("`", "'")
    known = LETTERS.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    if category == "Cf" or _VOWEL_POINTS.match(character):
        return ""
    if category[0] in "ZC":
        return " "
    plain = unicodedata.normalize("NFKC", character).casefold()
    if plain != character:
        return "".join(_fold_character(c) for c in plain)
    bare = unicodedata.normalize("NFKD", character)
    if len(bare) > 1:
        return "".join(_fold_character(c) for c in bare)
    return _romanise(character, category)


def _romanise(character: str, category: str) -> str:
    """Fall back on anyascii; an emoji becomes a gap, never a word."""
    spelling = anyascii(character).lower().replace("`", "'")
    if spelling.startswith(":") or not spelling.isprintable():
        return " "
    if category[0] == "L":
        return spelling.replace("'", "")
    return spelling if spelling or category[0] == "M" else " "


_TABLE = _FoldTable()
