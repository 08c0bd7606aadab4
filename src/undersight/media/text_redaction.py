"""Words taken out of a text: whole words, in other spellings and scripts and with case endings.

Rather too much is masked than too little: a name that sounds like a masked one goes too.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from undersight.errors import RedactionLeaksError, RedactionRefusedError
from undersight.media.redaction import Redacted
from undersight.text.folding import fold, fold_with_offsets
from undersight.text.name_keys import name_keys, query_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

MASK: Final = "█████"
"""Always as long: the length of a name tells much of it."""


_TOKEN: Final = re.compile(r"\w+")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_LEAST_SOUNDS: Final = 4  # shorter names begin too many other words


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A text with parts masked.

    Args:
        text: The text.
        spans: What was masked, offsets into the original, in order, not overlapping.
    """

    text: str
    spans: tuple[tuple[int, int], ...]


def term_spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Find every word that begins with one of the terms, in any spelling, to the word's end.

    Args:
        text: Any text.
        terms: Words or phrases; case endings after them are masked too.
    """
    folded = fold_with_offsets(text)
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(folded.text)]
    found = []
    for term in terms:
        words = _TOKEN.findall(fold(term))
        for i in range(len(tokens) - len(words) + 1):
            run = tokens[i : i + len(words)]
            if words and all(_is_word(one[0], word) for one, word in zip(run, words, strict=True)):
                found.append(folded.original_span(run[0][1], run[-1][2]))
    return found


def _is_word(token: str, word: str) -> bool:
    """Whether a word of the text begins with the wanted one, as written or by its sound."""
    if token.startswith(word):
        return True
    keys = name_keys(token)
    return any(
        key.startswith(wanted) if len(wanted) >= _LEAST_SOUNDS else key == wanted
        for wanted in query_keys(word)
        if wanted
        for key in keys
    )


def mask(text: str, spans: Sequence[tuple[int, int]]) -> Masked:
    """Put a mask of one length in place of each span; overlapping ones become one.

    Raises:
        RedactionRefusedError: A span is empty or reaches out of the text.
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= len(text):
            reason = f"span {start}-{end} is not within 0-{len(text)}"
            raise RedactionRefusedError("The text", reason)
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    pieces, place = [], 0
    for start, end in joined:
        pieces += [text[place:start], MASK]
        place = end
    return Masked(text="".join((*pieces, text[place:])), spans=tuple(joined))


def _decoded_forms(text: str) -> list[tuple[str, str]]:
    """The text with each kind of coding undone that saved pages and exports hide letters in."""
    return [
        ("HTML entities", html.unescape(text)),
        ("parts of addresses", unquote(text, errors="replace")),
        ("escapes of JSON", _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)),
    ]


def redact_text(
    text: str, *, terms: Sequence[str] = (), spans: Sequence[tuple[int, int]] = ()
) -> Redacted:
    """Mask terms and spans of a text.

    Args:
        text: The original's text.
        terms: Words to mask wherever they begin a word.
        spans: Offsets to mask besides, in code points.

    Raises:
        RedactionRefusedError: Nothing was found to mask, a span is outside, or a term stands in
            the text in coded form too.
        RedactionLeaksError: A term can still be read in the copy.
    """
    by_term = term_spans(text, terms)
    missed = [i for i, term in enumerate(terms, 1) if not term_spans(text, [term])]
    if not by_term and not spans:
        raise RedactionRefusedError("The text", "none of the terms stands in it")
    masked = mask(text, [*by_term, *spans])
    if term_spans(masked.text, terms):
        raise RedactionLeaksError("the text", ("a term, in some spelling",))
    coded = [name for name, text in _decoded_forms(masked.text) if term_spans(text, terms)]
    if coded:
        reason = f"a term also stands in it coded as {', '.join(coded)}; save it as plain text"
        raise RedactionRefusedError("The text", reason)
    inside = any(fold(term.strip()) in fold(masked.text) for term in terms)
    warnings = [f"Term {i} stands nowhere in the text." for i in missed]
    if inside:
        warnings.append("A term is still there inside longer words; look at them.")
    return Redacted(
        kind="text",
        data=masked.text.encode("utf-8"),
        suffix=".txt",
        operations=({"operation": "mask-text", "n_masked": len(masked.spans)},),
        checks=("no word begins with a masked term, as written or by its sound",),
        warnings=tuple(warnings),
    )
