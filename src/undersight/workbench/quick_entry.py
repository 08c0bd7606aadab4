"""The five-field entry: who, what, when, source, one line."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from undersight.errors import InvalidDateError, UnknownTermError
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.vocabulary import vocabulary
from undersight.text import fold
from undersight.workbench.words_beside_dates import weighed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from undersight.extract.dates.expressions import DateMention
    from undersight.workbench.session import Workspace

_DAY_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)(?:st|nd|rd|th)?")
_IN_FIGURES = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})\s*\.?\s*")
_HOUR = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
_RECORD_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MONTHS = 12
_YEARS = range(1800, 2200)
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person answered.

    Args:
        who: Names of those acted upon; may be empty.
        what: An act's id, or its words in any of the four languages.
        when: A date as EDTF or in words.
        sources: Outlets, titles or addresses.
        line: What happened.
        lang: Language of the words.
    """

    who: Sequence[str]
    what: str
    when: str
    sources: Sequence[str]
    line: str
    lang: str


def document(answers: Answers, *, today: dt.date) -> dict[str, Any]:
    """Return the entry document of five answers.

    Raises:
        UnknownTermError: The act is not in the vocabulary; the nearest are named.
        InvalidDateError: The date is none, or can be read in two ways.
    """
    act = {
        "act_type": act_type(answers.what),
        "start": read_date(answers.when, lang=answers.lang, today=today),
        "people": [_person(given) for given in answers.who if given],
    }
    return {
        "lang": answers.lang,
        "title": answers.line,
        "summary": answers.line,
        "acts": [act],
        "sources": [_source(given) for given in answers.sources if given],
    }


def _person(given: str) -> dict[str, str]:
    """Somebody by name or, where the id of a record is given, whom that stands for."""
    key = "party" if _RECORD_ID.fullmatch(given.strip()) else "name"
    return {key: given.strip(), "role": "victim"}


def act_type(words: str) -> str:
    """Return the act that an id or words in any language name.

    Raises:
        UnknownTermError: None; the nearest are named.
    """
    terms = vocabulary("act_type").terms
    if words in terms:
        return words
    by_label: dict[str, str] = {}
    for term in terms.values():
        for label in (term.term_id.replace("_", " "), *term.label.values()):
            by_label.setdefault(fold(label), term.term_id)
    found = by_label.get(fold(words))
    if found:
        return found
    near = difflib.get_close_matches(fold(words), by_label, n=3)
    raise UnknownTermError("act_type", words, tuple(dict.fromkeys(by_label[n] for n in near)))


def read_date(text: str, *, lang: str, today: dt.date) -> dict[str, Any]:
    """Return the date that EDTF or words give, as JSON.

    Raises:
        InvalidDateError: It is none, or can be read in two ways.
    """
    try:
        read = FuzzyDate.parse(text.strip(), field="when")
    except InvalidDateError as strict:
        found = _fullest(text, lang, today)
        if found is None:
            _refuse_day_in_month(text, lang, today)
            raise strict from None
        read = replace(found, as_text=text.strip())
    for bound in (read.earliest, read.latest):
        if bound is not None and bound.year not in _YEARS:
            reason = f"the year {bound.year:04} is of another calendar or mistyped"
            raise InvalidDateError(text, reason, "when")
    return read.to_json()


def typed_date(workspace: Workspace, text: str, *, lang: str = "") -> dict[str, Any]:
    """Return the date that somebody typed, as JSON; words count from today.

    Args:
        workspace: The workspace.
        text: EDTF or words in any of the four languages.
        lang: The language they are most likely in; the workspace's if not given.

    Raises:
        InvalidDateError: It is none, or can be read in two ways.
    """
    return read_date(text, lang=lang or workspace.lang, today=workspace.today)


def _fullest(text: str, lang: str, today: dt.date) -> FuzzyDate | None:
    """Return the date in the language that reads most of the words; nothing may be left over.

    English reads a year in "5 Mayıs 2031'de", Turkish the day.

    Raises:
        InvalidDateError: It can mean several days.
    """
    best: DateMention | None = None
    for language in dict.fromkeys((lang, "en", "az", "ru", "tr")):
        found = _mention(text, language, today)
        if found and (best is None or found.end - found.start > best.end - best.start):
            best = found
    if best is None:
        return None
    unread = f"{text[: best.start]} {text[best.end :]}"
    if any(sign.isdecimal() for sign in _HOUR.sub("", unread)):
        return None
    if best.alternatives:
        readings = " or ".join(reading.edtf for reading in best.alternatives)
        raise InvalidDateError(text, f"it can mean {readings}", "when")
    if best.date is None:
        return None
    return weighed(text, best.start, best.end, best.date, best.named or best.date)


def _refuse_day_in_month(text: str, lang: str, today: dt.date) -> None:
    """Say what is wrong with a day that its month does not have: 31 February, 31.02.2031.

    Raises:
        InvalidDateError: The month has no such day.
    """
    if figures := _IN_FIGURES.fullmatch(text):
        first, _, second, year = figures.groups()
        day, month = sorted((int(first), int(second)), reverse=True)
        if 1 <= month <= _MONTHS < day:  # else it can be either, or neither
            FuzzyDate.parse(f"{year}-{month:02}-{day:02}", field="when")
    numbers = _DAY_NUMBER.findall(text)
    if len(numbers) != 1:
        return
    rest = _DAY_NUMBER.sub("", text, count=1)
    for language in dict.fromkeys((lang, "en", "az", "ru", "tr")):
        told = _date_in_words(rest, language, today)
        if told is not None and _MONTH.fullmatch(told.edtf):
            FuzzyDate.parse(f"{told.edtf}-{int(numbers[0]):02}", field="when")


def _date_in_words(text: str, lang: str, today: dt.date) -> FuzzyDate | None:
    """Return the one date in a few words, or None where there is none or several."""
    found = _mention(text, lang, today)
    return found.date if found else None


def _mention(text: str, lang: str, today: dt.date) -> DateMention | None:
    from undersight.extract.dates import find_dates

    found = [mention for mention in find_dates(text, lang, today) if not mention.is_duration]
    return found[0] if len(found) == 1 and found[0].date is not None else None


def _source(given: str) -> dict[str, Any]:
    if given.startswith(("https://", "http://")):
        return {"url": given}
    return {"publisher": {"name": given, "party_kind": "outlet"}}
