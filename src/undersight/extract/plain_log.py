"""Where entries begin in a log of plain headlines and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.extract.headings import is_date_line, is_separator
from undersight.extract.openings import BULLET, DAY, META, STAMP, UPDATE_PARAGRAPH
from undersight.extract.records import LEAST_LEADS

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.extract.lines import Line

_NAME = re.compile(r"(?<=[^.!?…\"”»] )(?!(?:May|June|July)\b)[^\W\d_a-zа-яёəğıöşüç]\w{3,}")
_SHORT = 5  # lines; sections of an article run longer
_MOSTLY = 0.6  # the part of headings that must tell of something for all of them to count
_NEARLY_ALL = 0.8  # the part at which a heading of two words counts as well
_LEAST_WORDS = 3
_FEW = 0.3  # the part of paragraphs that may look like headlines where none is one
_FEW_BELOW = 2  # paragraphs below a day that is an entry's; below a day of several stand more
_FEW_INNER = 1.5  # subheadings a block between rules; a chapter of entries has more


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What sections tell of: something that happened, or something of a certain day."""

    text: str
    lines: list[Line]
    is_incident: Callable[[str], bool]

    def is_incident_in(self, start: int, stop: int) -> bool:
        """Whether the lines tell of an incident."""
        return self.is_incident(self.text[self.lines[start].start : self.lines[stop - 1].end])

    def is_told(self, start: int, stop: int) -> bool:
        """Whether the lines tell of an incident or of a day."""
        part = self.text[self.lines[start].start : self.lines[stop - 1].end]
        return bool(DAY.search(part)) or self.is_incident(part)

    def where_told(self, starts: list[int]) -> list[int]:
        """Return the starts if most of their sections tell of something; none otherwise."""
        stops = [*starts[1:], len(self.lines)]
        n_told = sum(self.is_told(a, b) for a, b in zip(starts, stops[: len(starts)], strict=True))
        return starts if n_told > _MOSTLY * len(starts) else []

    def where_all_told(self, starts: list[int]) -> list[int]:
        """Return the starts if each of their sections tells of an incident; none otherwise."""
        stops = [*starts[1:], len(self.lines)]
        spans = zip(starts, stops[: len(starts)], strict=True)
        return starts if all(self.is_incident_in(a, b) for a, b in spans) else []


def plain_starts(lines: list[Line], headings: list[int], told: Told) -> list[int]:
    """Choose the headings that open entries, by gaps or by what stands below them."""
    wide = [i for i in headings if lines[i].n_blank_before > 1]
    narrow = [i for i in headings if lines[i].n_blank_before == 1]
    n_bullets = sum(bool(BULLET.match(line.words)) for line in lines)
    is_list = n_bullets > 0.6 * (len(lines) - len(headings))
    chosen = _blocks(lines, told)
    has_wide_gaps = len(wide) > (0 if narrow else 1) or len(chosen) > 1
    if has_wide_gaps:
        chosen += [*wide, *_below_preamble(lines, headings, told)]
    elif not is_list:
        chosen += _by_what_is_told(lines, headings, told)
    chosen += [i for i in headings if STAMP.search(lines[i].words) or i == 0 or is_list]
    return chosen


def _below_preamble(lines: list[Line], headings: list[int], told: Told) -> list[int]:
    """Return the first heading, where what stands above it tells of nothing."""
    if len(headings) > 1 and headings[0] == 0 and headings[1] > 1:
        is_title = not told.is_incident_in(1, headings[1])
        headings = headings[1:] if is_title else headings
    first = headings[0] if headings else 0
    stop = headings[1] if len(headings) > 1 else len(lines)
    is_opening = (
        first > 0
        and not told.is_incident_in(min(1, first - 1), first)
        and told.is_told(first, stop)
    )
    return [first] if is_opening else []


