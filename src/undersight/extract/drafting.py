"""From a pasted text to a draft: split, read newest first, run the rules, lay out the fields.

Entries are read twice where that can tell more: names that one entry makes plain ("the website
X") are known when the others are read again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from undersight.extract import layout
from undersight.extract.chronicle import edtf_of, with_year
from undersight.extract.composed import composed
from undersight.extract.dates import find_dates
from undersight.extract.engine import (
    Candidate,
    Language,
    Passage,
    Span,
    fold_text,
    run,
    split_sentences,
)
from undersight.extract.gazetteer import Gazetteer
from undersight.extract.languages import code_of, code_within, language_of
from undersight.extract.openings import RELATIVE_DAY, WEEKDAY_LEAD
from undersight.extract.split import Section, headline_text, split
from undersight.model.draft import Draft, DraftEntry, DraftField
from undersight.model.edtf import clamp_day

HintSource = Callable[[str, DraftEntry], Iterable[Candidate]]
_LEAP = dt.timedelta(days=190)
_SLACK = dt.timedelta(days=60)  # an entry may tell of days somewhat after the one above it
_UNSTAMPED = dt.timedelta(days=31)  # within which an entry tells more without a new stamp
_YEAR = dt.timedelta(days=364)
_REACH = 600  # characters in which an entry tells its first day
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_DATELINE = re.compile(r"\s*([^\n–—:]{3,70}?)(?: ?[–—] | - |: )")
_DIGIT = re.compile(r"\d")
_BESIDE_DIGIT = 40
_IN_ORDER = 0.7  # the part of neighbours that must agree for entries to count as dated in order
_TELLING = (
    "beside",
    "head",
    "apposition",
    "quoted",
    "preposition",
    "dateline",
    "office",
    "listed",
)
_LEARNED = ("outlet", "organisation", "agency", "place", "account")


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
    sources = tuple(hints)
    whole = composed(text)
    read = _draft(whole.text if whole else text, context_date, lang, gazetteer or Gazetteer())
    read = whole.back(read) if whole else read
    return Draft(entries=tuple(layout.with_hints(text, entry, sources) for entry in read.entries))


def _draft(text: str, context: dt.date | None, lang: str | None, known: Gazetteer) -> Draft:
    whole = lang or code_of(text)
    sections = split(text, _is_incident_in(lang))
    log = _Log(text=text, sections=sections, context=context, lang=lang, whole=whole)
    entries = log.read(known)
    return Draft(entries=tuple(log.read_again(entries, _learned(entries, known))))


def _is_incident_in(lang: str | None) -> Callable[[str], bool]:
    def is_incident(part: str) -> bool:
        language = language_of(part, lang)
        return language.is_incident(fold_text(part, language.fold))

    return is_incident


@dataclass(slots=True, kw_only=True)
class _Log:
    """A text parted into entries."""

    text: str
    sections: tuple[Section, ...]
    context: dt.date | None
    lang: str | None
    whole: str
    languages: dict[int, Language] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)
    passages: dict[int, Passage] = field(default_factory=dict)
    stamps: dict[int, str | None] = field(default_factory=dict)

    def read(self, known: Gazetteer) -> list[DraftEntry]:
        """Draft every entry, each with the day that its dates look back from."""
        drafted: dict[int, DraftEntry] = {}
        order, is_in_order = self._reading_order()
        bound = self.context
        for i in order:
            here = self._bound(self.sections[i], bound if is_in_order else self.context)
            self._open(i, here, known)
            drafted[i] = self._entry(i)
            bound = _main_day(drafted[i], here, self._opening(i))
        return [drafted[i] for i in range(len(self.sections))]

    def read_again(self, entries: list[DraftEntry], learned: Gazetteer) -> list[DraftEntry]:
        """Draft those entries again in which a name stands that was learned elsewhere."""
        pattern = learned.pattern()
        if pattern is None:
            return entries
        read = list(entries)
        for i, entry in enumerate(entries):
            if _may_gain(self.text, entry, learned):
                self.passages[i].gazetteer = learned
                read[i] = self._entry(i)
        return read

    def _open(self, i: int, bound: dt.date | None, known: Gazetteer) -> None:
        section = self.sections[i]
        language = self._language(section)
        updated = self._updated_after(section, bound, language.lang)
        if updated:
            bound = dt.date.fromisoformat(updated)
        self.stamps[i] = updated
        saved = self.context
        if updated and bound and saved:
            saved = min(saved, _later(bound, _UNSTAMPED))
        self.passages[i] = self._passage(section, language, (bound, saved), known)

    def _entry(self, i: int) -> DraftEntry:
        headline = headline_text(self.text, self.sections[i])
        passage = self.passages[i]
        return layout.entry(passage, run(passage), headline, self.stamps[i])

    def _language(self, section: Section) -> Language:
        language = self.languages.get(section.start)
        if language is None:
            part = self.text[section.start : section.end]
            language = language_of(part, self.lang or code_within(part, self.whole))
            self.languages[section.start] = language
        return language

    def _low(self, language: Language) -> str:
        """Fold the whole text once a language; a headline never runs into its body."""
        if language.lang not in self.folded:
            low = list(fold_text(self.text, language.fold))
            for section in self.sections:
                if section.headline and section.headline[1] < section.end:
                    low[section.headline[1]] = "\n"
            self.folded[language.lang] = "".join(low)
        return self.folded[language.lang]

    def _passage(
        self,
        section: Section,
        language: Language,
        days: tuple[dt.date | None, dt.date | None],
        known: Gazetteer,
    ) -> Passage:
        bound, latest = days
        low = self._low(language)
        body = section.headline[1] if section.headline else section.start
        sentences = (
            *split_sentences(low, section.start, body),
            *split_sentences(low, body, section.end),
        )
        return Passage(
            text=self.text,
            low=low,
            start=section.start,
            end=section.end,
            body=body,
            sentences=sentences,
            language=language,
            bound=bound,
            latest=latest,
            gazetteer=known,
            told=self._told_day(section, bound, language.lang),
        )

    def _told_day(
        self, section: Section, bound: dt.date | None, lang: str
    ) -> tuple[Candidate, ...]:
        """Return the day that opens an entry of a chronicle: "3." below "MAY 2024"."""
        if section.day is None:
            return ()
        (start, end), month = section.day
        words = with_year(self.text[slice(*month)], self.text[: month[0]])
        named = [m.named for m in find_dates(words, lang, bound) if m.named]
        if len(named) != 1 or not _MONTH.fullmatch(named[0].edtf):
            return ()
        edtf = edtf_of(self.text[start:end], named[0].edtf)
        rule = f"{lang}.date.below-month"
        found = Candidate(kind="date", value=edtf, start=start, end=end, rule=rule, confidence=0.8)
        return (found,) if edtf else ()

    def _opening(self, i: int) -> str:
        """Return an entry's headline and first sentence, where its own day stands."""
        passage = self.passages[i]
        first = next((end for start, end in passage.sentences if start >= passage.body), None)
        return self.text[passage.start : first or passage.end]

    # --- dates that look back ------------------------------------------------------------------

    def _reading_order(self) -> tuple[list[int], bool]:
        """Return the order from the newest entry to the oldest, and whether there is one."""
        days = [day for section in self.sections if (day := self._first_day(section))]
        order = list(range(len(self.sections)))
        n_down = sum(a >= b for a, b in pairwise(days))
        n_up = sum(a < b for a, b in pairwise(days))
        n_pairs = max(1, n_down + n_up)
        if n_up > 1 and n_up / n_pairs >= _IN_ORDER:
            return order[::-1], True
        return order, n_down / n_pairs >= _IN_ORDER

    def _first_day(self, section: Section) -> dt.date | None:
        lang = self._language(section).lang
        told = self._told_day(section, self.context, lang)
        if told:
            return dt.date.fromisoformat(told[0].value.split("/")[0])
        part = self.text[section.start : min(section.end, section.start + 600)]
        for piece in _around_digits(part):
            for mention in find_dates(piece, lang, self.context):
                if mention.named and _DAY.fullmatch(mention.named.edtf):
                    return dt.date.fromisoformat(mention.named.edtf)
        return None

    def _bound(self, section: Section, above: dt.date | None) -> dt.date | None:
        """Return the day that an entry's yearless dates look back from."""
        if self.context is None or above is None:
            return self.context
        is_weekday = WEEKDAY_LEAD.match(self.text, section.start, section.end)
        here = min(self.context, above if is_weekday else _later(above, _SLACK))
        lang = self._language(section).lang
        if section.dated is None:
            has_need = RELATIVE_DAY.search(self.text, section.start, section.end)
            day = self._day_of_dateline(section, here, lang) if has_need else None
            return min(day, self.context) if day else here
        day = self._last_day(section.dated, here, lang)
        return min(day, self.context) if day else here

    def _day_of_dateline(self, section: Section, context: dt.date, lang: str) -> dt.date | None:
        """Return the day that the entry's first line begins with: "SARNAK, 9 April – "."""
        starts = (section.start, section.headline[1] if section.headline else section.start)
        for start in dict.fromkeys(starts):
            lead = _DATELINE.match(self.text, start, min(section.end, start + 120))
            if lead is None or section.stamps:
                continue
            days = [m for m in find_dates(lead[1], lang, context) if m.named and m.named.latest]
            if len(days) != 1 or not days[0].named:
                continue
            behind = lead[1][days[0].named_end :].lstrip()
            if len(behind) <= 1 or behind[0] == "/":  # "SARNAK/9.04.20/Agency: "
                return days[0].named.latest
        return None

    def _last_day(self, span: Span, context: dt.date, lang: str) -> dt.date | None:
        days = [
            mention.named.latest
            for mention in find_dates(self.text[slice(*span)], lang, context)
            if mention.named and mention.named.latest
        ]
        return max(days, default=None)

    def _updated_after(self, section: Section, bound: dt.date | None, lang: str) -> str | None:
        """Return the newest day of the stamps, which is no earlier than what it updates.

        An entry far down a log may have been updated long after the entries above it.
        """
        updated = self._updated(section, bound, lang)
        told = self._told_below(section, bound, lang) if updated and self.context else None
        if updated is None or told is None or self.context is None:
            return updated
        if dt.date.fromisoformat(updated) >= told:
            return updated
        later = self._updated(section, min(self.context, _later(told, _YEAR)), lang)
        return later if later and dt.date.fromisoformat(later) >= told else updated

    def _told_below(self, section: Section, bound: dt.date | None, lang: str) -> dt.date | None:
        """Return the first day that the words below the headline tell."""
        start = section.headline[1] if section.headline else section.start
        within = (s for s in section.stamps if start <= s[0] < start + _REACH)
        start = max((end for _, end in within), default=start)
        part = self.text[start : min(section.end, start + _REACH)]
        days = (
            dt.date.fromisoformat(mention.named.edtf)
            for mention in find_dates(part, lang, bound)
            if mention.named and _DAY.fullmatch(mention.named.edtf)
        )
        return next(days, None)

    def _updated(self, section: Section, bound: dt.date | None, lang: str) -> str | None:
        """Return the newest day of an entry's update stamps."""
        days = [
            mention.named.edtf
            for span in section.stamps
            for mention in find_dates(self.text[slice(*span)], lang, bound, self.context)
            if mention.named and _DAY.fullmatch(mention.named.edtf)
        ]
        return max(days, default=None)


