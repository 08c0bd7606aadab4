"""Entities and their properties, and dates as FollowTheMoney can hold them.

FollowTheMoney knows whole days and prefixes of them (``2031``, ``2031-05``). A range, "about" or
a doubt does not survive in a date property, so beginning and end are given apart, the full date
goes to the notes as EDTF, and each such date is counted as a loss.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersight.exporters.ftm.countries import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.exporters.delivery import LossCount
    from undersight.model.dossier import Dossier
    from undersight.model.fuzzy_date import FuzzyDate

_PREFIX: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")  # no seasons
NO_CODE: Final = "a country that has no code there"
LOSS: Final = "a date that is a range, about or doubtful"


class Graph:
    """The entities of one export, each once."""

    def __init__(self, dossier: Dossier, losses: LossCount) -> None:
        self.dossier, self.losses = dossier, losses
        self.entities: dict[str, dict[str, object]] = {}

    def put(self, schema: str, entity_id: str, **properties: str | Iterable[str]) -> str:
        """Add an entity and return its id; empty values are left out.

        Args:
            schema: A schema of FollowTheMoney.
            entity_id: Its id: a record id, or two joined.
            **properties: Text or texts, by property.
        """
        kept = {}
        for name, value in properties.items():
            texts = [value] if isinstance(value, str) else list(value)
            filled = list(dict.fromkeys(text for text in texts if text))
            if filled:
                kept[name] = filled
        _shorten(kept)
        self.entities[entity_id] = {"id": entity_id, "schema": schema, "properties": kept}
        return entity_id

    def has(self, entity_id: str) -> bool:
        """Return whether an entity is there to point at."""
        return entity_id in self.entities

    def prefix(self, date: FuzzyDate | None, field: str, record_id: str) -> str:
        """Return a date as a prefix of a day, counting what that loses; empty for none."""
        if date is None:
            return ""
        self._count(date, field, record_id)
        if date.value.points:
            point = date.value.points[0]
            plain = point.edtf.rstrip("~?%").split("T")[0]
            if len(date.value.points) == 1 and _PREFIX.fullmatch(plain):
                return plain
        day = date.earliest or date.latest
        return day.isoformat() if day else ""

    def edges(
        self, start: FuzzyDate | None, end: FuzzyDate | None, field: str, record_id: str
    ) -> dict[str, str]:
        """Return ``startDate`` and ``endDate`` of something, counting what is lost."""
        made: dict[str, str] = {}
        if start is not None:
            self._count(start, field, record_id)
            if start.precision in {"interval", "one_of"}:
                first, last = start.earliest, start.latest
                made["startDate"] = first.isoformat() if first else ""
                if end is None and last:
                    made["endDate"] = last.isoformat()
            else:
                made["startDate"] = self.prefix(start, field, record_id)
        if end is not None:
            self._count(end, field, record_id)
            last = end.latest or end.earliest
            made["endDate"] = last.isoformat() if last else ""
        return {name: day for name, day in made.items() if day}

    def countries(
        self, named: Iterable[str], field: str, record_id: str
    ) -> tuple[list[str], list[str]]:
        """Return codes of countries, and notes that keep those which have no code there.

        Args:
            named: Codes, or names of countries without one.
            field: Where they stand.
            record_id: The record.
        """
        codes, notes = [], []
        for one in named:
            if one.lower() in CODES:
                codes.append(one.lower())
            elif one:
                self.losses.add(NO_CODE, field, record_id, "notes")
                notes.append(f"country: {one}")
        return codes, notes

    def _count(self, date: FuzzyDate, field: str, record_id: str) -> None:
        if not _PREFIX.fullmatch(date.edtf):
            self.losses.add(LOSS, field, record_id, "notes")


def edtf_notes(**dates: FuzzyDate | None) -> list[str]:
    """Return notes that keep dates whole: ``start (EDTF): 2031-05~``."""
    return [f"{name} (EDTF): {date.edtf}" for name, date in dates.items() if date is not None]


def link_id(*record_ids: str) -> str:
    """Return the id of a link between records."""
    return ".".join(record_ids)


_MOST_CHARACTERS = {"name": 384, "alias": 384, "weakAlias": 384, "location": 250}
"""What FollowTheMoney takes of a name or an address; it refuses the whole entity above that."""


def _shorten(properties: dict[str, list[str]]) -> None:
    """Cut what is too long for its property; the notes hold it whole."""
    for name, most in _MOST_CHARACTERS.items():
        for i, text in enumerate(properties.get(name, ())):
            if len(text) > most:
                properties[name][i] = text[: most - 1].rstrip() + "…"
                properties.setdefault("notes", []).append(f"{name}: {text}")
