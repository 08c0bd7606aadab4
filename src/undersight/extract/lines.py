"""Lines of a pasted text as the splitter sees them: place, words, the gap above."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from undersight.extract.engine import trim

_UNDERLINE = re.compile(r"([-–—_*=~^─━═])\1{2,}")
_LEAST_OF_TITLE = 0.6  # a rule this long beside the line above it underlines that line
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line with something on it.

    Args:
        start: First offset, white space left out.
        end: Offset behind the last character.
        words: What stands there.
        n_blank_before: Empty lines above it.
        indent: White space before it.
        is_last: Whether nothing follows.
        stands_alone: Whether an empty line or nothing follows.
        is_underlined: Whether a rule drawn right below made it a title; the rule is no line.
    """

    start: int
    end: int
    words: str
    n_blank_before: int
    indent: int = 0
    is_last: bool = False
    stands_alone: bool = True
    is_underlined: bool = False


def lines_of(text: str) -> list[Line]:
    """Read a text's lines; empty ones are only counted."""
    lines: list[Line] = []
    n_blank, offset = 0, 0
    for raw in text.splitlines(keepends=True):
        start, end = trim(text, offset, offset + len(raw))
        offset += len(raw)
        if start == end:
            n_blank += 1
            continue
        if lines and not n_blank and _underlines(text[start:end], lines):
            lines[-1] = replace(lines[-1], is_underlined=True)
            n_blank = 1
            continue
        if lines and not n_blank:
            lines[-1] = replace(lines[-1], stands_alone=False)
        lines.append(
            Line(
                start=start,
                end=end,
                words=text[start:end],
                n_blank_before=n_blank,
                indent=len(raw) - len(raw.lstrip()),
            )
        )
        n_blank = 0
    if lines:
        lines[-1] = replace(lines[-1], is_last=True)
    return lines


def _underlines(rule: str, lines: list[Line]) -> bool:
    """Whether a rule underlines the line above it, rather than parting entries."""
    title = lines[-1]
    is_framed = len(lines) > 1 and bool(_UNDERLINE.fullmatch(lines[-2].words))
    stands_off = title.n_blank_before > 0 or len(lines) == 1 or is_framed
    is_title = title.words[-1:] not in ".!…:;," and len(title.words) <= _LONGEST_TITLE
    is_wide = len(rule) >= _LEAST_OF_TITLE * len(title.words)
    is_drawn = bool(_UNDERLINE.fullmatch(rule)) and not _UNDERLINE.fullmatch(title.words)
    return is_drawn and stands_off and is_title and is_wide
