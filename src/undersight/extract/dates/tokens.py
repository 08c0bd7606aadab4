"""Text cut into items that a date grammar can read, with exact offsets.

An item has a *concept* (``MONTH``, ``DAY``, ``YEAR``, ``DAYWORD``, a literal word...), an *ending*
(a case that matters for ranges: ``f`` from, ``t`` to, ``o`` ordinal...) and a value. What no
grammar needs is ``OTHER``. One regular expression, no nested repetition: linear in the text.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undersight.extract.dates.expressions import Partial

if TYPE_CHECKING:
    from undersight.extract.dates.language import Language

OTHER: Final = "OTHER"
BREAK: Final = "BREAK"
SECTION: Final = "SECTION"
STOP: Final = "STOP"
DATE: Final = "DATE"

_ITEM = re.compile(
    r"""
    (?P<gap>\n[^\S\n]*\n\s*)
  | (?P<link>(?:https?://|www\.)\S+ | [@#]\w+)
  | (?P<stamp>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)
  | (?P<grouped>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d))
  | (?P<joined>\d+(?:[./:\u2010-\u2014-]\d+)+)
    (?:[-\u2010\u2011'’ʼ]?(?P<tail>(?:[^\W\d_][\u0300-\u036f]*)+))?
  | (?P<number>\d+)(?:(?P<glue>[-\u2010-\u2013'’ʼ]?)(?P<ending>(?:[^\W\d_][\u0300-\u036f]*)+))?
  | (?P<word>[^\W\d_][\w\u0300-\u036f]*(?:['’ʼ](?:[^\W\d_][\u0300-\u036f]*)+)*)
  | (?P<sign>[^\w\s]|_)
    """,
    re.VERBOSE,
)
_PARTS = re.compile(r"\d+")
_DOTTED_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)(?!\d)")
_SHORT_DAY = re.compile(
    r"(\d\d)\.(\d\d)(?![.,]?\d|\s*(?:%|[₼₽₺€$£]|[^\W\d]*(?:manat|руб|тенге|тыс|млн|млрд|lira|euro"
    r"|евро|dollar|долл|lari|million|billion|thousand|percent|процент|faiz|min\b|milyon|milyar|bin\b"
    r"|km\b|кг|kg\b)))"
)
_HOUR_BEFORE = re.compile(r"(?:\b(?:at|saat|в|version|v\.?|no\.?|nr\.?)|[№#]) ?$", re.IGNORECASE)
_LEAP_YEAR: Final = 2000
_SIGNS: Final = {",": ",", "-": "-", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "(": "LPAR",
                 ")": "RPAR", ".": STOP, "!": STOP, "?": STOP, ";": STOP, "…": STOP}  # fmt: skip
_MONEY: Final = frozenset("$€£₼₽₺+№")
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2099
_LONGEST_NUMBER: Final = 9
_SPELLING = str.maketrans({
    "İ": "i", "I": "i", "ı": "i", "Ə": "e", "ə": "e", "Ğ": "g", "ğ": "g", "Ş": "s", "ş": "s",
    "Ç": "c", "ç": "c", "Ö": "o", "ö": "o", "Ü": "u", "ü": "u", "â": "a", "î": "i", "û": "u",
    "'": "", "’": "", "ʼ": "",
})  # fmt: skip


@dataclass(slots=True)
class Item:
    """One piece of text as the grammar sees it.

    Args:
        start: Offset of the first character.
        end: Offset after the last character.
        concept: What it is to the grammar.
        ending: Its case, as far as a rule needs it.
        value: What it means: a number, a month, a date.
        cue: ``strong`` or ``weak`` where it announces something to come.
    """

    start: int
    end: int
    concept: str
    ending: str = ""
    value: Any = None
    cue: str = ""


@functools.lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """Return a word without case, diacritics or apostrophes, for looking it up."""
    plain = word.translate(_SPELLING).lower()
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in parts if not unicodedata.combining(char))


def items_of(text: str, language: Language, context: dt.date | None) -> list[Item]:
    """Cut a text into items.

    Args:
        text: Any text; offsets count its characters.
        language: Words, endings and cues.
        context: Decides the century of two-digit years.
    """
    found: list[Item] = []
    read = language.read
    for match in _ITEM.finditer(text):
        kind = match.lastgroup
        if kind == "word" or match["word"] is not None:
            found.append(Item(*match.span(), *read(match["word"])))
        elif match["number"] is not None:
            found.extend(_number_items(match, language))
        elif match["sign"] is not None:
            _add_sign(found, match, language, text)
        elif match["joined"] is not None:
            found.append(_joined_item(match, language, context))
        else:
            found.append(_rare_item(match))
    _read_short_days(found, text)
    _drop_article_numbers(found, text)
    return _with_phrases(found, text, language)


def _add_sign(found: list[Item], match: re.Match[str], language: Language, text: str) -> None:
    sign = match["sign"]
    last = found[-1] if found else None
    if sign == "." and last is not None and last.end == match.start():
        raw = text[last.start : last.end]
        if last.concept != OTHER and language.is_abbreviation(raw):
            last.end = match.end()
            return
    found.append(Item(match.start(), match.end(), _SIGNS.get(sign, OTHER), "", sign))


def _rare_item(match: re.Match[str]) -> Item:
    gap, stamp = match["gap"], match["stamp"]
    if gap is not None:
        concept = SECTION if gap.count("\n") > 2 else BREAK
        return Item(match.start(), match.end(), concept)
    if stamp is not None:
        year, month, day = (int(part) for part in stamp[:10].split("-"))
        partial = _partial(year, month, day)
        if partial is not None:
            return Item(match.start(), match.end(), DATE, "", partial)
    return Item(match.start(), match.end(), OTHER)


def _number_items(match: re.Match[str], language: Language) -> list[Item]:
    digits, ending = match["number"], match["ending"]
    start, end = match.start("number"), match.end("number")
    before = match.string[start - 1 : start]
    if len(digits) > _LONGEST_NUMBER or before in _MONEY or before.isalnum():
        return [Item(start, match.end(), OTHER)]
    number = Item(start, end, _number_concept(digits), "", int(digits))
    if ending is None:
        return [number]
    known, _, _ = language.lookup(ending)
    case = language.ending_of(ending)
    if case is not None:
        number.end, number.ending = match.end(), case
        return [number]
    if known != OTHER:
        word = Item(match.start("ending"), match.end("ending"), *language.lookup(ending))
        if match["glue"] in _SIGNS and known == "MONTH":
            return [number, Item(end, end + 1, "-"), word]
        return [number, word]
    return [Item(start, match.end(), OTHER)]


def _number_concept(digits: str) -> str:
    value = int(digits)
    if len(digits) <= 2 and 1 <= value <= 31:
        return "DAY"
    return "YEAR" if len(digits) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR else "NUM"


def _joined_item(match: re.Match[str], language: Language, context: dt.date | None) -> Item:
    start, end = match.span()
    ending, tail = "", match["tail"]
    if tail is not None:
        case = language.ending_of(tail)
        if case is None:
            if language.lookup(tail)[0] != "YEARWORD":  # "2019-2021гг"
                return Item(start, end, OTHER)
        else:
            ending = case
    before = match.string[start - 1 : start]
    is_between_slashes = before == "/" == match.string[match.end() : match.end() + 1]
    is_dateline = is_between_slashes and match.string[start - 2 : start - 1].isalpha()
    if before in _MONEY or before.isalnum() or (before in (".", "/", "_") and not is_dateline):
        return Item(start, match.end(), OTHER)
    parts, sign = _parts_and_sign(match["joined"])
    concept, value = _read_joined(parts, sign, language, context)
    return Item(start, end, concept, ending, value)


def _parts_and_sign(joined: str) -> tuple[list[str], str]:
    """Return the numbers and the one sign between them; no numbers where signs are mixed."""
    parts, signs = _PARTS.findall(joined), set(re.sub(r"\d+", "", joined))
    if len(signs) > 1 or any(len(part) > 4 for part in parts):
        return [], ""
    sign = signs.pop()
    return parts, sign if sign in "./:" else "-"


def _read_joined(
    parts: list[str],
    sign: str,
    language: Language,
    context: dt.date | None,
) -> tuple[str, Any]:
    if sign == ":":
        return OTHER, None
    if len(parts) == 3:
        return _three_parts(parts, sign, language, context)
    return _two_parts(parts, sign) if len(parts) == 2 else (OTHER, None)


def _three_parts(
    parts: list[str],
    sign: str,
    language: Language,
    context: dt.date | None,
) -> tuple[str, Any]:
    lengths = tuple(len(part) for part in parts)
    a, b, c = (int(part) for part in parts)
    if lengths[0] == 4 and max(lengths[1:]) <= 2:
        return _dated(_partial(a, b, c))
    if lengths[2] == 4 and max(lengths[:2]) <= 2:
        year = c
    elif lengths == (2, 2, 2) and sign != "-":
        year = _full_year(c, context)
    else:
        return OTHER, None
    day_first = _partial(year, b, a)
    month_first = None if language.is_day_first or sign != "/" else _partial(year, a, b)
    if day_first and month_first and a != b:
        return DATE, Partial(readings=(day_first, month_first))
    return _dated(day_first or month_first)


def _dated(partial: Partial | None) -> tuple[str, Any]:
    return (DATE, partial) if partial else (OTHER, None)


def _full_year(two_digits: int, context: dt.date | None) -> int:
    newest = (context.year if context else 2049) + 1
    year = newest // 100 * 100 + two_digits
    return year if year <= newest else year - 100


def _two_parts(parts: list[str], sign: str) -> tuple[str, Any]:
    lengths = tuple(len(part) for part in parts)
    a, b = (int(part) for part in parts)
    if sign == "-":
        return _dashed_pair(lengths, a, b)
    if sign == "/" and lengths == (2, 4) and 1 <= a <= 12 and _FIRST_YEAR <= b <= _LAST_YEAR:
        return DATE, Partial(year=b, month=a)
    if sign == "." and lengths[1] == 1 and lengths[0] <= 2:
        return "DECIMAL", (a, b)
    return OTHER, None


def _dashed_pair(lengths: tuple[int, ...], a: int, b: int) -> tuple[str, Any]:
    if max(lengths) <= 2 and 1 <= a < b <= 31:
        return "DAYRANGE", (a, b)
    if max(lengths) <= 3 and 1 <= a < b:
        return "NUMRANGE", (a, b)
    if lengths[0] != 4 or not _FIRST_YEAR <= a <= _LAST_YEAR:
        return OTHER, None
    if lengths[1] == 4 and a < b <= _LAST_YEAR:
        return "YEARRANGE", (a, b)
    if lengths[1] != 2:
        return OTHER, None
    is_month, is_years = 1 <= b <= 12, a % 100 < b
    years = (a, a // 100 * 100 + b)
    if is_month and is_years and b == a % 100 + 1:
        return "YEARRANGE", years  # 2011-12 in running text is two years
    if is_month:
        return DATE, Partial(year=a, month=b)
    return ("YEARRANGE", years) if is_years else (OTHER, None)


def _partial(year: int, month: int, day: int) -> Partial | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        dt.date(year, month, day)
    except ValueError:
        return None
    return Partial(year=year, month=month, day=day)


def _read_short_days(found: list[Item], text: str) -> None:
    """Read "18.01" as a day where days stand as "17.01.2021" before: not a sum, not an hour."""
    is_usual = False
    for item in found:
        if item.concept == DATE and _DOTTED_DAY.match(text, item.start):
            is_usual = True
        short = _SHORT_DAY.match(text, item.start) if is_usual and item.concept == OTHER else None
        if short is None or _HOUR_BEFORE.search(text, max(0, item.start - 12), item.start):
            continue
        if _partial(_LEAP_YEAR, int(short[2]), int(short[1])):
            item.concept, item.value = DATE, Partial(month=int(short[2]), day=int(short[1]))


def _drop_article_numbers(found: list[Item], text: str) -> None:
    """Take the numbers of articles, versions and file numbers out of the game."""
    for index, item in enumerate(found):
        if item.concept == "ARTICLE":
            if item.value == "dotted" and text[item.end - 1] != ".":
                continue
            step = -1 if item.value == "after" else 1
            _drop_from(index + step, step, found, text)


def _drop_from(index: int, step: int, found: list[Item], text: str) -> None:
    """Drop one number, and on from it what commas and hyphens join, short of a date."""
    is_joined = True
    n_dropped = 0
    while 0 <= index < len(found):
        item = found[index]
        if text[item.start].isdigit():
            has_month = index + 1 < len(found) and found[index + 1].concept == "MONTH"
            is_date = item.concept == DATE and n_dropped > 0
            if not is_joined or has_month or is_date or item.concept == "YEAR":
                return
            item.concept, is_joined = OTHER, False
            n_dropped += 1
        elif item.concept in (",", "-", "AND", STOP):
            is_joined = True
        else:
            return
        index += step


def _with_phrases(found: list[Item], text: str, language: Language) -> list[Item]:
    """Join neighbours that are one word of the grammar: "iki gün", "çərşənbə axşamı"."""
    if not language.phrase_starts:
        return found
    joined: list[Item] = []
    index = 0
    while index < len(found):
        item = found[index]
        length = _phrase_length(found, index, text, language)
        if length:
            last = found[index + length - 1]
            words = _phrase(found[index : index + length], text, language)
            joined.append(Item(item.start, last.end, *language.phrases[words]))
            index += length
        else:
            joined.append(item)
            index += 1
    return joined


def _phrase(items: list[Item], text: str, language: Language) -> str:
    words = [language.key(text[item.start : item.end]) for item in items if item.concept != "-"]
    return " ".join(words)


def _phrase_length(found: list[Item], index: int, text: str, language: Language) -> int:
    item = found[index]
    if not text[item.start].isalpha():
        return 0
    if language.key(text[item.start : item.end]) not in language.phrase_starts:
        return 0
    for length in range(min(language.longest_phrase, len(found) - index), 1, -1):
        piece = found[index : index + length]
        if piece[-1].concept != "-" and _phrase(piece, text, language) in language.phrases:
            return length
    return 0
