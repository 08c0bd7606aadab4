"""Dates of tr.

from __future__ import annotations

from undersight.extract.dates.building import alone
from undersight.extract.dates.language import Language, Rule

LANGUAGE = Language(
    code="tr",
    words={},
    number_endings={},
    names=(),
    phrases_over=(Rule("", "DATE", alone),),
    is_day_first=True,
)
