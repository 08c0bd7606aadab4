"""Finds the dates and lengths of time in a text.

Three passes, each linear: the text becomes items (:mod:`tokens`), rules over items find dates
that stand alone and then phrases over dates (:mod:`language`), and each find is resolved in the
order of the text against the context date and what was named before (:mod:`resolve`).
"""

from __future__ import annotations

import bisect
import functools
import importlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from undersight.extract.dates.expressions import (
    DateMention,
    Duration,
    Expression,
    Partial,
    Range,
    Relative,
)
from undersight.extract.dates.language import NOTHING, Grammar, Language
from undersight.extract.dates.readings import Resolved, Setting
from undersight.extract.dates.resolve import resolve
from undersight.extract.dates.shared_year import with_shared_year
from undersight.extract.dates.tokens import BREAK, DATE, SECTION, STOP, Item, items_of
from undersight.model.fuzzy_date import FuzzyDate, span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

LANGUAGES: Final = ("az", "en", "ru", "tr")
_BEFORE_ITEMS: Final = 10
_AFTER_ITEMS: Final = 8
_QUOTES = re.compile(r"[“”„«»\"]|\n\s*\n")
_BOUNDARIES: Final = frozenset({BREAK, SECTION, STOP})


@dataclass(frozen=True, slots=True)
class _Find:
    """A stretch of items that a rule read."""

    first: int
    last: int
    rule: str
    meaning: Any


@dataclass(slots=True)
class _Story:
    """What has been named so far."""

    last_day: FuzzyDate | None = None
    last_date: FuzzyDate | None = None
    told_before: FuzzyDate | None = None
    last_year: int | None = None
    months: dict[int, int] = field(default_factory=dict)
    days: dict[tuple[int, int], int] = field(default_factory=dict)

    def next_paragraph(self) -> None:
        self.told_before = self.last_day or self.told_before
        self.last_day = self.last_date = self.last_year = None


def find_dates(
    text: str, lang: str, context: dt.date | None = None, latest: dt.date | None = None
) -> tuple[DateMention, ...]:
    """Find every date and length of time, in order, without overlaps.

    Args:
        text: Any text; offsets count its characters.
        lang: ``az``, ``en``, ``ru`` or ``tr``; of another language only dates in digits are read.
        context: Day of publication or update, for dates without a year and "yesterday".
        latest: Day the whole text was saved, where the context is that of an entry in it: a date
            without a year, far before the one, may have come between them.
    """
    language = language_of(lang)
    items = items_of(text, language, context)
    names = _scan(items, language, language.compiled_names)
    items = _reduced(items, names)
    finds = _scan(items, language, language.compiled_phrases)
    finds = [find for find in finds if find.meaning != NOTHING]
    return tuple(_mentions(text, items, finds, (context, latest)))


@functools.cache
def language_of(lang: str) -> Language:
    """Return the grammar of a language, or the one of digits alone."""
    name = lang if lang in LANGUAGES else "digits"
    module = importlib.import_module(f"undersight.extract.dates.{name}")
    language: Language = module.LANGUAGE
    return language


def _scan(items: list[Item], language: Language, grammar: Grammar) -> list[_Find]:
    encoded = language.encoded(items)
    found: list[_Find] = []
    at = 0
    while (seen := grammar.finder.search(encoded, at)) is not None:
        find = _best_at(encoded, seen.start(), items, grammar)
        if find is None:
            at = seen.start() + 1
            continue
        found.append(find)
        at = find.last + 1
    return found


def _best_at(encoded: str, at: int, items: list[Item], grammar: Grammar) -> _Find | None:
    """Return the longest rule that matches here and makes sense; the earlier of equals."""
    match = grammar.all_at.match(encoded, at)
    spans = match.regs[1:] if match else ()
    ends = [(-end, order) for order, (_, end) in enumerate(spans) if end > at]
    for minus_end, order in sorted(ends):
        rule = grammar.rules[order]
        meaning = rule.build(items[at:-minus_end])
        if meaning is not None:
            name = rule.name or items[at].value[1]  # a rule without a name passes one on
            return _Find(at, -minus_end - 1, name, meaning)
    return None


def _reduced(items: list[Item], finds: list[_Find]) -> list[Item]:
    """Put one DATE item in the place of each date that stands alone."""
    reduced: list[Item] = []
    at = 0
    for find in finds:
        if find.meaning == NOTHING:
            continue
        reduced.extend(items[at : find.first])
        first, last = items[find.first], items[find.last]
        concept = "SPAN" if isinstance(find.meaning, Duration) else DATE
        value = (find.meaning, find.rule)
        reduced.append(Item(first.start, last.end, concept, last.ending, value))
        at = find.last + 1
    reduced.extend(items[at:])
    for item in reduced:
        if item.concept == DATE and isinstance(item.value, Partial):
            item.value = (item.value, "digits")
    return reduced


