"""Azerbaijani, in Latin and Cyrillic letters. The words stand in ``tables/az_*.txt``.

The two alphabets pair letter by letter, so a Cyrillic text is folded into Latin letters of the
same length, and one set of tables reads both; values keep the letters of the text.
"""

from __future__ import annotations

import functools
import re

from undersight.extract.engine import fold_turkic
from undersight.extract.known_names import InflectedNames
from undersight.extract.tabled import language
from undersight.extract.turkic_endings import ENDING, azerbaijani

_LATIN = str.maketrans("абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹш", "abvqğdeəjziıykglmnoöprstuüfxhçcş")


def fold(text: str) -> str:
    """Lower a text character by character; Cyrillic letters become the Latin ones they pair."""
    return fold_turkic(text).translate(_LATIN)


_read = functools.partial(azerbaijani, fold=fold)


def _place(name: str, _seen: object) -> str:
    low = fold(name)
    match = re.search(
        r"(?:[dt][aə](?:n|k[ıi]\w*)?|(?<=[aəeıioöuü])n[ıiuü]n|(?<=[^aəeıioöuü])[ıiuü]n)$", low
    )
    return name[: match.start()] if match and match.start() > 2 else name


def _phrase(name: str, _seen: object) -> str:
    return re.sub(r"-\w{1,4}$", "", name)


NAMES = InflectedNames(
    lang="az",
    person=lambda name, _before, seen: _read(name, seen=seen),
    phrase=_phrase,
    place=_place,
    ending=ENDING,
    stem=lambda low: low,
)

LANGUAGE = language("az", fold, NAMES)
