"""Parts a running log into entries: by rules drawn, headings, dates at the start of lines, gaps.

A log is pasted, so nothing marks where an entry begins. A short line without a final stop that
stands alone above a paragraph is a headline; in an article it may as well be a subheading. What
decides is, in this order: separators, the heading level that carries incidents, wider gaps above
some headings than above others, an update stamp, and at last whether the section tells of
something that happened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from undersight.extract.engine import Span, trim
from undersight.extract.openings import (
    BOLD,
    BULLET,
    COUNTED_LEAD,
    DATE_LEAD,
    DATE_LINE,
    EXPORT_LEAD,
    MARK_LEAD,
    MARKDOWN,
    NUMBER_LEAD,
    PLACE_LEAD,
    SEPARATOR,
    STAMP,
    STAMP_LINE,
    UPDATE_PARAGRAPH,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NAME = re.compile(r"(?<=[^.!?…\"”»] )[^\W\d_a-zа-яёəğıöşüç]\w{4,}")
_LONGEST_HEADLINE = 180
_LEAST_LEADS = 3
_MOSTLY = 0.6  # the part of headings that must tell of something for all of them to count


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One entry's place in the text.

    Args:
        start: First offset.
        end: Offset behind the last character.
        headline: Span of the headline without marks of Markdown; None where there is none.
        stamps: Spans of update stamps.
        dated: Span of the date line above the entry, that its dates look back from.
    """

    start: int
    end: int
    headline: Span | None
    stamps: tuple[Span, ...] = ()
    dated: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    words: str
    n_blank_before: int
    indent: int = 0
    is_last: bool = False
    stands_alone: bool = True


