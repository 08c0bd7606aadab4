"""Numbers and addresses in running text that can lead to a person.

Better one question too many than one too few; but dates, sums, counts and citations of laws are
full of digits, and a check that asks about each of them would be clicked away.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from undersight.text.folding import fold_with_offsets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Span = tuple[int, int]

_DATE: Final = re.compile(
    r"\b(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:\d{4}|\d{2}))\b"
)
# An ending may stand at the number ("0501234567də"); what goes on with digits is none.
_DIGITS: Final = re.compile(
    r"(?<![\w/])(?<!\d\.)(?:\+|00)?\(?\d[\d\s().\-/·•*_]{4,24}\d(?![\d/]|[^\W\d]*\d)"
)
# As mobile numbers are written at home, without a zero: 50 123 45 67, 599 12 34 56, 493-22-11.
_GROUPS: Final = re.compile(
    r"(?<![\w./-])(?:\(?\d{2,3}\)?[ -]\d{3}[ -]\d{2}[ -]\d{2}|\d{3}(?:[ -]\d{2}){3}"
    r"|\d{3}-\d{2}-\d{2})(?![\w/-]|[.,]\d)"
)
_ANY_DIGIT: Final = re.compile(r"\d")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:[ .\u00a0\u202f]\d{3})+")
# How numbers are written inside Russia and its neighbours: 8, the area, seven digits.
_TRUNK: Final = re.compile(r"8[3-9]\d{9}")
_PHONE_WORDS: Final = (
    "phone", "tel", "call", "mobile", "whatsapp", "nomre", "zeng", "mobil", "telefon", "zvon",
    "nomer", "numara", "cep", "hotline", "signal", "viber", "tlfn", "hatf", "smarh",
)  # fmt: skip
_AT: Final = r"(?:@|[(\[{<]\s?(?:at|a|ət|собака)\s?[)\]}>]|(?<=\s)собака(?=\s))"
_DOT: Final = r"(?:\.|[(\[{<]\s?(?:dot|\.|nöqtə|nokta|точка)\s?[)\]}>])"
_EMAIL: Final = re.compile(
    rf"[\w.+-]+\s?{_AT}\s?[\w-]+(?:\s?{_DOT}\s?[\w-]+)+"
    r"|[\w.+-]+ (?:at|собака) [\w-]+(?: (?:dot|точка) [\w-]+)+",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w@/.])@[\w.]{3,}")
_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:www\.|m\.|[a-z]{2}-[a-z]{2}\.)?"
    r"(?:(?:facebook\.com|fb\.com|instagram\.com|t\.me|x\.com|twitter\.com|vk\.com|ok\.ru|"
    r"telegram\.me|bsky\.app/profile|linkedin\.com/in|threads\.com|"
    r"tiktok\.com|threads\.net|wa\.me|youtube\.com|m\.me|fb\.me|ig\.me|vk\.me|vk\.ru|"
    r"instagr\.am|telegram\.dog|signal\.me|ask\.fm|twitch\.tv|snapchat\.com/add|"
    r"reddit\.com/u(?:ser)?)/|[\w-]+(?:\.[\w-]+)+/@|tg://)[^\s\"'<>()«»“”]+",
    re.IGNORECASE,
)
_USER_NAME: Final = re.compile(r"(?<![\w@/.])[A-Za-z][A-Za-z0-9.]*_[A-Za-z0-9_.]*[A-Za-z0-9]\b")
_USER_WORDS: Final = (
    "telegram", "instagram", "facebook", "tiktok", "twitter", "user", "nick", "nik", "kullanici",
    "istifadeci", "profil", "hesab", "akkaunt", "account", "polzovatel",
)  # fmt: skip
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b")
_LONG_NUMBER: Final = re.compile(r"(?<![\w./])\d(?:[ -]?\d){11,18}(?![\w/])")
_DOCUMENT: Final = re.compile(
    r"\b(?:[A-Z]{1,3}[ №#]{0,2}\d{6,9}|(?=[A-Z0-9]*\d)[A-Z0-9]{7}|\d(?:[ -]?\d){7,11})\b"
)
_PLATE: Final = re.compile(r"(?<![\w-])\d{2}[ -][A-Z]{2}[ -]\d{3}(?![\w-])")
_DOCUMENT_WORDS: Final = (
    "passport", "pasport", "identity", "id card", "id number", "fin ", "fin:", "pin ", "seriya",
    "sexsiyyet", "kimlik", "vesiqe", "udostovereni", "inn ", "snils", "licence", "license",
    " tc ", " t.c", "pasaport",
)  # fmt: skip
_STREET: Final = re.compile(
    r"\b(?:street|avenue|lane|road|apartment|apt|flat|house no"
    r"|kucesi|kuce|kuc|prospekti|prospekt|menzil|mehellesi|mehelle|mikrorayon|mkr"
    r"|ulitsa|ulicesi|ulice|uliza|ulisa|ul|pereulok|pereulka|kvartira|kv|dom"
    r"|sokagi|sokak|sok|caddesi|cadde|cad|mahallesi|mahalle|mah|daire|apartmani)\b\.?"
)  # in the fold space
_HOUSE_NUMBER: Final = re.compile(r"(?<![\d.])\d{1,4}(?![\d.]*\d)")
_SPOT: Final = re.compile(
    r"(?<![\d.])-?\d{1,2}[.]\d{3,}\s?°?\s?[NSnsСсЮю]?[,; ]\s?-?\d{1,3}[.]\d{3,}"
    r"|\d{1,2}°\s?\d{1,2}['′][^\n]{0,24}?\d{1,3}°\s?\d{1,2}['′]"
    r"|(?:maps\.app\.goo\.gl|goo\.gl/maps|maps\.google\.\w+|google\.\w+/maps|yandex\.\w+/maps"
    r"|2gis\.\w+)/[^\s\"'<>()«»“”]+"
)
_SHORT_STREET: Final = re.compile(
    r"\b\d{1,4}[A-Za-z]?,? (?:[A-Z][\w'’]+ ){1,3}(?:St|Ave|Rd|Blvd|Ln|Sq)\b\.?"
    r"|\b(?:[Пп]р|[Пп]р-т|[Пп]росп|[Пп]ер|[Пп]л|[Нн]аб|[Бб]ул|[Бб]-р|[Шш])\.? ?[А-ЯЁ][\w-]+"
    r"(?: [А-ЯЁ][\w-]+)?,? (?:д\.? ?)?\d{1,4}(?![\d.]*\d)"
)
_NUMBER_NEAR: Final = 25
_WORD_NEAR: Final = 24


def phones(text: str) -> Iterator[Span]:
    """Yield telephone numbers: with + or a leading zero, in their groups, or after a word."""
    if not _ANY_DIGIT.search(text):
        return
    plain, origin = _plain(text)
    dates = [match.span() for match in _DATE.finditer(plain)]
    for match in _DIGITS.finditer(plain):
        start, end = match.span()
        written = match[0]
        bare = "".join(character for character in written if character.isdigit())
        is_grouped = written[0] == "+" or _GROUPS.fullmatch(plain, start, end) is not None
        is_dated = not is_grouped and any(a < end and start < b for a, b in dates)
        if not 7 <= len(bare) <= 15 or is_dated:
            continue
        is_marked = (
            is_grouped
            or written.lstrip("(")[0] == "0"
            or _TRUNK.fullmatch(bare) is not None
            or _is_after(plain, start, _PHONE_WORDS)
        )
        if is_marked and not _THOUSANDS.fullmatch(written.strip()):
            yield _span(origin, start, end)


def emails(text: str) -> Iterator[Span]:
    """Yield e-mail addresses, also those written with (at) and (dot)."""
    plain, origin = _plain(text)
    yield from (_span(origin, *match.span()) for match in _EMAIL.finditer(plain))


def handles(text: str) -> Iterator[Span]:
    """Yield user names after @ or a word for them, and addresses of profiles."""
    taken = [*emails(text)]
    plain, origin = _plain(text)
    for pattern, words in ((_PROFILE, ()), (_HANDLE, ()), (_USER_NAME, _USER_WORDS)):
        for match in pattern.finditer(plain):
            start, end = _span(origin, *match.span())
            is_taken = any(a < end and start < b for a, b in taken)
            if not is_taken and (not words or _is_after(plain, match.start(), words)):
                taken.append((start, end))
                yield start, end


def id_numbers(text: str) -> Iterator[Span]:
    """Yield numbers of documents, bank accounts, cards and cars."""
    if not _ANY_DIGIT.search(text):
        return
    plain, origin = _plain(text)
    taken = [*phones(text)]
    for pattern in (_IBAN, _LONG_NUMBER, _PLATE, _DOCUMENT):
        for match in pattern.finditer(plain):
            start, end = _span(origin, *match.span())
            is_taken = any(a < end and start < b for a, b in taken)
            needs_word = pattern is _DOCUMENT
            if is_taken or (needs_word and not _is_after(plain, match.start(), _DOCUMENT_WORDS)):
                continue
            taken.append((start, end))
            yield start, end


def addresses(text: str) -> Iterator[Span]:
    """Yield street addresses (a word for a street with a number near) and places on maps."""
    if not _ANY_DIGIT.search(text):
        return
    plain, origin = _plain(text)
    for pattern in (_SPOT, _SHORT_STREET):
        yield from (_span(origin, *match.span()) for match in pattern.finditer(plain))
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


@lru_cache(maxsize=2)
def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Return a text as one writes it on a plain keyboard, and where each character came from.

    Digits of any script, wide letters and signs, and every dash become ASCII; what is not seen
    (soft hyphens, marks of direction) is left out: none of it hides a number.
    """
    if text.isascii():
        return text, range(len(text))
    kept = [(_PLAIN[c], place) for place, c in enumerate(text) if _PLAIN[c]]
    return "".join(c for c, _ in kept), [place for _, place in kept]


class _PlainCharacters(dict[str, str]):
    """What stands for each character; worked out when it is first met."""

    def __missing__(self, character: str) -> str:
        category = unicodedata.category(character)
        plain = character
        if category == "Cf":
            plain = ""
        elif category == "Pd" or character == "\u2212":
            plain = "-"
        elif (digit := unicodedata.digit(character, None)) is not None and category == "Nd":
            plain = str(digit)
        elif "\uff01" <= character <= "\uff5e":
            plain = unicodedata.normalize("NFKC", character)
        self[character] = plain
        return plain


_PLAIN: Final = _PlainCharacters()


def _span(origin: Sequence[int], start: int, end: int) -> Span:
    """Return the span of the text as given that a span of the plain text came from."""
    return origin[start], origin[end - 1] + 1


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
