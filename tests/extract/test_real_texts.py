"""Texts that no one here wrote: connections cut, and days in reports on prisoners."""

from __future__ import annotations

import csv
import datetime as dt
import html
import re
from typing import TYPE_CHECKING

import pytest

from undersight.extract import draft

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.real, pytest.mark.long]

_CUT = re.compile(
    r"(?:internet|mobile data|mobile services)[^.]{0,60}"
    r"(?:shut ?down|cut|snapped|suspended|blocked|throttled|disrupted)",
    re.IGNORECASE,
)


def test_connections_that_are_cut_are_told(shared_data: Path) -> None:
    texts = set()
    for place in sorted((shared_data / "keepiton-shutdowns").glob("*.csv")):
        with place.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                cells = (row.get(c) or "" for c in ("event", "actual_cause_details", "notes"))
                texts |= {html.unescape(re.sub("<[^>]+>", " ", cell)).strip() for cell in cells}
    told = [text for text in sorted(texts) if _CUT.search(text)]
    assert len(told) > 100
    missed = [text for text in told if "internet_shutdown" not in _values(text, "act")]
    assert len(missed) < 0.05 * len(told)


def test_days_of_arrest_keep_the_year_of_their_story(shared_data: Path) -> None:
    place = shared_data / "azerbaijan-political-prisoners-2014" / "cases.csv"
    n_told = 0
    with place.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not re.fullmatch(r"\d+ \w+ \d{4}", row["arrest_date"].strip()):
                continue
            day = dt.datetime.strptime(row["arrest_date"].strip(), "%d %B %Y").date()  # noqa: DTZ007
            if f"{day.day} {day:%B}" in row["background"]:
                n_told += 1
                text = row["background"].replace("PERSON", "Ravin Dargaly")
                assert day.isoformat() in _values(text, "date", dt.date(2014, 8, 1))
    assert n_told > 4


def _values(text: str, kind: str, day: dt.date = dt.date(2022, 1, 1)) -> set[str]:
    entries = draft(text, context_date=day, lang="en").entries
    return {str(f.value) for entry in entries for f in entry.fields if f.kind == kind}
