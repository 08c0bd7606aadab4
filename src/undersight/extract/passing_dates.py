"""Hands dates over: the mentions that `extract.dates` finds in an entry, as candidates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.dates import find_dates
from undersight.extract.engine import Candidate, Finder, Passage
from undersight.extract.openings import STAMP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.extract.dates.expressions import DateMention


_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_FIRST_NAME = re.compile(r"(?:Jan|Mar|April|May|June|August) [A-Z][a-z]")
_TALLY = 90
_NTH = re.compile(r"\b(?:second|third|fourth|fifth|sixth|seventh|\d+(?:nd|rd|th))\b[^.;\n]*$")
_UNITS = ("last-unit", "this-unit")
_THIS_YEAR = frozenset({"bu yıl", "bu il", "в этом году", "этом году"})
_NTH_BEHIND = re.compile(
    r"[ ,]*(?:artıq |уже )?(?:\S+ )?"
    r"(?:(?:ikinci|üçüncü|dördüncü|beşinci|altıncı|\d+\.?) (?:kez|kere|defa|dəfə)"
    r"|(?:во второй|в третий|в четв[её]ртый|в пятый) раз"
    r"|(?:второй|третий|четв[её]ртый|пятый) случай)"
)
_BESIDE_ANOTHER = ("unit-before", "following-day", "following-unit")
_SEVERAL = re.compile(r"\b(?:days|weeks|months|years|hours)\b", re.IGNORECASE)
_BESIDE = re.compile(r", (?:in|on) ")
_DAY_NAME = re.compile(r"[A-Z][a-z]+ (?:Today|Tomorrow|Tonight|Sunday|Weekly)$")


def _is_in_name(text: str, start: int, end: int) -> bool:
    """Whether a word for a day ends a name, as of a newspaper: "Qala Today"."""
    return _DAY_NAME.search(text[max(0, start - 30) : end]) is not None


def _is_first_name(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start] == " of " and bool(_FIRST_NAME.match(text, start))


def _is_tally(text: str, start: int, end: int) -> bool:
    """Whether "this year" only says in which span something came about so many times."""
    told = text[start:end].lower()
    if told == "this year":
        return _NTH.search(text[max(0, start - _TALLY) : start]) is not None
    return told in _THIS_YEAR and _NTH_BEHIND.match(text[end : end + _TALLY].lower()) is not None


def _opens_words(text: str, start: int, end: int, mentions: Iterable[DateMention]) -> bool:
    """Whether a stamp stands before a sentence with a day of its own.

    "[Updated 4 May] On 2 May, police summoned"; without another day, the stamp's is what is told.
    """
    before = text[text.rfind("\n", 0, start) + 1 : start]
    stop = _SENTENCE_END.search(text, end)
    last = stop.start() if stop else len(text)
    days = (other for other in mentions if other.named or other.date)  # lengths of time are none
    return not before.strip() and any(end <= other.named_start < last for other in days)


def finder(lang: str) -> Finder:
    """Return a finder of dates; lengths of time are none."""

    def find(passage: Passage) -> Iterator[Candidate]:
        part = passage.text[passage.start : passage.end]
        head = passage.body - passage.start
        mentions = find_dates(part, lang, passage.bound, passage.latest)
        stamps = [
            match.span()
            for match in STAMP.finditer(part)
            # Beside the headline, or before the words of a paragraph: a line of its own is a date.
            if match.start() < head or _opens_words(part, *match.span(), mentions)
        ]
        for mention in mentions:
            date = mention.named or mention.date
            if date is None or _is_in_name(part, mention.named_start, mention.named_end):
                continue
            if any(first <= mention.named_start < last for first, last in stamps):
                continue  # the entry's own `updated`
            if mention.rule in _BESIDE_ANOTHER and _SEVERAL.search(
                part[mention.start : mention.end]
            ):
                continue  # "in the days before", "over the following weeks" tell no day
            if _FIRST_NAME.match(part, mention.named_start) and part[
                : mention.named_start
            ].endswith(" of "):
                continue  # "the lawyer of Jan Orel"
            if mention.rule in _UNITS and _is_tally(part, mention.start, mention.end):
                continue  # "the third attack of this kind this year"
            if mention.rule == "ago" and any(
                other.named and _BESIDE.fullmatch(part, mention.named_end, other.named_start)
                for other in mentions
                if other.named_start > mention.named_end
            ):
                continue  # "a year ago, in January 2020"
            yield Candidate(
                kind="date",
                value=date.edtf,
                start=passage.start + mention.named_start,
                end=passage.start + mention.named_end,
                rule=f"{lang}.date.{mention.rule}",
                confidence=mention.confidence,
                alternatives=tuple(
                    other.edtf for other in mention.alternatives if other.edtf != date.edtf
                ),
            )

    return find