def _later(day: dt.date, by: dt.timedelta) -> dt.date:
    """Return a day moved on; the last day of the calendar where it has no such day."""
    return clamp_day(day.toordinal() + by.days)


def _around_digits(text: str) -> Iterator[str]:
    """Yield the stretches of lines in which digits stand."""
    end = 0
    while digit := _DIGIT.search(text, end):
        place = digit.start()
        start = max(end, place - _BESIDE_DIGIT, text.rfind("\n", end, place) + 1)
        stop = text.find("\n", place, place + 1 + _BESIDE_DIGIT)
        end = stop if stop >= 0 else min(len(text), place + 1 + _BESIDE_DIGIT)
        yield text[start:end]


def _main_day(entry: DraftEntry, bound: dt.date | None, told: str) -> dt.date | None:
    """Return the newest day an entry tells of, which the next one's look back from.

    Args:
        entry: As drafted.
        bound: The day its own dates looked back from.
        told: Its opening words, in which the year of a leap stands: one told further below is
            rather the background of something newer.
    """
    if entry.updated and bound:
        return min(dt.date.fromisoformat(entry.updated), bound)
    days = [
        dt.date.fromisoformat(field.value)
        for field in entry.fields
        if field.kind == "date" and _DAY.fullmatch(str(field.value))
    ]
    newest = max((day for day in days if bound is None or day <= bound), default=bound)
    # a leap of half a year back is rather a date to come, read as past, than a gap in the log
    is_leap = newest and bound and bound - newest > _LEAP and str(newest.year) not in told
    return bound if is_leap else newest


# --- names that one entry tells another --------------------------------------------------------


def _learned(entries: list[DraftEntry], known: Gazetteer) -> Gazetteer:
    """Add to the known names those that some entry makes plain."""
    parts = {
        part
        for entry in entries
        for field in entry.fields
        if field.kind in ("person", "official")
        for part in str(field.value).split()
    }
    plain = [field for entry in entries for field in entry.fields if _is_plain(field, parts)]
    return known.learn(sorted(plain, key=lambda f: (f.kind, str(f.value), f.start)))


def _is_plain(field: DraftField, parts_of_people: set[str]) -> bool:
    name = str(field.value)
    return (
        field.kind in _LEARNED
        and field.rule.rsplit(".", 1)[-1] in _TELLING
        and name[:1].isupper()
        and name not in parts_of_people
    )


def _may_gain(text: str, entry: DraftEntry, learned: Gazetteer) -> bool:
    pattern = learned.pattern()
    if pattern is None:
        return False
    has = {(field.kind, str(field.value)) for field in entry.fields}
    names = {learned.entry(m.group()) for m in pattern.finditer(text, entry.start, entry.end)}
    return any((name.kind, name.name) not in has for name in names)
