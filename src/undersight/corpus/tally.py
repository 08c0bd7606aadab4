"""Counting what an import is made of while it is loaded."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from undersight.model.intake import Issue

if TYPE_CHECKING:
    from undersight.corpus.rows import Row
    from undersight.model.corpus_rows import SamplingNote

_MOST_NOTES = 100
_PUBLISHED_US, _RESOLUTION_US, _ZONE_BASIS, _TEXT, _LANG = 8, 9, 10, 12, 14


class Tally:
    """The counts of one import. Records are told apart by their locator.

    What follows a record's first part under the same locator belongs to it: a second row or an
    issue about one of its fields counts nothing.
    """

    def __init__(self) -> None:
        self.n_read = self.n_rejected = self.n_duplicates = 0
        self.notes: list[SamplingNote] = []
        self.from_us: int | None = None
        self.to_us: int | None = None
        self.n_without_time = 0
        self._by: dict[str, Counter[str]] = {
            name: Counter()
            for name in ("resolutions", "zone_bases", "platforms", "kinds", "languages")
        }
        self._locator: str | None = None

    def is_new_record(self, part: Any) -> bool:
        """Count a part; tell whether it begins a record."""
        if part.locator == self._locator:
            return False
        self._locator = part.locator
        self.n_read += 1
        self.n_rejected += isinstance(part, Issue)
        return True

    def reject(self) -> None:
        """The record just begun cannot be stored."""
        self.n_rejected += 1

    def note(self, note: SamplingNote) -> None:
        """Keep why the file may not be the whole."""
        if len(self.notes) < _MOST_NOTES and note not in self.notes:
            self.notes.append(note)

    def count_post(self, row: Row) -> None:
        """Count a post that is stored."""
        self._by["platforms"][row[1]] += 1
        self._by["kinds"][row[2]] += 1
        if row[_TEXT]:
            self._by["languages"][row[_LANG] or "unknown"] += 1
        us = row[_PUBLISHED_US]
        if us is None:
            self.n_without_time += 1
            return
        self._by["resolutions"][str(row[_RESOLUTION_US])] += 1
        self._by["zone_bases"][row[_ZONE_BASIS]] += 1
        self.from_us = us if self.from_us is None else min(self.from_us, us)
        self.to_us = us if self.to_us is None else max(self.to_us, us)

    def facts(self) -> dict[str, Any]:
        """The counts, by the names they have in a manifest."""
        return {
            "n_read": self.n_read,
            "n_records": self.n_read - self.n_rejected - self.n_duplicates,
            "n_duplicates": self.n_duplicates,
            "n_rejected": self.n_rejected,
            "from_us": self.from_us,
            "to_us": self.to_us,
            "n_without_time": self.n_without_time,
            "notes": tuple(self.notes),
            **{name: dict(sorted(counts.items())) for name, counts in self._by.items()},
        }