def _mentions(
    text: str,
    items: list[Item],
    finds: list[_Find],
    days: tuple[dt.date | None, dt.date | None],
) -> list[DateMention]:
    quoted = _quoted(text)
    story = _Story()
    mentions: list[DateMention] = []
    at = 0
    is_flashback = False
    for order, find in enumerate(finds):
        story = _told_on(story, items[at : find.first])
        at = find.first
        following = finds[order + 1] if order + 1 < len(finds) else None
        if following is not None and _is_apposition(items, find, following):
            is_flashback = _is_back(find.meaning)
            continue
        meanings = find.meaning if isinstance(find.meaning, list) else [find.meaning]
        if len(meanings) == 1:
            meanings = [with_shared_year(meanings[0], _listed(items, finds, order))]
        for meaning, (start, end) in zip(
            meanings, _pieces(items, find, len(meanings)), strict=True
        ):
            if isinstance(meaning, Duration):
                mentions.append(_length(start, end, meaning, find.rule))
                continue
            setting = _setting(story, days, _future(items, find))
            if _is_deictic(meaning) and _is_inside(quoted, start):
                setting = Setting(context=None)
            named_at = _name_place(items, find) or (start, end)
            mention = _dated(text, (start, end), named_at, (find.rule, meaning), setting)
            mentions.append(mention)
            if not is_flashback:
                _remember(story, meaning, mention)
        is_flashback = False
    return mentions


def _listed(items: list[Item], finds: list[_Find], order: int) -> Iterator[tuple[list[Item], Any]]:
    """Yield what follows a find: the items before each of the next, and its meaning."""
    for at in range(order, len(finds) - 1):
        find, following = finds[at], finds[at + 1]
        yield items[find.last + 1 : following.first], following.meaning


def _told_on(story: _Story, between: list[Item]) -> _Story:
    """Forget at the end of a paragraph or section what does not reach beyond it."""
    for item in between:
        if item.concept == SECTION:
            story = _Story(months=story.months, days=story.days)
        elif item.concept == BREAK:
            story.next_paragraph()
    return story


def _is_apposition(items: list[Item], find: _Find, following: _Find) -> bool:
    """Return whether a counted date is only explained by the next: "a week later, on 24 April"."""
    between = items[find.last + 1 : following.first]
    return (
        isinstance(find.meaning, Relative)
        and isinstance(following.meaning, Partial)
        and following.meaning.day is not None
        and 1 <= len(between) <= 2
        and between[0].concept in (",", "on")
        and all(item.concept not in _BOUNDARIES for item in between)
    )


def _is_back(meaning: Any) -> bool:
    """Return whether the words step back from the story: "three days earlier"."""
    return (
        isinstance(meaning, Relative)
        and (meaning.from_mention or meaning.from_either)
        and meaning.amount < 0
    )


def _pieces(items: list[Item], find: _Find, n_meanings: int) -> list[tuple[int, int]]:
    body = items[find.first : find.last + 1]
    if n_meanings == 1:
        return [(body[0].start, body[-1].end)]
    dated = [item for item in body if item.concept in (DATE, "DAY", "ORDWORD", "MONTH")]
    return [(item.start, item.end) for item in dated]


def _length(start: int, end: int, duration: Duration, rule: str) -> DateMention:
    return DateMention(
        start=start,
        end=end,
        date=None,
        duration=duration,
        rule=rule,
        confidence=0.95,
        named_start=start,
        named_end=end,
    )


def _setting(story: _Story, days: tuple[dt.date | None, dt.date | None], future: str) -> Setting:
    context, latest = days
    return Setting(
        context=context,
        latest=latest,
        last_day=story.last_day or story.told_before,
        last_date=story.last_date,
        months=story.months,
        days=story.days,
        last_year=story.last_year,
        future=future,
        is_told_before=story.last_day is None,
    )


def _name_place(items: list[Item], find: _Find) -> tuple[int, int] | None:
    """Return where the only date stands that a phrase such as "since …" is about."""
    body = items[find.first : find.last + 1]
    named = [item for item in body if item.concept in (DATE, "MONTH", "YEAR")]
    return (named[0].start, named[0].end) if len(named) == 1 else None


def _named(meaning: Expression) -> Expression | None:
    """Return the date inside "since …" and "the night of …"; None where it is the whole."""
    if isinstance(meaning, Range):
        is_closed = meaning.start is not None and meaning.end is not None
        return None if is_closed else meaning.start or meaning.end
    if isinstance(meaning, Partial) and (meaning.is_night or meaning.is_night_before):
        return replace(meaning, is_night=False, is_night_before=False)
    return None


