"""Dates and lengths of time in running text, in Azerbaijani, English, Russian and Turkish."""

from __future__ import annotations

from undersight.extract.dates.expressions import DateMention, Duration
from undersight.extract.dates.grammar import find_dates

__all__ = ["DateMention", "Duration", "find_dates"]
