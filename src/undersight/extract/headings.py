"""Which lines of a pasted log are headings, separators and dates that stand alone."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from undersight.extract.openings import (
    BOLD,
    BULLET,
    BYLINE,
    DATE_LINE,
    FOOTNOTE,
    FRAMED,
    MARKDOWN,
    META,
    NUMBER_LEAD,
    SEPARATOR,
    STAMP,
    UPDATE_PARAGRAPH,
)

if TYPE_CHECKING:
    from undersight.extract.lines import Line

_LONGEST_HEADLINE = 180
_LONGEST_STAMPS = 400
_LONE_WORD = re.compile(r"#\w{3,}|[^\W\d_a-zа-яёəğıöşüç]{3,}")  # a tag, or capitals
_STOPS = frozenset('.!?…"”»)')
_JOINERS = "\ufe0e\ufe0f\u200d"  # within pictures of several signs
_BOLD_LEVEL, _UNDERLINED_LEVEL, _FRAMED_LEVEL = 7, 8, 9  # behind the six of Markdown


def is_separator(line: Line) -> bool:
    """Whether a line is a rule drawn between entries."""
    return bool(SEPARATOR.fullmatch(line.words))


def is_date_line(words: str) -> bool:
    """Whether a line holds a date and nothing else but marks."""
    return bool(DATE_LINE.fullmatch(words.strip("#*_= -–—")))


def is_chapter(words: str) -> bool:
    """Whether a line heads several entries: a date, or one word in capitals."""
    return is_date_line(words) or bool(_LONE_WORD.fullmatch(words.strip("#*_= -–—:")))


def without_signs(words: str) -> str:
    """Return words without the pictures and signs behind them: "… to the police. 😀"."""
    end = len(words)
    while end and (words[end - 1].isspace() or words[end - 1] in _JOINERS or _is_sign(words, end)):
        end -= 1
    return words[:end] or words


def _is_sign(words: str, end: int) -> bool:
    return unicodedata.category(words[end - 1]) in {"So", "Sk", "Cs", "Co"}


def is_headline_like(words: str) -> bool:
    """Whether a line is short and open at its end; one word must be a tag or in capitals."""
    if len(words) > _LONGEST_HEADLINE + _LONGEST_STAMPS:
        return False
    shown = without_signs(FOOTNOTE.sub("", STAMP.sub("", words).strip()))
    is_open = shown.rstrip("\"”»'’)")[-1:] not in {".", "!", "…", ":", ";", ","}
    is_short = 0 < len(shown) <= _LONGEST_HEADLINE
    is_word = len(shown.split()) > 1 or _LONE_WORD.fullmatch(shown)
    return bool(is_open and is_short and is_word and not SEPARATOR.fullmatch(shown))


def level_of(line: Line) -> int:
    """Return the level that a heading's marks give it; 0 where it has none."""
    marked = MARKDOWN.fullmatch(line.words)
    if marked:
        return len(marked[1])
    framed = FRAMED.fullmatch(line.words)
    if framed:
        return len(framed[1]) if framed[1][0] == "=" else _FRAMED_LEVEL
    if line.is_underlined:
        return _UNDERLINED_LEVEL
    return _BOLD_LEVEL if BOLD.fullmatch(STAMP.sub("", line.words).strip()) else 0


def _is_dense(lines: list[Line], i: int) -> bool:
    """Whether a text has no gaps at all, and the line above ends a paragraph."""
    above = lines[i - 1].words
    ends = above[-1:] in _STOPS and len(above) > len(lines[i].words)
    return ends and not any(line.n_blank_before for line in lines[1:])


def is_heading(lines: list[Line], i: int) -> bool:
    """Whether a line is a heading: by its marks, or by standing alone above a body."""
    line = lines[i]
    if line.is_last or is_separator(line) or UPDATE_PARAGRAPH.match(line.words):
        return False
    if level_of(line):
        return True
    shown = STAMP.sub("", line.words).strip()
    has_body = i + 1 < len(lines) and not is_separator(lines[i + 1])
    above = line.n_blank_before > 0 or i == 0 or is_separator(lines[i - 1]) or _is_dense(lines, i)
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
        or bool(META.match(lines[i + 1].words) or BYLINE.match(lines[i + 1].words))
    )
    return below and is_headline_like(line.words)
