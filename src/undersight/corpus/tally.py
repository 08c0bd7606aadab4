"""Counting what an import is made of while it is loaded."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.corpus.rows import Column
    from undersight.model.corpus_rows import PostRow, SamplingNote

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

    def are_new_records(self, posts: Sequence[PostRow]) -> bool:
        """Count posts, if each begins a record.

        Args:
            posts: In file order.
        """
        locators = [one.locator for one in posts]
        if not posts or locators[0] == self._locator or len(set(locators)) < len(posts):
            return False
        self._locator = locators[-1]
        self.n_read += len(posts)
        return True

    def reject(self) -> None:
        """The record just begun cannot be stored."""
        self.n_rejected += 1

    def note(self, note: SamplingNote) -> None:
        """Keep why the file may not be the whole."""
        if len(self.notes) < _MOST_NOTES and note not in self.notes:
            self.notes.append(note)

    def count_posts(self, columns: Sequence[Column]) -> None:
        """Count posts that are stored.

        Args:
            columns: From `RowMaker.posts`.
        """
        by = self._by
        by["platforms"].update(columns[1])
        by["kinds"].update(columns[2])
        langs = zip(columns[_TEXT], columns[_LANG], strict=True)
        by["languages"].update(lang or "unknown" for text, lang in langs if text)
        times = [us for us in columns[_PUBLISHED_US] if us is not None]
        self.n_without_time += len(columns[_PUBLISHED_US]) - len(times)
        if not times:
            return
        sizes = Counter(columns[_RESOLUTION_US])
        by["resolutions"].update({str(us): n for us, n in sizes.items() if us is not None})
        bases = zip(columns[_PUBLISHED_US], columns[_ZONE_BASIS], strict=True)
        by["zone_bases"].update(basis for us, basis in bases if us is not None)
        first, last = min(times), max(times)
        self.from_us = first if self.from_us is None else min(self.from_us, first)
        self.to_us = last if self.to_us is None else max(self.to_us, last)

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
