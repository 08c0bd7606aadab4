"""From a pasted text to a draft: split, read newest first, run the rules, lay out the fields."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from undersight.extract import layout
from undersight.extract.dates import find_dates
from undersight.extract.engine import (
    Candidate,
    Language,
    Passage,
    fold_text,
    run,
    split_sentences,
)
from undersight.extract.split import Section, headline_text, split
from undersight.model.draft import Draft, DraftEntry

if TYPE_CHECKING:
    from undersight.extract.gazetteer import Gazetteer

LANGUAGES = ("en", "az", "ru", "tr")
HintSource = Callable[[str, DraftEntry], Iterable[Candidate]]
_SLACK = dt.timedelta(days=60)  # an entry may tell of days somewhat after the one above it
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def draft(
    text: str,
    *,
    context_date: dt.date | None,
    lang: str | None = None,
    gazetteer: Gazetteer | None = None,
    hints: Iterable[HintSource] = (),
) -> Draft:
    """Propose entries and fields for a monitor's text.

    Args:
        text: As given; all offsets count its characters.
        context_date: The day the text was published or saved, which dates without a year look
            back from; None leaves them without one.
        lang: ``en``, ``az``, ``ru`` or ``tr``; None tells it per entry.
        gazetteer: Names the user confirmed before.
        hints: Further sources of proposals, such as a local model; they only add.
    """
    sections = split(text, _is_incident_in(lang))
    drafted: dict[int, DraftEntry] = {}
    bound = context_date
    for i in _reading_order(text, sections, context_date, lang):
        section = sections[i]
        language = language_of(text[section.start : section.end], lang)
        here = _bound(text, section, bound, context_date, language.lang)
        updated = _updated(text, section, here, language.lang)
        if updated:
            here = dt.date.fromisoformat(updated)
        passage = _passage(text, section, language, here, gazetteer)
        entry = layout.entry(passage, run(passage), headline_text(text, section), updated)
        drafted[i] = layout.with_hints(text, entry, hints)
        bound = _main_day(entry, here)
    return Draft(entries=tuple(drafted[i] for i in range(len(sections))))


@cache
def load_language(lang: str) -> Language | None:
    """Return a language's rules; None where there are none yet."""
    try:
        module = importlib.import_module(f"undersight.extract.rules_{lang}")
    except ModuleNotFoundError as error:
        if error.name != f"undersight.extract.rules_{lang}":
            raise
        return None
    language: Language = module.LANGUAGE
    return language


def language_of(part: str, lang: str | None = None) -> Language:
    """Tell the language of a text among those with rules; English where nothing speaks."""
    if lang is not None:
        given = load_language(lang)
        if given is not None:
            return given
    known = [language for code in LANGUAGES if (language := load_language(code))]
    words = re.findall(r"[^\W\d_]+", part.lower())
    score = {language.lang: sum(w in language.markers for w in words) for language in known}
    return max(known, key=lambda language: score[language.lang])


def _is_incident_in(lang: str | None) -> Callable[[str], bool]:
    def is_incident(part: str) -> bool:
        language = language_of(part, lang)
        return language.is_incident(fold_text(part, language.fold))

    return is_incident


def _passage(
    text: str,
    section: Section,
    language: Language,
    bound: dt.date | None,
    gazetteer: Gazetteer | None,
) -> Passage:
    part = fold_text(text[section.start : section.end], language.fold)
    low = " " * section.start + part + " " * (len(text) - section.end)
    body = section.headline[1] if section.headline else section.start
    if section.headline and body < section.end:
        low = f"{low[:body]}\n{low[body + 1 :]}"
    sentences = (
        *split_sentences(low, section.start, body),
        *split_sentences(low, body, section.end),
    )
    return Passage(
        text=text,
        low=low,
        start=section.start,
        end=section.end,
        body=body,
        sentences=sentences,
        language=language,
        bound=bound,
        gazetteer=gazetteer,
    )


# --- dates that look back ------------------------------------------------------------------------


def _reading_order(
    text: str, sections: tuple[Section, ...], context: dt.date | None, lang: str | None
) -> list[int]:
    """Read from the newest entry to the oldest, so that years run backwards."""
    days = [
        _first_day(
            text, section, context, language_of(text[section.start : section.end], lang).lang
        )
        for section in sections
    ]
    known = [day for day in days if day]
    n_down = sum(a > b for a, b in zip(known, known[1:], strict=False))
    n_up = sum(a < b for a, b in zip(known, known[1:], strict=False))
    order = list(range(len(sections)))
    return order[::-1] if n_up > n_down and n_up > 1 else order


def _first_day(text: str, section: Section, context: dt.date | None, lang: str) -> dt.date | None:
    part = text[section.start : min(section.end, section.start + 600)]
    for mention in find_dates(part, lang, context):
        if mention.named and _DAY.fullmatch(mention.named.edtf):
            return dt.date.fromisoformat(mention.named.edtf)
    return None


def _bound(
    text: str, section: Section, above: dt.date | None, context: dt.date | None, lang: str
) -> dt.date | None:
    """Return the day that an entry's yearless dates look back from."""
    if context is None or above is None:
        return context
    here = min(context, above + _SLACK)
    if section.dated:
        day = _last_day(text, section.dated, here, lang)
        return min(day, context) if day else here
    return here


def _last_day(
    text: str, span: tuple[int, int], context: dt.date | None, lang: str
) -> dt.date | None:
    days = [
        mention.named.latest
        for mention in find_dates(text[slice(*span)], lang, context)
        if mention.named and mention.named.latest
    ]
    return max(days, default=None)


def _updated(text: str, section: Section, bound: dt.date | None, lang: str) -> str | None:
    days = [
        mention.named.edtf
        for span in section.stamps
        for mention in find_dates(text[slice(*span)], lang, bound)
        if mention.named and _DAY.fullmatch(mention.named.edtf)
    ]
    return max(days, default=None)


def _main_day(entry: DraftEntry, bound: dt.date | None) -> dt.date | None:
    """Return the newest day an entry tells of, which the next one's look back from."""
    if entry.updated and bound:
        return min(dt.date.fromisoformat(entry.updated), bound)
    days = [
        dt.date.fromisoformat(field.value)
        for field in entry.fields
        if field.kind == "date" and _DAY.fullmatch(str(field.value))
    ]
    return max((day for day in days if bound is None or day <= bound), default=bound)
