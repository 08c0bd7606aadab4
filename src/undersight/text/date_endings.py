"""The endings that Azerbaijani and Turkish put on a year: “2024-dən”, “2024'ten”.

The ending follows the last word of the number as it is spoken: its vowel and its last sound.
"""

from __future__ import annotations

from typing import Final

_UNITS_AZ: Final = {
    1: ("dən", "ə"),
    2: ("dən", "yə"),
    3: ("dən", "ə"),
    4: ("dən", "ə"),
    5: ("dən", "ə"),
    6: ("dan", "ya"),
    7: ("dən", "yə"),
    8: ("dən", "ə"),
    9: ("dan", "a"),
    10: ("dan", "a"),
    20: ("dən", "yə"),
    30: ("dan", "a"),
    40: ("dan", "a"),
    50: ("dən", "yə"),
    60: ("dan", "a"),
    70: ("dən", "ə"),
    80: ("dən", "ə"),
    90: ("dan", "a"),
    100: ("dən", "ə"),
    1000: ("dən", "ə"),
}
_UNITS_TR: Final = {
    1: ("den", "e"),
    2: ("den", "ye"),
    3: ("ten", "e"),
    4: ("ten", "e"),
    5: ("ten", "e"),
    6: ("dan", "ya"),
    7: ("den", "ye"),
    8: ("den", "e"),
    9: ("dan", "a"),
    10: ("dan", "a"),
    20: ("den", "ye"),
    30: ("dan", "a"),
    40: ("tan", "a"),
    50: ("den", "ye"),
    60: ("tan", "a"),
    70: ("ten", "e"),
    80: ("den", "e"),
    90: ("dan", "a"),
    100: ("den", "e"),
    1000: ("den", "e"),
}


def none(text: str, case: str) -> str:  # noqa: ARG001 - one signature for all languages
    """Return nothing: the language puts no ending on a number."""
    return ""


def azerbaijani(text: str, case: str) -> str:
    """Return the ending for a text that ends in a number; empty for any other text.

    Args:
        text: Such as “5 mart 2024”.
        case: ``from`` or ``to``.
    """
    return _ending(text, case, _UNITS_AZ, "-")


def turkish(text: str, case: str) -> str:
    """Return the ending for a text that ends in a number; empty for any other text.

    Args:
        text: Such as “5 Mart 2024”.
        case: ``from`` or ``to``.
    """
    return _ending(text, case, _UNITS_TR, "'")


def _ending(text: str, case: str, units: dict[int, tuple[str, str]], sign: str) -> str:
    digits = text[len(text.rstrip("0123456789")) :]
    if not digits:
        return ""
    return sign + units[last_spoken(int(digits))][0 if case == "from" else 1]


def last_spoken(number: int) -> int:
    """Return the part of a number that is spoken last: 4 of 2024, 20 of 2020, 1000 of 2000.

    Args:
        number: A year, 1 to 9999.
    """
    for size in (10, 100, 1000):
        if number % size:
            rest = number % size
            return rest if size <= 100 else 100
    return 1000
