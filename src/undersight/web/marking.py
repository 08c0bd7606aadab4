"""A draft's text cut into pieces: each proposed field marked in place, the unclaimed told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersight.workbench.draft_shelf import Looked


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the text.

    Args:
        text: Its words.
        place: The field that it belongs to, from 0; -1 for none.
        is_first: Whether the field begins here.
        is_unclaimed: Whether no field stands in its sentence.
    """

    text: str
    place: int = -1
    is_first: bool = False
    is_unclaimed: bool = False


def pieces(text: str, looked: Looked) -> tuple[Piece, ...]:
    """Return an entry's text in pieces; of fields that overlap, the shorter is marked.

    Args:
        text: The whole text.
        looked: The entry and its fields.
    """
    entry, values = looked.walk.entry, looked.walk.values
    cuts = {entry.start, entry.end}
    for one in values:
        cuts |= {one.start, one.end}
    for first, last in entry.not_captured:
        cuts |= {first, last}
    ordered = sorted(cut for cut in cuts if entry.start <= cut <= entry.end)
    found: list[Piece] = []
    begun: set[int] = set()
    for start, end in pairwise(ordered):
        over = [i for i, one in enumerate(values) if one.start <= start and end <= one.end]
        place = min(over, key=lambda i: (values[i].end - values[i].start, i), default=-1)
        is_unclaimed = any(a <= start and end <= b for a, b in entry.not_captured)
        is_first = place >= 0 and place not in begun
        begun.add(place)
        found.append(
            Piece(
                text=text[start:end],
                place=place,
                is_first=is_first,
                is_unclaimed=is_unclaimed and place < 0,
            )
        )
    return tuple(found)
