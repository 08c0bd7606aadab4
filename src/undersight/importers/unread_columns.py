"""Columns of a table that nothing here takes: named with their numbers, never lost in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersight.importers.column_names import folded
from undersight.model.corpus_rows import SamplingNote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from undersight.importers.row_form import RowBatch

_MOST_NAMED = 12
_ADDRESS = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"\d{1,7}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{1,2}[./]\d{1,2}[./]\d{4}(?:[ ,].*)?")
_MAY_BE: Final = (
    (_ADDRESS, "link, media or url"),
    (_DAY, "time or observed"),
    (_NUMBER, "a count such as n_likes"),
)
_LABELS: Final = frozenset({"0", "1"})
# What a table calls the page, group or newsroom under which its rows stand.
_UNDER_WORDS: Final = frozenset(
    (
        *("media", "outlet", "newspaper", "newsroom", "page", "channel", "community", "group"),
        *("publisher", "public", "сми", "издание", "медиа", "канал", "сообщество", "группа"),
        *("паблик", "nəşr", "media_adı", "kanal", "qrup", "topluluk", "grup", "yayın"),
    )
)


class UnreadColumns:
    """Counts the filled cells of columns without a meaning.

    Args:
        places: Column number by name.
    """

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self._n_filled = dict.fromkeys(places, 0)
        self._first: dict[str, Sequence[str]] = {}

    def see(self, batch: RowBatch) -> None:
        """Take some rows into account."""
        for name, place in self._places.items():
            filled = [cell for cell in batch.cells(place) if cell]
            self._n_filled[name] += len(filled)
            if filled:
                self._first.setdefault(name, filled[:50])

    def notes(self, n_rows: int) -> Iterator[SamplingNote]:
        """Name the columns that hold something, the fullest first.

        Args:
            n_rows: Rows of the table.
        """
        held = sorted((-n, name) for name, n in self._n_filled.items() if n)
        if not held:
            return
        named = [
            f"“{name}” (filled in {-n} of {n_rows} rows{self._may_be(name)})"
            for n, name in held[:_MOST_NAMED]
        ]
        more = f" and {len(held) - _MOST_NAMED} more" if len(held) > _MOST_NAMED else ""
        yield SamplingNote(
            code="other",
            sentence=f"Columns without a meaning here stay in the sealed original only: "
            f"{', '.join(named)}{more}. Say what one means to have it read.",
        )

    def _may_be(self, name: str) -> str:
        cells = self._first[name]
        if set(cells) <= _LABELS:
            return ""
        found = (what for sign, what in _MAY_BE if all(map(sign.fullmatch, cells)))
        is_under = folded(name) in _UNDER_WORDS and len(set(cells)) * 2 <= len(cells)
        what = next(found, "target_name" if is_under else "")
        return f"; may be {what}" if what else ""
