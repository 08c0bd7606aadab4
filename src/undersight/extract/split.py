"""Parts a running log into entries: by rules drawn, headings, dates at the start of lines, gaps.

A log is pasted, so nothing marks where an entry begins. A short line without a final stop that
stands alone above a paragraph is a headline; in an article it may as well be a subheading. What
decides is, in this order: separators; frames that come back (`records`); headlines above lists;
the heading level that carries incidents; lines that open alike; and in a plain log (`plain_log`)
wider gaps above some headings than above others, an update stamp, and at last whether the section
tells of something that happened.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undersight.extract.chronicle import chronicle, openings_of, table_rows
from undersight.extract.headings import (
    is_chapter,
    is_date_line,
    is_heading,
    is_headline_like,
    is_separator,
    level_of,
)
from undersight.extract.lines import Line, lines_of
from undersight.extract.openings import (
    BOLD,
    BULLET,
    BYLINE,
    DATE_LEAD,
    DAY,
    DAY_LEAD,
    EXPORT_LEAD,
    FRAMED,
    MARK_LEAD,
    MARKDOWN,
    META,
    MONTH_LINE,
    NUMBER_LEAD,
    PLACE_LEAD,
    PROSE_LEAD,
    RUN_IN,
    SLASH_LEAD,
    STAMP,
    STAMP_LINE,
    TITLE,
)
from undersight.extract.plain_log import (
    Told,
    alerts,
    below_days,
    closed_by_a_source,
    plain_starts,
    ruled_blocks,
    strangers,
)
from undersight.extract.records import (
    LEAST_LEADS,
    coded_heads,
    in_sequence,
    parted_numbers,
    record_starts,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from undersight.extract.engine import Span

_FAR = 4  # lines between a title and the date below it
_LONGEST_COLOPHON = 7  # words: "Compiled by the desk, 3 May 2024."


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One entry's place in the text.

    Args:
        start: First offset.
        end: Offset behind the last character.
        headline: Span of the headline without marks of Markdown; None where there is none.
        stamps: Spans of update stamps.
        dated: Span of the date line above the entry, that its dates look back from.
        day: In a chronicle by months, spans of the day that opens the entry and of its month.
    """

    start: int
    end: int
    headline: Span | None
    stamps: tuple[Span, ...] = ()
    dated: Span | None = None
    day: tuple[Span, Span] | None = None


