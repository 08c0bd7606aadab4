"""Turkish: an apostrophe parts a name from its ending. The words stand in ``tables/tr_*.txt``."""

from __future__ import annotations

import re

from undersight.extract.engine import fold_turkic
from undersight.extract.known_names import InflectedNames
from undersight.extract.tabled import language
from undersight.extract.turkic_endings import ENDING, turkish

NAMES = InflectedNames(
    lang="tr",
    person=lambda name, _before, _seen: turkish(name),
    phrase=lambda name, _seen: turkish(name),
    place=lambda name, _seen: turkish(name),
    ending=ENDING,
    stem=lambda low: re.sub(r"'\w*$", "", low),
)

LANGUAGE = language("tr", fold_turkic, NAMES)
