"""What single cells hold: how long ago, how many, what is shared."""

from __future__ import annotations

import ast
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from undersight.importers.doubts import NULLS
from undersight.importers.moments import DAY_US, SECOND_US
from undersight.importers.time_words import age_s
from undersight.model.corpus_rows import ColumnChoice, Moment, ShareRow

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADDRESSES = ("expanded_url", "expanded", "url", "original", "uri", "text", "name")
_OTHER_NAMES = ("screen_name", "acct", "username", "handle", "tag", "text", "name", "url")
_BY_NAME = frozenset({"hashtag", "mention"})
_LIST_PARTS = re.compile(r"[\s,;|]+")
_COUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s*([kKmMbB]|тыс\.?|млн\.?|min|mln|B|bin|mn)?")
_MULTIPLES = {"k": 1_000, "тыс": 1_000, "min": 1_000, "bin": 1_000, "m": 10**6, "млн": 10**6}
_MULTIPLES |= {"mln": 10**6, "mn": 10**6, "b": 10**9}


def moment_ago(text: str, observed: Moment | None) -> Moment | None:
    """Return the moment that “3 h” means, seen at a known time; None without that time.

    Args:
        text: How long ago, as a page shows it.
        observed: When the page was seen.
    """
    found = age_s(text)
    if found is None or observed is None:
        return None
    age, unit_s = found
    resolution_us = max(unit_s * SECOND_US, observed.resolution_us)
    if observed.resolution_us >= DAY_US > unit_s * SECOND_US:
        resolution_us = DAY_US
    return Moment(
        us=observed.us - age * SECOND_US,
        resolution_us=resolution_us,
        zone_basis=observed.zone_basis,
        text=text,
    )


def moment_seen(choice: ColumnChoice) -> Moment | None:
    """Return when a person says that the page was seen; a whole day is exact to the day."""
    if choice.seen_us is None:
        return None
    resolution_us = DAY_US if choice.seen_us % DAY_US == 0 else 60 * SECOND_US
    return Moment(us=choice.seen_us, resolution_us=resolution_us, zone_basis="assumed", text="")


def count(text: str) -> int | None:
    """Return a number shown on a page: “1,234”, “1.2K”, “3 тыс.”; None for none."""
    if not text:
        return None
    if text.isdecimal():
        return int(text) if len(text) < 16 else None
    text = text.strip().replace("\u00a0", " ")
    bare = re.sub(r"(?<=\d)[,. ](?=\d{3}(?:\D|$))", "", text)
    found = _COUNT.fullmatch(bare)
    if not found or len(found[1]) > 15:
        return None
    number = float(found[1].replace(",", "."))
    return round(number * _MULTIPLES.get((found[2] or "").rstrip(".").lower(), 1))


@lru_cache(maxsize=65536)
def object_share(value: str) -> ShareRow:
    """Return an object of unnamed kind: an address or hashtag by its look, else an object."""
    if value.startswith(("http://", "https://", "www.")):
        return ShareRow(kind="url", value=value)
    if value.startswith("#"):
        return ShareRow(kind="hashtag", value=value)
    return ShareRow(kind="object", value=value)


def parts_of(cell: str, kind: str = "url") -> list[str]:
    """Part a cell that lists several things: JSON, Python's own form, or signs between them.

    Args:
        cell: As it stands in the file.
        kind: What is listed; objects are known by their address, hashtags and people by name.
    """
    cell = cell.strip()
    if cell.startswith("[") and cell.endswith("]"):
        listed = _literal(cell, _OTHER_NAMES if kind in _BY_NAME else _ADDRESSES)
        if listed is not None:
            return [str(one).strip() for one in listed if str(one).strip()]
        cell = cell[1:-1]
    found = [part.strip("'\"") for part in _LIST_PARTS.split(cell)]
    return [part for part in found if part and part.lower() not in NULLS]


def _literal(cell: str, names: Sequence[str]) -> list[object] | None:
    if len(cell) > 100_000:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(cell)
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        if isinstance(found, list):
            return [_named(one, names) if isinstance(one, dict) else one for one in found]
    return None


def _named(one: dict[str, object], names: Sequence[str]) -> object:
    """What stands for a listed object: its address, or the name by which it is mentioned."""
    return next((one[name] for name in names if one.get(name)), one)
