"""Numbers and addresses in running text that can lead to a person.

Better one question too many than one too few; but dates, sums, counts and citations of laws are
full of digits, and a check that asks about each of them would be clicked away.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from undersight.text.folding import fold_with_offsets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Span = tuple[int, int]

_DATE: Final = re.compile(
    r"\b(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:\d{4}|\d{2}))\b"
)
_DIGITS: Final = re.compile(r"(?<![\w./])(?:\+|00)?\(?\d[\d\s().\-–/]{4,24}\d(?![\w/])")
_ANY_DIGIT: Final = re.compile(r"\d")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:[ .\u00a0\u202f]\d{3})+")
# How numbers are written inside Russia and its neighbours: 8, the area, seven digits.
_TRUNK: Final = re.compile(r"8[3-9]\d{9}")
_PHONE_WORDS: Final = (
    "phone", "tel", "call", "mobile", "whatsapp", "nomre", "zeng", "mobil", "telefon", "zvon",
    "nomer", "numara", "cep", "hotline", "signal", "viber",
)  # fmt: skip
_EMAIL: Final = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]+)+",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w@/.])@[A-Za-z0-9_.]{3,}")
_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:www\.|m\.|[a-z]{2}-[a-z]{2}\.)?"
    r"(?:facebook\.com|fb\.com|instagram\.com|t\.me|x\.com|twitter\.com|vk\.com|ok\.ru|"
    r"telegram\.me|bsky\.app/profile|linkedin\.com/in|threads\.com|"
    r"tiktok\.com|threads\.net|wa\.me|youtube\.com)/[^\s\"'<>()«»“”]+",
    re.IGNORECASE,
)
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b")
_LONG_NUMBER: Final = re.compile(r"(?<![\w./])\d(?:[ -]?\d){11,18}(?![\w/])")
_DOCUMENT: Final = re.compile(r"\b(?:[A-Z]{1,3}[ №#]{0,2}\d{6,9}|(?=[A-Z0-9]*\d)[A-Z0-9]{7})\b")
_DOCUMENT_WORDS: Final = (
    "passport", "pasport", "identity", "id card", "id number", "fin ", "fin:", "pin ", "seriya",
    "sexsiyyet", "kimlik", "vesiqe", "udostovereni", "inn ", "snils", "licence", "license",
)  # fmt: skip
_STREET: Final = re.compile(
    r"\b(?:street|avenue|lane|road|apartment|apt|flat|house no"
    r"|kucesi|kuce|prospekti|prospekt|menzil|mehellesi|mehelle"
    r"|ulitsa|ulicesi|ulice|uliza|ulisa|ul|pereulok|pereulka|kvartira|kv|dom"
    r"|sokagi|sokak|sok|caddesi|cadde|cad|mahallesi|mahalle|mah|daire|apartmani)\b\.?"
)  # in the fold space
_HOUSE_NUMBER: Final = re.compile(r"(?<![\d.])\d{1,4}(?![\d.]*\d)")
_NUMBER_NEAR: Final = 25
_WORD_NEAR: Final = 24


def phones(text: str) -> Iterator[Span]:
    """Yield telephone numbers: with + or a leading zero, or after a word that says so."""
    if not _ANY_DIGIT.search(text):
        return
    plain = _plain_digits(text)
    dates = [match.span() for match in _DATE.finditer(plain)]
    for match in _DIGITS.finditer(plain):
        start, end = match.span()
        written = match[0]
        n_digits = sum(character.isdigit() for character in written)
        if not 7 <= n_digits <= 15 or any(a < end and start < b for a, b in dates):
            continue
        bare = "".join(character for character in written if character.isdigit())
        is_marked = (
            written.lstrip("(")[0] in "+0"
            or _TRUNK.fullmatch(bare) is not None
            or _is_after(text, start, _PHONE_WORDS)
        )
        if is_marked and not _THOUSANDS.fullmatch(written.strip()):
            yield start, end


def emails(text: str) -> Iterator[Span]:
    """Yield e-mail addresses, also those written with (at) and (dot)."""
    yield from (match.span() for match in _EMAIL.finditer(text))


def handles(text: str) -> Iterator[Span]:
    """Yield user names after @ and addresses of profiles."""
    taken = [*emails(text)]
    for pattern in (_PROFILE, _HANDLE):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                yield start, end


def id_numbers(text: str) -> Iterator[Span]:
    """Yield numbers of documents, bank accounts and cards."""
    if not _ANY_DIGIT.search(text):
        return
    plain = _plain_digits(text)
    phone_spans = [*phones(text)]
    for pattern, needs_word in ((_IBAN, False), (_LONG_NUMBER, False), (_DOCUMENT, True)):
        for match in pattern.finditer(plain):
            start, end = match.span()
            is_phone = any(a < end and start < b for a, b in phone_spans)
            if not is_phone and (not needs_word or _is_after(text, start, _DOCUMENT_WORDS)):
                yield start, end


def addresses(text: str) -> Iterator[Span]:
    """Yield street addresses: words for a street or flat with a number near them."""
    if not _ANY_DIGIT.search(text):
        return
    folded = fold_with_offsets(text)
    reached = (0, 0)
    for match in _STREET.finditer(folded.text):
        first = max(0, match.start() - _NUMBER_NEAR)
        last = min(len(folded.text), match.end() + _NUMBER_NEAR)
        if not _HOUSE_NUMBER.search(folded.text, first, last):
            continue
        if first <= reached[1] and reached[1]:
            reached = reached[0], last
            continue
        if reached[1]:
            yield folded.original_span(*reached)
        reached = first, last
    if reached[1]:
        yield folded.original_span(*reached)


def _plain_digits(text: str) -> str:
    """Return a text with the digits of any script as ASCII, one for one."""
    return "".join(
        str(unicodedata.digit(c)) if not c.isascii() and unicodedata.digit(c, None) is not None
        else c
        for c in text
    )  # fmt: skip


def _is_after(text: str, start: int, words: tuple[str, ...]) -> bool:
    """Return whether one of some words, in any spelling, stands shortly before a place."""
    before = fold_with_offsets(text[max(0, start - _WORD_NEAR) : start]).text
    return any(word in f" {before}" for word in words)


PATTERNS: Final[Mapping[str, Callable[[str], Iterator[Span]]]] = {
    "phone": phones,
    "email": emails,
    "handle": handles,
    "id-number": id_numbers,
    "address": addresses,
}
"""What finds each kind, by id of the question that it raises."""
