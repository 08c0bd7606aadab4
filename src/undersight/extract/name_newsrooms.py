"""Outlets that are called like plain words or people, told by the company they keep in English.

"Lantern reporter Nora Dag", "we at Lantern", "Karl Bruun of Nordlys", "Nora Dag (Blue Desk)": no
word inside such a name says what it is; who works there, or what it does, says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.coreference import WORD
from undersight.extract.personal_names import (
    is_given_name,
    is_personal,
    is_plain_given_name,
    is_surname,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.extract.engine import Passage, Span

_NEAR = 70
_STAFF = (
    r"(?:editors?|editors?-in-chief|reporters?|correspondents?|journalists?|columnists?"
    r"|contributors?|presenters?|photographers?|cameram[ae]n|photojournalists?|anchors?|hosts?"
    r"|newsreaders?|staffers?|publisher|newsroom|film crew|camera crew)"
)
_RANK = (
    r"(?:(?:deputy|chief|senior|former|acting|managing|freelance|investigative|special|regional"
    r"|news|night|political|sports|court) ){0,2}"
)
_BEHIND = re.compile(
    rf"(?:'s)? {_RANK}{_STAFF}\b(?! (?:union|association|club|guild|syndicate|union's))"
    r"|'s (?:[\w-]+ )?(?:(?:web)?site|homepage|subscribers|camera crew|film crew)\b"
    r"|, (?:whose|which has its) (?:[\w-]+ )?(?:web)?(?:site|pages?|channel|newsroom|editor"
    r"|servers?"
    r"|reporters?|journalists?|readers)\b"
    r"|, which (?:is |was )?(?:published|broadcasts?|reports|writes|prints|airs)\b"
)
_REPORTS = re.compile(
    r" (?:reports|reported|writes|wrote|published|quoted|learned|revealed|first reported)\b"
)
_BEFORE = re.compile(
    r"\b(?:(?:we|us|newsroom|staff|team|colleagues|journalists?|reporters?|editors?|people) at"
    r"|(?:publisher|co-publisher|film crew|camera crew|newsroom|editorial (?:office|board|staff)"
    r"|crew|assignment|reporters?|journalists?|correspondents?) (?:of|from)|assignment for)"
    r" (?:the )?$"
)
_FROM = re.compile(rf"({WORD} {WORD}) of $")
_BEARER = re.compile(rf"({WORD} {WORD}) \($")
_LEADS = frozenset(
    ["free", "voice", "half", "world", "life", "law", "northern", "southern", "western", "eastern",
     "morning", "spring", "summer", "autumn", "winter", "open", "fast", "inside", "truth", "first",
     "central", "home", "hour", "public", "social", "second", "fourth", "fifth", "seven", "nine"]
)  # fmt: skip
# what newspapers employ, and what a reporter reports on: no names
_PLAIN = frozenset(
    ["freelance", "radio", "tv", "television", "sports", "news", "war", "crime", "court", "photo",
     "video", "medical", "local", "investigative", "police", "field", "student", "citizen",
     "environmental", "independent", "foreign", "veteran", "press", "web", "online", "expert"]
)  # fmt: skip
_NUMBER = re.compile(r"(?<!\w)(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten) $")
_PARTY = re.compile(r" (?:party|movement|coalition|campaign|alliance)\b")
_PLACED = r"(?:in|near|outside|town of|city of|village of) "


def is_newsroom(passage: Passage, words: Sequence[str], span: Span) -> bool:
    """Whether a name has reporters, readers or a site, and is nobody's own name and no town's.

    Args:
        passage: The entry.
        words: The words of the name, without endings.
        span: Where it stands.
    """
    low = passage.low
    before = low[max(passage.start, span[0] - _NEAR) : span[0]]
    is_told = (
        _BEHIND.match(low, span[1], passage.end)
        or _BEFORE.search(before)
        or is_bracketed(passage, span)
        or (len(words) == 1 and _is_of(passage, _FROM, span[0]))
    )
    is_plain = len(words) == 1 and words[0].lower() in _PLAIN
    return bool(is_told) and not is_plain and not _is_else(passage, words)


def is_bracketed(passage: Passage, span: Span) -> bool:
    """Whether a name in brackets tells for whom the person before them works.

    Args:
        passage: The entry.
        span: Where it stands.
    """
    if passage.text[span[0] - 1 : span[0]] != "(" or passage.text[span[1] : span[1] + 1] != ")":
        return False
    return _is_of(passage, _BEARER, span[0])


def is_of_somebody(passage: Passage, words: Sequence[str], span: Span) -> bool:
    """Whether a name of several words in brackets tells for whom the person before works.

    Args:
        passage: The entry.
        words: The words of the name.
        span: Where it stands.
    """
    return is_bracketed(passage, span) and not is_surname(words[-1])


def with_lead(passage: Passage, first: int, start: int) -> int:
    """Return where an outlet's name begins whose first word is a number: "Seven Hills TV".

    Args:
        passage: The entry.
        first: Where the run of capitals begins.
        start: Where it begins without function words.
    """
    number = _NUMBER.search(passage.text, first, start)
    if number is None or passage.sentence_at(number.start())[0] == number.start():
        return start
    return number.start()


def _is_of(passage: Passage, pattern: re.Pattern[str], start: int) -> bool:
    """Whether a person's name stands before, as a pattern has it."""
    named = pattern.search(passage.text, max(passage.start, start - _NEAR), start)
    return named is not None and is_personal(named[1].split())


def reports(passage: Passage, name: str, end: int) -> bool:
    """Whether a word that might be an adjective reports something, or has reporters.

    Args:
        passage: The entry.
        name: The word.
        end: Where it ends.
    """
    is_plain = name.lower() in _PLAIN
    told = _REPORTS.match(passage.low, end) or _BEHIND.match(passage.low, end)
    return told is not None and not is_plain


def rather(passage: Passage, kind: str | None, span: Span) -> str | None:
    """Return what a body is whose own name only seems to say it: "Blue Desk", "People's Voice".

    Args:
        passage: The entry.
        kind: What its head word says.
        span: Where it stands.
    """
    if kind == "agency" and is_newsroom(passage, passage.text[slice(*span)].split(), span):
        return "outlet"
    return "organisation" if kind == "outlet" and _PARTY.match(passage.low, span[1]) else kind


def is_lead(words: Sequence[str]) -> bool:
    """Whether a plain word in capitals begins a name: "Free Steppe", and no person's.

    Args:
        words: The run of words in capitals, the plain word first.
    """
    return (
        words[0].lower() in _LEADS
        and len(words) > 1
        and words[1][0].isupper()
        and not any(map(is_plain_given_name, words[1:]))
    )


def _is_else(passage: Passage, words: Sequence[str]) -> bool:
    """Whether a name is a person's, told in full elsewhere or by a given name, or a town's."""
    if (is_personal(words) and len(words) > 1) or is_given_name(words[0]):
        return True
    name = re.escape(" ".join(words))
    elsewhere = re.compile(rf"(?:{WORD} (?<!The )(?<!Former ){name}|(?i:{_PLACED}){name})(?!\w)")
    return elsewhere.search(passage.text, passage.start, passage.end) is not None