def split(text: str, is_incident: Callable[[str], bool]) -> tuple[Section, ...]:
    """Part a text into entries.

    Args:
        text: As given.
        is_incident: Whether a piece of text tells of something that happened.
    """
    lines = lines_of(text)
    if not lines:
        return ()
    rows, heads = table_rows(lines)
    if rows:
        lines = [line for i, line in enumerate(lines) if i not in heads]
        rows, _ = table_rows(lines)
    days = {} if rows else chronicle(lines)
    placed = rows or (openings_of(lines, days) if days else [])
    starts, is_led = (
        (sorted({0, *placed}), 0 in placed) if placed else _starts(lines, text, is_incident)
    )
    sections = [
        _section(lines[a:b], text, days.get(a))
        for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    kept = [section for section in sections if section is not None]
    is_led |= sections[0] is None  # nothing but a month stands above the first
    whole = kept if is_led else _without_preamble(kept, text, is_incident)
    return _with_dates(whole, lines)


def headline_text(text: str, section: Section) -> str:
    """Return a section's headline without its stamps."""
    if section.headline is None:
        return ""
    start, end = section.headline
    shown = STAMP.sub("", text[start:end])
    return " ".join(shown.strip(" \t*_#").split())


# --- where entries begin -------------------------------------------------------------------------


def _starts(
    lines: list[Line], text: str, is_incident: Callable[[str], bool]
) -> tuple[list[int], bool]:
    """Return where entries begin, and whether the first line opens one as the others do."""
    told = Told(text=text, lines=lines, is_incident=is_incident)
    ruled = {0, *(i + 1 for i, line in enumerate(lines[:-1]) if is_separator(line))}
    parted = told.where_all_told(parted_numbers(lines))  # else they are an entry's paragraphs
    for starts in (
        told.where_told(coded_heads(lines)),
        parted,
        told.where_told(record_starts(lines)),
    ):
        if starts:
            return sorted({*ruled, *starts}), 0 in starts
    closed = told.where_told(closed_by_a_source(lines))
    if closed:
        return sorted({*ruled, *closed}), False
    return _by_headings(lines, ruled, told)


def _by_headings(lines: list[Line], ruled: set[int], told: Told) -> tuple[list[int], bool]:
    headings = [
        i for i in range(len(lines)) if is_heading(lines, i) and not META.match(lines[i].words)
    ]
    leads = _leads(lines, len(headings), told)
    marked = _marked(lines, headings, leads)
    listed = [] if _is_list_of_chapters(lines) else _listed(lines)
    each = alerts(lines, leads, headings)
    is_led = False
    chosen = set(ruled)
    if len(listed) > 1:
        chosen.update(listed)
    elif marked:
        chosen.update(_at_best_level(lines, marked, told))
    elif days := below_days(lines, headings, told):
        chosen.update(days)
        is_led = days[0] == 0
    elif each:
        chosen.update(each)
        is_led = 0 in each
    elif _are_entries(lines, leads, headings):
        chosen.update(_with_headings_above(lines, leads))
        is_led = leads[0] == 0
    elif not ruled_blocks(lines, headings, told):
        chosen.update(plain_starts(lines, headings, told))
        if chosen == {0} and 0 not in headings:
            chosen.update(strangers(lines))
    return sorted(chosen), is_led


def _are_entries(lines: list[Line], leads: list[int], headings: list[int]) -> bool:
    """Whether lines that open alike open entries: not where few headlines have them below."""
    if not leads or not (len(leads) >= len(headings) or _is_counted(lines[leads[0]])):
        return False
    stops = [*headings[1:], len(lines)]
    n_led = sum(
        any(a <= lead < b for lead in leads)
        for a, b in zip(headings, stops[: len(headings)], strict=True)
    )
    return len(headings) < LEAST_LEADS or 2 * n_led >= len(headings)


def _marked(lines: list[Line], headings: list[int], leads: list[int]) -> list[int]:
    """Return headings by their marks; a lone mark above what is parted otherwise is a title.

    A heading that comes back word for word ("Response") names a part of an entry.
    """
    marked = [i for i in headings if level_of(lines[i])]
    counts = Counter(lines[i].words.casefold() for i in marked)
    once = [
        i for i in marked if counts[lines[i].words.casefold()] == 1 or is_date_line(lines[i].words)
    ]
    marked = once if len(once) > 1 else marked
    if _is_list_of_chapters(lines) and all(is_chapter(lines[i].words) for i in marked):
        return []
    is_title = len(marked) == 1 and (len(headings) > LEAST_LEADS or len(leads) >= LEAST_LEADS)
    return [] if is_title else marked


def _leads(lines: list[Line], n_headings: int, told: Told) -> list[int]:
    """Return the lines that open an entry by a date, a dateline, a number or a bullet.

    One kind of opening only, the first that enough lines share.
    """
    numbered = in_sequence(lines)
    if numbered:
        return numbered
    run_in = [i for i, line in enumerate(lines) if RUN_IN.match(line.words)]
    if len(run_in) >= LEAST_LEADS and told.where_told(run_in):
        return run_in
    patterns: tuple[re.Pattern[str], ...] = (
        DATE_LEAD,
        SLASH_LEAD,
        PLACE_LEAD,
        EXPORT_LEAD,
        MARK_LEAD,
    )
    if any(MONTH_LINE.fullmatch(line.words) for line in lines):
        patterns = (*patterns, DAY_LEAD)
    outer = _outer_bullets(lines)
    if outer:
        return outer
    if n_headings < 2 or _is_list_of_chapters(lines):
        patterns = (*patterns, BULLET)  # under headlines, bullets are their facts
    best: list[int] = []
    for pattern in patterns:
        here = _without_bodies(lines, [i for i, x in enumerate(lines) if pattern.match(x.words)])
        if pattern is DATE_LEAD:
            here = _without_stories(lines, here, n_headings)
        if len(here) >= LEAST_LEADS and len(here) > 1.5 * len(best):
            best = here
    return best


def _without_bodies(lines: list[Line], leads: list[int]) -> list[int]:
    """Drop the leads right below headings that lead themselves: "3 May – Held / On 3 May, ..."."""
    heads = {i for i in leads if is_heading(lines, i) and is_headline_like(lines[i].words)}
    return [i for i in leads if i - 1 not in heads]


def _without_stories(lines: list[Line], leads: list[int], n_headings: int) -> list[int]:
    """Drop sentences that begin with a day ("On 3 May, he...") where they only go on.

    Below headlines they are bodies; without any, they go on with who was named before.
    """
    prose = {i for i in leads if PROSE_LEAD.match(lines[i].words)}
    if n_headings > 1:
        return [i for i in leads if i not in prose]
    new = {0, *strangers(lines)} if n_headings and prose else prose
    return [i for i in leads if i not in prose or i in new]


def _listed(lines: list[Line]) -> list[int]:
    """Return headlines right below which a list of their facts stands.

    "Someone, blogger / 3 May: detained / 9 May: fined", or a headline and bullets: the lines of
    the list are one entry's.
    """
    heads = [
        i
        for i, line in enumerate(lines[:-1])
        if not _is_item(line)
        and _is_item(lines[i + 1])
        and is_headline_like(_unmarked(line.words))
        and not is_chapter(line.words)
    ]
    n_items = sum(_is_item(line) for line in lines)
    is_listed = n_items > 1.3 * len(heads) and n_items > 0.5 * (len(lines) - len(heads))
    return heads if is_listed else []


def _is_list_of_chapters(lines: list[Line]) -> bool:
    """Whether bullets stand below dates or words in capitals, and below nothing else."""
    bullets = {i for i, line in enumerate(lines) if BULLET.match(line.words)}
    above = [lines[i - 1].words for i in sorted(bullets) if i and i - 1 not in bullets]
    return len(above) > 1 and all(is_chapter(words) for words in above)


def _is_item(line: Line) -> bool:
    return bool(BULLET.match(line.words) or DATE_LEAD.match(line.words))


def _unmarked(words: str) -> str:
    """Return a line without marks of headings and a closing colon."""
    return words.strip("#*_ ").removesuffix(":")


def _is_counted(line: Line) -> bool:
    return any(lead.match(line.words) for lead in (NUMBER_LEAD, BULLET, RUN_IN))


def _outer_bullets(lines: list[Line]) -> list[int]:
    """Return the outer bullets of a list that has inner ones."""
    bullets = [i for i, line in enumerate(lines) if BULLET.match(line.words)]
    least = min((lines[i].indent for i in bullets), default=0)
    outer = [i for i in bullets if lines[i].indent == least]
    return outer if len(outer) >= LEAST_LEADS and len(outer) < len(bullets) else []


def _with_headings_above(lines: list[Line], leads: list[int]) -> list[int]:
    """Open an entry at the headline right above its lead, where most have one."""
    taken = set(leads)
    headed = {i: top for i in leads for top in _title_above(lines, i, taken)}
    is_title = headed.keys() <= {leads[0]}  # a lone one above the first is the title of all
    return [headed[i] if i in headed and not is_title else i for i in leads]


def _title_above(lines: list[Line], i: int, taken: set[int]) -> Iterable[int]:
    """Find the headline right above a lead, over lines that name a source or an address."""
    top = i - 1
    while top > 0 and top not in taken and not lines[top].n_blank_before and i - top < _FAR:
        top -= 1
    for place in (i - 1, top):
        words = lines[place].words if place >= 0 and place not in taken else ""
        if MONTH_LINE.fullmatch(words):
            continue
        if is_headline_like(words) and not META.match(words) and not BYLINE.match(words):
            yield place


def _at_best_level(lines: list[Line], marked: list[int], told: Told) -> list[int]:
    """Choose the level whose sections tell of the most incidents; the shallower on a tie."""
    best: tuple[int, list[int]] | None = None
    for level in sorted({level_of(lines[i]) for i in marked}):
        here = [i for i in marked if level_of(lines[i]) == level]
        stops = [*here[1:], len(lines)]
        n_incidents = sum(
            not is_date_line(lines[a].words) and told.is_incident_in(a, b)
            for a, b in zip(here, stops, strict=True)
        )
        if best is None or n_incidents > best[0]:
            best = (n_incidents, here)
    return best[1] if best else []


# --- sections ------------------------------------------------------------------------------------


def _section(lines: list[Line], text: str, day: tuple[Span, Span] | None = None) -> Section | None:
    # a month that stands last heads what follows
    while lines and (is_separator(lines[-1]) or MONTH_LINE.fullmatch(lines[-1].words)):
        lines = lines[:-1]
    while lines and is_separator(lines[0]):
        lines = lines[1:]
    if not lines:
        return None
    first = 0
    dated = None
    if is_date_line(lines[0].words) and len(lines) > 1:
        dated, first = (lines[0].start, lines[0].end), 1
    headline = _headline(lines[first:])
    below = lines[first + 1 : first + 2]
    if headline and dated is None and below and is_date_line(below[0].words):
        dated = below[0].start, below[0].end
    end = lines[-1].end
    start = lines[0].start
    return Section(
        start=start,
        end=end,
        headline=headline,
        stamps=tuple(_stamps(lines, text, start, end)),
        dated=dated,
        day=day,
    )


def _headline(lines: list[Line]) -> Span | None:
    line = lines[0]
    marked = (
        MARKDOWN.fullmatch(line.words)
        or FRAMED.fullmatch(line.words)
        or BOLD.fullmatch(STAMP.sub("", line.words).strip())
    )
    if marked:
        inner = marked[marked.lastindex or 0]
        start = line.start + line.words.index(inner)
        return start, (line.end if STAMP.search(line.words) else start + len(inner))
    if not is_heading([line, *lines[1:]], 0):
        return None
    if DATE_LEAD.match(line.words) and not line.stands_alone:
        return None
    return line.start, line.end


def _stamps(lines: list[Line], text: str, start: int, end: int) -> Iterable[Span]:
    for match in STAMP.finditer(text, start, end):
        yield match.span()
    for line in lines[1:]:
        if STAMP_LINE.fullmatch(line.words) and not STAMP.search(line.words):
            yield line.start, line.end


def _without_preamble(
    sections: list[Section], text: str, is_incident: Callable[[str], bool]
) -> list[Section]:
    if len(sections) < 2:
        return sections
    first = sections[0]
    words = text[first.start : first.end]
    is_headed = bool(first.headline and sections[1].headline)
    title, _, body = words.partition("\n")
    told = body if is_headed and TITLE.search(title) else words
    is_entry = first.stamps or is_incident(told) or (is_headed and _is_dated_below(words))
    return sections if is_entry else sections[1:]


def _is_dated_below(words: str) -> bool:
    """Whether a sentence below the first line tells a day: a title page says no more than one."""
    body = words.partition("\n")[2].strip()
    return bool(DAY.search(body)) and len(body.split()) > _LONGEST_COLOPHON


def _with_dates(sections: list[Section], lines: list[Line]) -> tuple[Section, ...]:
    """Hand each section the last date line above it."""
    above = [(line.start, line.end) for line in lines if is_date_line(line.words)]
    return tuple(_dated(section, above) for section in sections)


def _dated(section: Section, above: list[Span]) -> Section:
    before = [span for span in above if span[0] <= section.start]
    is_told = section.dated is not None or not before
    return section if is_told else replace(section, dated=before[-1])