def split(text: str, is_incident: Callable[[str], bool]) -> tuple[Section, ...]:
    """Part a text into entries.

    Args:
        text: As given.
        is_incident: Whether a piece of text tells of something that happened.
    """
    lines = _lines(text)
    if not lines:
        return ()
    starts = _starts(lines, text, is_incident)
    sections = [
        _section(lines[a:b], text) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    kept = [section for section in sections if section is not None]
    return _with_dates(_without_preamble(kept, text, is_incident), lines)


def headline_text(text: str, section: Section) -> str:
    """Return a section's headline without its stamps."""
    if section.headline is None:
        return ""
    start, end = section.headline
    shown = STAMP.sub("", text[start:end])
    return " ".join(shown.strip(" \t*_#").split())


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    n_blank, offset = 0, 0
    for raw in text.splitlines(keepends=True):
        start, end = trim(text, offset, offset + len(raw))
        offset += len(raw)
        if start == end:
            n_blank += 1
            continue
        if lines and not n_blank:
            lines[-1] = replace(lines[-1], stands_alone=False)
        lines.append(
            _Line(
                start=start,
                end=end,
                words=text[start:end],
                n_blank_before=n_blank,
                indent=len(raw) - len(raw.lstrip()),
                stands_alone=True,
            )
        )
        n_blank = 0
    if lines:
        lines[-1] = replace(lines[-1], is_last=True)
    return lines


# --- where entries begin -------------------------------------------------------------------------


def _starts(lines: list[_Line], text: str, is_incident: Callable[[str], bool]) -> list[int]:
    headings = [i for i in range(len(lines)) if _is_heading(lines, i)]
    leads = _leads(lines, len(headings))
    chosen: set[int] = {0}
    chosen.update(i + 1 for i, line in enumerate(lines[:-1]) if _is_separator(line))
    marked = [i for i in headings if _level(lines[i])]
    listed = _listed(lines)
    if len(listed) > 1:
        chosen.update(listed)
    elif marked:
        chosen.update(_at_best_level(lines, marked, text, is_incident))
    elif leads and (len(leads) >= len(headings) or _is_counted(lines[leads[0]])):
        is_told = COUNTED_LEAD.match(lines[leads[0]].words)
        chosen.update(leads if is_told else _with_headings_above(lines, leads))
    else:
        chosen.update(_plain_starts(lines, headings, text, is_incident))
        if chosen == {0} and 0 not in headings:
            chosen.update(_strangers(lines))
    return sorted(chosen)


def _leads(lines: list[_Line], n_headings: int) -> list[int]:
    """Return the lines that open an entry by a date, a dateline, a number or a bullet.

    One kind of opening only, the first that enough lines share.
    """
    numbered = _in_sequence(lines)
    if numbered:
        return numbered
    patterns: tuple[re.Pattern[str], ...] = (DATE_LEAD, PLACE_LEAD, EXPORT_LEAD, MARK_LEAD)
    outer = _outer_bullets(lines)
    if outer:
        return outer
    if n_headings < 2:
        patterns = (*patterns, BULLET)  # under headlines, bullets are their facts
    best: list[int] = []
    for pattern in patterns:
        here = [i for i, line in enumerate(lines) if pattern.match(line.words)]
        if len(here) >= _LEAST_LEADS and len(here) > 1.5 * len(best):
            best = here
    return best


def _listed(lines: list[_Line]) -> list[int]:
    """Return headlines right below which a list of their facts stands.

    "Someone, blogger / 3 May: detained / 9 May: fined", or a headline and bullets: the lines of
    the list are one entry's.
    """
    heads = [
        i
        for i, line in enumerate(lines[:-1])
        if not _is_item(line)
        and _is_item(lines[i + 1])
        and _is_headline_like(_unmarked(line.words))
    ]
    n_items = sum(_is_item(line) for line in lines)
    is_listed = n_items > 1.3 * len(heads) and n_items > 0.5 * (len(lines) - len(heads))
    return heads if is_listed else []


def _is_item(line: _Line) -> bool:
    return bool(BULLET.match(line.words) or DATE_LEAD.match(line.words))


def _unmarked(words: str) -> str:
    """Return a line without marks of headings and a closing colon."""
    return words.strip("#*_ ").removesuffix(":")


def _is_counted(line: _Line) -> bool:
    leads = (NUMBER_LEAD, COUNTED_LEAD, BULLET)
    return any(lead.match(line.words) for lead in leads)


def _outer_bullets(lines: list[_Line]) -> list[int]:
    """Return the outer bullets of a list that has inner ones."""
    bullets = [i for i, line in enumerate(lines) if BULLET.match(line.words)]
    least = min((lines[i].indent for i in bullets), default=0)
    outer = [i for i in bullets if lines[i].indent == least]
    return outer if len(outer) >= _LEAST_LEADS and len(outer) < len(bullets) else []


def _in_sequence(lines: list[_Line]) -> list[int]:
    """Return the lines numbered 1, 2, 3...; none unless they open with 1 and skip nothing.

    Where a line says that it is a number of something ("No. 12"), any first number will do, and
    the numbers may run down.
    """
    counted = [
        (int(match[1]), i)
        for i, line in enumerate(lines)
        if line.n_blank_before or not i
        for match in (COUNTED_LEAD.match(line.words),)
        if match
    ]
    steps = {b - a for (a, _), (b, _) in pairwise(counted)}
    if len(counted) >= _LEAST_LEADS and steps in ({1}, {-1}):
        return [i for _, i in counted]
    found: list[int] = []
    for i, line in enumerate(lines):
        match = NUMBER_LEAD.match(line.words)
        if match and int(match[1]) == len(found) + 1:
            found.append(i)
    return found if len(found) >= _LEAST_LEADS else []


def _with_headings_above(lines: list[_Line], leads: list[int]) -> list[int]:
    """Open an entry at the headline right above its lead, where there is one."""
    taken = set(leads)
    return [
        i - 1 if i and i - 1 not in taken and _is_headline_like(lines[i - 1].words) else i
        for i in leads
    ]


def _is_headline_like(words: str) -> bool:
    shown = STAMP.sub("", words).strip()
    is_open = shown.rstrip("\"”»'’)")[-1:] not in {".", "!", "…", ":", ";", ","}
    is_short = 0 < len(shown) <= _LONGEST_HEADLINE
    return is_open and is_short and len(shown.split()) > 1 and not SEPARATOR.fullmatch(shown)


def _is_separator(line: _Line) -> bool:
    return bool(SEPARATOR.fullmatch(line.words))


def _level(line: _Line) -> int:
    marked = MARKDOWN.fullmatch(line.words)
    if marked:
        return len(marked[1])
    return 7 if BOLD.fullmatch(STAMP.sub("", line.words).strip()) else 0


def _is_heading(lines: list[_Line], i: int) -> bool:
    line = lines[i]
    if line.is_last or _is_separator(line) or UPDATE_PARAGRAPH.match(line.words):
        return False
    if _level(line):
        return True
    shown = STAMP.sub("", line.words).strip()
    has_body = i + 1 < len(lines) and not _is_separator(lines[i + 1])
    above = line.n_blank_before > 0 or i == 0 or _is_separator(lines[i - 1])
    if not (has_body and above) or (
        BULLET.match(line.words) and not NUMBER_LEAD.match(line.words)
    ):
        return False
    if DATE_LINE.fullmatch(shown):
        return True
    below = (
        line.stands_alone
        or len(lines[i + 1].words) > 1.5 * len(shown)
        or bool(BULLET.match(lines[i + 1].words))
    )
    return below and _is_headline_like(line.words)


def _at_best_level(
    lines: list[_Line], marked: list[int], text: str, is_incident: Callable[[str], bool]
) -> list[int]:
    """Choose the level whose sections tell of the most incidents; the shallower on a tie."""
    best: tuple[int, int, list[int]] | None = None
    for level in sorted({_level(lines[i]) for i in marked}):
        here = [i for i in marked if _level(lines[i]) == level]
        stops = [*here[1:], len(lines)]
        n_incidents = sum(
            is_incident(text[lines[a].start : lines[b - 1].end])
            and not DATE_LINE.fullmatch(lines[a].words.strip("#* "))
            for a, b in zip(here, stops, strict=True)
        )
        if best is None or n_incidents > best[0]:
            best = (n_incidents, level, here)
    return best[2] if best else []


def _plain_starts(
    lines: list[_Line], headings: list[int], text: str, is_incident: Callable[[str], bool]
) -> list[int]:
    wide = [i for i in headings if lines[i].n_blank_before > 1]
    narrow = [i for i in headings if lines[i].n_blank_before == 1]
    has_wide_gaps = len(wide) > 0 and (len(narrow) > 0 or len(wide) > 1)
    n_bullets = sum(bool(BULLET.match(line.words)) for line in lines)
    is_list = n_bullets > 0.6 * (len(lines) - len(headings))
    blocks = [i for i, line in enumerate(lines) if line.n_blank_before > 1]
    chosen = _blocks(lines, blocks, text, is_incident)
    has_wide_gaps = has_wide_gaps or len(chosen) > 1
    telling = set() if has_wide_gaps or is_list else _telling(lines, headings, text, is_incident)
    is_log = len(telling) >= _LEAST_LEADS and len(telling) > _MOSTLY * len(headings)
    for i in headings:
        line = lines[i]
        is_sentence = len(line.words.split()) >= _LEAST_LEADS
        if (
            STAMP.search(line.words)
            or i == 0
            or is_list
            or (has_wide_gaps and line.n_blank_before > 1)
            or i in telling
            or (is_log and is_sentence)  # what most headings of a log are, the others are too
        ):
            chosen.append(i)
    return chosen


def _telling(
    lines: list[_Line], headings: list[int], text: str, is_incident: Callable[[str], bool]
) -> set[int]:
    """Return the headings under which something is told that happened."""
    stops = [*headings[1:], len(lines)] if headings else []
    bodies = {
        i: text[lines[i + 1].start : lines[stop - 1].end] if i + 1 < stop else ""
        for i, stop in zip(headings, stops, strict=True)
    }
    return {i for i, body in bodies.items() if is_incident(f"{lines[i].words}\n{body}")}


def _blocks(
    lines: list[_Line], blocks: list[int], text: str, is_incident: Callable[[str], bool]
) -> list[int]:
    """Return the blocks between wide gaps that tell of an incident."""
    stops = [*blocks[1:], len(lines)] if blocks else []
    return [
        a
        for a, b in zip(blocks, stops, strict=True)
        if is_incident(text[lines[a].start : lines[b - 1].end])
    ]


def _strangers(lines: list[_Line]) -> list[int]:
    """Without any headline, a paragraph that names nobody named before it is another entry."""
    starts: list[int] = []
    known: set[str] = set()
    for i, line in enumerate(lines):
        names = {word[:5] for word in _NAME.findall(line.words)}
        if i and names and not names & known and line.n_blank_before and not _is_update(line):
            starts.append(i)
            known = set()
        known |= names
    return starts if len(starts) + 1 >= _LEAST_LEADS else []


def _is_update(line: _Line) -> bool:
    return bool(UPDATE_PARAGRAPH.match(line.words))


# --- sections ------------------------------------------------------------------------------------


def _section(lines: list[_Line], text: str) -> Section | None:
    while lines and _is_separator(lines[-1]):
        lines = lines[:-1]
    while lines and _is_separator(lines[0]):
        lines = lines[1:]
    if not lines:
        return None
    first = 0
    dated = None
    if DATE_LINE.fullmatch(lines[0].words.strip("#*_ ")) and len(lines) > 1:
        dated, first = (lines[0].start, lines[0].end), 1
    headline = _headline(lines[first:], is_below_date=first == 1)
    end = lines[-1].end
    start = lines[0].start
    return Section(
        start=start,
        end=end,
        headline=headline,
        stamps=tuple(_stamps(lines, text, start, end)),
        dated=dated,
    )


def _headline(lines: list[_Line], *, is_below_date: bool) -> Span | None:
    line = lines[0]
    marked = MARKDOWN.fullmatch(line.words) or BOLD.fullmatch(STAMP.sub("", line.words).strip())
    if marked:
        inner = marked[marked.lastindex or 0]
        start = line.start + line.words.index(inner)
        return start, (line.end if STAMP.search(line.words) else start + len(inner))
    if DATE_LEAD.match(line.words) or not _is_heading([line, *lines[1:]], 0):
        return None
    del is_below_date
    return line.start, line.end


def _stamps(lines: list[_Line], text: str, start: int, end: int) -> Iterable[Span]:
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
    is_entry = first.stamps or is_incident(text[first.start : first.end])
    return sections if is_entry else sections[1:]


def _with_dates(sections: list[Section], lines: list[_Line]) -> tuple[Section, ...]:
    """Hand each section the last date line above it."""
    above = [
        (line.start, line.end) for line in lines if DATE_LINE.fullmatch(line.words.strip("#*_ "))
    ]
    return tuple(_dated(section, above) for section in sections)


def _dated(section: Section, above: list[Span]) -> Section:
    before = [span for span in above if span[0] <= section.start]
    is_told = section.dated is not None or not before
    return section if is_told else replace(section, dated=before[-1])
