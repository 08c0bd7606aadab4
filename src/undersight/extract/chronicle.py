"""Layouts in which a line's place tells what it is: a chronicle by months, a table pasted as text.

Below "MAY 2024" a paragraph that opens with "3." or "20–22:" is of those days. In a table every
row is an entry.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from undersight.extract.openings import DAY_LEAD, MONTH_LINE
from undersight.extract.records import LEAST_LEADS

if TYPE_CHECKING:
    from undersight.extract.engine import Span
    from undersight.extract.lines import Line

_LAST_DAY = 31
_MOSTLY = 0.6  # the part of lines that are a table's rows
_NEARLY_ALL = 0.8  # the part of rows with a figure, beside which a row without one is their head
_LEAST_TABS, _LEAST_PIPES = 2, 4
_RULE = re.compile(r"[|\s:+=_-]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def chronicle(lines: list[Line]) -> dict[int, tuple[Span, Span]]:
    """Return, by line, where its day stands and where the month above it does.

    Counted from 1 below every month, the figures number entries and are no days.
    """
    found: dict[int, tuple[Span, Span]] = {}
    chapters: list[list[int]] = []
    month: Span | None = None
    for i, line in enumerate(lines):
        lead = DAY_LEAD.match(line.words)
        if MONTH_LINE.fullmatch(line.words):
            month = line.start, line.end
            chapters.append([])
        elif month and lead and 0 < int(lead["first"]) <= _LAST_DAY:
            end = lead.end("last") if lead["last"] else lead.end("first")
            found[i] = (line.start, line.start + end), month
            chapters[-1].append(int(lead["first"]))
    runs = [days for days in chapters if days]
    is_ordered = all(
        all(a <= b for a, b in pairwise(days)) or all(a >= b for a, b in pairwise(days))
        for days in runs
    )
    is_count = all(days == list(range(1, len(days) + 1)) for days in runs)
    return found if len(found) >= LEAST_LEADS and is_ordered and not is_count else {}


def openings_of(lines: list[Line], days: dict[int, tuple[Span, Span]]) -> list[int]:
    """Return where a chronicle's entries begin: at its days, and right below its months."""
    months = {i for i, line in enumerate(lines) if MONTH_LINE.fullmatch(line.words)}
    below = {i + 1 for i in months if i + 1 < len(lines)}
    return sorted({*days, *below} - months)


def edtf_of(day: str, month: str) -> str:
    """Return the days of a month as EDTF; empty where the calendar has no such day.

    Args:
        day: "3" or "20–22".
        month: EDTF of the month.

    >>> edtf_of("20–22", "2024-05")
    '2024-05-20/2024-05-22'
    """
    year, number = (int(part) for part in month.split("-"))
    try:
        days = [dt.date(year, number, int(one)) for one in re.findall(r"\d+", day)]
    except ValueError:
        return ""
    return "/".join(one.isoformat() for one in days)


def with_year(month: str, before: str) -> str:
    """Return a month's words with the year that the title above it tells, where it has none."""
    years = _YEAR.findall(before)
    return month if any(c.isdigit() for c in month) or not years else f"{month} {years[-1]}"


def table_rows(lines: list[Line]) -> tuple[list[int], list[int]]:
    """Return the rows of a table and the lines that head or rule it; nothing where there is none.

    Cells stand between tabs, as copied from a sheet or a page, or between upright strokes.
    """
    rows = [i for i, line in enumerate(lines) if _is_row(line.words)]
    if len(rows) < LEAST_LEADS or len(rows) < _MOSTLY * len(lines):
        return [], []
    rules = [i for i in rows if _RULE.fullmatch(lines[i].words)]
    rows = [i for i in rows if i not in rules]
    figured = [i for i in rows if any(c.isdigit() for c in lines[i].words)]
    has_head = rows and (
        rows[0] + 1 in rules
        or (rows[0] not in figured and len(figured) >= _NEARLY_ALL * (len(rows) - 1))
    )
    return (rows[1:], [rows[0], *rules]) if has_head else (rows, rules)


def _is_row(words: str) -> bool:
    n_pipes = words.count("|") if words.startswith("|") else 0
    return words.count("\t") >= _LEAST_TABS or n_pipes >= _LEAST_PIPES
