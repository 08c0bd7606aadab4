"""Words that say how old somebody is, and that somebody is a child."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersight.text.folding import fold_with_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

_AGE: Final = r"(?<![\d.,])(?:[1-9]|1[0-7])"
# A term, a jubilee or a contract is so many years long; nobody is meant.
_NO_AGE: Final = (
    r"srok|zaklyuc|lisen|tyur|yubil|period|opyt|staz|kontrakt|voyn|perer|zapret|konflikt|plan"
)
_CHILD: Final = re.compile(
    rf"(?:{_AGE}[- ]years?[- ]old\b|\baged? {_AGE}\b|\bunder the age of 18\b"
    r"|\ba minor(?= who\b| was\b| from\b|[.,;)]|$)|\bminors\b|\bunderage\b"
    r"|\bschool ?(?:boy|girl|child)|\bteenage|\bhigh[- ]school student|\bpupils?\b"
    rf"|{_AGE}[- ]?yas(?:li|inda|larinda)|\bazyasli|\byeniyetme|\byetkinlik yasina catma"
    r"|\bmektebli|\bsagird(?!lik)"
    rf"|{_AGE}-?letn(?:i|e|y|u|a)\w*(?!\w* (?:{_NO_AGE}))|\bnesoversennoletn|\bmaloletn"
    r"|\bskolni[ck]|\bskolnits|\bpodrost(?:ok|k[aiuo])"
    r"|\bresit olmayan|\blise(?:li| ogrencisi)|\bcocuk yasta|\byasi kucuk)\w*"
)  # in the fold space

_ANY_AGE: Final = re.compile(
    r"(?<![\d.,])(?:\d{1,2}[- ]years?[- ]old\b|\d{1,2}[- ]?yas(?:li|inda)\w*"
    rf"|\d{{1,2}}-?letn(?:i|e|y|u|a)\w*(?!\w* (?:{_NO_AGE})))|\baged? \d{{1,2}}\b"
)  # in the fold space


def ages(text: str) -> Iterator[str]:
    """Yield the words that say how old somebody is, in four languages.

    Args:
        text: A text of an entry.
    """
    folded = fold_with_offsets(text)
    for match in _ANY_AGE.finditer(folded.text):
        start, end = folded.original_span(*match.span())
        yield text[start:end]


def children(text: str) -> Iterator[tuple[int, int]]:
    """Yield the words that say that somebody is under eighteen, in four languages.

    Args:
        text: A text of an entry.
    """
    folded = fold_with_offsets(text)
    for match in _CHILD.finditer(folded.text):
        yield folded.original_span(*match.span())
