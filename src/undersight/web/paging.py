"""Which page of a long list was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersight.web.visit import Visit

MOST_PAGES = 10_000
_MOST_DIGITS = 6


def page_number(visit: Visit) -> int:
    """Return the page asked for, from 1; the first where the address holds no number."""
    at = visit.asked("page", "1")
    is_number = at.isascii() and at.isdecimal() and len(at) <= _MOST_DIGITS
    return min(max(int(at), 1), MOST_PAGES) if is_number else 1