def _dated(
    text: str,
    extent: tuple[int, int],
    named_at: tuple[int, int],
    read: tuple[str, Expression],
    setting: Setting,
) -> DateMention:
    (start, end), (rule, meaning) = extent, read
    resolved = resolve(meaning, setting)
    readings = _fuzzy(resolved, text[start:end], setting)
    date = readings[0] if readings else None
    if resolved.is_level and len(readings) > 1:
        date = _one_of(readings)
    named: FuzzyDate | None = date
    name = _named(meaning)
    if name is not None:
        inner = resolve(name, setting)
        named = next(iter(_fuzzy(inner, text[slice(*named_at)], setting)), None)
    else:
        named_at = extent
    return DateMention(
        start=start,
        end=end,
        date=date,
        alternatives=readings if len(readings) > 1 else (),
        rule=rule,
        confidence=_confidence(resolved, meaning, setting),
        named=named,
        named_start=named_at[0],
        named_end=named_at[1],
    )


def _fuzzy(resolved: Resolved, words: str, setting: Setting) -> tuple[FuzzyDate, ...]:
    context = setting.context.isoformat() if setting.context else ""
    return tuple(
        FuzzyDate(
            edtf,
            basis=resolved.basis,
            as_text=words,
            reading=resolved.reading,
            context=context if resolved.basis != "stated" else "",
        )
        for edtf in resolved.readings
    )


def _one_of(readings: tuple[FuzzyDate, ...]) -> FuzzyDate | None:
    """Return the set of readings, or the range that covers them where one is a range itself."""
    first = readings[0]
    if any("/" in reading.edtf for reading in readings):
        covering = span(*readings)
        edtf = covering.edtf if covering else first.edtf
    else:
        edtf = "[" + ",".join(reading.edtf for reading in readings) + "]"
    return FuzzyDate(edtf, first.basis, first.as_text, first.reading, first.context)


def _confidence(resolved: Resolved, meaning: Expression, setting: Setting) -> float:
    if not resolved.readings:
        return 0.2
    if resolved.is_level:
        return 0.5
    if resolved.readings[0].startswith("XXXX"):
        return 0.3
    if len(resolved.readings) > 1:
        return 0.6
    if isinstance(meaning, Partial) and meaning.season and resolved.basis == "relative":
        return 0.5 if meaning.year_offset is None else 0.85
    if isinstance(meaning, Relative) and meaning.from_mention:
        is_far = setting.is_told_before and meaning.unit in ("day", "week")
        return 0.5 if is_far else 0.75
    return {"stated": 0.97, "from_publication": 0.9}.get(resolved.basis, 0.85)


def _remember(story: _Story, meaning: Expression, mention: DateMention) -> None:
    date = mention.named
    is_open = isinstance(meaning, Range) and not meaning.start  # "until"; "since" tells its day
    if date is None or date.precision == "one_of" or is_open or _is_back(meaning):
        return
    story.last_date = date
    is_days = date.precision == "interval" and date.earliest is not None
    is_yearless_day = date.precision == "yearless" and date.edtf.count("-") == 2
    if date.precision in ("day", "time") or is_days or is_yearless_day:
        story.last_day = date
    if date.earliest is not None and date.precision in ("day", "time", "month"):
        story.months[date.earliest.month] = date.earliest.year
        if date.basis == "stated" and date.precision == "day":
            story.last_year = date.earliest.year
            story.days[date.earliest.month, date.earliest.day] = date.earliest.year


def _future(items: list[Item], find: _Find) -> str:
    """Return how strongly the words of the sentence around a date announce something to come."""
    before = items[max(0, find.first - _BEFORE_ITEMS) : find.first]
    after = items[find.last + 1 : find.last + 1 + _AFTER_ITEMS]
    cues: set[str] = set()
    for side in (reversed(before), after):
        for item in side:
            if item.concept in _BOUNDARIES:
                break
            cues.add(item.cue)
    meaning = find.meaning
    if isinstance(meaning, Range) and meaning.start is None and meaning.reading == "throughout":
        cues.add("weak")  # "until 3 March"
    return "strong" if "strong" in cues else "weak" if "weak" in cues else ""


def _is_deictic(meaning: Expression) -> bool:
    """Return whether the words count from the day they are spoken: "today", "a month ago"."""
    if isinstance(meaning, Relative):
        return not meaning.from_mention
    return isinstance(meaning, Partial) and (
        meaning.year_offset is not None or meaning.is_this or bool(meaning.direction)
    )


def _quoted(text: str) -> list[tuple[int, int]]:
    """Return the stretches inside quotation marks that close within their paragraph."""
    stretches: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _QUOTES.finditer(text):
        sign = match.group()
        if sign.isspace():
            opened = None
        elif (sign in "“„«" and opened is None) or (sign == '"' and opened is None):
            opened = match.end()
        elif opened is not None and sign not in "„«":
            stretches.append((opened, match.start()))
            opened = None
    return stretches


def _is_inside(stretches: list[tuple[int, int]], offset: int) -> bool:
    index = bisect.bisect_right(stretches, (offset, 1 << 62)) - 1
    return index >= 0 and stretches[index][0] <= offset < stretches[index][1]
