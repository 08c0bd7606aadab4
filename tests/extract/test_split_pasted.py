"""Layouts as people paste them, from the web, chats, tables and sheets: `layouts/*.txt`.

Each file is a log in which ``¶`` stands where an entry begins.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from undersight.extract.drafting import _is_incident_in
from undersight.extract.split import split

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.txt"))
# the rest of the shapes are read in the long run: they stand for the same rules
COMMON = {"web-menus", "whatsapp-ios", "footnotes", "subnumbers", "month-headings-day-lines"}


def starts_marked(place: Path) -> tuple[str, list[int]]:
    """Return a layout's text without marks, and where its entries begin."""
    pieces = place.read_text(encoding="utf-8").split("¶")
    starts = [sum(map(len, pieces[:i])) for i in range(1, len(pieces))]
    return "".join(pieces), starts


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(p, id=p.stem, marks=() if p.stem in COMMON else pytest.mark.long)
        for p in LAYOUTS
    ],
)
def test_pasted_layouts(place: Path) -> None:
    text, starts = starts_marked(place)
    assert len(starts) > 3
    assert [section.start for section in split(text, _is_incident_in(None))] == starts