def _by_what_is_told(lines: list[Line], headings: list[int], told: Told) -> set[int]:
    """Return headings of incidents; what most headings of a log are, the others are too."""
    stops = [*headings[1:], len(lines)] if headings else []
    spans = list(zip(headings, stops, strict=True))
    telling = {a for a, b in spans if told.is_incident_in(a, b)}
    sizes = sorted(b - a for a, b in spans)
    is_short = bool(sizes) and sizes[len(sizes) // 2] <= _SHORT
    dated = {a for a, b in spans if is_short and a + 1 < b and DAY.search(lines[a + 1].words)}
    n_told = len(telling | dated)
    if n_told < LEAST_LEADS or n_told <= _MOSTLY * len(headings):
        return telling
    if is_short and n_told > _NEARLY_ALL * len(headings):
        return set(headings)
    sentences = {i for i in headings if len(lines[i].words.split()) >= _LEAST_WORDS}
    return telling | dated | sentences


def _blocks(lines: list[Line], told: Told) -> list[int]:
    """Return the blocks between wide gaps that tell of an incident."""
    blocks = [i for i, line in enumerate(lines) if line.n_blank_before > 1]
    stops = [*blocks[1:], len(lines)] if blocks else []
    return [a for a, b in zip(blocks, stops, strict=True) if told.is_incident_in(a, b)]


def closed_by_a_source(lines: list[Line]) -> list[int]:
    """Return what follows lines that close every entry alike: "Source: ...", "Read more ..."."""
    closings = [i for i, line in enumerate(lines) if i and META.match(line.words)]
    firsts = {i: lines[i].words.split(":")[0].split()[0].casefold() for i in closings}
    last = firsts.get(len(lines) - 1)
    same = [i for i in closings if firsts[i] == last]
    starts = [0, *(i + 1 for i in same[:-1])]
    stands_off = all(lines[i].n_blank_before for i in starts[1:])
    return starts if len(same) >= LEAST_LEADS and stands_off else []


def ruled_blocks(lines: list[Line], headings: list[int], told: Told) -> bool:
    """Whether rules drawn part all entries: most blocks tell of something, with few headings."""
    rules = [i for i, line in enumerate(lines[:-1]) if is_separator(line)]
    starts = [0, *(i + 1 for i in rules)]
    n_inner = sum(i not in starts for i in headings)
    is_parted = len(starts) >= LEAST_LEADS and n_inner <= _FEW_INNER * len(starts)
    return is_parted and bool(told.where_told(starts))


def strangers(lines: list[Line]) -> list[int]:
    """Without any headline, a paragraph that names nobody named before it is another entry."""
    starts: list[int] = []
    known: set[str] = set()
    is_dense = _are_paragraphs(lines)
    for i, line in enumerate(lines):
        names = {word[:5] for word in _NAME.findall(line.words)}
        opens = line.n_blank_before > 0 or is_dense
        if i and names and not names & known and opens and not _is_update(line):
            starts.append(i)
            known = set()
        known |= names
    return starts if len(starts) + 1 >= LEAST_LEADS else []


def alerts(lines: list[Line], opened: list[int], headings: list[int]) -> list[int]:
    """Return the paragraphs between entries that are entries too, though they open otherwise.

    Where hardly a paragraph goes on with those named in the one above, each is an alert of its
    own, whether its day stands first or last.
    """
    paragraphs = {i for i, line in enumerate(lines) if line.n_blank_before or not i}
    dated = {i for i in paragraphs if DAY.search(lines[i].words)}
    new = paragraphs & {0, *opened, *strangers(lines)}
    is_of_alerts = (
        len(paragraphs) == len(lines)
        and len(headings) < _FEW * len(paragraphs)
        and len(dated) > _NEARLY_ALL * len(paragraphs)
        and len(new) > _MOSTLY * len(paragraphs) > _FEW_INNER * len(opened)
        and len(paragraphs) > LEAST_LEADS
    )
    return sorted(dated | (new - {0})) if is_of_alerts else []


def below_days(lines: list[Line], headings: list[int], told: Told) -> list[int]:
    """Return the lines that are a day and nothing else, where each opens one entry.

    Where headlines or lists stand below the days, they are chapters of several entries.
    """
    days = [i for i, line in enumerate(lines) if is_date_line(line.words)]
    n_other = sum(i not in set(days) for i in headings)
    n_items = sum(bool(BULLET.match(line.words)) for line in lines)
    stops = [*days[1:], len(lines)]
    sizes = sorted(b - a - 1 for a, b in zip(days, stops[: len(days)], strict=True))
    is_one_each = (
        len(days) >= LEAST_LEADS
        and sizes[0] > 0
        and sizes[len(sizes) // 2] <= _FEW_BELOW
        and n_other + n_items < _FEW * len(days)
    )
    return told.where_told(days) if is_one_each else []


def _are_paragraphs(lines: list[Line]) -> bool:
    """Whether every line is a paragraph of its own, with no gaps between them."""
    n_whole = sum(line.words[-1:] in '.!?…"”»)' for line in lines)
    return n_whole == len(lines) and not any(line.n_blank_before for line in lines[1:])


def _is_update(line: Line) -> bool:
    return bool(UPDATE_PARAGRAPH.match(line.words))
