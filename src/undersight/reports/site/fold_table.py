"""The fold of names and words as a table for the script of the site."""

from __future__ import annotations

import functools
import json
from typing import Final

from undersight.text import name_keys
from undersight.text.folding import fold

_RANGES: Final = (
    (0x00A0, 0x02FF),
    (0x0300, 0x036F),
    (0x0370, 0x03FF),
    (0x0400, 0x052F),
    (0x0531, 0x058F),
    (0x0591, 0x05F4),
    (0x060C, 0x06FF),
    (0x10A0, 0x10FF),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0xFF01, 0xFF5E),
)


_FIRST_CYRILLIC: Final = "\u0400"
_LAST_CYRILLIC: Final = "\u052f"


@functools.cache
def script() -> str:
    """Return a script that defines ``undersightFold`` and ``undersightRules``."""
    table = {
        chr(code): folded
        for first, last in _RANGES
        for code in range(first, last + 1)
        if (folded := _inside_a_word(chr(code))) != chr(code)
    }
    shown = json.dumps(table, ensure_ascii=True, separators=(",", ":"))
    rules = json.dumps(name_keys.key_rules(), ensure_ascii=True, separators=(",", ":"))
    return f"var undersightFold = {shown};\nvar undersightRules = {rules};\n"


def _inside_a_word(letter: str) -> str:
    """Return the fold of a letter that no neighbour changes (Russian е begins with a y alone)."""
    if _FIRST_CYRILLIC <= letter <= _LAST_CYRILLIC:
        return fold(f"б{letter}").removeprefix("b")
    return fold(letter)
