"""What a whole table tells of its rows: which sheets are no cases, and which language it is in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.i18n import LANGUAGES
from undersight.model.intake import Issue
from undersight.text import detect_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.model.intake import Row
    from undersight.workbench.columns import ColumnMap

_OF_A_CASE = frozenset(("date", "victim", "surname", "victim_count"))
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_ROWS_READ, _MOST_CHARACTERS = 200, 20_000
_LEAST_CONFIDENCE = 0.9
_LEAST_WORDS = 4  # of a cell that tells its language


def of_other_sheets(rows: Sequence[Row], columns: ColumnMap) -> list[Issue]:
    """Refuse the rows of lists and codebooks that stand in a workbook beside its table of cases.

    Such a sheet asks neither whom nor when, where another one of the workbook does.
    """
    asked: dict[str, set[str]] = {}
    for row in rows:
        sheet = row.locator.rpartition("!")[0]
        asked.setdefault(sheet, set()).update(columns.roles[name] for name in row.cells)
    others = {sheet for sheet, roles in asked.items() if not roles & _OF_A_CASE}
    if not others or others == asked.keys():
        return []
    reason = "The sheet asks neither whom nor when, as another one does; it was left out."
    found = (row.locator for row in rows if row.locator.rpartition("!")[0] in others)
    return [Issue(locator=place, reason=reason) for place in found]


def language_of_rows(rows: Sequence[Row], usual: str) -> str:
    """Tell the language of a table's sentences, else of its words; the usual one if unsure.

    Each cell tells for itself: one foreign name must not decide for the whole table.
    """
    cells = dict.fromkeys(cell for row in rows[:_MOST_ROWS_READ] for cell in row.cells.values())
    told: dict[str, int] = {}
    for cell in cells:
        words = _WORD.findall(_ADDRESS.sub(" ", cell))
        if len(words) >= _LEAST_WORDS:
            guess = detect_language(" ".join(words))
            told[guess.lang] = told.get(guess.lang, 0) + len(words)
    if not told:
        headings = " ".join(dict.fromkeys(name for row in rows for name in row.cells))
        if len(_WORD.findall(headings)) >= _LEAST_WORDS:
            told = {detect_language(headings).lang: 1}
    most = max(told, key=lambda lang: (told[lang], lang), default="")
    if most in LANGUAGES and told[most] > sum(told.values()) / 2:
        return most
    words = _WORD.findall(" ".join(cells))
    guess = detect_language(" ".join(words)[:_MOST_CHARACTERS])
    is_sure = guess.lang in LANGUAGES and guess.confidence >= _LEAST_CONFIDENCE
    return guess.lang if is_sure else usual
