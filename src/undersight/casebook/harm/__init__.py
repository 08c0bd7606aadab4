"""The do-no-harm check: questions about people, asked before anything leaves the team.

It finds what could hurt somebody and asks; it decides nothing. An answer is kept with a digest of
what was found, so the same thing is asked once and a changed thing is asked again.
"""

from __future__ import annotations

from undersight.casebook.harm.checking import (
    Opening,
    examine,
    examine_opening,
    open_now,
    opening_of,
    refuse_unless_answered,
    unanswered,
)
from undersight.casebook.harm.finding import QUESTIONS, HarmFinding, Question, Where

__all__ = [
    "QUESTIONS",
    "HarmFinding",
    "Opening",
    "Question",
    "Where",
    "examine",
    "examine_opening",
    "open_now",
    "opening_of",
    "refuse_unless_answered",
    "unanswered",
]
