"""Names known beforehand: a built-in list of world-wide ones, and what the user confirmed.

A gazetteer is plain data (`to_json`, `from_json`), so that the casebook can keep it. Matching is
by exact spelling; a name of the user's own outranks a built-in one.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from undersight.errors import InvalidDraftError
from undersight.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.model.draft import DraftField

LEARNED_KINDS = ("person", "official", "organisation", "agency", "outlet", "place", "account")


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One known name.

    Args:
        name: The value that a mention gets.
        kind: Kind of field.
        spellings: How it is written; the name itself is always one of them.
    """

    name: str
    kind: str
    spellings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {"name": self.name, "kind": self.kind, "spellings": list(self.spellings)}


class Gazetteer:
    """An immutable set of known names."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._known = tuple(sorted(set(known)))
        self._by_spelling: dict[str, Known] = {}
        for entry in self._known:
            for spelling in (entry.name, *entry.spellings):
                self._by_spelling.setdefault(spelling, entry)
        self._pattern = _pattern(tuple(self._by_spelling))

    def __len__(self) -> int:
        return len(self._known)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Gazetteer) and other._known == self._known

    def __hash__(self) -> int:
        return hash(self._known)

    def entry(self, spelling: str) -> Known:
        """Return what a matched spelling stands for."""
        return self._by_spelling[spelling]

    def pattern(self) -> re.Pattern[str] | None:
        """Return one pattern over all spellings, the longest first; None when empty."""
        return self._pattern

    def learn(self, confirmed: Iterable[DraftField], text: str | None = None) -> Gazetteer:
        """Return a gazetteer that also knows what a person confirmed.

        Args:
            confirmed: Fields as accepted or corrected.
            text: The text they were read from, so that the spelling in it is learned too.
        """
        known = {(entry.name, entry.kind): set(entry.spellings) for entry in self._known}
        for field in confirmed:
            if field.kind not in LEARNED_KINDS or not isinstance(field.value, str):
                continue
            spellings = known.setdefault((field.value, field.kind), set())
            written = text[field.start : field.end] if text is not None else field.value
            # A bare surname belongs to whoever an entry is about, so only fuller forms stay.
            if written != field.value and (" " in written or field.kind != "person"):
                spellings.add(written)
        return Gazetteer(
            Known(name, kind, tuple(sorted(spellings)))
            for (name, kind), spellings in known.items()
        )

    def without(self, names: Iterable[str]) -> Gazetteer:
        """Return a gazetteer that knows nobody of these names, by whichever part of them."""
        gone = [set(fold(name).split()) for name in names]

        def is_of_them(entry: Known) -> bool:
            written = [set(fold(one).split()) for one in (entry.name, *entry.spellings)]
            pairs = ((one, name) for one in written for name in gone if one and name)
            return any(one <= name or name <= one for one, name in pairs)

        return Gazetteer(entry for entry in self._known if not is_of_them(entry))

    def to_json(self) -> list[dict[str, Any]]:
        """Return plain data, sorted."""
        return [entry.to_json() for entry in self._known]

    @classmethod
    def from_json(cls, raw: Iterable[Any]) -> Gazetteer:
        """Read plain data.

        Raises:
            InvalidDraftError: An entry without name or kind.
        """
        known = []
        for i, item in enumerate(raw):
            if not isinstance(item, dict) or item.get("kind") not in LEARNED_KINDS:
                raise InvalidDraftError(f"gazetteer[{i}]", "expected name, kind and spellings")
            known.append(Known(str(item["name"]), item["kind"], tuple(item["spellings"])))
        return cls(known)


def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str] | None:
    if not spellings:
        return None
    ordered = sorted(spellings, key=lambda s: (-len(s), s))
    return re.compile(r"(?<![\w@#/.])(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")


@functools.cache
def built_in() -> Gazetteer:
    """Return the names that come with the program."""
    place = resources.files("undersight.extract").joinpath("gazetteer.txt")
    known = []
    for line in place.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, _, names = line.partition(":")
        for item in names.split(";"):
            name, *spellings = [part.strip() for part in item.split("=")]
            known.append(Known(name, kind, tuple(spellings)))
    return Gazetteer(known)
