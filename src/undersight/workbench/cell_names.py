"""Whom a cell of somebody's table names: one person, several, some who are only counted.

What stands in brackets behind a name is said of it and is no part of it; the whole cell then stays
in the remark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersight.text import fold
from undersight.workbench.cell_words import UNNAMED, counted_people

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME = r"[^\W\d_a-zа-яəğıöüşç][^\W\d_]*(?:[-'’][^\W\d_]+)*\.?"
_INITIALS = r"[^\W\d_a-zа-яəğıöüşç]\.(?:\s?[^\W\d_a-zа-яəğıöüşç]\.)?"
_FULL_NAME = re.compile(rf"{_NAME}(?: {_NAME}){{1,3}}|{_NAME} {_INITIALS}|{_INITIALS}\s?{_NAME}")
_AND = re.compile(r"\s+(?:and|&|və|ve|и|та|і|და|և|و)\s+")
_COMMA = re.compile(r"\s*,\s*")
_NUMBERING = re.compile(r"(?:^|(?<=\s))\d{1,2}[.)]\s+(?=[^\W\d_])")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_BRACKET_COMMA = re.compile(r"[)\]]\s*,")
_OTHERS = re.compile(
    r"(?:,|\s)\s*(?:(?:and|&|və|ve|и)\s+)?"
    r"(?:et al\.?|(?:(?:daha|ещё|еще)\s+)?(?P<n>\d{1,4})\s+(?:more\s+)?(?:others?|other people|"
    r"people|persons|more|nəfər|başqa nəfər|kişi|kişi daha|diğer kişi|человек[а]?|чел\.?|других)|"
    r"(?:several |some )?others|other people|digərləri|başqaları|diğerleri|başkaları|др\.?|"
    r"другие|прочие)\s*$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d{1,6}")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_PLAIN: Final = 2  # names without a comma that show how a column writes them


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whom a part of a cell names.

    Args:
        names: People and outlets by name.
        n_others: How many more there are without a name; 0 where that is not said.
        has_others: Whether it says that there are more.
        is_all: Whether the names and numbers say everything that the cell does.
    """

    names: tuple[str, ...] = ()
    n_others: int = 0
    has_others: bool = False
    is_all: bool = True


def whom(cell: str, *, is_comma_between: bool) -> Named:
    """Return whom a cell names.

    Args:
        cell: One line of it.
        is_comma_between: Whether a comma stands between people in its column, not in a name.
    """
    if _COUNT.fullmatch(cell):
        return Named(n_others=int(cell), has_others=True)
    bare = " ".join(_BRACKETS.sub("", cell).split()) or cell
    is_comma_between = is_comma_between or bool(_BRACKET_COMMA.search(cell))
    others = _OTHERS.search(bare)
    before = bare[: others.start()].rstrip(" ,") if others else bare
    people = _several(before, is_comma_between=is_comma_between)
    if others and not all(_FULL_NAME.fullmatch(name) for name in people):
        others, people = None, _several(bare, is_comma_between=is_comma_between)
    if others is None and counted_people(bare):
        return Named(n_others=counted_people(bare), has_others=True, is_all=False)
    known = tuple(name for name in people if fold(name) not in UNNAMED and _LETTER.search(name))
    return Named(
        names=known,
        n_others=int(others["n"] or 0) if others else 0,
        has_others=bool(others) or len(known) < len(people),
        is_all=bare == cell and not others and known == tuple(people) and bare in (*people, ""),
    )


def _several(cell: str, *, is_comma_between: bool) -> list[str]:
    """Part a cell at numbers, "and" and commas where full names stand on both sides of each.

    “Surname, Name” stays one person, and so does what one comma joins unless the column shows
    that commas stand between people.
    """
    numbered = [part.strip(" ,;") for part in _NUMBERING.split(cell)]
    if len(numbered) > 1:
        return [name for name in numbered if name]
    with_and = [part.strip(" ,") for part in _AND.split(cell) if part.strip(" ,")]
    parts = [name for part in with_and for name in _COMMA.split(part) if name]
    n_commas = len(parts) - len(with_and)
    is_plain = all(_FULL_NAME.fullmatch(name) for name in parts)
    has_initials = all(name.endswith(".") for name in parts)
    is_sure = not n_commas or len(with_and) > 1 or n_commas > 1 or is_comma_between or has_initials
    return parts if len(parts) > 1 and is_plain and is_sure else [cell]


def is_comma_between(cells: Iterable[str]) -> bool:
    """Tell from a whole column whether commas stand between people.

    They do where names are written without one, and none is written “Surname, Name”.
    """
    plain = [" ".join(_BRACKETS.sub("", cell).split()) for cell in cells]
    turned = [cell for cell in plain if " " not in _COMMA.split(cell)[0] and "," in cell]
    return not turned and sum(map(bool, map(_FULL_NAME.fullmatch, plain))) >= _LEAST_PLAIN
