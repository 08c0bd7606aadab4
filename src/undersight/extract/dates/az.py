"""Dates of az.

from __future__ import annotations

from undersight.extract.dates.building import alone
from undersight.extract.dates.language import Language, Rule

LANGUAGE = Language(
    code="az",
    words={},
    number_endings={},
    names=(),
    phrases_over=(Rule("", "DATE", alone),),
    is_day_first=True,
)
