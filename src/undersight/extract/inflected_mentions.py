"""Short mentions of people in languages that decline names: "Boza" for somebody called Ali Boz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.extract.known_names import ending_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.extract.engine import Candidate, Span
    from undersight.extract.known_names import InflectedNames


class Mentions:
    """Who an entry's short names mean."""

    def __init__(self, names: InflectedNames, fold: Callable[[str], str]) -> None:
        self._names = names
        self._fold = fold
        self._owners: dict[str, list[str]] = {}
        self.gone: set[Span] = set()

    def without(self, found: list[Candidate]) -> list[Candidate]:
        """Learn the full names and leave out what only repeats a part of one."""
        people = [c for c in found if c.kind == "person"]
        for candidate in sorted(people, key=lambda c: " " not in c.value):
            if self._is_mention(candidate):
                continue
            for word in candidate.value.split():
                known = self._owners.setdefault(self._names.stem(self._fold(word)), [])
                if candidate.value not in known and len(word) > 2:
                    known.append(candidate.value)
        self.gone = {c.span for c in found if self._is_mention(c)}
        return [c for c in found if c.span not in self.gone]

    def _is_mention(self, candidate: Candidate) -> bool:
        """Whether a lone word, taken for a place or a surname, is a person named in full."""
        rule = candidate.rule.rsplit(".", 1)[-1]
        if (candidate.kind, rule) not in (("place", "preposition"), ("person", "titled")):
            return False
        value = str(candidate.value)
        if " " in value:
            return False
        return any(name != value for name in self.meant(self._fold(value)))

    def meant(self, low: str) -> list[str]:
        """Return the full names that a folded word may be a part of, whatever hangs on it."""
        exact = self._owners.get(self._names.stem(low))
        if exact or not self._names.ending:
            return exact or []
        for cut in range(1, min(7, len(low) - 2)):
            owner = self._owners.get(low[:-cut])
            if owner and ending_pattern(self._names.ending).fullmatch(low[-cut:]):
                return owner
        return []
