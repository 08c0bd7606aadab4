"""Turkish: an apostrophe parts a name from its ending. The words stand in ``tables/tr_*.txt``."""

from __future__ import annotations

import functools
import re

from undersight.extract.engine import fold_turkic
from undersight.extract.inflected_names import InflectedNames
from undersight.extract.tabled import language
from undersight.extract.turkic_endings import ENDING, turkish

_read = functools.partial(turkish, fold=fold_turkic)

NAMES = InflectedNames(
    lang="tr",
    person=lambda name, _before, seen: _read(name, seen=seen),
    phrase=lambda name, seen: _read(name, seen=seen),
    place=lambda name, seen: _read(name, seen=seen),
    ending=ENDING,
    stem=lambda low: re.sub(r"'\w*$", "", low),
)

LANGUAGE = language("tr", fold_turkic, NAMES)
